"""§1.2 through the whole reader: each form of a value in a cell of a real kind of table."""

# ruff: noqa: E501  (one row per line)

import datetime as dt

import pytest
from books import IDS, Round, xlsx

A, B, C = IDS[:3]
D = dt.date(2023, 5, 1)


def subsidy(tmp_path, **cells):
    """The only row of a roll whose cells are given by heading."""
    row = {
        "序号": 1,
        "姓名": "张伟",
        "身份证号": A,
        "补贴金额": 300,
        "发放日期": "2023.5.1",
        "银行账号": "6228480260123456782",
        "联系电话": "13800010002",
    } | cells
    xlsx(
        tmp_path / "燕家庄村低保.xlsx",
        {
            "2023年": [
                list(row),
                list(row.values()),
                [2, "李四", B, 200, "2023.6.1", None, None, *[None] * (len(row) - 7)],
            ]
        },
    )
    found = Round(tmp_path)
    names = [
        n
        for n, *_ in found.con.execute(
            "DESCRIBE SELECT s.*, m.* FROM subsidy s JOIN mention m ON m.mention_id = beneficiary"
        ).fetchall()
    ]
    values = found.rows(
        "SELECT s.*, m.* FROM subsidy s JOIN mention m ON m.mention_id = beneficiary ORDER BY row_id"
    )[0]
    return dict(zip(names, values, strict=True)), found


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2023.5.1", D), ("2023.05.01", D), ("2023-5-1", D), ("2023/5/1", D), ("20230501", D), (20230501, D), ("230501", D), ("2023年5月1日", D), ("2023年5月", D),
        ("二〇二三年五月一日", D), ("5.1", D), (45047, D), ("2023-05-01 00:00:00", D), (dt.datetime(2023, 5, 1), D), ("2023.5", D), ("/", None), ("无", None),
    ],
)  # fmt: skip
def test_dates(tmp_path, cell, day):
    """In any form; a blank one is told by the sheet's own period alone."""
    row, found = subsidy(tmp_path, 发放日期=cell)
    assert row["paid_on"] == day
    assert found.rows("FROM damaged") == []


def test_a_day_that_does_not_exist_is_told(tmp_path):
    """2023.4.31: no date, and the cell is on the list of what could not be read."""
    row, found = subsidy(tmp_path, 发放日期="2023.4.31")
    assert row["paid_on"] != dt.date(2023, 4, 30)
    assert found.rows('SELECT "column", value FROM damaged') == [("paid_on", "2023.4.31")]


@pytest.mark.parametrize(
    ("cell", "yuan"),
    [
        (1234.5, 1234.5), ("1,234.50", 1234.5), ("１２３４．５", 1234.5), ("￥1,234.50", 1234.5), ("1.23万", 12300), ("12.3万元", 123000), ("(1,234.50)", -1234.5),
        ("-1234.5", -1234.5), ("1234.5-", -1234.5), ("壹仟贰佰叁拾肆元伍角", 1234.5), ("1234元", 1234), ("1 234.50", 1234.5), ("¥ 300", 300),
    ],
)  # fmt: skip
def test_amounts(tmp_path, cell, yuan):
    row, found = subsidy(tmp_path, 补贴金额=cell)
    assert float(row["amount_yuan"]) == yuan
    assert found.rows("FROM damaged") == []


def test_an_illegible_amount_is_told_and_a_dash_is_nothing(tmp_path):
    row, found = subsidy(tmp_path / "a", 补贴金额="××")
    assert row["amount_yuan"] is None
    assert found.rows('SELECT "column" FROM damaged') == [("amount_yuan",)]
    row, found = subsidy(tmp_path / "b", 补贴金额="—")
    assert row["amount_yuan"] in (None, 0)
    assert found.rows("FROM damaged") == []


@pytest.mark.parametrize(
    ("cell", "state", "number"),
    [
        (A, "valid", A), (A[:6] + " " + A[6:14] + " " + A[14:], "valid", A), (A[:6] + A[8:17], "old15", A), ("37012419600101***4", "masked", None),
        ("370124********0014", "masked", None), (float(A), "damaged", None), ("3.70124E+17", "damaged", None), (A[:15] + "000", "damaged", None),
        (A[:-1] + "5", "check_failed", A[:-1] + "5"), ("/", "missing", None),
    ],
)  # fmt: skip
def test_id_numbers(tmp_path, cell, state, number):
    """Damaged is damaged, never false; a mask stays a mask; fifteen digits become eighteen."""
    row, _ = subsidy(tmp_path, 身份证号=cell)
    assert (row["id_state"], row["id_no"]) == (state, number)


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("张 伟", "张伟"), ("张　伟", "张伟"), ("张伟(已故)", "张伟"), ("张伟（代）", "张伟"), ("买买提·艾力", "买买提·艾力"), ("买买提.艾力", "买买提·艾力"),
        ("买买提•艾力", "买买提·艾力"), ("欧阳修", "欧阳修"), ("张伟(户主)", "张伟"),
    ],
)  # fmt: skip
def test_names(tmp_path, cell, name):
    row, _ = subsidy(tmp_path, 姓名=cell)
    assert row["name"] == name
    assert row["name_raw"] == cell


@pytest.mark.parametrize(
    "cell",
    [
        "138 0001 0002",
        "138-0001-0002",
        "8613800010002",
        "+8613800010002",
        13800010002,
        "13800010002",
    ],
)
def test_phones(tmp_path, cell):
    assert subsidy(tmp_path, 联系电话=cell)[0]["phone"] == "13800010002"


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("6228 4802 6012 3456 782", "6228480260123456782"),
        (6.22848026012346e18, None),
        ("6.2E+18", None),
        ("社保卡", None),
    ],
)
def test_cards(tmp_path, cell, number):
    """A card kept as a number has lost its end: no number, and it is told."""
    row, found = subsidy(tmp_path, 银行账号=cell)
    assert row["bank_no"] == number
    assert bool(found.rows("FROM damaged")) is (
        cell != "6228 4802 6012 3456 782" and cell != "社保卡"
    )


@pytest.mark.parametrize("cell", ["1", "1组", "一组", "第一村民小组", "1队", 1])
def test_groups(tmp_path, cell):
    """The mention's group is one spelling; the row keeps the cell."""
    found = subsidy(tmp_path, 组别=cell)[1]
    assert found.rows("SELECT group_no FROM mention WHERE name = '张伟'") == [("1",)]


def test_three_persons_of_a_row(tmp_path):
    """户主, 收款人 and 享受人 with an ID number each; the account is the payee's."""
    head = [
        "户主姓名",
        "户主身份证号",
        "收款人姓名",
        "收款人身份证号",
        "银行账号",
        "享受人",
        "享受人身份证号",
        "补贴金额",
        "填报日期",
    ]
    xlsx(
        tmp_path / "燕家庄村一卡通.xlsx",
        {
            "低保": [
                head,
                *[["张伟", A, "李四", B, "6228480260123456782", "王芳", C, 300, "2023-05-01"]] * 2,
            ]
        },
    )
    found = Round(tmp_path)
    assert found.rows(
        "SELECT DISTINCT h.name, h.id_no, p.name, p.id_no, p.bank_no, b.name, b.id_no, b.bank_no FROM subsidy JOIN mention h ON h.mention_id = head "
        "JOIN mention p ON p.mention_id = payee JOIN mention b ON b.mention_id = beneficiary"
    ) == [("张伟", A, "李四", B, "6228480260123456782", "王芳", C, None)]


def test_account_codes_by_regime(tmp_path):
    """502 was an expense before 2024 and is an income since; the year and the other codes of the book tell which."""
    from xuncha_lib import models

    head = ["凭证日期", "凭证字号", "摘要", "科目编码", "科目名称", "借方金额", "贷方金额"]
    old = [
        ["2023.5.1", "记-1", "维修厂房", "502", "经营支出", 100, None],
        ["2023.5.1", "记-1", "维修厂房", "101", "现金", None, 100],
        ["2023.6.1", "记-2", "办公费", "541", "管理费用", 50, None],
        ["2023.6.1", "记-2", "办公费", "101", "现金", None, 50],
    ]
    new = [
        ["2024.5.1", "记-1", "合作社分红", "101", "库存现金", 100, None],
        ["2024.5.1", "记-1", "合作社分红", "502", "投资收益", None, 100],
        ["2024.6.1", "记-2", "办公费", "513", "管理费用", 50, None],
        ["2024.6.1", "记-2", "办公费", "101", "库存现金", None, 50],
    ]
    xlsx(tmp_path / "燕家庄村2023年序时账.xlsx", {"凭证列表": [head, *old]})
    xlsx(tmp_path / "燕家庄村2024年序时账.xlsx", {"凭证列表": [head, *new]})
    found = Round(tmp_path)
    assert found.rows(
        "SELECT account_code, account_name FROM voucher WHERE account_code = '502' ORDER BY row_id"
    ) == [("502", "经营支出"), ("502", "投资收益")]
    from xuncha_lib import people

    people.link(found.con)
    models.prepare(found.con)
    sides = found.rows(
        "SELECT year(entry_on), side, sum(amount_yuan)::INT FROM money WHERE summary IN ('维修厂房', '合作社分红') GROUP BY ALL ORDER BY 1"
    )
    assert sides == [(2023, "out", 100), (2024, "in", 100)]
