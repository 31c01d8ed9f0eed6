"""The main job: a raw folder becomes a run folder. It may be killed at any moment and called again."""

from __future__ import annotations

import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from xuncha_lib import __version__
from xuncha_lib.errors import XunchaError
from xuncha_lib.report.case_file import connect, release
from xuncha_lib.report.html import FONT_FILE
from xuncha_lib.report.index import index_html
from xuncha_lib.report.round import RoundPage
from xuncha_lib.runs.files import draft_of, put_text, sweep
from xuncha_lib.runs.fingerprint import LIBRARY, code_digest, file_sha256
from xuncha_lib.runs.lock import lock
from xuncha_lib.runs.manifest import inputs_note, read_manifest, write_manifest
from xuncha_lib.runs.plan import Plan, case_key, make_plan, round_task, village_tasks
from xuncha_lib.runs.steps import (
    Progress,
    build_case,
    judged_anew,
    silent,
    timed,
    write_tables,
)  # fmt: skip
from xuncha_lib.runs.task import DONE, Outcome, Task, finished
from xuncha_lib.runs.workers import Workers, counting


@dataclass(frozen=True)
class RunResult:
    """What a run delivered.

    villages : {village_code, village_name, town, folder, status, candidates, error, …} of each village reported on.
    is_unchanged : nothing had changed since last time, so nothing was done.   failed : names of villages.
    """

    out: Path
    case_file: Path
    candidates: int
    villages: list[dict[str, Any]]
    seconds: dict[str, float]
    is_unchanged: bool
    intake: Any = None

    @property
    def index(self) -> Path:
        """The page to open first."""
        return self.out / "index.html"

    @property
    def failed(self) -> list[dict[str, Any]]:
        """Villages whose report could not be made."""
        return [village for village in self.villages if village["status"] == "failed"]


def run(
    raw: str | Path,
    out: str | Path,
    *,
    villages: Sequence[str] = (),
    case_file: str | Path | None = None,
    jobs: int | None = None,
    force: bool = False,
    reports: bool = True,
    settings: str | Path | None = None,
    isolate: bool = False,
    timeout: int = 300,
    notebook: str | Path | None = None,
    learning: bool = True,
    password_file: str | Path | None = None,
    progress: Progress = silent,
) -> RunResult:
    """Raw folder → run folder.

    villages : names or codes whose reports are wanted; all villages are analysed, peers need them.
    settings : xuncha.toml; by default the one beside the raw folder.   jobs : processes, default all cores.
    force    : do everything again.   reports : False stops after the candidates.
    isolate  : a fresh kernel per notebook.   timeout : seconds per cell.   notebook : another village template.
    learning : whether what reviewers decided on other candidates of a model moves the ranking; what they decided
               on a candidate itself always counts.
    password_file : passwords of books and archives, see `xuncha run --help`.
    A second run in the same folder is NotAllowed. A village whose notebook fails does not stop the others.
    """
    plan = make_plan(
        Path(raw), Path(out), villages=villages, case_file=Path(case_file) if case_file else None,
        settings=Path(settings) if settings else None, notebook=Path(notebook) if notebook else None,
        jobs=jobs, progress=progress, force=force, reports=reports, isolate=isolate, timeout=timeout,
        learning=learning,
        password_file=Path(password_file) if password_file else None,
    )  # fmt: skip
    with lock(plan.out / ".lock", str(plan.out)), Workers(plan.jobs, isolate=isolate) as workers:
        return _run(plan, workers)


def _run(plan: Plan, workers: Workers) -> RunResult:
    clock = time.perf_counter()
    seconds: dict[str, float] = {}
    note = _new_manifest(plan)
    has_case = not plan.force and case_key(plan.case_file) == plan.key
    if has_case:
        note["intake"] = _before(plan).get("intake")
        release()
        judged_anew(plan.case_file, plan.beside)
    else:
        write_manifest(plan.out, note)
        release()
        seconds, note["intake"] = build_case(
            plan.raw, plan.case_file, plan.key, settings=plan.settings, beside=plan.beside, jobs=plan.jobs,
            progress=plan.progress, password_file=plan.password_file, is_fresh=plan.force,
            when_read=workers.begin if plan.reports else None,  # kernels warm up while one core has little to do
        )  # fmt: skip
    con = connect(plan.case_file)
    try:
        tasks, wanted = village_tasks(plan, con) if plan.reports else ([], set())
        kept = {} if plan.force else {t.id: done for t in tasks if (done := finished(t))}
        if has_case and wanted <= set(kept) and _is_whole(plan):
            return _result(plan, _before(plan), is_unchanged=True)
        write_manifest(plan.out, note)
        note |= _deliver(plan, con, workers, tasks, wanted, kept, seconds)
    finally:
        con.close()
    seconds["total"] = round(time.perf_counter() - clock, 3)
    note |= {"state": "done", "finished": f"{datetime.now():%Y-%m-%d %H:%M:%S}", "seconds": seconds}
    write_manifest(plan.out, note)
    return _result(plan, note, is_unchanged=False)


def _deliver(
    plan: Plan,
    con: duckdb.DuckDBPyConnection,
    workers: Workers,
    tasks: list[Task],
    wanted: set[str],
    kept: dict[str, Outcome],
    seconds: dict[str, float],
) -> dict[str, Any]:
    """Tables, village pages, round page, index; what the manifest says of them."""
    sweep(plan.out)
    written = [path.name for path in write_tables(con, plan.out)]
    villages: list[dict[str, Any]] = []
    if plan.reports:
        copy_assets(plan.out / "assets")
        whole = round_task(plan)
        todo = [t for t in tasks if t.id in wanted and t.id not in kept]
        if plan.force or finished(whole) is None:
            todo.append(whole)
        with timed(seconds, "reports"):
            made = _perform(plan, workers, todo)
        outcomes = kept | made
        villages = [_village_note(con, t, outcomes[t.id]) for t in tasks if t.id in outcomes]
        _drop_strangers(plan.out / "villages", {v["folder"] for v in villages})
        by_code = {v["village_code"]: v for v in villages}
        has_round = made.get("round", Outcome("round", "kept")).status != "failed"
        put_text(plan.out / "index.html", index_html(RoundPage(con), by_code, has_round=has_round))
        written += ["index.html", "round.html"]
    files = {n: file_sha256(plan.out / n) for n in written if (plan.out / n).is_file()}
    return {
        "candidates": con.execute("SELECT count(*) FROM candidate").fetchall()[0][0],
        "models": _models(con), "villages": villages, "files": files,
    }  # fmt: skip


def _perform(plan: Plan, workers: Workers, tasks: list[Task]) -> dict[str, Outcome]:
    if not tasks:
        return {}
    outcomes = workers.run(tasks, counting(plan.progress, len(tasks)))
    return {outcome.id: outcome for outcome in outcomes}


def _village_note(con: duckdb.DuckDBPyConnection, task: Task, outcome: Outcome) -> dict[str, Any]:
    counts = con.execute(
        """SELECT (SELECT count(*) FROM candidate WHERE village_code = $code),
                  (SELECT count(*) FROM report_unread WHERE village_code = $code),
                  (SELECT count(*) FROM report_reject WHERE village_code = $code),
                  (SELECT coalesce(town, '') FROM village WHERE village_code = $code)""",
        {"code": task.id},
    ).fetchall()[0]
    status = "failed" if outcome.status == "failed" else "done"
    return {
        "village_code": task.id, "village_name": task.title, "town": counts[3], "folder": task.folder.name,
        "status": status, "candidates": counts[0], "unread": counts[1], "rejects": counts[2],
        "seconds": outcome.seconds, "error": outcome.error, "files": outcome.files,
    }  # fmt: skip


def _models(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    rows = con.execute(
        "SELECT model_id, status, why, hits FROM model_run WHERE village_code IS NULL ORDER BY model_id"
    ).fetchall()
    return [dict(zip(("model_id", "status", "why", "hits"), row, strict=True)) for row in rows]


def copy_assets(folder: Path) -> None:
    """The font, once per run, with its licence."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in (FONT_FILE, "OFL.txt"):
        source = LIBRARY / "report" / "fonts" / name
        if source.is_file() and not (folder / name).is_file():
            shutil.copyfile(source, draft_of(folder / name))
            draft_of(folder / name).replace(folder / name)


def _drop_strangers(folder: Path, known: set[str]) -> None:
    """Remove folders of earlier runs that this run does not stand behind; only folders that runs made."""
    for path in folder.iterdir() if folder.is_dir() else ():
        ours = (path / DONE).is_file() or (path / "report.html").is_file()
        if path.is_dir() and path.name not in known and ours:
            shutil.rmtree(path)


def _new_manifest(plan: Plan) -> dict[str, Any]:
    return {
        "xuncha": __version__, "state": "running", "key": plan.key, "reviews": plan.beside.review_key,
        "code": code_digest(),
        "started": f"{datetime.now():%Y-%m-%d %H:%M:%S}", "raw": str(plan.raw.resolve()),
        "case_file": str(plan.case_file.resolve()), "stamp": plan.settings.stamp, "notebook": plan.notebook.name,
        "inputs": inputs_note(plan.inputs), "intake": None, "candidates": 0, "models": [], "files": {}, "villages": [],
    }  # fmt: skip


def _before(plan: Plan) -> dict[str, Any]:
    """The manifest that is there, if any of it can be used."""
    try:
        return read_manifest(plan.out)
    except XunchaError:
        return {}


def _is_whole(plan: Plan) -> bool:
    """Whether the folder holds a complete run of the same key with all its files."""
    note = _before(plan)
    if note.get("state") != "done" or note.get("key") != plan.key:
        return False
    if note.get("reviews") != plan.beside.review_key:
        return False
    names = ["candidates.parquet", "evidence.parquet"]
    names += ["index.html", "round.html"] if plan.reports else []
    files = note["files"]
    return all(
        (plan.out / n).is_file() and file_sha256(plan.out / n) == files.get(n) for n in names
    )


def _result(plan: Plan, note: dict[str, Any], *, is_unchanged: bool) -> RunResult:
    return RunResult(
        plan.out, plan.case_file, note["candidates"], note["villages"], note["seconds"], is_unchanged,
        note.get("intake"),
    )  # fmt: skip
