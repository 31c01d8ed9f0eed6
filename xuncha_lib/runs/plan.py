"""What a run is going to do: its settings, its case, and one task per village and one for the round."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from xuncha_lib import __version__
from xuncha_lib.errors import XunchaError, unknown
from xuncha_lib.report.case_file import connect
from xuncha_lib.runs.fingerprint import (
    NOTEBOOKS,
    Input,
    code_digest,
    digest,
    file_sha256,
    list_inputs,
    notebook_digest,
    run_key,
)  # fmt: skip
from xuncha_lib.runs.folders import village_folders
from xuncha_lib.runs.steps import Beside, Progress
from xuncha_lib.runs.task import Task
from xuncha_lib.settings import Settings, read_settings

TEMPLATE = "30_village.ipynb"
ROUND = "60_round.ipynb"


@dataclass(frozen=True)
class Plan:
    """A run before it starts.   key: hash of inputs, settings and code.   wanted: villages to report on, empty = all."""

    raw: Path
    out: Path
    case_file: Path
    settings: Settings
    beside: Beside
    inputs: list[Input]
    key: str
    wanted: tuple[str, ...]
    jobs: int
    force: bool
    reports: bool
    isolate: bool
    timeout: int
    notebook: Path
    progress: Progress
    password_file: Path | None = None


def default_case(out: Path) -> Path:
    """data/work/<run>.duckdb for a run in reports/, else the case file lies beside the run folder.

    Never inside it: a run folder may be handed on, a case holds names and numbers in the clear.
    """
    full = out.resolve()
    work = full.parent.parent / "data" / "work"
    return (work if full.parent.name == "reports" else full.parent) / f"{full.name}.duckdb"


def make_plan(
    raw: Path,
    out: Path,
    *,
    villages: Iterable[str],
    case_file: Path | None,
    settings: Path | None,
    notebook: Path | None,
    jobs: int | None,
    progress: Progress,
    force: bool,
    reports: bool,
    isolate: bool,
    timeout: int,
    learning: bool,
    password_file: Path | None = None,
) -> Plan:
    """Read settings and inputs; anything wrong with the arguments is an XunchaError here, before work starts."""
    if out.resolve().is_relative_to(raw.resolve()):
        raise XunchaError(str(out), "输出文件夹在原始资料里面", "请换一个位置：原始资料只读")
    toml = settings or raw.resolve().parent / "xuncha.toml"
    if settings and not toml.is_file():
        raise XunchaError(str(toml), "没有这个设置文件", "请核对 --settings 的路径")
    known = read_settings(toml)
    case = case_file or default_case(out)
    beside = _beside(toml, known, case, learning)
    inputs = list_inputs(raw)
    key = run_key(inputs, known, beside.limits, raw, beside.models)
    if password_file:
        key = _with_passwords(key, password_file)
    return Plan(
        raw, out, case, known, beside, inputs, key,
        tuple(villages) or known.villages, jobs or os.cpu_count() or 1, force, reports, isolate, timeout,
        notebook or NOTEBOOKS / TEMPLATE, progress, password_file,
    )  # fmt: skip


def _beside(toml: Path, known: Settings, case: Path, learning: bool) -> Beside:
    """Limits and models beside the settings, the review log beside the case."""
    from xuncha_lib.candidates.review_log import review_folder

    models = toml.parent / known.models
    if known.models != Settings.models and not models.is_dir():
        raise XunchaError(str(models), "设置里写的模型文件夹不存在", "请核对 xuncha.toml 的 models")
    limits = toml.parent / known.limits if known.limits else None
    return Beside(limits, models if models.is_dir() else None, review_folder(case), learning)


def _with_passwords(key: str, file: Path) -> str:
    """The key when these passwords may open more; a wrong path or line is told before work starts."""
    from xuncha_lib.ingest.passwords import read_passwords

    read_passwords(file)
    return digest(key, file_sha256(file))


def case_key(case_file: Path) -> str | None:
    """The key a finished case was made from; None where there is no such case."""
    if not case_file.is_file():
        return None
    try:
        con = connect(case_file)
    except XunchaError:
        return None
    try:
        rows = con.execute("SELECT value FROM setting WHERE key = 'run_key'").fetchall()
    except duckdb.Error:
        return None
    finally:
        con.close()
    return str(rows[0][0]) if rows else None


def village_tasks(plan: Plan, con: duckdb.DuckDBPyConnection) -> tuple[list[Task], set[str]]:
    """A task for every village of the case, and the codes of those wanted. An unknown village is an UnknownName."""
    rows = con.execute(
        """SELECT v.village_code, coalesce(v.town, ''), v.village_name, coalesce(v.county, ''), d.digest
           FROM village v LEFT JOIN report_digest d USING (village_code) WHERE v.of_round ORDER BY 1"""
    ).fetchall()
    folders = village_folders([row[:3] for row in rows])
    shared = [notebook_digest(plan.notebook), code_digest(), plan.settings.stamp]
    tasks = []
    for code, town, name, county, content in rows:
        folder = plan.out / "villages" / folders[code]
        tasks.append(Task(
            code, plan.notebook, folder, "report", name, " · ".join(filter(None, (town, county))),
            plan.settings.stamp, digest(content, *shared), "../../assets",
            {"case_file": str(plan.case_file.resolve()), "village": code, "run_dir": str(folder.resolve())},
            others=("register.xlsx",), isolate=plan.isolate, timeout=plan.timeout,
        ))  # fmt: skip
    return tasks, _wanted(plan.wanted, rows)


def _wanted(names: Iterable[str], rows: list[Any]) -> set[str]:
    from xuncha_lib.ingest.villages import names_of

    known: dict[str, set[str]] = {}
    for code, town, name, _, _ in rows:
        for alias in sorted(names_of(code, town, name)):
            known.setdefault(alias, set()).add(code)
    chosen: set[str] = set()
    for name in names:
        if name not in known:
            raise unknown("村", name, {row[2] for row in rows})
        chosen |= known[name]
    return chosen or {row[0] for row in rows}


def round_task(plan: Plan) -> Task:
    """The round's own notebook; its page lies beside the index."""
    notebook = NOTEBOOKS / ROUND
    key = digest(plan.key, plan.beside.review_key, notebook_digest(notebook), __version__)
    return Task(
        "round", notebook, plan.out, "round", "本轮汇总", "", plan.settings.stamp, key, "assets",
        {"case_file": str(plan.case_file.resolve())}, marker=".round.json", isolate=plan.isolate, timeout=plan.timeout,
    )  # fmt: skip
