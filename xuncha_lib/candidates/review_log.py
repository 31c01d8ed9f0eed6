"""What people decided, one append-only file per reviewer beside the case: each line on disk before it counts,
each chained by hash to the one before. The case can be deleted and built again; this cannot.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from xuncha_lib.errors import NotAllowed, XunchaError, unknown
from xuncha_lib.masks import mask_text
from xuncha_lib.source import content_key
from xuncha_lib.store import take_lock

ACTS = ("confirm", "dismiss", "more", "undo")
REASON_CODES = {
    "FP01": "同名不同人", "FP02": "录入差错", "FP03": "补发补扣", "FP04": "政策允许", "FP05": "时间错位",
    "FP06": "户与人混淆", "FP07": "已备案回避", "FP08": "撤销退回", "FP09": "数据口径不同", "FP10": "标准参数错",
    "FP11": "表不全", "FP12": "其他",
}  # fmt: skip
"""Why a candidate was dismissed."""

_BINARY = getattr(os, "O_BINARY", 0)
"""Windows would otherwise write other line ends than were hashed."""

START = "0" * 64
"""What the first line of a file is chained to."""


@dataclass(frozen=True)
class Entry:
    """One decision.

    act: confirm | dismiss | more | undo (takes back this reviewer's latest decision on the candidate).
    models: model, chance before anybody decided.   matters, rows: what was decided on, as content keys.
    """

    n: int
    at: str
    reviewer: str
    act: str
    candidate_id: str
    code: str = ""
    note: str = ""
    village: str = ""
    title: str = ""
    models: tuple[tuple[str, float], ...] = ()
    matters: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()


def review_folder(case_file: Path) -> Path:
    """<case>.review beside the case file."""
    return case_file.with_suffix(".review")


def file_of(folder: Path, reviewer: str) -> Path:
    """The file of one reviewer; a name that no file can bear gets a key of the name."""
    plain = re.sub(r'[<>:"/\\|?*\x00-\x1f.\s]', "_", reviewer)[:40]
    name = plain if plain == reviewer else f"{plain}-{content_key(reviewer)[:6]}"
    return folder / f"{name}.jsonl"


def _chained(prev: str, body: str) -> str:
    return hashlib.sha256(f"{prev}\n{body}".encode()).hexdigest()


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True)
class Chain:
    """One file as read.   head: hash of its last good line.   broken: what is wrong, in Chinese; torn: unfinished lines."""

    entries: tuple[Entry, ...]
    head: str = START
    broken: tuple[str, ...] = ()
    torn: int = 0
    ends_whole: bool = True


def read_chain(path: Path) -> Chain:
    """The entries of a file; those behind a break are still read, and the break is told."""
    if not path.is_file():
        return Chain(())
    text = path.read_bytes().decode("utf-8", errors="replace")
    entries: list[Entry] = []
    broken: list[str] = []
    prev, torn = START, 0
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        if not line:
            continue
        read = _read_line(line)
        if read is None:
            torn += 1
            if number == len(lines) - 1:  # ended by a line break, so it was once whole
                broken.append(f"第{number}行读不懂：内容被改动")
            continue
        entry, stated_prev, stated = read
        body = _as_json(asdict(entry))
        if stated_prev != prev:
            broken.append(f"第{number}行与前一行接不上：中间有行被删去、插入或改动")
        elif stated != _chained(prev, body):
            broken.append(f"第{number}行的内容与校验值不符")
        prev = stated
        entries.append(entry)
    return Chain(tuple(entries), prev, tuple(broken), torn, text.endswith("\n") or not text)


def _read_line(line: str) -> tuple[Entry, str, str] | None:
    """Entry, hash before and own hash; None for a line whose writing was interrupted."""
    try:
        value = json.loads(line)
        prev, own = str(value.pop("prev")), str(value.pop("hash"))
        value["models"] = tuple((str(m), float(p)) for m, p in value["models"])
        value["matters"], value["rows"] = tuple(value["matters"]), tuple(value["rows"])
        return Entry(**{f.name: value[f.name] for f in fields(Entry)}), prev, own
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def read_log(folder: Path) -> dict[str, Chain]:
    """File stem → chain, of every reviewer, in order of name."""
    return {path.stem: read_chain(path) for path in sorted(folder.glob("*.jsonl"))}


def append_entry(folder: Path, draft: Entry) -> Entry:
    """Write one decision; when this returns it is on disk. `n` is given here, the note is masked here."""
    _check(draft)
    folder.mkdir(parents=True, exist_ok=True)
    path = file_of(folder, draft.reviewer)
    with _held(path.with_suffix(".lock")):
        chain = read_chain(path)
        values = asdict(draft) | {"n": len(chain.entries) + 1, "note": mask_text(draft.note)}
        entry = Entry(**values)
        body = _as_json(asdict(entry))
        line = json.loads(body) | {"prev": chain.head, "hash": _chained(chain.head, body)}
        is_new = not path.exists()
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | _BINARY, 0o600)
        try:
            seal = "" if chain.ends_whole else "\n"
            _write_all(handle, f"{seal}{_as_json(line)}\n".encode())
            os.fsync(handle)
        finally:
            os.close(handle)
        if is_new:
            _sync_folder(folder)
        note = path.with_suffix(".head.tmp")
        note.write_text(f"{entry.n} {line['hash']}\n", encoding="utf-8")
        note.replace(path.with_suffix(".head"))
    return entry


def _check(draft: Entry) -> None:
    if draft.act not in ACTS:
        raise unknown("复核动作", draft.act, ACTS)
    if draft.act == "dismiss" and draft.code not in REASON_CODES:
        raise unknown("排除原因码", draft.code or "（未填）", REASON_CODES)
    if not draft.reviewer.strip():
        raise XunchaError("复核人", "没有填写", "用 --by 姓名 说明是谁复核的")


def _write_all(handle: int, data: bytes) -> None:
    while data:
        data = data[os.write(handle, data) :]


def _sync_folder(folder: Path) -> None:
    """Make a new file's name as durable as its content, where the system can."""
    if os.name != "nt":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _held(path: Path) -> Iterator[None]:
    """Wait for other writers of the same file."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not take_lock(handle, wait=True):
            raise NotAllowed(str(path), "另一个窗口正在写这份复核记录", "请稍后再试")
        yield
    finally:
        os.close(handle)


def heads(folder: Path) -> dict[str, list[Any]]:
    """File stem → number of entries and hash of the last, as they are now: equal heads, equal decisions."""
    return {name: [len(chain.entries), chain.head] for name, chain in read_log(folder).items()}


def problems(folder: Path) -> list[tuple[str, str]]:
    """(file, what is wrong) of every chain, also lines that were taken off its end since they were written."""
    log = read_log(folder)
    found = [(f"{name}.jsonl", text) for name, chain in log.items() for text in chain.broken]
    for path in sorted(folder.glob("*.head")):
        chain = log.get(path.stem)
        n, head = _noted(path)
        if chain is None:
            found.append((f"{path.stem}.jsonl", f"文件不见了：曾记下其中有{n}条复核"))
        elif len(chain.entries) < n:
            found.append((f"{path.stem}.jsonl", f"末尾少了{n - len(chain.entries)}条：曾记下{n}条"))
        elif n and _hash_after(chain, n) != head:
            found.append((f"{path.stem}.jsonl", f"前{n}条与写入时记下的校验值不符"))
    return found


def _noted(path: Path) -> tuple[int, str]:
    """Entries and head as noted after the latest append; (0, start) where the note was interrupted."""
    count, _, head = path.read_text(encoding="utf-8").strip().partition(" ")
    return (int(count), head) if count.isdigit() and head else (0, START)


def _hash_after(chain: Chain, n: int) -> str:
    prev = START
    for entry in chain.entries[:n]:
        prev = _chained(prev, _as_json(asdict(entry)))
    return prev
