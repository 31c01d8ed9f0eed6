"""Which years a yearly sum is owed for, and which years the receipts speak of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?:\s*[-—~至到、]\s*(20[0-4]\d))?")
_SHORT = re.compile(r"(?<!\d)([12]\d)\s*年")


def named_years(text: str, booked: date) -> list[int]:
    """Years a receipt's summary names, a span written out; the year of booking when it names none."""
    years: set[int] = set()
    for first, last in _YEAR.findall(text):
        start, end = int(first), int(last or first)
        years.update(range(start, end + 1) if 0 <= end - start <= 30 else {start})
    if not years:
        years = {
            2000 + int(y) for y in _SHORT.findall(text) if abs(2000 + int(y) - booked.year) <= 2
        }
    return sorted(years) or [booked.year]


def owed_years(starts: date, ends: date, covered: Iterable[int]) -> list[int]:
    """Years of the books in which one yearly sum was owed: one for each year of the term, counted from its start.

    A first year that begins in the second half is left out: it may be paid at the end of the first twelve months.
    """
    term = max(1, round((ends - starts).days / 365.25))
    due = range(starts.year, starts.year + term)
    return [y for y in sorted(covered) if y in due and not (y == starts.year and starts.month > 6)]


def shortfall(
    annual: float,
    owed: list[int],
    receipts: Iterable[tuple[list[int], float]],
    *,
    share: float = 0.05,
) -> dict[int, float]:
    """Year → yuan missing. A receipt over several years is spread evenly; what was paid too much in one year counts
    for the others. Nothing is missing while the whole gap is within `share` of what was owed.
    """
    paid = dict.fromkeys(owed, 0.0)
    spare = 0.0
    for years, yuan in receipts:
        for year in years:
            if year in paid:
                paid[year] += yuan / len(years)
            elif owed and year > owed[0]:
                spare += yuan / len(years)
    spare += sum(max(0.0, yuan - annual) for yuan in paid.values())
    gaps = {year: annual - yuan for year, yuan in paid.items() if annual - yuan > share * annual}
    if sum(gaps.values()) - spare <= share * annual * max(1, len(owed)):
        return {}
    return gaps
