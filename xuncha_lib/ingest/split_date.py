"""Dates in columns of their own: 月 and 日, the year in the heading or the title."""

from __future__ import annotations

import re
from typing import Any

from xuncha_lib.ingest.context import Context, Period
from xuncha_lib.ingest.extract import Plan, as_day
from xuncha_lib.values import year_in

_DATES = {
    "cashbook": "entry_on",
    "voucher": "entry_on",
    "cash_journal": "entry_on",
    "bank_flow": "txn_on",
    "petition_count": "month_on",
}
_PARTS = ("year_of", "month_of", "day_of")


class SplitDate:
    """Remembers year, month and day from row to row: a ledger writes them once."""

    def __init__(self, plan: Plan, headings: list[str], period: Period, context: Context) -> None:
        self.extras, self.name = plan.extras, _DATES.get(plan.table.name)
        self.is_split = bool({"month_of", "day_of"} & set(plan.extras))
        places = [plan.extras[k][0] for k in _PARTS if k in plan.extras]
        named = next((y for at in places if (y := year_in(headings[at]))), None)
        title = period.start.year if period.start else year_in(" ".join(context.words))
        month = period.start.month if period.grain == "month" and period.start else None
        self.kept: list[int | None] = [named or title, month, None]

    def fill(self, values: dict[str, Any], extras: dict[str, Any]) -> None:
        """Date of a row that has none in one cell."""
        if not self.name or not self.is_split or values.get(self.name):
            return
        for i, key in enumerate(_PARTS):
            if digits := re.sub(r"\D", "", str(extras.get(key) or "")):
                self.kept[i] = int(digits)
        year, month, day = self.kept
        if found := as_day(year, month, day if "day_of" in self.extras else 1):
            values[self.name] = found
