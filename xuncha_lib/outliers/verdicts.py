"""The chance of being right, learnt from verdicts: isotonic, per detector, shrunk towards all detectors together."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
SHIFT_PRECISION = 1.5
"""How firmly a detector's shift is held at 0: its own record counts as much as everybody's after six mixed verdicts."""
OWN = 0.3
"""Part of the isotonic curve in the stated chance; the rest is the smooth fit."""
WINDOW = 9
"""Neighbouring verdicts the isotonic curve is smoothed over, so that a handful of them draws no step."""


def isotonic(x: Floats, y: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """Pool adjacent violators. x, y, weight: (n,). Returns the distinct x in order and the non-decreasing fit there."""
    places = np.unique(x)
    means = np.array([np.average(y[x == p], weights=weight[x == p]) for p in places])
    sizes = np.array([weight[x == p].sum() for p in places])
    blocks: list[list[float]] = []
    for mean, size in zip(means, sizes, strict=True):
        blocks.append([mean, size, 1])
        while len(blocks) > 1 and blocks[-2][0] >= blocks[-1][0]:
            (m1, s1, n1), (m2, s2, n2) = blocks[-2:]
            blocks[-2:] = [[(m1 * s1 + m2 * s2) / (s1 + s2), s1 + s2, n1 + n2]]
    return places, np.concatenate([np.full(int(n), m) for m, _, n in blocks])


@dataclass(frozen=True)
class Learnt:
    """A curve from log-odds before verdicts to the chance of being right. n: verdicts behind it, by detector."""

    slope: float
    shift: dict[str, float]
    base: float
    places: Floats
    fitted: Floats
    n: dict[str, int]

    def chance(self, detector: str, odds: float) -> float:
        """Chance of being right of a candidate, .01–.99. Non-decreasing in odds."""
        x = self.base + self.shift.get(detector, 0.0) + self.slope * odds
        plain = 1 / (1 + math.exp(-x))
        own = float(np.interp(x, self.places, self.fitted)) if len(self.places) else plain
        return round(min(0.99, max(0.01, (1 - OWN) * plain + OWN * own)), 4)


def learn(detectors: Sequence[str], odds: Sequence[float], right: Sequence[bool]) -> Learnt:
    """Fit slope, level and one shift per detector (ridge), then isotonic on what they give.

    With no verdict the chance is the prior: slope 1, no shift.
    """
    x, y = np.asarray(odds, dtype=np.float64), np.asarray(right, dtype=np.float64)
    names = sorted(set(detectors))
    which = np.array([names.index(d) for d in detectors], dtype=np.int64)
    n: dict[str, int] = defaultdict(int)
    for detector in detectors:
        n[detector] += 1
    if not len(x):
        return Learnt(1.0, {}, 0.0, np.empty(0), np.empty(0), {})
    slope, base, shift = _fit(x, y, which, len(names))
    seen = base + shift[which] + slope * x
    # a tenth of prior weight at either end keeps a run of equal verdicts from claiming certainty
    low, high = seen.min() - 1, seen.max() + 1
    places, fitted = isotonic(
        np.concatenate([seen, [low, high]]),
        np.concatenate([y, [0.0, 1.0]]),
        np.concatenate([np.ones(len(y)), [0.5, 0.5]]),
    )
    smooth = np.convolve(
        np.pad(fitted, WINDOW // 2, mode="edge"), np.full(WINDOW, 1 / WINDOW), mode="valid"
    )
    shifts = {name: float(s) for name, s in zip(names, shift, strict=True)}
    return Learnt(slope, shifts, base, places, smooth, dict(n))


def _fit(
    x: Floats, y: Floats, which: npt.NDArray[np.int64], detectors: int
) -> tuple[float, float, Floats]:
    """Penalised logistic regression by Newton's steps: slope near 1, shifts near 0 unless verdicts say otherwise."""
    one_hot = np.eye(detectors)[which]
    design = np.column_stack([x, np.ones(len(x)), one_hot])
    prior = np.concatenate([[0.8, 0.3], np.zeros(detectors)])
    penalty = np.concatenate([[10.0, 2.0], np.full(detectors, SHIFT_PRECISION)])
    beta = prior.copy()
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(design @ beta, -30, 30)))
        gradient = design.T @ (y - p) - penalty * (beta - prior)
        hessian = (design * (p * (1 - p))[:, None]).T @ design + np.diag(penalty)
        step = np.linalg.solve(hessian, gradient)
        beta += np.clip(step, -1.5, 1.5)
        if float(np.abs(step).max()) < 1e-9:
            break
    return max(float(beta[0]), 0.05), float(beta[1]), beta[2:]
