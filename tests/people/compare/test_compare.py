"""Two lists side by side: everybody ends once, with a reason, and nothing is shown that should be masked."""

import csv
import json
import re
from pathlib import Path

import openpyxl
import pytest

from xuncha_lib.errors import XunchaError
from xuncha_lib.people.compare import FATES
from xuncha_lib.runs.compare import LOG, compare

LISTS = Path(__file__).resolve().parents[3] / "data" / "demo" / "lists"
CADRES, ROLL = LISTS / "村干部名单.csv", LISTS / "补助发放名单.csv"


def written(folder, name, *rows):
    place = folder / name
    with place.open("w", newline="", encoding="gb18030") as file:
        csv.writer(file).writerows(rows)
    return place


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    return compare(CADRES, ROLL, out=tmp_path_factory.mktemp("out") / "结果.xlsx", reason="试比")


def names(result, fate, column="甲·姓名"):
    return set(result.table(fate)[column])


def test_everybody_ends_once(result):
    assert sum(result.counts["left"].values()) == 7
    assert sum(result.counts["right"].values()) == 7
    assert set(result.counts["left"]) == set(FATES)


def test_equal_masked_and_swapped_numbers_are_found(result):
    found = result.table("matched").set_index("甲·姓名")["等级"].str[:2]
    assert found["周建国"] == "L1"
    assert found["王海涛"] in {"L2", "L4"}
    assert found["孙立新"] == "L3"


def test_a_name_in_the_same_village_is_no_match(result):
    assert "李秀兰" not in names(result, "matched")
    assert "李秀兰" in names(result, "possible")


def test_what_cannot_be_compared_says_why(result):
    assert "某某" in set(result.table("not_comparable")["姓名"])
    assert result.table("not_comparable")["原因"].str.len().min() > 3
    right = result.table("not_comparable", side="right")
    assert list(right["原因"]) == ["没有姓名，也没有证号"]


def test_not_found_is_not_the_same_as_not_compared(result):
    assert set(result.table("not_found")["姓名"]) == {"韩小红"}


def test_book_has_no_whole_number(result):
    book = openpyxl.load_workbook(result.path)
    texts = [
        str(cell.value) for page in book for row in page.iter_rows() for cell in row if cell.value
    ]
    assert [t for t in texts if re.search(r"\d{15}", t) or re.fullmatch(r"1[3-9]\d{9}", t)] == []
    assert any(t == "周建国" for t in texts)


def test_without_a_reason_names_are_masked(tmp_path):
    found = compare(CADRES, ROLL, out=tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(found.path)
    texts = {str(cell.value) for page in book for row in page.iter_rows() for cell in row}
    assert "周建国" not in texts
    assert "周**" in texts


def test_every_request_is_registered_in_a_chain(tmp_path):
    first = compare(CADRES, ROLL, out=tmp_path / "a.xlsx", reason="一")
    second = compare(ROLL, CADRES, out=tmp_path / "b.xlsx", reason="二")
    lines = [json.loads(line) for line in (tmp_path / LOG).read_text(encoding="utf-8").splitlines()]
    assert [line["number"] for line in lines] == [first.number, second.number]
    assert [line["reason"] for line in lines] == ["一", "二"]
    assert lines[0]["before"] == ""
    assert len(lines[1]["before"]) == 64


def test_the_same_list_on_both_sides_finds_everybody_with_a_number(tmp_path):
    found = compare(CADRES, CADRES, out=tmp_path / "a.xlsx", reason="自比")
    assert {"周建国", "王海涛", "赵玉梅", "孙立新", "韩小红"} <= names(found, "matched")


def test_headings_that_no_table_knows_still_name_people(tmp_path):
    left = written(
        tmp_path,
        "名单.csv",
        ["编号", "学员", "证件号码", "班次"],
        ["1", "周建国", "370124196503120619", "一班"],
    )
    found = compare(left, ROLL, out=tmp_path / "a.xlsx", reason="试")
    assert names(found, "matched") == {"周建国"}


def test_a_file_without_people_is_listed(tmp_path):
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK\x03\x04" + b"\0" * 50)
    found = compare([CADRES, broken], ROLL, out=tmp_path / "a.xlsx", reason="试")
    told = [row[1].value for row in openpyxl.load_workbook(found.path)["说明"].iter_rows()]
    assert any("坏.xlsx" in str(text) and "损坏" in str(text) for text in told)


def test_no_shared_field_is_said(tmp_path):
    left = written(
        tmp_path,
        "甲.csv",
        ["序号", "身份证号"],
        ["1", "370124196503120619"],
        ["2", "370124198602140649"],
    )
    right = written(tmp_path, "乙.csv", ["序号", "姓名"], ["1", "周建国"], ["2", "赵玉梅"])
    found = compare(left, right, out=tmp_path / "a.xlsx", reason="试")
    assert found.counts["left"]["not_comparable"] == 2
    assert set(found.table("not_comparable")["原因"]) == {"两份名单没有可以对照的共同栏目"}


def test_a_missing_file_is_an_error(tmp_path):
    with pytest.raises(XunchaError, match="没有这个文件"):
        compare(CADRES, tmp_path / "没有.csv", out=tmp_path / "a.xlsx")
