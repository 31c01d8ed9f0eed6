"""Tables that several models share, from prepared/*.sql. A step that fails costs the models that read it, no others."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import duckdb

from xuncha_lib.models.blank import blank_case
from xuncha_lib.models.limits import ensure_limits
from xuncha_lib.outliers.lexicon import load_lexicon
from xuncha_lib.store import append

PREPARED = Path(__file__).parent / "prepared"
_MADE = re.compile(r"CREATE (?:OR REPLACE )?(?:TEMP )?(TABLE|MACRO|VIEW) (?:IF NOT EXISTS )?(\w+)")
_WORD = re.compile(r"\w+")
_LAST_RESORT = {
    "money": "row_id BIGINT, rows BIGINT[], village_code VARCHAR, entry_on DATE, month DATE, side VARCHAR, "
    "amount_yuan DECIMAL(18,2), method VARCHAR, summary VARCHAR, account_class VARCHAR, payee_name VARCHAR, "
    "payee_org VARCHAR, slip_kind VARCHAR, note VARCHAR",
    "echo": "row_id BIGINT, others BIGINT[]",
}
"""What pages and candidates read of tables whose own file cannot even be run on an empty case."""


@cache
def prepared_steps(
    folder: Path = PREPARED,
) -> tuple[tuple[str, str, frozenset[str], frozenset[str]], ...]:
    """File name, text, names it makes and words it uses, in order of name."""
    read = [(path.name, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.sql"))]
    return tuple(
        (name, text, frozenset(m[1] for m in _MADE.findall(text)), frozenset(_WORD.findall(text)))
        for name, text in read
    )


def prepare(con: duckdb.DuckDBPyConnection, folder: Path = PREPARED) -> None:
    """Make the shared tables. What could not be made goes into `prepared_error` with the reason, and stands empty."""
    load_lexicon(con)
    ensure_limits(con)
    con.execute("CREATE OR REPLACE TABLE prepared_error (name VARCHAR, why VARCHAR)")
    failed: dict[str, str] = {}
    for file, text, made, words in prepared_steps(folder):
        why = next((failed[name] for name in sorted(words & set(failed))), "")
        try:
            if not why:
                con.execute(text)
                continue
        except duckdb.Error as error:
            why = f"{file} 出错：{_first_line(error)}"
        failed |= dict.fromkeys(sorted(made), why)
    if failed:
        append(con, "prepared_error", list(failed.items()))
        _stand_in(con, set(failed), folder)


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0][:200]


def _stand_in(con: duckdb.DuckDBPyConnection, names: set[str], folder: Path) -> None:
    """Empty tables of the right shape for those that could not be made: never those of an earlier run."""
    blank = blank_case()
    load_lexicon(blank)
    for _, text, _, _ in prepared_steps(folder):
        try:
            blank.execute(text)
        except duckdb.Error:
            continue  # such a table stays without a shape
    shapes = {row[0] for row in blank.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    for name in sorted(names):
        con.execute(f"DROP TABLE IF EXISTS {name}")
        if name in shapes:
            columns = blank.execute(f"DESCRIBE {name}").fetchall()
            body = ", ".join(f'"{column[0]}" {column[1]}' for column in columns)
            con.execute(f"CREATE TABLE {name} ({body})")
        elif name in _LAST_RESORT:
            con.execute(f"CREATE TABLE {name} ({_LAST_RESORT[name]})")
    blank.close()


def prepared_errors(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Name of a shared table or macro that could not be made → why."""
    known = con.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'prepared_error'")
    if not known.fetchall():
        return {}
    return dict(con.execute("SELECT name, why FROM prepared_error ORDER BY name").fetchall())
