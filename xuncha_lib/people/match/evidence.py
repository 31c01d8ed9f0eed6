"""The evidence of pairs: levels of agreement by field, and bits of chance behind each."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from xuncha_lib.people.match.compare import (
    Levels,
    Number,
    Place,
    compare_ids,
    compare_numbers,
    compare_villages,
    name_kinds,
)
from xuncha_lib.people.match.kinds import Kind
from xuncha_lib.people.match.numbers import STAR
from xuncha_lib.people.match.rarity import Floats, Index, Rarity
from xuncha_lib.people.match.rows import Rows

_REGION = 6
_SURE = 27.0
"""Bits of an equal ID number: about as many people as a province has could bear one by chance."""
_NUMBER_BITS = {Number.EDIT: 19.0, Number.FEW: 12.0, Number.BIRTH: 14.0}
_MOST_ROWS = 40
"""Rows one person may have; a number that more of them bear tells as little as they are many."""
_SLIP = 3.0
"""Bits that a visible disagreement costs because it could have stood in any of eight digits."""
_TWO_PEOPLE = -2.0
"""Bits against one person when two numbers differ though both check digits pass."""
_DIGIT = 3.32


@dataclass(frozen=True)
class Evidence:
    """n pairs. Levels are of `Kind`, `Number` and `Place`; bits are −log2 of the chance of such agreement.

    given_bits : of a masked name, the part of name_bits that its given name brings: chance within a household too.
    local : bits the name loses because its surname is common in the shared village.
    """

    left: Index
    right: Index
    kind: Levels
    name_bits: Floats
    given_bits: Floats
    local: Floats
    number: Levels
    number_bits: Floats
    phone: Levels
    phone_bits: Floats
    bank: Levels
    bank_bits: Floats
    place: Levels
    place_bits: Floats

    def __len__(self) -> int:
        return len(self.left)

    def take(self, where: NDArray[np.bool_] | Index) -> Evidence:
        """Those pairs alone."""
        return Evidence(*(getattr(self, f.name)[where] for f in fields(self)))


@dataclass(frozen=True)
class Background:
    """What chance gives on this big side.

    digit : (18,) bits of agreement of each digit of an ID number; `region` those of all first six together.
    village : (villages,) bits of a village.   number, phone, bank : right rows that bear the left row's.
    """

    rarity: Rarity
    digit: Floats
    region: float
    village: Floats
    number: NDArray[np.int32]
    phone: NDArray[np.int32]
    bank: NDArray[np.int32]
    total: int


def digit_bits(left: Rows, right: Rows) -> tuple[Floats, float]:
    """Bits of the agreement of each digit, and of the whole region, between numbers of unrelated rows."""
    a, b = left.ids.digits[left.ids.is_full], right.ids.digits[right.ids.is_full]
    size = min(len(a), len(b), 20_000)
    default = np.array([0, 0.3, 0.5, 0.5, 1, 2, 0, 0.3, 2.2, 3.2, 1, 2.8, 1.6, 3, 3, 3, 3, 3.3])
    if size < 50:
        return default, 2.0
    x = a[np.arange(size) % len(a)]
    y = b[(np.arange(size) * 7919 + 13) % len(b)]
    same = x == y
    share = (same.sum(axis=0) + 20 * 2.0**-default) / (size + 20)
    region = (same[:, :_REGION].all(axis=1).sum() + 5) / (size + 20)
    return -np.log2(share), float(-np.log2(region))


def _seen_bits(
    background: Background, agreed: NDArray[np.bool_], at_home: NDArray[np.bool_]
) -> Floats:
    """Bits of the digits that agree; the region says little of people of one village."""
    behind = agreed[:, _REGION:] @ background.digit[_REGION:]
    part = agreed[:, :_REGION] @ np.full(_REGION, 1 / _REGION)
    home = np.where(at_home, min(0.4, background.region), background.region)
    bits: Floats = behind + part * home
    return bits


def _phone_bits(
    level: Levels, visible: NDArray[np.int64], borne: NDArray[np.int32], total: int, known: int
) -> Floats:
    """Bits of equal or compatible phones or cards: how many rows share it counts, and how many digits are seen."""
    equal = np.log2(max(total, 2) / np.maximum(borne, 1))
    seen = np.clip(visible - known, 1, 7) * _DIGIT
    return np.select(
        [level == Number.EQUAL, level == Number.EDIT, level == Number.SEEN],
        [equal, np.full(len(level), 18.0), seen], 0.0,
    )  # fmt: skip


def _number_bits(
    number: Levels,
    seen: Floats,
    both_right: NDArray[np.bool_],
    borne: NDArray[np.int32],
    total: int,
) -> Floats:
    """Bits of the relation of two ID numbers.

    seen : bits of the digits both show.   both_right : both check digits pass.   borne : rows that bear the left one.
    """
    fixed = {Number.EQUAL: _SURE, **_NUMBER_BITS}
    bits = np.select(
        [*(number == level for level in fixed), number == Number.SEEN, number == Number.SEEN_SLIP,
         (number == Number.DIFFER) & both_right],
        [*fixed.values(), seen, seen - _SLIP, _TWO_PEOPLE], 0.0,
    )  # fmt: skip
    known = np.log2(max(total, 2) / np.maximum(borne, 1))
    return np.where(borne > _MOST_ROWS, np.minimum(bits, known), bits)


def gather_evidence(
    left: Rows, right: Rows, background: Background, a: Index, b: Index
) -> Evidence:
    """Compare the rows of each pair (a, b); all pairs of a left row must be there at once."""
    rarity = background.rarity
    kind, spelled, given, slot0 = _names(left, right, rarity, a, b)
    place = compare_villages(
        *((x[a], y[b]) for x, y in ((left.village, right.village), (left.town, right.town), (left.spelling, right.spelling)))
    )  # fmt: skip
    at_home = (place == Place.EQUAL) | (place == Place.ALIKE)
    number, agreed = compare_ids(left.ids, right.ids, a, b)
    seen = _seen_bits(background, agreed, at_home)
    both_right = left.ids.is_right[a] & right.ids.is_right[b]
    number_bits = _number_bits(number, seen, both_right, background.number[a], background.total)
    phone, phone_seen = compare_numbers(left.phone[a], right.phone[b])
    bank, bank_seen = compare_numbers(left.bank[a], right.bank[b])
    village = background.village[left.village[a]]
    elsewhere = 1 - np.exp2(-village)  # a village that is the whole roll tells nothing
    own = _own_rows(a, kind, at_home) * elsewhere
    name_bits = np.where(kind <= Kind.SHIFT, rarity.class_bits(left.name[a], kind, own), spelled)
    surname = right.names.codes[right.name[b], 0]
    local = np.where(
        at_home & (kind <= Kind.SURNAME) & slot0, rarity.local_bits(left.village[a], surname), 0.0
    )
    place_bits = np.select(
        [at_home, place == Place.TOWN], [village, np.maximum(village - 3, 0)], 0.0
    )
    return Evidence(
        a, b, kind, name_bits, given, local, number, number_bits,
        phone, _phone_bits(phone, phone_seen, background.phone[a], background.total, 3),
        bank, _phone_bits(bank, bank_seen, background.bank[a], background.total, 6),
        place, place_bits,
    )  # fmt: skip


def _own_rows(left: Index, kind: Levels, at_home: NDArray[np.bool_]) -> Floats:
    """For pairs of one village, rows there whose names relate alike to the left row's; 0 for the others."""
    code = (left - left.min(initial=0)) * len(Kind) + kind
    count = np.bincount(code[at_home], minlength=int(code.max(initial=0)) + 1)
    return np.where(at_home, count[code], 0).astype(float)


def _names(
    left: Rows, right: Rows, rarity: Rarity, a: Index, b: Index
) -> tuple[Levels, Floats, Floats, NDArray[np.bool_]]:
    """Kind, spelled bits, those of a masked given name, and whether the surname is legible; each two names compared once."""
    packed = left.name[a] * max(len(right.names), 1) + right.name[b]
    distinct, place = np.unique(packed, return_inverse=True)
    x, y = distinct // max(len(right.names), 1), distinct % max(len(right.names), 1)
    p, q = left.names.codes[x], right.names.codes[y]
    kind, slot = name_kinds(p, q)
    bits = rarity.spelled_bits(p, q, slot)
    given = np.where(kind == Kind.MASK, bits[:, 1:].sum(axis=1), 0.0)
    whole = np.where(kind <= Kind.SURNAME, bits.sum(axis=1), 0.0)
    shown = (q[:, 0] != ord("*")) & (p[:, 0] != ord("*")) & (p[:, 0] > 0)
    return kind[place], whole[place], given[place], shown[place]


def has_number(rows: Rows) -> NDArray[np.bool_]:
    """Rows whose ID number shows at least one digit."""
    known: NDArray[np.bool_] = (rows.ids.digits != STAR).any(axis=1)
    return known
