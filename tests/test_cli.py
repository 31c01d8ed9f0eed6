"""The command line: exit codes, JSON, and errors that say what to do."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from xuncha_lib.cli import main

ROOT = Path(__file__).resolve().parents[1]


def call(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


def test_an_unknown_command_says_what_was_meant():
    """Exit code 2, in Chinese, with the nearest."""
    result = call("rnu")
    assert result.exit_code == 2
    assert "您是不是要写“run”" in result.output
    assert "没有这个名称" in call("无此命令").output


@pytest.mark.parametrize(
    "words",
    [
        ["run", "--raw", "没有", "--out", "x"],
        ["verify", "没有"],
        ["report", "没有.duckdb", "--out", "x"],
    ],
)
def test_what_cannot_be_done_ends_with_2_and_a_way_out(words):
    """Where, what was found, what to do; no traceback."""
    result = call(*words)
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    assert len(result.output.strip().splitlines()) >= 2


def test_run_unchanged_then_verify(small_round):
    """The second run does nothing and says so; verify agrees."""
    words = ("--raw", small_round.raw, "--out", small_round.out)
    told = call("run", *words)
    assert told.exit_code == 0
    assert "没有重做" in told.output
    assert str(small_round.out / "index.html") in told.output
    note = json.loads(call("run", *words, "--json").output)
    assert note["unchanged"] is True
    assert note["failed"] == []
    assert call("verify", small_round.out).exit_code == 0


def test_an_unknown_engine_or_village_is_refused(small_round):
    """Before anything is done."""
    words = ("run", "--raw", small_round.raw, "--out", small_round.out)
    assert call(*words, "--engine", "dsak").exit_code == 2
    assert "没有这个名称" in call(*words, "--villages", "没有的村").output


def test_ingest_counts_every_file_and_every_row(small_round, tmp_path):
    """The JSON adds up; then scan and report go on from the case."""
    case = tmp_path / "case.duckdb"
    result = call("ingest", "--raw", small_round.raw, "--case", case, "--json")
    note = json.loads(result.stdout)
    assert result.exit_code == 0
    assert sum(note["files"].values()) == sum(p.is_file() for p in small_round.raw.rglob("*"))
    rows = note["rows"]
    assert rows["read"] == rows["canonical"] + rows["control"] + rows["footer"] + rows["rejected"]
    assert call("report", case, "--out", tmp_path / "r").exit_code == 2

    runs = json.loads(
        call("scan", case, "M11", "M12", "--json", "--csv", tmp_path / "hits.csv").stdout
    )
    assert [row["model_id"] for row in runs] == ["M11", "M12"]
    assert (tmp_path / "hits.csv").is_file()
    assert call("scan", case, "M11", "--knob", "no_such=1").exit_code == 2
    assert call("scan", case, "M999").exit_code == 2
    village = small_round.result.villages[0]["village_code"]
    pages = json.loads(call("report", case, village, "--out", tmp_path / "r", "--json").stdout)
    assert [Path(page).name for page in pages] == ["report.html"]
    assert Path(pages[0]).is_file()


def test_models_are_listed():
    """Number, name, category."""
    assert any(row["id"] == "M11" for row in json.loads(call("models", "--json").output))


def test_starting_is_cheap_and_nothing_is_printed():
    """Importing the library loads neither pandas nor DuckDB."""
    code = "import sys, xuncha_lib; print([m for m in ('pandas', 'duckdb', 'papermill') if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout.strip() == "[]"
