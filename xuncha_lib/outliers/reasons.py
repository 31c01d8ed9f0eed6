"""Reasons that explain an odd thing away (`reasons.yml`), as one SQL expression per detector."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from xuncha_lib.errors import XunchaError, unknown
from xuncha_lib.knowledge import read_yaml
from xuncha_lib.outliers.lexicon import read_lexicon

SHIPPED = Path(__file__).with_name("reasons.yml")
_KEYS = {"zh", "says", "words", "flag", "weight"}


@dataclass(frozen=True)
class Reason:
    """zh: what is printed.   words: expression looked for in every summary.   flag: column that says it.

    weight: detector → log-odds taken off when every row says so; "all" stands for every detector.
    """

    name: str
    zh: str
    words: str
    flag: str
    weight: dict[str, float]

    def off(self, detector: str) -> float | None:
        """Log-odds this reason takes off a candidate of `detector`; None when it does not apply there."""
        return self.weight.get(detector, self.weight.get("all"))


@cache
def read_reasons(path: Path = SHIPPED) -> tuple[Reason, ...]:
    """The reasons in file order; a wrong key, class or expression is an XunchaError that names the line."""
    entry = read_yaml(path.read_text(encoding="utf-8"))
    return tuple(_reason(path, name, block) for name, block in entry.items())


def _reason(path: Path, name: str, block: dict[str, object]) -> Reason:
    for key in block:
        if key not in _KEYS:
            raise unknown(f"{path.name} · {name} 的", key, _KEYS)
    weight = block.get("weight")
    if not isinstance(weight, dict) or not block.get("zh"):
        raise XunchaError(f"{path.name} · {name}", "缺少 zh 或 weight", "请照其它各块补上")
    words = str(block.get("words") or "")
    if says := block.get("says"):
        lexicon = read_lexicon()
        if says not in lexicon:
            raise unknown(f"{path.name} · {name} 的词类", str(says), lexicon)
        words = lexicon[str(says)]
    try:
        re.compile(words)
    except re.error as error:
        raise XunchaError(f"{path.name} · {name}", f"表达式写错了：{error}", "请改正") from error
    flag = str(block.get("flag") or "")
    return Reason(
        name, str(block["zh"]), words, flag, {str(k): float(v) for k, v in weight.items()}
    )


def explained_sql(table: str, detector: str, columns: set[str], reasons: tuple[Reason, ...]) -> str:
    """SELECT that adds to a detector's table: off (log-odds to take off) and excuses (list of sentences)."""
    shares, offs, told = [], [], []
    for n, reason in enumerate(reasons):
        off = reason.off(detector)
        if off is None or (reason.flag and reason.flag not in columns):
            continue
        if reason.flag:
            share = f"CASE WHEN {reason.flag} THEN 1.0 ELSE 0.0 END"
        else:
            quoted = reason.words.replace("'", "''")
            share = (
                f"CASE WHEN len(text) = 0 THEN 0.0 ELSE "
                f"len(list_filter(text, lambda w: regexp_matches(w, '{quoted}'))) / len(text) END"
            )
        shares.append(f"{share} AS r{n}")
        offs.append(f"CASE WHEN r{n} >= 0.34 THEN {off} * r{n} ELSE 0 END")
        told.append(f"CASE WHEN r{n} >= 0.34 THEN '{reason.zh}' END")
    if not shares:
        return f"SELECT *, 0.0 AS off, []::VARCHAR[] AS excuses FROM {table}"
    names = ", ".join(s.rsplit(" AS ", 1)[1] for s in shares)
    return (
        f"SELECT * EXCLUDE ({names}), {' + '.join(offs)} AS off, "
        f"list_filter([{', '.join(told)}], lambda w: w IS NOT NULL) AS excuses "
        f"FROM (SELECT *, {', '.join(shares)} FROM {table})"
    )
