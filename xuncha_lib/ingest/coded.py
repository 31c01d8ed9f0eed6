"""Columns as distinct values and where they stand: what is said once is understood once, however many rows say it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

_SOME, _MANY = 256, 20_000
"""Keys up to which a dict finds the distinct ones soonest, and from which on hashing does; sorting between them."""
_FEW, _SPARE = 64, 8
"""A column of so few cells keeps them all; a longer one may keep one in eight that no row has."""


class Coded:
    """A column. codes[i] is the place of row i's value among its cells; there may be cells no row has.

    Cells are a list of any values, or an Arrow array (`arrow`) where they were all read at once; either can be asked for.
    """

    __slots__ = ("_cells", "_filled", "arrow", "codes")

    def __init__(self, codes: np.ndarray, cells: list[Any] | pa.Array) -> None:
        self.codes = codes
        self.arrow: pa.Array | None = None
        self._cells: list[Any] | None = None
        self._filled: np.ndarray | None = None
        if isinstance(cells, pa.Array):
            self.arrow = cells
        else:
            self._cells = cells

    @property
    def cells(self) -> list[Any]:
        """The cells as a list."""
        if self._cells is None:
            assert self.arrow is not None
            self._cells = self.arrow.to_pylist()
        return self._cells

    @property
    def size(self) -> int:
        """How many cells there are."""
        return len(self.arrow if self._cells is None else self._cells)  # type: ignore[arg-type]

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, row: int) -> Any:
        if self._cells is None:
            return self.arrow[int(self.codes[row])].as_py()  # type: ignore[index]
        return self._cells[self.codes[row]]

    def at(self, rows: np.ndarray) -> list[Any]:
        """Values of some rows."""
        if self._cells is None:
            return [self[row] for row in rows.tolist()]
        cells = self._cells
        return [cells[code] for code in self.codes[rows].tolist()]

    def map(self, change: Callable[[Any], Any]) -> Coded:
        """The column with every value changed by a pure function."""
        return Coded(self.codes, [change(cell) for cell in self.cells])

    def where(self, test: Callable[[Any], Any]) -> np.ndarray:
        """Rows whose value passes the test, as booleans."""
        return self.rows_of(np.array([bool(test(cell)) for cell in self.cells], dtype=bool))

    def rows_of(self, passed: np.ndarray) -> np.ndarray:
        """Rows whose cell passed, as booleans. passed: one boolean per cell."""
        if passed.all():
            return np.ones(len(self.codes), dtype=bool)
        found: np.ndarray = passed[self.codes]
        return found

    def filled(self) -> np.ndarray:
        """Rows that have a value at all, as booleans; not to be changed."""
        if self._filled is None:
            self._filled = self._where_filled()
        return self._filled

    def _where_filled(self) -> np.ndarray:
        if self.arrow is not None:
            return self.rows_of(self.arrow.is_valid().to_numpy(zero_copy_only=False))
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
        """The column at some rows, without values left over where they are many."""
        if len(rows) == len(self.codes) and np.array_equal(rows, np.arange(len(rows))):
            return self
        return Coded(self.codes[rows], self.kept).compact()

    @property
    def kept(self) -> list[Any] | pa.Array:
        """The cells as they are kept."""
        return self.cells if self.arrow is None else self.arrow

    def below(self, row: int) -> Coded:
        """The column from a row on, with all its cells."""
        return Coded(self.codes[row:], self.kept)

    def compact(self) -> Coded:
        """The same column; values that no row has are left out where they are many."""
        size = self.size
        if size <= len(self.codes) + 8 and size < _FEW:
            return self
        used = np.zeros(size, dtype=bool)
        used[self.codes] = True
        left = int(used.sum())
        if size - left <= size // _SPARE:
            return self
        codes = (np.cumsum(used, dtype=np.int32) - 1)[self.codes]
        if self.arrow is not None:
            return Coded(codes, self.arrow.filter(pa.array(used)))
        return Coded(codes, [self.cells[at] for at in np.flatnonzero(used).tolist()])

    def tight(self) -> Coded:
        """The same column without any value that no row has."""
        if self.arrow is not None:
            return self
        cells = self.cells
        used = sorted(set(self.codes.tolist()))
        if len(used) == len(cells):
            return self
        if not used:
            return Coded(self.codes, [None])
        first, end = used[0], used[-1] + 1
        if end - first == len(used):  # most often only what stands above the body is left over
            return Coded(self.codes - first, cells[first:end])
        place = np.zeros(len(cells), dtype=np.int32)
        place[used] = np.arange(len(used), dtype=np.int32)
        return Coded(place[self.codes], [cells[at] for at in used])

    def tolist(self) -> list[Any]:
        """One value per row."""
        cells = self.cells
        return [cells[code] for code in self.codes.tolist()]

    def array(self, kind: pa.DataType) -> pa.Array:
        """The cells as an Arrow array of this type."""
        if self.arrow is None:
            return pa.array(self.cells, kind)
        return self.arrow if self.arrow.type == kind else self.arrow.cast(kind)


def _is_there(cell: Any) -> bool:
    return cell is not None


def code(cells: Sequence[Any]) -> Coded:
    """Column of hashable values. 1 and 1.0 are one value; True is another."""
    keys = [(type(cell), cell) for cell in cells] if bool in set(map(type, cells)) else cells
    place = dict.fromkeys(keys)
    found = list(place)
    if len(found) == len(keys):
        return Coded(np.arange(len(keys), dtype=np.int32), list(cells))
    place.update(zip(found, range(len(found)), strict=True))
    codes = np.fromiter(map(place.__getitem__, keys), dtype=np.int32, count=len(keys))
    return Coded(codes, found if keys is cells else [cell for _, cell in found])


def constant(value: Any, rows: int) -> Coded:
    """A column that says the same on every row."""
    return Coded(np.zeros(rows, dtype=np.int32), [value])


def joined(first: Coded, second: Coded) -> Coded:
    """One column below the other. A cell of both is there twice."""
    if not len(first):
        return second
    codes = np.concatenate((first.codes, second.codes + np.int32(first.size)))
    if second.arrow is None:
        return Coded(codes, [*first.cells, *second.cells])
    return Coded(codes, pa.concat_arrays([first.array(second.arrow.type), second.arrow]))


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
    if len(keys) < _SOME:
        return _few_distinct(keys.tolist())
    if len(keys) < _MANY:
        _, first, which = np.unique(keys, return_index=True, return_inverse=True)
        return first, which.reshape(-1)
    coded = pa.array(keys).dictionary_encode()
    which = coded.indices.to_numpy().astype(np.int64)
    first = np.empty(len(coded.dictionary), dtype=np.int64)
    first[which[::-1]] = np.arange(len(keys))[::-1]
    return first, which


def _few_distinct(keys: list[int]) -> tuple[np.ndarray, np.ndarray]:
    place = {key: at for at, key in enumerate(sorted(set(keys)))}
    which = np.array([place[key] for key in keys], dtype=np.int64)
    first = np.empty(len(place), dtype=np.int64)
    first[which[::-1]] = np.arange(len(keys) - 1, -1, -1)
    return first, which


def combine(columns: Iterable[Coded]) -> Coded:
    """Rows of several columns as tuples; no columns at all is an error."""
    found = [column for column in columns]
    if len(found) == 1:
        return Coded(found[0].codes, [(cell,) for cell in found[0].cells])
    first, which = alike(found)
    parts = [
        [column.cells[at] for at in column.codes[first].tolist()]
        if column.size > 1
        else column.cells * len(first)
        for column in found
    ]
    return Coded(which, list(zip(*parts, strict=True)))


def alike(columns: list[Coded]) -> tuple[np.ndarray, np.ndarray]:
    """(first row of each distinct combination of codes, for each row which of them it is)."""
    varying = [column for column in columns if column.size > 1]
    if not varying:
        same = np.zeros(len(columns[0]), dtype=np.int32)
        return same[:1].astype(np.int64), same
    keys = varying[0].codes.astype(np.int64)
    size = varying[0].size
    for column in varying[1:]:
        if size * column.size >= 1 << 62:
            first, keys = distinct(keys)
            size = len(first)
        keys = keys * column.size + column.codes
        size *= column.size
    first, which = distinct(keys)
    return first, which.astype(np.int32, copy=False)


def last_seen(is_set: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """For each row the nearest row at or above it where `is_set`, within its own stretch; -1 where there is none.

    starts[i] : first row of the stretch row i belongs to.
    """
    rows = np.arange(len(is_set))
    seen: np.ndarray = np.maximum.accumulate(np.where(is_set, rows, -1)) if len(rows) else rows
    return np.where(seen >= starts, seen, -1)
