"""By what a table that comes in pieces is told: its first rows, and of columns that say little there more from further down."""

from __future__ import annotations

import numpy as np

from xuncha_lib.ingest.carry import undittoed
from xuncha_lib.ingest.coded import Coded, code, constant

_ENOUGH = 48
"""Filled cells that tell what a column is."""
_BLANKS = 100_000
"""Blank cells that stand for any number of them."""


class Sample:
    """columns: cells of each.   until: number of the last row that was looked at.

    spoke : columns that were filled anywhere above the rows looked at last.
    """

    def __init__(self, columns: list[Coded], until: int) -> None:
        self.columns, self.until = columns, until
        self.spoke: set[int] = set()
        self._rows = len(columns[0]) if columns else 0
        self._filled = [int(column.filled().sum()) for column in columns]
        self._told_by = list(self._filled)
        self._more: dict[int, list[object]] = {}
        for at, column in enumerate(columns):
            if self._filled[at] < _ENOUGH:
                self._more[at] = column.take(np.flatnonzero(column.filled())).tolist()

    def add(self, originals: list[Coded], until: int, *, is_end: bool) -> bool:
        """Look at the next rows; True when some column that said little now says more, so that the table is to be told anew.

        until : number of the last of these rows.   is_end : no others follow.
        """
        self.spoke = {at for at, filled in enumerate(self._filled) if filled}
        if until > self.until:
            self.until = until
            self._rows += len(originals[0])
            for at in range(len(self.columns), len(originals)):
                self.columns.append(constant(None, self._rows))
                self._filled.append(0)
                self._told_by.append(0)
                self._more[at] = []
            for at in self._more:
                self._gather(at, originals[at])
        grown = [
            at
            for at, before in enumerate(self._told_by)
            if self._filled[at] > before
            and before < _ENOUGH
            and (is_end or self._filled[at] >= 2 * before)
        ]
        for at in grown:
            self._tell(at)
        return bool(grown)

    def _gather(self, at: int, column: Coded) -> None:
        rows = np.flatnonzero(column.filled())
        self._filled[at] += len(rows)
        new = undittoed(column.take(rows[: max(0, _ENOUGH - len(self._more[at]))]))
        self._more[at] += new.tolist()

    def _tell(self, at: int) -> None:
        """Make the cells of a column: those gathered, and as many blank ones as there are for each of them."""
        self._told_by[at] = self._filled[at]
        cells = self._more[at]
        blanks = len(cells) * (self._rows - self._filled[at]) // max(1, self._filled[at])
        self.columns[at] = code([*cells, *[None] * min(_BLANKS, blanks)])
