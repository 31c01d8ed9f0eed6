"""A second intake: what did not change is not read again, and the result is that of a fresh one."""

import datetime as dt
import os
import shutil
import tempfile
import time
from pathlib import Path

import duckdb
import pytest
from books import Round, cashbook, xlsx
from locks import locked_book

from xuncha_lib.ingest import Passwords, ingest_file, intake, schema
from xuncha_lib.ingest import kept as store
from xuncha_lib.ingest.writer import Writer
from xuncha_lib.settings import Settings


def tables(found):
    names = [n for (n,) in found.rows("SELECT table_name FROM duckdb_tables() ORDER BY 1")]
    return {name: found.rows(f"SELECT * FROM {name}") for name in names}


@pytest.fixture
def raw(tmp_path):
    for i, village in enumerate(("甲村", "乙村", "丙村", "丁村")):
        rows = [*cashbook(), ["2023.6.1", f"记-{i}", "付工资", "李四", None, 10 + i, 700]]
        xlsx(tmp_path / "raw" / village / "收支.xlsx", {"2023年": rows})
    (tmp_path / "raw" / "照片.jpg").write_bytes(b"x")
    return tmp_path / "raw"


def again(raw, tmp_path):
    """(what the second intake took over, whether it equals a fresh one)."""
    second, fresh = Round(raw, kept=tmp_path / "kept"), Round(raw)
    return second.summary.unchanged, tables(second) == tables(fresh)


def test_nothing_changed(raw, tmp_path):
    assert Round(raw, kept=tmp_path / "kept").summary.unchanged == 0
    assert again(raw, tmp_path) == (5, True)


def test_changed_new_removed_and_renamed_files(raw, tmp_path):
    Round(raw, kept=tmp_path / "kept")
    xlsx(raw / "乙村" / "收支.xlsx", {"2023年": cashbook()})
    xlsx(raw / "戊村" / "收支(改).xlsx", {"2023年": cashbook()})
    (raw / "丙村" / "收支.xlsx").unlink()
    (raw / "甲村" / "收支.xlsx").rename(raw / "甲村" / "2022年收支.xlsx")
    assert again(raw, tmp_path) == (2, True)
    assert again(raw, tmp_path) == (5, True)


def test_a_newer_version_supersedes_a_file_that_was_kept(raw, tmp_path):
    Round(raw, kept=tmp_path / "kept")
    rows = [*cashbook(), ["2023.7.1", "记-9", "付工资", "李四", None, 5, 700]]
    xlsx(raw / "甲村" / "收支(改).xlsx", {"2023年": rows})
    assert again(raw, tmp_path) == (5, True)


def test_same_content_with_another_time_is_unchanged(raw, tmp_path):
    Round(raw, kept=tmp_path / "kept")
    os.utime(raw / "甲村" / "收支.xlsx", (1, 1))
    assert again(raw, tmp_path)[0] == 5


def test_new_knowledge_reads_everything_again(raw, tmp_path, monkeypatch):
    Round(raw, kept=tmp_path / "kept")
    monkeypatch.setattr(store, "knowledge", lambda: "other")
    assert again(raw, tmp_path) == (0, True)


@pytest.mark.parametrize("harm", ["cut", "gone", "index"])
def test_a_damaged_store_costs_only_time(raw, tmp_path, harm):
    Round(raw, kept=tmp_path / "kept")
    packs = sorted((tmp_path / "kept").glob("*.pack"))
    if harm == "cut":
        packs[0].write_bytes(packs[0].read_bytes()[:100])
    elif harm == "gone":
        packs[0].unlink()
    else:
        (tmp_path / "kept" / "index.json").write_text("{", encoding="utf-8")
    unchanged, is_same = again(raw, tmp_path)
    assert is_same and unchanged < 5


def test_the_store_does_not_grow(raw, tmp_path):
    for i in range(3):
        xlsx(
            raw / "乙村" / "收支.xlsx",
            {"2023年": [*cashbook(), ["2023.8.1", i, "付", "王五", None, i, 1]]},
        )
        Round(raw, kept=tmp_path / "kept")
    assert len(list((tmp_path / "kept").glob("*.pack"))) <= 5


CHANGES = {
    "nothing": lambda raw: None,
    "a cell": lambda raw: book(raw / "乙村" / "收支.xlsx", 5),
    "more rows": lambda raw: book(raw / "甲村" / "收支.xlsx", 5, 6, 7),
    "another person": lambda raw: book(raw / "甲村" / "收支.xlsx", 5, who="赵六"),
    "added": lambda raw: book(raw / "丙村" / "另一本.xlsx", 8, 9),
    "a new village": lambda raw: book(raw / "己村" / "收支.xlsx", 8),
    "removed": lambda raw: (raw / "甲村" / "收支.xlsx").unlink(),
    "renamed": lambda raw: (raw / "甲村").rename(raw / "寅村"),
    "superseded": lambda raw: book(raw / "乙村" / "收支(改).xlsx", 10),
    "a copy": lambda raw: shutil.copyfile(
        raw / "乙村" / "收支.xlsx", raw / "乙村" / "收支 - 副本.xlsx"
    ),
    "no table any more": lambda raw: (raw / "丁村" / "股东.xlsx").write_bytes(b"no book"),
    "register": lambda raw: register(raw, "在业"),
    "taught": lambda raw: layout(raw),
}


def book(path, *amounts, who="李四"):
    rows = [["2023.6.1", f"记-{i}", "付工资", who, None, n, 700] for i, n in enumerate(amounts)]
    return xlsx(path, {"2023年": [*cashbook(), *rows]})


def register(raw, state):
    firm = "平阴县宏达商贸有限公司"
    heads = ["企业名称", "统一社会信用代码", "经营状态", "法定代表人", "成立日期"]
    xlsx(raw / "市场" / "登记.xlsx", {"1": [heads, [firm, "", state, "王五", "2019-01-02"]]})


def layout(raw):
    folder = raw.parent / "layouts"
    folder.mkdir()
    text = "table: cashbook\ncolumns:\n  note: [摘要]\nheads: []\n"
    (folder / "cashbook.yml").write_text(text, encoding="utf-8")


@pytest.fixture
def varied(raw):
    """Several kinds of tables, people in them, and a register that completes a list of shareholders."""
    register(raw, "注销")
    heads = ["企业名称", "股东姓名", "持股比例"]
    xlsx(raw / "丁村" / "股东.xlsx", {"1": [heads, ["平阴县宏达商贸有限公司", "李四", "60%"]]})
    rows = [["序号", "姓名", "职务", "任职时间"], [1, "李四", "村主任", "2021-03-01"]]
    xlsx(raw / "丙村" / "村两委成员.xlsx", {"1": rows})
    book(raw / "辛村" / "收支.xlsx", 1, 2, 3)
    return raw


def case_tables(path):
    with duckdb.connect(str(path), read_only=True) as con:
        names = [n for (n,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        return {n: con.execute(f"SELECT * FROM {n}").fetchall() for n in names}


def into_file(raw, tmp_path, **settings):
    case = tmp_path / "case.duckdb"
    ingest_file(raw, case, settings=Settings(**settings), kept=tmp_path / "kept")
    return case_tables(case)


def fresh(raw, tmp_path, **settings):
    return into_file(raw, Path(tempfile.mkdtemp(dir=tmp_path)), **settings)


@pytest.mark.parametrize("change", CHANGES)
def test_a_second_case_is_that_of_a_fresh_intake(varied, tmp_path, change):
    before = into_file(varied, tmp_path)
    assert before["business_person"] and before["committee"]
    CHANGES[change](varied)
    after = into_file(varied, tmp_path)
    assert after == fresh(varied, tmp_path)
    assert (after == before) == (change == "nothing")
    assert into_file(varied, tmp_path) == after


def test_other_settings_and_another_version_are_heeded(varied, tmp_path, monkeypatch):
    into_file(varied, tmp_path)
    told = {"title": "另一轮", "period_from": dt.date(2023, 1, 1)}
    assert into_file(varied, tmp_path, **told) == fresh(varied, tmp_path, **told)
    monkeypatch.setattr(store, "knowledge", lambda: "other")
    assert into_file(varied, tmp_path) == fresh(varied, tmp_path)


@pytest.mark.parametrize("harm", ["cut", "gone", "note", "written in"])
def test_tables_that_are_not_as_noted_are_made_anew(varied, tmp_path, harm):
    into_file(varied, tmp_path)
    tables = tmp_path / "kept" / "tables.duckdb"
    if harm == "cut":
        tables.write_bytes(tables.read_bytes()[:5000])
    elif harm == "gone":
        tables.unlink()
    elif harm == "note":
        (tmp_path / "kept" / "tables.json").write_text("{", encoding="utf-8")
    else:
        with duckdb.connect(str(tables)) as con:
            con.execute("DELETE FROM mention")
    assert into_file(varied, tmp_path) == fresh(varied, tmp_path)


def test_a_table_of_an_earlier_version_goes(varied, tmp_path, monkeypatch):
    with monkeypatch.context() as earlier:
        earlier.setattr(schema, "BASE_TABLES", schema.BASE_TABLES | {"dropped": {"n": "INTEGER"}})
        earlier.setattr(store, "knowledge", lambda: "earlier")
        assert "dropped" in into_file(varied, tmp_path)
    (tmp_path / "kept" / "tables.duckdb.tmp").mkdir()
    assert into_file(varied, tmp_path) == fresh(varied, tmp_path)


def test_only_what_changed_is_written_again(varied, tmp_path, monkeypatch):
    into_file(varied, tmp_path)
    written = []
    insert = Writer.put
    monkeypatch.setattr(
        Writer, "put", lambda self, name, *more: (written.append(name), insert(self, name, *more))
    )
    into_file(varied, tmp_path)
    assert not written
    book(varied / "甲村" / "收支.xlsx", 5, 6, 7)
    into_file(varied, tmp_path)
    assert "cashbook" in written and not {"committee", "business_person", "business"} & set(written)


def test_an_old_file_is_known_by_its_times(raw, tmp_path, monkeypatch):
    ago = time.time_ns() - 3_600_000_000_000
    monkeypatch.setattr(intake, "_SETTLED", -10_000_000_000)
    Round(raw, kept=tmp_path / "kept")
    monkeypatch.setattr(intake, "_sha256", lambda place: "read again")
    assert Round(raw, kept=tmp_path / "kept").summary.unchanged == 5
    os.utime(raw / "甲村" / "收支.xlsx", ns=(ago, ago))
    assert Round(raw, kept=tmp_path / "kept").summary.unchanged == 4


def test_a_file_touched_just_now_is_read_to_be_known(raw, tmp_path, monkeypatch):
    Round(raw, kept=tmp_path / "kept")
    monkeypatch.setattr(intake, "_sha256", lambda place: "read again")
    assert Round(raw, kept=tmp_path / "kept").summary.unchanged == 0


def test_a_locked_book_is_tried_again_only_with_a_password(raw, tmp_path):
    xlsx(raw / "乙村" / "密.xlsx", {"1": cashbook()})
    book = raw / "乙村" / "密.xlsx"
    book.write_bytes(locked_book(book.read_bytes(), "1234"))
    assert Round(raw, kept=tmp_path / "kept").summary.files["unreadable"] == 1
    assert again(raw, tmp_path) == (6, True)
    wrong = {"passwords": Passwords((("", "0000"),))}
    assert Round(raw, kept=tmp_path / "kept", **wrong).summary.unchanged == 5
    assert Round(raw, kept=tmp_path / "kept").summary.unchanged == 5
    right = {"passwords": Passwords((("", "1234"),))}
    assert Round(raw, kept=tmp_path / "kept", **right).summary.files["unreadable"] == 0
