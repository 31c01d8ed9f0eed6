"""The matcher from end to end on small invented rolls: damaged true rows found, namesakes kept out, levels by rule."""

import json
import random

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from match_rolls import FIELDS, scores, table

from xuncha_lib.cli import main
from xuncha_lib.errors import UnreadableFile, XunchaError
from xuncha_lib.people.match import explain, match, study

DAMAGES = {
    "same": lambda p: p,
    "masked": lambda p: (p[0], p[1][:6] + "********" + p[1][14:], "", "", p[4]),
    "old": lambda p: (p[0], p[1][:6] + p[1][8:17], "", "", ""),
    "digit": lambda p: (p[0], p[1][:15] + str((int(p[1][15]) + 1) % 10) + p[1][16:], "", "", p[4]),
    "hidden name": lambda p: (p[0][0] + "*" * (len(p[0]) - 1), p[1], "", "", p[4]),
    "phone": lambda p: (p[0] + "（户主）", "", p[2], "", ""),
    "card": lambda p: (p[0], "", "", p[3], p[4].replace("村", "村委会")),
    "two fields": lambda p: (" ".join(p[0]), "", p[2], p[3], ""),
}


@pytest.fixture(scope="module")
def left(roll):
    """240 rows, each damaged in one of the ways; every third is of nobody on the roll."""
    rng = random.Random(3)
    rows = []
    for i, (row, kind) in enumerate(zip(rng.sample(roll, 240), list(DAMAGES) * 30, strict=True)):
        rows.append((f"L{i}", *DAMAGES[kind](row[1:]), kind, row[0]))
    return rows


@pytest.fixture(scope="module")
def done(left, right):
    return study(table(left), right)


def test_damaged_rows_are_found_however_they_are_damaged(left, done):
    found = scores(done.pairs)
    missed = [row for row in left if found.get((row[0], row[-1]), {"score": 0})["score"] < 0.5]
    assert missed == []


def test_nobody_else_is_taken_for_them(left, done):
    truth = {(row[0], row[-1]) for row in left}
    wrong = {pair for pair, row in scores(done.pairs).items() if row["score"] >= 0.5} - truth
    assert len(wrong) <= 2


@pytest.mark.parametrize(
    ("kind", "level"),
    [("same", "L1"), ("masked", "L2"), ("old", "L1"), ("digit", "L3"), ("hidden name", "L1"), ("two fields", "L4")],
)  # fmt: skip
def test_the_level_follows_the_written_rule(left, done, kind, level):
    found = scores(done.pairs)
    assert {found[row[0], row[-1]]["level"] for row in left if row[-2] == kind} == {level}


def test_every_pair_says_why_and_how_many_bear_the_name(done):
    for row in done.pairs.to_pylist():
        assert row["why"].startswith(("姓名", "同姓", "一方"))
        assert "（右表同名" in row["why"]
        assert 0.05 <= row["score"] <= 1


def test_numbers_as_ids_come_back_as_numbers(roll):
    """A benchmark joins the pairs to its truth: ids keep the type they came in."""
    numbered = table(roll[:9]).set_column(0, "id", pa.array(range(9), pa.int64()))
    pairs = match(numbered, table(roll[:9]))
    assert pairs.schema.field("left_id").type == pa.int64()
    assert pairs.schema.field("right_id").type == pa.string()
    assert set(pairs["left_id"].to_pylist()) == set(range(9))


def test_the_order_of_the_rows_changes_nothing(left, right, done):
    shuffled = random.Random(1).sample(left, len(left))
    turned = pa.Table.from_pylist(right.to_pylist()[::-1], schema=right.schema)
    again = scores(study(table(shuffled), turned).pairs)
    first = scores(done.pairs)
    assert again.keys() == first.keys()
    assert all(abs(again[p]["score"] - first[p]["score"]) < 1e-9 for p in first)


def test_files_and_tables_give_the_same(left, right, done, tmp_path):
    for name, side in (("l", table(left)), ("r", right)):
        pq.write_table(side, tmp_path / f"{name}.parquet")
    out = match(tmp_path / "l.parquet", str(tmp_path / "r.parquet"), out=tmp_path / "o.parquet")
    written = pq.read_table(out)
    assert written.replace_schema_metadata(None).equals(done.pairs)
    assert json.loads(written.schema.metadata[b"xuncha"])["right_rows"] == len(right)


def test_the_head_of_household_on_a_members_row_is_a_conflict_and_no_l1(roll, right):
    head = roll[10]
    member = ("L0", head[1][0] + "秀蓉梅"[: len(head[1]) - 1], head[2], "", "", head[5])
    row = scores(match(table([member]), right))[("L0", head[0])]
    assert row["level"] == "L6"
    assert "需核实是否错填他人证号" in row["why"]


def test_a_namesake_with_another_number_is_no_match(roll, right):
    other = ("L0", roll[20][1], "370124196001010014", "", "", roll[20][5])
    assert scores(match(table([other]), right)).get(("L0", "R20"), {"score": 0})["score"] < 0.5


def test_bits_are_explained_field_by_field(left, right, done, roll):
    row = next(row for row in left if row[-2] == "masked")
    mate = next(r for r in roll if r[0] == row[-1])
    [told] = explain(table([row]), table([mate]), done.learnt)
    words = [word for word, _ in told["fields"]]
    assert words[0] == "姓名相同" and "证件掩码一致" in words and "同村" in words
    assert told["total"] == pytest.approx(sum(bits for _, bits in told["fields"]), abs=0.3)
    assert told["text"].startswith("姓名相同 +")
    assert told["probability"] > 0.5


def test_the_command_writes_pairs_and_counts(left, right, tmp_path):
    pq.write_table(table(left), tmp_path / "l.parquet")
    pq.write_table(right, tmp_path / "r.parquet")
    files = [f"--{name}={tmp_path / name[0]}.parquet" for name in ("left", "right", "out")]
    result = CliRunner().invoke(main, ["match", *files, "--json"])
    told = json.loads(result.output)
    assert result.exit_code == 0 and told["left_rows"] == 240 and told["levels"]["L1"] >= 90
    assert pq.read_table(tmp_path / "o.parquet").column_names == [
        "left_id", "right_id", "score", "level", "why",
    ]  # fmt: skip
    assert "写出" in CliRunner().invoke(main, ["match", *files]).output


def test_what_cannot_be_opened_says_so(right, tmp_path):
    with pytest.raises(UnreadableFile, match=r"parquet"):
        match(tmp_path / "没有.parquet", right)
    (tmp_path / "坏.parquet").write_text("no parquet")
    with pytest.raises(UnreadableFile):
        match(right, tmp_path / "坏.parquet")
    with pytest.raises(XunchaError, match="没有 id 列"):
        match(right.drop_columns(["id"]), right)
    with pytest.raises(XunchaError, match="唯一"):
        match(table([("A", "张伟", "", "", "", "")] * 2), right)
    assert FIELDS[0] == "id"
