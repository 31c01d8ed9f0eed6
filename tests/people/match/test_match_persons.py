"""Rivals, borrowing and correction: the steps from bits to a probability."""

import random

import numpy as np
import pytest
from match_rolls import number, scores, table

from xuncha_lib.people.match import match
from xuncha_lib.people.match.calibrate import Correction, fit
from xuncha_lib.people.match.compare import Number
from xuncha_lib.people.match.evidence import Evidence


def levels(numbers):
    """Evidence of which only the relation of the numbers matters."""
    zero, none = np.zeros(len(numbers)), np.zeros(len(numbers), np.int8)
    relation = np.array(numbers, np.int8)
    at = np.arange(len(numbers))
    return Evidence(
        at, at, none, zero, zero, zero, relation, zero, none, zero, none, zero, none, zero
    )


def test_two_people_of_one_name_and_village_share_what_one_would_have(roll):
    rng = random.Random(1)
    twin = [("T1", "仝翀", number(rng), "", "", "东张庄村"), ("T2", "仝翀", number(rng), "", "", "东张庄村")]  # fmt: skip
    left = table([("L0", "仝翀", "", "", "", "东张庄村")])
    alone = scores(match(left, table([*roll, twin[0]])))[("L0", "T1")]["score"]
    both = scores(match(left, table([*roll, *twin])))
    assert alone > 0.8
    assert both[("L0", "T1")]["score"] == pytest.approx(both[("L0", "T2")]["score"])
    assert both[("L0", "T1")]["score"] < 0.6


def test_rows_of_one_number_do_not_compete(roll):
    row = ("仝翀", number(random.Random(2)), "", "", "东张庄村")
    right = table([*roll, ("T1", *row), ("T2", *row)])
    found = scores(match(table([("L0", "仝翀", "", "", "", "东张庄村")]), right))
    assert min(found["L0", "T1"]["score"], found["L0", "T2"]["score"]) > 0.8


def test_what_a_sure_row_says_helps_with_the_others(roll):
    own = number(random.Random(3))
    right = table([*roll, ("T1", "张伟", own, "13911112345", "", "东张庄村"), ("T2", "张伟", own, "", "", "西河口村")])  # fmt: skip
    left = table([("L0", "张伟", "", "13911112345", "", "东张庄村")])
    found = scores(match(left, right))
    assert found["L0", "T1"]["score"] > 0.97
    assert found["L0", "T2"]["score"] > 0.9


def test_a_correction_keeps_the_order_and_learns_from_numbers():
    rng = np.random.default_rng(0)
    stated = rng.uniform(0.05, 0.95, 4000)
    true = rng.uniform(size=4000) < 1 / (1 + np.exp(-(np.log(stated / (1 - stated)) + 0.8)))
    numbers = np.where(true, Number.EQUAL, Number.DIFFER)
    e = levels(numbers)
    learnt = fit(stated, e, np.ones(4000, bool))
    assert learnt.shift[0] == pytest.approx(0.8, abs=0.15)
    assert learnt.shift[1:] == (0.0, 0.0)
    assert learnt.slope == pytest.approx((1.0, 1.0, 1.0), abs=0.1)
    assert (np.diff(learnt.apply(np.sort(stated), e)) > 0).all()


def test_without_numbers_nothing_is_corrected():
    stated = np.array([0.2, 0.7])
    learnt = fit(stated, levels([Number.NONE, Number.NONE]), np.zeros(2, bool))
    assert learnt == Correction()
    assert learnt.apply(stated, levels([Number.NONE] * 2)) == pytest.approx(stated)
