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
from typing import Any

import duckdb
import pandas as pd

from xuncha_lib.outliers.pairing import Entry, pair, pair_sums
from xuncha_lib.outliers.schedule import owed_years

_BANK = """
SELECT b.village_code, b.row_id, b.txn_on, CAST(round(coalesce(b.in_yuan, 0) * 100) AS BIGINT) AS came,
       CAST(round(coalesce(b.out_yuan, 0) * 100) AS BIGINT) AS went, coalesce(b.summary, '') AS summary, coalesce(b.counterparty_name, '') AS party
FROM bank_flow b
WHERE b.txn_on IS NOT NULL AND b.village_code IS NOT NULL AND NOT says_opening(b.summary)
  AND (b.village_code, date_trunc('month', b.txn_on)) IN (SELECT (village_code, month) FROM money WHERE month IS NOT NULL)
ORDER BY b.row_id
"""
_BOOK = """
SELECT village_code, row_id, entry_on, side, CAST(round(amount_yuan * 100) AS BIGINT) AS cents, method, account_class,
       coalesce(summary, '') AS summary, rows, says_agency(summary) OR says_agency(note) AS is_agency,
       account_class = 'grant' OR says_grant_words(summary) AS is_grant
FROM money WHERE entry_on IS NOT NULL AND village_code IS NOT NULL
  -- receipts, cash, and of the other payments only those that could answer a bank inflow
  AND (side = 'in' OR method = 'cash' OR (village_code, amount_yuan) IN (SELECT (village_code, in_yuan) FROM bank_flow WHERE in_yuan > 0))
UNION ALL
SELECT village_code, row_id, entry_on, CASE direction WHEN 'to_bank' THEN 'in' ELSE 'out' END,
       CAST(round(amount_yuan * 100) AS BIGINT), 'transfer', NULL, '', rows, false, false
FROM money_transfer WHERE entry_on IS NOT NULL AND village_code IS NOT NULL
ORDER BY 2
"""
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
    for village, *row in con.execute(_BANK).fetchall():
        bank[village].append(tuple(row))
    book: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for village, *row in con.execute(_BOOK).fetchall():
        book[village].append(tuple(row))
    hits: list[tuple[Any, ...]] = []
    for village in sorted(book):
        hits += _bank_only(village, bank.get(village, []), book[village], knobs)
        hits += _kept_cash(village, bank.get(village, []), book[village], knobs)
    return pd.DataFrame(hits + _called_paid(con), columns=_COLUMNS)


def _unexplained(
    came: list[Entry], entries: list[Entry], paired: dict[int, Any], knobs: dict[str, Any]
) -> list[Entry]:
    """Inflows left when two transfers of one entry, two entries of one transfer and late booking are taken out."""
    before, after = int(knobs["before"]), int(knobs["after"])
    left = [e for e in came if e[0] not in paired]
    free = [e for e in entries if e[0] not in set(paired.values())]
    double = pair_sums(left, free, before=before, after=after)
    parts = pair_sums(free, left, before=after, after=before)
    split = {row for two in parts.values() for row in two}
    left = [e for e in left if e[0] not in double and e[0] not in split]
    spent = {row for two in double.values() for row in two} | set(parts)
    free = [e for e in free if e[0] not in spent]
    late = pair(left, free, before=int(knobs["late"]), after=int(knobs["late"]))
    left = [e for e in left if e[0] not in late]
    return left


def _bank_only(
    village: str, bank: list[tuple[Any, ...]], book: list[tuple[Any, ...]], knobs: dict[str, Any]
) -> list[tuple[Any, ...]]:
    """Inflows on the bank statement that no entry explains; nothing where bank and books do not fit each other."""
    came: list[Entry] = [(row, day, cents) for row, day, cents, *_ in bank if cents > 0]
    if not came:
        return []
    entries: list[Entry] = [
        (row, day, cents) for row, day, side, cents, *_ in book if side == "in" and cents > 0
    ]
    before, after = int(knobs["before"]), int(knobs["after"])
    paired: dict[int, Any] = dict(pair(came, entries, before=before, after=after))
    left = _unexplained(came, entries, paired, knobs)
    # The share tells whether the two can be compared at all; small interest postings say nothing either way.
    big = [e for e in came if e[2] >= int(knobs["least_yuan"]) * 100]
    missing = [e for e in left if e[2] >= int(knobs["least_yuan"]) * 100]
    if len(big) < 5 or len(missing) > (1 - float(knobs["least_share"])) * len(big) + 1:
        return []
    words = {row: (summary, party) for row, _, _, _, summary, party in bank}
    left_bank = _unbooked_outflows(bank, book, before, after)
    gone = pair(missing, left_bank, before=0, after=20)
    hits = []
    for row, day, cents in missing:
        summary, party = words[row]
        back = words[gone[row]] if row in gone else ("", "")
        # Money sent back to whom it came from explains itself; the same sum drawn in cash does the opposite.
        is_returned = row in gone and (
            (bool(party) and party == back[1]) or bool(_RETURNED.search(back[0]))
        )
        p = 0.85 if len(missing) <= 6 else 0.45
        rows = [row, gone[row]] if row in gone and not is_returned else [row]
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
    went: list[Entry] = [(row, day, cents) for row, day, _, cents, *_ in bank if cents > 0]
    paid: list[Entry] = [
        (row, day, cents) for row, day, side, cents, *_ in book if side == "out" and cents > 0
    ]
    booked = pair(went, paid, before=before, after=after)
    return [entry for entry in went if entry[0] not in booked]


def _kept_cash(
    village: str, bank: list[tuple[Any, ...]], book: list[tuple[Any, ...]], knobs: dict[str, Any]
) -> list[tuple[Any, ...]]:
    """Cash receipts that never reached the bank: those spent to the yuan within days, and, in a village that usually
    deposits what it takes, those with no deposit of the same sum in the weeks after.
    """
    least = int(knobs["least_cash_yuan"]) * 100
    cash = [e for e in book if e[2] == "in" and e[4] == "cash" and e[3] >= least and not e[9]]
    deposits: list[Entry] = [(row, day, cents) for row, day, cents, *_ in bank if cents > 0]
    deposits += [
        (row, day, cents)
        for row, day, side, cents, method, *_ in book
        if method == "transfer" and side == "in"
    ]
    receipts: list[Entry] = [(e[0], e[1], e[3]) for e in cash]
    banked = set(pair(receipts, deposits, before=2, after=int(knobs["late"])))
    together = pair_sums(
        deposits, [e for e in receipts if e[0] not in banked], before=int(knobs["late"]), after=2
    )
    banked |= {row for two in together.values() for row in two}
    kept = [e for e in cash if e[0] not in banked]
    usual = len(cash) >= 3 and len(kept) <= 0.4 * len(cash)
    hits = []
    for row, day, _, cents, _, _, summary, rows, *_ in kept:
        spent = _spent_at_once(day, cents, book)
        if not spent and not usual:
            continue
        fact = f"{day}现金收入“{summary}”，此后未见存入银行" + (
            "，数日内有相同数额的现金支出" if spent else ""
        )
        p = 0.8 if spent else 0.6
        if len(kept) > 6:
            p /= 2
        hits.append(
            _hit(village, f"cash|{row}", summary, list(rows) + spent, cents, day, p, None, fact)
        )
    return hits


def _spent_at_once(day: date, cents: int, book: list[tuple[Any, ...]]) -> list[int]:
    """Rows of two to five cash payments of the next days that add up to the receipt within a yuan; else none.

    More than eight payments in those days are too many to tell: some of them will add up to anything.
    """
    paid = [
        e for e in book
        if e[2] == "out" and e[4] == "cash" and day <= e[1] <= day + timedelta(days=7) and 0 < e[3] < cents
    ]  # fmt: skip
    if len(paid) > 8:
        return []
    for size in range(2, 6):
        for some in combinations(paid, size):
            if abs(sum(e[3] for e in some) - cents) <= 100:
                return [r for e in some for r in e[7]]
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
