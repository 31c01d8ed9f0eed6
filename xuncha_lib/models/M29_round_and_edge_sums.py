"""---
id: M29
name: 整数或临界金额聚集
category: C5
severity: low
identity: null
prior: 0.2
needs: {money: [row_id, village_code, side, amount_yuan]}
uses:
  limit_span: [town, name, valid_from, valid_to, value]
  money: [entry_on, summary, payee_key, template]
  village: [town]
knobs: {least: 60, least_z: 3.5, least_near: 20, most_chance: 0.01, most_shown: 10}
basis: []
note: 只是统计提示，没有条文依据；不单独成为线索。没有当地限额时改用整数金额作比较，并在提示语中写明
reason: "{n}笔支出中{what}，{compared}，仅供抽样核实参考"
innocent: [补贴工资保险等按标准发放, 合同约定的整数价款, 笔数少]
check: [按收款人列出这些支出, 与邻村同类支出对照]
aspects: [A04]
forms: [F15]
not_for: 不能单独作为线索，只用来决定抽哪些凭证
---
"""

from __future__ import annotations

from collections import defaultdict
from math import comb
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from xuncha_lib.outliers.robust import robust_z

# Sums that come back for one payee or one purpose are price lists and wages: they are left out.
_SUMS = """
SELECT m.village_code, m.row_id, CAST(m.amount_yuan AS DOUBLE), l.value
FROM money m JOIN village v USING (village_code)
LEFT JOIN limit_span l ON l.town = coalesce(v.town, '') AND l.name = 'approval_yuan' AND m.entry_on BETWEEN l.valid_from AND l.valid_to
WHERE m.side = 'out' AND m.amount_yuan >= 200
  AND NOT says_periodic(m.summary) AND NOT says_wages(m.summary) AND NOT says_instalment(m.summary)
QUALIFY count(*) OVER (PARTITION BY m.village_code, m.payee_key, m.template, m.amount_yuan) = 1
ORDER BY m.village_code, m.row_id
"""
_ROUND_EDGES = (1000.0, 2000.0, 5000.0, 10000.0)
_COLUMNS = [
    "village_code", "subject_kind", "subject_key", "subject", "level", "evidence", "p", "n", "what", "compared",
]  # fmt: skip


def find(con: duckdb.DuckDBPyConnection, knobs: dict[str, Any]) -> pd.DataFrame:
    """At most two hits a village: many round sums beside the other villages, many sums just below an edge."""
    rows: dict[str, list[tuple[int, float]]] = defaultdict(list)
    edges: dict[str, set[float]] = defaultdict(set)
    for village, row, yuan, limit in con.execute(_SUMS).fetchall():
        rows[village].append((row, yuan))
        if limit:
            edges[village].add(limit)
    hits = _round_hits(rows, knobs)
    for village in sorted(rows):
        hits += _edge_hit(village, rows[village], edges[village], knobs)
    return pd.DataFrame(hits, columns=_COLUMNS)


def _round_hits(
    rows: dict[str, list[tuple[int, float]]], knobs: dict[str, Any]
) -> list[tuple[Any, ...]]:
    """Villages whose share of whole thousands is far above that of the others (robust z)."""
    villages = [v for v in sorted(rows) if len(rows[v]) >= knobs["least"]]
    shares = np.array(
        [np.mean([yuan % 1000 == 0 for _, yuan in rows[v]]) for v in villages], dtype=np.float64
    )
    distances = robust_z(shares, floor=0.02)
    hits = []
    for village, share, z in zip(villages, shares, distances, strict=True):
        if z > knobs["least_z"]:
            chosen = [row for row, yuan in rows[village] if yuan % 1000 == 0]
            hits.append((
                village, "village", "round_sums", "整千元支出", None, chosen[: int(knobs["most_shown"])], 0.15,
                len(rows[village]), f"整千元的占{share:.0%}", f"各村中位数{np.median(shares):.0%}",
            ))  # fmt: skip
    return hits


def _edge_hit(
    village: str, rows: list[tuple[int, float]], limits: set[float], knobs: dict[str, Any]
) -> list[tuple[Any, ...]]:
    """The edge with most sums in the tenth below it beside the tenth above; limits on file, else round sums."""
    edges = sorted(limits) or list(_ROUND_EDGES)
    found = []
    for edge in edges:
        below = [row for row, yuan in rows if 0.9 * edge <= yuan < edge]
        above = sum(edge <= yuan < 1.1 * edge for _, yuan in rows)
        chance = _tail(len(below), len(below) + above) * len(edges)
        if len(below) + above >= knobs["least_near"] and chance < knobs["most_chance"]:
            found.append((chance, edge, below, above))
    if not found:
        return []
    _, edge, below, above = min(found)
    origin = "在案审批限额" if limits else "没有在案限额，按整数金额比较"
    return [(
        village, "village", "edge_sums", f"略低于{edge:,.0f}元的支出", None, below[: int(knobs["most_shown"])], 0.2,
        len(rows), f"略低于{edge:,.0f}元的有{len(below)}笔", f"略高于它的只有{above}笔（{origin}）",
    )]  # fmt: skip


def _tail(k: int, n: int) -> float:
    """Chance of k or more of n falling below when both sides are alike (binomial, 1/2)."""
    return sum(comb(n, i) for i in range(k, n + 1)) / 2**n if n else 1.0
