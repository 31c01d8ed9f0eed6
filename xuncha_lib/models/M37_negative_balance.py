"""---
id: M37
name: 现金、银行负余额
category: C5
severity: medium
identity: null
prior: 0.8
needs: {money: [row_id, village_code, entry_on, amount_yuan]}
uses:
  cash_journal: [entry_on, summary, balance_yuan]
  cashbook: [entry_on, summary, balance_yuan, cash_balance_yuan, bank_balance_yuan, account_code, account_name]
  source_row: [sheet_id, row]
  trial_balance: [period_on, account_code, account_name, side, opening_yuan, debit_yuan, credit_yuan]
  voucher: [entry_on, summary, account_code, account_name, debit_yuan, credit_yuan]
  bank_flow: [txn_on, balance_yuan]
  voucher_line: [entry_on, summary, account_code, account_name, debit_yuan, credit_yuan, class, dr, cr]
knobs: {most_rows: 6}
basis: [会计法 §9]
reason: "{book}自{first_on}起{n}笔记录后余额为负，最低{lowest}元，账面数据不一致，需核实"
innocent: [同一天内先付后收的登记顺序, 期初余额未登记, 月末补登收入]
check: [按银行流水日期重新排序, 盘点现金, 核对期初余额与上年结转]
aspects: [A05]
forms: [F21, F22]
not_for: 负余额说明账或序有问题，不说明钱款去向
---
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

import duckdb
import pandas as pd

_WRITTEN = """
WITH written AS (
    SELECT 'cashbook' AS book, b.row_id, b.village_code, b.entry_on, b.balance_yuan AS balance FROM cashbook b
    UNION ALL SELECT 'cash', b.row_id, b.village_code, b.entry_on, b.cash_balance_yuan FROM cashbook b
    UNION ALL SELECT 'bank', b.row_id, b.village_code, b.entry_on, b.bank_balance_yuan FROM cashbook b
    UNION ALL SELECT 'cash_journal', j.row_id, j.village_code, j.entry_on, j.balance_yuan FROM cash_journal j
), placed AS (
    SELECT w.*, coalesce(s.sheet_id, 0) AS sheet_id FROM written w LEFT JOIN source_row s USING (row_id)
    WHERE w.balance IS NOT NULL
)
"""
_PRINTED = (
    _WRITTEN
    + """SELECT book, village_code, sheet_id, row_id, entry_on, balance FROM placed
WHERE (book, coalesce(village_code, ''), sheet_id) IN
      (SELECT (book, coalesce(village_code, ''), sheet_id) FROM placed WHERE balance < -0.005)
ORDER BY book, village_code, sheet_id, row_id
"""
)
_COUNTS = _WRITTEN + "SELECT book, village_code, count(*) FROM placed GROUP BY ALL"
_OPENING = """
WITH balances AS (
    SELECT village_code, coalesce(class_of_name(account_name), class_of_code(account_code, true)) AS class, period_on,
           CASE WHEN side = '贷' THEN -opening_yuan ELSE opening_yuan END AS opening, length(account_code) AS depth, account_code
    FROM trial_balance WHERE opening_yuan IS NOT NULL AND period_on IS NOT NULL
), tops AS (
    -- Sub-accounts repeat what their parent holds: only the shortest codes of a period are added up.
    SELECT village_code, class, period_on, arg_min(opening, depth) AS opening
    FROM (SELECT village_code, class, period_on, coalesce(depth, 0) AS depth, sum(opening) AS opening
          FROM balances WHERE class IN ('cash', 'bank') GROUP BY ALL)
    GROUP BY village_code, class, period_on
), firsts AS (
    SELECT village_code, class, year(period_on) AS y, min(period_on) AS period_on, arg_min(opening, period_on) AS opening, count(*) AS periods
    FROM tops GROUP BY ALL
), brought AS (
    SELECT village_code, coalesce(class_of_name(account_name), class_of_code(account_code, true)) AS class, year(entry_on) AS y,
           min(entry_on) AS start_on, sum(coalesce(debit_yuan, 0) - coalesce(credit_yuan, 0)) AS opening
    FROM voucher WHERE says_opening(summary) GROUP BY ALL HAVING class IN ('cash', 'bank')
)
SELECT village_code, class, start_on, opening FROM brought
UNION ALL
SELECT village_code, class, CAST(date_trunc(CASE WHEN periods = 1 THEN 'year' ELSE 'month' END, period_on) AS DATE), opening
FROM firsts f ANTI JOIN brought b ON b.village_code = f.village_code AND b.class = f.class AND b.y = f.y
"""
"""Every year that states its opening begins anew from it."""
_RUNNING = """
WITH opening AS ({opening}), moved AS (
    SELECT village_code, class, entry_on, sum(dr - cr) AS moved,
           list(row_id ORDER BY row_id) FILTER (cr <> 0 OR dr < 0) AS rows
    FROM voucher_line WHERE class IN ('cash', 'bank') GROUP BY ALL
), days AS (
    SELECT m.*, o.start_on, o.opening, min(m.entry_on) OVER (PARTITION BY m.village_code, m.class, o.start_on) AS from_on
    FROM moved m ASOF JOIN opening o ON o.village_code = m.village_code AND o.class = m.class AND o.start_on <= m.entry_on
), running AS (
    -- A book that is not there for the year of its opening cannot be carried into the next.
    SELECT *, opening + sum(moved) OVER (PARTITION BY village_code, class, start_on ORDER BY entry_on) AS balance
    FROM days WHERE year(from_on) = year(start_on)
)
SELECT village_code, class, entry_on, balance, rows,
       class = 'bank' AND EXISTS (FROM bank_flow f WHERE f.village_code = r.village_code AND f.txn_on = r.entry_on AND f.balance_yuan > 0) AS is_covered
FROM running r
WHERE (village_code, class) IN (SELECT (village_code, class) FROM running WHERE balance < -0.005)
ORDER BY village_code, class, entry_on
"""
_COLUMNS = [
    "village_code", "subject_kind", "subject_key", "subject", "level", "evidence", "amount_yuan",
    "first_on", "last_on", "p", "explained", "book", "n", "lowest",
]  # fmt: skip
_BOOKS = {
    "cashbook": "收支账",
    "cash_journal": "现金日记账",
    "cash": "库存现金",
    "bank": "银行存款",
}


def find(con: duckdb.DuckDBPyConnection, knobs: dict[str, Any]) -> pd.DataFrame:
    """One hit per spell of negative balance in one book."""
    most = int(knobs["most_rows"])
    counts = {(book, village): n for book, village, n in con.execute(_COUNTS).fetchall()}
    hits: list[tuple[Any, ...]] = []
    books: dict[tuple[Any, ...], list[tuple[Any, ...]]] = defaultdict(list)
    for book, village, sheet, row, day, balance in con.execute(_PRINTED).fetchall():
        books[(book, village, sheet)].append((row, day, float(balance)))
    below: dict[tuple[Any, ...], int] = defaultdict(int)
    for (book, village, _), rows in books.items():
        below[book, village] += sum(row[2] < -0.005 for row in rows)
    for (book, village, _), rows in books.items():
        # A book that is negative most of the time has lost its opening balance or its signs.
        p = 0.85 if below[book, village] <= counts[book, village] / 2 else 0.35
        hits += [_printed_hit(book, village, spell, p, most) for spell in _spells(rows)]
    lines: dict[tuple[str, str], list[tuple[Any, ...]]] = defaultdict(list)
    for village, kind, day, balance, ids, is_covered in con.execute(
        _RUNNING.format(opening=_OPENING)
    ).fetchall():
        lines[(village, kind)].append((day, float(balance), ids or [], is_covered))
    for (village, kind), days in lines.items():
        hits += _running_hits(village, kind, days, most)
    return pd.DataFrame(_once(hits), columns=_COLUMNS)


def _once(hits: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """One hit where several books of a village show the same spell: the first, printed balances before computed."""
    kept: list[tuple[Any, ...]] = []
    for hit in hits:
        village, first, last = hit[0], hit[7], hit[8]
        if first is not None and any(
            other[0] == village and other[7] is not None and other[7] <= last and first <= other[8]
            for other in kept if other[11] != hit[11]
        ):  # fmt: skip
            continue
        kept.append(hit)
    return kept


def _spells(rows: list[tuple[Any, ...]]) -> list[list[tuple[Any, ...]]]:
    """Runs of rows with a negative balance, without those that the same day's last row makes good."""
    last_of_day: dict[date | None, float] = {}
    for _, day, balance in rows:
        last_of_day[day] = balance
    spells: list[list[tuple[Any, ...]]] = []
    open_spell: list[tuple[Any, ...]] = []
    for row in rows:
        if row[2] < -0.005:
            open_spell.append(row)
        elif open_spell:
            spells.append(open_spell)
            open_spell = []
    if open_spell:
        spells.append(open_spell)
    return [
        s for s in spells
        if len({r[1] for r in s}) > 1 or s[0][1] is None or last_of_day[s[0][1]] < -0.005
    ]  # fmt: skip


def _printed_hit(
    book: str, village: str | None, spell: list[tuple[Any, ...]], p: float, most: int
) -> tuple[Any, ...]:
    lowest = min(spell, key=lambda row: row[2])
    rows = {row[0] for row in spell[:most]} | {lowest[0]}
    return (
        village, "month", f"balance|{book}|{spell[0][1]}", f"{_BOOKS[book]}余额", None, sorted(rows),
        -lowest[2], spell[0][1], spell[-1][1], p, None, _BOOKS[book], len(spell), lowest[2],
    )  # fmt: skip


def _running_hits(
    village: str, kind: str, days: list[tuple[Any, ...]], most: int
) -> list[tuple[Any, ...]]:
    hits = []
    spell: list[tuple[Any, ...]] = []
    share = sum(balance < -0.005 for _, balance, *_ in days) / len(days)
    for day in [*days, (None, 0.0, [], False)]:
        if day[1] < -0.005:
            spell.append(day)
            continue
        if spell:
            lowest = min(spell, key=lambda d: d[1])
            rows = [row for d in spell for row in d[2]][:most] + lowest[2]
            is_likely = share <= 1 / 2 and not any(d[3] for d in spell)
            hits.append((
                village, "month", f"balance|{kind}|{spell[0][0]}", f"{_BOOKS[kind]}余额", None, sorted(set(rows)),
                -lowest[1], spell[0][0], spell[-1][0], 0.75 if is_likely else 0.3, None, _BOOKS[kind],
                sum(len(d[2]) for d in spell), lowest[1],
            ))  # fmt: skip
        spell = []
    return hits
