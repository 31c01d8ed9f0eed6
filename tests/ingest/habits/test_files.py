"""H05, H07, H08, H11–H16, H18: files per household, facts in names, formats, hidden things, versions."""

# ruff: noqa: E501  (one row per line)

import datetime as dt
import zipfile

import openpyxl
import xlwt
from books import IDS, Round, xlsx
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

A, B, C = IDS[:3]
CARD = "6228480260123456782"
ROLL = ["序号", "姓名", "身份证号", "补贴金额"]
LAND = [
    "承包方代表",
    "身份证号",
    "家庭成员姓名",
    "成员身份证号",
    "与承包方代表关系",
    "确权总面积(亩)",
]


def test_h05_one_file_per_household(tmp_path):
    """编号-姓名-表1, 编号-姓名表1, 姓名表1 in group folders: every tree is walked, lock files are named as such."""
    names = ("001-张伟-表1", "002-李四表1", "王芳表1")
    for at, (name, number) in enumerate(zip(names, (A, B, C), strict=True), 1):
        person = name.removesuffix("表1").strip("-0123456789")
        xlsx(
            tmp_path / f"燕家庄村/{at}组/{name}.xlsx",
            {
                "Sheet1": [
                    ["承包方调查表"],
                    LAND,
                    [person, number, person, number, "本人", 5.5],
                    [None, None, "赵六", None, "妻", None],
                ]
            },
        )
    (tmp_path / "燕家庄村/1组/~$001-张伟-表1.xlsx").write_bytes(b"\x05lock")
    found = Round(tmp_path)
    assert found.summary.files == {
        "read": 3,
        "not_recognised": 0,
        "unreadable": 0,
        "not_a_table": 1,
    }
    assert found.rows(
        "SELECT c.name, count(*) FROM land JOIN mention c ON c.mention_id = contractor GROUP BY 1 ORDER BY 1"
    ) == [("张伟", 2), ("李四", 2), ("王芳", 2)]
    assert found.rows(
        "SELECT DISTINCT village_name FROM land JOIN village USING (village_code)"
    ) == [("燕家庄村",)]
    assert "锁定" in found.one("SELECT why FROM source_file WHERE status = 'not_a_table'")


def test_h07_the_file_name_carries_town_and_programme_but_no_year(tmp_path):
    """10.24接龙镇附件4：…: a day without a year dates nothing; the programme and the columns count."""
    head = ["序号", "村", "借款人姓名", "身份证号", "贷款金额", "贴息金额", "放款日期"]
    rows = [
        [1, "燕家庄村", "张伟", A, 50000, 1825, "2023.3.1"],
        [2, "燕家庄村", "李四", B, 30000, 1095, "2023.4.1"],
    ]
    xlsx(
        tmp_path / "10.24接龙镇附件4：脱贫人口小额贷款贴息发放明细表.xlsx",
        {"Sheet1": [["附件4"], ["接龙镇脱贫人口小额贷款贴息发放明细表"], head, *rows]},
    )
    found = Round(tmp_path)
    assert found.rows("SELECT programme, programme_code, amount_yuan, loan_yuan, paid_on FROM subsidy ORDER BY row_id") == [
        ("小额贷款贴息", "B15", 1825, 50000, None), ("小额贷款贴息", "B15", 1095, 30000, None)]  # fmt: skip
    assert found.rows("SELECT village_name, town FROM village") == [("燕家庄村", "接龙镇")]


def test_h08_a_prefix_in_the_file_name_turns_the_meaning(tmp_path):
    """财政供养人员 -基本, -新增, -退出: one kind of table, three kinds of list."""
    head = ["地区名称", "工作单位", "姓名", "身份证号", "人员类别", "进入时间"]
    for name, number in zip(("基本", "新增", "退出"), (A, B, C), strict=True):
        xlsx(
            tmp_path / f"财政供养人员-{name}.xlsx",
            {
                "Sheet1": [
                    head,
                    ["平阴县", "县财政局", "张伟", number, "事业", "2010.7"],
                    ["平阴县", "县财政局", "张伟", number, "事业", "2010.7"],
                ]
            },
        )
    found = Round(tmp_path)
    assert found.rows("SELECT DISTINCT list_kind FROM payroll ORDER BY 1") == [
        ("基本",),
        ("新增",),
        ("退出",),
    ]


def test_h12_text_tricks_that_keep_long_numbers(tmp_path):
    """A leading apostrophe or TAB, ="…", a full-width space at the end: the number is what it was."""
    text = f'姓名,身份证号,银行账号,补贴金额\n张伟,\'{A},"=""{CARD}""",300\n李四,\t{B}　,{CARD}\t,200\n王芳,{C},{CARD},100\n'
    (tmp_path / "燕家庄村低保发放.csv").write_bytes(text.encode("gb18030"))
    found = Round(tmp_path)
    assert found.rows(
        "SELECT m.id_no, m.bank_no FROM subsidy JOIN mention m ON m.mention_id = beneficiary ORDER BY row_id"
    ) == [(A, CARD), (B, CARD), (C, CARD)]


def test_h13_a_household_written_once_over_its_rows(tmp_path):
    """户主 and 户号 merged over the members, the amount too: the head is every member's, the amount counts once."""
    head = ["户号", "户主姓名", "家庭成员姓名", "身份证号", "与户主关系", "户月保障金", "发放月份"]
    rows = [
        ["001", "张伟", "张伟", A, "户主", 900, "2023.5"],
        [None, None, "李四", B, "妻", None, "2023.5"],
        ["002", "王芳", "王芳", C, "户主", 400, "2023.5"],
    ]
    xlsx(
        tmp_path / "燕家庄村低保.xlsx",
        {"Sheet1": [head, *rows]},
        merges=("A2:A3", "B2:B3", "F2:F3"),
    )
    found = Round(tmp_path)
    assert found.rows("SELECT b.name, h.name, amount_yuan FROM subsidy JOIN mention b ON b.mention_id = beneficiary JOIN mention h ON h.mention_id = head ORDER BY row_id") == [
        ("张伟", "张伟", 900), ("李四", "张伟", None), ("王芳", "王芳", 400)]  # fmt: skip


def test_h14_hidden_rows_and_sheets_are_read_and_said_to_be_hidden(tmp_path):
    """What was hidden counts like the rest, and is marked; what a comment says is not lost with it."""
    path = xlsx(
        tmp_path / "燕家庄村低保.xlsx",
        {
            "5月": [ROLL, [1, "张伟", A, 300], [2, "李四", B, 200]],
            "6月": [ROLL, [1, "王芳", C, 100], [2, "张伟", A, 300]],
        },
    )
    book = openpyxl.load_workbook(path)
    book["5月"].row_dimensions[3].hidden = True
    book["6月"].sheet_state = "hidden"
    book["5月"]["D3"].comment = Comment("本人已于2022年去世", "会计")
    book.save(path)
    found = Round(tmp_path)
    assert found.rows("SELECT sheet, row, r.is_hidden, s.is_hidden FROM source_row r JOIN sheet s USING (sheet_id) ORDER BY ALL") == [
        ("5月", 2, False, False), ("5月", 3, True, False), ("6月", 2, True, True), ("6月", 3, True, True)]  # fmt: skip
    assert found.one("SELECT count(*) FROM subsidy") == 4


def test_h15_colour_and_strike_through_lose_no_row_and_are_told(tmp_path):
    """What a colour means nobody can tell; the row stays, what marks it is told, a reason in words is kept."""
    rows = [[n, f"张{c}", number, 100 * n, None] for n, c, number in zip((1, 2, 3), "伟强芳", (A, B, C), strict=True)]  # fmt: skip
    rows[1][4] = "已死亡"
    path = xlsx(tmp_path / "燕家庄村低保.xlsx", {"5月": [[*ROLL, "备注"], *rows]})
    book = openpyxl.load_workbook(path)
    for cell in book["5月"][3]:
        cell.font, cell.fill = Font(strike=True), PatternFill("solid", fgColor="FFFFFF00")
    book["5月"]["D4"].font = Font(color="FFFF0000")  # one cell is not the row
    book.save(path)
    found = Round(tmp_path)
    assert found.rows("SELECT amount_yuan, note FROM subsidy ORDER BY row_id") == [
        (100, None),
        (200, "已死亡"),
        (300, None),
    ]
    assert found.rows("SELECT row, text FROM comment JOIN source_row USING (row_id) ORDER BY ALL") == [
        (3, "本行有删除线"), (3, "本行标了黄色")]  # fmt: skip


def test_h15_a_colour_on_most_rows_says_nothing(tmp_path):
    path = xlsx(tmp_path / "燕家庄村低保.xlsx", {"5月": [ROLL, [1, "张伟", A, 300], [2, "李四", B, 2]]})  # fmt: skip
    book = openpyxl.load_workbook(path)
    for row in book["5月"]["A2:D3"]:
        for cell in row:
            cell.fill = PatternFill("solid", fgColor="FFFFFF00")
    book.save(path)
    assert Round(tmp_path).one("SELECT count(*) FROM comment") == 0


def test_h14_hidden_columns_are_read_and_said_to_be_hidden(tmp_path):
    """In .xlsx and .xls: the card stays on the person, the sheet says which columns nobody was meant to see."""
    rows = [[*ROLL, "银行账号"], [1, "张伟", A, 300, CARD], [2, "李四", B, 200, CARD]]
    path = xlsx(tmp_path / "甲村/低保.xlsx", {"5月": rows})
    book = openpyxl.load_workbook(path)
    for letter in "CE":
        book["5月"].column_dimensions[letter].hidden = True
    book.save(path)
    old = xlwt.Workbook()
    sheet = old.add_sheet("5月")
    for i, row in enumerate(rows):
        for j, cell in enumerate(row):
            sheet.write(i, j, cell)
    sheet.col(2).hidden = sheet.col(4).hidden = True
    (tmp_path / "乙村").mkdir()
    old.save(str(tmp_path / "乙村/低保.xls"))
    found = Round(tmp_path)
    assert found.rows("SELECT DISTINCT status, why FROM sheet") == [
        ("read", "有隐藏的列，已照常读入：身份证号、银行账号")
    ]
    assert found.rows("SELECT DISTINCT bank_no FROM mention") == [(CARD,)]


def test_h14_hidden_columns_and_rows_of_an_open_document(tmp_path):
    """.ods keeps them in its own way; they are read and said to be hidden all the same."""
    space = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    rows = [ROLL, ["1", "张伟", A, "300"], ["2", "李四", B, "200"]]
    lines = [
        f'<table:table-row{" table:visibility=" + chr(34) + "collapse" + chr(34) if n == 2 else ""}>'
        + "".join(f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row)
        + "</table:table-row>"
        for n, row in enumerate(rows)
    ]  # fmt: skip
    columns = '<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/><table:table-column/>'
    xml = f'<office:document-content {space}><office:body><office:spreadsheet><table:table table:name="5月">{columns}{"".join(lines)}</table:table></office:spreadsheet></office:body></office:document-content>'
    with zipfile.ZipFile(tmp_path / "燕家庄村低保.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", xml)
    found = Round(tmp_path)
    assert found.rows("SELECT why FROM sheet") == [("有隐藏的列，已照常读入：身份证号",)]
    assert found.rows("SELECT row, is_hidden FROM source_row ORDER BY 1") == [(2, False), (3, True)]


def test_h16_every_version_is_kept_and_the_difference_shown(tmp_path):
    """…, …(改), …最终版2: the last is used; the others stay on file, each with the rows that changed."""
    rows = [
        [n, f"张{c}", number, 100 * n]
        for n, (c, number) in enumerate(zip("伟强芳", (A, B, C), strict=True), 1)
    ]
    changed = [*rows[:2], [3, "张芳", C, 999]]
    xlsx(tmp_path / "燕家庄村低保2023.5.xlsx", {"表": [ROLL, *rows]})
    xlsx(tmp_path / "燕家庄村低保2023.5(改).xlsx", {"表": [ROLL, *changed]})
    xlsx(tmp_path / "燕家庄村低保2023.5最终版2.xlsx", {"表": [ROLL, *changed, [4, "张红", A, 50]]})
    found = Round(tmp_path)
    assert found.rows("SELECT sum(amount_yuan)::INT, count(*) FROM subsidy") == [
        (100 + 200 + 999 + 50, 4)
    ]
    told = dict(
        found.rows(
            "SELECT path, s.why FROM sheet s JOIN source_file USING (file_id) WHERE s.status = 'superseded'"
        )
    )
    assert "旧版有1行不在新版（第4行）" in told["燕家庄村低保2023.5.xlsx"]
    assert "新版另有1行（第5行）" in told["燕家庄村低保2023.5(改).xlsx"]


def test_the_same_book_in_two_folders_counts_once(tmp_path):
    for folder in ("镇报", "村报"):
        xlsx(
            tmp_path / folder / "燕家庄村低保2023.5.xlsx",
            {"表": [ROLL, [1, "张伟", A, 300], [2, "李四", B, 200]]},
        )
    found = Round(tmp_path)
    assert found.one("SELECT count(*) FROM subsidy") in (
        2,
        4,
    )  # equal bytes only when written in the same second
    assert found.one("SELECT max(row) FROM source_row") == 3


def test_a_day_in_the_file_name_is_no_period(tmp_path):
    """7.2…附件4: 2 July of no year."""
    xlsx(
        tmp_path / "7.2燕家庄村附件4.xlsx",
        {
            "Sheet1": [
                ["低保发放"],
                [*ROLL, "发放日期"],
                [1, "张伟", A, 300, "2023.5.6"],
                [2, "李四", B, 200, "2023.5.6"],
            ]
        },
    )
    found = Round(tmp_path)
    assert found.rows("SELECT DISTINCT paid_on FROM subsidy") == [(dt.date(2023, 5, 6),)]
