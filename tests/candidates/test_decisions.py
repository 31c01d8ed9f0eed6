"""What decisions do to candidates: status, return with new evidence, learning."""

from dataclasses import replace

import pytest

from xuncha_lib.candidates.decisions import (
    BAD_DATA,
    CONFIRMED,
    DISMISSED,
    DISPUTED,
    MORE,
    OPEN,
    Judge,
    decisions_of,
)
from xuncha_lib.candidates.keys import HitKey, candidate_ids
from xuncha_lib.candidates.learn import learn
from xuncha_lib.candidates.review_log import Chain, Entry

KEY = HitKey("M11", "柳沟村", "m1", ("r1", "r2"), 0.9)


def said(act, *keys, reviewer="甲", code="", at=1, candidate="C1"):
    """One decision on the keys given."""
    return Entry(
        at, f"2026-01-{at:02d} 08:00:00", reviewer, act, candidate, code,
        models=tuple({k.model_id: k.p for k in keys}.items()), matters=tuple(m for k in keys for m in k.marks),
        rows=tuple(r for k in keys for r in k.rows),
    )  # fmt: skip


def decisions(*entries):
    """As read from one file per reviewer."""
    names = sorted({e.reviewer for e in entries})
    return decisions_of({n: Chain(tuple(e for e in entries if e.reviewer == n)) for n in names})


def verdict(*entries, keys=(KEY,), candidate="C1"):
    return Judge(decisions(*entries)).verdict(candidate, list(keys))


@pytest.mark.parametrize(
    ("entries", "status", "rests"),
    [
        ([], OPEN, False),
        ([said("confirm", KEY)], CONFIRMED, False),
        ([said("dismiss", KEY, code="FP03")], DISMISSED, True),
        ([said("dismiss", KEY, code="FP02")], BAD_DATA, True),
        ([said("more", KEY)], MORE, False),
        ([said("dismiss", KEY, code="FP03"), said("confirm", KEY, at=2)], CONFIRMED, False),
        ([said("confirm", KEY), said("undo", at=2)], OPEN, False),
        ([said("confirm", KEY), said("dismiss", KEY, code="FP03", reviewer="乙")], DISPUTED, False),
        ([said("more", KEY), said("dismiss", KEY, code="FP03", reviewer="乙")], MORE, False),
    ],
)
def test_status(entries, status, rests):
    """The latest word of each reviewer counts; who disagrees is named."""
    found = verdict(*entries)
    assert (found.status, found.rests) == (status, rests)
    if status == DISPUTED:
        assert "甲" in found.text and "乙" in found.text


def test_dismissed_comes_back_only_with_new_evidence_and_says_so():
    """Fewer rows, or another id: still dismissed. A new row or another model: open again, with the reason."""
    told = said("dismiss", KEY, code="FP03")
    fewer = replace(KEY, rows=("r1",))
    more = replace(KEY, rows=("r1", "r2", "r3"))
    other = HitKey("M12", "柳沟村", "m2", ("r1",), 0.8)

    assert verdict(told, keys=[fewer], candidate="C2").status == DISMISSED
    back = verdict(told, keys=[more], candidate="C3")
    assert back.status == OPEN
    assert "FP03" in back.text and "新依据：1行" in back.text
    assert "新依据：模型M12" in verdict(told, keys=[KEY, other]).text
    assert verdict(
        told, said("dismiss", more, code="FP03", at=2, candidate="C3"), keys=[more]
    ).rests


def test_a_decision_is_found_where_another_of_several_people_is_named_first():
    """Same model and rows, other subject."""
    told = said("confirm", KEY)
    assert verdict(told, keys=[replace(KEY, matter="m9")], candidate="C9").status == CONFIRMED


def test_ids_tell_apart_what_one_model_says_twice_of_the_same_rows():
    """And two villages of one name in two towns; the order they come in does not matter."""
    twins = [("云台镇", KEY), ("青河镇", KEY), ("云台镇", replace(KEY, matter="m2"))]
    ids = candidate_ids(twins)
    assert len(set(ids)) == 3
    assert candidate_ids(twins[::-1]) == ids[::-1]
    assert candidate_ids(twins[:1]) != ids[:1]


def many(model, right, wrong, p=0.8):
    """Decisions on candidates of one model, each another matter."""
    keys = [HitKey(model, "村", f"{model}{n}", (f"{model}{n}",), p) for n in range(right + wrong)]
    return [
        said("confirm" if n < right else "dismiss", k, code="FP12", at=n % 28 + 1, candidate=f"{model}{n}")
        for n, k in enumerate(keys)
    ]  # fmt: skip


def test_rates_are_shrunk_and_order_models():
    """Between the model's own estimate and what was seen; more decisions, nearer to what was seen."""
    few, often = learn(decisions(*many("M31", 0, 2))), learn(decisions(*many("M31", 0, 20)))
    assert 0.0 < often.rates["M31"].rate < few.rates["M31"].rate < 0.8
    both = learn(decisions(*many("M31", 1, 9), *many("M11", 9, 1)))
    assert (both.rates["M11"].decided, both.rates["M11"].confirmed) == (10, 9)
    assert both.chance(replace(KEY, p=0.8)) > both.chance(HitKey("M31", "村", "x", ("x",), 0.8))


def test_nothing_learnt_without_decisions_nor_from_disagreement():
    """A disputed matter counts for nothing; a repeated one once."""
    assert learn(decisions()).chance(KEY) == KEY.p
    disputed = [said("confirm", KEY), said("dismiss", KEY, code="FP01", reviewer="乙")]
    assert learn(decisions(*disputed)).rates == {}
    agreed = [said("confirm", KEY), said("confirm", KEY, reviewer="乙")]
    assert learn(decisions(*agreed)).rates["M11"].decided == 1


def test_learning_knows_no_person():
    """Two people under one model move by the same log odds, whoever the decisions were about."""
    learnt = learn(decisions(*many("M11", 1, 5)))
    same = {learnt.chance(replace(KEY, matter=m, rows=(m,))) for m in ("M110", "M111", "elsewhere")}
    assert len(same) == 1
