"""More than two hundred files that nobody would hand in on purpose; the same ones every time."""

import datetime as dt
import io
import random
import zipfile
from pathlib import Path

import openpyxl
import xlwt
from books import IDS, cashbook
from locks import locked_book, locked_zip

HEAD = ["日期", "凭证号", "摘要", "收款人", "收入", "支出", "余额"]
ROW = ["2023.5.1", "记-1", "购办公用品", "张伟", None, 200, 800]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
VALUES = [
    1e30, -1e30, 1e308, 1e-300, "1e999", "9" * 400, "١٢٣", "½", "①", "壹佰万亿亿亿元", "-" * 50, "0x1F", "#REF!", "#DIV/0!", "#N/A",
    "NaN", "inf", "-Infinity", True, False, "\U0001f600", "很长" * 5_000, "2023-02-30", "9999-12-31", "0000-00-00", "2023年13月45日",
    dt.datetime(9999, 12, 31), dt.date(1900, 1, 1), dt.time(1, 2), 2958465, 99999999, "((((((((((", "[[", "\\d+", "%s%n{0}{x}",
    "'; DROP TABLE cashbook; --", "\t\n", "\u200b\u200b", "=1+1", "=cmd|' /C calc'!A0", "\u202e张伟", "张\u0301伟",
]  # fmt: skip
Files = dict[str, bytes]


def saved(book) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def book(rows=None, title="Sheet1") -> bytes:
    made = openpyxl.Workbook()
    made.active.title = title
    for row in rows if rows is not None else cashbook():
        made.active.append(row)
    return saved(made)


def old_book() -> bytes:
    made = xlwt.Workbook()
    sheet = made.add_sheet("收支")
    for i, row in enumerate(cashbook()):
        for j, cell in enumerate(row):
            sheet.write(i, j, cell)
    return saved(made)


def changed(data: bytes, **parts: bytes | None) -> bytes:
    """A book with some parts replaced (by the end of their names), or left out."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            key = name.rsplit("/", 1)[-1].split(".")[0]
            if key not in parts:
                new.writestr(name, old.read(name))
            elif parts[key] is not None:
                new.writestr(name, parts[key])
    return out.getvalue()


def archive(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return out.getvalue()


def sheet(inner: str, head: str = "") -> bytes:
    return f'<?xml version="1.0"?>{head}<worksheet xmlns="{MAIN}">{inner}</worksheet>'.encode()


def values() -> Files:
    found = {}
    for i, value in enumerate(VALUES):
        odd = [[value if j in (0, 2, 5) else cell for j, cell in enumerate(ROW)]]
        found[f"value{i:02}.xlsx"] = book([HEAD, ROW, *odd, ROW])
        heads = [*HEAD[:3], value, *HEAD[4:]]
        found[f"heading{i:02}.xlsx"] = book([heads, ROW, ROW])
    return found


def harmed() -> Files:
    """Cut short, and with bytes changed."""
    found, chance = {}, random.Random(7)
    for kind, whole in (("xlsx", book()), ("xls", old_book())):
        for i in range(18):
            found[f"cut{i:02}.{kind}"] = whole[: len(whole) * (i + 1) // 20]
        for i in range(18):
            data = bytearray(whole)
            for _ in range(1 + i * 2):
                data[chance.randrange(len(data))] = chance.randrange(256)
            found[f"flip{i:02}.{kind}"] = bytes(data)
    return found


def misnamed() -> Files:
    text = "\n".join(",".join(str(c or "") for c in row) for row in cashbook())
    lines = ["".join(f"<td>{cell or 0}</td>" for cell in row) for row in cashbook()]
    page = "<html><table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"
    contents = {
        "book": book(),
        "old": old_book(),
        "text": text.encode("gb18030"),
        "page": page.encode(),
    }
    found = {
        f"{name}.{ending}": data
        for name, data in contents.items()
        for ending in ("xls", "xlsx", "et", "csv", "txt", "dat")
    }
    for ending in ("xls", "xlsx", "et", "csv", "ods", "xlsb", "html", "zip"):
        found[f"empty.{ending}"] = b""
        found[f"one.{ending}"] = b"P"
    for i, data in enumerate(
        (b"%PDF-1.4 x", b"\x89PNG\r\n\x1a\n" + bytes(99), b"\x7fELF" + bytes(99), bytes(5_000))
    ):
        found[f"other{i}.xlsx"] = data
    return found


def structures() -> Files:
    whole, cell = book(), '<row r="1"><c r="A1"><v>1</v></c></row>'
    sheets = {
        "last_cell": f'<sheetData>{cell}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
        "beyond": f'<sheetData>{cell}<row r="99999999"><c r="ZZZZ99999999"><v>1</v></c></row></sheetData>',
        "row_0": '<sheetData><row r="0"><c r="A0"><v>1</v></c></row></sheetData>',
        "disorder": '<sheetData><row r="9"><c r="B9"><v>1</v></c></row><row r="2"><c r="A2"><v>1</v></c></row></sheetData>',
        "no_ref": "<sheetData><row><c><v>1</v></c><c/></row></sheetData>", "bad_ref": '<sheetData><row r="x"><c r="??"/></row></sheetData>',
        "bad_string": '<sheetData><row r="1"><c r="A1" t="s"><v>999999</v></c></row></sheetData>',
        "bad_number": '<sheetData><row r="1"><c r="A1"><v>一二三</v></c></row></sheetData>', "unclosed": "<sheetData><row><c>", "nothing": "",
        "merge_all": f'<sheetData>{cell}</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        "columns": "<sheetData><row r=\"1\">" + "<c><v>1</v></c>" * 16_384 + "</row></sheetData>",
        "deep": "<a>" * 3_000 + "</a>" * 3_000,
    }  # fmt: skip
    found = {f"{name}.xlsx": changed(whole, sheet1=sheet(inner)) for name, inner in sheets.items()}
    old = "<Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>"
    twice = [f'<!ENTITY a{i} "&a{i - 1};&a{i - 1};">' for i in range(1, 30)]
    laugh = f"<!DOCTYPE x [<!ENTITY a0 'x'>{''.join(twice)}]>"
    found["entities.xlsx"] = changed(whole, sheet1=sheet("<sheetData>&a29;</sheetData>", laugh))
    found["entities.xls"] = f"{laugh}{old}&a29;</Workbook>".encode()
    outside = "<!DOCTYPE x [<!ENTITY f SYSTEM 'file:///etc/passwd'>]>"
    found["outside.xls"] = f"{outside}{old}&f;</Workbook>".encode()
    for part in ("sheet1", "styles", "workbook", "sharedStrings"):
        found[f"without_{part}.xlsx"] = changed(whole, **{part: None})
        found[f"empty_{part}.xlsx"] = changed(whole, **{part: b""})
    return found


def archives() -> Files:
    inner = archive({"a.xlsx": book()})
    nested = inner
    for _ in range(6):
        nested = archive({"inner.zip": nested})
    bomb = archive({"bomb.csv": bytes(40_000_000)})
    return {
        "bomb.zip": archive({f"{i}.zip": bomb for i in range(4)}), "nested.zip": nested, "empty.zip": archive({}),
        "up.zip": archive({"../../../a.xlsx": book(), "/etc/b.xlsx": book(), "C:\\c.xlsx": book(), "..": b"x"}),
        "many.zip": archive({f"{i}.txt": b"" for i in range(6_000)}), "cut.zip": inner[: len(inner) // 2], "locked.zip": locked_zip("a.xlsx", book(), b"x"),
        "locked.xlsx": locked_book(book(), "x"), "padded.xlsx": book() + bytes(1_000), "twice.xlsx": book() + book(),
        "big_part.xlsx": archive({"[Content_Types].xml": bytes(90_000_000), "xl/workbook.xml": b""}),
    }  # fmt: skip


def texts() -> Files:
    head, row = ",".join(HEAD), ",".join(str(c or "") for c in ROW)
    whole = f"{head}\n{row}\n{row}"
    found = {f"as_{code}.csv": whole.encode(code) for code in ("gbk", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "big5hkscs")
             if code != "big5hkscs" or all(c.encode(code, "ignore") for c in whole)}  # fmt: skip
    odd = {
        "nul": f"{head}\n{row}\n\0\0,\0\n{row}", "quote": f'{head}\n"{row}\n{row}', "ragged": f"{head}\n{row},,,,1,2,3\n1\n\n,,,\n{row}",
        "long_cell": f"{head}\n{row}{'长' * 200_000}", "only_commas": "," * 5_000, "crcr": f"{head}\r\r\r{row}\r\r", "space": " \n \n",
        "control": f"{head}\n\x01\x02{row}\x1b[31m", "bom": f"\ufeff\ufeff{head}\n{row}", "formula": f"{head}\n=1+1,=A1,=cmd|' /C calc'!A0,,,=1e9,",
        "wide": ",".join(map(str, range(30_000))) + "\n" + ",".join(["1"] * 30_000), "one_line": "甲" * 300_000, "tabs": "\t" * 3_000,
        "long_quote": f'{head}\n"' + f"{row}\n" * 20_000, "long_ragged": f"{head}\n" + f"{row}\n" * 15_000 + "1,2\n" + f"{row}\n" * 9,
        "long_mixed": f"{head}\n" + f"{row}\r\n{row}\r{row}\n" * 8_000, "only_quotes": '"' * 999, "page": "<table><tr><td>" * 2_000,
        "spans": "<table><tr><td colspan=99999999 rowspan=99999999>1</td></tr></table>", "script": "<table><script>while(1);</script><tr><td>1",
    }  # fmt: skip
    found |= {f"{name}.csv": text.encode() for name, text in odd.items()}
    found["half.csv"] = whole.encode("gb18030")[:-1]
    found["mixed.csv"] = head.encode() + b"\n" + row.encode("gb18030")
    return found


def contents() -> Files:
    """Sound books with what few books have."""
    made = openpyxl.Workbook()
    made.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    for row in [HEAD, [dt.datetime(2023, 5, 1), *ROW[1:]]]:
        made.active.append(row)
    found = {"from_1904.xlsx": saved(made)}
    hidden = openpyxl.Workbook()
    hidden.create_sheet("藏").sheet_state = "veryHidden"
    for row in cashbook():
        hidden.active.append(row)
    hidden.active.row_dimensions[2].hidden = True
    hidden.active["A2"].comment = openpyxl.comments.Comment("去世后仍在领", "会计")
    found["hidden.xlsx"] = saved(hidden)
    with_macro = io.BytesIO(book())
    with zipfile.ZipFile(with_macro, "a") as more:
        more.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" + bytes(100))
        more.writestr("xl/externalLinks/externalLink1.xml", b"<externalLink/>")
    found["macro.xlsm"] = with_macro.getvalue()
    for i, rows in enumerate((
        [HEAD + HEAD, ROW + ROW], [["金额"] * 8, [1] * 8], [HEAD] * 30, [HEAD], [[None] * 7] * 40 + [HEAD, ROW], [["x"] * 7] * 3,
        [["合计", None, None, None, 1, 2, 3]], [["姓名", "身份证号", "2023年13月", "99月", "0月"], ["张伟", IDS[0], 1, 2, 3]], [[1]], [],
        [HEAD, *[[f"{i}月合计"] * 7 for i in range(50)]], [[*HEAD, *[None] * 1_990, "末"], [*ROW, *[None] * 1_990, 1]],
    )):  # fmt: skip
        found[f"content{i:02}.xlsx"] = book(rows)
    return found


def names() -> Files:
    found = {
        f"{name}.xlsx": book()
        for name in (
            "(",
            "[a-z]+",
            "%20%s",
            " ",
            "a'b;",
            "名" * 70,
            "\U0001f600",
            "\u202e",
            "-rf",
            "CON",
            "没有.后缀.",
        )
    }
    for i, title in enumerate(("'", "长" * 31, "1月", "\U0001f600", "合计")):
        found[f"title{i}.xlsx"] = book(title=title)
    long_name = b'<sheet name="' + "长".encode() * 300 + b'" sheetId="1" r:id="rId1"/>'
    head = f'<workbook xmlns="{MAIN}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
    found["long_title.xlsx"] = changed(
        book(), workbook=head.encode() + long_name + b"</sheets></workbook>"
    )
    return found


FAMILIES = (values, harmed, misnamed, structures, archives, texts, contents, names)


def write(folder: Path) -> list[str]:
    """Write them all; their paths below `folder`."""
    paths = []
    for family in FAMILIES:
        for name, data in family().items():
            path = folder / family.__name__ / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            paths.append(path.relative_to(folder).as_posix())
    return sorted(paths)
