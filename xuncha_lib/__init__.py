"""村巡察数据工作台: from the spreadsheets of a village to a short list worth a person's time."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from xuncha_lib.errors import XunchaError

__version__ = "2026.11.0"

_HOME = {
    "Case": "xuncha_lib.case", "open_case": "xuncha_lib.case", "new_case": "xuncha_lib.case",
    "Level": "xuncha_lib.people.level", "Settings": "xuncha_lib.settings", "run": "xuncha_lib.runs",
    "verify": "xuncha_lib.runs", "compare": "xuncha_lib.runs.compare",
}  # fmt: skip
"""Public name → module it comes from, loaded when first used: `import xuncha_lib` costs nothing."""

__all__ = [
    "Case",
    "Level",
    "Settings",
    "XunchaError",
    "compare",
    "new_case",
    "open_case",
    "run",
    "verify",
]


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOME])
