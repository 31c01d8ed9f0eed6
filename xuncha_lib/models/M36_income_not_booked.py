"""---
id: M36
name: 收入不入账、坐收坐支
category: C5
severity: high
identity: null
prior: 0.7
needs: {money: [row_id, rows, village_code, entry_on, side, amount_yuan]}
uses:
  bank_flow: [counterparty_name, txn_on, out_yuan, in_yuan, summary]
  book_year: [y]
  lease: [object_name, party, thing, starts_on, ends_on, annual_yuan, due_yuan, received_yuan, note, words]
  money: [month, method, summary, account_class, note]
  money_transfer: [rows, entry_on, amount_yuan, direction]
  rent_receipt: [rows, entry_on, yuan, summary, contract_row]
knobs: {before: 10, after: 15, late: 75, least_yuan: 200, least_cash_yuan: 1000, least_share: 0.8}
basis: [现金管理暂行条例 §11, 村集体经济组织会计制度 财会〔2004〕12号]
reason: "{fact}，金额{amount_yuan}元，需核实是否入账"
innocent: [跨月后补登, 两笔收入合并存入或一笔分登, 退汇已转出, 存入镇级代理账户, 现金在数周内存入银行, 台账所列收款在账上有对应]
check: [收据存根编号, 付款方访谈, 代理账户与银行明细, 现金日记账]
aspects: [A05, A07]
forms: [F20, F50]
not_for: 账上未见不等于未入账，须先排除补登与代管账户
---
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date, timedelta
from itertools import combinations
from typing import Any, NamedTuple

import duckdb
import pandas as pd

from xuncha_lib.outliers.pairing import Entry, pair, pair_sums, unexplained
from xuncha_lib.outliers.schedule import owed_years

_BANK = """
SELECT b.village_code, b.row_id, b.txn_on, CAST(round(coalesce(b.in_yuan, 0) * 100) AS BIGINT) AS came,
       CAST(round(coalesce(b.out_yuan, 0) * 100) AS BIGINT) AS went
FROM bank_flow b
WHERE b.txn_on IS NOT NULL AND b.village_code IS NOT NULL AND NOT says_opening(b.summary)
  AND (b.village_code, date_trunc('month', b.txn_on)) IN (SELECT (village_code, month) FROM money WHERE month IS NOT NULL)
ORDER BY b.row_id
"""
_BOOK = """
SELECT village_code, row_id, entry_on, side, CAST(round(amount_yuan * 100) AS BIGINT) AS cents, method,
       side = 'in' AND (account_class = 'grant' OR says_grant_words(summary)) AS is_grant
FROM money WHERE entry_on IS NOT NULL AND village_code IS NOT NULL
  -- receipts, cash, and of the other payments only those that could answer a bank inflow
  AND (side = 'in' OR method = 'cash' OR (village_code, amount_yuan) IN (SELECT (village_code, in_yuan) FROM bank_flow WHERE in_yuan > 0))
UNION ALL
SELECT village_code, row_id, entry_on, CASE direction WHEN 'to_bank' THEN 'in' ELSE 'out' END,
       CAST(round(amount_yuan * 100) AS BIGINT), 'transfer', false
FROM money_transfer WHERE entry_on IS NOT NULL AND village_code IS NOT NULL
ORDER BY 2
"""
_BANK_SAID = "SELECT row_id, coalesce(summary, ''), coalesce(counterparty_name, '') FROM bank_flow WHERE row_id IN (SELECT unnest($ids))"
_BOOK_SAID = (
    "SELECT row_id, coalesce(summary, ''), rows FROM money WHERE row_id IN (SELECT unnest($ids))"
)
_CLAIMED = """
SELECT l.row_id, l.village_code, l.party, l.object_name, l.annual_yuan, l.received_yuan, l.due_yuan, l.starts_on, l.ends_on,
       says_offset(l.words) OR says_agency(l.words) OR says_waived(l.words) AS is_excused, says_prepaid(l.words) AS is_prepaid
FROM lease l
WHERE l.received_yuan > 0 AND l.annual_yuan > 0 AND l.starts_on IS NOT NULL AND l.ends_on IS NOT NULL AND l.party IS NOT NULL
  AND l.received_yuan >= 0.95 * l.annual_yuan
  -- any money in of that party, under whichever contract, is enough to say nothing here
  AND NOT EXISTS (FROM rent_receipt r JOIN lease o ON o.row_id = r.contract_row
                  WHERE o.village_code = l.village_code AND o.party = l.party)
  -- nor where somebody else paid this sum for this object
  AND NOT EXISTS (FROM money m WHERE m.village_code = l.village_code AND m.side = 'in' AND length(l.object_name) >= 2
                  AND contains(coalesce(m.summary, ''), l.object_name) AND abs(m.amount_yuan - l.annual_yuan) <= 0.01 * l.annual_yuan)
ORDER BY l.row_id
"""
_COLUMNS = [
    "village_code", "subject_kind", "subject_key", "subject", "level", "evidence", "amount_yuan",
    "first_on", "last_on", "p", "explained", "fact",
]  # fmt: skip


def find(con: duckdb.DuckDBPyConnection, knobs: dict[str, Any]) -> pd.DataFrame:
    """One hit per bank inflow the books lack, per cash receipt never banked, per contract called paid without a receipt."""
    bank: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for line in con.execute(_BANK).fetchall():
        bank[line[0]].append(line[1:])
    book: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for line in con.execute(_BOOK).fetchall():
        book[line[0]].append(line[1:])
    missing: list[Missing] = []
    kept: list[Kept] = []
    for village in sorted(book):
        missing += _bank_only(village, bank.get(village, []), book[village], knobs)
        kept += _kept_cash(village, bank.get(village, []), book[village], knobs)
    hits = _bank_hits(con, missing) + _cash_hits(con, kept)
    return pd.DataFrame(hits + _called_paid(con), columns=_COLUMNS)


def _said(con: duckdb.DuckDBPyConnection, query: str, ids: set[int]) -> dict[int, tuple[Any, ...]]:
    """Row id → what else is asked of the row."""
    return {row[0]: row[1:] for row in con.execute(query, {"ids": sorted(ids)}).fetchall()}


class Missing(NamedTuple):
    """An inflow on the bank statement that no entry explains; gone: the row with which the same sum left again."""

    village: str
    row: int
    day: date
    cents: int
    p: float
    gone: int | None


def _bank_only(
    village: str, bank: list[tuple[Any, ...]], book: list[tuple[Any, ...]], knobs: dict[str, Any]
) -> list[Missing]:
    """Inflows on the bank statement that no entry explains; nothing where bank and books do not fit each other."""
    came: list[Entry] = [(row, day, cents) for row, day, cents, _ in bank if cents > 0]
    if not came:
        return []
    entries: list[Entry] = [
        (row, day, cents) for row, day, side, cents, *_ in book if side == "in" and cents > 0
    ]
    before, after = int(knobs["before"]), int(knobs["after"])
    left = unexplained(came, entries, before=before, after=after, late=int(knobs["late"]))
    # The share tells whether the two can be compared at all; small interest postings say nothing either way.
    big = [e for e in came if e[2] >= int(knobs["least_yuan"]) * 100]
    missing = [e for e in left if e[2] >= int(knobs["least_yuan"]) * 100]
    if len(big) < 5 or len(missing) > (1 - float(knobs["least_share"])) * len(big) + 1:
        return []
    if not missing:
        return []
    gone = pair(missing, _unbooked_outflows(bank, book, before, after), before=0, after=20)
    p = 0.85 if len(missing) <= 6 else 0.45
    return [Missing(village, row, day, cents, p, gone.get(row)) for row, day, cents in missing]


def _bank_hits(con: duckdb.DuckDBPyConnection, found: list[Missing]) -> list[tuple[Any, ...]]:
    ids = {one.row for one in found} | {one.gone for one in found if one.gone is not None}
    words = _said(con, _BANK_SAID, ids)
    hits = []
    for village, row, day, cents, p, gone in found:
        summary, party = words[row]
        back = words[gone] if gone is not None else ("", "")
        # Money sent back to whom it came from explains itself; the same sum drawn in cash does the opposite.
        is_returned = gone is not None and (
            (bool(party) and party == back[1]) or bool(_RETURNED.search(back[0]))
        )
        rows = [row, gone] if gone is not None and not is_returned else [row]
        hits.append(_hit(
            village, f"bank|{row}", party or summary or "银行收款", rows, cents, day, p,
            "同额款项数日内已退回原付款方" if is_returned else None,
            f"银行流水{day}有“{summary or party}”收款，前后均未见账上登记" + ("，随后同额转出" if len(rows) > 1 else ""),
        ))  # fmt: skip
    return hits


_RETURNED = re.compile(r"退汇|退款|退回|误汇|冲正|撤销|代收代付|代发")


def _unbooked_outflows(
    bank: list[tuple[Any, ...]], book: list[tuple[Any, ...]], before: int, after: int
) -> list[Entry]:
    """Outflows on the statement that the books lack too."""
    went: list[Entry] = [(row, day, cents) for row, day, _, cents in bank if cents > 0]
    paid: list[Entry] = [
        (row, day, cents) for row, day, side, cents, *_ in book if side == "out" and cents > 0
    ]
    booked = pair(went, paid, before=before, after=after)
    return [entry for entry in went if entry[0] not in booked]


class Kept(NamedTuple):
    """A cash receipt that never reached the bank; spent: the payments that used it up at once."""

    village: str
    row: int
    day: date
    cents: int
    p: float
    spent: list[int]


def _kept_cash(
    village: str, bank: list[tuple[Any, ...]], book: list[tuple[Any, ...]], knobs: dict[str, Any]
) -> list[Kept]:
    """Cash receipts that never reached the bank: those spent to the yuan within days, and, in a village that usually
    deposits what it takes, those with no deposit of the same sum in the weeks after.
    """
    least = int(knobs["least_cash_yuan"]) * 100
    receipts: list[Entry] = [
        (row, day, cents) for row, day, side, cents, method, is_grant in book
        if side == "in" and method == "cash" and cents >= least and not is_grant
    ]  # fmt: skip
    if not receipts:
        return []
    deposits: list[Entry] = [(row, day, cents) for row, day, cents, _ in bank if cents > 0]
    deposits += [
        (row, day, cents)
        for row, day, side, cents, method, _ in book
        if method == "transfer" and side == "in"
    ]
    banked = set(pair(receipts, deposits, before=2, after=int(knobs["late"])))
    together = pair_sums(
        deposits, [e for e in receipts if e[0] not in banked], before=int(knobs["late"]), after=2
    )
    banked |= {row for two in together.values() for row in two}
    kept = [e for e in receipts if e[0] not in banked]
    usual = len(receipts) >= 3 and len(kept) <= 0.4 * len(receipts)
    paid: list[Entry] = [
        (row, day, cents)
        for row, day, side, cents, method, _ in book
        if side == "out" and method == "cash" and cents > 0
    ]
    found = []
    for row, day, cents in kept:
        spent = _spent_at_once(day, cents, paid)
        if spent or usual:
            p = (0.8 if spent else 0.6) / (2 if len(kept) > 6 else 1)
            found.append(Kept(village, row, day, cents, p, spent))
    return found


def _cash_hits(con: duckdb.DuckDBPyConnection, found: list[Kept]) -> list[tuple[Any, ...]]:
    said = _said(con, _BOOK_SAID, {row for one in found for row in (one.row, *one.spent)})
    hits = []
    for village, row, day, cents, p, spent in found:
        summary, rows = said[row]
        fact = f"{day}现金收入“{summary}”，此后未见存入银行" + (
            "，数日内有相同数额的现金支出" if spent else ""
        )
        cited = [*rows, *(r for other in spent for r in said[other][1])]
        hits.append(_hit(village, f"cash|{row}", summary, cited, cents, day, p, None, fact))
    return hits


def _spent_at_once(day: date, cents: int, paid: list[Entry]) -> list[int]:
    """Two to five cash payments of the next days that add up to the receipt within a yuan; else none.

    More than eight payments in those days are too many to tell: some of them will add up to anything.
    """
    last = day + timedelta(days=7)
    near = [e for e in paid if day <= e[1] <= last and e[2] < cents]
    if len(near) > 8:
        return []
    for size in range(2, 6):
        for some in combinations(near, size):
            if abs(sum(e[2] for e in some) - cents) <= 100:
                return [e[0] for e in some]
    return []


def _called_paid(con: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    """Contracts whose register counts rent as received while a covering ledger has no receipt of that party."""
    covered: dict[str, list[int]] = defaultdict(list)
    for village, year in con.execute(
        "SELECT village_code, y FROM book_year ORDER BY 1, 2"
    ).fetchall():
        covered[village].append(year)
    shares = {
        village: paid / total
        for village, paid, total in con.execute(
            "SELECT l.village_code, count(*) FILTER (l.row_id IN (SELECT contract_row FROM rent_receipt)), count(*) "
            "FROM lease l GROUP BY 1"
        ).fetchall()
    }
    hits = []
    for row, village, party, thing, annual, got, due, starts, ends, excused, prepaid in con.execute(
        _CLAIMED
    ).fetchall():
        owed = owed_years(starts, ends, covered[village])
        if not owed or prepaid or shares[village] < 0.4 or (due is not None and got < due):
            continue
        yuan = annual * len(owed)
        said = "台账注明抵顶、减免或交入代管账户" if excused else None
        hits.append((
            village, "contract", f"c{row}", thing or party, None, [row], yuan, None, None, 0.7, said,
            f"台账登记已收{party}承包费，{'、'.join(str(y) for y in owed)}年账上均无其收款",
        ))  # fmt: skip
    return hits


def _hit(
    village: str,
    key: str,
    subject: str,
    rows: list[int],
    cents: int,
    day: date,
    p: float,
    said: str | None,
    fact: str,
) -> tuple[Any, ...]:
    return (village, "voucher", key, subject, None, rows, cents / 100, day, day, p, said, fact)
