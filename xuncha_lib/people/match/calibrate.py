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
from xuncha_lib.people.match.rarity import Floats

_RIGHT = (Number.EQUAL, Number.EDIT)
_WRONG = (Number.FEW, Number.BIRTH, Number.DIFFER)
_RANGE = 5.0
"""Logits beyond which a pair says nothing about the middle."""
_PRIOR_PAIRS = 40.0
_STEPS = 25


@dataclass(frozen=True)
class Correction:
    """Logit → shift + slope · logit. (0, 1) changes nothing."""

    shift: float = 0.0
    slope: float = 1.0

    def apply(self, probability: Floats) -> Floats:
        """The corrected probability; the order of the pairs stays."""
        p = np.clip(probability, 1e-9, 1 - 1e-9)
        logit = np.log(p / (1 - p))
        corrected: Floats = 1 / (1 + np.exp(-(self.shift + self.slope * logit)))
        return corrected


def fit(probability: Floats, e: Evidence, full: NDArray[np.bool_]) -> Correction:
    """Correction from pairs of which `full` says that both numbers can be read; `probability` disregards the numbers."""
    p = np.clip(probability, 1e-9, 1 - 1e-9)
    logit = np.log(p / (1 - p))
    told = full & np.isin(e.number, [*_RIGHT, *_WRONG]) & (np.abs(logit) < _RANGE)
    x, y = logit[told], np.isin(e.number[told], _RIGHT).astype(float)
    if not len(x):
        return Correction()
    design = np.stack([np.ones(len(x)), x], axis=1)
    beta, start = np.array([0.0, 1.0]), np.array([0.0, 1.0])
    hold = np.diag([_PRIOR_PAIRS * 0.25, _PRIOR_PAIRS])
    for _ in range(_STEPS):
        fitted = 1 / (1 + np.exp(-design @ beta))
        slope = design.T @ (y - fitted) - hold @ (beta - start)
        bend = (design * (fitted * (1 - fitted))[:, None]).T @ design + hold
        beta = beta + np.linalg.solve(bend, slope)
    return Correction(float(np.clip(beta[0], -1.5, 1.5)), float(np.clip(beta[1], 0.6, 1.5)))
