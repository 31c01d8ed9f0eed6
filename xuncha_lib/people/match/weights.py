"""How often records of one person agree at each level: learnt from the two sides themselves, without labels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from xuncha_lib.people.match.compare import Number, Place
from xuncha_lib.people.match.evidence import Evidence
from xuncha_lib.people.match.kinds import Kind
from xuncha_lib.people.match.rarity import Floats

_SHRINK = 60.0
"""Pairs the usual shares count for beside those observed."""

NAME = np.array([0.77, 0.05, 0.015, 0.03, 0.012, 0.9, 0.008, 0.01, 0.003, 0.003, 1.0])
"""Shares of each Kind among records of one person; MASK given that one is masked."""
NUMBER = np.array([1.0, 0.89, 0.06, 0.012, 0.008, 0.94, 0.03, 0.015])
"""The same of ID numbers, given that both are written; of the masked ones SEEN, SEEN_SLIP."""
PHONE = np.array([1.0, 0.72, 0.04, 0.0, 0.0, 0.9, 0.0, 0.22])
BANK = np.array([1.0, 0.72, 0.03, 0.0, 0.0, 0.9, 0.0, 0.24])
PLACE = np.array([1.0, 0.88, 0.01, 0.25, 0.08])

HOME_NAME = np.array([0.003, 0.002, 0.002, 0.002, 0.003, 0.5, 0.003, 0.1, 0.45, 0.35, 1.0])
"""Shares of each Kind among members of one household."""
HOME_NUMBER = np.array([1.0, 0.004, 0.003, 0.02, 0.001, 0.02, 0.02, 0.95])
HOME_PHONE = np.array([1.0, 0.3, 0.003, 0.0, 0.0, 0.3, 0.0, 0.7])
HOME_BANK = np.array([1.0, 0.2, 0.003, 0.0, 0.0, 0.2, 0.0, 0.8])
HOME_PLACE = np.array([1.0, 0.93, 0.01, 0.25, 0.03])


@dataclass(frozen=True)
class Weights:
    """Shares of each level among records of one person, by field, as the tables above."""

    name: Floats
    number: Floats
    phone: Floats
    bank: Floats
    place: Floats


def usual() -> Weights:
    """The shares to begin with."""
    return Weights(NAME, NUMBER, PHONE, BANK, PLACE)


def _shrunk(table: Floats, levels: list[int], observed: np.ndarray) -> Floats:
    """Shares of `levels`, their sum kept, moved towards what was observed."""
    moved = table.copy()
    count = np.bincount(observed, minlength=len(table))[levels].astype(float)
    total = table[levels].sum()
    moved[levels] = total * (count + _SHRINK * table[levels] / total) / (count.sum() + _SHRINK)
    return moved


def learn(e: Evidence) -> Weights:
    """Shares from anchors: pairs with an equal full ID number, and pairs of one name and one phone or card."""
    close = e.kind < Kind.SURNAME
    by_number = (e.number == Number.EQUAL) & close
    shared = (e.phone == Number.EQUAL) | (e.bank == Number.EQUAL)
    by_name = (e.kind == Kind.EXACT) & shared & (e.place == Place.EQUAL)
    kinds = [Kind.EXACT, Kind.SOUND, Kind.NEAR, Kind.GLYPH, Kind.SHIFT, Kind.MIXED, Kind.ONE]
    full = [Number.EQUAL, Number.EDIT, Number.FEW, Number.BIRTH, Number.DIFFER]
    written = [Number.EQUAL, Number.EDIT, Number.DIFFER]
    place = [Place.EQUAL, Place.TOWN, Place.DIFFER]
    return Weights(
        _shrunk(NAME, list(kinds), e.kind[by_number & np.isin(e.kind, kinds)]),
        _shrunk(NUMBER, list(full), e.number[by_name & np.isin(e.number, full)]),
        _shrunk(PHONE, list(written), e.phone[by_number & np.isin(e.phone, written)]),
        _shrunk(BANK, list(written), e.bank[by_number & np.isin(e.bank, written)]),
        _shrunk(PLACE, list(place), e.place[by_number & np.isin(e.place, place)]),
    )
