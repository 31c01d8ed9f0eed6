"""One notebook as a unit of work: executed, turned into a page, marked as done. Runs in a worker process."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from xuncha_lib.errors import XunchaError
from xuncha_lib.runs.files import put_text, sweep
from xuncha_lib.runs.fingerprint import file_sha256

DONE = "done.json"


@dataclass(frozen=True)
class Task:
    """A notebook to run for one folder.

    folder : where its files go.   name : stem of the ipynb and html.   key : hash of all that shapes them.
    others : files the notebook itself writes into the folder.   assets : the fonts' folder as seen from the page.
    """

    id: str
    notebook: Path
    folder: Path
    name: str
    title: str
    where: str
    stamp: str
    key: str
    assets: str
    parameters: Mapping[str, Any]
    marker: str = DONE
    others: tuple[str, ...] = ()
    isolate: bool = False
    timeout: int = 300


@dataclass(frozen=True)
class Outcome:
    """What became of a task.   status: done | failed | kept (was already done, nothing changed)."""

    id: str
    status: str
    seconds: float = 0.0
    error: str = ""
    files: dict[str, str] = field(default_factory=dict)


def finished(task: Task) -> Outcome | None:
    """The outcome on file, if it was made from the same key and all its files are still as they were written."""
    try:
        note = json.loads((task.folder / task.marker).read_text(encoding="utf-8"))
        if note["key"] != task.key:
            return None
        for name, sha256 in note["files"].items():
            if file_sha256(task.folder / name) != sha256:
                return None
    except (OSError, ValueError, KeyError):
        return None
    return Outcome(task.id, "kept", note["seconds"], "", note["files"])


def perform(task: Task) -> Outcome:
    """Run the notebook and leave its files; a notebook that fails leaves a readable page instead."""
    from xuncha_lib.report.export import notebook_html
    from xuncha_lib.runs.engine import NotebookFailed, execute

    start = time.perf_counter()
    task.folder.mkdir(parents=True, exist_ok=True)
    (task.folder / task.marker).unlink(missing_ok=True)
    sweep(task.folder)
    draft = task.folder / f".{task.name}.tmp.ipynb"
    try:
        notebook = execute(
            task.notebook, dict(task.parameters), draft, isolate=task.isolate, timeout=task.timeout
        )
    except (*NotebookFailed, XunchaError) as error:
        return fail(task, explain(error), time.perf_counter() - start)
    page = notebook_html(notebook, task.title, assets=task.assets)
    put_text(task.folder / f"{task.name}.html", page)
    draft.replace(task.folder / f"{task.name}.ipynb")
    names = (f"{task.name}.html", f"{task.name}.ipynb", *task.others)
    files = {
        name: file_sha256(task.folder / name) for name in names if (task.folder / name).is_file()
    }
    seconds = round(time.perf_counter() - start, 3)
    note = {"key": task.key, "seconds": seconds, "files": files}
    put_text(task.folder / task.marker, json.dumps(note, ensure_ascii=False, indent=1))
    return Outcome(task.id, "done", seconds, "", files)


def fail(task: Task, error: str, seconds: float = 0.0) -> Outcome:
    """Leave the page that says what went wrong, and the notebook as far as it got."""
    from xuncha_lib.report.index import failed_html

    task.folder.mkdir(parents=True, exist_ok=True)
    todo = (
        f"同一文件夹的 {task.name}.ipynb 停在出错的那一格（超时或中断时没有）。"
        "改正后再次运行同一命令，只会补做没有完成的村。"
    )
    put_text(
        task.folder / f"{task.name}.html",
        failed_html(task.title, task.where, task.stamp, error, todo),
    )
    draft = task.folder / f".{task.name}.tmp.ipynb"
    if draft.is_file():
        draft.replace(task.folder / f"{task.name}.ipynb")
    for name in task.others:
        (task.folder / name).unlink(missing_ok=True)
    return Outcome(task.id, "failed", round(seconds, 3), error)


def explain(error: BaseException) -> str:
    """Which cell failed and why, in a few lines, without a traceback."""
    if isinstance(error, XunchaError):
        return str(error)
    cell = getattr(error, "cell_index", None)
    if cell is not None:
        source = str(getattr(error, "source", "")).strip().splitlines()
        shown = f"\n这一格的第一行：{source[0]}" if source else ""
        return f"第{cell + 1}格出错：{error.ename}: {error.evalue}{shown}"  # type: ignore[attr-defined]
    words = {"CellTimeoutError": "有一格运行超时", "DeadKernelError": "笔记本内核中途退出"}
    return f"{words.get(type(error).__name__, '笔记本出错')}（{type(error).__name__}）"
