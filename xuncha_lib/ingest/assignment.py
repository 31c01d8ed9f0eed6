"""The assignment solver of scipy without the rest of scipy.optimize, which every new reader would wait half a second for."""

from __future__ import annotations

from functools import cache
from importlib.machinery import EXTENSION_SUFFIXES, ExtensionFileLoader
from importlib.util import find_spec, module_from_spec, spec_from_loader
from pathlib import Path
from typing import Any

import numpy as np

_NAME = "_lsap"


@cache
def _solver() -> Any:
    """`linear_sum_assignment`, from its own compiled module where scipy keeps it apart."""
    package = find_spec("scipy")
    home = Path(package.origin).parent / "optimize" if package and package.origin else Path()
    for path in (home / f"{_NAME}{suffix}" for suffix in EXTENSION_SUFFIXES):
        if path.is_file():
            loader = ExtensionFileLoader(_NAME, str(path))
            spec = spec_from_loader(_NAME, loader)
            if spec is not None:
                module = module_from_spec(spec)
                loader.exec_module(module)
                return module.linear_sum_assignment
    from scipy.optimize import linear_sum_assignment

    return linear_sum_assignment


def best_pairs(scores: np.ndarray) -> list[tuple[int, int]]:
    """(row, column) pairs, each row and column at most once, whose scores have the greatest sum."""
    rows, columns = _solver()(scores, maximize=True)
    return list(zip(rows.tolist(), columns.tolist(), strict=True))
