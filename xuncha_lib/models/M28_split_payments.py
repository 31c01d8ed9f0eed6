"""---
id: M28
name: 支出拆分、每笔低于审批限额
category: C5
severity: high
identity: null
prior: 0.6
needs: {money: [row_id, rows, village_code, entry_on, side, amount_yuan, summary]}
uses:
  cancelled: [village_code]
  limit_span: [town, name, valid_to, value]
  money: [month, payee, note, payee_key, template]
  village: [town]
limits: [approval_yuan]
knobs: {days: 10, low_share: 0.6}
basis: [农村集体经济组织财务制度 财农〔2021〕121号 §7]
reason: "{days_apart}天内向{payee}付款{n}笔，每笔{smallest}至{largest}元，都低于{limit}元（{limit_kind}），合计{amount_yuan}元，需核实是否同一事项"
innocent: [零星采购各有数量或地点, 分期付款, 劳务或固定费用, 不同事项, 已冲回]
check: [合同和送货单, 会议记录与审批单, 是否同一事项同一批次]
aspects: [A04, A16]
forms: [F15, F42, F64]
not_for: 所用限额为参考值时，不能据此认定越权审批
---
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from math import comb
from typing import Any

import duckdb
import pandas as pd

from xuncha_lib.outliers.wording import same_object, without_counter

ROUND_MARKS = (3000, 5000, 10000, 20000, 30000, 50000)
"""Sums that towns commonly take as a limit; used with a lower chance where the town's own is not on file."""

_WINDOW_SHARE = 20 / 730
"""Part of two years' books that lies within ten days of a payment."""
_PRIOR = 0.3
"""Splits of one payee and year before anything is seen, on the scale of expected coincidences."""
_CHAINS = """
WITH bought AS (
    SELECT m.row_id, m.rows, m.village_code, m.entry_on, CAST(m.amount_yuan AS DOUBLE) AS yuan,
           coalesce(m.summary, '') AS summary, coalesce(m.payee_key, 'x' || m.template) AS key, m.payee_key, v.town,
           says_instalment(m.summary) OR says_instalment(m.note) AS is_part
    FROM money m JOIN village v USING (village_code) LEFT JOIN cancelled c USING (row_id)
    WHERE m.side = 'out' AND m.amount_yuan >= 500 AND m.entry_on IS NOT NULL AND c.row_id IS NULL
      AND (m.payee_key IS NOT NULL OR length(m.template) >= 3)
      AND NOT says_wages(m.summary) AND NOT says_personal_relief(m.summary) AND NOT says_periodic(m.summary)
), mark AS (
    SELECT town, value, min(name) AS name FROM limit_span WHERE name LIKE 'approval%' AND valid_to >= DATE '2015-01-01' GROUP BY ALL
    UNION ALL SELECT t.town, r.value, 'round' FROM (SELECT DISTINCT town FROM village) t, (SELECT unnest($marks) AS value) r
    WHERE NOT EXISTS (FROM limit_span s WHERE s.town = t.town AND s.name LIKE 'approval%' AND s.value = r.value)
), near AS (
    SELECT b.*, k.value AS mark, k.name AS mark_name,
           CASE WHEN b.entry_on - lag(b.entry_on) OVER w <= $days THEN 0 ELSE 1 END AS is_new
    FROM bought b JOIN mark k ON k.town = b.town
    WHERE b.yuan < k.value AND b.yuan >= $low_share * k.value
    WINDOW w AS (PARTITION BY b.village_code, b.key, k.value ORDER BY b.entry_on, b.row_id)
), chained AS (
    SELECT *, sum(is_new) OVER (PARTITION BY village_code, key, mark ORDER BY entry_on, row_id ROWS UNBOUNDED PRECEDING) AS chain
    FROM near
), band AS (
    SELECT village_code, key, mark, count(*) AS n FROM near GROUP BY ALL
), usual AS (
    SELECT village_code, key, count(*) AS n, count(DISTINCT date_trunc('month', entry_on)) AS months FROM bought GROUP BY ALL
)
SELECT c.village_code, c.key, c.mark, any_value(c.mark_name) AS mark_name, any_value(u.n) AS usual, any_value(u.months) AS months, any_value(w.n) AS in_band,
       list({'row': c.row_id, 'rows': c.rows, 'on': c.entry_on, 'yuan': c.yuan, 'summary': c.summary, 'part': c.is_part, 'payee': c.payee_key}
            ORDER BY c.entry_on, c.row_id) AS payments
FROM chained c JOIN usual u ON u.village_code = c.village_code AND u.key = c.key
JOIN band w ON w.village_code = c.village_code AND w.key = c.key AND w.mark = c.mark
GROUP BY c.village_code, c.key, c.mark, c.chain
HAVING count(*) BETWEEN 2 AND 10 AND sum(c.yuan) >= 1.05 * c.mark AND max(c.entry_on) - min(c.entry_on) <= 2 * $days
ORDER BY c.village_code, c.key, c.mark
"""
_COLUMNS = [
    "village_code", "subject_kind", "subject_key", "subject", "level", "evidence", "amount_yuan",
    "first_on", "last_on", "p", "explained", "payee", "n", "smallest", "largest", "limit", "limit_kind", "days_apart",
]  # fmt: skip


def find(con: duckdb.DuckDBPyConnection, knobs: dict[str, Any]) -> pd.DataFrame:
    """One hit per run of payments under one limit; of several limits the one that fits closest."""
    found = con.execute(
        _CHAINS,
        {
            "days": int(knobs["days"]),
            "low_share": float(knobs["low_share"]),
            "marks": list(ROUND_MARKS),
        },
    ).fetchall()
    hits: dict[int, tuple[float, tuple[Any, ...]]] = {}
    taken: dict[int, float] = {}
    for village, _, mark, name, usual, months, in_band, payments in found:
        kept = [
            group for group in _one_matter(payments) if sum(p["yuan"] for p in group) >= 1.05 * mark
        ]
        for group in kept:
            p, said = _chance(group, mark, name, usual, months)
            p = round(p * _share(len(group), in_band), 3)
            if p < 0.2 or any(taken.get(pay["row"], 0.0) >= p for pay in group):
                continue
            for pay in group:
                taken[pay["row"]] = p
            hits[group[0]["row"]] = (p, _hit(village, group, mark, name, p, said))
    best = [hit for first, (p, hit) in hits.items() if taken[first] <= p]
    return pd.DataFrame(best, columns=_COLUMNS)


def _one_matter(payments: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Payments whose wording does not set them apart; all of them when every pair is set apart (explained later)."""
    groups: dict[int, list[dict[str, Any]]] = defaultdict(list)
    heads: list[dict[str, Any]] = []
    for pay in payments:
        for n, head in enumerate(heads):
            if _relation(head, pay) in ("same", "unknown"):
                groups[n].append(pay)
                break
        else:
            groups[len(heads)].append(pay)
            heads.append(pay)
    alike = [group for group in groups.values() if len(group) >= 2]
    return alike or [payments]


def _relation(a: dict[str, Any], b: dict[str, Any]) -> str:
    payee = a["payee"] or "\0"
    left, right = (without_counter(x["summary"].replace(payee, "")) for x in (a, b))
    return same_object(left, right)


def _chance(
    group: list[dict[str, Any]], mark: float, name: str, usual: int, months: int
) -> tuple[float, str | None]:
    closeness = min(p["yuan"] for p in group) / mark
    p = 0.45 if len(group) == 2 else 0.65
    p += 0.2 if closeness >= 0.85 else 0.08 if closeness >= 0.75 else 0.0
    p += 0.1 if name != "round" else -0.15 if closeness < 0.8 else 0.0
    if mark <= 2000:
        p -= 0.2
    if usual >= 8 and months >= 5:
        p -= 0.2
    relations = {_relation(a, b) for a, b in combinations(group, 2)}
    said = None
    if any(pay["part"] for pay in group):
        said = "摘要写明为分期付款"
    elif "figures" in relations:
        said = "摘要写明的数量、批次或月份不同"
    elif "other" in relations and "same" not in relations:
        said = "摘要写明的事项或地点不同"
    return round(max(0.05, min(p, 0.9)), 3), said


def _share(k: int, in_band: int) -> float:
    """Chance that k of a payee's payments in the band fall within days of each other for a reason, not by luck.

    in_band : all his payments between the low share and the mark. Nobody else of his in the band: nothing to be lucky with.
    """
    by_luck = (comb(in_band, k) - 1) * _WINDOW_SHARE ** (k - 1)
    return _PRIOR / (_PRIOR + by_luck)


def _hit(
    village: str, group: list[dict[str, Any]], mark: float, name: str, p: float, said: str | None
) -> tuple[Any, ...]:
    payee = group[0]["payee"] or group[0]["summary"]
    return (
        village, "payee", f"split|{payee}|{group[0]['on']}", payee, None,
        [row for pay in group for row in pay["rows"]], sum(p["yuan"] for p in group),
        group[0]["on"], group[-1]["on"], p, said, payee, len(group), min(p["yuan"] for p in group),
        max(p["yuan"] for p in group), float(mark),
        "整数关口，本地限额待核对" if name == "round" else "限额，见限额表",
        (group[-1]["on"] - group[0]["on"]).days,
    )  # fmt: skip
