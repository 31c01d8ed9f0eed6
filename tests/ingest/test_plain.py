"""What is read in one go is what each cell gives by itself, and a column without spare cells says the same."""

import datetime as dt

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from xuncha_lib.ingest import fates, pack_file, writer
from xuncha_lib.ingest.at_once import one_by_one
from xuncha_lib.ingest.coded import Coded, code, distinct
from xuncha_lib.ingest.extract import converter
from xuncha_lib.ingest.keys import keys_of
from xuncha_lib.ingest.plain import plain

_NUMBERS = [None, 0.0, -0.0, 12.345, 2.675, -7.0, 1e9 + 0.005, 3.0, 2147483646.4, 0.1 + 0.2]
_COLUMNS = [
    _NUMBERS,
    [*_NUMBERS, 2147483646.6],
    [1e13, 5.0],
    [9e15],
    [3, 4, None],
    [True, 1.0],
    [None, None],
    ["无", "农村低保", None, " 空 ", "/"],
    ["A12", "记-3", None],
    ["A12", "07", None],
    ["A12", "无"],
    ["12.5", 12.5, None],
    [dt.date(2023, 1, 2), None],
]


@pytest.mark.parametrize("kind", ["yuan", "mu", "number", "int", "text", "code", "date", "flag"])
@pytest.mark.parametrize("heading", ["金额(万元)", "面积(平方米)", "数"])
def test_plain_is_one_by_one(kind, heading):
    convert = converter(kind, heading, "", 2023)
    told = 0
    for cells in _COLUMNS:
        found = plain(cells, kind, convert)
        if found is not None:
            told += 1
            values, whys = one_by_one(cells, convert)
            assert not whys
            assert [(type(x), x) for x in found] == [(type(x), x) for x in values]
    assert bool(told) == (kind not in ("date", "flag"))


def test_numbers_as_text_are_what_each_cell_says():
    cells = [None, 0.0, -5.0, 12.5, 1e-7, 999_999_999_999.0, 1e14 + 0.5, 0.1 + 0.2]
    assert fates.as_text(code(cells)).tolist() == [fates.cell_text(cell) for cell in cells]
    assert fates.as_text(code([None, -0.0])).tolist() == ["", "0"]


def test_a_tight_column_says_the_same_with_no_cell_to_spare():
    column = Coded(
        np.array([2, 4, 2, 3, 4], dtype=np.int32), ["标题", "金额", 1.0, 2.0, None, "无主"]
    )
    for one in (column, Coded(np.array([1, 5], dtype=np.int32), column.cells)):
        assert one.tight().tolist() == one.tolist()
        assert one.tight().size == len(set(one.codes.tolist()))
    assert column.take(np.zeros(0, dtype=np.int64)).tight().tolist() == []


@pytest.mark.parametrize("count", [3, 255, 256, 2_000])
def test_distinct_is_the_same_however_many_keys(count):
    keys = np.random.default_rng(5).integers(0, 40, count)
    first, which = distinct(keys)
    values, places = np.unique(keys, return_index=True)
    assert (first == places).all()
    assert (values[which] == keys).all()


def test_keys_of_long_texts_are_the_same_when_met_again(monkeypatch):
    monkeypatch.setattr(fates, "_LONG_KEYS", {})
    monkeypatch.setattr(fates, "_MOST_LONG", 4)
    texts = ["王五", "", "某镇某村二〇二三年高标准农田建设项目", "x" * 24, "x" * 25, "长" * 40]
    wanted = keys_of(pa.array(texts, pa.string()))
    for more in (
        "",
        "某县" * 9,
        "",
        "某乡" * 9,
        "某村" * 9,
        "",
    ):  # until what was kept is let go of
        assert (fates._keys_of_lists([*texts, more])[:-1] == wanted).all()


def test_rows_go_in_by_pieces_and_keep_their_order(monkeypatch):
    monkeypatch.setattr(writer, "_PIECE", 7)
    con = duckdb.connect()
    con.execute("CREATE TABLE told (a BIGINT, b VARCHAR, c DOUBLE)")
    rows = pa.table(
        {"a": pa.chunked_array([list(range(10)), list(range(10, 30))]), "b": ["甲", None] * 15}
    )
    with writer.Writer(con) as put:
        put.put("told", rows, ["a", "b", "c"])
    assert con.execute("SELECT a, b, c FROM told ORDER BY rowid").fetchall() == [
        (a, b, None) for a, b in zip(rows["a"].to_pylist(), rows["b"].to_pylist(), strict=True)
    ]


def test_a_pack_at_rest_can_still_be_read(tmp_path):
    rows = pa.table({"row": pa.array([1, 2], pa.int32()), "text": ["制表人：", "合计"]})
    out = pack_file.PackFile(tmp_path / "one.pack")
    out.put({"footer": rows})
    out.end([], {"footer": []})
    again = pack_file.load(tmp_path / "one.pack")
    again.rest()
    assert again.tables["footer"].equals(rows)
