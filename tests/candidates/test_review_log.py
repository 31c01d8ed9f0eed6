"""The log: append-only, chained, on disk before it counts; whatever happens to it is told."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from xuncha_lib.candidates.review_log import (
    Entry,
    append_entry,
    file_of,
    problems,
    read_chain,
    read_log,
)
from xuncha_lib.errors import UnknownName, XunchaError

ROOT = Path(__file__).resolve().parents[2]


def entry(n=0, act="confirm", reviewer="张三", **words):
    return Entry(n, "2026-01-02 03:04:05", reviewer, act, f"C{n:04d}", **words)


def write(folder, count=3):
    for n in range(count):
        append_entry(folder, entry(n))
    return file_of(folder, "张三")


def test_each_reviewer_has_a_file_and_lines_are_numbered(tmp_path):
    """Two reviewers never write into one file; names no file can bear are told apart."""
    write(tmp_path)
    append_entry(tmp_path, entry(reviewer="李/四"))
    append_entry(tmp_path, entry(reviewer="李:四"))

    log = read_log(tmp_path)
    assert len(log) == 3
    assert [e.n for e in log["张三"].entries] == [1, 2, 3]
    assert problems(tmp_path) == []


@pytest.mark.parametrize("change", ["edit", "drop", "swap", "cut", "remove", "rehash"])
def test_tampering_is_told(tmp_path, change):
    """A line edited, dropped, moved, cut off the end, the file gone, or one line rewritten with a hash of its own."""
    path = write(tmp_path)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    if change == "edit":
        lines[1] = lines[1].replace('"confirm"', '"more"')
    elif change == "drop":
        del lines[1]
    elif change == "swap":
        lines[0], lines[1] = lines[1], lines[0]
    elif change == "cut":
        del lines[2]
    elif change == "rehash":
        last = json.loads(lines[2]) | {"note": "改"}
        lines[2] = json.dumps(last, ensure_ascii=False) + "\n"
    if change == "remove":
        path.unlink()
    else:
        path.write_text("".join(lines), encoding="utf-8")

    assert [file for file, _ in problems(tmp_path)] != []
    assert {file for file, _ in problems(tmp_path)} == {"张三.jsonl"}


def test_a_torn_last_line_is_left_behind_and_costs_nothing(tmp_path):
    """Power went while a line was written: it was never confirmed to anybody; the next one follows on."""
    path = write(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"act":"dismiss","at":"20')
    assert len(read_chain(path).entries) == 3

    append_entry(tmp_path, entry(3))
    chain = read_chain(path)
    assert [e.candidate_id for e in chain.entries] == ["C0000", "C0001", "C0002", "C0003"]
    assert chain.torn == 1
    assert problems(tmp_path) == []


def test_bad_decisions_are_not_written(tmp_path):
    """An unknown code names the nearest; a dismissal needs one."""
    with pytest.raises(UnknownName, match="FP0"):
        append_entry(tmp_path, entry(act="dismiss", code="FP99"))
    with pytest.raises(UnknownName):
        append_entry(tmp_path, entry(act="dismiss"))
    with pytest.raises(UnknownName, match="confirm"):
        append_entry(tmp_path, entry(act="confrm"))
    with pytest.raises(XunchaError):
        append_entry(tmp_path, entry(reviewer=" "))
    assert read_log(tmp_path) == {}


def test_notes_are_masked(tmp_path):
    """Whatever somebody pastes into a note."""
    kept = append_entry(tmp_path, entry(note="证号370124196001010014，电话13800000001"))
    assert kept.note == "证号370124********0014，电话138****0001"


WRITER = """
import sys
from pathlib import Path
from xuncha_lib.candidates.review_log import Entry, append_entry
for n in range(10_000):
    append_entry(Path(sys.argv[1]), Entry(0, "2026-01-02 03:04:05", "张三", "confirm", f"{sys.argv[2]}{n}"))
    print(n, flush=True)
"""


def start(folder, name):
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", WRITER, str(folder), name]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is a POSIX signal")
def test_killed_while_writing_nothing_acknowledged_is_lost(tmp_path):
    """Every line that was acknowledged is there afterwards, and the chain is whole."""
    writer = start(tmp_path, "A")
    told = [writer.stdout.readline() for _ in range(25)]
    writer.send_signal(signal.SIGKILL)
    told += writer.stdout.read().split()
    writer.wait()
    entries = read_chain(file_of(tmp_path, "张三")).entries

    assert len(entries) >= len(told)
    assert problems(tmp_path) == []


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is a POSIX signal")
def test_two_windows_of_one_reviewer_make_one_chain(tmp_path):
    """The notebook and the command line write at once."""
    writers = [start(tmp_path, "A"), start(tmp_path, "B")]
    for writer in writers:
        for _ in range(15):
            writer.stdout.readline()
    for writer in writers:
        writer.send_signal(signal.SIGKILL)
        writer.wait()
    chain = read_chain(file_of(tmp_path, "张三"))

    assert {e.candidate_id[0] for e in chain.entries} == {"A", "B"}
    assert [e.n for e in chain.entries] == list(range(1, len(chain.entries) + 1))
    assert problems(tmp_path) == []
