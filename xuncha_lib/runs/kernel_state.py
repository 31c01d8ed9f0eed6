"""Runs inside a kept kernel: what belongs to the kernel, and how to get back to it after a notebook.

Not covered: a notebook that changes the inside of an imported module. That is what `--isolate` is for.
"""

from __future__ import annotations

import contextlib
import os
import random
import sys
import warnings
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

SEED = 20240101
"""Every notebook starts with the same state of `random` and `numpy.random`."""


@dataclass
class _Baseline:
    names: dict[str, Any]
    folder: str
    environment: dict[str, str]
    path: list[str]
    filters: list[Any]
    options: dict[str, Any] | None = None


_baseline: _Baseline | None = None


def _shell() -> Any:
    get_ipython = import_module("IPython").get_ipython
    return get_ipython()


def remember(*modules: str) -> None:
    """Import what notebooks need, then note names, folder, environment, path and warning filters."""
    global _baseline
    for name in modules:
        import_module(name)
    _baseline = _Baseline(
        dict(_shell().user_ns), str(Path.cwd()), dict(os.environ), list(sys.path),
        list(warnings.filters),
    )  # fmt: skip
    _seed()


def restore() -> None:
    """Delete what the last notebook made and put back what it changed."""
    base = _baseline
    if base is None:
        return
    shell = _shell()
    names = shell.user_ns
    for name in [n for n in names if n not in base.names]:
        del names[name]
    names.update(base.names)
    _forget_history(shell)
    os.chdir(base.folder)
    os.environ.clear()
    os.environ.update(base.environment)
    sys.path[:] = base.path
    warnings.filters[:] = base.filters  # type: ignore[index]
    _reset_plots()
    _seed()


def _forget_history(shell: Any) -> None:
    """`Out`, `_` and the cell counter as in a kernel that has just started."""
    for name in ("_oh", "Out"):
        shell.user_ns[name].clear()
    for name in ("_", "__", "___", "_i", "_ii", "_iii"):
        shell.user_ns[name] = ""
    for name in ("_ih", "In"):
        shell.user_ns[name][:] = [""]
    shell.displayhook._ = shell.displayhook.__ = shell.displayhook.___ = ""
    shell.execution_count = 1


def _reset_plots() -> None:
    if "matplotlib" in sys.modules:
        sys.modules["matplotlib"].rcdefaults()
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")


def _seed() -> None:
    random.seed(SEED)
    if "numpy" in sys.modules:
        with contextlib.suppress(AttributeError):
            sys.modules["numpy"].random.seed(SEED)
