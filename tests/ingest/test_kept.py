"""A second intake: what did not change is not read again, and the result is that of a fresh one."""

import os

import pytest
from books import Round, cashbook, xlsx

from xuncha_lib.ingest import kept as store


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
