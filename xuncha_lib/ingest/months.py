"""Months side by side: columns headed 1月 … 12月 or 202301 …, each of which is a row of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from xuncha_lib.ingest.extract import Plan, converter
from xuncha_lib.ingest.headings import JOIN
from xuncha_lib.ingest.layout import MONTH_HEAD, Table
from xuncha_lib.values import Cell, cell_text, fold, year_in
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
    """One set of values per month that holds something.

    by_month: column → heading below the month, for the columns that have one.
    """

    def __init__(
        self, plan: Plan, headings: list[str], unit: str, months: Months, by_month: dict[str, str]
    ) -> None:
        self.plan, self.headings, self.unit = plan, headings, unit
        self.months, self.by_month = months, by_month
        self.types = {c.name: c.type for c in plan.table.columns}

    def spread(
        self, row: list[Cell], values: dict[str, Any], damage: Callable[[str, str, str], None]
    ) -> list[dict[str, Any]]:
        """The row as its months; a row without any month stays one row without an amount."""
        if not self.months:
            return [values]
        pivot = self.plan.table.recognise["pivot"]
        found = []
        for (year, month), columns in sorted(self.months.items()):
            one = self._month(row, year, columns, pivot, damage)
            if one.get(pivot) is None or (one[pivot] == 0 and pivot == "amount_yuan"):
                continue
            day = dt.date(year, month, 1)
            when = (
                ("month_on",)
                if "month_on" in self.types
                else ("paid_on", "period_from", "period_to")
            )
            found.append({**values, **dict.fromkeys(when, day), **one})
        return found or [{k: x for k, x in values.items() if k != pivot}]

    def _month(
        self, row: list[Cell], year: int, columns: dict[str, int], pivot: str, damage: Callable[[str, str, str], None]
    ) -> dict[str, Any]:  # fmt: skip
        places = {
            k: columns[s] for k, s in self.by_month.items() if s in columns and k in self.types
        }
        places.setdefault(pivot, columns.get("", next(iter(columns.values()))))
        one = {}
        for key, at in places.items():
            if row[at] is not None:
                convert = converter(self.types[key], self.headings[at], self.unit, year)
                one[key], why = convert(row[at])
                if why:
                    damage(key, cell_text(row[at]), why)
        return one
