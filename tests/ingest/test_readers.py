"""Readers: the bytes decide, whatever the extension says."""

import shutil
import zipfile

import pytest
import xlwt
from books import Round, cashbook, xlsx
from python_calamine import CalamineError, CalamineWorkbook

HTML = """<html><table border=1><tr><td colspan=7>燕家庄村2023年收支明细表</td></tr><tr>{}</tr></table></html>"""


def delimited(mark):
    return "\r\n".join(mark.join("" if c is None else str(c) for c in row) for row in cashbook())


def test_every_format_gives_the_same_rows(tmp_path):
    raw = tmp_path / "raw"
    xlsx(raw / "a.xlsx", {"收支": cashbook()})
    shutil.copy(raw / "a.xlsx", raw / "b.xls")
    shutil.copy(raw / "a.xlsx", raw / "c.et")
    book = xlwt.Workbook()
    sheet = book.add_sheet("收支")
    for i, row in enumerate(cashbook()):
        for j, cell in enumerate(row):
            sheet.write(i, j, cell)
    book.save(str(raw / "d.xls"))
    (raw / "e.csv").write_text(delimited(","), encoding="gb18030")
    (raw / "f.csv").write_text(delimited(","), encoding="utf-8-sig")
    (raw / "g.csv").write_text(delimited(";"), encoding="utf-16")
    (raw / "h.xls").write_text(delimited("\t"), encoding="gb18030")
    cells = "</tr><tr>".join(
        "".join(f"<td>{'' if c is None else c}</td>" for c in row) for row in cashbook()
    )
    (raw / "i.xls").write_text(HTML.format(cells), encoding="utf-8")
    found = Round(raw)
    amounts = found.rows(
        "SELECT path, sum(receipt_yuan), sum(payment_yuan), count(payee_org) FROM cashbook JOIN source_row USING (row_id) "
        "JOIN sheet USING (sheet_id) JOIN source_file USING (file_id) GROUP BY 1 ORDER BY 1"
    )
    kept = [(path, float(a), float(b), n) for path, a, b, n in amounts]
    assert kept == [
        (p, 1000.0, 200.5, 1)
        for p in ("a.xlsx", "d.xls", "e.csv", "f.csv", "g.csv", "h.xls", "i.xls")
    ]
    assert found.summary.files == {
        "read": 9,
        "not_recognised": 0,
        "unreadable": 0,
        "not_a_table": 0,
    }
    assert (
        found.one("SELECT count(*) FROM sheet WHERE status = 'superseded'") == 2
    )  # b and c are copies of a


def test_what_is_no_table_is_named(tmp_path):
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "~$收支.xlsx").write_bytes(b"lock")
    (raw / "照片.jpg").write_bytes(b"\xff\xd8\xff")
    (raw / "说明.docx").write_bytes(b"PK\x03\x04word/document.xml")
    (raw / "坏.xlsx").write_bytes(b"PK\x03\x04 broken")
    (raw / "密.xlsx").write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    )
    (raw / "空.xlsx").write_bytes(b"")
    (raw / ".hidden").write_bytes(b"x")
    found = Round(raw)
    assert found.summary.files == {
        "read": 0,
        "not_recognised": 0,
        "unreadable": 3,
        "not_a_table": 4,
    }
    assert all(what for _, _, what, _ in found.summary.problems)
    assert "密码" in found.one("SELECT why FROM source_file WHERE path = '密.xlsx'")


def test_csv_tricks_keep_long_numbers(tmp_path):
    raw = tmp_path / "raw"
    raw.mkdir()
    lines = [
        "姓名,身份证号,银行账号,补贴金额",
        '张伟,"=""370124196001010014""",\t6228480260123456782,100',
        "李四,'370181198505201232,6.22848E+18,50",
    ]
    (raw / "2023年5月高龄津贴发放表.csv").write_text("\n".join(lines), encoding="gb18030")
    found = Round(raw)
    assert found.rows("SELECT name, id_no, id_state, bank_no FROM mention ORDER BY name") == [
        ("张伟", "370124196001010014", "valid", "6228480260123456782"),
        ("李四", "370181198505201232", "valid", None),
    ]
    assert found.rows('SELECT "column" FROM damaged') == [("beneficiary_bank_account",)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_number_of_workers_changes_nothing(tmp_path, jobs):
    for name in ("甲村", "乙村", "丙村"):
        xlsx(tmp_path / "raw" / name / "收支.xlsx", {"2023年": cashbook(), "说明": [["无"]]})
    found = Round(tmp_path / "raw", jobs)
    assert found.rows("SELECT row_id, fate FROM source_row") == [
        (i, "canonical") for i in range(1, 7)
    ]
    assert len(found.rows("SELECT DISTINCT village_code FROM cashbook")) == 3


def test_hidden_rows_and_sheets_of_old_books_are_read_and_said_to_be_hidden(tmp_path):
    import xlwt

    book = xlwt.Workbook()
    for name in ("收支", "藏"):
        sheet = book.add_sheet(name)
        for i, row in enumerate([*cashbook(), ["2023.6.1", name, "付工资", "李四", None, 10, 700]]):
            for j, cell in enumerate(row):
                sheet.write(i, j, cell)
    book.get_sheet(0).row(2).hidden = True
    book.get_sheet(1).visibility = 1
    book.save(str(tmp_path / "收支.xls"))
    found = Round(tmp_path)
    assert found.rows("SELECT sheet, is_hidden FROM sheet ORDER BY sheet_id") == [
        ("收支", False),
        ("藏", True),
    ]
    assert found.rows('SELECT "row", r.is_hidden FROM source_row r JOIN sheet USING (sheet_id) WHERE sheet = \'收支\'') == [
        (2, False), (3, True), (4, False),
    ]  # fmt: skip


def test_a_long_file_is_read_by_column_as_a_short_one_is_by_row(tmp_path, monkeypatch):
    from xuncha_lib.ingest.readers import delimited

    lines = ["燕家庄村2023年低保发放,,,", "姓名,身份证号,银行账号,补贴金额"]
    lines += [
        f'"张{i % 7}伟",\'370124196001010014,\t6228480260123456782,"1,{i:03}.5"' for i in range(60)
    ]
    lines += ["合计,,,9", "制表人：,审核人：,,"]
    text = "\r\n".join(lines)
    [by_row] = delimited.read_delimited(text.encode("gb18030"), "gb18030")
    monkeypatch.setattr(delimited, "_LONG", 0)
    [by_column] = delimited.read_delimited(text.encode("gb18030"), "gb18030")
    assert list(by_row.rows) == list(by_column.rows)


@pytest.mark.parametrize("odd", ["1,2", "a,b,c,d,e", '"x', "", "\n\n"])
def test_an_uneven_long_file_falls_back_to_rows(monkeypatch, odd):
    from xuncha_lib.ingest.readers import delimited

    text = "\n".join(["姓名,身份证号,金额", "张伟,1,2", odd, "李四,3,4"])
    [by_row] = delimited.read_delimited(text.encode("gb18030"), "gb18030")
    monkeypatch.setattr(delimited, "_LONG", 0)
    [by_column] = delimited.read_delimited(text.encode("gb18030"), "gb18030")
    assert list(by_row.rows) == list(by_column.rows)


FLAT = """<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:body><office:spreadsheet><table:table table:name="收支">{}
<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
</table:table></office:spreadsheet></office:body></office:document>"""


def _flat_row(row, hidden=""):
    cells = "".join(
        "<table:table-cell/>" if c is None else
        f'<table:table-cell office:value-type="float" office:value="{c}"/>' if isinstance(c, int) else
        f'<table:table-cell office:value-type="string"><text:p>{c}</text:p></table:table-cell>'
        for c in row
    )  # fmt: skip
    return f"<table:table-row{hidden}>{cells}</table:table-row>"


def test_open_document_sheets_with_odd_parts(tmp_path):
    """Flat ones, packages that the usual reader gives up on, hidden rows, and a password said to be one."""
    raw = tmp_path / "raw"
    raw.mkdir()
    head, first, last = cashbook()
    hidden = ' table:visibility="collapse"'
    flat = FLAT.format(_flat_row(head) + _flat_row(first) + _flat_row(last, hidden))
    (raw / "a.fods").write_text(flat, encoding="utf-8")
    for name, manifest in (("b.ods", "<m/>"), ("c.ods", "<m><encryption-data/></m>")):
        with zipfile.ZipFile(raw / name, "w") as made:
            made.writestr("content.xml", flat)
            made.writestr("META-INF/manifest.xml", manifest)
    found = Round(raw)
    assert found.rows("SELECT path, status, why FROM source_file ORDER BY file_id") == [
        ("a.fods", "read", ""), ("b.ods", "read", ""), ("c.ods", "unreadable", "文件设有打开密码"),
    ]  # fmt: skip
    assert found.rows("SELECT DISTINCT row, is_hidden FROM source_row ORDER BY ALL") == [
        (2, False),
        (3, True),
    ]


def test_a_book_that_speaks_of_word_documents_is_no_text(tmp_path):
    """A Word text pasted into a book leaves its marks in the file; the book stays a book."""
    raw = tmp_path / "raw"
    raw.mkdir()
    book = xlwt.Workbook()
    sheet = book.add_sheet("收支")
    for i, row in enumerate([["WordDocument 收支"], *cashbook()]):
        for j, cell in enumerate(row):
            sheet.write(i, j, cell)
    book.save(str(raw / "a.xls"))
    assert Round(raw).rows("SELECT status FROM source_file") == [("read",)]


def test_a_sheet_that_is_not_there_costs_no_other(tmp_path):
    """Old macros leave a sheet without a part: the fast reader gives up, the lenient one reads the rest."""
    raw = tmp_path / "raw"
    made = xlsx(tmp_path / "a.xlsx", {"收支": cashbook()})
    raw.mkdir()
    gone = b'<sheet name="Module" sheetId="9" r:id="" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/></sheets>'
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(raw / "a.xlsx", "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(
                name, data.replace(b"</sheets>", gone) if name == "xl/workbook.xml" else data
            )
    with pytest.raises(CalamineError):
        CalamineWorkbook.from_path(raw / "a.xlsx")
    assert Round(raw).rows("SELECT status FROM source_file") == [("read",)]
