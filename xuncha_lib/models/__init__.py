"""The red-flag catalogue: one readable file per model, loaded and run by `head` and `run`."""

from xuncha_lib.models.head import (
    Broken,
    Model,
    read_model,
    read_models,
    round_models,
    shipped_models,
)
from xuncha_lib.models.run import run_model, scan
from xuncha_lib.models.shared import prepare

__all__ = [
    "Broken", "Model", "prepare", "read_model", "read_models", "round_models", "run_model", "scan", "shipped_models",
]  # fmt: skip
