"""H01–H04, H06: titles, heads of several levels, a year in sheets, villages in sheets, several tables on one sheet."""

# ruff: noqa: E501  (one row per line)

import datetime as dt

from books import IDS, Round, xlsx

A, B, C = IDS[:3]
CARD = "6228480260123456782"
BOOK = ["日期", "凭证号", "摘要", "收款人", "收入", "支出", "余额"]


def ledger(month, n=3):
    return [
        [f"{month}.{d}", f"记-{d}", f"购办公用品{d}", "张伟", None, 100 + d, 9000 - d]
        for d in range(1, n + 1)
    ]


def test_h01_a_head_below_titles_on_row_three_and_four(tmp_path):
    """A merged title, a line of unit and maker, a blank row: the head is found and the year is in the title."""
    for name, above in {"三": [["孔村镇燕家庄村2023年村级财务收支明细表"], ["编制单位：燕家庄村民委员会　　　　单位：元"]],
                        "四": [["孔村镇燕家庄村"], ["2023年度村级财务收支明细表"], ["编制单位：燕家庄村", None, None, None, None, "单位：元"]]}.items():  # fmt: skip
        xlsx(tmp_path / f"{name}.xlsx", {"Sheet1": [*above, BOOK, *ledger(5)]}, merges=("A1:G1",))
    found = Round(tmp_path)
    assert found.rows("SELECT header_row, table_name FROM sheet ORDER BY 1") == [
        (3, "cashbook"),
        (4, "cashbook"),
    ]
    assert found.rows("SELECT DISTINCT entry_on FROM cashbook ORDER BY 1")[0] == (
        dt.date(2023, 5, 1),
    )
    assert found.rows("SELECT village_name FROM village") == [("燕家庄村",)]


def test_h02_two_and_three_levels_with_the_standard_inside_the_heading(tmp_path):
    """保障人数/分解/重点保障人数 and 领取金额/分解/重点救助60元: totals and parts are told apart."""
    rows = [
        ["孔村镇2023年5月农村低保金发放表"],
        [
            "序号",
            "村名",
            "户主姓名",
            "身份证号",
            "保障人数",
            None,
            None,
            "领取金额",
            None,
            None,
            "账号",
        ],
        [None, None, None, None, "合计", "分解", None, "合计", "分解", None, None],
        [
            None,
            None,
            None,
            None,
            None,
            "重点保障人数",
            "一般保障人数",
            None,
            "家庭补差",
            "重点救助60元",
            None,
        ],
        [1, "燕家庄村", "张伟", A, 3, 1, 2, 960, 900, 60, CARD],
        [2, "燕家庄村", "李四", B, 2, 0, 2, 600, 600, 0, CARD],
        ["合计", None, None, None, 5, 1, 4, 1560, 1500, 60, None],
    ]
    merges = (
        "A1:K1",
        "A2:A4",
        "B2:B4",
        "C2:C4",
        "D2:D4",
        "K2:K4",
        "E2:G2",
        "H2:J2",
        "E3:E4",
        "F3:G3",
        "H3:H4",
        "I3:J3",
    )
    xlsx(tmp_path / "低保.xlsx", {"5月": rows}, merges=merges)
    found = Round(tmp_path)
    assert found.rows("SELECT header_row, header_rows, table_name FROM sheet") == [
        (2, 3, "subsidy")
    ]
    assert found.rows("SELECT amount_yuan, people, paid_on FROM subsidy ORDER BY row_id") == [
        (960, 3, dt.date(2023, 5, 1)), (600, 2, dt.date(2023, 5, 1))]  # fmt: skip


def test_h03_a_year_in_twelve_sheets_and_their_sum(tmp_path):
    """The sheet's name is the month; the sheet 汇总 repeats what the twelve say and does not count again."""
    head = ["序号", "姓名", "身份证号", "补贴金额", "账号"]
    sheets = {
        f"{m}月": [
            ["2023年高龄津贴发放表"],
            head,
            [1, "张伟", A, 100, CARD],
            [2, "李四", B, 80, CARD],
        ]
        for m in range(1, 13)
    }
    sheets["汇总"] = [
        ["2023年高龄津贴发放汇总表"],
        head,
        [1, "张伟", A, 1200, CARD],
        [2, "李四", B, 960, CARD],
        ["合计", None, None, 2160, None],
    ]
    xlsx(tmp_path / "燕家庄村/2023年高龄津贴.xlsx", sheets)
    found = Round(tmp_path)
    assert found.rows("SELECT count(*), sum(amount_yuan)::INT FROM subsidy") == [(24, 2160)]
    assert found.rows("SELECT month(period_from), count(*) FROM subsidy GROUP BY 1 ORDER BY 1") == [
        (m, 2) for m in range(1, 13)
    ]
    assert found.rows("SELECT status FROM sheet WHERE sheet = '汇总'") == [("superseded",)]
    assert "汇总" in found.one("SELECT why FROM sheet WHERE sheet = '汇总'")


def test_h03_a_sheet_called_sum_alone_is_data(tmp_path):
    """Without monthly sheets beside it, 汇总 is the only list there is."""
    head = ["序号", "姓名", "身份证号", "补贴金额", "账号"]
    xlsx(
        tmp_path / "燕家庄村2023年高龄津贴.xlsx",
        {"汇总": [head, [1, "张伟", A, 1200, CARD], [2, "李四", B, 960, CARD]]},
    )
    assert Round(tmp_path).one("SELECT count(*) FROM subsidy") == 2


def test_h04_villages_in_sheets_and_villages_stacked(tmp_path):
    """One sheet per village; and one sheet with a line per village before its rows and a 小计 after them."""
    xlsx(
        tmp_path / "孔村镇2023年收支.xlsx",
        {"燕家庄村": [BOOK, *ledger("2023.5")], "周家庄": [BOOK, *ledger("2023.6", 2)]},
    )
    head = ["序号", "姓名", "身份证号", "补贴金额"]
    stacked = [["孔村镇2023年5月残疾人补贴"], head, ["燕家庄村"], [1, "张伟", A, 100], [2, "李四", B, 80], ["小计", None, None, 180],
               ["周家庄村"], [1, "王芳", C, 90], ["小计", None, None, 90], ["合计", None, None, 270]]  # fmt: skip
    xlsx(tmp_path / "孔村镇残疾人补贴.xlsx", {"Sheet1": stacked})
    found = Round(tmp_path)
    assert found.rows(
        "SELECT village_name, count(*) FROM cashbook JOIN village USING (village_code) GROUP BY 1 ORDER BY 2 DESC"
    ) == [("燕家庄村", 3), ("周家庄村", 2)]
    assert found.rows("SELECT village_name, sum(amount_yuan)::INT FROM subsidy JOIN village USING (village_code) GROUP BY 1 ORDER BY 2 DESC") == [
        ("燕家庄村", 180), ("周家庄村", 90)]  # fmt: skip
    assert found.rows("SELECT DISTINCT agrees FROM control_total") == [(True,)]


def test_h06_two_tables_on_one_sheet(tmp_path):
    """确权 then 变动: two heads, two tables; each row belongs to the one above it, with its own titles."""
    rows = [
        ["一、确权登记情况"],
        ["承包方代表", "身份证号", "家庭成员姓名", "与承包方代表关系", "确权总面积(亩)"],
        ["张伟", A, "张伟", "本人", 8.5],
        ["张伟", A, "李四", "妻", 8.5],
        [],
        ["二、土地流转情况"],
        ["流出方", "流入方", "流转面积(亩)", "流转期限"],
        ["张伟", "宏达种植专业合作社", 3.5, "2020.1.1-2025.12.31"],
    ]
    xlsx(tmp_path / "燕家庄村承包地.xlsx", {"Sheet1": rows})
    found = Round(tmp_path)
    assert found.rows("SELECT table_name, header_row, rows FROM sheet ORDER BY 2") == [
        ("land", 2, 2),
        ("land_transfer", 7, 1),
    ]
    assert found.rows("SELECT row FROM land_transfer JOIN source_row USING (row_id)") == [(8,)]


def test_the_month_and_the_village_wherever_they_are_written(tmp_path):
    """In the sheet, the title, the file, the folder or a separator line; the nearest wins."""
    head = ["序号", "姓名", "身份证号", "补贴金额"]
    row = [[1, "张伟", A, 100], [2, "李四", B, 80]]
    xlsx(tmp_path / "a/孔村镇/燕家庄村/2023年低保.xlsx", {"3月": [head, *row]})
    xlsx(tmp_path / "b/孔村镇2023年4月低保（燕家庄村）.xlsx", {"Sheet1": [head, *row]})
    xlsx(
        tmp_path / "c/低保.xlsx",
        {"Sheet1": [["孔村镇燕家庄村2023年5月份农村低保发放花名册"], head, *row]},
    )
    xlsx(
        tmp_path / "d/2023低保/六月.xlsx",
        {"Sheet1": [["二〇二三年六月低保发放"], head, ["燕家庄村"], *row]},
    )
    found = Round(tmp_path)
    assert found.rows("SELECT month(period_from), village_name, count(*) FROM subsidy JOIN village USING (village_code) GROUP BY ALL ORDER BY 1") == [
        (m, "燕家庄村", 2) for m in (3, 4, 5, 6)]  # fmt: skip


def test_when_a_table_was_written_is_not_its_month(tmp_path):
    """The sheet says April; 填表日期 is the day somebody filled it in. A span of years in a file name is no year."""
    head, row = ["姓名", "身份证号", "补贴金额"], ["张伟", A, 100]
    xlsx(
        tmp_path / "2024年低保.xlsx",
        {"4月": [["农村低保发放表"], ["填表日期：2024年12月30日"], head, row]},
    )
    house = ["户主姓名", "身份证号", "补助金额", "竣工日期"]
    xlsx(
        tmp_path / "农村危房改造补助对象（2010-2024）.xlsx",
        {"s": [["农村危房改造补助对象花名册"], house, ["李四", B, 20000, "2021.9.17"]]},
    )
    found = Round(tmp_path)
    assert found.rows("SELECT period_from::VARCHAR, paid_on::VARCHAR FROM subsidy ORDER BY amount_yuan") == [
        ("2024-04-01", "2024-04-01"), (None, "2021-09-17")]  # fmt: skip


def test_a_pay_sheet_of_a_month_is_that_month(tmp_path):
    head = ["姓名", "身份证号", "职务", "基本报酬", "绩效", "实发金额"]
    book = {
        f"{m}月": [
            [f"孔村镇2024年{m}月村干部报酬发放表"],
            head,
            ["张伟", A, "党支部书记", 3000, 0, 3000],
        ]
        for m in (1, 2)
    }
    xlsx(tmp_path / "报酬.xlsx", book)
    assert Round(tmp_path).rows("SELECT month_on::VARCHAR FROM wage ORDER BY 1") == [("2024-01-01",), ("2024-02-01",)]  # fmt: skip


def test_months_of_one_year_in_a_cell(tmp_path):
    head = ["姓名", "身份证号", "发放金额", "发放期间"]
    rows = [
        ["张伟", A, 100, "2024年1-3月"],
        ["张伟", A, 100, "2024年4-12月"],
        ["李四", B, 80, "2024年第1季度"],
    ]
    xlsx(tmp_path / "特困供养金.xlsx", {"s": [["2024年特困人员供养金发放表"], head, *rows]})
    assert Round(tmp_path).rows("SELECT period_from::VARCHAR, period_to::VARCHAR FROM subsidy ORDER BY ALL") == [
        ("2024-01-01", "2024-03-01"), ("2024-01-01", "2024-03-01"), ("2024-04-01", "2024-12-01")]  # fmt: skip
