"""The probability of every pair: weights learnt, bits summed, rivals weighed, sure rows lent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

import numpy as np

from xuncha_lib.people.match.calibrate import Correction, fit
from xuncha_lib.people.match.compare import Number
from xuncha_lib.people.match.engine import Met
from xuncha_lib.people.match.evidence import Background, Evidence, gather_evidence
from xuncha_lib.people.match.persons import SURE, borrow, compete
from xuncha_lib.people.match.rarity import Floats, Index
from xuncha_lib.people.match.rows import Rows
from xuncha_lib.people.match.score import Bits, score
from xuncha_lib.people.match.threads import in_order
from xuncha_lib.people.match.weights import Weights, learn, usual

CHUNK = 100_000
"""Pairs compared at once."""
_HOPELESS = 2.0**-12
_ROUNDS = 8
_PER_LEFT = (0.05, 12.0)
"""Bounds of the rows on the right that a left row is taken to have, before any evidence."""


@dataclass(frozen=True)
class Judged:
    """Pairs that are worth a word, their bits and their probability; `prior` in odds of a pair before any evidence."""

    evidence: Evidence
    bits: Bits
    probability: Floats
    weights: Weights
    prior: float


def judge(met: Met) -> Judged:
    """Judge the pairs of both sides."""
    total = max(met.kept.total, 1)
    evidence = _gather(met, met.left, met.kept.left, met.kept.right, 1.0 / total)
    weights = learn(evidence)
    bits = score(evidence, weights)
    prior = _prior(bits, len(met.left), total)
    lefts = len(met.left)
    correction = _correction(met, evidence, bits, prior)
    probability = _unnumbered(
        correction, compete(evidence, bits.odds(prior), met.right.ids, lefts), evidence
    )
    rich, gained = borrow(met.left, met.right, evidence, probability)
    again = np.flatnonzero(gained[evidence.left] & (probability < SURE))
    if len(again):
        some = evidence.take(again)
        richer = gather_evidence(rich, met.right, _lent(met, rich), some.left, some.right)
        odds = score(richer, weights).odds(prior)
        probability[again] = _unnumbered(correction, odds / (1 + odds), richer)
    return Judged(evidence, bits, probability, weights, prior)


def _unnumbered(correction: Correction, probability: Floats, e: Evidence) -> Floats:
    """The probability, corrected where no number decides."""
    return np.where(e.number == Number.NONE, correction.apply(probability, e), probability)


def _correction(met: Met, e: Evidence, bits: Bits, prior: float) -> Correction:
    """How far the probability goes wrong without numbers, as the pairs with numbers show."""
    blind = compete(e, bits.odds(prior, blind=True), met.right.ids, len(met.left), blind=True)
    full = met.left.ids.is_full[e.left] & met.right.ids.is_full[e.right]
    return fit(blind, e, full)


def _lent(met: Met, rich: Rows) -> Background:
    """The background for borrowed phones and cards, of which we did not count how many rows bear them: take four."""
    b = met.background
    phone = np.where((rich.phone == met.left.phone).all(axis=1), b.phone, 4).astype(np.int32)
    bank = np.where((rich.bank == met.left.bank).all(axis=1), b.bank, 4).astype(np.int32)
    return replace(b, phone=phone, bank=bank)


def _gather(met: Met, left: Rows, a: Index, b: Index, prior: float) -> Evidence:
    """Evidence of all pairs but the hopeless ones, chunk by chunk."""
    first = usual()

    def part(ends: tuple[int, int]) -> Evidence:
        some = slice(*ends)
        found = gather_evidence(left, met.right, met.background, a[some], b[some])
        return found.take(np.flatnonzero(score(found, first).odds(prior) > _HOPELESS))

    parts = list(in_order(part, _chunks(a)))
    return Evidence(
        *(np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(Evidence))
    )


def _chunks(left: Index) -> Iterator[tuple[int, int]]:
    """Ranges of about CHUNK pairs that part no left row; `left` is in order."""
    start = 0
    while start < len(left) or start == 0:
        end = (
            int(np.searchsorted(left, left[min(start + CHUNK, len(left)) - 1], side="right"))
            if len(left)
            else 0
        )
        yield start, end
        if end == start:
            return
        start = end


def _prior(bits: Bits, lefts: int, total: int) -> float:
    """Odds of a random pair, so that the expected number of links agrees with itself."""
    prior = 0.7 / total
    for _ in range(_ROUNDS):
        odds = bits.odds(prior)
        links = float((odds / (1 + odds)).sum()) / max(lefts, 1)
        prior = float(np.clip(links, *_PER_LEFT)) / total
    return prior
