"""Shapes without a template: halves side by side, ditto marks, sections of receipts and payments, a notice above the table."""

# ruff: noqa: E501  (one row per line)

import datetime as dt

from books import IDS, Round, xlsx

A, B, C, D = IDS
ROLL = ["序号", "姓名", "身份证号", "补贴金额"]


def test_a_list_in_two_halves_beside_each_other(tmp_path):
    """Every person counts once, nobody on the right is lost, and the total is that of both halves."""
    rows = [
        ["2023年5月低保发放"], [*ROLL, None, *ROLL], [1, "张伟", A, 300, None, 3, "王芳", C, 100],
        [2, "李四", B, 200, None, 4, "赵敏", D, 50], ["合计", None, None, None, None, None, None, None, 650],
    ]  # fmt: skip
    xlsx(tmp_path / "燕家庄村.xlsx", {"Sheet1": rows})
    found = Round(tmp_path)
    assert found.rows("SELECT row, m.name, amount_yuan FROM subsidy JOIN source_row USING (row_id) JOIN mention m ON m.mention_id = beneficiary ORDER BY ALL") == [
        (3, "张伟", 300), (3, "王芳", 100), (4, "李四", 200), (4, "赵敏", 50)]  # fmt: skip
    assert found.rows("SELECT stated, agrees FROM control_total WHERE stated IS NOT NULL") == [
        (650, True)
    ]
    assert found.summary.rows["rejected"] == 0


def test_two_purses_are_no_halves(tmp_path):
    """收入, 支出, 余额 twice without names is cash and bank, not two lists."""
    head = ["日期", "摘要", "收入", "支出", "余额"]
    rows = [["2023.5.1", "购煤", None, 10, 90], ["2023.5.2", "购电", None, 20, 70]]
    xlsx(tmp_path / "燕家庄村收支.xlsx", {"Sheet1": [head + head, *[row + row for row in rows]]})
    assert Round(tmp_path).one("SELECT count(*) FROM sheet") == 1


def test_ditto_marks_repeat_the_cell_above(tmp_path):
    """〃, 同上: read as what they repeat, also over several rows; a first one repeats nothing."""
    rows = [
        ["日期", "凭证号", "摘要", "收入", "支出"], ["2023.5.1", "记-1", "付保洁工资", None, 100],
        ["〃", "记-2", "同上", None, 101], ["〃", "记-3", "″", None, 102], ["2023.6.1", "记-4", "购煤", None, 103],
    ]  # fmt: skip
    xlsx(tmp_path / "燕家庄村收支.xlsx", {"Sheet1": rows})
    assert Round(tmp_path).rows("SELECT entry_on, summary FROM cashbook ORDER BY row_id") == [
        *[(dt.date(2023, 5, 1), "付保洁工资")] * 3,
        (dt.date(2023, 6, 1), "购煤"),
    ]


def test_sections_say_which_way_the_money_goes(tmp_path):
    """One column of amounts under 一、收入 and 二、支出: what was paid is no receipt; 支出合计 is no entry."""
    rows = [
        ["2023年财务公开"], ["序号", "日期", "项目内容", "金额"], ["一、收入部分"], [1, "2023.1.5", "收承包费", 900], ["收入合计", None, None, 900],
        ["二、支出部分"], [1, "2023.2.5", "付电费", 30], [2, "2023.3.5", "购办公用品", 20], ["支出合计", None, None, 50],
    ]  # fmt: skip
    xlsx(tmp_path / "燕家庄村.xlsx", {"Sheet1": rows})
    found = Round(tmp_path)
    assert found.rows("SELECT summary, receipt_yuan, payment_yuan FROM cashbook ORDER BY row_id") == [
        ("收承包费", 900, None), ("付电费", None, 30), ("购办公用品", None, 20)]  # fmt: skip
    assert found.summary.rows == {
        "read": 7,
        "canonical": 3,
        "control": 2,
        "footer": 2,
        "rejected": 0,
    }


def test_a_table_below_a_whole_notice(tmp_path):
    notice = [[f"{n}、各村要高度重视，按时报送第{n}项材料。"] for n in range(1, 40)]
    xlsx(tmp_path / "燕家庄村低保.xlsx", {"5月": [*notice, ROLL, [1, "张伟", A, 300]]})
    assert Round(tmp_path).rows("SELECT header_row, rows FROM sheet") == [(40, 1)]


def test_villages_without_the_word_village(tmp_path):
    """马家洼 as a folder below a town, 后李家庄 before the year in a title; 农庄 and 商铺 are none."""
    rows = [ROLL, [1, "张伟", A, 300], [2, "李四", B, 200]]
    xlsx(tmp_path / "柳河镇/马家洼/低保.xlsx", {"5月": rows})
    xlsx(tmp_path / "柳河镇/各村/a.xlsx", {"5月": [["柳河镇后李家庄2023年低保发放表"], *rows]})
    xlsx(tmp_path / "柳河镇/商铺/b.xlsx", {"5月": [["农庄2023年临时救助"], *rows]})
    assert Round(tmp_path).rows("SELECT village_name, town FROM village ORDER BY 1") == [
        ("后李家庄村", "柳河镇"), ("马家洼村", "柳河镇")]  # fmt: skip


def test_the_country_in_a_title_is_no_village(tmp_path):
    """2022年农村土地…: neither 年农村 nor 农村; the village before the year is found."""
    rows = [ROLL, [1, "张伟", A, 300], [2, "李四", B, 200]]
    xlsx(tmp_path / "柳河镇/各村/a.xlsx", {"5月": [["柳河镇后李家庄2022年农村低保发放表"], *rows]})
    xlsx(tmp_path / "柳河镇/各村/b.xlsx", {"5月": [["2022年农村土地补贴发放表"], *rows]})
    assert Round(tmp_path).rows("SELECT village_name FROM village") == [("后李家庄村",)]
