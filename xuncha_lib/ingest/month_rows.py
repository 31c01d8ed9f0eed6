"""A row that holds nothing but a month: it goes for the rows below, as a village or a group does."""

from __future__ import annotations

import datetime as dt
import re

import numpy as np

from xuncha_lib.ingest.coded import Coded
from xuncha_lib.ingest.context import Context, Period, year_around
from xuncha_lib.ingest.frame import Frame
from xuncha_lib.values import fold
from xuncha_lib.values.dates import plain_digits

_MONTH_ROW = re.compile(
    r"^[(]?(?:((?:19|20)\d{2})(?:年度?|[-./]))?(1[0-2]|0?[1-9])月(?:份)?(?:工资|补贴|报酬|发放)?(?:表|明细)?[)]?:?$"
)
_ALONE = frozenset(("wage", "social_insurance"))
"""Tables with a month on every row."""


def month_row(texts: list[str]) -> tuple[int | None, int] | None:
    """(year or None, month) named by a row that holds nothing else; None for other rows."""
    if len(set(texts)) != 1:
        return None
    m = _MONTH_ROW.match(plain_digits(fold(texts[0])))
    return (int(m[1]) if m[1] else None, int(m[2])) if m else None


class MonthRows:
    """Rows between two rows that name a month."""

    def __init__(self) -> None:
        self._from: list[tuple[int, int | None, int]] = []

    def add(self, row: int, year: int | None, month: int) -> None:
        """A month begins below this row of the body; without a year it has that of the last one named."""
        last = self._from[-1][1] if self._from else None
        self._from.append((row, year or last, month))

    def below(self) -> MonthRows:
        """The same for the rows that follow."""
        found = MonthRows()
        found._from = [(0, *self._from[-1][1:])] if self._from else []
        return found

    def tell(self, frame: Frame, period: Period, context: Context) -> None:
        """Give each row of a roll or a wage book that has no month of its own the month named above it."""
        table = frame.plan.table.name
        year = period.start.year if period.start else year_around(context)
        if not self._from or (table != "subsidy" and table not in _ALONE):
            return
        begins = np.array([row for row, _, _ in self._from])
        codes = np.searchsorted(begins, frame.rows, side="right")
        days = [
            None if (of := own or year) is None else dt.date(of, month, 1)
            for _, own, month in self._from
        ]
        named = Coded(codes, [None, *days])
        keys: tuple[str, ...] = ("month_on",) if table in _ALONE else ("period_from", "period_to")
        asked: tuple[str, ...] = keys if table in _ALONE else ("period_from", "+term", "paid_on")
        if not any(frame.has(key) for key in asked):
            for key in keys:
                frame.values[key] = named
        elif frame.has("month_on"):
            frame.values["month_on"] = frame.either(frame.column("month_on"), named)
