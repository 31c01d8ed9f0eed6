"""Two tables beside each other on one sheet, with a blank column between them."""

from __future__ import annotations

from collections.abc import Callable

from xuncha_lib.ingest.grid import Grid
from xuncha_lib.ingest.heads import texts_of
from xuncha_lib.ingest.layout import Table, find_tables

_LEAST = 3
"""Columns of each of the two."""


def beside(grid: Grid, kind_of: Callable[[Grid, Table], str | None]) -> list[Grid]:
    """The sheet itself, or what stands on either side of its blank columns where each side is a table of its own.

    A side is one when it is a table we know, or has a title of its own; a list that goes on to the right is none.
    """
    used = [bool(column.filled().any()) for column in grid.columns]
    stretches = _stretches(used)
    if len(stretches) < 2 or any(end - first < _LEAST for first, end in stretches):
        return [grid]
    sides = [_side(grid, first, end) for first, end in stretches]
    tables = [next(iter(find_tables(side)), None) for side in sides]
    headings = []
    for side, table in zip(sides, tables, strict=True):
        if table is None or not table.body or not (kind_of(side, table) or _has_title(side, table)):
            return [grid]
        headings.append([h for h in table.headings if h])
    return sides if all(h != headings[0] for h in headings[1:]) else [grid]


def _stretches(used: list[bool]) -> list[tuple[int, int]]:
    """Runs of columns that hold something, as (first, end)."""
    found: list[tuple[int, int]] = []
    for at, is_used in enumerate(used):
        if is_used and found and found[-1][1] == at:
            found[-1] = (found[-1][0], at + 1)
        elif is_used:
            found.append((at, at + 1))
    return found


def _side(grid: Grid, first: int, end: int) -> Grid:
    merges = [
        (top, left - first, bottom, min(right, end - 1) - first)
        for top, left, bottom, right in grid.merges
        if first <= left < end
    ]
    hidden = frozenset(at - first for at in grid.hidden_columns if first < at <= end)
    is_first = not any(column.filled().any() for column in grid.columns[:first])
    return Grid(
        grid.name, grid.columns[first:end], merges, is_hidden=grid.is_hidden, hidden_rows=grid.hidden_rows,
        notes=grid.notes if is_first else {}, hidden_columns=hidden,
    )  # fmt: skip


def _has_title(side: Grid, table: Table) -> bool:
    """A title of one cell above the head; the unit of a table is none."""
    rows = (set(texts_of(row)) for row in side.rows[: table.header_row])
    return any(
        len(texts) == 1
        and len(next(iter(texts))) >= _LEAST
        and ":" not in next(iter(texts)).replace("：", ":")
        for texts in rows
    )
