"""JupyterLab on this workbench: Chinese menus, no look-ups on the network, opened at the tour."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from xuncha_lib.runs.fingerprint import NOTEBOOKS, PROJECT

OVERRIDES = {
    "@jupyterlab/translation-extension:plugin": {"locale": "zh_CN"},
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
    },
}


def lab_command(options: Sequence[str] = ()) -> list[str]:
    """The command line of JupyterLab at the tour; `options` go to it as they are."""
    folder = Path(tempfile.mkdtemp(prefix="xuncha-lab-"))
    (folder / "overrides.json").write_text(json.dumps(OVERRIDES), encoding="utf-8")
    tour = (NOTEBOOKS / "00_tour.ipynb").relative_to(PROJECT).as_posix()
    return [
        sys.executable, "-m", "jupyterlab", f"--LabApp.app_settings_dir={folder}",
        f"--ServerApp.root_dir={PROJECT}", f"--LabApp.default_url=/lab/tree/{tour}", *options,
    ]  # fmt: skip


def lab_environment() -> dict[str, str]:
    """The environment with the bytecode cache on and the library on the path."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return kept | {
        "PYTHONPATH": os.pathsep.join(filter(None, [str(PROJECT), kept.get("PYTHONPATH", "")]))
    }
