"""Bits per field: how much more likely the evidence is if both rows are one person than if chance or a household made it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xuncha_lib.people.match import weights as usual
from xuncha_lib.people.match.evidence import Evidence
from xuncha_lib.people.match.rarity import Floats
from xuncha_lib.people.match.weights import Weights

HOUSEHOLD = 3.0
"""Members of a household that stand in a roll beside each person."""


@dataclass(frozen=True)
class Bits:
    """log2 of P(evidence | one person) / P(evidence | unrelated) per field, all (n,); `home` is the same for a
    household, of all fields but the ID number, `home_number` of that.
    """

    name: Floats
    local: Floats
    number: Floats
    phone: Floats
    bank: Floats
    place: Floats
    home: Floats
    home_number: Floats

    @property
    def total(self) -> Floats:
        """Sum over the fields, before the household and the prior are weighed in."""
        total: Floats = self.name + self.local + self.number + self.phone + self.bank + self.place
        return total

    def odds(self, prior: float, *, blind: bool = False) -> Floats:
        """Odds of one person against unrelated and household together.

        prior : odds of a pair before any evidence.   blind : leave the ID numbers out.
        """
        number, home_number = (0.0, 0.0) if blind else (self.number, self.home_number)
        same = self.total - self.number + number + np.log2(prior)
        home = np.logaddexp2(0.0, self.home + home_number + np.log2(prior * HOUSEHOLD))
        odds: Floats = np.exp2(np.clip(same - home, -60, 60))
        return odds


def _bits(chance: Floats, share: NDArray[np.float64], level: NDArray[np.int8]) -> Floats:
    bits: Floats = chance + np.log2(np.maximum(share[level], 1e-4))
    return bits


def score(e: Evidence, w: Weights) -> Bits:
    """Bits of every pair."""
    name = _bits(e.name_bits, w.name, e.kind)
    home = (
        _bits(e.name_bits - e.given_bits, usual.HOME_NAME, e.kind)
        + _bits(e.phone_bits, usual.HOME_PHONE, e.phone) + _bits(e.bank_bits, usual.HOME_BANK, e.bank)
        + _bits(e.place_bits, usual.HOME_PLACE, e.place) - e.local
    )  # fmt: skip
    return Bits(
        name, -e.local, _bits(e.number_bits, w.number, e.number), _bits(e.phone_bits, w.phone, e.phone),
        _bits(e.bank_bits, w.bank, e.bank), _bits(e.place_bits, w.place, e.place), home, _bits(e.number_bits, usual.HOME_NUMBER, e.number),
    )  # fmt: skip
