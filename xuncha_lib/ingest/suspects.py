"""Rows below a head that may be another head: told from whole columns, so that only few are looked at one by one."""

from __future__ import annotations

import numpy as np

from xuncha_lib.ingest.grid import Grid
from xuncha_lib.values import Cell

_LONGEST_WORD = 24


def _excludes(cell: Cell) -> bool:
    """True for what a head never holds among its words: a number, a day, a sentence."""
    if isinstance(cell, str):
        if len(cell) > _LONGEST_WORD:
            return True
        return len(cell) > 8 and cell.isascii() and (cell[:-1].isdecimal() or _is_decimal(cell))
    return cell is not None


def _is_decimal(text: str) -> bool:
    head, _, tail = text.partition(".")
    return head.isdecimal() and tail.isdecimal()


def suspects(grid: Grid, filled: np.ndarray) -> list[int]:
    """Rows to look at, in order. filled: how many cells of each row hold something.

    A head has at least three words and nothing that excludes one; or it follows a blank row or a title.
    """
    open_rows = np.flatnonzero(filled >= 3)
    for column in grid.columns:
        if not len(open_rows):
            break
        codes = column.codes[open_rows]
        is_word = [not _excludes(column.cells[code]) for code in codes.tolist()]
        open_rows = open_rows[np.array(is_word, dtype=bool)]
    found = np.zeros(grid.height, dtype=bool)
    found[1:] = (filled[1:] >= 4) & (filled[:-1] <= 1)
    found[open_rows] = True
    return [int(at) for at in np.flatnonzero(found)]
