"""Books as they come: what cannot be tested is said, and nothing floods."""

import random
from datetime import date, timedelta

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from outliers.books import Books, found, screened
from outliers.planted import V, plant_duplicate, plant_related_payee, plant_split

from xuncha_lib.errors import XunchaError
from xuncha_lib.outliers.screen import screen


@pytest.mark.parametrize(
    ("options", "silent"),
    [
        ({"without": ("bank",)}, "bank_mismatch"),
        ({"without": ("roster",)}, "ghost_wages"),
        ({"without": ("contracts",)}, "income_unrecorded"),
        ({"drop": ("biz_date",)}, "holiday_hosp"),
        ({"drop": ("payee",)}, "new_vendor"),
        ({"drop": ("account_name", "account")}, "wrong_account"),
    ],
)
def test_what_is_missing_is_said_and_nothing_floods(tmp_path, options, silent):
    rows, told = screened(Books(), tmp_path, **options)
    assert "未能检验" in told.not_tested[silent]
    assert len(rows) <= 3
    assert all(silent != row["detector"] for row in rows)
    assert all(told.not_tested[silent] in row["not_tested"] for row in rows)


def test_without_limits_a_split_is_still_seen_against_a_round_figure(tmp_path):
    books = Books(limit=None)
    objs = plant_split(books)
    hits = found(screened(books, tmp_path)[0], "split", objs)
    assert hits
    assert "未录入本村限额" in hits[0]["reason"]


def test_a_book_imported_twice_counts_once(tmp_path):
    books = Books()
    again = [
        dict(row, entry_id="again" + row["entry_id"])
        for row in books.tables["entries"]
        if row["village_id"] == V
    ]
    books.tables["entries"] += again
    rows, told = screened(books, tmp_path)
    assert rows == []
    assert any("重复导入" in note for note in told.notes)


@pytest.mark.parametrize("amount", [0.0, -50.0, 310.0])
def test_one_village_with_twelve_entries(tmp_path, amount):
    books = Books(0)
    books.tables["villages"].append({"village_id": "V9"})
    for k in range(12):
        books.pay(
            "V9", date(2023, 1, 9) + timedelta(27 * k), amount, "某店", "办公用品", bank=False
        )
    rows, told = screened(books, tmp_path)
    assert told.villages == 1
    assert len(rows) <= 1


def test_an_unknown_column_is_named_and_a_broken_file_skipped(tmp_path):
    data = Books(3).write(tmp_path / "data")
    table = pq.read_table(data / "bank.parquet").rename_columns(
        ["bank_id", "village_id", "date", "amount", "counterpart"]
    )
    pq.write_table(table, data / "bank.parquet")
    (data / "contracts.parquet").write_bytes(b"not parquet")
    told = screen(data, tmp_path / "out.parquet")
    assert any("counterparty" in note and "是不是" in note for note in told.notes)
    assert any("contracts.parquet" in note and "打不开" in note for note in told.notes)


def test_texts_where_numbers_and_days_belong_are_read(tmp_path):
    books = Books(4)
    objs = plant_duplicate(books)
    data = books.write(tmp_path / "data")
    entries = pq.read_table(data / "entries.parquet")
    for name in ("amount", "date", "biz_date"):
        words = [
            None if v is None else str(v).replace("-", "/") if name != "amount" else f"{v:,.2f}"
            for v in entries[name].to_pylist()
        ]
        entries = entries.set_column(
            entries.schema.get_field_index(name), name, pa.array(words, pa.string())
        )
    pq.write_table(entries, data / "entries.parquet")
    screen(data, tmp_path / "out.parquet")
    assert found(pq.read_table(tmp_path / "out.parquet").to_pylist(), "duplicate", objs)


def test_no_folder_and_no_entries_end_with_a_way_out(tmp_path):
    with pytest.raises(XunchaError, match="没有这个文件夹"):
        screen(tmp_path / "none", tmp_path / "out.parquet")
    (tmp_path / "empty").mkdir()
    with pytest.raises(XunchaError, match="entries"):
        screen(tmp_path / "empty", tmp_path / "out.parquet")


def test_long_numbers_are_masked_wherever_they_are_shown(tmp_path):
    books = Books()
    a = books.pay(
        V,
        date(2023, 6, 5),
        2317.46,
        "利群五金店",
        "水泵检修6222000000001234567",
        "维修费",
        invoice="55501234",
    )
    books.pay(V, date(2023, 6, 14), 2317.46, "利群五金店", "水泵检修6222000000001234567", "维修费")
    hits = found(screened(books, tmp_path)[0], "duplicate", [f"e:{a}"])
    assert "6222000000001234567" not in str([hits[0][k] for k in ("reason", "rows", "figure")])
    assert "****4567" in str(hits[0]["rows"])


def test_same_rows_in_any_order_on_one_or_two_threads_give_the_same_bytes(tmp_path):
    outs = []
    for n, threads in enumerate((1, 2, 2)):
        books = Books(8)
        plant_duplicate(books), plant_split(books), plant_related_payee(books)
        for rows in books.tables.values():
            random.Random(n).shuffle(rows)
        screen(books.write(tmp_path / str(n)), tmp_path / f"{n}.parquet", threads=threads)
        outs.append((tmp_path / f"{n}.parquet").read_bytes())
    assert outs[0] == outs[1] == outs[2]
    assert pq.read_table(tmp_path / "0.parquet").num_rows >= 2


def test_with_kept_yardsticks_a_new_village_changes_nobody_else(tmp_path):
    books = Books(9)
    plant_duplicate(books), plant_split(books), plant_related_payee(books)
    data = books.write(tmp_path / "a")
    screen(data, tmp_path / "a.parquet", reference=tmp_path / "ref.duckdb")
    more = Books(10)
    plant_duplicate(more), plant_split(more), plant_related_payee(more)
    for k in range(30):
        more.pay("V09", date(2023, 3, 1) + timedelta(k), 9999.0, "利群五金店", "水泵检修", "维修费")
    screen(more.write(tmp_path / "b"), tmp_path / "b.parquet", reference=tmp_path / "ref.duckdb")
    screen(
        tmp_path / "b", tmp_path / "c.parquet", reference=tmp_path / "ref.duckdb", villages=("V09",)
    )
    keep = ("village_id", "detector", "score")
    before = pq.read_table(tmp_path / "a.parquet", columns=list(keep)).to_pylist()
    after = pq.read_table(tmp_path / "b.parquet", columns=list(keep)).to_pylist()
    alone = pq.read_table(tmp_path / "c.parquet", columns=list(keep)).to_pylist()
    assert before == [row for row in after if row["village_id"] != "V09"]
    assert {row["village_id"] for row in alone} <= {"V09"}
    assert alone == [row for row in after if row["village_id"] == "V09"]
    screen(data, tmp_path / "d.parquet")
    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "d.parquet").read_bytes()
