"""A run is a folder: whole, resumable, unchanged when nothing changed, and one failing village costs one village."""

import json
import multiprocessing
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import nbformat
import pytest

from xuncha_lib.errors import NotAllowed, UnknownName, XunchaError
from xuncha_lib.report.index import index_html
from xuncha_lib.report.round import RoundPage
from xuncha_lib.runs import lock, read_manifest, run, verify
from xuncha_lib.runs.folders import safe_name, village_folders

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def again(small_round, tmp_path):
    """A copy of the small round, its run and its case, that a test may spoil."""
    raw, out = tmp_path / "raw", tmp_path / "run"
    shutil.copytree(small_round.raw, raw)
    shutil.copytree(small_round.out, out)
    shutil.copy(small_round.case_file, tmp_path / "run.duckdb")
    return raw, out, small_round.result


def contents(out, result):
    """What must be byte-equal whenever the input is: tables and registers."""
    books = [f"villages/{v['folder']}/register.xlsx" for v in result.villages]
    return {
        name: (out / name).read_bytes()
        for name in ("candidates.parquet", "evidence.parquet", *books)
    }


def test_a_run_holds_everything_it_promises(small_round):
    """Tables, pages, registers, manifest; each village in a folder of its own."""
    out, result = small_round.out, small_round.result
    note = read_manifest(out)

    assert note["state"] == "done"
    assert len(result.villages) == 4
    for name in ("index.html", "round.html", "round.ipynb", "manifest.json", "assets"):
        assert (out / name).exists()
    for village in result.villages:
        folder = out / "villages" / village["folder"]
        assert {p.name for p in folder.iterdir()} == {
            "report.ipynb",
            "report.html",
            "register.xlsx",
            "done.json",
        }
    assert not small_round.case_file.is_relative_to(out)
    assert verify(out) == []


def test_parquet_has_the_promised_columns(small_round):
    """Outside programs rely on them."""
    con = duckdb.connect()
    columns = {
        name: [
            row[0] for row in con.execute(f"DESCRIBE FROM '{small_round.out / name}'").fetchall()
        ]
        for name in ("candidates.parquet", "evidence.parquet")
    }
    assert (
        columns["candidates.parquet"][:22]
        == (
            "candidate_id village_code village_name town county model_ids model_id category aspects forms title summary "
            "subject amount_yuan first_on last_on level namesakes score rank innocent check"
        ).split()
    )
    assert "status" in columns["candidates.parquet"]
    assert (
        columns["evidence.parquet"] == "candidate_id model_id role file sheet row summary".split()
    )


def test_nothing_changed_means_nothing_done(again):
    """Files keep their times, even after the folder was moved."""
    raw, out, _ = again
    before = {p: p.stat().st_mtime_ns for p in out.rglob("*.html")}
    assert run(raw, out, jobs=2).is_unchanged
    assert before == {p: p.stat().st_mtime_ns for p in out.rglob("*.html")}


def test_a_spoilt_report_is_made_again_and_only_that_one(again):
    """A changed or lost file of one village is noticed by its hash."""
    raw, out, result = again
    spoilt, other = (out / "villages" / v["folder"] / "report.html" for v in result.villages[:2])
    kept = other.stat().st_mtime_ns
    whole = spoilt.read_text(encoding="utf-8")
    spoilt.write_text("x", encoding="utf-8")

    assert verify(out) == [f"结果被改动：villages/{spoilt.parent.name}/report.html"]
    assert not run(raw, out, jobs=2).is_unchanged
    assert spoilt.read_text(encoding="utf-8") == whole
    assert other.stat().st_mtime_ns == kept
    assert verify(out) == []


def test_a_new_file_changes_the_key(again):
    """One more file under raw, and the case is built anew."""
    raw, out, _ = again
    (raw / "补充说明.txt").write_text("无", encoding="utf-8")
    assert not run(raw, out, jobs=2, reports=False).is_unchanged
    (raw / "补充说明.txt").unlink()
    assert "资料缺失：补充说明.txt" in verify(out)


@pytest.fixture
def failing_template(tmp_path):
    """The village template with a cell that fails in the first village only."""
    book = nbformat.read(ROOT / "notebooks" / "30_village.ipynb", as_version=4)
    source = (
        "assert page.own('report_peer') and not str(run_dir).endswith(BAD), '这个村的账缺了一页'"
    )
    book.cells.insert(4, nbformat.v4.new_code_cell(source))
    path = tmp_path / "template.ipynb"

    def make(bad):
        book.cells[4].source = source.replace("BAD", repr(bad))
        nbformat.write(book, path)
        return path

    return make


def test_one_failing_village_costs_one_village(small_round, tmp_path, failing_template):
    """The others are delivered; its page says in Chinese what happened; the next run does only that one again."""
    out = tmp_path / "run"
    bad = small_round.result.villages[1]["folder"]
    known = {"case_file": small_round.case_file, "jobs": 2}
    result = run(small_round.raw, out, notebook=failing_template(bad), **known)

    assert [v["folder"] for v in result.failed] == [bad]
    page = (out / "villages" / bad / "report.html").read_text(encoding="utf-8")
    assert "本村的报告没有生成" in page
    assert "这个村的账缺了一页" in page
    assert "报告未生成" in (out / "index.html").read_text(encoding="utf-8")
    assert sum(v["status"] == "done" for v in result.villages) == 3
    assert run(small_round.raw, out, notebook=failing_template("-"), **known).failed == []


def hold(path, ready, release):
    with lock(Path(path), "run"):
        ready.set()
        release.wait(30)


def test_a_second_run_says_so_and_stops(tmp_path):
    """The message names the process; a lock whose holder died is simply taken over."""
    context = multiprocessing.get_context("spawn")
    ready, release = context.Event(), context.Event()
    process = context.Process(target=hold, args=(str(tmp_path / ".lock"), ready, release))
    process.start()
    assert ready.wait(30)
    with pytest.raises(NotAllowed, match=f"进程 {process.pid}"), lock(tmp_path / ".lock", "run"):
        pass
    process.kill()
    process.join()
    with lock(tmp_path / ".lock", "run"):
        pass


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is a POSIX signal")
@pytest.mark.parametrize("seconds", [1.5, 4.0])
def test_killed_at_any_moment_and_run_again(small_round, tmp_path, seconds):
    """No village lost or doubled, no half file left, tables and registers byte-equal."""
    out = tmp_path / "run"
    code = f"from xuncha_lib.runs import run; run({str(small_round.raw)!r}, {str(out)!r}, jobs=2)"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-c", f"if __name__ == '__main__': {code}"], env=environment
    )
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.wait()
    result = run(small_round.raw, out, jobs=2)

    assert contents(out, result) == contents(small_round.out, small_round.result)
    assert sorted(v["village_code"] for v in result.villages) == sorted(
        v["village_code"] for v in small_round.result.villages
    )
    assert [p.name for p in out.rglob(".*.tmp*")] == []
    assert verify(out) == []


def test_only_the_villages_asked_for(small_round, tmp_path):
    """All are analysed, because peers need them; an unknown one is named with its nearest."""
    village = small_round.result.villages[0]
    known = {"case_file": small_round.case_file, "jobs": 1}
    result = run(small_round.raw, tmp_path / "run", villages=[village["village_code"]], **known)
    assert [v["village_code"] for v in result.villages] == [village["village_code"]]
    assert result.candidates == small_round.result.candidates
    with pytest.raises(UnknownName, match="没有这个名称"):
        run(small_round.raw, tmp_path / "run", villages=["没有这个村"], **known)


def test_arguments_are_checked_before_work_starts(small_round, tmp_path):
    """An output inside raw, an empty raw, settings that do not exist."""
    (tmp_path / "empty").mkdir()
    for arguments in (
        (small_round.raw, small_round.raw / "out"), (tmp_path / "empty", tmp_path / "o"), (tmp_path / "no", tmp_path / "o"),
    ):  # fmt: skip
        with pytest.raises(XunchaError):
            run(*arguments)
    with pytest.raises(XunchaError, match="没有这个设置文件"):
        run(small_round.raw, tmp_path / "o", settings=tmp_path / "no.toml")


def test_settings_of_the_round_are_printed(small_round, tmp_path):
    """With a warrant, pages carry its number instead of 未登记授权."""
    toml = tmp_path / "xuncha.toml"
    toml.write_text('warrant = "示例〔2026〕1号"\nteam = "第一组"\n', encoding="utf-8")
    village = small_round.result.villages[0]["village_code"]
    run(small_round.raw, tmp_path / "run", settings=toml, villages=[village], jobs=1)
    (page,) = (tmp_path / "run").rglob("report.html")
    text = page.read_text(encoding="utf-8")
    assert "授权文号：示例〔2026〕1号" in text
    assert "未登记授权" not in text


def test_folder_names_are_legal_everywhere_and_never_alike():
    """Windows refuses some characters and names; two villages of one name get their codes."""
    assert safe_name('a<b>:"/\\|?*. ') == "a_b________"
    assert safe_name("CON") == "_CON"
    names = village_folders(
        [
            ("1", "云台镇", "东桥村"),
            ("2", "青河镇", "东桥村"),
            ("3", "", "东桥村"),
            ("4", "", "东桥村"),
        ]
    )
    assert names == {"1": "云台镇-东桥村", "2": "青河镇-东桥村", "3": "东桥村-3", "4": "东桥村-4"}


def test_the_manifest_lists_inputs_with_hashes(small_round):
    """Path, size and SHA-256 of every file received."""
    note = read_manifest(small_round.out)
    files = [p for p in small_round.raw.rglob("*") if p.is_file()]
    assert len(note["inputs"]) == len(files)
    assert all(re.fullmatch(r"[0-9a-f]{64}", entry["sha256"]) for entry in note["inputs"])
    assert json.loads((small_round.out / "manifest.json").read_text(encoding="utf-8"))["key"]


def test_villages_outside_the_round_are_told_and_get_no_page(again):
    """Only bureaus' rolls name one of the four: not in the list, its name below it."""
    _, out, result = again
    strange = next(v for v in result.villages if v["candidates"])
    with duckdb.connect(str(out.parent / "run.duckdb")) as con:
        con.execute("UPDATE village SET of_round = village_code <> ?", [strange["village_code"]])
        page = RoundPage(con)
        outcomes = {
            v["village_code"]: {"folder": v["folder"], "status": "done"} for v in result.villages
        }
        html = index_html(page, outcomes, has_round=False)
    assert strange["village_code"] not in {v["village_code"] for v in page.villages}
    assert "3个村" in html
    assert "只在部门名册中出现、没有报送资料的村：1个" in html
    assert strange["village_name"] in html
