"""One run at a time in a folder: a lock the operating system takes back when its holder dies."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from xuncha_lib.errors import NotAllowed
from xuncha_lib.store import take_lock


@contextmanager
def lock(path: Path, what: str) -> Iterator[None]:
    """Hold `path` while the block runs; NotAllowed, naming process and start time, where another does.

    The file stays behind after a crash, but not the lock on it: the next run simply takes it over.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not take_lock(handle):
            raise NotAllowed(what, f"另一次运行正在使用它{_holder(path)}", "请等它结束后再试")
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        note = {"pid": os.getpid(), "started": f"{datetime.now():%Y-%m-%d %H:%M:%S}"}
        os.write(handle, json.dumps(note).encode())
        yield
        os.ftruncate(handle, 0)
    finally:
        os.close(handle)


def _holder(path: Path) -> str:
    try:
        note = json.loads(path.read_text(encoding="utf-8"))
        return f"（进程 {note['pid']}，{note['started']} 开始）"
    except (OSError, ValueError, KeyError):
        return ""
