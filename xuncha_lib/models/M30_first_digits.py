"""---
id: M30
name: 首位数字分布异常
category: C5
severity: low
identity: null
prior: 0.15
needs: {money: [row_id, village_code, side, amount_yuan]}
uses: {money: [summary, template, payee_key]}
knobs: {least: 300, least_mad: 0.035, least_z: 3.5}
basis: []
note: 只是统计提示，没有条文依据；不单独成为线索，用来排抽查次序
reason: "{n}笔支出的首位数字与自然分布平均相差{mad}，各村中位数{usual}，以{digit}开头的偏多，仅供抽样核实参考"
innocent: [固定标准支出多, 限额和定价影响, 笔数少]
check: [抽查以该数字开头的支出, 与邻村同类支出对照]
aspects: [A04]
forms: [F19]
not_for: 不能单独作为线索，只用来决定抽哪些凭证
---
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from xuncha_lib.outliers.digits import BENFORD, benford_mad, first_digits
from xuncha_lib.outliers.robust import robust_z

# Sums that come back for one payee or one purpose are price lists and wages: they are left out.
_SUMS = """
SELECT village_code, row_id, CAST(round(amount_yuan * 100) AS BIGINT) FROM money
WHERE side = 'out' AND amount_yuan >= 10 AND village_code IS NOT NULL
  AND NOT says_periodic(summary) AND NOT says_wages(summary)
QUALIFY count(*) OVER (PARTITION BY village_code, payee_key, amount_yuan) = 1
ORDER BY village_code, row_id
"""


def find(con: duckdb.DuckDBPyConnection, knobs: dict[str, Any]) -> pd.DataFrame:
    """One hit per village whose first digits are unlike Benford's law and unlike the other villages'."""
    rows: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for village, row, cents in con.execute(_SUMS).fetchall():
        rows[village].append((row, cents))
    villages = sorted(rows)
    mads = np.array([
        benford_mad(np.array([c for _, c in rows[v]], dtype=np.int64), least=int(knobs["least"]))
        for v in villages
    ], dtype=np.float64)  # fmt: skip
    distances = robust_z(mads, floor=0.004)
    hits = []
    for village, mad, z in zip(villages, mads, distances, strict=True):
        if not (mad > knobs["least_mad"] and z > knobs["least_z"]):
            continue
        cents = np.array([c for _, c in rows[village]], dtype=np.int64)
        digits = first_digits(cents)
        digit = int(np.argmax(np.bincount(digits, minlength=10)[1:10] / len(digits) - BENFORD)) + 1
        chosen = [row for (row, _), d in zip(rows[village], digits, strict=True) if d == digit]
        hits.append({
            "village_code": village, "subject_kind": "village", "subject_key": "digits", "subject": "支出首位数字",
            "level": None, "evidence": chosen[:10], "n": len(cents), "mad": round(float(mad), 3),
            "usual": round(float(np.nanmedian(mads)), 3), "digit": digit,
        })  # fmt: skip
    columns = [
        "village_code", "subject_kind", "subject_key", "subject", "level", "evidence", "n", "mad", "usual", "digit",
    ]  # fmt: skip
    return pd.DataFrame(hits, columns=columns)
