"""Numbers found among known ones: every one that is there, none that is not, wherever they crowd."""

import numpy as np
import pytest

from xuncha_lib.people.match.slots import Lookup, Slots, distinct

TOP = np.uint64(1) << np.uint64(63)


@pytest.fixture
def crowded():
    """Known numbers of which many begin alike, the last of all among them."""
    rng = np.random.default_rng(1)
    near = TOP + np.arange(0, 40, 3, dtype=np.uint64)
    spread = rng.integers(0, 1 << 63, 5000, dtype=np.uint64)
    return distinct(np.r_[near, spread, np.array([np.iinfo(np.uint64).max], np.uint64)])


def test_slots_find_exactly_what_is_known(crowded):
    rng = np.random.default_rng(2)
    asked = rng.permutation(np.r_[crowded, crowded + np.uint64(1), np.array([0], np.uint64)])
    at, place = Slots(crowded).find(asked)
    assert set(asked[at].tolist()) == set(crowded.tolist())
    assert (crowded[place] == asked[at]).all()
    assert not np.isin(np.delete(asked, at), crowded).any()


def test_nothing_is_found_among_nothing():
    at, place = Slots(np.zeros(0, np.uint64)).find(np.array([0, 5], np.uint64))
    assert len(at) == len(place) == 0


def test_a_lookup_takes_small_numbers_and_leaves_nought_out():
    lookup = Lookup(np.array([7, 0, 3, 7, 3, 900], np.uint64))
    assert lookup.known.tolist() == [3, 7, 900]
    assert lookup.find(np.array([900, 0, 4, 3, 7], np.uint64)).tolist() == [2, -1, -1, 0, 1]
