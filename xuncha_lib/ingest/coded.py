"""Columns as distinct values and where they stand: what is said once is understood once, however many rows say it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

_MANY = 20_000
"""From here on hashing finds distinct keys sooner than sorting does."""


@dataclass(slots=True)
class Coded:
    """A column. codes[i] is the place of row i's value in `cells`; `cells` may hold values no row has."""

    codes: np.ndarray
    cells: list[Any]

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, row: int) -> Any:
        return self.cells[self.codes[row]]

    def map(self, change: Callable[[Any], Any]) -> Coded:
        """The column with every value changed by a pure function."""
        return Coded(self.codes, [change(cell) for cell in self.cells])

    def where(self, test: Callable[[Any], Any]) -> np.ndarray:
        """Rows whose value passes the test, as booleans."""
        passed: np.ndarray = np.array([bool(test(cell)) for cell in self.cells], dtype=bool)
        found: np.ndarray = passed[self.codes]
        return found

    def filled(self) -> np.ndarray:
        """Rows that have a value at all, as booleans."""
        blanks = self.cells.count(None)
        found: np.ndarray
        if blanks == 0:
            found = np.ones(len(self.codes), dtype=bool)
        elif blanks == 1:
            found = self.codes != self.cells.index(None)
        else:
            found = self.where(_is_there)
        return found

    def take(self, rows: np.ndarray) -> Coded:
        """The column at some rows, without values left over."""
        return Coded(self.codes[rows], self.cells).compact()

    def compact(self) -> Coded:
        """The same column; values that no row has are left out where they are many."""
        if len(self.cells) <= len(self.codes) + 8 and len(self.cells) < 64:
            return self
        used = np.zeros(len(self.cells), dtype=bool)
        used[self.codes] = True
        if used.all():
            return self
        cells = [self.cells[at] for at in np.flatnonzero(used).tolist()]
        return Coded((np.cumsum(used, dtype=np.int32) - 1)[self.codes], cells)

    def tolist(self) -> list[Any]:
        """One value per row."""
        cells = self.cells
        return [cells[code] for code in self.codes.tolist()]


def _is_there(cell: Any) -> bool:
    return cell is not None


def code(cells: Sequence[Any]) -> Coded:
    """Column of hashable values. 1 and 1.0 are one value; True is another."""
    place: dict[Any, int] = {}
    if bool in set(map(type, cells)):
        codes = [place.setdefault((type(cell), cell), len(place)) for cell in cells]
        return Coded(np.array(codes, dtype=np.int32), [cell for _, cell in place])
    codes = [place.setdefault(cell, len(place)) for cell in cells]
    return Coded(np.array(codes, dtype=np.int32), list(place))


def constant(value: Any, rows: int) -> Coded:
    """A column that says the same on every row."""
    return Coded(np.zeros(rows, dtype=np.int32), [value])


def recode(column: Coded, change: Callable[[Any], Any]) -> Coded:
    """As `map`, with values that became equal made one."""
    changed = [change(cell) for cell in column.cells]
    if changed == column.cells:
        return column
    again = code(changed)
    if len(again.cells) == len(changed):
        return Coded(column.codes, changed)
    return Coded(again.codes[column.codes], again.cells)


def distinct(keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(first row of each distinct key, for each row which of them it is)."""
    if len(keys) < _MANY:
        _, first, which = np.unique(keys, return_index=True, return_inverse=True)
        return first, which.reshape(-1)
    which, found = pd.factorize(keys)
    first = np.empty(len(found), dtype=np.int64)
    first[which[::-1]] = np.arange(len(keys))[::-1]
    return first, which


def combine(columns: Iterable[Coded]) -> Coded:
    """Rows of several columns as tuples; no columns at all is an error."""
    found = [column for column in columns]
    if len(found) == 1:
        return Coded(found[0].codes, [(cell,) for cell in found[0].cells])
    varying = [column for column in found if len(column.cells) > 1] or found[:1]
    keys = varying[0].codes.astype(np.int64)
    size = len(varying[0].cells)
    for column in varying[1:]:
        if size * len(column.cells) >= 1 << 62:
            first, keys = distinct(keys)
            size = len(first)
        keys = keys * len(column.cells) + column.codes
        size *= len(column.cells)
    first, which = distinct(keys)
    parts = [
        [column.cells[at] for at in column.codes[first].tolist()]
        if len(column.cells) > 1
        else column.cells * len(first)
        for column in found
    ]
    return Coded(which.astype(np.int32, copy=False), list(zip(*parts, strict=True)))


def last_seen(is_set: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """For each row the nearest row at or above it where `is_set`, within its own stretch; -1 where there is none.

    starts[i] : first row of the stretch row i belongs to.
    """
    rows = np.arange(len(is_set))
    seen: np.ndarray = np.maximum.accumulate(np.where(is_set, rows, -1)) if len(rows) else rows
    return np.where(seen >= starts, seen, -1)
