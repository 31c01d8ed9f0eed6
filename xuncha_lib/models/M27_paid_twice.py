"""---
id: M27
name: 重复付款、重复报销
category: C5
severity: high
identity: null
prior: 0.7
needs: {money: [row_id, rows, village_code, entry_on, side, amount_yuan, summary]}
uses:
  cancelled: [village_code]
  money: [month, voucher_no, payee, payee_name, invoice_no, note, payee_key, template]
knobs: {days: 90, least_yuan: 200, village_prior: 0.5, window_share: 0.45, habit_least: 5}
basis: [会计法 §9, 会计法 §14]
reason: "同一{what}在{first_on}至{last_on}间有{n}笔{each}元的付款记录（{subject}），需核实是否重复支付"
innocent: [按月按季的固定支出, 分期付款, 不同地点或批次单价相同, 已红字冲回或退款, 同一笔款现金与银行各登一次]
check: [将两张凭证及附件并排核对, 查看发票原件号码, 向收款方核实到账次数]
aspects: [A04]
forms: [F13, F14]
not_for: 只说明账面上有相同付款，不能说明钱已被重复领取
---
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import duckdb
import pandas as pd

from xuncha_lib.outliers.wording import figures, likeness, same_object

_PAYMENTS = """
CREATE OR REPLACE TEMP TABLE paid AS
SELECT m.row_id, m.rows, m.village_code, m.entry_on, m.amount_yuan, m.payee_key, m.payee_name, m.template, m.voucher_no, m.summary, m.note,
       regexp_replace(upper(coalesce(m.invoice_no, '')), '[^0-9A-Z]', '', 'g') AS invoice,
       c.row_id IS NOT NULL AS is_cancelled
FROM money m LEFT JOIN cancelled c USING (row_id)
WHERE m.side = 'out' AND m.amount_yuan >= $least_yuan AND m.entry_on IS NOT NULL
"""
_LUCK = """
CREATE OR REPLACE TEMP TABLE luck AS
WITH pool AS (
    SELECT template, sum(n) AS n, sum(n * (n - 1) / 2) AS equal_pairs
    FROM (SELECT template, amount_yuan, count(*) AS n FROM paid GROUP BY ALL) GROUP BY template
), village AS (SELECT village_code, count(*) AS n FROM paid GROUP BY 1),
habit AS (SELECT village_code, coalesce(payee_key, '') AS payee, template, count(*) AS n FROM paid GROUP BY ALL)
SELECT h.village_code, h.payee, h.template, $village_prior * h.n / v.n AS prior,
       $window_share * h.n * (h.n - 1) / 2
           / CASE WHEN p.n >= 30 THEN greatest(p.n * (p.n - 1) / 2 / greatest(p.equal_pairs, 1), 20) ELSE 500 END AS by_chance
FROM habit h JOIN village v USING (village_code) JOIN pool p ON p.template IS NOT DISTINCT FROM h.template
WHERE h.n >= $habit_least
"""
"""How often one payee is paid one sum for one thing twice in the window by mere chance, from how often all villages' payments for
that thing are equal, beside how often it is paid twice in error. Rows only for payees paid often enough for it to matter."""
_PAIRS = """
WITH equal AS (
    SELECT village_code, amount_yuan FROM paid GROUP BY ALL HAVING count(*) >= 2
), again AS MATERIALIZED (
    SELECT row_id, village_code, entry_on, amount_yuan, payee_key, template, voucher_no
    FROM paid SEMI JOIN equal USING (village_code, amount_yuan)
), keyed AS (
    SELECT row_id, village_code, entry_on, amount_yuan, 'payee' AS kind, payee_key AS key, voucher_no FROM again WHERE payee_key IS NOT NULL
    UNION ALL SELECT row_id, village_code, entry_on, amount_yuan, 'summary', template, voucher_no FROM again WHERE length(template) >= 3
    UNION ALL SELECT row_id, village_code, entry_on, amount_yuan, 'amount', '', voucher_no FROM again
    WHERE amount_yuan >= 500 AND amount_yuan % 10 <> 0
), series AS (
    SELECT village_code, kind, key, amount_yuan, count(*) AS n, count(DISTINCT date_trunc('month', entry_on)) AS months
    FROM keyed GROUP BY ALL HAVING count(*) >= 2 AND NOT (n >= 4 AND months = n)
), stepped AS (
    SELECT k.*, s.n, s.months, lag(k.row_id) OVER w AS other, lag(k.entry_on) OVER w AS other_on, lag(k.voucher_no) OVER w AS other_no
    FROM keyed k JOIN series s USING (village_code, kind, key, amount_yuan)
    WINDOW w AS (PARTITION BY k.village_code, k.kind, k.key, k.amount_yuan ORDER BY k.entry_on, k.row_id)
)
SELECT other AS a, row_id AS b, arg_min(kind, CASE kind WHEN 'payee' THEN 0 WHEN 'summary' THEN 1 ELSE 2 END) AS kind,
       max(n) AS n, max(months) AS months
FROM stepped
WHERE other IS NOT NULL AND entry_on - other_on <= $days
  AND NOT (entry_on = other_on AND voucher_no = other_no)
GROUP BY other, row_id
UNION ALL
SELECT a.row_id, b.row_id, 'invoice', 2, 2
FROM paid a JOIN paid b ON a.village_code = b.village_code AND a.invoice = b.invoice AND a.row_id < b.row_id
WHERE length(a.invoice) >= 5 AND NOT regexp_matches(a.invoice, '^0+$')
  AND (a.payee_key = b.payee_key OR a.amount_yuan = b.amount_yuan)
  AND NOT (a.entry_on = b.entry_on AND a.voucher_no IS NOT DISTINCT FROM b.voucher_no)
"""
_FACTS = """
SELECT row_id, rows, p.village_code, entry_on, amount_yuan, payee_key, p.template, invoice, is_cancelled,
       coalesce(k.prior / (k.prior + k.by_chance), 1.0) AS share,
       coalesce(summary, '') AS summary, coalesce(payee_name, '') AS payee_name, says_periodic(summary) AS is_periodic,
       says_instalment(summary) OR says_instalment(note) AS is_part, coalesce(note, '') AS note
FROM paid p LEFT JOIN luck k ON k.village_code = p.village_code AND k.payee = coalesce(p.payee_key, '') AND k.template IS NOT DISTINCT FROM p.template
WHERE row_id IN (SELECT unnest($ids))
"""


def find(con: duckdb.DuckDBPyConnection, knobs: dict[str, Any]) -> pd.DataFrame:
    """One hit per group of payments that look like one payment made again."""
    con.execute(_PAYMENTS, {"least_yuan": knobs["least_yuan"]})
    con.execute(
        _LUCK, {key: float(knobs[key]) for key in ("village_prior", "window_share", "habit_least")}
    )
    pairs = con.execute(_PAIRS, {"days": int(knobs["days"])}).fetchall()
    ids = sorted({row for a, b, *_ in pairs for row in (a, b)})
    found = con.execute(_FACTS, {"ids": ids})
    columns = [column[0] for column in found.description]
    facts = {row[0]: dict(zip(columns, row, strict=True)) for row in found.fetchall()}
    judged: dict[tuple[int, int], tuple[float, str | None, str]] = {}
    for a, b, kind, n, months in sorted(pairs):
        verdict = _judge(facts[a], facts[b], kind, n, months)
        if (verdict and (a, b) not in judged) or (verdict and verdict[0] > judged[a, b][0]):
            judged[a, b] = verdict
    return pd.DataFrame(_groups(judged, facts), columns=_COLUMNS)


_COLUMNS = [
    "village_code", "subject_kind", "subject_key", "subject", "level", "evidence", "amount_yuan",
    "first_on", "last_on", "p", "explained", "what", "n", "each",
]  # fmt: skip


def _judge(
    a: dict[str, Any], b: dict[str, Any], kind: str, n: int, months: int
) -> tuple[float, str | None, str] | None:
    """(p, explanation, what is the same) of a pair, None when nothing speaks for a second payment."""
    if kind == "invoice":
        return _same_invoice(a, b)
    relation = same_object(_words(a), _words(b))
    if figures(a["payee_name"]) != figures(b["payee_name"]):
        relation = "figures"
    gap = (b["entry_on"] - a["entry_on"]).days
    own_invoices = bool(a["invoice"] and b["invoice"] and a["invoice"] != b["invoice"])
    if relation == "figures" or a["is_part"] or b["is_part"]:
        return None
    is_odd = a["amount_yuan"] % 10 != 0
    if kind == "payee":
        p = {"same": 0.85, "unknown": 0.35, "other": 0.5 if is_odd and not own_invoices else 0.0}[
            relation
        ]
    elif kind == "summary":
        # Two names under one purpose are two persons on a list, unless one of them is missing.
        if (a["payee_key"] and b["payee_key"]) or relation != "same":
            return None
        p = 0.7 if is_odd else 0.5
    else:
        if relation != "same" or likeness(_words(a), _words(b)) < 0.8 or not _near(a, b):
            return None
        p = 0.6
    if (a["is_periodic"] or b["is_periodic"]) and (n >= 3 or gap >= 20):
        # A fixed fee: suspicious only when one period holds two of an otherwise single series.
        if not (n >= 3 and gap <= 12 and n - months == 1 and relation == "same"):
            return None
        p = min(p, 0.65)
    elif n >= 4 and n - months <= 1 and gap > 15:
        return None
    p *= (0.65 if own_invoices else 1.0) * (
        1.0 if kind == "amount" else min(a["share"], b["share"])
    )
    if p < 0.2:
        return None
    return p, _cancelled(a, b), {"payee": "收款人", "summary": "事由", "amount": "金额和事由"}[kind]


def _cancelled(a: dict[str, Any], b: dict[str, Any]) -> str | None:
    return "其中一笔已红字冲回或退款" if a["is_cancelled"] or b["is_cancelled"] else None


def _same_invoice(a: dict[str, Any], b: dict[str, Any]) -> tuple[float, str | None, str]:
    said = _cancelled(a, b)
    if a["amount_yuan"] == b["amount_yuan"]:
        return 0.93, said, "发票号码"
    if a["is_part"] or b["is_part"]:
        said = said or "摘要写明为分期付款，一张发票分次支付"
    return 0.4, said, "发票号码"


def _words(fact: dict[str, Any]) -> str:
    summary, payee = str(fact["summary"]), fact["payee_key"]
    return summary.replace(payee, "") if payee and len(payee) >= 2 else summary


def _near(a: dict[str, Any], b: dict[str, Any]) -> bool:
    """Two spellings of one payee: most characters shared, or one is missing."""
    left, right = set(a["payee_key"] or ""), set(b["payee_key"] or "")
    return not left or not right or len(left & right) / len(left | right) >= 0.7


def _groups(
    judged: dict[tuple[int, int], tuple[float, str | None, str]], facts: dict[int, dict[str, Any]]
) -> list[tuple[Any, ...]]:
    parent: dict[int, int] = {}

    def root(x: int) -> int:
        while parent.setdefault(x, x) != x:
            x = parent[x]
        return x

    for a, b in judged:
        low, high = sorted((root(a), root(b)))
        parent[high] = low
    groups: dict[int, set[int]] = defaultdict(set)
    verdicts: dict[int, list[tuple[float, str | None, str]]] = defaultdict(list)
    for pair, verdict in judged.items():
        groups[root(pair[0])].update(pair)
        verdicts[root(pair[0])].append(verdict)
    hits = []
    for key, members in groups.items():
        inside = verdicts[key]
        best = max(inside, key=lambda verdict: verdict[0])
        rows = sorted((facts[m] for m in members), key=lambda f: (f["entry_on"], f["row_id"]))
        said = None if any(v[1] is None for v in inside) else best[1]
        payee = next((f["payee_key"] for f in rows if f["payee_key"]), "")
        hits.append((
            rows[0]["village_code"], "voucher", f"{payee}|{rows[0]['amount_yuan']}|{rows[0]['entry_on']}",
            rows[0]["summary"] or payee, None, [r for f in rows for r in f["rows"]],
            float(sum(f["amount_yuan"] for f in rows[1:])), rows[0]["entry_on"], rows[-1]["entry_on"],
            best[0], said, best[2], len(rows), float(rows[0]["amount_yuan"]),
        ))  # fmt: skip
    return hits
