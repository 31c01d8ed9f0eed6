"""What decisions say about models: confirmation rates, and how they move the chance of what nobody has decided on yet.

A logistic regression with the model's own estimate as its offset and a ridge penalty on every effect: one of all models
together and one of each model. Without decisions every effect is nought; each decision moves it a little. No effect is
of a person, household, firm or village (R14).
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from xuncha_lib.candidates.decisions import Decisions
from xuncha_lib.candidates.keys import HitKey
from xuncha_lib.candidates.review_log import Entry

SPREAD_OF_ALL, SPREAD_OF_MODEL = 1.0, 1.5
"""Standard deviations, in log odds, that the effects are believed to have before anybody decided."""
STEPS = 50
ALL = ""
"""Name of the effect of all models together."""


@dataclass(frozen=True)
class Rate:
    """How often candidates with a hit of this model were confirmed.

    decided, confirmed: matters.   prior: the model's own estimate for them, 0–1.   rate: after what was learnt.
    """

    model_id: str
    decided: int
    confirmed: int
    prior: float
    rate: float


@dataclass(frozen=True)
class Decided:
    """One decided matter, seen through one of its models.   weight: one over the number of its models."""

    model_id: str
    p: float
    is_right: bool
    weight: float


@dataclass(frozen=True)
class Learnt:
    """Effects in log odds, by name; and the rate of each model decided on."""

    effects: dict[str, float] = field(default_factory=dict)
    rates: dict[str, Rate] = field(default_factory=dict)

    def chance(self, key: HitKey) -> float:
        """Chance of a hit after what was learnt; its own estimate where nothing was."""
        if not self.effects:
            return key.p
        moved = self.effects[ALL] + self.effects.get(key.model_id, 0.0)
        return _chance(_logit(key.p) + moved)


NOTHING = Learnt()


def decided_matters(decisions: Decisions) -> list[Decided]:
    """Every matter decided one way, once however many people agreed; one on which they disagree is left out."""
    last: dict[str, dict[str, Entry]] = defaultdict(dict)
    for name, entries in decisions.by_reviewer.items():
        for entry in entries:
            for matter in entry.matters[:1]:
                last[matter][name] = entry
    cases = []
    for matter in sorted(last):
        told = [e for e in last[matter].values() if e.act in {"confirm", "dismiss"}]
        acts = {entry.act for entry in told}
        if len(acts) == 1:
            models = told[0].models
            cases += [
                Decided(model, p, acts == {"confirm"}, 1.0 / len(models)) for model, p in models
            ]
    return cases


def learn(decisions: Decisions) -> Learnt:
    """Effects and rates from the decisions that stand."""
    cases = decided_matters(decisions)
    if not cases:
        return NOTHING
    names = [ALL, *sorted({case.model_id for case in cases})]
    design = np.array(
        [[1.0, *(float(case.model_id == name) for name in names[1:])] for case in cases]
    )
    spread = np.array([SPREAD_OF_ALL, *(SPREAD_OF_MODEL for _ in names[1:])])
    found = _fit(design, cases, spread**-2)
    effects = {name: round(float(v), 6) for name, v in zip(names, found, strict=True)}
    return Learnt(effects, _rates(cases, effects))


def _fit(design: np.ndarray, cases: list[Decided], ridge: np.ndarray) -> np.ndarray:
    """Newton's steps to the most likely effects; the problem is convex, so they lead to one place."""
    offset = np.array([_logit(case.p) for case in cases])
    right = np.array([float(case.is_right) for case in cases])
    weight = np.array([case.weight for case in cases])
    effects = np.zeros(design.shape[1])
    for _ in range(STEPS):
        chance = 1.0 / (1.0 + np.exp(-(offset + design @ effects)))
        slope = design.T @ (weight * (right - chance)) - ridge * effects
        curve = design.T @ (design * (weight * chance * (1.0 - chance))[:, None]) + np.diag(ridge)
        step = np.linalg.solve(curve, slope)
        effects += step
        if float(np.abs(step).max()) < 1e-9:
            break
    return effects


def _rates(cases: list[Decided], effects: dict[str, float]) -> dict[str, Rate]:
    by_model: dict[str, list[Decided]] = defaultdict(list)
    for case in cases:
        by_model[case.model_id].append(case)
    rates = {}
    for model in sorted(by_model):
        own = by_model[model]
        prior = sum(case.p for case in own) / len(own)
        rate = _chance(_logit(prior) + effects[ALL] + effects[model])
        rates[model] = Rate(model, len(own), sum(c.is_right for c in own), prior, rate)
    return rates


def _logit(p: float) -> float:
    p = min(max(p, 0.005), 0.995)
    return math.log(p / (1.0 - p))


def _chance(log_odds: float) -> float:
    return 1.0 / (1.0 + math.exp(-log_odds))
