"""The red-flag catalogue: one readable file per model, loaded and run by `head` and `run`."""

from xuncha_lib.models.head import Model, read_model, read_models, shipped_models
from xuncha_lib.models.run import prepare, run_model, scan

__all__ = ["Model", "prepare", "read_model", "read_models", "run_model", "scan", "shipped_models"]
