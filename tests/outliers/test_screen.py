"""Each detector finds what it is for, explained in all nine parts, and quiet books give nothing."""

import pytest
from outliers.books import Books, found, screened
from outliers.planted import PLANTED, V


def test_quiet_books_give_nothing(tmp_path):
    rows, told = screened(Books(), tmp_path)
    assert rows == []
    assert told.villages == 14
    assert set(told.not_tested) == {
        "balance_break", "negative_balance", "income_unrecorded", "missing_voucher",
    }  # fmt: skip


@pytest.mark.parametrize("detector", PLANTED)
def test_a_planted_case_is_found_with_all_nine_parts(tmp_path, detector):
    books = Books()
    objs = PLANTED[detector](books)
    rows, _ = screened(books, tmp_path)
    hits = found(rows, detector, objs)
    assert hits, [row["reason"] for row in rows]
    for part in (
        "claim",
        "rows",
        "figure",
        "reference_group",
        "reference_size",
        "rarity",
        "checked",
        "clears",
        "recompute",
    ):
        assert hits[0][part], part
    assert hits[0]["chance"] is None
    assert {row["village_id"] for row in rows} == {V}
