"""One-to-one pairing of two lists of dated sums: what the bank says against what the book says."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

Entry = tuple[int, date, int]
"""Row id, day, amount in cents."""


def pair(
    left: Iterable[Entry], right: Iterable[Entry], *, before: int, after: int
) -> dict[int, int]:
    """Left row → right row of the same amount, each used once.

    before, after : days a right entry may lie before or after its left one. Within an amount the closest
    days are paired first, so that one missing entry does not shift all later ones.
    """
    by_amount: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for row, day, cents in right:
        by_amount[cents].append((row, day.toordinal()))
    options = []
    for row, day, cents in left:
        if cents in by_amount:
            on = day.toordinal()
            options += [
                (abs(other_on - on), row, other)
                for other, other_on in by_amount[cents]
                if -before <= other_on - on <= after
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
    pool = sorted((day.toordinal(), row, cents) for row, day, cents in right)
    days = [entry[0] for entry in pool]
    found: dict[int, tuple[int, int]] = {}
    used: set[int] = set()
    for row, day, cents in sorted(left, key=lambda entry: (entry[1], entry[0])):
        on = day.toordinal()
        window = pool[bisect_left(days, on - before) : bisect_right(days, on + after)]
        near = [e for e in window if 0 < e[2] < cents and e[1] not in used]
        if len(near) > most:
            continue
        sums: dict[int, int] = {}
        for _, other, part in near:
            if cents - part in sums:
                found[row] = (sums[cents - part], other)
                used.update(found[row])
                break
            sums[part] = other
    return found


def unexplained(
    left: list[Entry], right: list[Entry], *, before: int, after: int, late: int
) -> list[Entry]:
    """Left entries that stay alone when pairs, two right for one left, two left for one right and late pairs are out.

    late : days either way within which the last pairs are looked for.
    """
    paired = pair(left, right, before=before, after=after)
    taken = set(paired.values())
    alone = [e for e in left if e[0] not in paired]
    free = [e for e in right if e[0] not in taken]
    double = pair_sums(alone, free, before=before, after=after)
    parts = pair_sums(free, alone, before=after, after=before)
    split = {row for two in parts.values() for row in two}
    alone = [e for e in alone if e[0] not in double and e[0] not in split]
    spent = {row for two in double.values() for row in two} | set(parts)
    free = [e for e in free if e[0] not in spent]
    delayed = pair(alone, free, before=late, after=late)
    return [e for e in alone if e[0] not in delayed]
