"""From a raw folder to a run folder: fan-out over villages, kept kernels, resume, manifest."""

import sys

from xuncha_lib.runs.job import RunResult, run
from xuncha_lib.runs.lock import lock
from xuncha_lib.runs.manifest import read_manifest, verify, write_manifest

# Before any Jupyter import: jsonschema builds 35 parsers with it, 0.8 s a process, for a check nobody here needs.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

__all__ = ["RunResult", "lock", "read_manifest", "run", "verify", "write_manifest"]
