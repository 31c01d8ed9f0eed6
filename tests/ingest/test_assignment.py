"""The solver taken out of scipy gives what scipy gives."""

import sys

import numpy as np
from scipy.optimize import linear_sum_assignment

from xuncha_lib.ingest import assignment
from xuncha_lib.ingest.assignment import best_pairs


def test_pairs_are_those_of_scipy_also_where_several_are_as_good():
    chance = np.random.default_rng(5)
    for rows, columns in [(1, 1), (3, 7), (9, 4), (25, 25)]:
        for scores in (chance.random((rows, columns)), chance.integers(0, 3, (rows, columns)) / 2):
            told = linear_sum_assignment(scores, maximize=True)
            assert best_pairs(scores) == [(int(r), int(c)) for r, c in zip(*told, strict=True)]


def test_a_scipy_that_keeps_the_solver_elsewhere_is_asked_as_usual(monkeypatch):
    monkeypatch.setattr(assignment, "EXTENSION_SUFFIXES", [])
    assignment._solver.cache_clear()
    assert best_pairs(np.array([[1.0, 5.0], [4.0, 3.0]])) == [(0, 1), (1, 0)]
    assert assignment._solver() is sys.modules["scipy.optimize"].linear_sum_assignment
    assignment._solver.cache_clear()
