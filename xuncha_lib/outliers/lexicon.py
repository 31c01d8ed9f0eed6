"""The words of `lexicon.yml` as macros `says_<class>(text)`: what a summary, remark or account speaks of."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import duckdb

from xuncha_lib.errors import XunchaError
from xuncha_lib.knowledge import read_yaml

_NAME = re.compile(r"[a-z_]+\Z")


SHIPPED = Path(__file__).with_name("lexicon.yml")


@cache
def read_lexicon(path: Path = SHIPPED) -> dict[str, str]:
    """Class → one regular expression; an expression that does not compile is an XunchaError."""
    entry = read_yaml(path.read_text(encoding="utf-8"))
    words: dict[str, str] = {}
    for name, parts in entry.items():
        if not _NAME.match(name) or not isinstance(parts, list):
            raise XunchaError(path.name, f"“{name}”应是小写英文名加列表", "请照其它各行改正")
        words[name] = "|".join(parts)
        try:
            re.compile(words[name])
        except re.error as error:
            raise XunchaError(path.name, f"{name} 的词写错了：{error}", "请改正该行") from error
    return words


def load_lexicon(con: duckdb.DuckDBPyConnection) -> None:
    """Make the macros. The expression is written into each, so that DuckDB compiles it once, not once a row.

    A missing text is not searched: it says what an empty one says.
    """
    for name, words in read_lexicon().items():
        quoted, empty = words.replace("'", "''"), re.search(words, "") is not None
        con.execute(
            f"CREATE OR REPLACE MACRO says_{name}(words) AS "
            f"coalesce(regexp_matches(words, '{quoted}'), {empty})"
        )
