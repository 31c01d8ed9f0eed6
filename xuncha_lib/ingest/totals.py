"""Total rows: what they state, against the sum of the rows they may mean."""

from __future__ import annotations

from typing import Any

from xuncha_lib.ingest.extract import Plan
from xuncha_lib.ingest.records import SheetRead
from xuncha_lib.values import Cell

Book = dict[tuple[str, str], float]
"""(table, column) → sum over the sheets of a book read so far."""

_SCOPES = ("page", "part", "sum")
_CENT = 0.015
_NOT_SUMMED = ("balance", "closing", "opening", "standard", "unit_yuan")


class Totals:
    """Running sums of the amount columns of a table: since the last page total, the last part total, and in all."""

    def __init__(self, read: SheetRead, plan: Plan, book: Book) -> None:
        self.read, self.plan, self.book = read, plan, book
        types = {c.name: c.type for c in plan.table.columns}
        self.names = [
            n
            for n in plan.columns
            if types[n] in ("yuan", "mu") and not any(w in n for w in _NOT_SUMMED)
        ]
        self.sums = {n: dict.fromkeys(_SCOPES, 0.0) for n in self.names}

    def add(self, values: dict[str, Any]) -> None:
        """Count a data row."""
        for name in self.names:
            if amount := values.get(name):
                for scope in _SCOPES:
                    self.sums[name][scope] += amount

    def check(self, row: list[Cell], at: int, kind: str) -> None:
        """Note a total row; it agrees when any sum it may mean is what it states."""
        noted = False
        for name in self.names:
            column, convert = self.plan.columns[name]
            stated = convert(row[column])[0] if row[column] is not None else None
            if stated is None:
                continue
            sums = self.sums[name]
            before = self.book.get((self.plan.table.name, name), 0.0)
            whole = kind in ("sum", "running", "carry")
            since = sums["page" if kind == "page" else "part"]
            tries = (sums["sum"], before + sums["sum"], since) if whole else (since, *sums.values())
            summed = next((t for t in tries if abs(t - stated) < _CENT), tries[0])
            agrees = abs(summed - stated) < _CENT
            self.read.controls.append((at, name, stated, round(summed, 3), agrees))
            noted = True
        if not noted:
            self.read.controls.append((at, "", None, None, None))
        if kind in ("page", "part"):
            for total in self.sums.values():
                total[kind] = 0.0

    def close(self) -> None:
        """Carry the sums of this sheet into the book: 本年累计 on the next sheet counts them."""
        for name, total in self.sums.items():
            key = (self.plan.table.name, name)
            self.book[key] = self.book.get(key, 0.0) + total["sum"]
