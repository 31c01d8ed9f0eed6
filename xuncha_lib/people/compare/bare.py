"""A list that is no known kind of table but names people: columns found by what people's columns are called."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from xuncha_lib.errors import UnreadableFile
from xuncha_lib.ingest.coded import code
from xuncha_lib.ingest.extract import person_from
from xuncha_lib.ingest.fields import common
from xuncha_lib.ingest.grid import Grid
from xuncha_lib.ingest.headings import JOIN, plain, variants
from xuncha_lib.ingest.layout import Table, find_tables
from xuncha_lib.ingest.profile import profile
from xuncha_lib.ingest.readers import read_data
from xuncha_lib.ingest.records import Person
from xuncha_lib.ingest.rows import total_kind
from xuncha_lib.tables import load_tables
from xuncha_lib.values import Cell, cell_text

_PLACES = ("village", "town")
_LIKELY = 0.6
"""Share of a column's cells that must look like names or ID numbers where the heading does not say so."""


class Bare(NamedTuple):
    """One person of a bare list. row: as a spreadsheet shows it.   facts: what else the row says."""

    sheet: str
    row: int
    person: Person | None
    village: str
    town: str
    facts: str


@cache
def _words() -> dict[str, frozenset[str]]:
    """Part of a person, or place → every heading it is known by in any table."""
    found = {part: {plain(w) for w in tails} for part, tails in common()["suffixes"].items()}
    for table in load_tables().values():
        for role in table.roles:
            if not role.is_party:
                found["name"] |= {plain(w) for w in (role.zh, *role.aliases.get("name", ()))}
    for place in _PLACES:
        found[place] = {plain(w) for w in common()["columns"][place]["aliases"]}
    found["name"] -= found["village"] | found["town"] | {plain("名称")}
    return {part: frozenset(words - {""}) for part, words in found.items()}


def _columns(table: Table, cells: list[list[Cell]]) -> dict[str, int]:
    """Part → column: the heading says so, or (names and ID numbers) the content does."""
    found: dict[str, int] = {}
    for at, heading in enumerate(table.headings):
        said = {
            v
            for text in (heading.replace(JOIN, ""), heading.split(JOIN)[-1])
            for v in variants(text)
        }
        for part, words in _words().items():
            if said & words:
                found.setdefault(part, at)
                break
    for part in ("id_no", "name"):
        if part in found:
            continue
        shares = {
            at: profile(code(column)).get(part, 0.0)
            for at, column in enumerate(cells)
            if at not in found.values()
        }
        best = max(shares, key=lambda at: shares[at], default=None)
        if best is not None and shares[best] >= _LIKELY:
            found[part] = best
    return found


def _rows(grid: Grid, table: Table) -> list[Bare]:
    cells = [[_cell(grid.rows[i], at) for i in table.body] for at in range(len(table.headings))]
    columns = _columns(table, cells)
    if not {"name", "id_no"} & set(columns):
        return []
    parts = {part: at for part, at in columns.items() if part not in _PLACES}
    rest = [
        at for at in range(len(table.headings)) if at not in columns.values() and table.headings[at]
    ][:4]
    found = []
    for place, number in enumerate(table.body):
        row = [column[place] for column in cells]
        texts = [text for cell in row if (text := cell_text(cell))]
        if total_kind(texts):
            continue
        person = person_from({part: row[at] for part, at in parts.items()}, "person", _ignore)
        said = [
            f"{table.headings[at].replace(JOIN, '/')} {text}"
            for at in rest
            if (text := cell_text(row[at]))
        ]
        place_of = {one: cell_text(row[columns[one]]) if one in columns else "" for one in _PLACES}
        found.append(
            Bare(
                grid.name,
                number + 1,
                person,
                place_of["village"],
                place_of["town"],
                "；".join(said)[:120],
            )
        )
    return found


def _cell(row: list[Cell], at: int) -> Cell:
    return row[at] if at < len(row) else None


def _ignore(column: str, value: str, why: str) -> None:
    """A damaged number or name shows in the person's own state; nothing is lost here."""


def bare_people(file: Path) -> list[Bare]:
    """Everybody named in the sheets of a file, by the headings of people's columns; [] where there is no such column."""
    try:
        _, grids = read_data(file.name, file.read_bytes())
    except UnreadableFile:
        return []
    found: list[Bare] = []
    for grid in grids:
        filled: Any = [row for row in grid.rows if any(cell is not None for cell in row)]
        for table in find_tables(grid) if filled else []:
            found += _rows(grid, table)
    return found
