"""Imported first by a process that makes no frames: Arrow then does not load pandas, which takes it a third of a second."""

import sys
import warnings
from types import ModuleType


def _hide_pandas() -> None:
    stranger = ModuleType("pandas")
    stranger.__dict__["__version__"] = "0"
    sys.modules["pandas"] = stranger
    try:
        import pyarrow as pa

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            pa.array([0])  # it looks for pandas once, at the first array
    finally:
        del sys.modules["pandas"]


if "pandas" not in sys.modules:
    _hide_pandas()
