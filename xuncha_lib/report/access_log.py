"""Who took what out of a case: one line per act beside the case file, each chained to the one before by its hash."""

from __future__ import annotations

import getpass
import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import Any


def log_file(case_file: Path) -> Path:
    """The log of a case: demo.duckdb → demo.access.jsonl."""
    return case_file.with_suffix(".access.jsonl")


def note(case_file: Path, act: str, **facts: Any) -> None:
    """Append one act with who, when and the facts given; a line holds the hash of the line before it."""
    path = log_file(case_file)
    before = path.read_bytes().splitlines() if path.is_file() else []
    entry = {
        "at": f"{datetime.now():%Y-%m-%d %H:%M:%S}", "who": _user(), "act": act, "case": case_file.name, **facts,
        "before": hashlib.sha256(before[-1]).hexdigest() if before else "",
    }  # fmt: skip
    with path.open("a", encoding="utf-8", newline="\n") as stream:
        stream.write(json.dumps(entry, ensure_ascii=False, sort_keys=True, default=str) + "\n")


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
