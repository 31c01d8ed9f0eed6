"""---
id: M45
name: 租金、承包费应收未收
category: C6
severity: high
identity: null
prior: 0.7
needs: {contract: [row_id, village_code, lessee_name]}
uses:
  bank_flow: [counterparty_name, counterparty_org, txn_on, in_yuan, summary]
  book_year: [y]
  lease: [object_name, party, starts_on, ends_on, years, annual_yuan, due_yuan, received_yuan, arrears_yuan,
          paid_until, note, words]
  money: [entry_on, side, amount_yuan, summary, account_class, note, source, payee_key]
  rent_receipt: [entry_on, yuan, summary, contract_row]
knobs: {least_yuan: 500, share: 0.05}
basis: [民法典 §722]
reason: "{party}承包{object_name}，{source}，未见收款{amount_yuan}元（{years}），需核实是否拖欠"
innocent: [一次性付清或提前预付, 以工程款等抵顶, 受灾减免并有决议, 交入镇级代理账户, 由家人或他人代交, 年度中途起租]
check: [催收记录, 收款收据存根, 承包人访谈, 代理账户明细]
aspects: [A07]
forms: [F29]
not_for: 账上未见收款不等于没有收款，须先看收据与代理账户
---
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

import duckdb
import pandas as pd

from xuncha_lib.outliers.schedule import named_years, owed_years, shortfall

_RECEIPT = re.compile("收据|票据|发票|单据|凭证")
_LEASES = """
SELECT l.*, says_waived(words) AS is_waived, says_offset(words) AS is_offset, says_agency(words) AS is_agency,
       says_lawsuit(words) AS is_sued, says_prepaid(words) AS is_prepaid, says_ended(words) AS is_ended
FROM lease l ORDER BY row_id
"""
_RECEIPTS = "SELECT contract_row, row_id, entry_on, yuan, summary FROM rent_receipt ORDER BY row_id"
_OTHERS = """
SELECT m.village_code, CAST(m.amount_yuan AS DOUBLE), year(m.entry_on), m.row_id, coalesce(m.summary, '') FROM money m
WHERE m.side = 'in' AND m.amount_yuan > 0 AND (says_rent(m.summary) OR m.account_class = 'income')
  AND m.row_id NOT IN (SELECT row_id FROM rent_receipt)
"""
_REMARKS = """
SELECT l.row_id, CASE WHEN bool_or(says_offset(m.summary) OR says_offset(m.note)) THEN '账上有抵顶记录'
                      ELSE '账上有减免或代管记录' END
FROM lease l JOIN money m ON m.village_code = l.village_code
WHERE length(l.party) >= 2 AND (m.payee_key = l.party OR contains(m.summary, l.party))
  AND (says_offset(m.summary) OR says_offset(m.note) OR says_waived(m.summary) OR says_waived(m.note) OR says_agency(m.note))
GROUP BY l.row_id
"""
_BANK = """
WITH came AS (
    SELECT row_id, village_code, year(txn_on) AS y, CAST(in_yuan AS DOUBLE) AS yuan, coalesce(summary, '') AS summary,
           plain_name(coalesce(counterparty_org, counterparty_name)) AS party
    FROM bank_flow WHERE in_yuan > 0
)
SELECT l.row_id, list([b.y, b.row_id] ORDER BY b.row_id) FROM lease l JOIN came b ON b.village_code = l.village_code
WHERE length(l.party) >= 2 AND (b.party = l.party OR contains(b.summary, l.party))
  AND b.yuan / nullif(l.annual_yuan, 0) BETWEEN 0.9 AND 3.05
GROUP BY l.row_id
"""
_COLUMNS = [
    "village_code", "subject_kind", "subject_key", "subject", "level", "evidence", "context", "amount_yuan",
    "p", "explained", "party", "object_name", "source", "years",
]  # fmt: skip


def find(con: duckdb.DuckDBPyConnection, knobs: dict[str, Any]) -> pd.DataFrame:
    """One hit per contract whose rent is owed by its own register or missing from a ledger that covers the year."""
    found = con.execute(_LEASES)
    columns = [column[0] for column in found.description]
    leases = [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
    covered: dict[str, list[int]] = defaultdict(list)
    for village, year in con.execute(
        "SELECT village_code, y FROM book_year ORDER BY 1, 2"
    ).fetchall():
        covered[village].append(year)
    receipts: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for contract, *receipt in con.execute(_RECEIPTS).fetchall():
        receipts[contract].append(tuple(receipt))
    remarks = dict(con.execute(_REMARKS).fetchall())
    in_bank = dict(con.execute(_BANK).fetchall())
    others = con.execute(_OTHERS).fetchall()
    gaps = {}
    for lease in leases:
        row = lease["row_id"]
        gaps[row] = _gap(lease, covered[lease["village_code"]], receipts[row], knobs)
    trust = _trust(leases, gaps)
    hits = []
    for lease in leases:
        hit = _judge(lease, gaps[lease["row_id"]], trust[lease["village_code"]], knobs)
        if hit is None:
            continue
        yuan, p, source, years, said = hit
        gap = gaps[lease["row_id"]] or {}
        banked = {year: row for year, row in in_bank.get(lease["row_id"], []) if year in gap}
        said = said or remarks.get(lease["row_id"])
        said = said or ("银行已有其付款，账上未登记" if gap and set(banked) == set(gap) else None)
        said = said or (_other_payer(lease, gap, others) if p < 0.85 else None)
        context = [r[0] for r in receipts[lease["row_id"]]] + sorted(banked.values())
        hits.append((
            lease["village_code"], "contract", f"c{lease['row_id']}", lease["object_name"] or lease["party"], None,
            [lease["row_id"]], context, yuan, p, said, lease["party"] or "承包方", lease["object_name"] or "集体资产",
            source, years,
        ))  # fmt: skip
    return pd.DataFrame(hits, columns=_COLUMNS)


def _gap(
    lease: dict[str, Any],
    covered: list[int],
    receipts: list[tuple[Any, ...]],
    knobs: dict[str, Any],
) -> dict[int, float] | None:
    """Year → missing yuan by the ledger; None where the ledger cannot tell."""
    if not (lease["annual_yuan"] and lease["starts_on"] and lease["ends_on"] and lease["party"]):
        return None
    owed = owed_years(lease["starts_on"], lease["ends_on"], covered)
    if not owed or lease["annual_yuan"] < 1:
        return None
    paid = [(named_years(summary, day), yuan) for _, day, yuan, summary in receipts if day]
    return shortfall(lease["annual_yuan"], owed, paid, share=float(knobs["share"]))


def _trust(
    leases: list[dict[str, Any]], gaps: dict[int, dict[int, float] | None]
) -> dict[str, bool]:
    """Villages where most comparable contracts are paid in the ledger; elsewhere the ledger is kept another way."""
    judged: dict[str, list[bool]] = defaultdict(list)
    for lease in leases:
        judged[lease["village_code"]]
        gap = gaps[lease["row_id"]]
        if gap is not None:
            judged[lease["village_code"]].append(not gap)
    return {village: len(ok) < 4 or sum(ok) >= 0.5 * len(ok) for village, ok in judged.items()}


def _judge(
    lease: dict[str, Any], gap: dict[int, float] | None, trusted: bool, knobs: dict[str, Any]
) -> tuple[float, float, str, str, str | None] | None:
    annual, due, got = lease["annual_yuan"] or 0.0, lease["due_yuan"], lease["received_yuan"]
    least = max(float(knobs["least_yuan"]), float(knobs["share"]) * annual)
    owed = lease["arrears_yuan"] or 0.0
    if not owed and due is not None and got is not None:
        owed = max(0.0, due - got)
    said = None
    if lease["is_offset"]:
        said = "台账注明已抵顶"
    elif lease["is_waived"]:
        said = "台账注明减免或有决议"
    elif lease["is_agency"]:
        said = "台账注明交入镇级代管账户"
    elif lease["is_sued"]:
        said = "台账注明正在诉讼或调解催收"
    elif lease["is_prepaid"] and _RECEIPT.search(str(lease["note"] or "")):
        said = "台账注明已一次付清并有票据"
    if owed > least and not (lease["is_prepaid"] and not lease["arrears_yuan"]):
        return owed, 0.9 if gap else 0.8, "台账登记欠缴", "台账所列期间", said
    if due and 200 <= owed <= least and owed >= 0.5 * due:
        return owed, 0.55, "台账登记大部分未缴", "台账所列期间", said
    if (
        not gap
        or sum(gap.values()) < least
        or lease["is_prepaid"]
        or _paid_until(lease) >= max(gap)
    ):
        return None
    # A register that says "received" while the ledger has nothing is another question: M36.
    if (got and due is not None and got >= due > 0) or (got and got >= annual > 0 and due is None):
        return None
    years = "、".join(f"{y}年" for y in sorted(gap))
    return sum(gap.values()), 0.7 if trusted else 0.15, "收支账中", years, said


def _paid_until(lease: dict[str, Any]) -> int:
    """Last year the register calls paid; 0 where it does not say."""
    text = str(lease["paid_until"] or "")
    found = [
        int(text[i : i + 4])
        for i in range(len(text) - 3)
        if text[i : i + 4].isdigit() and text[i : i + 2] == "20"
    ]
    return max(found, default=0)


def _other_payer(
    lease: dict[str, Any], gap: dict[int, float], others: list[tuple[Any, ...]]
) -> str | None:
    """Words for "somebody else paid just this sum", when the ledger has such receipts for each missing year."""
    sums = {
        year for village, yuan, year, _, summary in others
        if village == lease["village_code"] and abs(yuan - lease["annual_yuan"]) <= 0.01 * lease["annual_yuan"]
        and ((lease["object_name"] and lease["object_name"] in summary) or lease["annual_yuan"] % 100 != 0)
    }  # fmt: skip
    return (
        "账上有同额承包费收入，付款人姓名不同，可能为他人代交" if gap and set(gap) <= sums else None
    )
