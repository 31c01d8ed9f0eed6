"""Packs put together in the order of the files, whatever order they were read in and whenever."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pyarrow as pa

from xuncha_lib.ingest.pack import Pack
from xuncha_lib.ingest.pack_schema import schema_of
from xuncha_lib.ingest.records import FileRead, SheetRead

_MANY = 20_000
"""Rows of a table worth their memory."""


class Gathered:
    """files, and their sheets as (place of the file, sheet); tables by name with the rows of each file in their order."""

    def __init__(self, order: Iterable[tuple[Pack, int]]) -> None:
        """order: for each file the pack it is in and its place there."""
        runs = _runs(order)
        self._packs = list({id(pack): pack for pack, _, _ in runs}.values())
        self.files: list[FileRead] = [
            p.files[i] for p, first, end in runs for i in range(first, end)
        ]
        self.sheets: list[tuple[int, SheetRead]] = [
            (at, sheet) for at, file in enumerate(self.files) for sheet in file.sheets
        ]
        self.sheet_starts = _starts(
            np.array([len(file.sheets) for file in self.files], dtype=np.int64)
        )
        self._heights = np.array(
            [s.height if s.status == "read" else 0 for _, s in self.sheets], dtype=np.int64
        )
        names = dict.fromkeys(name for pack, _, _ in runs for name in pack.tables)
        self._tables = {name: _joined(name, runs) for name in names}

    def has(self, name: str) -> bool:
        """True when any file gave rows of this table."""
        return name in self._tables

    def table(self, name: str) -> pa.Table:
        """Rows of all files, in order."""
        return self._tables[name][0] if name in self._tables else schema_of(name).empty_table()

    def drop(self, name: str) -> None:
        """Forget the rows of a table."""
        if name not in self._tables:
            return
        rows, counts = self._tables[name]
        self._tables[name] = rows.schema.empty_table(), np.zeros_like(counts)
        if len(rows) >= _MANY:
            self.rest()

    def rest(self) -> None:
        """Let go of what was read of the packs into memory; they can still be read."""
        for pack in self._packs:
            pack.rest()

    def starts(self, name: str) -> np.ndarray:
        """For each file where its rows start in the table."""
        return _starts(self.counts(name))

    def file_of(self, name: str) -> np.ndarray:
        """For each row of the table the place of its file."""
        found: np.ndarray = np.repeat(np.arange(len(self.files)), self.counts(name))
        return found

    def counts(self, name: str) -> np.ndarray:
        """For each file how many rows of the table are its."""
        if name in self._tables:
            return self._tables[name][1]
        return np.zeros(len(self.files), dtype=np.int64)

    def sheet_of_row(self) -> np.ndarray:
        """For each row below a head the place of its sheet."""
        found: np.ndarray = np.repeat(np.arange(len(self.sheets)), self._heights)
        return found

    def data_rows(self, at: int) -> list[tuple[int, int]]:
        """(row number, key of what it says) of the data rows of sheet number `at`."""
        rows = self.table("rows").slice(int(self._heights[:at].sum()), int(self._heights[at]))
        is_data = rows.column("fate").to_numpy() == 0
        numbers, keys = (
            rows.column(name).to_numpy()[is_data].tolist() for name in ("number", "content")
        )
        return list(zip(numbers, keys, strict=True))

    def contents(self, at: int) -> set[int]:
        """Keys of the data rows of sheet number `at`."""
        return {key for _, key in self.data_rows(at)}


def _starts(counts: np.ndarray) -> np.ndarray:
    found: np.ndarray = np.cumsum(counts) - counts
    return found


def _runs(order: Iterable[tuple[Pack, int]]) -> list[tuple[Pack, int, int]]:
    """Neighbours of one pack as (pack, first, end)."""
    found: list[tuple[Pack, int, int]] = []
    for pack, at in order:
        if found and found[-1][0] is pack and found[-1][2] == at:
            found[-1] = (pack, found[-1][1], at + 1)
        else:
            found.append((pack, at, at + 1))
    return found


def _joined(name: str, runs: list[tuple[Pack, int, int]]) -> tuple[pa.Table, np.ndarray]:
    pieces, counts = [], []
    for pack, first, end in runs:
        own = pack.counts.get(name)
        if own is None:
            counts += [0] * (end - first)
            continue
        counts += own[first:end]
        pieces.append(pack.tables[name].slice(sum(own[:first]), sum(own[first:end])))
    return pa.concat_tables(pieces), np.array(counts, dtype=np.int64)
