"""Identity levels by the written rules, on top of the evidence; the probability can only take a level away."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from xuncha_lib.people.level import Level
from xuncha_lib.people.match.compare import Number, Place
from xuncha_lib.people.match.evidence import Evidence
from xuncha_lib.people.match.kinds import Kind
from xuncha_lib.people.match.numbers import STAR, Digits, Ids
from xuncha_lib.people.match.rarity import Floats

SURE = 0.95
"""Probability below which agreement on two fields is no L2–L4: a common name meets such agreement by chance."""
_CONFIRMING = 4
_REGION = 6
_TELLING = 20.0
"""Bits below which an equal number is half the roll's and no evidence."""
_CLOSE = (Kind.SOUND, Kind.NEAR, Kind.GLYPH, Kind.MASK)


def _birth_agrees(a: Digits, b: Digits) -> NDArray[np.bool_]:
    date = slice(6, 14)
    agrees: NDArray[np.bool_] = ((a == b) & (a != STAR))[:, date].all(axis=1)
    return agrees


def is_conflict(e: Evidence) -> NDArray[np.bool_]:
    """An equal full number under names that cannot be one person's."""
    conflict: NDArray[np.bool_] = (e.number == Number.EQUAL) & np.isin(
        e.kind, [Kind.SURNAME, Kind.OTHER]
    )
    return conflict


def levels(e: Evidence, left: Ids, right: Ids, probability: Floats) -> NDArray[np.int8]:
    """Level 1–6 of every pair (rules: `people.level`); pairs that meet no rule are L6, to be seen in the workbench only.

    Unlike among the mentions of a case, an equal number needs both check digits right, and a village alone counts once.
    """
    x, y = left.digits[e.left], right.digits[e.right]
    is_right = left.is_right[e.left] & right.is_right[e.right]
    same, close = e.kind == Kind.EXACT, np.isin(e.kind, _CLOSE)
    home = (e.place == Place.EQUAL) | (e.place == Place.ALIKE)
    birth = _birth_agrees(x, y)
    confirmed = ((x == y) & (x != STAR))[:, _REGION:].sum(axis=1) >= _CONFIRMING
    seen = (e.number == Number.SEEN) & confirmed
    slip = (e.number == Number.EDIT) | ((e.number == Number.EQUAL) & ~is_right)
    against = np.isin(e.number, [Number.DIFFER, Number.BIRTH, Number.FEW, Number.SEEN_SLIP])
    points = (
        (e.phone == Number.EQUAL).astype(np.int8)
        + (e.bank == Number.EQUAL)
        + home
        + (seen | slip)
        + (seen & birth)
    )
    able, sure = probability >= 0.5, probability >= SURE
    l1 = (
        (e.number == Number.EQUAL)
        & is_right
        & (e.number_bits > _TELLING)
        & ((e.kind < Kind.SURNAME) | (e.kind == Kind.NONE))
        & able
    )
    rules = [
        (l1, Level.L1), (same & seen & sure, Level.L2), (same & slip & (home | birth) & sure, Level.L3),
        (~against & sure & ((same & (points >= 2)) | (close & (points >= 3))), Level.L4),
        (same & home & ~against, Level.L5),
    ]  # fmt: skip
    level = np.select([where for where, _ in rules], [n for _, n in rules], Level.L6)
    return level.astype(np.int8)
