"""Merging, floors, places and the flood guard."""

from xuncha_lib.outliers.rank import (
    LEAST_ALONE,
    MOST,
    Scored,
    crowding,
    demoted,
    flooded,
    put_behind,
    short_lists,
)


def one(detector, odds, *objs, v=1, nth=0):
    return Scored(v, detector, nth, odds, objs)


def test_candidates_on_one_payee_become_one_with_both_reasons():
    (only,) = short_lists([one("a", 2.0, "p:V:甲", "e:1"), one("b", 1.0, "p:V:甲", "e:2")])
    assert (only.detector, [part.detector for part in only.also]) == ("a", ["b"])
    assert set(only.objs) == {"p:V:甲", "e:1", "e:2"}


def test_a_pair_inside_a_large_group_stays_apart():
    large = one("rush", 3.0, *(f"e:{k}" for k in range(40)))
    assert len(short_lists([large, one("duplicate", 2.0, "e:1", "e:2")])) == 2


def test_a_village_without_anything_strong_shows_only_what_is_near_even():
    weak = [one("a", -1.5, "e:1"), one("b", -0.3, "e:2")]
    assert [c.detector for c in short_lists(weak)] == ["b"]
    assert LEAST_ALONE < 1 / (1 + 2.718281828**0.3)
    assert len(short_lists([*weak, one("c", 2.0, "e:3")])) == 3


def test_at_most_twenty_places_two_of_them_general():
    many = [one("a", 3 - k / 50, f"e:{k}") for k in range(30)] + [
        one("generic", 2.9, f"e:g{k}") for k in range(5)
    ]
    listed = short_lists(many)
    assert len(listed) == MOST
    assert sum(c.detector == "generic" for c in listed) == 2
    assert [c.odds for c in listed] == sorted((c.odds for c in listed), reverse=True)


def test_a_detector_that_floods_is_demoted_as_a_whole():
    found = [one("a", 1.0, f"e:{v}-{k}", v=v) for v in range(3) for k in range(9)] + [
        one("b", 1.0, "e:x")
    ]
    floods = flooded(found, villages=3)
    assert floods == {"a": 9.0}
    assert {c.detector: c.odds for c in demoted(found, floods)} == {"a": -1.5, "b": 1.0}


def test_a_detector_with_many_weak_candidates_goes_behind_the_others():
    found = [one("a", 0.5, f"e:{v}-{k}", v=v) for v in range(6) for k in range(4)]
    found += [one("b", -0.3, f"e:b{v}", v=v) for v in range(6)]
    listed = short_lists(found)
    crowds = crowding(listed, villages=6)
    assert crowds == {"a": 4.0}
    after = put_behind(found, listed, crowds)
    assert max(c.odds for c in after if c.detector == "a") < -0.3
    assert [c.detector for c in short_lists(after)] == ["b"] * 6


def test_three_a_village_or_a_handful_in_one_village_is_no_crowd():
    three = [one("a", 1.0, f"e:{v}-{k}", v=v) for v in range(6) for k in range(3)]
    assert crowding(three, villages=6) == {}
    assert crowding([one("a", 1.0, f"e:{k}") for k in range(9)], villages=1) == {}
