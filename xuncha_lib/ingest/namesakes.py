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
        _give_back(columns, role, at)
        if f"{role}.name" not in columns.columns:
            own = _beside(columns, at)
            if own is not None:
                columns.columns[f"{role}.name"] = own


def _beside(columns: Columns, number: int) -> int | None:
    """The free column of names left of the numbers that goes with them; right of them only where no names stand left."""
    left, right = _goes_with(columns, number - 1, number), _goes_with(columns, number + 1, number)
    if left and not right:
        return number - 1
    return number + 1 if right and not left and not _is_of_names(columns, number - 1) else None


def _give_back(columns: Columns, role: str, number: int) -> None:
    """The names left of the numbers, taken by another role whose own numbers have names beside them, are this role's."""
    holder = next((k for k, at in columns.columns.items() if at == number - 1), "")
    other = columns.columns.get(f"{holder.partition('.')[0]}.id_no")
    if not holder.endswith(".name") or other is None:
        return
    theirs = _beside(columns, other)
    if theirs is not None:
        columns.columns[f"{role}.name"] = columns.columns[holder]
        columns.columns[holder] = theirs


def _is_of_names(columns: Columns, at: int) -> bool:
    return 0 <= at < len(columns.seen) and columns.seen[at].get("name", 0.0) >= SURE


def _goes_with(columns: Columns, name: int, number: int) -> bool:
    """True for a free column of names of which each number has one."""
    if not 0 <= name < len(columns.seen) or name in columns.columns.values():
        return False
    if not columns.headings[name] or not _is_of_names(columns, name):
        return False
    rows = zip(columns.values(name, _text), columns.values(number, _text), strict=True)
    pairs = {(n, i) for n, i in rows if n and i}
    names, numbers = {n for n, _ in pairs}, {i for _, i in pairs}
    if len(numbers) < LEAST:
        return False
    return _ALONE * len(pairs) <= len(numbers) and len(names) >= _MANY * len(numbers)


def _text(cell: object) -> str:
    return fold(cell_text(cell)).upper()  # type: ignore[arg-type]
