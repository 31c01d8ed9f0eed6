"""H09, H10, H17: totals checked against their rows, page carries, footers, signature columns, units."""

# ruff: noqa: E501  (one row per line)

import pytest
from books import IDS, Round, xlsx

A, B, C = IDS[:3]
HEAD = ["日期", "凭证号", "摘要", "收入", "支出", "余额"]


def test_h09_all_kinds_of_totals_are_kept_apart_and_checked(tmp_path):
    """承前页, 本页合计, 本月合计, 本年累计, 过次页: no row of data is lost, none is invented; each that states a sum is compared."""
    rows = [
        ["2023年现金日记账"], HEAD, ["承前页", None, None, 500, 200, 300],
        ["2023.5.1", "记-1", "收承包费", 100, None, 400], ["2023.5.2", "记-2", "购煤", None, 50, 350], ["本页合计", None, None, 100, 50, 350],
        ["2023.5.3", "记-3", "付电费", None, 30, 320], ["本月合计", None, None, 100, 80, 320], ["本年累计", None, None, 600, 280, 320], ["过次页", None, None, 600, 280, 320],
    ]  # fmt: skip
    xlsx(tmp_path / "燕家庄村现金日记账.xlsx", {"5月": rows})
    found = Round(tmp_path)
    assert found.summary.rows == {
        "read": 8,
        "canonical": 3,
        "control": 5,
        "footer": 0,
        "rejected": 0,
    }
    told = found.rows(
        'SELECT row, "column", agrees FROM control_total JOIN source_row USING (row_id) ORDER BY ALL'
    )
    assert (6, "receipt_yuan", True) in told and (8, "payment_yuan", True) in told


def test_h09_a_total_that_is_not_the_sum_is_told(tmp_path):
    """What the book states, what its rows add up to, and where."""
    rows = [
        ["姓名", "身份证号", "补贴金额"],
        ["张伟", A, 300],
        ["李四", B, 200],
        ["合计", None, 600],
    ]
    xlsx(tmp_path / "燕家庄村低保.xlsx", {"5月": rows})
    found = Round(tmp_path)
    assert found.rows(
        'SELECT row, "column", stated, summed, agrees FROM control_total JOIN source_row USING (row_id)'
    ) == [(4, "amount_yuan", 600, 500, False)]


@pytest.mark.parametrize(("stated", "agrees"), [(580, True), (680, False)])
def test_two_purses_have_one_total_each(tmp_path, stated, agrees):
    """Cash and bank side by side: the totals of both purses are compared, and one that disagrees is told."""
    rows = [
        ["日期", "凭证号", "摘要", "银行存款", None, None, "库存现金", None, None],
        [None, None, None, "收入", "支出", "余额", "收入", "支出", "余额"],
        ["2023.5.1", "记1", "提取备用金", None, 500, 1500, 500, None, 600],
        ["2023.5.2", "记2", "付水电费", None, None, 1500, None, 80, 520],
        ["合计", None, None, None, stated - 80, None, 500, 80, None],
    ]
    xlsx(
        tmp_path / "燕家庄村收支明细.xlsx",
        {"2023年": rows},
        merges=("D1:F1", "G1:I1", "A1:A2", "B1:B2", "C1:C2"),
    )
    found = Round(tmp_path)
    told = found.rows('SELECT "column", stated, summed, agrees FROM control_total ORDER BY 1')
    assert told, "a total of two purses is compared"
    assert all(one[3] for one in told) is agrees, told


def test_h10_footers_notes_and_signature_columns(tmp_path):
    """制表人… 村书记(签字)…, 注：…, empty signature columns: kept as footers, never as people."""
    rows = [
        ["2023年5月低保发放表"], ["序号", "姓名", "身份证号", "补贴金额", "领款人签字(章)", "领款时间"],
        [1, "张伟", A, 300, None, None], [2, "李四", B, 200, None, None], ["合计", None, None, 500, None, None],
        ["制表人：", "王五", "审核人：", "赵六", "村书记（签字）：", "村监会主任："], ["注：本表一式三份"], ["填表日期：2023年6月1日"],
    ]  # fmt: skip
    xlsx(tmp_path / "燕家庄村.xlsx", {"Sheet1": rows})
    found = Round(tmp_path)
    assert found.summary.rows == {
        "read": 6,
        "canonical": 2,
        "control": 1,
        "footer": 3,
        "rejected": 0,
    }
    assert found.rows("SELECT name FROM mention WHERE name <> '' ORDER BY name") == [
        ("张伟",),
        ("李四",),
    ]


@pytest.mark.parametrize(
    ("title", "heading", "cell", "yuan"),
    [
        ("燕家庄村合同台账　单位：元", "合同总价", 12345, 12345),
        ("燕家庄村合同台账　单位：万元", "合同总价", 1.2, 12000),
        ("燕家庄村合同台账", "合同总价(万元)", 1.2, 12000),
        ("燕家庄村合同台账　单位：元", "合同总价（万元）", 1.2, 12000),
        ("燕家庄村合同台账　单位：万元", "合同总价(元)", 12000, 12000),
        ("燕家庄村合同台账", "合同总价", "1.2万元", 12000),
        ("燕家庄村合同台账　金额单位：人民币万元", "合同总价", 1.2, 12000),
    ],
)
def test_h17_money_in_yuan_whatever_the_unit_and_wherever_it_stands(
    tmp_path, title, heading, cell, yuan
):
    """Title, bracket of the heading, or the cell; the nearest to the number wins."""
    head = ["合同编号", "承包方", "面积(亩)", "起始日期", "终止日期", heading]
    xlsx(
        tmp_path / "合同.xlsx",
        {
            "表": [
                [title],
                head,
                ["01", "张伟", 12, "2010.1.1", "2039.12.31", cell],
                ["02", "李四", 3, "2010.1.1", "2039.12.31", cell],
            ]
        },
    )
    assert Round(tmp_path).rows("SELECT DISTINCT total_yuan::DOUBLE FROM contract") == [(yuan,)]


@pytest.mark.parametrize(
    ("heading", "cell", "mu"),
    [
        ("面积(亩)", 3.5, 3.5),
        ("面积", "3亩5分", 3.5),
        ("面积", "3.5亩", 3.5),
        ("面积（公顷）", 0.2, 3.0),
        ("承包面积(平方米)", 2333.33, 3.5),
        ("面积", "2333.33㎡", 3.5),
    ],
)
def test_h17_areas_in_mu(tmp_path, heading, cell, mu):
    """亩, 分, ㎡ and 公顷 become 亩."""
    head = ["合同编号", "承包方", heading, "起始日期", "终止日期", "年承包费"]
    xlsx(
        tmp_path / "合同.xlsx",
        {
            "表": [
                ["燕家庄村机动地承包合同"],
                head,
                ["01", "张伟", cell, "2010.1.1", "2039.12.31", 100],
                ["02", "李四", cell, "2010.1.1", "2039.12.31", 200],
            ]
        },
    )
    assert Round(tmp_path).rows("SELECT DISTINCT round(area_mu::DOUBLE, 1) FROM contract") == [
        (mu,)
    ]


def test_a_last_row_without_a_name_is_a_row_without_a_name(tmp_path):
    """A number and an amount: somebody's, whose name is missing; listed as such, never taken for a footer."""
    rows = [["序号", "姓名", "身份证号", "补贴金额"], [1, "张伟", A, 300], [2, "李四", B, 200], [3, None, None, 137.5]]  # fmt: skip
    xlsx(tmp_path / "燕家庄村低保.xlsx", {"5月": [*rows, ["制表人："]]})
    found = Round(tmp_path)
    assert found.rows("SELECT row, why FROM reject JOIN source_row USING (row_id)") == [
        (4, "没有享受人")
    ]
    assert found.summary.rows["footer"] == 1


@pytest.mark.parametrize(("last", "fate"), [(500, "control"), (501.5, "rejected")])
def test_a_last_amount_without_a_word_is_a_total_where_it_is_the_sum(tmp_path, last, fate):
    rows = [["姓名", "身份证号", "补贴金额"], ["张伟", A, 300], ["李四", B, 200]]
    xlsx(tmp_path / "燕家庄村低保.xlsx", {"5月": [*rows, [None, None, last]]})
    found = Round(tmp_path)
    assert found.rows("SELECT fate FROM source_row WHERE row = 4") == [(fate,)]


def test_a_ledger_that_ends_in_sums_without_a_word(tmp_path):
    """No entry of 150 and 50 is invented; a last entry that is no sum stays one."""
    rows = [HEAD, ["2023.5.1", "记-1", "收承包费", 100, None, 400], ["2023.5.2", "记-2", "购煤", None, 50, 350],
            ["2023.5.3", "记-3", "收租金", 50, None, 400]]  # fmt: skip
    xlsx(tmp_path / "燕家庄村收支.xlsx", {"a": [*rows, [None, None, None, 150, 50]]})
    xlsx(tmp_path / "周家庄村收支.xlsx", {"a": [*rows, [None, None, "付款", None, 150]]})
    found = Round(tmp_path)
    assert found.rows(
        "SELECT path, fate FROM source_row JOIN sheet USING (sheet_id) JOIN source_file USING (file_id) WHERE row = 5 ORDER BY 1"
    ) == [("周家庄村收支.xlsx", "canonical"), ("燕家庄村收支.xlsx", "control")]
