"""What was found in some files, as Arrow tables whose ids count within each file: cheap to send, to keep and to join."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from xuncha_lib.ingest.coded import Coded, alike, combine, distinct
from xuncha_lib.ingest.known import Known, numbered
from xuncha_lib.ingest.pack_schema import PARTS, schema_of
from xuncha_lib.ingest.records import Block, FileRead, Person, SheetRead, key_of

Parts = dict[str, list[tuple[dict[str, Any], int]]]
"""Table → pieces of it: columns, and how many rows they have."""


@dataclass
class Pack:
    """Some files. tables: name → rows of all of them.   counts: name → how many of these are each file's.

    rest : lets go of what was read of the tables into memory; they can still be read.
    """

    files: list[FileRead]
    tables: dict[str, pa.Table] = field(default_factory=dict)
    counts: dict[str, list[int]] = field(default_factory=dict)
    rest: Callable[[], None] = lambda: None


class One:
    """The tables of one file while it is packed, column by column as they come.

    place_of, known : places and people of the sheet under way, when it comes in pieces.
    """

    def __init__(self) -> None:
        self.parts: Parts = {}
        self.places = self.mentions = self.rows = 0
        self.place_of: dict[tuple[str, str], int] = {}
        self.known: Known | None = None

    def put(self, name: str, columns: dict[str, Any], count: int) -> None:
        """Add rows. A column is Coded, an array (below zero = blank), a list, or missing (blank)."""
        if count:
            self.parts.setdefault(name, []).append((columns, count))

    def lines(self, name: str, lines: Sequence[tuple[Any, ...]]) -> None:
        """Rows whose first cell is a row of the sheet."""
        if lines:
            columns = dict(zip(PARTS[name], map(list, zip(*lines, strict=True)), strict=True))
            columns["row"] = [row + self.rows for row in columns["row"]]
            self.put(name, columns, len(lines))


def pack(files: list[FileRead]) -> Pack:
    """The files with their rows moved into tables."""
    found = Pack(files)
    parts: Parts = {}
    for at, file in enumerate(files):
        one = One()
        for number, sheet in enumerate(file.sheets):
            if sheet.status == "read":
                one.place_of = {}
                put_sheet(one, number, sheet)
            sheet.let_go()
        for name, mine in one.parts.items():
            found.counts.setdefault(name, [0] * len(files))[at] = sum(count for _, count in mine)
            parts.setdefault(name, []).extend(mine)
    found.tables = as_tables(parts)
    return found


def as_tables(parts: Parts) -> dict[str, pa.Table]:
    """What was put together, table by table."""
    found = {}
    for name, mine in parts.items():
        schema = schema_of(name)
        arrays = [_column([(own.get(f.name), n) for own, n in mine], f.type) for f in schema]
        found[name] = pa.Table.from_arrays(arrays, schema=schema)
    return found


def _column(parts: list[tuple[Any, int]], kind: pa.DataType) -> pa.Array:
    """Pieces of a column in one array."""
    first = next((own for own, _ in parts if own is not None), None)
    if first is None:
        return pa.nulls(sum(count for _, count in parts), kind)
    if isinstance(first, np.ndarray):
        whole = np.concatenate([np.full(n, -1) if own is None else own for own, n in parts])
        blank = whole < 0 if whole.dtype.kind == "i" else None
        return pa.array(whole, kind, mask=blank)
    if isinstance(first, list):
        return pa.array([cell for own, _ in parts for cell in own], kind)
    if any(own is not None and own.arrow is not None for own, _ in parts):
        return _joined(parts, kind)
    cells: list[Any] = [None]
    codes = []
    for own, count in parts:
        if own is None:
            codes.append(np.zeros(count, dtype=np.int64))
        else:
            codes.append(own.codes + len(cells))
            cells += own.cells
    return pa.array(cells, kind).take(pa.array(np.concatenate(codes)))


def _joined(parts: list[tuple[Coded | None, int]], kind: pa.DataType) -> pa.Array:
    """As `_column`, piece by piece: long ones are arrays already."""
    return pa.concat_arrays([
        pa.nulls(count, kind) if own is None else own.array(kind).take(pa.array(own.codes))
        for own, count in parts
    ])  # fmt: skip


def put_sheet(one: One, number: int, sheet: SheetRead) -> None:
    """Add a sheet, or the next piece of the one under way."""
    rows = sheet.rows
    count = len(rows)
    one.put("rows", {"sheet": np.full(count, number, dtype=np.int32), "number": rows.numbers, "fate": rows.fates,
                     "hidden": rows.hidden, "content": rows.content}, count)  # fmt: skip
    for name, lines in (
        ("reject", sheet.rejects), ("damaged", sheet.damaged), ("control_total", sheet.controls),
        ("footer", sheet.footers), ("comment", sheet.notes),
    ):  # fmt: skip
        one.lines(name, lines)
    place_of = _places(one, number, sheet.blocks)
    mentions = _mentions(one, sheet.blocks, place_of)
    for at, block in enumerate(sheet.blocks):
        _block(
            one, block, place_of, {role: found for (b, role), found in mentions.items() if b == at}
        )
    one.rows += count


def _places(one: One, number: int, blocks: list[Block]) -> dict[tuple[str, str], int]:
    new: list[tuple[str, str]] = []
    for block in blocks:
        used = np.zeros(block.places.size, dtype=bool)
        used[block.places.codes] = True
        for at in np.flatnonzero(used).tolist():
            place = block.places.cells[at]
            if place not in one.place_of:
                one.place_of[place] = one.places + len(new)
                new.append(place)
    villages, towns = [v for v, _ in new], [t for _, t in new]
    one.put("places", {"sheet": [number] * len(new), "village": villages, "town": towns}, len(new))
    one.places += len(new)
    return one.place_of


_STEP = np.uint64(0x9E3779B97F4A7C15)


def _mentions(
    one: One, blocks: list[Block], place_of: dict[tuple[str, str], int]
) -> dict[tuple[int, str], np.ndarray]:
    """(block, role) → mention of each of its rows or -1; numbered in the order in which they are first met, row by row."""
    met = [
        _met(b, block, r, role, place_of)
        for b, block in enumerate(blocks)
        for r, role in enumerate(block.people)
    ]
    if not met:
        return {}
    low, high, place, *order = (
        np.concatenate(parts) for parts in zip(*(m.keys for m in met), strict=True)
    )
    keys = low ^ (high * _STEP) ^ (place.astype(np.uint64) * _STEP * _STEP)
    first, which = distinct(keys)
    inverse = np.lexsort(order[::-1])
    rank = np.empty(len(inverse), dtype=np.int64)
    rank[inverse] = np.arange(len(inverse))
    earliest = np.full(len(first), len(rank), dtype=np.int64)
    np.minimum.at(earliest, which, rank)
    number, new = numbered(keys[first], earliest, one.mentions, one.known)
    chosen = inverse[new]
    _put_mentions(
        one, met, chosen, {"low": low[chosen], "high": high[chosen], "place": place[chosen]}
    )
    ids, found, at = number[which], {}, 0
    for m in met:
        own = np.full(m.size, -1, dtype=np.int64)
        own[m.kept] = ids[at : at + len(m.kept)]
        found[m.block, m.role] = own[m.codes]
        at += len(m.kept)
    return found


@dataclass
class _Met:
    """The distinct people of one role in one block. keys: low, high, place, and where each is first met.

    codes : which of `size` each row is.   kept : those that are people.   person, around : where each stands in `people`
    and `pairs`, (group, household head).
    """

    block: int
    role: str
    codes: np.ndarray
    size: int
    kept: np.ndarray
    people: list[Person | None]
    person: np.ndarray
    pairs: list[tuple[str | None, str | None]]
    around: np.ndarray
    keys: tuple[np.ndarray, ...]


def _met(b: int, block: Block, r: int, role: str, place_of: dict[tuple[str, str], int]) -> _Met:
    people = block.people[role]
    pairs = combine([block.group, block.head])
    at, codes = alike([people, block.places, block.group, block.head])
    is_there = people.rows_of(np.array([one is not None for one in people.cells], dtype=bool))
    kept = np.flatnonzero(is_there[at])
    first = at[kept]
    person, around = people.codes[first], pairs.codes[first]
    low, high = _halves([one.key if one else (0, 0) for one in people.cells])
    low2, high2 = _halves([key_of(pair) for pair in pairs.cells])
    places = np.array([place_of.get(place, -1) for place in block.places.cells], dtype=np.int64)
    same = np.zeros(len(kept), dtype=np.int64)
    keys = (
        low[person] * _STEP + low2[around],
        high[person] * _STEP + high2[around],
        places[block.places.codes[first]],
        block.rows[first],
        same + b,
        first,
        same + r,
    )
    return _Met(b, role, codes, len(at), kept, people.cells, person, pairs.cells, around, keys)


def _halves(keys: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    low, high = zip(*keys, strict=True) if keys else ((), ())
    return np.array(low, dtype=np.uint64), np.array(high, dtype=np.uint64)


def _put_mentions(
    one: One, met: list[_Met], chosen: np.ndarray, keys: dict[str, np.ndarray]
) -> None:
    """Add the chosen of all people met, in this order."""
    if not len(chosen):
        return
    blank = Person(*([None] * len(Person._fields)))  # type: ignore[arg-type]
    people = _cells_of([(m.people, m.person) for m in met], chosen)
    around = _cells_of([(m.pairs, m.around) for m in met], chosen)
    told = zip(*(person or blank for person in people.cells), strict=True)
    columns: dict[str, Any] = {
        name: Coded(people.codes, list(cells))
        for name, cells in zip(Person._fields, told, strict=True)
    }
    groups, heads = zip(*around.cells, strict=True)
    columns |= keys | {
        "place": keys["place"].astype(np.int32),
        "group_no": Coded(around.codes, list(groups)),
        "head_name": Coded(around.codes, list(heads)),
    }
    one.put("mentions", columns, len(chosen))
    one.mentions += len(chosen)


def _cells_of(parts: list[tuple[list[Any], np.ndarray]], chosen: np.ndarray) -> Coded:
    """The chosen of several lists one after another, each given with the places that count in it."""
    cells: list[Any] = []
    codes = []
    for own, places in parts:
        codes.append(places + len(cells))
        cells += own
    return Coded(np.concatenate(codes)[chosen], cells).compact()


def _block(
    one: One, block: Block, place_of: dict[tuple[str, str], int], mentions: dict[str, np.ndarray]
) -> None:
    columns: dict[str, Any] = dict(block.values)
    places = [place_of.get(place, -1) for place in block.places.cells]
    columns["_row"] = (block.rows + one.rows).astype(np.int32)
    columns["_place"] = np.array(places, dtype=np.int32)[block.places.codes]
    one.put(block.table, columns | mentions, len(block.rows))
