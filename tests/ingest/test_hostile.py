"""Files that nobody would write on purpose: each may cost itself, never the round."""

import datetime as dt
import math

import openpyxl
import pytest
from books import IDS, Round, cashbook, xlsx

from xuncha_lib.errors import XunchaError

HEAD = ["日期", "凭证号", "摘要", "收款人", "收入", "支出", "余额"]
ROW = ["2023.5.1", "记-1", "购办公用品", "张伟", None, 200, 800]
ROLL = ["序号", "姓名", "身份证号", "银行账号", "金额", "发放日期"]


def line(**changed):
    """The usual line of a ledger with some cells replaced, by heading."""
    return [changed.get(name, cell) for name, cell in zip(HEAD, ROW, strict=True)]


VALUES = [
    1e30, -1e30, 1e308, 10**40, 1e-300, "1e999", "9" * 400, "1E+400", "١٢٣", "½", "²", "①", "壹佰万亿亿亿元", "-" * 50, "1,2,3,4", "0x1F",
    "#REF!", "#DIV/0!", "#N/A", "#NAME?", "NaN", "inf", "-Infinity", True, False, "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    "很长" * 5_000, "2023-02-30", "9999-12-31", "0000-00-00", "2023年13月45日", dt.datetime(9999, 12, 31), dt.date(1900, 1, 1), dt.time(1, 2),
    dt.timedelta(days=400_000), 2958465, 99999999, "((((((((((", "[[", "\\d+", "%s%n{0}{x}", "'; DROP TABLE cashbook; --", "\t\n", "\u200b\u200b",
]  # fmt: skip
"""What may stand in a cell."""


def put(raw, name, rows, **sheets):
    xlsx(raw / f"{name}.xlsx", {"Sheet1": rows, **sheets})


def odd_values(raw):
    for i, value in enumerate(VALUES):
        odd = [line(**{column: value}) for column in ("日期", "摘要", "支出")]
        put(raw, f"v{i:02}", [HEAD, line(), *odd, line()])
        put(raw, f"r{i:02}", [ROLL, [1, "李四", IDS[0], "6228480260123456782", 100, "2023.5.1"],
                              [value, value, value, value, value, value]])  # fmt: skip


def odd_sheets(raw):
    for i, value in enumerate(
        [1e30, float(2**70), "NaN", "#REF!", dt.datetime(9999, 12, 31), True, "", "x" * 3_000]
    ):
        put(raw, f"h{i}", [[value] * 7, ROW, ROW])
        put(raw, f"hm{i}", [[*HEAD[:6], value], ROW, ROW])
    put(raw, "two_thousand_columns", [[*HEAD, *[None] * 1_990, "末"], [*ROW, *[None] * 1_990, 1]])
    put(raw, "many_headings", [[f"{HEAD[i % 7]}{i}" for i in range(300)], [1] * 300])
    put(raw, "same_headings", [["金额"] * 8, [1] * 8, [2] * 8])
    put(raw, "all_twice", [HEAD + HEAD, ROW + ROW])
    put(raw, "title_only", [["燕家庄村2023年收支明细表"]])
    put(raw, "head_only", [HEAD])
    put(raw, "head_last", [[None] * 7] * 40 + [HEAD, ROW])
    put(raw, "one_cell", [[1]])
    put(raw, "totals_only", [HEAD, ["合计", None, None, None, 1, 2, 3]])
    put(raw, "heads_only", [HEAD] * 30)
    put(
        raw,
        "months",
        [
            ["姓名", *[f"{m}月" for m in range(1, 13)], *[f"{m}月" for m in range(1, 13)]],
            ["张伟", *range(24)],
        ],
    )
    put(
        raw,
        "month_99",
        [["姓名", "身份证号", "2023年13月", "99月", "0月"], ["张伟", IDS[0], 1, 2, 3]],
    )
    put(
        raw,
        "term",
        [
            ["合同编号", "乙方", "标的", "合同期限", "年租金"],
            ["1", "张伟", "门面房", "9999-9999", 1e25],
        ],
    )
    put(raw, "year_0", [["0000年9999年收支明细"], HEAD, ROW])
    put(raw, "公元99999年99月收支公开", [HEAD, ROW])
    put(
        raw,
        "bid",
        [
            ["项目名称", "投标单位及报价", "中标单位", "中标价"],
            ["路", "甲公司9e99、乙公司1.1.1,丙", "甲公司", "∞"],
        ],
    )


def odd_files(raw):
    """Not made by a spreadsheet program."""
    head, row = ",".join(HEAD), ",".join(str(c or "") for c in ROW)
    texts = {
        "nul": f"{head}\n{row}\n\0\0,\0\n{row}", "quote": f'{head}\n"{row}\n{row}', "ragged": f"{head}\n{row},,,,1,2,3\n1\n\n,,,\n{row}",
        "long_cell": f"{head}\n{row}{'长' * 200_000}", "only_commas": "," * 5_000, "crcr": f"{head}\r\r\r{row}\r\r", "blank": "", "space": " \n \n",
        "control": f"{head}\n\x01\x02{row}\x1b[31m", "bom": f"\ufeff\ufeff{head}\n{row}", "formula": f"{head}\n=1+1,=A1,=cmd|' /C calc'!A0,,,=1e9,",
    }  # fmt: skip
    for name, text in texts.items():
        (raw / f"{name}.csv").write_bytes(text.encode("utf-8"))
    for name, data in {
        "random.xlsx": bytes(range(256)) * 40, "random.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 600, "cut.csv": head.encode("gb18030")[:-1],
        "mixed.csv": head.encode("utf-8") + b"\n" + row.encode("gb18030"), "utf16.csv": head.encode("utf-16-be"), "zip.xlsx": b"PK\x03\x04" + b"\0" * 90,
        "html.xls": b"<html><table><tr><td colspan=99999999 rowspan=99999999>1</td></tr></table>", "xml.xls": b"<?xml version='1.0'?><Workbook><a>",
    }.items():  # fmt: skip
        (raw / name).write_bytes(data)
    xlsx(raw / "whole.xlsx", {"a": cashbook()})
    (raw / "half.xlsx").write_bytes((raw / "whole.xlsx").read_bytes()[:2_500])


def odd_names(raw):
    book = openpyxl.Workbook()
    with pytest.warns(UserWarning, match="Title"):
        book.active.title = "长" * 300
    for each in cashbook():
        book.active.append(each)
    book.save(raw / f"{'名' * 70}.xlsx")
    for name in (
        "(.xlsx",
        "[a-z]+.xlsx",
        "%20%s.xlsx",
        " .xlsx",
        "2023年.xlsx.xlsx",
        "a'b;.xlsx",
        "没有后缀",
    ):
        xlsx(raw / name, {"'": cashbook()})


@pytest.mark.parametrize(
    "make", [odd_values, odd_sheets, odd_files, odd_names], ids=lambda f: f.__name__
)
def test_no_file_stops_the_round(tmp_path, make):
    make(tmp_path)
    xlsx(tmp_path / "zz" / "好.xlsx", {"Sheet1": cashbook()})
    found = Round(tmp_path)
    files = sum(p.is_file() for p in tmp_path.rglob("*"))
    assert sum(found.summary.files.values()) == files
    good = found.rows("""SELECT receipt_yuan, payment_yuan FROM cashbook JOIN row_origin USING (row_id)
                         WHERE file = 'zz/好.xlsx' ORDER BY row_id""")
    assert [tuple(map(float, (a or 0, b or 0))) for a, b in good] == [(1000, 0), (0, 200.5)]
    rows = found.summary.rows
    assert rows["read"] == rows["canonical"] + rows["control"] + rows["footer"] + rows["rejected"]


def test_an_amount_no_ledger_holds_is_left_out_and_told(tmp_path):
    put(tmp_path, "a", [HEAD, line(), line(支出=1e30)])
    found = Round(tmp_path)
    assert found.rows("SELECT payment_yuan FROM cashbook ORDER BY row_id") == [(200,), (None,)]
    assert found.one("SELECT count(*) FROM damaged WHERE \"column\" = 'payment_yuan'") == 1


def test_a_fault_of_ours_costs_only_that_file(tmp_path, monkeypatch):
    from xuncha_lib.ingest import files

    xlsx(tmp_path / "a.xlsx", {"Sheet1": cashbook()})
    xlsx(tmp_path / "b.xlsx", {"Sheet1": cashbook()})
    read = files.read_grid

    def faulty(grid, path, book):
        return math.log(-1) if path == "a.xlsx" else read(grid, path, book)

    monkeypatch.setattr(files, "read_grid", faulty)
    job = files.Job(str(tmp_path))
    [bad], [good] = files.read_one(job, "a.xlsx"), files.read_one(job, "b.xlsx")
    assert (bad.status, bad.sheets) == ("unreadable", []) and "ValueError" in bad.why
    assert (good.status, len(good.sheets[0].rows)) == ("read", 2)


def test_a_missing_folder_is_told(tmp_path):
    try:
        assert sum(Round(tmp_path / "none").summary.files.values()) == 0
    except XunchaError as error:
        assert str(error)
