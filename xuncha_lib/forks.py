"""Where worker processes come from: on Linux a process of its own that has imported what they need, and is forked for each."""

from __future__ import annotations

import sys
from multiprocessing import get_context
from typing import Any

READER = ("xuncha_lib.frameless", "xuncha_lib.ingest.preload")
"""What those who read files need, in this order."""

IS_FORKING = sys.platform == "linux"


def context(*modules: str) -> Any:
    """Where to start processes: never a plain fork, a copy of a process with DuckDB threads is not safe.

    modules : what is imported once for all of them, unless that process is there already.
    """
    found: Any = get_context("forkserver" if IS_FORKING else "spawn")
    if IS_FORKING and modules:
        found.set_forkserver_preload(list(modules))
    return found


def warm_up(*modules: str) -> None:
    """Start what workers are forked from, without waiting for it: it imports meanwhile."""
    if IS_FORKING:
        from multiprocessing.forkserver import ensure_running

        context(*modules)
        ensure_running()
