"""Whose ID number it is where no heading names him: the names that stand beside the numbers and go with them."""

from __future__ import annotations

from xuncha_lib.ingest.guess import SURE
from xuncha_lib.ingest.tested import LEAST, Columns, type_of
from xuncha_lib.tables import load_tables
from xuncha_lib.values import cell_text, fold

_ALONE = 0.95
"""Share of the numbers that stand beside one name only."""
_MANY = 0.7
"""Different names per different number: several numbers under one name are a household's."""


def named_beside(columns: Columns) -> None:
    """For each role with an ID number and no name: the one free column of names left or right of it that goes with it."""
    spec = load_tables().get(columns.table)
    for role in (r.name for r in spec.roles) if spec else ():
        at = columns.columns.get(f"{role}.id_no")
        if at is None or f"{role}.name" in columns.columns:
            continue
        if type_of(columns.table, f"{role}.name") != "name":
            continue
        places = [beside for beside in (at - 1, at + 1) if _goes_with(columns, beside, at)]
        if len(places) == 1:
            columns.columns[f"{role}.name"] = places[0]


def _goes_with(columns: Columns, name: int, number: int) -> bool:
    """True for a free column of names of which each number has one."""
    if not 0 <= name < len(columns.seen) or name in columns.columns.values():
        return False
    if not columns.headings[name] or columns.seen[name].get("name", 0.0) < SURE:
        return False
    rows = zip(columns.values(name, _text), columns.values(number, _text), strict=True)
    pairs = {(n, i) for n, i in rows if n and i}
    names, numbers = {n for n, _ in pairs}, {i for _, i in pairs}
    if len(numbers) < LEAST:
        return False
    return _ALONE * len(pairs) <= len(numbers) and len(names) >= _MANY * len(numbers)


def _text(cell: object) -> str:
    return fold(cell_text(cell)).upper()  # type: ignore[arg-type]
