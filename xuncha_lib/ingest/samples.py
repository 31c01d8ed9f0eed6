"""By what a table that comes in pieces is told: its first rows, and of columns that say little there more from further down."""

from __future__ import annotations

import numpy as np

from xuncha_lib.ingest.carry import undittoed
from xuncha_lib.ingest.coded import Coded, constant, joined

_ENOUGH = 200
"""Filled cells that tell what a column is."""


class Sample:
    """columns: cells of each.   until: number of the last row that was looked at.

    spoke : columns that were filled anywhere above the rows looked at last.
    """

    def __init__(self, columns: list[Coded], until: int) -> None:
        self.columns, self.until = columns, until
        self.spoke: set[int] = set()
        self._filled = [int(column.filled().sum()) for column in columns]
        self._told_by = list(self._filled)

    def add(self, originals: list[Coded], until: int, *, is_end: bool) -> bool:
        """Look at the next rows; True when some column that said little now says more, so that the table is to be told anew.

        until : number of the last of these rows.   is_end : no others follow.
        """
        self.spoke = {at for at, filled in enumerate(self._filled) if filled}
        if until > self.until:
            self.until = until
            missing = len(originals) - len(self.columns)
            self.columns += [constant(None, 0)] * missing
            self._filled += [0] * missing
            self._told_by += [0] * missing
            for at, column in enumerate(originals):
                if self._filled[at] < _ENOUGH:
                    self._gather(at, column)
        grown = [
            now > before and (is_end or now >= 2 * before)
            for now, before in zip(self._filled, self._told_by, strict=True)
        ]
        if not any(grown):
            return False
        self._told_by = list(self._filled)
        return True

    def _gather(self, at: int, column: Coded) -> None:
        rows = np.flatnonzero(column.filled())[: _ENOUGH - self._filled[at]]
        if len(rows):
            new = undittoed(column.take(rows))
            self.columns[at] = joined(self.columns[at], new)
            self._filled[at] += len(rows)
