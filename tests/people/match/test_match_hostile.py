"""Lists as they should not be: a right answer or a clear "could not compare", never a flood of pairs."""

import pyarrow as pa
from match_rolls import FIELDS, scores, table

from xuncha_lib.people.match import match, study

NOBODY = ["", "某某", "×××", "？？", "王", "WANG WEI", "\ue123\ue124", "张", "·", "无"]


def test_names_that_say_nothing_meet_nobody_and_are_counted(right):
    rows = [(f"L{i}", name, "", "", "", "东张庄村") for i, name in enumerate(NOBODY)]
    done = study(table(rows), right)
    assert all(row["score"] < 0.5 for row in done.pairs.to_pylist())
    assert done.notes["left_not_comparable"] >= 5
    assert done.notes["left_without_name"] >= done.notes["left_not_comparable"]


def test_missing_columns_are_named_and_the_rest_is_compared(roll, right):
    rows = table([("L0", roll[0][1], roll[0][2], "", "", "")]).select(["id", "name", "id_number"])
    done = study(rows, right)
    assert done.notes["missing_columns"]["left"] == ["phone", "bank_account", "village"]
    assert scores(done.pairs)[("L0", "R0")]["level"] == "L1"


def test_a_shifted_column_raises_nothing_and_says_nothing_much(roll, right):
    shifted = [(f"L{i}", r[5], r[1], r[2], r[3], r[4]) for i, r in enumerate(roll[:200])]
    assert sum(row["score"] >= 0.5 for row in match(table(shifted), right).to_pylist()) <= 2


def test_the_same_list_on_both_sides_meets_itself(roll, right):
    found = scores(match(right, right))
    own = [found[(row[0], row[0])] for row in roll]
    assert min(row["score"] for row in own) > 0.99
    assert sum(row["score"] >= 0.5 for row in found.values()) <= len(roll) * 1.01


def test_all_numbers_masked_still_match_on_what_is_seen(roll, right):
    rows = [(f"L{i}", r[1], r[2][:6] + "********" + r[2][-4:], "", "", r[5]) for i, r in enumerate(roll[:100])]  # fmt: skip
    found = scores(match(table(rows), right))
    assert (
        sum(found.get((f"L{i}", f"R{i}"), {"score": 0})["score"] >= 0.5 for i in range(100)) >= 98
    )


def test_no_numbers_at_all_leaves_name_and_village(roll, right):
    rows = [(f"L{i}", r[1], "", "", "", r[5]) for i, r in enumerate(roll[:200])]
    bare = right.select(["id", "name", "village"])
    done = study(table(rows), bare)
    assert done.notes["missing_columns"]["right"] == ["id_number", "phone", "bank_account"]
    assert {row["level"] for row in done.pairs.to_pylist()} <= {"L5", "L6"}


def test_a_hundred_thousand_rows_of_one_name_make_no_flood_and_are_told(roll):
    many = [(f"R{i}", "王伟", "", "", "", "") for i in range(100_000)]
    right = pa.concat_tables([table(many), table(roll).slice(0, 500)])
    done = study(table([("L0", "王伟", "", "", "", ""), ("L1", roll[3][1], roll[3][2], "", "", "")]), right)  # fmt: skip
    assert done.notes["pairs_compared"] < 1000
    assert sum(done.notes["too_many_alike"].values()) >= 1
    assert scores(done.pairs)[("L1", "R3")]["score"] > 0.9


def test_one_phone_on_everybody_tells_nobody_apart(roll):
    clerk = [(r[0], r[1], "", "13800000001", "", r[5]) for r in roll]
    left = [(f"L{i}", r[1], "", "13800000001", "", "") for i, r in enumerate(roll[:50])]
    done = study(table(left), table(clerk))
    assert done.notes["too_many_alike"]["电话"] == 1
    assert done.notes["pairs_compared"] < 50 * 300


def test_empty_sides_give_an_empty_answer(right):
    empty = table([])
    for left, other in ((empty, right), (right, empty), (empty, empty)):
        pairs = match(left, other)
        assert len(pairs) == 0
        assert pairs.column_names == ["left_id", "right_id", "score", "level", "why"]
    assert FIELDS[1] == "name"
