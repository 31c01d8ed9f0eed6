"""From a folder of spreadsheets to the tables of a case, with every file, sheet and row accounted for."""

from __future__ import annotations

import gc
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from xuncha_lib.ingest.files import Progress, files_under, read_all
from xuncha_lib.ingest.gather import Gathered
from xuncha_lib.ingest.load import Loader
from xuncha_lib.ingest.pack import pack
from xuncha_lib.settings import Settings

__all__ = ["IntakeSummary", "ingest"]

STATUSES = ("read", "not_recognised", "unreadable", "not_a_table")


@dataclass
class IntakeSummary:
    """What came in. files: by status, adding up to every file.   rows: `read` is the sum of the other four.

    problems : (file, sheet, what, what to do) for every file or sheet that was not used.
    """

    files: dict[str, int]
    rows: dict[str, int]
    seconds: float
    problems: list[tuple[str, str, str, str]] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The JSON of `xuncha ingest --json`."""
        return {"files": self.files, "rows": self.rows, "seconds": round(self.seconds, 3)}


def ingest(
    raw: Path, con: Any, *, settings: Settings, jobs: int = 1, progress: Progress | None = None
) -> IntakeSummary:
    """Read every file under `raw` into the DuckDB connection `con`; earlier content of these tables is replaced."""
    started = time.perf_counter()
    was_on = gc.isenabled()
    gc.disable()  # millions of small rows and no cycles: a third of the time otherwise
    try:
        files = list(read_all(Path(raw), files_under(Path(raw)), jobs, progress))
        whole = pack(files)
        loader = Loader(con, settings)
        loader.load(Gathered((whole, at) for at in range(len(files))))
    finally:
        if was_on:
            gc.enable()
    counts = dict.fromkeys(STATUSES, 0)
    problems = []
    for file in files:
        counts[file.status] += 1
        if file.status != "read":
            problems.append((file.path, "", file.why, file.todo))
        problems += [
            (file.path, s.sheet, s.why, "")
            for s in file.sheets
            if s.status == "not_recognised" and file.status == "read"
        ]
    fates = loader.fates
    rows = {"read": sum(fates.values())} | {
        name: fates[fate]
        for name, fate in (
            ("canonical", "canonical"),
            ("control", "control"),
            ("footer", "footer"),
            ("rejected", "rejected"),
        )
    }
    return IntakeSummary(counts, rows, time.perf_counter() - started, problems)
