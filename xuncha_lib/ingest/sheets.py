"""A logical table of a sheet → its rows, each with a fate, and the records of those that are data."""

from __future__ import annotations

from typing import Any

import numpy as np

from xuncha_lib.ingest import context as around
from xuncha_lib.ingest import petitions
from xuncha_lib.ingest.beside import beside
from xuncha_lib.ingest.card_tables import KindOf, Part, card_parts, cards_told_by_shape
from xuncha_lib.ingest.carry import undittoed
from xuncha_lib.ingest.coded import Coded, code
from xuncha_lib.ingest.extract import Plan, plan_of, resolve_tenths
from xuncha_lib.ingest.grid import Grid
from xuncha_lib.ingest.halves import halves
from xuncha_lib.ingest.headings import JOIN
from xuncha_lib.ingest.layout import Table, find_tables
from xuncha_lib.ingest.months import Months, months_of
from xuncha_lib.ingest.profile import profile
from xuncha_lib.ingest.reading import TableReader
from xuncha_lib.ingest.recognise import Verdict, recognise
from xuncha_lib.ingest.records import SheetRead
from xuncha_lib.masks import mask_text
from xuncha_lib.tables import load_tables

_SUMMED = ("yuan", "mu", "number", "int")


def read_grid(
    grid: Grid, path: str, book: dict[tuple[str, str], float] | None = None
) -> list[SheetRead]:
    """Every logical table of a sheet; a sheet without any gives one entry that says so.

    book: running sums of the sheets before, by table and column; 本年累计 on a monthly sheet counts them too.
    """
    book = {} if book is None else book
    if not any(column.filled().any() for column in grid.columns):
        return [SheetRead(grid.name, "empty", why="空表", is_hidden=grid.is_hidden)]
    parts = parts_of(grid, path)
    if not parts:
        return [no_head(grid)]
    read = [
        _read_table(part, table, path, book)
        for part, table in parts
        if table.body or len(parts) == 1
    ]
    return read or [only_head(grid)]


def no_head(grid: Grid) -> SheetRead:
    """What is said of a sheet on which no table was found."""
    why = "找不到表头：前 25 行里没有一行像列名"
    return SheetRead(grid.name, "not_recognised", why=why, is_hidden=grid.is_hidden)


def only_head(grid: Grid) -> SheetRead:
    """What is said of a sheet whose tables have no rows."""
    return SheetRead(grid.name, "empty", why="只有表头，没有数据", is_hidden=grid.is_hidden)


def parts_of(grid: Grid, path: str) -> list[Part]:
    """The logical tables of a sheet: of its cards, else of what stands below its heads."""

    def kind(part: Grid, table: Table) -> str | None:
        context = around.context_of(path, part.name, table.titles)
        return recognised(part, table, context)[1].table

    return [part for own in beside(grid, kind) for part in _parts(own, kind)]


def _parts(grid: Grid, kind: KindOf) -> list[Part]:
    if cards := card_parts(grid, kind):
        return cards
    tables = [half for table in find_tables(grid) for half in halves(grid, table)]
    return cards_told_by_shape(grid, tables, kind) or tables


def recognised(
    grid: Grid, table: Table, context: around.Context
) -> tuple[Months, Verdict, dict[str, str], list[Coded]]:
    """(months side by side, verdict, column → field key inside a month, columns of the body)."""
    columns = [undittoed(table.gathered(column)) for column in columns_of(grid, table)]
    return *_told(table, columns, context), columns


def _told(
    table: Table, columns: list[Coded], context: around.Context
) -> tuple[Months, Verdict, dict[str, str]]:
    """(months side by side, verdict, column → field key inside a month)."""
    months = months_of(table, around.year_around(context))
    if table.records is not None:
        own = table.own_rows()
        columns = [column.take(own) for column in columns]
    return months, *recognise_table(table, columns, context, months)


def recognise_table(
    table: Table, columns: list[Coded], context: around.Context, months: Months
) -> tuple[Verdict, Any]:
    """(verdict, column → field key inside a month)."""
    taken = {at for sub in months.values() for at in sub.values()}
    places = [at for at in range(len(columns)) if at not in taken]
    subs = [s for s in next(iter(months.values()), {}) if s]
    first = next(iter(months.values()), {})
    places_all = places + [first[s] for s in subs]
    headings = [table.headings[at] for at in places] + subs
    seen = [profile(columns[at]) for at in places_all]
    kept = [i for i, h in enumerate(headings) if h or seen[i]["n"]]
    if not kept:
        return Verdict(None, 0.0, why="没有列名"), {}
    verdict = recognise(
        [headings[i] for i in kept], [seen[i] for i in kept], context.weighted(), len(months),
        [columns[places_all[i]] for i in kept],
    )  # fmt: skip
    verdict.columns = {key: places_all[kept[at]] for key, at in verdict.columns.items()}
    inner = {at: s for s, at in first.items() if s}
    by_month = {key: inner[at] for key, at in list(verdict.columns.items()) if at in inner}
    for key in by_month:
        del verdict.columns[key]
    return verdict, by_month


def _fill_down(grid: Grid, table: Table, columns: list[Coded], plan: Plan) -> None:
    """A value merged over several rows belongs to each of them, unless it is an amount (which counts once)."""
    types = {c.name: c.type for c in plan.table.columns}
    once = {at for name, (at, _) in plan.columns.items() if types[name] in _SUMMED}
    place = {row: i for i, row in enumerate(table.body)} if grid.merges else {}
    above: dict[int, dict[int, int]] = {}
    for top, left, bottom, right in grid.merges:
        if bottom == top or left != right or left in once or left >= len(columns):
            continue
        start = place.get(top)
        if start is None:
            continue
        for row in range(top + 1, bottom + 1):
            if row in place:
                above.setdefault(left, {})[place[row]] = start
    for left, found in above.items():
        codes = columns[left].codes.copy()
        blank = ~columns[left].filled()
        rows = np.array([row for row in found if blank[row]], dtype=np.int64)
        codes[rows] = codes[np.array([found[row] for row in rows.tolist()], dtype=np.int64)]
        columns[left] = Coded(codes, columns[left].kept)


def columns_of(grid: Grid, table: Table) -> list[Coded]:
    """The cells below each heading; 〃 and 同上 stay as they are."""
    return [column.take(table.body.rows) for column in grid.columns]


def _read_table(
    grid: Grid, table: Table, path: str, book: dict[tuple[str, str], float]
) -> SheetRead:
    context = around.context_of(path, grid.name, table.titles)
    secret = petitions.guard(grid, table, context)
    originals = [table.gathered(column) for column in columns_of(grid, table)]
    columns = [undittoed(column) for column in originals]
    read, reader = open_table(grid, table, columns, context, book)
    if secret:
        petitions.tell(read, secret, context.titles)
    if read.status != "read" or reader is None:
        return read
    originals, columns = _tight(originals, columns)
    _fill_down(grid, table, columns, reader.plan)
    types = {c.name: c.type for c in reader.plan.table.columns}
    for name, (at, _) in reader.plan.columns.items():
        if types[name] in ("date", "month"):
            columns[at] = _resolved(columns[at])
    reader.run(columns, originals, grid.hidden_rows)
    if unseen := [h for at, h in enumerate(table.headings, 1) if h and at in grid.hidden_columns]:
        read.why = f"有隐藏的列，已照常读入：{'、'.join(h.replace(JOIN, '/') for h in unseen)}"
    if grid.notes:
        place = {row + 1: i for i, row in enumerate(table.body)}
        read.notes = [
            (place[n], mask_text(t)) for n, told in grid.notes.items() if n in place for t in told
        ]
    return read


def open_table(
    grid: Grid, table: Table, columns: list[Coded], context: around.Context,
    book: dict[tuple[str, str], float],
) -> tuple[SheetRead, TableReader | None]:  # fmt: skip
    """What a table is, still without its rows, and how to read these; None where it is none we know."""
    year = around.year_around(context)
    unit = around.unit_around(context)
    months, verdict, by_month = _told(table, columns, context)
    period = around.period_around(context)
    read = SheetRead(
        grid.name, "read" if verdict.table else "not_recognised", verdict.table, verdict.why, verdict.nearest,
        "、".join(verdict.missing), table.header_row + 1, table.header_rows, grid.is_hidden, unit,
        (period.start, period.end, period.grain), context.words,
    )  # fmt: skip
    if verdict.table is None:
        return read, None
    spec = load_tables()[verdict.table]
    plan = plan_of(spec, verdict.columns, table.headings, unit, year)
    pivots = months if spec.recognise.get("pivot") else {}
    return read, TableReader(read, plan, context, period, table, pivots, by_month, book)


def _tight(originals: list[Coded], columns: list[Coded]) -> tuple[list[Coded], list[Coded]]:
    """The columns without the cells of titles and headings, which keep a column from being of one kind."""
    found = [column.tight() for column in originals]
    told = zip(originals, columns, found, strict=True)
    return found, [own if one is column else column.tight() for one, column, own in told]


def _resolved(column: Coded) -> Coded:
    """Dates whose month a number lost, where the column tells."""
    if column.arrow is not None or not any(
        isinstance(cell, float) and 1900 < cell < 2100 for cell in column.cells
    ):
        return column
    before = column.tolist()
    after = resolve_tenths(before)
    return column if after is before else code(after)
