"""Dates in columns of their own: 月 and 日, the year in the heading or the title."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from xuncha_lib.ingest.coded import Coded, combine, last_seen
from xuncha_lib.ingest.context import Context, Period
from xuncha_lib.ingest.extract import as_day
from xuncha_lib.ingest.frame import Frame
from xuncha_lib.values import year_in

_DATES = {
    "cashbook": "entry_on",
    "voucher": "entry_on",
    "cash_journal": "entry_on",
    "bank_flow": "txn_on",
    "petition_count": "month_on",
}
_PARTS = ("year_of", "month_of", "day_of")


def fill_split_dates(frame: Frame, headings: list[str], period: Period, context: Context) -> None:
    """Date of each row that has none in one cell; a ledger writes year, month and day once for the rows below."""
    name = _DATES.get(frame.plan.table.name)
    if not name or not frame.has("+month_of", "+day_of"):
        return
    own = frame.column(name)
    lacks = ~own.where(bool)
    places = [frame.plan.extras[k][0] for k in _PARTS if k in frame.plan.extras]
    named = next((y for at in places if (y := year_in(headings[at]))), None)
    title = period.start.year if period.start else year_in(" ".join(context.words))
    month = period.start.month if period.grain == "month" and period.start else None
    first = (named or title, month, None)
    parts = [_kept(frame, key, start, lacks) for key, start in zip(_PARTS, first, strict=True)]
    both = combine([own, *parts])
    has_day = "day_of" in frame.extras

    def day(told: tuple[Any, ...]) -> Any:
        given, year, of_year, of_month = told
        return given or as_day(year, of_year, of_month if has_day else 1)

    frame.values[name] = both.map(day)


def _kept(frame: Frame, key: str, start: int | None, lacks: np.ndarray) -> Coded:
    """The part of the date that counts on each row: its own, or the last one written."""
    column = frame.extras.get(key)
    if column is None:
        return Coded(np.zeros(len(frame), dtype=np.int32), [start])
    numbers = column.map(lambda cell: re.sub(r"\D", "", str(cell or "")))
    is_set = numbers.where(bool) & lacks
    frame.remember(is_set)
    seen = last_seen(is_set, np.zeros(len(frame), dtype=np.int64))
    cells = [int(digits) if digits else None for digits in numbers.cells]
    codes = np.where(seen >= 0, numbers.codes[seen], len(cells))
    return Coded(codes, [*cells, start])
