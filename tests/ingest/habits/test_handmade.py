"""Books an accountant makes by hand: own words for headings, totals anywhere, the head again on the next page."""

# ruff: noqa: E501  (one row per line)

import datetime as dt
import zipfile

import pytest
from books import IDS, Round, xlsx

from xuncha_lib.ingest.readers.word import read_word

A, B, C, D = IDS
CARDS = ("6228480260123456782", "6228480260123456790", "6228480260123456808", "6228480260123456816")
PAID = "SELECT row, m.name, m.id_no, amount_yuan FROM subsidy JOIN source_row USING (row_id) JOIN mention m ON m.mention_id = beneficiary ORDER BY 1"


def test_the_title_names_the_table_and_values_the_columns(tmp_path):
    """谁领, 给补: no heading is known but the title is; names, numbers, cards and the one sum given say the rest."""
    head = ["谁领", "证号", "几队的", "给补", "卡", "打上没"]
    rows = [
        [name, number, "1队", 300.5, card, "成功"]
        for name, number, card in zip(("张伟", "李梅", "王芳", "赵强"), IDS, CARDS, strict=True)
    ]
    xlsx(
        tmp_path / "燕家庄村.xlsx",
        {"Sheet1": [["燕家庄村分散供养特困对象资金拨付明细"], head, *rows]},
    )
    found = Round(tmp_path)
    assert found.rows(PAID) == [
        (n, name, number, 300.5)
        for n, (name, number) in enumerate(
            zip(("张伟", "李梅", "王芳", "赵强"), IDS, strict=True), 3
        )
    ]
    assert found.one("SELECT DISTINCT programme_code FROM subsidy") == "B04"


def test_without_a_title_such_columns_stay_unread(tmp_path):
    """The same columns with nothing that names them: listed, not guessed."""
    head = ["谁", "证号", "几队的", "多少", "卡", "打上没"]
    rows = [
        [name, number, "1队", 300.5, card, "成功"]
        for name, number, card in zip(("张伟", "李梅", "王芳", "赵强"), IDS, CARDS, strict=True)
    ]
    xlsx(tmp_path / "表1.xlsx", {"Sheet1": [head, *rows]})
    assert Round(tmp_path).kinds() == [None]


@pytest.mark.parametrize("word", ["合 计", "共计", "全村合计", "小计"])
def test_a_total_below_an_id_number_is_nobody(tmp_path, word):
    rows = [["身份证号", "姓名", "补贴金额"], [A, "张伟", 100], [B, "李梅", 200], [word, None, 300]]
    xlsx(tmp_path / "燕家庄村低保.xlsx", {"5月": rows})
    found = Round(tmp_path)
    assert found.summary.rows == {
        "read": 3,
        "canonical": 2,
        "control": 1,
        "footer": 0,
        "rejected": 0,
    }


def test_the_head_again_on_the_next_page_under_unknown_words(tmp_path):
    """过次页, the head once more, 承前页: no entry, although not all of its words are known."""
    head = ["日期", "啥事", "收进", "付出去", "手里剩"]
    rows = [
        ["现金日记账"], head, ["2023.5.1", "收承包费", 900, None, 900], ["2023.5.2", "付电费", None, 30, 870], ["过次页", None, 900, 30, 870],
        head, ["承前页", None, 900, 30, 870], ["2023.5.3", "付水费", None, 20, 850], ["2023.5.4", "购煤", None, 50, 800],
    ]  # fmt: skip
    xlsx(tmp_path / "燕家庄村.xlsx", {"Sheet1": rows})
    found = Round(tmp_path)
    assert found.rows("SELECT entry_on, receipt_yuan, payment_yuan FROM cash_journal ORDER BY row_id") == [
        (dt.date(2023, 5, 1), 900, None), (dt.date(2023, 5, 2), None, 30), (dt.date(2023, 5, 3), None, 20), (dt.date(2023, 5, 4), None, 50)]  # fmt: skip
    assert found.summary.rows["rejected"] == 0


def test_the_stated_total_of_two_allowances_is_what_was_paid(tmp_path):
    rows = [
        ["姓名", "身份证号", "残疾类别", "生活补贴", "合计"],
        ["张伟", A, "肢体", 0, 144],
        ["李梅", B, "视力", 151, 295],
        ["王芳", C, "肢体", 151, 151],
    ]
    xlsx(tmp_path / "燕家庄村残疾人两项补贴2023.5.xlsx", {"5月": rows})
    assert [amount for *_, amount in Round(tmp_path).rows(PAID)] == [144, 295, 151]


def test_numbers_that_differ_within_a_household_are_the_members(tmp_path):
    """姓名 | 户主 | 身份证号: as many numbers as names, fewer heads."""
    rows = [
        ["姓名", "户主", "身份证号", "与户主关系"],
        ["张伟", "张伟", A, "户主"],
        ["李梅", "张伟", B, "妻"],
        ["张小", "张伟", C, "子"],
        ["张大", "张伟", D, "父"],
    ]
    xlsx(tmp_path / "燕家庄村户籍.xlsx", {"Sheet1": rows})
    assert Round(tmp_path).rows("SELECT m.name, m.id_no FROM household JOIN mention m ON m.mention_id = person ORDER BY household.row_id") == [
        ("张伟", A), ("李梅", B), ("张小", C), ("张大", D)]  # fmt: skip


def test_days_kept_as_numbers_under_a_word_that_asks_when(tmp_path):
    rows = [
        ["死亡人员信息表"],
        ["姓名", "身份证号", "啥时候走的"],
        ["张伟", A, 45124],
        ["李梅", B, 45083],
        ["王芳", C, 45090],
    ]
    xlsx(tmp_path / "燕家庄村.xlsx", {"Sheet1": rows})
    assert Round(tmp_path).rows("SELECT died_on FROM death ORDER BY row_id LIMIT 1") == [
        (dt.date(2023, 7, 17),)
    ]


def test_sums_in_the_numerals_of_cheques(tmp_path):
    rows = [
        ["2024年村级工程项目台账"],
        ["工程名称", "施工单位", "包干价"],
        ["村部维修", "宏达建筑有限公司", "叁拾肆万陆仟零柒拾叁元整"],
        ["修桥", "广源建筑有限公司", "壹拾万捌仟柒佰零贰元整"],
    ]
    rows[1][2] = "合同价"
    xlsx(tmp_path / "燕家庄村.xlsx", {"Sheet1": rows})
    assert Round(tmp_path).rows("SELECT contract_yuan FROM project ORDER BY row_id") == [
        (346073,),
        (108702,),
    ]


def test_a_card_told_by_its_shape_and_title(tmp_path):
    """One label of the card is known, the title names the table."""
    rows = [["燕家庄村村“两委”成员登记卡"], ["单位：元"], ["任职人员", "张伟", None, "身份证号", A], ["所任职务名称", "村委会主任", None, "任职起始年月", "2021.1.7"],
            ["政治身份", "群众", None, "移动通信号码", "13805310000"], ["制表人：", None, "审核人：", None, "村书记(签字)："]]  # fmt: skip
    xlsx(tmp_path / "燕家庄村/001-张伟表1.xlsx", {"Sheet1": rows})
    found = Round(tmp_path)
    assert found.rows("SELECT row, m.name, m.id_no, post FROM committee JOIN source_row USING (row_id) JOIN mention m ON m.mention_id = person") == [
        (3, "张伟", A, "村委会主任")]  # fmt: skip
    assert found.summary.rows["footer"] == 1


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word(path, *blocks):
    """A document of lines (text) and tables (rows of cells; a tuple is a text and the columns it spans)."""

    def cell(one):
        text, span = one if isinstance(one, tuple) else (one, 1)
        return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr><w:p><w:r><w:t>{"" if text is None else text}</w:t></w:r></w:p></w:tc>'

    parts = [
        f"<w:p><w:r><w:t>{block}</w:t></w:r></w:p>" if isinstance(block, str)
        else "<w:tbl>" + "".join(f"<w:tr>{''.join(map(cell, row))}</w:tr>" for row in block) + "</w:tbl>"
        for block in blocks
    ]  # fmt: skip
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{W}"><w:body>{"".join(parts)}</w:body></w:document>',
        )


def test_tables_of_a_word_document(tmp_path):
    """H11: each table is a sheet, the lines above it its titles; spans count as merged cells."""
    roll = [
        ["序号", "姓名", "身份证号", "补贴金额"],
        ["1", "张伟", A, "100"],
        ["2", "李梅", B, "200"],
        [("合计", 3), "300"],
    ]
    word(
        tmp_path / "附件.docx",
        "燕家庄村2023年5月低保发放表",
        "单位：元",
        roll,
        "2023年村“两委”成员名册",
        [["姓名", "职务", "身份证号"], ["王芳", "村主任", C]],
    )
    found = Round(tmp_path)
    assert found.rows("SELECT sheet, table_name FROM sheet") == [
        ("表1", "subsidy"),
        ("表2", "committee"),
    ]
    assert [amount for *_, amount in found.rows(PAID)] == [100, 200]
    assert found.summary.rows == {
        "read": 4,
        "canonical": 3,
        "control": 1,
        "footer": 0,
        "rejected": 0,
    }


def test_a_table_inside_a_cell_gives_no_rows_of_the_outer_one(tmp_path):
    """Its words are text of the cell; rows in a frame of the editor are rows like any other."""

    def row(*cells):
        return "<w:tr>" + "".join(f"<w:tc>{c}</w:tc>" for c in cells) + "</w:tr>"

    def line(text):
        return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"

    inner = f"<w:tbl>{row(line('甲'), line('乙'))}</w:tbl>"
    framed = f"<w:sdt><w:sdtContent>{row(line('李梅'), line('2'))}</w:sdtContent></w:sdt>"
    body = f"<w:tbl>{row(line('姓名'), line('金额'))}{row(line('张伟'), inner + line('1'))}{framed}</w:tbl>"
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')  # fmt: skip
    [grid] = read_word(path.read_bytes())
    assert [list(one) for one in grid.rows] == [["姓名", "金额"], ["张伟", "甲\n乙\n1"], ["李梅", "2"]]  # fmt: skip


def test_a_letter_with_a_table_of_something_else_is_no_table(tmp_path):
    word(
        tmp_path / "会议通知.docx",
        "关于召开会议的通知",
        [["时间安排", "内容安排"], ["上午", "开会"]],
    )
    word(tmp_path / "无表.docx", "没有表格")
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04 word/document.xml")
    found = Round(tmp_path)
    assert found.rows("SELECT DISTINCT status FROM source_file") == [("not_a_table",)]


def test_a_pupil_without_a_parent_is_whom_the_money_is_for(tmp_path):
    rows = [
        ["学生姓名", "受助人证件号", "学校", "补贴金额"],
        ["张伟", A, "职业中专", 1500],
        ["李梅", B, "职业中专", 1500],
    ]
    xlsx(tmp_path / "燕家庄村雨露计划2024.xlsx", {"Sheet1": rows})
    assert Round(tmp_path).rows(PAID) == [(2, "张伟", A, 1500), (3, "李梅", B, 1500)]


def test_money_that_walks_in_and_money_that_walks_out(tmp_path):
    """走进来的钱 came in: the word they share says nothing of the way."""
    rows = [
        ["银行存款日记账"],
        ["入账日期", "摘要", "走出去的钱", "走进来的钱", "余额", "对方户名"],
    ]
    rows += [
        [
            f"2024.1.{n}",
            "付电费" if n % 2 else "收承包费",
            400 if n % 2 else None,
            None if n % 2 else 900,
            5000,
            "张伟",
        ]
        for n in range(1, 13)
    ]
    xlsx(tmp_path / "燕家庄村银行流水.xlsx", {"Sheet1": rows})
    found = Round(tmp_path)
    assert found.rows("SELECT count(in_yuan), count(out_yuan) FROM bank_flow") == [(6, 6)]
    assert found.summary.rows["rejected"] == 0
