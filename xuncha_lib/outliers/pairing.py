"""One-to-one pairing of two lists of dated sums: what the bank says against what the book says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

Entry = tuple[int, date, int]
"""Row id, day, amount in cents."""


def pair(
    left: Iterable[Entry], right: Iterable[Entry], *, before: int, after: int
) -> dict[int, int]:
    """Left row → right row of the same amount, each used once.

    before, after : days a right entry may lie before or after its left one. Within an amount the closest
    days are paired first, so that one missing entry does not shift all later ones.
    """
    by_amount: dict[int, list[tuple[int, date]]] = defaultdict(list)
    for row, day, cents in right:
        by_amount[cents].append((row, day))
    options = [
        (abs((other_day - day).days), row, other)
        for row, day, cents in left
        for other, other_day in by_amount.get(cents, ())
        if day - timedelta(days=before) <= other_day <= day + timedelta(days=after)
    ]
    paired: dict[int, int] = {}
    taken: set[int] = set()
    for _, row, other in sorted(options):
        if row not in paired and other not in taken:
            paired[row] = other
            taken.add(other)
    return paired


def pair_sums(
    left: Iterable[Entry], right: Iterable[Entry], *, before: int, after: int, most: int = 60
) -> dict[int, tuple[int, int]]:
    """Left row → two right rows that add up to it: two receipts in one transfer. `right` holds unpaired rows only.

    most : with more candidates in a window than this nothing is said; chance sums would be found.
    """
    pool = sorted(right, key=lambda entry: (entry[1], entry[0]))
    found: dict[int, tuple[int, int]] = {}
    used: set[int] = set()
    for row, day, cents in sorted(left, key=lambda entry: (entry[1], entry[0])):
        near = [
            e for e in pool
            if e[0] not in used and day - timedelta(days=before) <= e[1] <= day + timedelta(days=after) and 0 < e[2] < cents
        ]  # fmt: skip
        if len(near) > most:
            continue
        sums: dict[int, int] = {}
        for other, _, part in near:
            if cents - part in sums:
                found[row] = (sums[cents - part], other)
                used.update(found[row])
                break
            sums[part] = other
    return found
