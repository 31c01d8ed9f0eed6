"""A csv read piece by piece gives what it gives read at once, wherever the cuts fall."""

import csv
import functools
import io
import zipfile

import duckdb
import pytest
from books import IDS, Round
from long_books import (
    NAMES,
    ROLL,
    SHAPES,
    bank,
    broken,
    heads,
    own_words,
    person,
    plain,
    totals,
    unknown,
)

from xuncha_lib import ingest as intake
from xuncha_lib.ingest import long_text
from xuncha_lib.ingest.files import Job, read_one
from xuncha_lib.ingest.gather import Gathered
from xuncha_lib.ingest.load import Loader
from xuncha_lib.ingest.long_text import Sizes
from xuncha_lib.ingest.made import Made
from xuncha_lib.ingest.pack_file import load, save
from xuncha_lib.ingest.readers.pieces import Records, survey
from xuncha_lib.settings import Settings


def text_of(rows, **how):
    out = io.StringIO()
    csv.writer(out, **how).writerows(rows)
    return out.getvalue()


def case_of(folder, name, sizes):
    """(everything a case holds of one file, whether it came in pieces)."""
    found = read_one(Job(str(folder / "raw"), folder=str(folder), sizes=sizes), name)
    in_pieces = any(file.stored for file in found)
    save(found, folder / "one.pack")
    pack = load(folder / "one.pack")
    con = duckdb.connect()
    Loader(con, Settings(), Made()).load(Gathered((pack, at) for at in range(len(pack.files))))
    names = [
        n for (n,) in con.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall()
    ]
    (folder / "one.pack").unlink()
    assert not [path for path in folder.iterdir() if path.is_file()]
    return {n: con.execute(f"SELECT * FROM {n}").fetchall() for n in names}, in_pieces


AT_ONCE = Sizes(long=1 << 60)


def compare(folder, name, data, *sizes):
    (folder / "raw").mkdir(exist_ok=True)
    (folder / "raw" / name).write_bytes(data)
    once, is_cut = case_of(folder, name, AT_ONCE)
    assert not is_cut
    for first, piece in sizes:
        found, in_pieces = case_of(folder, name, Sizes(1, first, piece))
        assert in_pieces
        for table, rows in once.items():
            assert found[table] == rows, table
    return once


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_any_shape_gives_the_same_in_pieces(tmp_path, shape):
    once = compare(
        tmp_path, "王家村.csv", text_of(shape()).encode("gb18030"), (24_000, 900), (24_000, 7_000)
    )
    assert len(once["source_row"]) > (500 if shape is not unknown else -1)


FORMS = {
    "utf-8": (",", "utf-8", csv.QUOTE_MINIMAL, "\n"),
    "utf-8-sig": (",", "utf-8-sig", csv.QUOTE_ALL, "\r\n"),
    "utf-16": ("\t", "utf-16", csv.QUOTE_MINIMAL, "\r\n"),
    "utf-16-le": ("\t", "utf-16-le", csv.QUOTE_MINIMAL, "\n"),
    "gb18030 with |": ("|", "gb18030", csv.QUOTE_MINIMAL, "\r\n"),
    "gb18030 with ;": (";", "gb18030", csv.QUOTE_ALL, "\n"),
    "old Mac": (",", "gb18030", csv.QUOTE_MINIMAL, "\r"),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("shape", [totals, broken], ids=lambda shape: shape.__name__)
def test_any_form_gives_the_same_in_pieces(tmp_path, shape, form):
    delimiter, encoding, quoting, end = FORMS[form]
    text = text_of(shape(), delimiter=delimiter, quoting=quoting, lineterminator=end)
    compare(tmp_path, "王家村.csv", text.encode(encoding), (24_000, 1_500))


def test_numbers_kept_alive_with_equals_signs_and_bytes_that_are_no_characters(tmp_path):
    lines = [
        person(i, 身份证号=f'="{IDS[i % 4]}"', 银行账号=f"'{62284802_00000000000 + i}")
        for i in range(700)
    ]
    data = bytearray(text_of([ROLL, *lines]).encode("gb18030"))
    at = data.find("王芳".encode("gb18030"), 40_000)
    data[at] = 0xFF
    compare(tmp_path, "王家村.csv", bytes(data), (24_000, 1_500))


def test_a_head_nobody_knows_is_safe_at_every_cut(tmp_path):
    rows = own_words()
    sizes = ((3_000, size) for size in range(300, 900, 29))
    once = compare(tmp_path, "王家村.csv", text_of([*rows[:200], *rows[-560:]]).encode(), *sizes)
    assert len(once["cash_journal"]) > 200 and len(once["sheet"]) == 2


def test_every_cut_is_safe(tmp_path):
    """A title, a total and a footer near each possible end of a piece."""
    rows = [*heads()[:330], *totals()[1:60]]
    compare(
        tmp_path,
        "王家村.csv",
        text_of(rows).encode(),
        *((12_000, size) for size in range(400, 1000, 37)),
    )


TEXTS = {
    "plain": "a,b\n" * 500,
    "several lines in a cell": 'a,"b\nc","d""e"\r\n,"",x\n' * 300,
    "a quote inside a cell": 'a,5"屏\nb,"c\nd"\n' * 300,
    "a cell that opens on every line": '"a\n",b\n' * 400,
    "text after a closing quote": 'a,"b"c\n"d""",e\n' * 300,
    "an empty cell in quotes": '"""","",\n' * 400,
    "old Mac": "a,b\rc,d\r" * 300,
}


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("size", [1, 7, 64, 1000])
def test_records_are_never_cut(text, encoding, size):
    records, found, parts = Records(io.BytesIO(text.encode(encoding)), encoding, ","), [], 0
    while not records.is_over:
        piece = records.read(size).decode(records.encoding)
        found += csv.reader(io.StringIO(piece, newline=""))
        parts += bool(piece)
    assert found == list(csv.reader(io.StringIO(text, newline="")))
    assert parts > 1


def test_the_whole_of_a_file_tells_its_encoding():
    text = "姓名,金额\n张伟,1\n" * 1000
    for encoding, data in (
        ("utf-8-sig", text.encode()),
        ("utf-8-sig", text.encode("utf-8-sig")),
        ("gb18030", text.encode() + "李四".encode("gb18030")),
        ("gb18030", text.encode()[:-1] + "张".encode()[:2]),
        ("utf-16", text.encode("utf-16")),
    ):
        assert survey(io.BytesIO(data), lambda: None).encoding == encoding


def test_there_is_a_sign_of_life_for_every_piece(tmp_path):
    (tmp_path / "a.csv").write_text(text_of(plain()), encoding="gb18030")
    signs = []
    job = Job(str(tmp_path), folder=str(tmp_path), sizes=Sizes(1, 12_000, 2_000))
    [found] = read_one(job, "a.csv", lambda: signs.append(1))
    assert found.stored and len(signs) > (tmp_path / "a.csv").stat().st_size / 2_000


CARDS = [
    line
    for i in range(300)
    for line in (
        ["困难群众登记卡"],
        ["姓名", NAMES[i % 4], "性别", "男"],
        ["身份证号", IDS[i % 4], "联系电话", f"139{i:08}"],
        ["家庭住址", "王家村", "致贫原因", "因病"],
        ["所属组别", f"{i % 9 + 1}组", "银行账号", f"62284802{i:011}"],
    )
]
LEFT, RIGHT = ["日期", "摘要", "收入", "支出"], ["姓名", "身份证号", "补贴项目", "补贴金额"]
BESIDE = [
    [*LEFT, "", *RIGHT],
    *(
        [
            f"2023.{i // 28 % 12 + 1}.{i % 28 + 1}",
            "付电费",
            "",
            5 + i % 7,
            "",
            NAMES[i % 4],
            IDS[i % 4],
            "农村低保",
            100 + i % 9,
        ]
        for i in range(700)
    ),
]
WHOLE = {
    "cards": CARDS,
    "side by side": BESIDE,
    "halves": [["序号", "姓名", "金额"] * 2, *([i, NAMES[i % 4], 5, i, NAMES[i % 3], 6] for i in range(900))],
    "petitions": [["序号", "信访人姓名", "信访事项", "村名", "件次"], *([i, "张伟", "反映土地承包问题", "王家村", 1] for i in range(900))],
    "blank": [["", "", ""]] * 9000,
}  # fmt: skip


@pytest.mark.parametrize("rows", WHOLE.values(), ids=WHOLE)
def test_what_must_be_seen_as_a_whole_is_read_at_once(tmp_path, rows):
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.csv").write_text(text_of(rows), encoding="gb18030")
    found, in_pieces = case_of(tmp_path, "a.csv", Sizes(1, 12_000, 2_000))
    assert not in_pieces and found == case_of(tmp_path, "a.csv", AT_ONCE)[0]


def test_no_text_is_read_in_pieces(tmp_path):
    page = "<html><table>" + "<tr><td>姓名</td><td>金额</td></tr>" * 2000 + "</table>"
    for name, data in (
        ("a.xls", page.encode()),
        ("a.csv", b"\0\1" * 20_000),
        ("a.pdf", b"a,b\n" * 9000),
    ):
        (tmp_path / name).write_bytes(data)
        [found] = read_one(Job(str(tmp_path), folder=str(tmp_path), sizes=Sizes(1, 900, 900)), name)
        assert found.stored is None and found.bytes == len(data)


def test_a_long_csv_in_an_archive_among_other_files(tmp_path):
    (tmp_path / "raw").mkdir()
    with zipfile.ZipFile(tmp_path / "raw" / "a.zip", "w") as archive:
        for name, rows in (
            ("1.csv", plain()[:20]),
            ("2.csv", totals()),
            ("3.csv", bank()),
            ("4.csv", plain()[:9]),
        ):
            archive.writestr(name, text_of(rows).encode("gb18030"))
    once = case_of(tmp_path, "a.zip", AT_ONCE)[0]
    found, in_pieces = case_of(tmp_path, "a.zip", Sizes(20_000, 12_000, 2_000))
    assert in_pieces and found == once


def test_a_fault_costs_the_file_only_and_leaves_nothing_behind(tmp_path, monkeypatch):
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.csv").write_text(text_of(plain()), encoding="gb18030")

    def faulty(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(long_text, "put_sheet", faulty)
    job = Job(str(tmp_path / "raw"), folder=str(tmp_path), sizes=Sizes(1, 12_000, 2_000))
    [found] = read_one(job, "a.csv")
    assert (found.status, found.stored, len(found.sha256)) == ("unreadable", None, 64)
    assert [path.name for path in tmp_path.iterdir()] == ["raw"]


def test_a_whole_intake_and_one_more(tmp_path, monkeypatch):
    raw, kept = tmp_path / "raw", tmp_path / "kept"
    raw.mkdir()
    for name, rows in (("发放.csv", totals()), ("流水.csv", bank()), ("少.csv", plain()[:30])):
        (raw / name).write_text(text_of(rows), encoding="gb18030")
    once = Round(raw)
    monkeypatch.setattr(intake, "Job", functools.partial(Job, sizes=Sizes(20_000, 12_000, 2_000)))
    found, again = Round(raw, kept=kept), Round(raw, kept=kept)
    assert again.summary.unchanged == 3 and len(list(kept.glob("*.rows"))) == 0
    for table in ("source_row", "subsidy", "bank_flow", "mention", "control_total", "footer"):
        rows = once.rows(f"SELECT * FROM {table}")
        assert rows and found.rows(f"SELECT * FROM {table}") == rows == again.rows(
            f"SELECT * FROM {table}"
        )
