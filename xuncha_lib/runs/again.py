"""Reports of a case that is already there, without its raw folder."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from xuncha_lib.errors import XunchaError
from xuncha_lib.report.case_file import connect, release, require
from xuncha_lib.runs.fingerprint import NOTEBOOKS
from xuncha_lib.runs.job import copy_assets
from xuncha_lib.runs.lock import lock
from xuncha_lib.runs.plan import TEMPLATE, Plan, village_tasks
from xuncha_lib.runs.steps import Beside, Progress, beside_of, judged_anew, silent
from xuncha_lib.runs.workers import Workers, counting
from xuncha_lib.settings import Settings


def report_case(
    case_file: Path,
    out: Path,
    villages: Sequence[str] = (),
    *,
    notebook: Path | None = None,
    jobs: int | None = None,
    isolate: bool = False,
    timeout: int = 300,
    progress: Progress = silent,
) -> list[Path]:
    """Render the report notebooks of some villages (all by default) into `out`; their HTML pages.

    The case must have been scanned. A notebook that fails is an XunchaError after the others are done.
    """
    settings, beside = _of_case(case_file)
    judged_anew(case_file, beside)
    plan = Plan(
        Path(), out, case_file, settings, beside, [], "", tuple(villages), jobs or os.cpu_count() or 1,
        True, True, isolate, timeout, notebook or NOTEBOOKS / TEMPLATE, progress,
    )  # fmt: skip
    con = connect(case_file)
    try:
        tasks, wanted = village_tasks(plan, con)
    finally:
        con.close()
    chosen = [task for task in tasks if task.id in wanted]
    with (
        lock(out / ".lock", str(out)),
        Workers(min(plan.jobs, len(chosen)), isolate=isolate) as workers,
    ):
        copy_assets(out / "assets")
        outcomes = workers.run(chosen, counting(progress, len(chosen)))
    failed = [t.title for t, o in zip(chosen, outcomes, strict=True) if o.status == "failed"]
    if failed:
        raise XunchaError("、".join(failed), "报告没有生成", f"原因见 {out} 下各村的 report.html")
    return [task.folder / f"{task.name}.html" for task in chosen]


def _of_case(case_file: Path) -> tuple[Settings, Beside]:
    """What the case says about the round's authority and what it was made with; one not scanned is an UnreadableFile."""
    release()
    con = connect(case_file)
    try:
        require(con, "report_digest", "先运行 xuncha scan")
        known = dict(con.execute("SELECT key, coalesce(value, '') FROM setting").fetchall())
        beside = beside_of(con, case_file)
    finally:
        con.close()
    return Settings(warrant=known.get("warrant", ""), team=known.get("team", "")), beside
