"""---
id: M32
name: 节假日餐饮、用工类支出集中
category: C5
severity: low
identity: null
prior: 0.15
needs: {money: [row_id, village_code, entry_on, side, amount_yuan, summary]}
uses: {money: [note]}
knobs: {least: 20, least_rows: 4, least_z: 3.5, least_share: 0.15, most_shown: 12}
basis: []
note: 只是统计提示，没有条文依据；只与接待、白条用工等模型合看，不单独成为线索。放假安排见 data/holidays.csv
reason: "{n}笔餐饮、用工类支出中有{rest}笔记在法定节假日（占{share}，各村中位数{usual}），仅供与接待、用工类线索合看，待核实"
innocent: [防汛值班等节日必须的工作, 村里活动多在节日, 记账日期不等于发生日期]
check: [与接待和用工类线索合看, 值班表与就餐人员]
aspects: [A04]
forms: [F16]
not_for: 不能单独作为线索
---
"""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from xuncha_lib.errors import XunchaError
from xuncha_lib.outliers.robust import robust_z

CALENDAR = Path(__file__).resolve().parents[2] / "data" / "holidays.csv"

_SPENT = """
SELECT village_code, row_id, entry_on, CAST(amount_yuan AS DOUBLE) FROM money
WHERE side = 'out' AND amount_yuan > 0 AND village_code IS NOT NULL AND entry_on IS NOT NULL
  AND (says_hospitality(summary) OR regexp_matches(coalesce(summary, ''), '用工|务工|误工|人工|劳务|零工|工钱|点工|帮工'))
  AND NOT says_meal_excuse(summary) AND NOT says_meal_excuse(note)
ORDER BY village_code, entry_on, row_id
"""
_COLUMNS = [
    "village_code", "subject_kind", "subject_key", "subject", "level", "evidence", "amount_yuan", "first_on",
    "last_on", "n", "rest", "share", "usual",
]  # fmt: skip


@cache
def rest_days(path: Path = CALENDAR) -> frozenset[date]:
    """Days off by the yearly notice, weekends inside a holiday included; days worked instead are left out."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return frozenset(date.fromisoformat(row["day"]) for row in rows if row["kind"] == "休息")


def find(con: duckdb.DuckDBPyConnection, knobs: dict[str, Any]) -> pd.DataFrame:
    """One hit per village whose meals and casual labour fall on public holidays far more often than elsewhere."""
    off = rest_days()
    known = {day.year for day in off}
    spent: dict[str, list[tuple[int, date, float]]] = defaultdict(list)
    years = set()
    for village, row, day, yuan in con.execute(_SPENT).fetchall():
        years.add(day.year)
        if day.year in known:
            spent[village].append((row, day, yuan))
    if years and not years & known:
        raise XunchaError(
            CALENDAR.name,
            f"缺{min(years)}至{max(years)}年的放假安排",
            "请在 data/holidays.csv 补上",
        )
    villages = [v for v in sorted(spent) if len(spent[v]) >= knobs["least"]]
    shares = np.array(
        [np.mean([day in off for _, day, _ in spent[v]]) for v in villages], dtype=np.float64
    )
    hits = []
    for village, share, z in zip(villages, shares, robust_z(shares, floor=0.02), strict=True):
        resting = [item for item in spent[village] if item[1] in off]
        if (
            z > knobs["least_z"]
            and share >= knobs["least_share"]
            and len(resting) >= knobs["least_rows"]
        ):
            hits.append((
                village, "village", "holidays", "节假日支出", None, [row for row, _, _ in resting][: int(knobs["most_shown"])],
                sum(yuan for _, _, yuan in resting), resting[0][1], resting[-1][1], len(spent[village]), len(resting),
                f"{share:.0%}", f"{np.median(shares):.0%}",
            ))  # fmt: skip
    return pd.DataFrame(hits, columns=_COLUMNS)
