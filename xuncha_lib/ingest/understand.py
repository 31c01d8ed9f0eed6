"""How one file is understood: where its tables are, what kind each is, and column by column what it was taken for."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from xuncha_lib.ingest import context as around
from xuncha_lib.ingest import petitions
from xuncha_lib.ingest.block import TAUGHT, Block
from xuncha_lib.ingest.coded import Coded
from xuncha_lib.ingest.grid import Grid
from xuncha_lib.ingest.headings import JOIN
from xuncha_lib.ingest.layout import Table
from xuncha_lib.ingest.months import Months
from xuncha_lib.ingest.profile import profile
from xuncha_lib.ingest.readers import read_data
from xuncha_lib.ingest.recognise import Verdict
from xuncha_lib.ingest.sheets import parts_of, recognised
from xuncha_lib.ingest.teaching import field_keys
from xuncha_lib.masks import mask_text
from xuncha_lib.tables import load_tables
from xuncha_lib.values import cell_text

_SAMPLES = 3
_SURE = 1.25
"""Score (heading + content) of a column that leaves no doubt."""


@dataclass(frozen=True)
class ColumnView:
    """One column. field: key, "" when it was not taken.   confidence: 0–1; 1 = taught, or said by both heading and content."""

    letter: str
    heading: str
    field: str
    zh: str
    confidence: float
    samples: tuple[str, ...]


@dataclass(frozen=True)
class SheetView:
    """One logical table of a sheet. table: None with `why`.   score: 0–1.   rows count from 1."""

    sheet: str
    table: str | None
    zh: str
    score: float
    why: str
    header_row: int | None = None
    header_rows: int = 0
    titles: tuple[str, ...] = ()
    columns: list[ColumnView] = field(default_factory=list)
    months: int = 0


def understand(path: Path, name: str) -> list[SheetView]:
    """Every table of a file. name: its path relative to the raw folder, for the words around it. UnreadableFile as in ingest."""
    found = []
    for grid in read_data(name, path.read_bytes())[1]:
        parts = [(part, table) for part, table in parts_of(grid, name) if table.body]
        found += [_view(part, table, name) for part, table in parts]
        if not parts:
            found.append(SheetView(grid.name, None, "", 0.0, "找不到表头或没有数据"))
    return found


def _view(grid: Grid, table: Table, name: str) -> SheetView:
    context = around.context_of(name, grid.name, table.titles)
    secret = petitions.guard(grid, table, context)
    months, verdict, by_month, columns = recognised(grid, table, context)
    kind, why = verdict.table, verdict.why
    if secret and kind != "petition_count":
        kind, why = None, petitions.WHY.format(columns=secret)
    place = {at: key for key, at in verdict.columns.items()} | {
        at: key for sub in months.values() for key, s in by_month.items() if (at := sub.get(s)) is not None
    }  # fmt: skip
    views = [
        _column(at, table.headings[at], place.get(at, ""), cells, verdict, len(months))
        for at, cells in enumerate(columns)
        if table.headings[at] and kind_shows(at, months, place)
    ]
    return SheetView(
        grid.name, kind, load_tables()[kind].zh if kind else verdict.nearest, round(min(1.0, verdict.score), 2), why,
        table.header_row + 1, table.header_rows, tuple(table.titles), views, len(months),
    )  # fmt: skip


def kind_shows(at: int, months: Months, place: dict[int, str]) -> bool:
    """False for a month's column that only repeats the first month's."""
    taken = {place_of for sub in months.values() for place_of in sub.values()}
    return at not in taken or at in place or at in next(iter(months.values()), {}).values()


def _column(
    at: int, heading: str, key: str, cells: Coded, verdict: Verdict, months: int
) -> ColumnView:
    table = verdict.table
    zh, confidence = "", 0.0
    if key and table:
        zh = field_keys(load_tables()[table]).get(key, key)
        confidence = _confidence(heading, cells, table, key, months)
    return ColumnView(
        _letter(at), heading.replace(JOIN, "/"), key, zh, confidence, _samples(cells, key)
    )


def _confidence(heading: str, cells: Coded, table: str, key: str, months: int) -> float:
    score = Block([heading], [profile(cells)], months).score_of(0, table, key)
    return 1.0 if score >= TAUGHT else round(min(1.0, score / _SURE), 2)


def _samples(cells: Coded, key: str) -> tuple[str, ...]:
    """The first different cells, numbers masked; of names the first character."""
    texts = list(dict.fromkeys(t for c in cells.tolist() if (t := cell_text(c))))[:_SAMPLES]
    if key.endswith(".name") or profile(cells).get("name", 0.0) >= 0.5:
        return tuple(t[0] + "*" * (len(t) - 1) for t in texts)
    return tuple(mask_text(t).removesuffix(" 00:00:00")[:20] for t in texts)


def _letter(at: int) -> str:
    """0 → A, 26 → AA."""
    found = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        found = chr(65 + rest) + found
    return found
