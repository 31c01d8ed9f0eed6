"""Tables whose rows give rows of other tables: firms give persons, projects give bids. Read line by line; they are short."""

from __future__ import annotations

from typing import Any

import numpy as np

from xuncha_lib.ingest import companies, special
from xuncha_lib.ingest.coded import Coded
from xuncha_lib.ingest.context import Context, scale_of
from xuncha_lib.ingest.frame import Frame, by_column

Derived = tuple[str, np.ndarray, dict[str, Coded], dict[str, Coded]]
"""(table, row of the frame each comes from, values, people)."""


def read_lines(
    frame: Frame, context: Context, headings: list[str], unit: str
) -> tuple[np.ndarray | None, list[Derived]]:
    """(rows that stay rows of the table itself or None for all of them, rows of other tables)."""
    name = frame.plan.table.name
    if name == "business":
        return _companies(frame, context)
    if name == "project" and frame.has("bidders_text", "+losers_text"):
        at = frame.plan.columns.get("bidders_text", (0, None))[0]
        return None, _bids(frame, scale_of(headings[at], unit))
    return None, []


def _companies(frame: Frame, context: Context) -> tuple[np.ndarray, list[Derived]]:
    lines = frame.as_dicts()
    frame.remember(np.ones(len(frame), dtype=bool))
    own, found = [], []
    above: dict[str, Any] = {}
    for row, (values, extras, people) in enumerate(lines):
        companies.company_around(values, context)

        def damage(column: str, value: str, why: str, row: int = row) -> None:
            frame.note(row, column, value, why)

        derived = companies.company(values, people, extras, damage)
        if companies.is_company_row(values, above) or not derived:
            own.append(row)
        found += [(row, *one) for one in derived]
        above = values
    frame.values = by_column([values for values, _, _ in lines])
    frame.people = by_column([people for _, _, people in lines])
    return np.array(own, dtype=np.int64), _derived(found)


def _bids(frame: Frame, unit_scale: float) -> list[Derived]:
    found = []
    for row, (values, extras, _) in enumerate(frame.as_dicts()):
        if values.get("bidders_text") or extras.get("losers_text"):
            found += [(row, *one) for one in special.bids(values, extras, values, unit_scale)]
    return _derived(found)


def _derived(found: list[tuple[int, str, dict[str, Any], dict[str, Any]]]) -> list[Derived]:
    tables = dict.fromkeys(table for _, table, _, _ in found)
    result = []
    for name in tables:
        mine = [one for one in found if one[1] == name]
        rows = np.array([row for row, *_ in mine], dtype=np.int64)
        result.append(
            (name, rows, by_column([v for *_, v, _ in mine]), by_column([p for *_, p in mine]))
        )
    return result
