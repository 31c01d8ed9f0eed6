"""One left row is one person: right rows of different people compete for it, and what a sure row adds is borrowed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from xuncha_lib.people.match.compare import Number
from xuncha_lib.people.match.evidence import Evidence
from xuncha_lib.people.match.numbers import Digits, Ids
from xuncha_lib.people.match.rarity import Floats, Index
from xuncha_lib.people.match.rows import Rows, is_known

_ONE = 3
"""Digits by which two full numbers may differ and still be one person's, mistyped."""
SURE = 0.97
"""Probability from which a right row lends what it says to the left row."""


def _best(left: Index, value: Floats, lefts: int) -> Index:
    """Place of the largest value of each left row, -1 for those without any; the first of equal ones. `left` is in order."""
    best = np.full(lefts, -1, np.int64)
    if len(left):
        start = np.flatnonzero(np.r_[True, left[1:] != left[:-1]])
        group = np.repeat(np.arange(len(start)), np.diff(np.r_[start, len(left)]))
        top = np.flatnonzero(value == np.maximum.reduceat(value, start)[group])
        first = top[np.r_[True, group[top][1:] != group[top][:-1]]]
        best[left[first]] = first
    return best


def _per_person(left: Index, person: Index, odds: Floats) -> tuple[Index, Floats]:
    """For each pair the place of its (left, person), and per place the largest odds."""
    packed = left * (int(person.max(initial=0)) + 1) + person
    _, place = np.unique(packed, return_inverse=True)
    most = np.zeros(int(place.max(initial=-1)) + 1)
    np.maximum.at(most, place, odds)
    return place, most


def compete(e: Evidence, odds: Floats, right: Ids, lefts: int, *, blind: bool = False) -> Floats:
    """Probability of each pair when right rows with other full ID numbers stand against it.

    Rows with nearly one number are one person; a row without a number stands against nobody. Pairs whose own numbers
    agree do not compete: their number decides, unless `blind`.
    """
    probability = odds / (1 + odds)
    full = np.flatnonzero(right.is_full[e.right] & (odds > 1e-3))
    if not len(full):
        return probability
    left, row = e.left[full], e.right[full]
    top = _best(left, odds[full], lefts)
    same = (right.digits[row] != right.digits[row[top[left]]]).sum(axis=1) <= _ONE
    _, person = np.unique(right.packed(row), return_inverse=True)
    place, most = _per_person(left, np.where(same, 0, person + 1), odds[full])
    owner = np.zeros(len(most), np.int64)
    owner[place] = left
    total = np.bincount(owner, most, minlength=lefts)
    rivals = np.zeros(len(odds))
    unnumbered = ~right.is_full[e.right]
    highest = np.where(top >= 0, odds[full][top], 0.0)
    rivals[unnumbered] = (total - highest)[e.left[unnumbered]]
    rivals[full] = total[left] - most[place]
    if not blind:
        rivals[np.isin(e.number, [Number.EQUAL, Number.EDIT])] = 0
    result: Floats = odds / (1 + odds + np.maximum(rivals, 0))
    return result


def _lend(mine: Digits, theirs: Digits, donor: Index) -> Digits:
    """Own digits, or the donor's where nothing is known; donor -1 lends nothing."""
    borrowed = mine.copy()
    take = (donor >= 0) & ~is_known(mine)
    borrowed[take] = theirs[donor[take]]
    return borrowed


def _donor(e: Evidence, probability: Floats, has: NDArray[np.bool_], lefts: int) -> Index:
    """Right row from which each left row may borrow a field that `has` says is there; -1 for none."""
    able = np.flatnonzero((probability >= SURE) & has[e.right])
    best = _best(e.left[able], probability[able], lefts)
    return np.where(best >= 0, e.right[able][best] if len(able) else -1, -1)


def borrow(
    left: Rows, right: Rows, e: Evidence, probability: Floats
) -> tuple[Rows, NDArray[np.bool_]]:
    """Left rows with what their sure right rows say where they are silent themselves, and which rows gained anything."""
    n = len(left)
    by_id = _donor(e, probability, right.ids.is_full, n)
    by_id[left.ids.is_full] = -1
    take = by_id >= 0
    ids = Ids(*(np.copy(getattr(left.ids, f)) for f in left.ids.__dataclass_fields__))
    for name in left.ids.__dataclass_fields__:
        getattr(ids, name)[take] = getattr(right.ids, name)[by_id[take]]
    phone = _lend(left.phone, right.phone, _donor(e, probability, is_known(right.phone), n))
    bank = _lend(left.bank, right.bank, _donor(e, probability, is_known(right.bank), n))
    home = _donor(e, probability, right.village > 0, n)
    moved = (home >= 0) & (left.village == 0)
    places = [left.village.copy(), left.town.copy(), left.spelling.copy()]
    for mine, theirs in zip(places, (right.village, right.town, right.spelling), strict=True):
        mine[moved] = theirs[home[moved]]
    gained = (
        take
        | moved
        | (is_known(phone) & ~is_known(left.phone))
        | (is_known(bank) & ~is_known(left.bank))
    )
    village, town, spelling = places
    rich = replace(
        left, ids=ids, phone=phone, bank=bank, village=village, town=town, spelling=spelling
    )
    return rich, gained
