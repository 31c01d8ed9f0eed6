"""Probability corrected on the rolls themselves: where both rows bear a full ID number, it says who was right.

The pairs are judged again as if no number were written; how often those of a stated probability turn out to have one
number corrects the probability of the pairs that have none.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xuncha_lib.people.match.compare import Number
from xuncha_lib.people.match.evidence import Evidence
from xuncha_lib.people.match.kinds import Kind
from xuncha_lib.people.match.rarity import Floats

_RIGHT = (Number.EQUAL, Number.EDIT)
_WRONG = (Number.FEW, Number.BIRTH, Number.DIFFER)
_RANGE = (-1.4, 5.0)
"""Logits between which pairs teach. Below, many are there only because their numbers are equal, which flatters them."""
_SLOPES = (0.6, 1.6)
_PRIOR_PAIRS = 40.0
_STEPS = 25
_MOST = 1.8
"""Largest shift: more would be a fault of the model, not of its confidence."""


_GROUPS = 3


def _group(e: Evidence) -> NDArray[np.int64]:
    """0 where the names are equal (or missing), 1 where one is a slip of the other, 2 where one is masked."""
    masked = e.kind == Kind.MASK
    slip = (e.kind != Kind.EXACT) & (e.kind != Kind.NONE) & ~masked
    return np.where(masked, 2, np.where(slip, 1, 0))


def _logit(probability: Floats) -> Floats:
    p = np.clip(probability, 1e-9, 1 - 1e-9)
    logit: Floats = np.log(p / (1 - p))
    return logit


@dataclass(frozen=True)
class Correction:
    """Logit → shift + slope · logit, both of the pair's group. Zeros and ones change nothing."""

    shift: tuple[float, ...] = (0.0,) * _GROUPS
    slope: tuple[float, ...] = (1.0,) * _GROUPS

    def apply(self, probability: Floats, e: Evidence) -> Floats:
        """The corrected probability; the order of the pairs of a group stays."""
        group = _group(e)
        logit = np.array(self.shift)[group] + np.array(self.slope)[group] * _logit(probability)
        corrected: Floats = 1 / (1 + np.exp(-logit))
        return corrected


def fit(probability: Floats, e: Evidence, full: NDArray[np.bool_]) -> Correction:
    """Correction from pairs of which `full` says that both numbers can be read; `probability` disregards the numbers."""
    logit = _logit(probability)
    told = full & np.isin(e.number, [*_RIGHT, *_WRONG]) & (logit > _RANGE[0]) & (logit < _RANGE[1])
    if not told.any():
        return Correction()
    y = np.isin(e.number[told], _RIGHT).astype(float)
    member = np.eye(_GROUPS)[_group(e)[told]]
    design = np.c_[member, member * logit[told, None]]
    start = np.r_[np.zeros(_GROUPS), np.ones(_GROUPS)]
    beta = start
    hold = np.diag(np.r_[np.full(_GROUPS, _PRIOR_PAIRS * 0.25), np.full(_GROUPS, _PRIOR_PAIRS)])
    for _ in range(_STEPS):
        fitted = 1 / (1 + np.exp(-design @ beta))
        slope = design.T @ (y - fitted) - hold @ (beta - start)
        bend = (design * (fitted * (1 - fitted))[:, None]).T @ design + hold
        beta = beta + np.linalg.solve(bend, slope)
    shift = np.clip(beta[:_GROUPS], -_MOST, _MOST)
    slopes = np.clip(beta[_GROUPS:], *_SLOPES)
    return Correction(tuple(shift.tolist()), tuple(slopes.tolist()))
