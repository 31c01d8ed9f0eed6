"""Rows below a head that may be another head: told from whole columns, so that only few are looked at one by one."""

from __future__ import annotations

import numpy as np

from xuncha_lib.ingest.coded import Coded
from xuncha_lib.ingest.grid import Grid
from xuncha_lib.values import Cell

_LONGEST_WORD = 24
_FEW = 8


def _excludes(cell: Cell) -> bool:
    """True for what a head never holds among its words: a number, a day, a sentence."""
    if isinstance(cell, str):
        if len(cell) > _LONGEST_WORD:
            return True
        if len(cell) > 8 and cell[:-1].isdecimal():
            return True
        is_month = cell.startswith("20") or not cell.isascii()  # 202301 may head a column
        return not is_month and cell[-1:] != "." and cell.replace(".", "", 1).isdecimal()
    return cell is not None


def suspects(grid: Grid, filled: np.ndarray) -> list[int]:
    """Rows to look at, in order. filled: how many cells of each row hold something.

    A head has at least three words and nothing that excludes one; or it follows a blank row or a title.
    """
    open_rows = np.flatnonzero(filled >= 3)
    for column in _telling_first(grid, open_rows):
        if not len(open_rows):
            break
        if len(column.cells) < len(open_rows):
            barred = column.where(_excludes)[open_rows]
        else:
            codes = column.codes[open_rows].tolist()
            barred = np.array([_excludes(column.cells[code]) for code in codes], dtype=bool)
        open_rows = open_rows[~barred]
    found = np.zeros(grid.height, dtype=bool)
    found[1:] = (filled[1:] >= 4) & (filled[:-1] <= 1)
    found[open_rows] = True
    return [int(at) for at in np.flatnonzero(found)]


def _telling_first(grid: Grid, rows: np.ndarray) -> list[Coded]:
    """Columns in the order in which they exclude most of a few rows: after the first, hardly a row is left."""
    few = rows[:: max(1, len(rows) // _FEW)].tolist()
    return sorted(grid.columns, key=lambda column: -sum(_excludes(column[at]) for at in few))
