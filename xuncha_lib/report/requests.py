"""The register of comparisons: who was looked for, where, why; a line is added, never changed."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from xuncha_lib.report.comparison import file_key


def register_request(
    log: Path,
    left: Sequence[Path],
    right: Sequence[Path],
    out: Path,
    *,
    reason: str,
    counts: dict[str, int],
    at: datetime,
) -> str:
    """Add a line to the register and return the request's number (BD-day-n).

    Each line holds the hash of the one before: a line taken out or changed later shows.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("a+b") as file:
        file.seek(0)
        lines = file.read().splitlines()
        number = f"BD-{at:%Y%m%d}-{len(lines) + 1:03d}"
        entry = {
            "number": number, "at": f"{at:%Y-%m-%dT%H:%M:%S}", "reason": reason, "out": out.name,
            "left": {path.name: file_key(path) for path in left}, "right": {path.name: file_key(path) for path in right},
            "counts": counts, "before": hashlib.sha256(lines[-1]).hexdigest() if lines else "",
        }  # fmt: skip
        file.write(json.dumps(entry, ensure_ascii=False, sort_keys=True).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    return number
