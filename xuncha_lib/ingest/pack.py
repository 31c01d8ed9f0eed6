"""What was found in some files, as Arrow tables whose ids count within each file: cheap to send, to keep and to join."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa

from xuncha_lib.ingest.coded import combine, distinct
from xuncha_lib.ingest.records import Block, FileRead, Person, SheetRead, key_of
from xuncha_lib.ingest.schema import ARROW
from xuncha_lib.tables import load_tables

_TEXT = pa.string()
PARTS: dict[str, dict[str, pa.DataType]] = {
    "rows": {"sheet": pa.int32(), "number": pa.int32(), "fate": pa.int8(), "hidden": pa.bool_(), "content": pa.uint64()},
    "places": {"sheet": pa.int32(), "village": _TEXT, "town": _TEXT},
    "mentions": {
        "low": pa.uint64(), "high": pa.uint64(), "place": pa.int32(), "name_raw": _TEXT, "name": _TEXT, "name_state": _TEXT,
        "id_raw": _TEXT, "id_no": _TEXT, "id_state": _TEXT, "id_mask": _TEXT, "phone": _TEXT, "bank_no": _TEXT,
        "birth_on": pa.date32(), "sex": _TEXT, "group_no": _TEXT, "head_name": _TEXT,
    },
    "reject": {"row": pa.int32(), "column": _TEXT, "value": _TEXT, "why": _TEXT},
    "damaged": {"row": pa.int32(), "column": _TEXT, "value": _TEXT, "why": _TEXT},
    "control_total": {"row": pa.int32(), "column": _TEXT, "stated": pa.float64(), "summed": pa.float64(), "agrees": pa.bool_()},
    "footer": {"row": pa.int32(), "text": _TEXT},
    "comment": {"row": pa.int32(), "text": _TEXT},
}  # fmt: skip
"""Tables every pack has, besides those of the canonical rows. `sheet`, `row` and `place` count from 0 within the file."""


@cache
def schema_of(name: str) -> pa.Schema:
    """Schema of a part, or of the rows of a canonical table: row, place, mentions by role, values."""
    if name in PARTS:
        return pa.schema(list(PARTS[name].items()))
    table = load_tables()[name]
    roles = {role.name for role in table.roles}
    kinds = {n: pa.int32() if n in roles else ARROW.get(kind, pa.float64())
             for n, kind in table.sql_columns().items() if n not in ("row_id", "village_code")}  # fmt: skip
    return pa.schema([("_row", pa.int32()), ("_place", pa.int32()), *kinds.items()])


@dataclass
class Pack:
    """Some files. tables: name → rows of all of them.   counts: name → how many of these are each file's."""

    files: list[FileRead]
    tables: dict[str, pa.Table] = field(default_factory=dict)
    counts: dict[str, list[int]] = field(default_factory=dict)


class _One:
    """The tables of one file while it is packed, column by column as they come."""

    def __init__(self) -> None:
        self.parts: dict[str, list[tuple[dict[str, Any], int]]] = {}
        self.places = self.mentions = self.rows = 0

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
    parts: dict[str, list[tuple[dict[str, Any], int]]] = {}
    for at, file in enumerate(files):
        one = _One()
        for number, sheet in enumerate(file.sheets):
            if sheet.status == "read":
                _sheet(one, number, sheet)
            sheet.let_go()
        for name, mine in one.parts.items():
            found.counts.setdefault(name, [0] * len(files))[at] = sum(count for _, count in mine)
            parts.setdefault(name, []).extend(mine)
    for name, mine in parts.items():
        schema = schema_of(name)
        arrays = [_column([(own.get(f.name), n) for own, n in mine], f.type) for f in schema]
        found.tables[name] = pa.Table.from_arrays(arrays, schema=schema)
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
    cells: list[Any] = [None]
    codes = []
    for own, count in parts:
        if own is None:
            codes.append(np.zeros(count, dtype=np.int64))
        else:
            codes.append(own.codes + len(cells))
            cells += own.cells
    return pa.array(cells, kind).take(pa.array(np.concatenate(codes)))


def _sheet(one: _One, number: int, sheet: SheetRead) -> None:
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


def _places(one: _One, number: int, blocks: list[Block]) -> dict[tuple[str, str], int]:
    place_of: dict[tuple[str, str], int] = {}
    for block in blocks:
        used = set(block.places.codes.tolist())
        for at, place in enumerate(block.places.cells):
            if at in used:
                place_of.setdefault(place, one.places + len(place_of))
    columns = {
        "sheet": [number] * len(place_of),
        "village": [v for v, _ in place_of],
        "town": [t for _, t in place_of],
    }
    one.put("places", columns, len(place_of))
    one.places += len(place_of)
    return place_of


_STEP = np.uint64(0x9E3779B97F4A7C15)


def _mentions(
    one: _One, blocks: list[Block], place_of: dict[tuple[str, str], int]
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
    first, which = distinct(low ^ (high * _STEP) ^ (place.astype(np.uint64) * _STEP * _STEP))
    inverse = np.lexsort(order[::-1])
    rank = np.empty(len(inverse), dtype=np.int64)
    rank[inverse] = np.arange(len(inverse))
    earliest = np.full(len(first), len(rank), dtype=np.int64)
    np.minimum.at(earliest, which, rank)
    number = np.empty(len(first), dtype=np.int64)
    number[np.argsort(earliest)] = np.arange(len(first))
    people = [told for m in met for told in m.told]
    chosen = [int(inverse[at]) for at in np.sort(earliest)]
    _put_mentions(one, [people[at] for at in chosen], low[chosen], high[chosen], place[chosen])
    ids, found, at = number[which] + one.mentions - len(first), {}, 0
    for m in met:
        own = np.full(m.size + 1, -1, dtype=np.int64)
        own[m.kept] = ids[at : at + len(m.kept)]
        found[m.block, m.role] = own[m.codes]
        at += len(m.kept)
    return found


@dataclass
class _Met:
    """The distinct people of one role in one block. keys: low, high, place, and where each is first met."""

    block: int
    role: str
    codes: np.ndarray
    size: int
    kept: list[int]
    told: list[tuple[Any, ...]]
    keys: tuple[np.ndarray, ...]


def _met(b: int, block: Block, r: int, role: str, place_of: dict[tuple[str, str], int]) -> _Met:
    both = combine([block.people[role], block.places, block.group, block.head])
    first = np.zeros(len(both.cells), dtype=np.int64)
    first[both.codes[::-1]] = np.arange(len(both))[::-1]
    kept = [k for k, told in enumerate(both.cells) if told[0] is not None]
    told = [both.cells[k] for k in kept]
    around = {pair: key_of(pair) for pair in {(group, head) for _, _, group, head in told}}
    mixed = [
        (*person.key, *around[group, head], place_of[place]) for person, place, group, head in told
    ]
    low, high, low2, high2, place = (
        np.array(column, dtype=np.uint64)
        for column in (zip(*mixed, strict=True) if mixed else [()] * 5)
    )
    at = first[kept]
    same = np.zeros(len(kept), dtype=np.int64)
    keys = (
        low * _STEP + low2,
        high * _STEP + high2,
        place.astype(np.int64),
        block.rows[at],
        same + b,
        at,
        same + r,
    )
    return _Met(b, role, both.codes, len(both.cells), kept, told, keys)


def _put_mentions(
    one: _One, told: list[tuple[Any, ...]], low: np.ndarray, high: np.ndarray, place: np.ndarray
) -> None:
    if not told:
        return
    people, _, groups, heads = zip(*told, strict=True)
    columns: dict[str, Any] = dict(
        zip(Person._fields, map(list, zip(*people, strict=True)), strict=True)
    )
    columns |= {
        "low": low,
        "high": high,
        "place": place.astype(np.int32),
        "group_no": list(groups),
        "head_name": list(heads),
    }
    one.put("mentions", columns, len(told))
    one.mentions += len(told)


def _block(
    one: _One, block: Block, place_of: dict[tuple[str, str], int], mentions: dict[str, np.ndarray]
) -> None:
    columns: dict[str, Any] = dict(block.values)
    places = [place_of.get(place, -1) for place in block.places.cells]
    columns["_row"] = (block.rows + one.rows).astype(np.int32)
    columns["_place"] = np.array(places, dtype=np.int32)[block.places.codes]
    one.put(block.table, columns | mentions, len(block.rows))
