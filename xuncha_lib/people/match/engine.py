"""From two sides to the pairs that may be one person: names first, then one pass over the big side, then pairs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from xuncha_lib.errors import XunchaError
from xuncha_lib.people.match.arrow import column, strings, values
from xuncha_lib.people.match.blocks import NULL, Columns, LeftKeys, keys_of
from xuncha_lib.people.match.evidence import Background, digit_bits
from xuncha_lib.people.match.gather import (
    Kept,
    Pass,
    numbers_of,
    patterns_of,
    run_pass,
    surname_table,
)
from xuncha_lib.people.match.names import Names
from xuncha_lib.people.match.rarity import Floats, Index, rarity_of, surname_numbers
from xuncha_lib.people.match.relate import Relations
from xuncha_lib.people.match.rows import Rows, read_rows
from xuncha_lib.people.match.scan import CODES, batches, open_side
from xuncha_lib.people.match.threads import in_order
from xuncha_lib.people.match.villages import number_villages

MOST_VILLAGES = 1_000_000
"""Distinct village texts beyond which the column holds something else."""


@dataclass(frozen=True)
class Model:
    """What is known of the big side for later comparisons.

    relations : the left side's names and the census of the right side's.   villages : text → numbers of village, spelling
    and town.   background : chances, for the left rows of the run.
    """

    relations: Relations
    villages: dict[str, tuple[int, int, int]]
    background: Background

    def at_home(self, rows: Rows) -> tuple[Rows, Background]:
        """Rows as left rows of this model; names it never saw count as met nowhere, numbers as borne by one row."""
        key = rows.names.key
        place = np.minimum(np.searchsorted(self.relations.key, key), len(self.relations.key) - 1)
        seen = self.relations.key[place] == key
        rarity = self.background.rarity
        classes = np.where(seen[:, None], rarity.classes[place], 0.0)
        expected = np.where(seen, rarity.expected[place], 0.5)
        ones = np.ones(len(rows), np.int32)
        here = replace(rarity, classes=classes, expected=expected)
        return rows, replace(self.background, rarity=here, number=ones, phone=ones, bank=ones)


@dataclass(frozen=True)
class Met:
    """Both sides after the pass: the left rows, the right rows that met one, the pairs, what chance gives.

    missing : side → columns it does not have.
    """

    left: Rows
    left_table: pa.Table
    right: Rows
    kept: Kept
    model: Model
    missing: dict[str, list[str]]

    @property
    def background(self) -> Background:
        """What chance gives."""
        return self.model.background


def meet(con: Any, left: pa.Table | Path | str, right: pa.Table | Path | str) -> Met:
    """Find all pairs of rows that share enough to be worth a comparison."""
    missing = {"left": open_side(con, "l", left), "right": open_side(con, "r", right)}
    _check_ids(con)
    villages = _villages(con)
    left_table = _table(con, "l")
    left_rows = read_rows(left_table)
    reader = batches(con, _NAMES)  # it begins now
    relations = Relations(left_rows.names)
    _read_names(con, reader, relations)
    own = _own_names(left_rows, relations)
    keys = _left_keys(left_table, left_rows, relations, own)
    surname_of, surnames = surname_table(relations.names.codes[:, 0])
    count = max((number for number, *_ in villages.values()), default=0) + 1
    kept = run_pass(batches(con, _BIG), Pass(keys, surname_of, count, len(surnames) + 1))
    rarity = rarity_of(relations, kept.local, surname_numbers(surnames), kept.repeats)
    right_rows = read_rows(kept.rows)
    digit, region = digit_bits(left_rows, right_rows)
    per_village = kept.local.sum(axis=1)
    village: Floats = -np.log2((per_village + 1) / (max(per_village.sum(), 1) + 1))
    number, phone, bank = (
        _padded(kept.borne[name], len(left_rows)) for name in ("core", "phone", "bank")
    )
    background = Background(rarity, digit, region, village, number, phone, bank, kept.total)
    named = replace(left_rows, names=relations.names, name=own)
    return Met(named, left_table, right_rows, kept, Model(relations, villages, background), missing)


def _check_ids(con: Any) -> None:
    repeated = con.execute(
        "SELECT id, count(*) FROM l GROUP BY id HAVING count(*) > 1 ORDER BY id LIMIT 1"
    ).fetchone()
    if repeated:
        raise XunchaError(
            "左表的 id 列", f"“{repeated[0]}”出现 {repeated[1]} 次", "每行的 id 必须唯一"
        )


def _table(con: Any, side: str) -> pa.Table:
    """All rows of a side with its codes, in order."""
    return con.sql(
        f"SELECT {_ROW}, {_PLACE} FROM {side}_codes c LEFT JOIN village_code v ON c.village = v.village ORDER BY id, row"
    ).to_arrow_table()


def placed(con: Any, side: str, model: Model) -> Rows:
    """Rows of a side opened in `con`, their villages numbered as the model has them."""
    _register(con, model.villages)
    return read_rows(_table(con, side))


_ROW = (
    "c.row, c.id, coalesce(c.name, '') AS name, coalesce(c.i, '') AS i, coalesce(c.p, '') AS p, coalesce(c.b, '') AS b, "
    + (", ".join(f"coalesce(c.{name}, {NULL})::BIGINT AS {name}" for name in CODES))
)
_PLACE = (
    f"coalesce(nullif(v.number, 0), {NULL})::BIGINT AS village, coalesce(v.town, 0)::BIGINT AS town, "
    "coalesce(v.spelling, 0)::BIGINT AS spelling"
)
_NAME = ", ".join(
    f"coalesce(n.{name}, {NULL})::BIGINT AS {name}"
    for name in ("exact", "sound", "near", "variant")
)
_NAMES = "SELECT name, count(*)::DOUBLE AS rows FROM r WHERE name IS NOT NULL GROUP BY name"
_BIG = f"""
SELECT {_ROW}, {_PLACE}, {_NAME}
FROM r_codes c LEFT JOIN village_code v ON c.village = v.village LEFT JOIN name_code n ON c.name = n.name
"""


def _padded(counts: NDArray[np.int32], size: int) -> NDArray[np.int32]:
    padded: NDArray[np.int32] = np.r_[counts, np.zeros(max(size - len(counts), 0), np.int32)]
    return padded


def _villages(con: Any) -> dict[str, tuple[int, int, int]]:
    """Numbers of the villages of both sides, the left one's first; also as table village_code."""
    texts = [
        row[0]
        for side in ("l", "r")
        for row in con.execute(
            f"SELECT village FROM {side} WHERE village IS NOT NULL GROUP BY village ORDER BY count(*) DESC, village LIMIT {MOST_VILLAGES}"
        ).fetchall()
    ]
    texts = list(dict.fromkeys(texts))
    coded = number_villages(texts)
    columns = (coded[name].tolist() for name in ("number", "spelling", "town"))
    villages = dict(zip(texts, zip(*columns, strict=True), strict=True))
    _register(con, villages)
    return villages


def _register(con: Any, villages: dict[str, tuple[int, int, int]]) -> None:
    columns = list(zip(*villages.values(), strict=True)) if villages else [(), (), ()]
    table = {
        name: column(np.array(numbers, np.int32))
        for name, numbers in zip(("number", "spelling", "town"), columns, strict=True)
    }
    con.register("village_code", pa.table({"village": strings(list(villages)), **table}))


def _read_names(con: Any, reader: Any, relations: Relations) -> None:
    """Take the big side's distinct names; table name_code (name, exact, sound, near, variant) of those that meet one."""
    written, codes = [], []

    def look(batch: pa.RecordBatch) -> tuple[pa.RecordBatch, Names, NDArray[np.int32]]:
        return batch, *relations.look(batch.column("name"))

    for batch, names, code in in_order(look, reader):
        relations.count(names, code, values(batch.column("rows")))
        met = np.flatnonzero((code >= 0).any(axis=1))
        written.append(batch.column("name").take(column(met)))
        codes.append(code[met])
    code = np.concatenate(codes) if codes else np.zeros((0, 4), np.int32)
    name = pa.chunked_array(written, pa.string())
    columns = {
        field: column(code[:, i]) for i, field in enumerate(("exact", "sound", "near", "variant"))
    }
    con.register("name_code", pa.table({"name": name, **columns}))


def _own_names(rows: Rows, relations: Relations) -> Index:
    """Place of each row's name among the relations' distinct names."""
    return np.searchsorted(relations.key, rows.names.key)[rows.name].astype(np.int64)


def _left_keys(table: pa.Table, rows: Rows, relations: Relations, own: Index) -> LeftKeys:
    columns = numbers_of(table.combine_chunks())
    names = relations.names
    for field, lookup, key in (
        ("exact", relations.exact, names.key), ("sound", relations.sound, names.sound), ("near", relations.near, names.near),
    ):  # fmt: skip
        columns[field] = lookup.find(key)[own].astype(np.int64)
    columns |= _patterns(rows)
    parts = [(block, row, key) for block, row, key in keys_of(columns)]
    owner, variant = _row_variants(relations, own)
    if len(owner):
        spread = {
            name: column[owner]
            for name, column in columns.items()
            if name not in ("exact", "sound", "near")
        }
        spread["variant"] = variant
        parts += [(block, owner[row], key) for block, row, key in keys_of(spread, of="variant")]
    return LeftKeys(parts)


def _patterns(rows: Rows) -> Columns:
    """What is legible of the masked names of the left side; NULL for the others, which meet by their variants."""
    codes = rows.names.codes.astype(np.int64)
    found = patterns_of(codes[:, 0], codes[:, 1], codes[:, 2])
    masked = rows.names.is_masked
    return {name: np.where(masked, column, NULL)[rows.name] for name, column in found.items()}


def _row_variants(relations: Relations, own: Index) -> tuple[Index, Index]:
    """(left row, place of a variant) for every variant of its name that stands on the big side."""
    v = relations.variants
    place = np.repeat(np.arange(len(v.key)), np.diff(v.start))
    real = relations.census.variant[place] > 0
    name, place = v.name[real], place[real]
    order = np.argsort(name, kind="stable")
    name, place = name[order], place[order]
    start = np.searchsorted(name, np.arange(len(relations.key) + 1))
    count = (start[1:] - start[:-1])[own]
    row = np.repeat(np.arange(len(own)), count)
    step = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    return row, place[np.repeat(start[:-1][own], count) + step]
