"""The columns of one table so far with their cells: read as numbers or days, compared row by row, exchanged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cache
from math import nan
from typing import Any

import numpy as np

from xuncha_lib.ingest.coded import Coded
from xuncha_lib.ingest.fields import all_fields
from xuncha_lib.ingest.guess import SURE, Seen
from xuncha_lib.values import date_of, number_of

_SAMPLE = 60
HOLDS, FAILS = 0.8, 0.4
"""Share of the rows in which a relation holds for the right columns, and at most for the wrong ones."""
LEAST, _ROWS = 3, 4_000
_NEAR = 0.006


@cache
def type_of(table: str, key: str) -> str:
    """Type of a field; empty for one the table does not have."""
    return next((f.type for f in all_fields() if f.table == table and f.key == key), "")


def number(cell: Any) -> float | None:
    """The cell as a number; None where it is none."""
    return number_of(cell)[0]


def day(cell: Any) -> dt.date | None:
    """The cell as a day; None where it is none."""
    return date_of(cell, None)[0]


def values_of(column: Coded, reads: Callable[[Any], Any]) -> list[Any]:
    """What a sample of rows holds, in order; None where it is not of the kind."""
    step = max(1, len(column) // _SAMPLE)
    return [None if (c := column[at]) is None else reads(c) for at in range(0, len(column), step)]


def numbers_of(column: Coded) -> np.ndarray:
    """Numbers of the first rows; NaN where there is none."""
    codes = column.codes[:_ROWS]
    read = {
        code: nan if (n := number(column.cells[code])) is None else n
        for code in np.unique(codes).tolist()
    }
    return np.array([read[code] for code in codes.tolist()], dtype=float)


def fitting(rate: np.ndarray, base: np.ndarray, result: np.ndarray, rows: np.ndarray) -> float:
    """Share of the rows in which rate × base is the result."""
    near = np.abs(rate * base - result) <= np.maximum(0.02, _NEAR * np.abs(result))
    return float(np.mean(near[rows])) if np.any(rows) else 0.0


class Columns:
    """Which column each field has, and what the cells of the columns say."""

    def __init__(
        self,
        table: str,
        columns: dict[str, int],
        headings: list[str],
        seen: list[Seen],
        cells: list[Coded],
    ) -> None:
        self.table, self.columns, self.headings = table, columns, headings
        self.seen, self.cells = seen, cells
        self._read: dict[tuple[int, Callable[[Any], Any]], list[Any]] = {}

    def values(self, at: int, reads: Callable[[Any], Any]) -> list[Any]:
        """What a sample of the column's rows holds, read once."""
        if (at, reads) not in self._read:
            self._read[at, reads] = values_of(self.cells[at], reads)
        return self._read[at, reads]

    def share(self, places: tuple[int, ...], reads: Any, holds: Callable[..., bool]) -> float:
        """Share of the rows that have all values and in which the relation holds; 0 with too few of them."""
        rows = zip(*(self.values(at, reads) for at in places), strict=True)
        told = [holds(*row) for row in rows if all(v is not None for v in row)]
        return sum(told) / len(told) if len(told) >= LEAST else 0.0

    def free(self, kind: str) -> list[int]:
        """Columns no field has taken that are of this kind of content."""
        taken = set(self.columns.values())
        return [
            at for at, one in enumerate(self.seen)
            if at not in taken and one["n"] and one.get(kind, 0.0) >= SURE
        ]  # fmt: skip

    def alike(self, key: str) -> list[str]:
        """Other fields of the same type that have a column."""
        kind = type_of(self.table, key)
        return [k for k in self.columns if k != key and type_of(self.table, k) == kind]

    def exchange(self, key: str, at: int) -> None:
        """Give the column to the field; whoever had it gets the field's."""
        own = self.columns.get(key)
        for other, place in list(self.columns.items()):
            if place == at:
                del self.columns[other]
                if own is not None:
                    self.columns[other] = own
        self.columns[key] = at

    def settle(self, key: str, test: Callable[[int], float], places: list[int]) -> None:
        """Another column for the field, where the relation holds for that one and not for its own."""
        own = self.columns.get(key)
        if own is not None and test(own) > FAILS:
            return
        best = max(places, key=test, default=None)
        if best is not None and test(best) >= HOLDS:
            self.exchange(key, best)
