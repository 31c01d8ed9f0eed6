"""What pairs of rows agree on, field by field: a level, and how unlikely so much agreement is by chance, in bits."""

from __future__ import annotations

from enum import IntEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from xuncha_lib.people.match.chars import LATIN, MASK, characters
from xuncha_lib.people.match.kinds import Kind
from xuncha_lib.people.match.names import LONG, Codes, Flags
from xuncha_lib.people.match.numbers import STAR, Digits, Ids

Levels = NDArray[np.int8]
Sides: TypeAlias = "tuple[NDArray[np.int64], NDArray[np.int64]]"


class Number(IntEnum):
    """How two ID numbers, phones or cards relate."""

    NONE = 0
    EQUAL = 1
    EDIT = 2
    """One digit wrong, or two neighbours swapped."""
    FEW = 3
    """ID numbers only: two or three digits differ."""
    BIRTH = 4
    """ID numbers only: the birth date agrees, the rest does not."""
    SEEN = 5
    """One is masked; what both show agrees."""
    SEEN_SLIP = 6
    """One is masked; one visible digit disagrees, at least five agree."""
    DIFFER = 7


class Place(IntEnum):
    """How two villages relate."""

    NONE = 0
    EQUAL = 1
    TOWN = 2
    """Equal names, but other towns are written."""
    ALIKE = 3
    """The names sound alike."""
    DIFFER = 4


def _slots(a: Codes, b: Codes) -> NDArray[np.int8]:
    """Per character: 0 equal (or one is hidden), 1 sound, 2 near sound, 3 look-alike, 4 another one; (n, 4)."""
    known = characters()
    same = (a == b) | (a == MASK) | (b == MASK)
    sound, near = known.sound[a] == known.sound[b], known.near[a] == known.near[b]
    sound[:, 0] = known.surname_sound[a[:, 0]] == known.surname_sound[b[:, 0]]
    near[:, 0] = known.surname_near[a[:, 0]] == known.surname_near[b[:, 0]]
    slot = np.select([same, sound, near], [0, 1, 2], 4).astype(np.int8)
    row, place = np.nonzero((slot == 4) & (a > 0) & (b > 0))
    pair = a[row, place].astype(np.uint32) << 16 | b[row, place]
    at = np.minimum(np.searchsorted(known.alike, pair), len(known.alike) - 1)
    alike = known.alike[at] == pair
    slot[row[alike], place[alike]] = 3
    return slot


def _shifted(a: Codes, b: Codes) -> Flags:
    """One is the other with a character of the given name left out, or two neighbours swapped."""
    zero = np.zeros((len(a), 1), np.uint16)
    found = np.zeros(len(a), bool)
    for place in range(4):
        for x, y in ((a, b), (b, a)):
            shorter = np.concatenate([x[:, :place], x[:, place + 1 :], zero], axis=1)
            found |= (shorter == y).all(axis=1) & (x[:, place] > 0) & (y[:, 1] > 0)
        if place < 3:
            swapped = a.copy()
            swapped[:, [place, place + 1]] = a[:, [place + 1, place]]
            found |= (swapped == b).all(axis=1) & (a[:, place + 1] > 0)
    found &= ~(a == b).all(axis=1)
    return found


def name_kinds(a: Codes, b: Codes) -> tuple[Levels, NDArray[np.int8]]:
    """Kind of each pair of names, shape (n, 4) each, and the relation of their characters as `_slots` tells it."""
    size_a, size_b = (a > 0).sum(axis=1), (b > 0).sum(axis=1)
    slot = _slots(a, b)
    masked = ((a == MASK) | (b == MASK)).any(axis=1)
    level, one_length = slot.max(axis=1), size_a == size_b
    wrong, bad = (slot > 0).sum(axis=1), (slot == 4).sum(axis=1)
    long = (a[:, 0] == LONG) | (b[:, 0] == LONG)
    latin_a, latin_b = ((x[:, 0] == LONG) & (x[:, 1] == LATIN) for x in (a, b))
    surname = (slot[:, 0] == 0) & (a[:, 0] != MASK) & (b[:, 0] != MASK)
    bare = (
        surname
        & (
            ((a == MASK) | (a == 0))[:, 1:].all(axis=1)
            | ((b == MASK) | (b == 0))[:, 1:].all(axis=1)
        )
        & masked
    )
    kinds = [
        ((size_a == 0) | (size_b == 0) | (latin_a ^ latin_b), Kind.NONE), ((a == b).all(axis=1) & ~masked, Kind.EXACT),
        (long, Kind.OTHER), (one_length & masked & (level == 0), Kind.MASK), (bare, Kind.MASK),
        (one_length & ~masked & (level == 1), Kind.SOUND), (one_length & ~masked & (level == 2), Kind.NEAR),
        (one_length & ~masked & (level == 3) & (wrong == 1), Kind.GLYPH),
        (one_length & (bad == 0), Kind.MIXED), (~masked & _shifted(a, b), Kind.SHIFT),
        (one_length & (bad == 1) & (wrong == 1) & (size_a > 2) & ~masked, Kind.ONE), (surname, Kind.SURNAME),
    ]  # fmt: skip
    kind = np.select([where for where, _ in kinds], [k for _, k in kinds], Kind.OTHER)
    return kind.astype(np.int8), slot


def _count(flags: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """How many of each row are set; a product, which is several times as fast as a sum over short rows."""
    count: NDArray[np.uint8] = flags.view(np.uint8) @ np.ones(flags.shape[1], np.uint8)
    return count


def _swapped(a: Digits, b: Digits, wrong: NDArray[np.bool_], misses: NDArray[np.uint8]) -> Flags:
    """Two digits are wrong because neighbours stand in each other's place."""
    found = np.zeros(len(a), bool)
    two = np.flatnonzero(misses == 2)
    a, b, wrong = a[two], b[two], wrong[two]
    crossed = (a[:, :-1] == b[:, 1:]) & (a[:, 1:] == b[:, :-1])
    found[two] = _count(wrong[:, :-1] & wrong[:, 1:] & crossed) > 0
    return found


def _slipped(a: Digits, b: Digits, rows: Flags) -> Flags:
    """Of `rows`, those with one digit too few or too many on either side (right-aligned): head and tail agree all the same."""
    found = np.zeros(len(a), bool)
    some = np.flatnonzero(rows)
    a, b = a[some], b[some]
    for x, y in ((a, b), (b, a)):
        tail = np.cumprod((x == y)[:, ::-1], axis=1).sum(axis=1)
        head = np.cumprod(x[:, 1:] == y[:, :-1], axis=1).sum(axis=1)
        found[some] |= head + tail >= x.shape[1] - 1
    return found


def compare_ids(
    a: Ids, b: Ids, left: NDArray[np.int64], right: NDArray[np.int64]
) -> tuple[Levels, NDArray[np.bool_]]:
    """Relation of the ID numbers of each pair, and the digits that both show and that agree, (n, 18)."""
    x, y = a.digits[left], b.digits[right]
    seen = (x != STAR) & (y != STAR)
    wrong, visible = seen & (x != y), _count(seen)
    old = a.is_old[left] | b.is_old[right]
    wrong[:, 6:8] &= ~old[:, None]
    wrong[:, -1] &= ~old  # century and check digit of fifteen digits are ours
    misses = _count(wrong)
    slip = a.slipped[left] | b.slipped[right]
    full = (visible >= 17) & ~slip
    birth = (_count(seen[:, 6:14]) == 8) & (_count(wrong[:, 6:14]) == 0)
    agreed = seen & ~wrong
    number = np.select(
        [visible == 0, _slipped(x, y, slip), slip & (misses > 0), full & (misses == 0),
         full & ((misses == 1) | _swapped(x, y, wrong, misses)), full & (misses <= 3), full & birth, full,
         misses == 0, (misses == 1) & (_count(agreed[:, 6:]) >= 5)],
        [Number.NONE, Number.EDIT, Number.NONE, Number.EQUAL, Number.EDIT, Number.FEW, Number.BIRTH, Number.DIFFER,
         Number.SEEN, Number.SEEN_SLIP],
        Number.DIFFER,
    )  # fmt: skip
    return number.astype(np.int8), agreed


def compare_numbers(x: Digits, y: Digits) -> tuple[Levels, NDArray[np.int64]]:
    """Relation of phones or cards, (n, width) each, and how many digits both show."""
    mine, theirs = x != STAR, y != STAR
    seen = mine & theirs
    wrong = seen & (x != y)
    misses, visible = _count(wrong), _count(seen)
    full = (visible >= 7) & (_count(mine) == visible) & (_count(theirs) == visible)
    number = np.select(
        [visible == 0, full & (misses == 0), full & ((misses == 1) | _swapped(x, y, wrong, misses)), full,
         (misses == 0) & (visible >= 3)],
        [Number.NONE, Number.EQUAL, Number.EDIT, Number.DIFFER, Number.SEEN],
        Number.DIFFER,
    )  # fmt: skip
    return number.astype(np.int8), visible.astype(np.int64)


def compare_villages(village: Sides, town: Sides, spelling: Sides) -> Levels:
    """Relation of the villages of each pair, given the numbers `villages` gives on both sides."""
    (a, b), (s, t), (p, q) = village, town, spelling
    here = (s == t) | (s == 0) | (t == 0)
    place = np.select(
        [(a == 0) | (b == 0), (a == b) & (p == q) & here, (a == b) & here, a == b],
        [Place.NONE, Place.EQUAL, Place.ALIKE, Place.TOWN],
        Place.DIFFER,
    )
    return place.astype(np.int8)
