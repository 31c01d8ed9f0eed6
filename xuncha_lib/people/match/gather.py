"""The one pass over the big side: rows that meet a left row are kept, and villages are counted by surname."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from xuncha_lib.people.match.arrow import column, values
from xuncha_lib.people.match.blocks import BLOCKS, CAPS, NULL, Columns, LeftKeys, keys_of
from xuncha_lib.people.match.chars import POINTS, characters
from xuncha_lib.people.match.slots import Index
from xuncha_lib.people.match.threads import in_order

_NUMBERS = "core birth month head tail phone phone_tail bank bank_tail village town exact sound near variant".split()
MOST_REPEATS = 13
"""Rows a person may have on the big side (a monthly roll) before the limits of the blocks bite."""
_ONE_IN = 61
"""One ID number in so many is counted to learn how many rows a person has."""
_USUAL_REPEATS = 1.3
MASK_MOST = 0x2E80
"""Code points below are masks, letters and the like."""
_KEPT = ("row", "id", "name", "i", "p", "b", "village", "town", "spelling")


def numbers_of(batch: pa.RecordBatch | pa.Table) -> Columns:
    """The integer columns by which rows meet; NULL where there is none."""
    columns: Columns = {}
    for name in _NUMBERS:
        if name in batch.schema.names:
            columns[name] = values(batch.column(name))
    return columns


def patterns_of(first: Index, second: Index, third: Index) -> Columns:
    """What is left of a name of which one or two characters are hidden, as integers: by code points as written."""
    fold = characters().fold.astype(np.int64)
    a, b, c = (fold[np.clip(x, 0, POINTS - 1)] for x in (first, second, third))
    a = characters().spelling[a].astype(np.int64)
    shown_a, shown_b, shown_c = (x > MASK_MOST for x in (a, b, c))
    return {
        "surname": np.where(shown_a, a, NULL),
        "outer": np.where(shown_a & shown_c, a << 16 | c, NULL),
        "front": np.where(shown_a & shown_b, a << 16 | b, NULL),
        "back": np.where(shown_b & shown_c, b << 16 | c, NULL),
    }


@dataclass
class Kept:
    """What the pass found.

    rows : right rows that met a left one, in order of their id, so that their order on disk changes nothing.   pairs : (left row, place in `rows`), each once.
    local : (villages, surnames) rows by place.   per_village : (villages,).   total : rows of the big side.
    full : per block, keys that too many right rows share (they made no pairs).   crowded : (l,) left rows that lost a key so.
    count : name of a number → rows of the right side that bear it, by left key (see `borne`).
    repeats : rows of the person a random row belongs to, the row itself among them.
    """

    rows: pa.Table
    left: Index
    right: Index
    local: NDArray[np.float64]
    total: int
    full: dict[str, int]
    borne: dict[str, NDArray[np.int32]]
    repeats: float


@dataclass(frozen=True)
class Found:
    """What one batch of the big side holds for us.

    rows : how many it has.   numbers : the sampled ID numbers.   cells : (village, surname) of each row, packed.
    every : places of all left keys met.   row, place : those of keys not yet full, by place in `kept`.
    """

    rows: int
    numbers: Index
    cells: Index
    every: Index
    row: Index
    place: Index
    kept: pa.RecordBatch


class Pass:
    """State of the pass: the left keys, hits so far, counts."""

    def __init__(
        self, keys: LeftKeys, surname_of: NDArray[np.int64], villages: int, surnames: int
    ) -> None:
        self.keys = keys
        self.count = np.zeros(len(keys.key), np.int32)
        self.cap = CAPS[keys.block].astype(np.int32) if len(keys.key) else np.zeros(0, np.int32)
        self._numbers: list[NDArray[np.int64]] = []
        self.surname_of, self.shape = surname_of, (villages, surnames)
        self.local = np.zeros(villages * surnames)
        self.total = 0
        self.kept: list[pa.RecordBatch] = []
        self.hits: list[tuple[NDArray[np.int32], NDArray[np.int32]]] = []
        self._size = 0
        self._waiting: list[NDArray[np.int64]] = []

    def find(self, batch: pa.RecordBatch) -> Found:
        """Compare one batch of the big side with the left keys; may run beside others."""
        columns = numbers_of(batch)
        columns |= patterns_of(*(values(batch.column(c)) for c in ("first", "second", "third")))
        core = columns.get("core", np.zeros(0, np.int64))
        found = [
            (rows, *self.keys.slots.find(keys))
            for _, rows, keys in keys_of(columns, among=self.keys.blocks)
        ]
        none = np.zeros(0, np.int64)
        row = np.concatenate([none, *(rows[at] for rows, at, _ in found)])
        every = np.concatenate([none, *(place for *_, place in found)])
        # a key that is full makes no pairs in the end, whenever that was noticed
        open_ = self.count[every] <= self.cap[every] * MOST_REPEATS
        row, place = row[open_], every[open_]
        met = np.zeros(len(batch), bool)
        met[row] = True
        kept = batch.select(list(_KEPT)).take(column(np.flatnonzero(met)))
        numbers = core[(core != NULL) & (core % _ONE_IN == 7)]
        return Found(
            len(batch), numbers, self._cells(batch, columns), every, (np.cumsum(met) - 1)[row], place, kept
        )  # fmt: skip

    def _cells(self, batch: pa.RecordBatch, columns: Columns) -> Index:
        village = columns.get("village")
        if village is None:
            return np.zeros(0, np.int64)
        known = np.flatnonzero(village >= 0)
        surname = self.surname_of[np.clip(values(batch.column("first"))[known], 0, POINTS - 1)]
        packed: Index = village[known] * self.shape[1] + surname
        return packed

    def add(self, found: Found) -> None:
        """Take in what a batch holds."""
        self.total += found.rows
        self._numbers.append(found.numbers)
        self._waiting.append(found.cells)
        if sum(map(len, self._waiting)) > len(self.local):
            self._flush()
        np.add.at(self.count, found.every, 1)
        if len(found.row):
            self.hits.append(
                ((found.row + self._size).astype(np.int32), found.place.astype(np.int32))
            )
            self._size += len(found.kept)
            self.kept.append(found.kept)

    def _flush(self) -> None:
        if self._waiting:
            self.local += np.bincount(np.concatenate(self._waiting), minlength=len(self.local))
            self._waiting = []

    def end(self, schema: pa.Schema) -> Kept:
        """Rows and pairs, whatever order the batches came in."""
        self._flush()
        rows = (
            pa.Table.from_batches(self.kept)
            if self.kept
            else schema.empty_table().select(list(_KEPT))
        )
        row = np.concatenate([r for r, _ in self.hits]) if self.hits else np.zeros(0, np.int32)
        place = np.concatenate([p for _, p in self.hits]) if self.hits else np.zeros(0, np.int32)
        size = np.diff(self.keys.start)
        repeats = self._repeats()
        cap = self.cap * min(max(repeats, 1.0), MOST_REPEATS)
        over = (self.count > cap) | (self.count.astype(np.int64) * size > 40 * cap)
        full = (
            np.bincount(self.keys.block[over], minlength=len(BLOCKS))
            if len(over)
            else np.zeros(len(BLOCKS), int)
        )
        row, place = row[~over[place]], place[~over[place]]
        used, row = _places(row, len(rows))
        rows = rows.take(column(used))
        order = values(
            pc.sort_indices(rows, sort_keys=[("id", "ascending"), ("row", "ascending")])
        ).astype(np.int64)
        rank = np.empty_like(order)
        rank[order] = np.arange(len(order))
        left, right = self._pairs(rank[row], place, len(used))
        return Kept(
            rows.take(column(order)), left, right, self.local.reshape(self.shape), self.total,
            {block.zh: int(n) for block, n in zip(BLOCKS, full, strict=True) if n}, self._borne(),
            repeats,
        )  # fmt: skip

    def _repeats(self) -> float:
        numbers = np.concatenate(self._numbers) if self._numbers else np.zeros(0, np.int64)
        rows = np.unique(numbers, return_counts=True)[1].astype(float)
        rows = rows[rows <= 400]
        return float((rows @ rows + _USUAL_REPEATS * 20) / (rows.sum() + 20))

    def _pairs(self, row: Index, place: Index, size: int) -> tuple[Index, Index]:
        start, count = self.keys.start[place], np.diff(self.keys.start)[place]
        step = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        left = self.keys.rows[np.repeat(start, count) + step]
        packed = np.sort(left * max(size, 1) + np.repeat(row, count))
        if len(packed):
            packed = packed[np.r_[True, packed[1:] != packed[:-1]]]
        return packed // max(size, 1), packed % max(size, 1)

    def _borne(self) -> dict[str, NDArray[np.int32]]:
        """For each left row, how many right rows bear its bank number, and its phone."""
        lefts = int(self.keys.rows.max()) + 1 if len(self.keys.rows) else 0
        borne = {}
        for number, block in enumerate(BLOCKS[:3]):
            at = np.flatnonzero(self.keys.block == number)
            counts = np.zeros(lefts, np.int32)
            size = np.diff(self.keys.start)[at]
            step = np.arange(size.sum()) - np.repeat(np.cumsum(size) - size, size)
            counts[self.keys.rows[np.repeat(self.keys.start[at], size) + step]] = np.repeat(
                self.count[at], size
            )
            borne[block.first] = counts
        return borne


def _places(row: NDArray[np.int32], size: int) -> tuple[Index, Index]:
    """The rows used, of `size`, and the place of each of `row` among them."""
    met = np.zeros(size, bool)
    met[row] = True
    return np.flatnonzero(met), (np.cumsum(met) - 1)[row]


def surname_table(first: NDArray[np.uint16]) -> tuple[NDArray[np.int64], NDArray[np.uint16]]:
    """Code point → number of the left side's surname (0 = another one), and those surnames, from 1 on."""
    known = characters()
    surnames = np.unique(first[first > 0])
    number = np.zeros(POINTS, np.int64)
    number[surnames] = np.arange(1, len(surnames) + 1)
    return number[known.spelling[known.fold]], surnames


def run_pass(reader: Any, state: Pass) -> Kept:
    """Feed every batch to the pass, on all cores."""
    for found in in_order(state.find, reader):
        state.add(found)
    return state.end(reader.schema)
