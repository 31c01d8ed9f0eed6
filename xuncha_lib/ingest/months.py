"""Months side by side: columns headed 1月 … 12月 or 202301 …, each of which is a row of its own."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np

from xuncha_lib.ingest.coded import Coded, constant
from xuncha_lib.ingest.extract import Plan, converter
from xuncha_lib.ingest.frame import Frame
from xuncha_lib.ingest.headings import JOIN
from xuncha_lib.ingest.heads import MONTH_HEAD
from xuncha_lib.ingest.layout import Table
from xuncha_lib.values import fold, year_in
from xuncha_lib.values.dates import plain_digits

Months = dict[tuple[int, int], dict[str, int]]
"""(year, month) → heading below the month → column."""


def months_of(table: Table, year: int | None) -> Months:
    """Columns headed by months; one month alone is no pivot."""
    found: Months = {}
    for at, heading in enumerate(table.headings):
        levels = heading.split(JOIN)
        for cut in range(len(levels), 0, -1):
            above = "".join(levels[:cut])
            m = MONTH_HEAD.match(plain_digits(fold(above))) or MONTH_HEAD.match(
                fold(levels[cut - 1])
            )
            if m:
                month = plain_digits(f"{m[2] or m[3]}月").rstrip("月")
                named = m[1] or year_in(above) or year
                if month.isdecimal() and named:
                    key = (int(named), int(month))
                    found.setdefault(key, {}).setdefault(JOIN.join(levels[cut:]), at)
                break
    return found if len(found) >= 2 else {}


class MonthReader:
    """One row per month that holds something.

    by_month: column → heading below the month, for the columns that have one.
    """

    def __init__(
        self, plan: Plan, headings: list[str], unit: str, months: Months, by_month: dict[str, str]
    ) -> None:
        self.plan, self.headings, self.unit = plan, headings, unit
        self.months, self.by_month = months, by_month
        self.types = {c.name: c.type for c in plan.table.columns}

    def spread(self, frame: Frame) -> tuple[np.ndarray, dict[str, Coded]]:
        """(row of the frame each result comes from, values); a row without any month stays one row without an amount."""
        if not self.months:
            return np.arange(len(frame)), frame.values
        pivot = self.plan.table.recognise["pivot"]
        months = sorted(self.months)
        read = [self._month(frame, month, pivot) for month in months]
        holds = np.stack(
            [_holds(one[pivot], zero_counts=pivot != "amount_yuan") for one in read], 1
        )
        none = ~holds.any(axis=1, keepdims=True)
        row, which = np.nonzero(np.concatenate((holds, none), axis=1))
        days: list[Any] = [dt.date(*month, 1) for month in months]
        when = (
            ("month_on",) if "month_on" in self.types else ("paid_on", "period_from", "period_to")
        )
        values = {n: column.take(row) for n, column in frame.values.items() if n != pivot}
        is_month = which < len(months)
        for name in when:
            own = values.get(name) or constant(None, len(row))
            codes = np.where(is_month, which, own.codes + len(days))
            values[name] = Coded(codes, [*days, *own.cells])
        for name in dict.fromkeys(name for one in read for name in one):
            own = values.get(name) or constant(None, len(row))
            values[name] = _placed([one.get(name) for one in read], own, row, which)
        return row, values

    def _month(self, frame: Frame, month: tuple[int, int], pivot: str) -> dict[str, Coded]:
        columns = self.months[month]
        places = {
            k: columns[s] for k, s in self.by_month.items() if s in columns and k in self.types
        }
        places.setdefault(pivot, columns.get("", next(iter(columns.values()))))
        return {
            key: frame.converted(
                key,
                frame.cells[at],
                converter(self.types[key], self.headings[at], self.unit, month[0]),
            )
            for key, at in places.items()
        }


def _holds(amounts: Coded, *, zero_counts: bool) -> np.ndarray:
    return amounts.where(lambda amount: amount is not None and (zero_counts or amount != 0))


def _placed(months: list[Coded | None], own: Coded, row: np.ndarray, which: np.ndarray) -> Coded:
    """Values of one column: each month's own, and where a month has none what stands on the row."""
    codes, cells = own.codes.astype(np.int64), list(own.cells)
    for at, column in enumerate(months):
        if column is not None:
            there = column.filled()[row]
            codes = np.where((which == at) & there, column.codes[row] + len(cells), codes)
            cells += column.cells
    return Coded(codes, cells).compact()
