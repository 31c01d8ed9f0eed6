"""A list in two or three halves beside each other, to save paper: the same columns again to the right."""

from __future__ import annotations

from xuncha_lib.ingest.body import Body
from xuncha_lib.ingest.coded import Coded
from xuncha_lib.ingest.grid import Grid
from xuncha_lib.ingest.layout import Table
from xuncha_lib.ingest.profile import profile
from xuncha_lib.ingest.rows import total_kind
from xuncha_lib.values import cell_text

_LEAST = 2
"""Columns of a half; each half must have one of people's names."""


def halves(grid: Grid, table: Table) -> list[tuple[Grid, Table]]:
    """The table itself, or each of its halves as a table of its own; rows stay where they are."""
    used = [at for at, heading in enumerate(table.headings) if heading]
    words = [table.headings[at] for at in used]
    if len(set(words)) * 2 > len(words):
        return [(grid, table)]
    width = next((w for w in range(_LEAST, len(words) // 2 + 1) if _repeats(words, w)), 0)
    if not width:
        return [(grid, table)]
    groups = [used[at : at + width] for at in range(0, len(used), width)]
    body = table.body.rows
    if not all(any(_is_of_names(grid.columns[at].take(body)) for at in group) for group in groups):
        return [(grid, table)]
    sums = [row for row in table.body if total_kind(_words(grid, row, groups[0]))]
    return [_half(grid, table, group, sums if at else []) for at, group in enumerate(groups)]


def _repeats(words: list[str], width: int) -> bool:
    return len(words) % width == 0 and words == words[:width] * (len(words) // width)


def _is_of_names(column: Coded) -> bool:
    return profile(column).get("name", 0.0) >= 0.5


def _words(grid: Grid, row: int, columns: list[int]) -> list[str]:
    return [text for at in columns if (text := cell_text(grid.columns[at][row]))]


def _half(grid: Grid, table: Table, columns: list[int], sums: list[int]) -> tuple[Grid, Table]:
    """sums: total rows whose word stands in the first half; it goes with the amounts of this one."""
    place = {at: i for i, at in enumerate(columns)}
    own = [grid.columns[at] for at in columns]
    for row in sums:
        if _words(grid, row, columns) and own[0][row] is None:
            codes = own[0].codes.copy()
            codes[row] = len(own[0].cells)
            own[0] = Coded(codes, [*own[0].cells, "合计"])
    merges = [(a, place[b], c, place[d]) for a, b, c, d in grid.merges if b in place and d in place]
    is_first = not any(table.headings[: columns[0]])
    part = Grid(
        grid.name, own, merges, is_hidden=grid.is_hidden, hidden_rows=grid.hidden_rows,
        notes=grid.notes if is_first else {},
        hidden_columns=frozenset(place[at] + 1 for at in columns if at + 1 in grid.hidden_columns),
    )  # fmt: skip
    body = Body()
    body.add(table.body.rows[part.filled()[table.body.rows] > 0])
    headings = [table.headings[at] for at in columns]
    return part, Table(table.header_row, table.header_rows, headings, body, table.titles)
