"""What the screen says of a hit's rows is told with the candidate, raises it, and is counted once."""

import duckdb
import pytest

from xuncha_lib.candidates.corroborate import corroborate, raised, told


@pytest.fixture
def con():
    con = duckdb.connect()
    con.execute(
        "CREATE TABLE odd_issue (village_code VARCHAR, rank INT, name VARCHAR, score DOUBLE, row_ids BIGINT[])"
    )
    con.execute(
        "INSERT INTO odd_issue VALUES ('V1', 1, '付了两次', 0.8, [1, 2]), ('V1', 2, '拆分', 0.5, [2, 3]), ('V2', 1, '拆分', 0.9, [1])"
    )
    return con


def hit(village, *rows):
    return {"village_code": village, "evidence": list(rows)}


def heard(con, *hits):
    corroborate(con, hits)
    return [h["odd"] for h in hits]


def test_the_likeliest_issue_on_the_same_rows_is_heard(con):
    assert heard(con, hit("V1", 1, 2), hit("V1", 3), hit("V2", 2)) == [
        ("付了两次", 0.8),
        ("拆分", 0.5),
        None,
    ]


def test_an_issue_of_a_few_rows_says_nothing_of_a_whole_year(con):
    assert heard(con, hit("V1", *range(1, 60))) == [None]


def test_without_a_screen_nothing_is_heard():
    assert heard(duckdb.connect(), hit("V1", 1)) == [None]


def test_a_chance_rises_by_part_of_the_screens_and_never_to_certainty(con):
    alone, seen = hit("V1", 9), hit("V1", 1, 2)
    corroborate(con, [alone, seen])
    assert raised(0.6, alone) == 0.6
    assert raised(0.6, seen) == pytest.approx(0.76)
    assert raised(0.99, seen) < 1


def test_an_issue_that_several_hits_share_is_told_once(con):
    hits = [hit("V1", 1, 2), hit("V1", 2, 1)]
    corroborate(con, hits)
    assert told(hits) == "账目筛查的数据显示同一事项：“付了两次”（可信度80%）。"
    assert told([hit("V1", 9)]) == ""
