"""Bank statement against book, both ways: which lines have no twin, and what explains that before anybody is asked."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import combinations
from typing import Any

import duckdb

from xuncha_lib.outliers.pairing import pair, pair_sums
from xuncha_lib.store import append

Row = tuple[int, str, date, int, str | None]
"""Village, id, day, signed cents, party."""

_BANK = "bank_only(v INTEGER, id VARCHAR, d DATE, cents BIGINT, party VARCHAR, why VARCHAR, other VARCHAR, other_cents BIGINT)"
_BOOK = _BANK.replace("bank_only", "book_only")


def match_bank(con: duckdb.DuckDBPyConnection) -> None:
    """Fill `bank_only` and `book_only` from the groups of equal sums that `sql/bank.sql` could not settle.

    why: '' nothing explains it · late · sum (several in one transfer) · returned · differs (same party, near day, other sum).
    """
    con.execute(f"CREATE OR REPLACE TABLE {_BANK}")
    con.execute(f"CREATE OR REPLACE TABLE {_BOOK}")
    lag = con.execute("SELECT before, after FROM bank_lag").fetchone()
    before, after = lag or (-2, 6)
    led, bank = _rows(con, "left_led"), _rows(con, "left_bk")
    left, right = _unpaired(led, bank, before=-before, after=after)
    by_village: dict[int, tuple[list[Row], list[Row]]] = defaultdict(lambda: ([], []))
    for row in left:
        by_village[row[0]][0].append(row)
    for row in right:
        by_village[row[0]][1].append(row)
    books: list[list[Any]] = []
    banks: list[list[Any]] = []
    for village in sorted(by_village):
        told = _explain(*by_village[village], before=-before, after=after)
        books += [[*row, *told[0].get(row[1], ("", None, None))] for row in by_village[village][0]]
        banks += [[*row, *told[1].get(row[1], ("", None, None))] for row in by_village[village][1]]
    append(con, "book_only", books)
    append(con, "bank_only", banks)


def _rows(con: duckdb.DuckDBPyConnection, table: str) -> list[Row]:
    return con.execute(f"SELECT v, id, d, s, party FROM {table} ORDER BY v, s, d, id").fetchall()


def _unpaired(
    left: list[Row], right: list[Row], *, before: int, after: int
) -> tuple[list[Row], list[Row]]:
    """Rows of both sides that find no twin of the same village and sum in the window."""
    keys: dict[tuple[int, int], int] = {}
    for row in (*left, *right):
        keys.setdefault((row[0], row[3]), len(keys))
    paired = pair(
        ((n, row[2], keys[row[0], row[3]]) for n, row in enumerate(left)),
        ((n, row[2], keys[row[0], row[3]]) for n, row in enumerate(right)),
        before=before,
        after=after,
    )
    used = set(paired.values())
    return (
        [row for n, row in enumerate(left) if n not in paired],
        [row for n, row in enumerate(right) if n not in used],
    )


Told = dict[str, tuple[str, str | None, int | None]]


def _explain(book: list[Row], bank: list[Row], *, before: int, after: int) -> tuple[Told, Told]:
    """Id → (why, twin, the twin's sum) for the rows of one village that something explains."""
    told: tuple[Told, Told] = ({}, {})
    _returned(told[1], bank)
    if not book or not bank:
        return told
    late = pair(_entries(book), _entries(bank), before=before + 45, after=after + 45)
    for left, right in late.items():
        if bank[right][1] in told[1]:
            continue
        _tell(told, book[left], bank[right], "late")
    _one_party_sums(told, book, bank, before=before, after=after)
    for sign in (1, -1):
        wide = {"before": before + 10, "after": after + 10}
        parts = [n for n in _free(told[0], book) if book[n][3] * sign > 0]
        sums = [n for n in _free(told[1], bank) if bank[n][3] * sign > 0]
        back = {"before": wide["after"], "after": wide["before"]}
        for whole, pieces in pair_sums(_some(bank, sums), _some(book, parts), **back).items():
            for piece in pieces:
                _tell(told, book[piece], bank[whole], "sum")
        parts = [n for n in _free(told[1], bank) if bank[n][3] * sign > 0]
        sums = [n for n in _free(told[0], book) if book[n][3] * sign > 0]
        for whole, pieces in pair_sums(_some(book, sums), _some(bank, parts), **wide).items():
            for piece in pieces:
                _tell(told, book[whole], bank[piece], "sum")
    _differing(told, book, bank, before=before, after=after)
    return told


def _returned(told: dict[str, tuple[str, str | None, int | None]], bank: list[Row]) -> None:
    """A transfer that came back: the same sum out and in again, same party, within a month."""
    ways = [
        [(n, r[2], abs(r[3])) for n, r in enumerate(bank) if r[3] * sign < 0] for sign in (1, -1)
    ]
    for out, back in pair(*ways, before=31, after=31).items():
        if _same_party(bank[out][4], bank[back][4]):
            told[bank[out][1]] = ("returned", bank[back][1], bank[back][3])
            told[bank[back][1]] = ("returned", bank[out][1], bank[out][3])


def _entries(rows: list[Row]) -> list[tuple[int, date, int]]:
    return [(n, row[2], row[3]) for n, row in enumerate(rows)]


def _some(rows: list[Row], numbers: list[int]) -> list[tuple[int, date, int]]:
    return [(n, rows[n][2], abs(rows[n][3])) for n in numbers]


def _free(told: Told, rows: list[Row]) -> list[int]:
    return [n for n, row in enumerate(rows) if row[1] not in told]


def _tell(told: tuple[Told, Told], book: Row, bank: Row, why: str) -> None:
    told[0][book[1]] = (why, bank[1], bank[3])
    told[1][bank[1]] = (why, book[1], book[3])


def _one_party_sums(
    told: tuple[Told, Told], book: list[Row], bank: list[Row], *, before: int, after: int
) -> None:
    """Two to five payments to one party in one transfer, within some weeks of it."""
    by_party: dict[str, list[int]] = defaultdict(list)
    for n in _free(told[0], book):
        if party := book[n][4]:
            by_party[party].append(n)
    for m in _free(told[1], bank):
        near = [
            n
            for n in by_party.get(bank[m][4] or "", [])
            if book[n][1] not in told[0]
            and -before - 15 <= (bank[m][2] - book[n][2]).days <= after + 15
        ][:10]
        whole = _combination(near, book, bank[m][3])
        for n in whole:
            _tell(told, book[n], bank[m], "sum")


def _combination(near: list[int], book: list[Row], total: int) -> tuple[int, ...]:
    for size in range(2, min(5, len(near)) + 1):
        for some in combinations(near, size):
            if sum(book[n][3] for n in some) == total:
                return some
    return ()


def _differing(
    told: tuple[Told, Told], book: list[Row], bank: list[Row], *, before: int, after: int
) -> None:
    """Same party and direction, near day, another sum: one payment told in two ways."""
    options = [
        (abs((bank[m][2] - book[n][2]).days), n, m)
        for n in _free(told[0], book)
        for m in _free(told[1], bank)
        if book[n][3] * bank[m][3] > 0
        and -before - 5 <= (bank[m][2] - book[n][2]).days <= after + 5
        and _same_party(book[n][4], bank[m][4])
    ]
    for _, n, m in sorted(options):
        if book[n][1] not in told[0] and bank[m][1] not in told[1]:
            _tell(told, book[n], bank[m], "differs")


def _same_party(one: str | None, other: str | None) -> bool:
    return bool(one and other and (one in other or other in one))
