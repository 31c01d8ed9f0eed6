"""How common a name is on the big side: itself, the class of forms around it, and its surname within a village."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xuncha_lib.people.match.chars import MASK, POINTS
from xuncha_lib.people.match.compare import Levels
from xuncha_lib.people.match.kinds import Kind
from xuncha_lib.people.match.names import Codes
from xuncha_lib.people.match.relate import Relations

Floats = NDArray[np.float64]
Index = NDArray[np.int64]

_WORTH = np.array([1.0, 0.6, 0.5, 0.6, 0.0])
_UNSEEN = 0.2
"""Rows of strangers that may bear any name, however rare."""
_LOCAL = 10.0
"""Rows a village must have before its own share of a surname counts as much as the whole roll's."""


@dataclass(frozen=True)
class Rarity:
    """Shares of the big side's named rows.

    classes : (names, 5) rows in the class of Kind 0–4 around each left name.   expected : (names,) rows its characters
    alone would give.   first, given : (65536,) share of a surname, of a character in given names.   rows : named rows.
    local : (villages, surnames) rows.   number : (65536,) surname → column of `local`, 0 for those not on the left.
    repeats : rows of one person, which say nothing about how many others bear the name.   per_village : its rows.
    """

    classes: Floats
    expected: Floats
    first: Floats
    given: Floats
    rows: float
    local: Floats
    number: Index
    repeats: float
    per_village: Floats

    def class_bits(self, name: Index, kind: Levels, own: Floats) -> Floats:
        """−log2 of the chance that an unrelated row's name is of Kind `kind` (0–4) to left name `name`.

        own : (n,) rows of that class which are the person's own, or stand beside the pair and compete with it openly.
        """
        near = np.minimum(kind, Kind.SHIFT)
        rows = np.maximum(self.classes[name, near] - np.maximum(own, self.repeats), 0)
        spelled = (rows + self.repeats) / (1 + self.repeats / np.maximum(self.expected[name], 1e-3))
        expected = np.where(kind == Kind.EXACT, spelled, rows)
        share = (0.5 * rows + 0.5 * expected + _UNSEEN) / self.rows
        bits: Floats = -np.log2(np.minimum(share, 1.0))
        return bits

    def spelled_bits(self, a: Codes, b: Codes, slot: NDArray[np.int8]) -> Floats:
        """Bits of each character, (n, 4): those equal in full, those of like sound or look about half.

        a, b : (n, 4) codes of the left and the right name.   slot : their characters' relations.
        """
        share = np.where(np.arange(4) == 0, self.first[a], self.given[a])
        legible = (a > 0) & (b > 0) & (a != MASK) & (b != MASK)
        bits: Floats = -np.log2(share) * _WORTH[slot] * legible
        return bits

    def local_bits(self, village: Index, surname: NDArray[np.uint16]) -> Floats:
        """Bits to take off a name's rarity because its surname is common in the village (negative: add them)."""
        column = self.number[surname]
        share = self.first[surname]
        rows, all_rows = self.local[village, column], self.per_village[village]
        inside = (np.maximum(rows - self.repeats, 0) + _LOCAL * share) / (
            np.maximum(all_rows - self.repeats, 0) + _LOCAL
        )
        bits: Floats = np.log2(inside / share)
        return np.where((column > 0) & (village > 0), np.clip(bits, -3, 12), 0.0)


def rarity_of(relations: Relations, local: Floats, number: Index, repeats: float) -> Rarity:
    """Shares from what the passes counted."""
    c, names, v = relations.census, relations.names, relations.variants
    rows = max(c.rows, 1.0)
    first = (c.first + 0.3) / (rows + 0.3 * 3000)
    given = (c.given + 0.3) / (c.given[1:].sum() + 0.3 * 8000)
    classes = np.zeros((len(names), 5))
    exact = _at(c.exact, relations.exact.find(names.key))
    sound = np.maximum(_at(c.sound, relations.sound.find(names.sound)), exact)
    near = np.maximum(_at(c.near, relations.near.find(names.near)), sound)
    classes[:, 0], classes[:, 1], classes[:, 2] = exact, sound - exact, near - sound
    weight = np.repeat(c.variant, np.diff(v.start))
    for kind in (Kind.GLYPH, Kind.SHIFT):
        is_kind = v.kind == kind
        classes[:, kind] = np.bincount(v.name[is_kind], weight[is_kind], minlength=len(names))
    share = np.where(np.arange(4) == 0, first[names.codes], given[names.codes])
    size = np.where((names.codes > 0).sum(axis=1) == 2, 0.14, 0.85)
    expected = rows * size * np.where(names.codes > 0, share, 1.0).prod(axis=1)
    return Rarity(classes, expected, first, given, rows, local, number, repeats, local.sum(axis=1))


def _at(counts: Floats, place: NDArray[np.int32]) -> Floats:
    return np.where(place >= 0, np.r_[counts, 0.0][place], 0.0)


def surname_numbers(surnames: NDArray[np.uint16]) -> Index:
    """Surname → its column in a table of village by surname; 0 for others."""
    number = np.zeros(POINTS, np.int64)
    number[surnames] = np.arange(1, len(surnames) + 1)
    return number
