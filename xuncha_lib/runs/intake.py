"""The first step alone: a raw folder into a case file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from xuncha_lib.report.case_file import connect, release
from xuncha_lib.report.supply import supply_summary
from xuncha_lib.runs.fingerprint import require_files
from xuncha_lib.runs.lock import lock
from xuncha_lib.runs.steps import Progress, ingest_anew, kept_beside, silent
from xuncha_lib.settings import read_settings


def intake_summary(
    raw: Path,
    case_file: Path,
    *,
    jobs: int | None = None,
    password_file: Path | None = None,
    progress: Progress = silent,
) -> Any:
    """Read everything under `raw` into the case, replacing what it held, and say what became of it.

    Files that did not change since the last intake into this case are taken over from `kept_beside(case_file)`.
    """
    require_files(raw)
    settings = read_settings(raw.resolve().parent / "xuncha.toml")
    case_file.parent.mkdir(parents=True, exist_ok=True)
    with lock(case_file.with_name(f".{case_file.name}.lock"), str(case_file)):
        release()
        for old in (case_file, case_file.with_name(f"{case_file.name}.wal")):
            old.unlink(missing_ok=True)  # what was computed from the old rows must not outlive them
        summary = ingest_anew(
            case_file, raw, settings=settings, jobs=jobs or os.cpu_count() or 1, progress=progress, seconds={},
            kept=kept_beside(case_file), password_file=password_file,
        )  # fmt: skip
        con = connect(case_file)
        try:
            summary.supply = supply_summary(con)
            return summary
        finally:
            con.close()
