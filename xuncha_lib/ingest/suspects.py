"""Rows below a head that may be another head: told from whole columns, so that only few are looked at one by one."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from xuncha_lib.ingest.coded import Coded
from xuncha_lib.ingest.grid import Grid
from xuncha_lib.values import Cell

_LONGEST_WORD = 24
_FEW, _ONE_BY_ONE = 8, 300
_NUMERIC = r"^(?:[0-9]{8,}.|(?:[013-9]|2[1-9])[0-9]*\.?[0-9]+|[0-9]|2\.[0-9]+|\.[0-9]+)$"
"""Numbers that no head holds; one that begins with 20 may be a month."""


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
        open_rows = open_rows[~_barred(column, open_rows)]
    found = np.zeros(grid.height, dtype=bool)
    found[1:] = (filled[1:] >= 4) & (filled[:-1] <= 1)
    found[open_rows] = True
    return [int(at) for at in np.flatnonzero(found)]


def _barred(column: Coded, rows: np.ndarray) -> np.ndarray:
    """Which of these rows the column excludes, as booleans."""
    if len(rows) <= _ONE_BY_ONE:
        return np.array([_excludes(cell) for cell in column.at(rows)], dtype=bool)
    if column.size >= len(rows):
        column = Coded(column.codes[rows], column.kept).compact()
    passed = (
        np.array([_excludes(cell) for cell in column.cells], dtype=bool)
        if column.arrow is None or column.size < _FEW
        else _excluded(column.arrow)
    )
    return column.rows_of(passed)[rows] if len(column) > len(rows) else column.rows_of(passed)


def _excluded(texts: pa.StringArray) -> np.ndarray:
    """As `_excludes`, of all texts at once; a few it excludes may be missing."""
    is_long = pc.greater(pc.binary_length(texts), _LONGEST_WORD * 4)
    told = pc.or_(is_long, pc.match_substring_regex(texts, _NUMERIC))
    return np.asarray(pc.fill_null(told, False).to_numpy(zero_copy_only=False))


def _telling_first(grid: Grid, rows: np.ndarray) -> list[Coded]:
    """Columns in the order in which they exclude most of a few rows: after the first, hardly a row is left."""
    few = rows[:: max(1, len(rows) // _FEW)][1:_FEW:2]
    told = ((-sum(map(_excludes, one.at(few))), one.size, one) for one in grid.columns)
    return [column for _, _, column in sorted(told, key=lambda one: one[:2])]
