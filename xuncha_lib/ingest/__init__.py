"""From a folder of spreadsheets to the tables of a case, with every file, sheet and row accounted for."""

from __future__ import annotations

import gc
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from xuncha_lib.ingest import petitions
from xuncha_lib.ingest.files import Progress, files_under, read_all
from xuncha_lib.ingest.load import Loader
from xuncha_lib.ingest.teaching import layouts_of
from xuncha_lib.settings import Settings

__all__ = ["IntakeSummary", "ingest"]

STATUSES = ("read", "not_recognised", "unreadable", "not_a_table")


@dataclass
class IntakeSummary:
    """What came in. files: by status, adding up to every file; refused ones count as not recognised.
    rows: `read` is the sum of the other four.

    problems : (file, sheet, what, what to do) for every file or sheet that was not used.
    supply : who sent what, per village; filled by `xuncha ingest` once the case is whole.
    """

    files: dict[str, int]
    rows: dict[str, int]
    seconds: float
    problems: list[tuple[str, str, str, str]] = field(default_factory=list)
    supply: dict[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """The JSON of `xuncha ingest --json`."""
        told = {"files": self.files, "rows": self.rows, "seconds": round(self.seconds, 3)}
        return told | {"supply": self.supply} if self.supply else told


def ingest(
    raw: Path, con: Any, *, settings: Settings, jobs: int = 1, progress: Progress | None = None
) -> IntakeSummary:
    """Read every file under `raw` into the DuckDB connection `con`; earlier content of these tables is replaced."""
    started = time.perf_counter()
    layouts_of(Path(raw))  # a mistake in them ends the round before it begins
    was_on = gc.isenabled()
    gc.disable()  # millions of small rows and no cycles: a third of the time otherwise
    try:
        files = list(read_all(Path(raw), files_under(Path(raw)), jobs, progress))
        loader = Loader(con, settings)
        loader.load(files)
    finally:
        if was_on:
            gc.enable()
    counts = dict.fromkeys(STATUSES, 0)
    problems = []
    for file in files:
        counts["not_recognised" if file.status == "refused" else file.status] += 1
        if file.status != "read":
            problems.append((file.path, "", file.why, file.todo))
        problems += [
            (file.path, s.sheet, s.why, petitions.TODO if s.status == "refused" else "")
            for s in file.sheets
            if s.status in ("not_recognised", "refused") and file.status == "read"
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
