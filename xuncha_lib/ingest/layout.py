"""Where the tables are on a sheet: titles, headings of one to three levels, bodies; several tables and repeated heads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from xuncha_lib.ingest.body import Body
from xuncha_lib.ingest.coded import Coded
from xuncha_lib.ingest.grid import Grid
from xuncha_lib.ingest.headings import JOIN
from xuncha_lib.ingest.heads import (
    MONTH_HEAD,
    begins,
    data_above,
    first_head,
    is_datum,
    is_info,
    is_ordinals,
    is_title_text,
    looks_like_head,
    mean_known,
    texts_of,
)
from xuncha_lib.ingest.suspects import suspects
from xuncha_lib.values import Cell, cell_text, fold

_DEEPEST, _SAME = 3, 2
"""Levels of a head at most; and the least of its words that make a row the head once more."""


@dataclass
class Table:
    """One logical table. Rows and columns count from 0; `body` are the non-empty rows below the head.

    headings : one per column, levels joined by JOIN.   titles : texts above the head, top first.
    below : first row that may be of its body.   is_begun : rows of its body were met before this piece of the sheet.
    first : cells of the first row of the head.
    records : of cards, for each body row which body row its record stands on, -1 for none.   feet : body rows that say nothing.
    """

    header_row: int
    header_rows: int
    headings: list[str]
    body: Body = field(default_factory=Body)
    titles: list[str] = field(default_factory=list)
    records: np.ndarray | None = None
    feet: dict[int, str] = field(default_factory=dict)
    below: int = 0
    first: list[Cell] = field(default_factory=list)
    is_begun: bool = False

    @property
    def has_rows(self) -> bool:
        """True when any row of its body was met so far."""
        return self.is_begun or bool(self.body)

    def gathered(self, column: Coded) -> Coded:
        """A column of the body with what stands anywhere on a card on the row of its record."""
        if self.records is None:
            return column
        rows = np.flatnonzero(column.filled() & (self.records >= 0))
        codes = column.codes.copy()
        codes[self.records[rows[::-1]]] = codes[rows[::-1]]
        return Coded(codes, column.kept)

    def own_rows(self) -> np.ndarray:
        """Body rows that a record stands on."""
        rows = np.arange(len(self.body))
        return rows if self.records is None else rows[self.records == rows]


def _covers(grid: Grid, row: int) -> list[tuple[int, int, int, int]]:
    return [m for m in grid.merges if m[0] <= row <= m[2]]


def _continues(grid: Grid, upper: int, lower: int) -> bool:
    """True when row `lower` is the next level of the head that has row `upper`."""
    if lower >= len(grid.rows):
        return False
    above, below = grid.rows[upper], grid.rows[lower]
    filled = [c for c in below if c is not None]
    if not filled or any(is_datum(c) and not MONTH_HEAD.match(fold(cell_text(c))) for c in filled):
        return False
    if max(len(t) for t in texts_of(below)) > 30:
        return False
    width = max(len(above), len(below))
    spans = [
        m for m in _covers(grid, upper) if m[3] > m[1] and m[3] - m[1] + 1 < width and m[2] < lower
    ]
    falls = [m for m in _covers(grid, upper) if m[2] >= lower]
    if spans and all(
        any(m[1] <= j <= m[3] for m in spans) for j, c in enumerate(below) if c is not None
    ):
        return True
    if falls and spans:
        return True
    gaps = [
        j for j, c in enumerate(below) if c is not None and (j >= len(above) or above[j] is None)
    ]
    heads = [
        j for j, c in enumerate(above) if c is not None and (j >= len(below) or below[j] is None)
    ]
    return bool(gaps and (heads or falls)) and mean_known(below) >= 0.5


def _head_extent(grid: Grid, at: int) -> tuple[int, int]:
    """First and last row of the head that contains row `at`."""
    first = last = at
    while first and at - first < _DEEPEST - 1:
        above = grid.rows[first - 1]
        texts = texts_of(above)
        if (
            len(set(texts)) < 2
            or any(map(is_datum, above))
            or any(":" in fold(t) or len(t) > 20 for t in texts)
        ):
            break
        if not _continues(grid, first - 1, first):
            break
        first -= 1
    while last - first < _DEEPEST - 1 and _continues(grid, last, last + 1):
        last += 1
    return first, last


def _headings(grid: Grid, first: int, last: int) -> list[str]:
    width = len(grid.columns)
    levels: list[list[str]] = []
    for i in range(first, last + 1):
        row = grid.rows[i]
        texts = [cell_text(row[j]).replace("\n", "") if j < len(row) else "" for j in range(width)]
        merged = [m for m in _covers(grid, i) if m[2] <= last + 1]
        for top, left, _, right in merged:
            source = grid.rows[top][left] if left < len(grid.rows[top]) else None
            for j in range(left, min(right + 1, width)):
                texts[j] = texts[j] or cell_text(source).replace("\n", "")
        if i < last and not any(m[3] > m[1] for m in merged):
            _spread(texts, [cell_text(c) for c in grid.rows[i + 1]])
        levels.append(texts)
    return [
        JOIN.join(dict.fromkeys(t for level in levels if (t := level[j]))) for j in range(width)
    ]


def _spread(texts: list[str], below: list[str]) -> None:
    """Without merged ranges: a blank over a lower heading belongs to the heading on its left, if that one is a group."""
    for j in range(1, len(texts)):
        if (
            not texts[j]
            and j < len(below)
            and below[j]
            and texts[j - 1]
            and j - 1 < len(below)
            and below[j - 1]
        ):
            texts[j] = texts[j - 1]


def _is_title(row: list[Cell]) -> bool:
    texts = texts_of(row)
    return 1 <= len(set(texts)) <= 3 and not any(
        is_datum(c) and not is_title_text(cell_text(c)) for c in row if c is not None
    )


def find_tables(grid: Grid) -> list[Table]:
    """Logical tables of a sheet in order; [] when nothing looks like a head."""
    first = first_table(grid)
    return [*_above(grid, first), *tables_from(grid, first, len(grid.rows))] if first else []


def _titles(grid: Grid, first: int, end: int) -> list[str]:
    return [t for row in grid.rows[first:end] for t in dict.fromkeys(texts_of(row))]


def _above(grid: Grid, first: Table) -> list[Table]:
    """What stands above the first head like rows of a table, as one of its own; titles below it stay with the first."""
    if (found := data_above(grid.rows, first.header_row)) is None:
        return []
    head, end = found
    first.titles = _titles(grid, end, first.header_row)
    table = _table(grid, head, head, _titles(grid, 0, head), head + 1)
    table.body.add(_stretch(grid.filled(), head + 1, end))
    return [table]


def first_table(grid: Grid) -> Table | None:
    """The first table of a sheet, its body still to be found; None when nothing looks like a head."""
    rows = grid.rows
    at = first_head(rows)
    if at is None:
        return None
    first, last = _head_extent(grid, at)
    below = last + 1
    if below < len(rows) and is_ordinals(rows[below]):
        below += 1
    return _table(grid, first, last, _titles(grid, 0, first), below)


def _table(grid: Grid, first: int, last: int, titles: list[str], below: int) -> Table:
    """The table of a head, its body still to be found."""
    found = Table(first, last - first + 1, _headings(grid, first, last), Body(), titles)
    found.below, found.first = below, grid.rows[first]
    return found


def tables_from(grid: Grid, table: Table, until: int) -> Iterator[Table]:
    """The table with its rows from `below` on, then those that follow; heads at row `until` or below are not looked for."""
    rows, i, tables = grid.rows, table.below, [table]
    filled = grid.filled()
    for at in suspects(grid, filled):
        if at < i or at >= until:
            continue
        tables[-1].body.add(_stretch(filled, i, at))
        if looks_like_head(rows[at]) or begins(rows, at):
            i = _next_head(grid, at, tables)
            if len(tables) > 1:
                yield tables.pop(0)
        elif _is_again(rows[at], tables[-1]):
            i = at + tables[-1].header_rows
        else:
            tables[-1].body.add(np.array([at]))
            i = at + 1
    tables[-1].body.add(_stretch(filled, i, len(rows)))
    yield tables[-1]


def _is_again(row: list[Cell], table: Table) -> bool:
    """True for the head once more, on the next page, though nobody knows its words."""
    filled = [j for j, c in enumerate(row) if c is not None]
    same = sum(row[j] == table.first[j] for j in filled if j < len(table.first))
    return same >= _SAME and same * 5 >= len(filled) * 4


def _stretch(filled: np.ndarray, first: int, end: int) -> np.ndarray:
    """Rows from `first` to before `end` that hold something."""
    return first + np.flatnonzero(filled[first:end])


def _next_head(grid: Grid, at: int, tables: list[Table]) -> int:
    """Handle a head inside a body: repeated → skipped, new → a new table. Returns the row after it."""
    current = tables[-1]
    first, last = _head_extent(grid, at)
    first = max(first, current.header_row + current.header_rows)
    titles: list[int] = []
    while current.body.last >= first:
        current.body.pop()
    while current.body.last >= max(0, first - 3) and _is_above(
        grid.rows[current.body.last], titles
    ):
        titles.append(current.body.pop())
    texts = [t for i in reversed(titles) for t in dict.fromkeys(texts_of(grid.rows[i]))]
    found = _headings(grid, first, last)
    mine, same = {h for h in found if h}, {h for h in current.headings if h}
    after = last + 1
    if after < len(grid.rows) and is_ordinals(grid.rows[after]):
        after += 1
    if (
        len(mine & same) >= 0.7 * max(len(mine), len(same))
        and found[: len(found)] == current.headings[: len(found)]
    ):
        if (
            texts
            and texts != current.titles
            and not set(texts) <= set(current.titles)
            and current.has_rows
        ):
            tables.append(_table(grid, first, last, texts, after))
        elif not current.has_rows:
            current.titles += texts
        return after
    above = texts or list(current.titles)
    tables.append(_table(grid, first, last, above, after))
    return after


_FOOT = re.compile(
    r"(制表|审核|填表|签字|签章|负责人|经办人|合计|小计|总计|累计|本页|过次页|承前页|^注|备注)"
)


def _is_above(row: list[Cell], below: list[int]) -> bool:
    """A title of the head, or, next to the head, what is told of its table as a whole (单位：元)."""
    return _is_title_row(row) or (not below and is_info(row))


def _is_title_row(row: list[Cell]) -> bool:
    return _is_title(row) and not any(_FOOT.search(fold(t)) for t in texts_of(row))
