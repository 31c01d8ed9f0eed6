"""Bank against book, one to one."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from xuncha_lib.outliers.pairing import pair, pair_sums, unexplained

DAY = date(2024, 1, 10)
entries = st.lists(
    st.tuples(st.integers(0, 60), st.sampled_from([100, 200, 300])), max_size=12
).map(lambda items: [(n, DAY + timedelta(days=d), c) for n, (d, c) in enumerate(items)])


@given(entries, entries)
def test_each_entry_is_used_once(left: list, right: list) -> None:
    right = [(row + 100, day, cents) for row, day, cents in right]
    found = pair(left, right, before=7, after=10)
    assert len(set(found.values())) == len(found)
    day_of = {row: (day, cents) for row, day, cents in left + right}
    for a, b in found.items():
        assert day_of[a][1] == day_of[b][1]
        assert -7 <= (day_of[b][0] - day_of[a][0]).days <= 10


def test_one_missing_month_does_not_accuse_the_next() -> None:
    bank = [(m, date(2024, m, 5), 60000) for m in (1, 2, 3, 4)]
    book = [(10 + m, date(2024, m, 6), 60000) for m in (1, 3, 4)]
    assert set(pair(bank, book, before=7, after=10)) == {1, 3, 4}


def test_two_receipts_in_one_transfer() -> None:
    assert pair_sums([(1, DAY, 500)], [(2, DAY, 200), (3, DAY, 300)], before=3, after=3) == {
        1: (2, 3)
    }


def test_what_stays_alone_when_pairs_sums_and_late_entries_are_out():
    day = date(2024, 3, 1)
    left = [(1, day, 100), (2, day, 300), (3, day, 500), (4, day, 700), (5, day, 900)]
    right = [
        (11, day, 100),
        (12, day, 120),
        (13, day, 180),
        (14, day + timedelta(days=60), 500),
        (15, day, 1600),
    ]
    kept = unexplained(left, right, before=5, after=5, late=75)
    assert kept == []
    assert unexplained(left[:3], right[:4], before=5, after=5, late=10) == [(3, day, 500)]
