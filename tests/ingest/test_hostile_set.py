"""Each hostile file ends as an entry of the intake report and costs no other file anything."""

import pytest
from books import Round, cashbook, xlsx
from hostile import write

from xuncha_lib.ingest import Limits


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    raw = tmp_path_factory.mktemp("hostile")
    paths = write(raw)
    for i in range(3):
        rows = [*cashbook(), ["2023.6.1", f"记-{i}", "付工资", "李四", None, 10 + i, 700]]
        xlsx(raw / f"{'甲乙丙'[i]}家村" / "收支.xlsx", {"2023年": rows})
    limits = Limits(seconds=60, bytes=1 << 30, unpacked=80_000_000)
    return paths, Round(raw, 2, limits=limits)


def test_there_are_enough_of_them(found):
    assert len(found[0]) >= 200


def test_each_is_accounted_for(found):
    paths, intake = found
    told = {
        path: (status, why, todo)
        for path, status, why, todo in intake.rows(
            "SELECT path, status, why, todo FROM source_file"
        )
    }
    assert {path for path in told if "!/" not in path} == {
        *paths,
        *(f"{v}家村/收支.xlsx" for v in "甲乙丙"),
    }
    assert {
        path for path, (status, why, _) in told.items() if status != "read" and not why
    } == set()
    assert {
        path
        for path, (status, _, todo) in told.items()
        if status == "unreadable" and not todo and "!/" not in path and not path.endswith(".zip")
    } == set()
    assert sum(intake.summary.files.values()) == len(paths) + 3


def test_no_fault_of_ours_is_among_the_reasons(found):
    assert found[1].rows("SELECT path, why FROM source_file WHERE why LIKE '%读取时出错%'") == []


def test_every_row_has_one_fate(found):
    rows = found[1].summary.rows
    assert rows["read"] == rows["canonical"] + rows["control"] + rows["footer"] + rows["rejected"]


def test_the_sound_files_among_them_are_read(found):
    good = found[1].rows(
        """SELECT count(*) FROM cashbook JOIN row_origin USING (row_id) WHERE file LIKE '%家村/收支.xlsx'"""
    )
    assert good == [(9,)]


def test_what_few_books_have_is_kept(found):
    intake = found[1]
    assert (
        intake.rows(
            """SELECT entry_on FROM cashbook JOIN row_origin USING (row_id) WHERE file = 'contents/from_1904.xlsx'"""
        )[0][0].year
        == 2023
    )
    assert intake.rows(
        """SELECT is_hidden FROM source_row JOIN row_origin USING (row_id) WHERE file = 'contents/hidden.xlsx' ORDER BY row_id"""
    ) == [(True,), (False,)]
    assert intake.rows("SELECT text FROM comment") == [("去世后仍在领",)]
    assert intake.rows(
        "SELECT sheet, is_hidden FROM sheet JOIN source_file USING (file_id) WHERE path = 'contents/hidden.xlsx' ORDER BY sheet_id"
    ) == [("Sheet", False), ("藏", True)]
