"""Total rows: what they state, against the sum of the rows they may mean."""

from __future__ import annotations

import numpy as np

from xuncha_lib.ingest.at_once import numbers
from xuncha_lib.ingest.coded import Coded
from xuncha_lib.ingest.extract import Plan
from xuncha_lib.ingest.frame import Frame
from xuncha_lib.ingest.records import SheetRead

Book = dict[tuple[str, str], float]
"""(table, column) → sum over the sheets of a book read so far."""

_CENT = 0.015
_NOT_SUMMED = ("balance", "closing", "opening", "standard", "unit_yuan")


_PURSES = ("cash_receipt", "cash_payment", "bank_receipt", "bank_payment")
"""Cash and bank side by side: each purse has totals of its own."""


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
        self.names += [n for n in plan.extras if n in _PURSES]
        self.sums = dict.fromkeys(self.names, 0.0)
        self.since = {kind: dict.fromkeys(self.names, 0.0) for kind in ("page", "part")}
        self.found, self.above = dict.fromkeys(self.names, 0.0), 0

    def go_on(self, before: Totals) -> None:
        """Take over the sums so far; columns that are not in them were empty."""
        self.sums |= before.sums
        self.found |= before.found
        for kind, sums in before.since.items():
            self.since[kind] |= sums
        self.above = before.above

    def note(self, frame: Frame, first: int) -> None:
        """Take down the amounts of a piece of the body as they stand there, those of frame rows before `first` left out."""
        for name in self.names:
            amounts = numbers(frame.extras.get(name) or frame.column(name), 0.0)
            self.found[name] += float(amounts[first:].sum())
        self.above += len(frame) - first

    def check(
        self, frame: Frame, cells: list[Coded], totals: list[tuple[int, str]], first: int = 0
    ) -> None:
        """Compare total rows with the data rows before them.

        cells : columns of the body.   totals : (row of the body, kind) in order.
        first : row of the frame before which rows are only remembered from the piece before and do not count.
        """
        sums = {
            name: _running(frame.extras.get(name) or frame.column(name), self.sums[name], first)
            for name in self.names
        }
        for at, kind in totals:
            upto = int(np.searchsorted(frame.rows, at))
            stated = {n: v for n in self.names if (v := self._stated(n, cells, at)) is not None}
            for name, amount in stated.items():
                self._compare(name, amount, kind, at, float(sums[name][upto]))
            if not stated:
                self.read.controls.append((at, "", None, None, None))
            if kind in self.since:
                self.since[kind] = {name: float(total[upto]) for name, total in sums.items()}
        self.sums = {name: float(total[-1]) for name, total in sums.items()}

    def close(self) -> None:
        """Carry the sums of the whole body into the book."""
        for name, total in self.sums.items():
            key = (self.plan.table.name, name)
            self.book[key] = self.book.get(key, 0.0) + total

    def is_sum(self, cells: list[Coded], at: int, fates: np.ndarray, first: int = 0) -> bool:
        """True for a row that states, without a word, the sum of the data rows above it; `first` as in `check`."""
        above = (np.flatnonzero(fates[first:at] == 0) + first).tolist()
        stated = {n: v for n in self.names if (v := self._stated(n, cells, at))}
        return (
            self.above + len(above) > 1
            and bool(stated)
            and all(
                abs(sum((self._stated(n, cells, row) or 0.0 for row in above), self.found[n]) - v)
                < _CENT
                for n, v in stated.items()
            )
        )

    def _stated(self, name: str, cells: list[Coded], at: int) -> float | None:
        column, convert = self.plan.extras.get(name) or self.plan.columns[name]
        cell = cells[column][at]
        return None if cell is None else convert(cell)[0]

    def _compare(self, name: str, stated: float, kind: str, at: int, whole: float) -> None:
        page, part = (whole - self.since[kind][name] for kind in ("page", "part"))
        own = page if kind == "page" else part
        before = self.book.get((self.plan.table.name, name), 0.0)
        is_whole = kind in ("sum", "running", "carry")
        tries = (whole, before + whole, own) if is_whole else (own, page, part, whole)
        summed = next((t for t in tries if abs(t - stated) < _CENT), tries[0])
        agrees = abs(summed - stated) < _CENT
        self.read.controls.append((at, name, stated, round(summed, 3), agrees))


def _running(amounts: Coded, before: float, first: int) -> np.ndarray:
    """Sum of `before` and the rows before each row from `first` on, and of all of these at the end."""
    parts = np.concatenate(([before], numbers(amounts, 0.0)))
    parts[1 : first + 1] = 0.0
    found: np.ndarray = np.cumsum(parts)
    return found
