"""What `papermill --engine xuncha` loads: papermill reads it while it is itself being imported, so nothing is imported here."""

from __future__ import annotations

from typing import Any


class Engine:
    """Hands the notebook to `KeptKernelEngine`."""

    @classmethod
    def execute_notebook(cls, *notebook: Any, **options: Any) -> Any:
        """Same arguments and result as papermill's own engines."""
        from xuncha_lib.runs.engine import KeptKernelEngine

        return KeptKernelEngine.execute_notebook(*notebook, **options)
