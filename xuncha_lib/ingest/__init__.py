"""From a folder of spreadsheets to the tables of a case, with every file, sheet and row accounted for."""

from __future__ import annotations

import gc
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from xuncha_lib.ingest import petitions
from xuncha_lib.ingest.files import Job, files_under
from xuncha_lib.ingest.gather import Gathered
from xuncha_lib.ingest.intake import Progress, read_round
from xuncha_lib.ingest.kept import Kept
from xuncha_lib.ingest.limits import Limits
from xuncha_lib.ingest.load import Loader
from xuncha_lib.ingest.made import Made
from xuncha_lib.ingest.passwords import Passwords, read_passwords
from xuncha_lib.ingest.tables_file import TablesFile
from xuncha_lib.ingest.teaching import layouts_of
from xuncha_lib.settings import Settings

__all__ = ["IntakeSummary", "Limits", "Passwords", "ingest", "ingest_file", "read_passwords"]

STATUSES = ("read", "not_recognised", "unreadable", "not_a_table")


@dataclass
class IntakeSummary:
    """What came in. files: by status, adding up to every file; refused ones count as not recognised.
    rows: `read` is the sum of the other four.

    An archive counts as one file.   problems : (file, sheet, what, what to do) for every file or sheet that was not used.
    unchanged : files taken over from the intake before.
    supply : who sent what, per village; filled by `xuncha ingest` once the case is whole.
    """

    files: dict[str, int]
    rows: dict[str, int]
    seconds: float
    problems: list[tuple[str, str, str, str]] = field(default_factory=list)
    unchanged: int = 0
    supply: dict[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """The JSON of `xuncha ingest --json`."""
        told = {"files": self.files, "rows": self.rows, "seconds": round(self.seconds, 3)}
        return told | {"supply": self.supply} if self.supply else told


def ingest(
    raw: Path,
    con: Any,
    *,
    settings: Settings,
    jobs: int = 1,
    progress: Progress | None = None,
    kept: Path | None = None,
    passwords: Passwords | None = None,
    limits: Limits | None = None,
    made: Made | None = None,
) -> IntakeSummary:
    """Read every file under `raw` into the DuckDB connection `con`; earlier content of these tables is replaced.

    kept : folder of what was read before; a file whose content did not change is not read again.
    made : of what the tables of `con` were made, if no other step has touched them since: those stay that
           would come out the same. Filled with what they are made of now.
    """
    started = time.perf_counter()
    taught = layouts_of(Path(raw))  # a mistake in them ends the round before it begins
    store = Kept(kept, taught.digest)
    job = Job(str(raw), passwords or Passwords(), limits or Limits(), str(store.folder))
    was_on = gc.isenabled()
    gc.disable()  # many small values and no cycles
    try:
        order, unchanged = read_round(job, files_under(Path(raw)), store, jobs, progress)
        found = Gathered(order)
        made = made or Made()
        made.begin(store.version, settings)
        loader = Loader(con, settings, made)
        loader.load(found)
        summary = _summary(found, loader)
    finally:
        store.close()
        if was_on:
            gc.enable()
    summary.unchanged, summary.seconds = unchanged, time.perf_counter() - started
    return summary


def ingest_file(
    raw: Path,
    case: Path,
    *,
    settings: Settings,
    kept: Path,
    jobs: int = 1,
    progress: Progress | None = None,
    passwords: Passwords | None = None,
) -> IntakeSummary:
    """As `ingest`, into a new file that takes the place of `case`.

    kept : folder of what was read before. Tables in which nothing changed since are not written again.
    """
    tables = TablesFile(kept)
    con, made = tables.open()
    try:
        summary = ingest(
            raw, con, settings=settings, jobs=jobs, progress=progress, kept=kept, passwords=passwords, made=made
        )  # fmt: skip
    finally:
        con.close()
    tables.put(made, case)
    return summary


def _summary(found: Gathered, loader: Loader) -> IntakeSummary:
    counts = dict.fromkeys(STATUSES, 0)
    problems = []
    for file in found.files:
        if "!/" not in file.path:
            counts["not_recognised" if file.status == "refused" else file.status] += 1
        if file.status != "read":
            problems.append((file.path, "", file.why, file.todo))
        problems += [
            (file.path, s.sheet, s.why, petitions.TODO if s.status == "refused" else "")
            for s in file.sheets
            if s.status in ("not_recognised", "refused") and file.status == "read"
        ]
    fates = loader.fates
    names = (
        ("canonical", "canonical"),
        ("control", "control"),
        ("footer", "footer"),
        ("rejected", "rejected"),
    )
    rows = {"read": sum(fates.values())} | {name: fates[fate] for name, fate in names}
    return IntakeSummary(counts, rows, 0.0, problems)
