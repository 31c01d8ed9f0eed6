"""Files that hang, eat the memory or bring their reader down: each costs itself only."""

import os
import subprocess
import sys
import time
import zipfile

import pytest
from books import Round, cashbook, xlsx

from xuncha_lib.ingest import Limits
from xuncha_lib.ingest.files import Job
from xuncha_lib.ingest.limits import used
from xuncha_lib.ingest.workers import Workers, _Worker


def whole_sheet(path):
    """A book whose two cells span all rows and columns a sheet can have."""
    xlsx(path, {"Sheet1": cashbook()})
    with zipfile.ZipFile(path) as made:
        parts = {name: made.read(name) for name in made.namelist()}
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
    sheet += b'<c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    with zipfile.ZipFile(path, "w") as made:
        for name, data in parts.items():
            made.writestr(name, sheet if name.endswith("sheet1.xml") else data)


def neighbours(raw):
    for i in range(6):
        rows = [*cashbook(), ["2023.6.1", f"记-{i}", "付工资", "李四", None, 10 + i, 700]]
        xlsx(raw / f"{'甲乙丙丁戊己'[i]}家村" / "收支.xlsx", {"2023年": rows})


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_native_crash_is_listed_and_harms_no_other_file(tmp_path, jobs):
    neighbours(tmp_path)
    whole_sheet(tmp_path / "丁家村" / "很大.xlsx")
    found = Round(tmp_path, jobs)
    assert found.summary.files == {
        "read": 6,
        "not_recognised": 0,
        "unreadable": 1,
        "not_a_table": 0,
    }
    [(why, todo, size)] = found.rows(
        "SELECT why, todo, bytes FROM source_file WHERE status = 'unreadable'"
    )
    assert why and todo and size > 0
    assert found.one("SELECT count(*) FROM cashbook") == 18


def test_a_file_that_takes_too_long_is_stopped(tmp_path):
    neighbours(tmp_path)
    rows = "".join(f"<tr><td>{i}</td><td>甲</td><td>乙</td></tr>" for i in range(600_000))
    (tmp_path / "丁家村" / "很长.xls").write_text(f"<table>{rows}</table>", encoding="utf-8")
    found = Round(tmp_path, limits=Limits(seconds=0.3))
    assert found.rows("SELECT path, status FROM source_file WHERE path LIKE '%很长%'") == [
        ("丁家村/很长.xls", "unreadable")
    ]
    assert "没有进展" in found.one("SELECT why FROM source_file WHERE path LIKE '%很长%'")


def why_stopped(tmp_path, limits, seconds):
    """What is said of a reader that waits at a file without doing anything."""
    job = Job(str(tmp_path), limits=limits)
    worker = _Worker(job, tmp_path)
    try:
        worker.asks.send([])
        while worker.asks.recv()[0] != "done":
            pass
        worker.live()
        worker.paths, worker.at = ["收支.xlsx"], 0
        time.sleep(seconds)
        return Workers(job, tmp_path, 1)._too_much(worker)
    finally:
        worker.end()


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_reader_that_others_keep_from_the_processor_is_not_stopped_for_it(tmp_path):
    assert why_stopped(tmp_path, Limits(seconds=0.1), 0.5) == ""


def test_a_reader_that_stands_still_is_stopped(tmp_path):
    assert "停住" in why_stopped(tmp_path, Limits(still=0.1), 0.5)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_processor_seconds_of_a_process_are_told():
    before = used(os.getpid())
    until = time.process_time() + 0.2
    while time.process_time() < until:
        pass
    assert used(os.getpid()) - before >= 0.15
    assert used(1 << 30) is None


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_file_that_takes_too_much_memory_is_stopped(tmp_path):
    lines = "\n".join(f"{i},{i * 7919},某某{i}" for i in range(900_000))
    (tmp_path / "很多.csv").write_text(f"序号,证号,姓名\n{lines}", encoding="utf-8")
    xlsx(tmp_path / "村" / "收支.xlsx", {"2023年": cashbook()})
    found = Round(tmp_path, limits=Limits(bytes=300 << 20))
    assert "内存" in found.one("SELECT why FROM source_file WHERE path = '很多.csv'")
    assert found.one("SELECT count(*) FROM cashbook") == 2


def test_files_are_read_where_no_process_can_be_started(tmp_path, monkeypatch):
    from xuncha_lib.ingest import workers

    monkeypatch.setattr(workers, "serve", os._exit)
    neighbours(tmp_path)
    assert Round(tmp_path).summary.files["read"] == 6


def test_what_readers_are_forked_from_has_no_frames_and_others_still_do():
    told = """
import subprocess
import sys
import xuncha_lib.frameless, xuncha_lib.ingest.preload
assert not {"pandas", "scipy.optimize"} & set(sys.modules)
import pandas, pyarrow
print(pyarrow.array(["a", None]).to_pylist(), len(pandas.DataFrame({"a": [1, 2]})))
"""
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=False)
    assert done.stdout.split("\n")[0] == "['a', None] 2", done.stderr
