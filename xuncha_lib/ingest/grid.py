"""A sheet before it is understood: rows of cells, merged ranges, and what was hidden."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from xuncha_lib.values import Cell

Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column; all count from 0 and are inside the range."""

_LONGEST = 32_767
"""Characters that a cell of a spreadsheet holds; a csv whose quotes went wrong has longer ones."""
_WRAPPED = re.compile(r'^="(.*)"$', re.DOTALL)
_TRIM = " \t\r\n\u3000\xa0\ufeff\u200b"


@dataclass
class Grid:
    """One sheet as read. `rows[i][j]` is row i+1 of the spreadsheet; a csv file has one sheet without a name."""

    name: str
    rows: list[list[Cell]]
    merges: list[Merge] = field(default_factory=list)
    is_hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()


def tidy(cell: Cell) -> Cell:
    """The cell without the tricks that keep long numbers alive: ="…", a leading apostrophe or TAB."""
    if not isinstance(cell, str):
        return cell
    text = cell.strip(_TRIM)
    if text[:1] in ("=", "'", "`", "‘"):
        if m := _WRAPPED.match(text):
            text = m[1].strip(_TRIM)
        elif text[0] != "=" and text.count(text[0]) == 1:
            text = text[1:]
    return text[:_LONGEST] or None
