"""Papermill engine `xuncha`: one kept kernel per process, cleaned between notebooks, instead of one kernel each.

Stock papermill spends about two seconds per notebook on starting Python and importing; a kept kernel spends none.
The kernel is started afresh after 200 notebooks and after any error, timeout or death.
"""

from __future__ import annotations

import atexit
import contextlib
import os
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import run_sync
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, papermill_engines
from papermill.exceptions import PapermillExecutionError
from papermill.execute import execute_notebook
from papermill.inspection import inspect_notebook

from xuncha_lib.errors import unknown

NAME = "xuncha"
NOTEBOOKS_PER_KERNEL = 200
SECONDS_PER_CELL = 300
SECONDS_TO_START = 120
PRELOADED = ("xuncha_lib.report", "xuncha_lib.report.village")
"""Imported once per kernel, so that no notebook pays for it."""

NotebookFailed = (PapermillExecutionError, CellTimeoutError, DeadKernelError)
"""What a notebook can do wrong; anything else is our own mistake and is not caught."""


class _Kernel:
    """The kept kernel of this process."""

    def __init__(self, kernel_name: str) -> None:
        self.name, self.notebooks = kernel_name, 0
        environment = {**os.environ, "PYTHONWARNINGS": "ignore"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        self.manager = AsyncKernelManager(kernel_name=kernel_name)
        run_sync(self.manager.start_kernel)(
            extra_arguments=["--HistoryManager.enabled=False", "--log-level=50"], env=environment
        )
        self.client = self.manager.client()
        self.client.start_channels()
        self.is_ready = False

    def ready(self) -> None:
        """Wait until it answers, then preload and note the baseline."""
        if not self.is_ready:
            run_sync(self.client.wait_for_ready)(timeout=SECONDS_TO_START)
            self.client.allow_stdin = False
            names = ", ".join(repr(name) for name in PRELOADED)
            self.silently(
                f"import xuncha_lib.runs.kernel_state as _k; _k.remember({names}); del _k"
            )
            self.is_ready = True

    def silently(self, code: str) -> None:
        """Run code whose output nobody sees."""
        run_sync(self.client.execute_interactive)(
            code, silent=True, store_history=False, allow_stdin=False, timeout=SECONDS_TO_START,
            output_hook=lambda _: None,
        )  # fmt: skip

    def stop(self) -> None:
        """Kill it; never raises, because it is called when something has already gone wrong."""
        with contextlib.suppress(RuntimeError, OSError):
            self.client.stop_channels()
            run_sync(self.manager.shutdown_kernel)(now=True)


_kept: _Kernel | None = None


def warm(kernel_name: str = "python3") -> None:
    """Start the kernel of this process without waiting for it."""
    global _kept
    if _kept is None:
        _kept = _Kernel(kernel_name)


def ready() -> None:
    """Start the kernel of this process and wait until it has what notebooks need; one that does not start is let go."""
    try:
        warm()
        if _kept is not None:
            _kept.ready()
    except (RuntimeError, OSError):
        cool()  # the first notebook starts another, and tells what went wrong


def cool() -> None:
    """Stop the kernel of this process."""
    global _kept
    if _kept is not None:
        _kept.stop()
        _kept = None


atexit.register(cool)


class _Client(PapermillNotebookClient):  # type: ignore[misc]
    """Papermill's client on a kernel that is already there and stays there."""

    def execute(self, **_: Any) -> nbformat.NotebookNode:
        self.reset_execution_trackers()
        self.papermill_execute_cells()
        info = self.wait_for_reply(self.kc.kernel_info())
        self.nb.metadata["language_info"] = info["content"]["language_info"]
        self.set_widgets_metadata()
        done: nbformat.NotebookNode = self.nb
        return done


class KeptKernelEngine(Engine):  # type: ignore[misc]
    """Papermill engine on the kept kernel of this process; not for use from several threads."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, execution_timeout: int | None = None, **_: Any
    ) -> None:
        """Run one notebook; the kernel survives only a notebook that went well."""
        warm(kernel_name)
        if _kept is None or _kept.name != kernel_name:
            cool()
            warm(kernel_name)
        kernel = _kept
        assert kernel is not None
        went_well = False
        try:
            kernel.ready()
            kernel.silently(
                "import xuncha_lib.runs.kernel_state as _k; _k.restore(); globals().pop('_k', None)"
            )
            client = _Client(
                nb_man, km=kernel.manager, timeout=execution_timeout or SECONDS_PER_CELL,
                kernel_name=kernel_name,
            )  # fmt: skip
            client.kc = kernel.client
            client.execute()
            kernel.notebooks += 1
            went_well = not any(
                output.output_type == "error"
                for cell in nb_man.nb.cells
                for output in cell.get("outputs", ())
            )
        finally:
            if not went_well or kernel.notebooks >= NOTEBOOKS_PER_KERNEL:
                cool()


papermill_engines.register(NAME, KeptKernelEngine)  # works without the entry point too


@cache
def declared(path: Path) -> tuple[str, ...]:
    """Names in the notebook's cell tagged `parameters`."""
    return tuple(inspect_notebook(str(path)))


def execute(
    path: Path,
    parameters: dict[str, Any],
    output: Path,
    *,
    isolate: bool = False,
    timeout: int = SECONDS_PER_CELL,
) -> nbformat.NotebookNode:
    """Execute a notebook and write it to `output`; the executed notebook.

    isolate : one fresh kernel for this notebook (papermill's own engine).   timeout : seconds per cell.
    A parameter the notebook does not declare is an UnknownName (papermill only warns). A cell that fails
    raises one of NotebookFailed, after `output` was written as far as it got.
    """
    for name in parameters:
        if name not in declared(path):
            raise unknown(f"{path.name} 的参数", name, declared(path))
    done: nbformat.NotebookNode = execute_notebook(
        str(path), str(output), parameters, engine_name=None if isolate else NAME,
        request_save_on_cell_execute=False, progress_bar=False, execution_timeout=timeout,
    )  # fmt: skip
    return done
