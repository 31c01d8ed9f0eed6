"""The body of a table that comes in pieces: what a piece must know of those before it is handed on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from xuncha_lib.ingest.carry import DITTO, dittos, undittoed
from xuncha_lib.ingest.coded import Coded, code, constant, joined
from xuncha_lib.ingest.month_rows import MonthRows
from xuncha_lib.ingest.places import Stretches
from xuncha_lib.ingest.reading import TableReader
from xuncha_lib.ingest.records import Block, RowsRead, SheetRead


class Continued:
    """Reads a body piece by piece, each as if those before it stood above it.

    height : rows of the body so far.
    """

    def __init__(self, reader: TableReader) -> None:
        self.reader, self.read = reader, reader.read
        self.height = 0
        self._memory: list[Coded] = []
        self._above: list[Coded] = []
        self._stretches, self._months = Stretches(), MonthRows()

    def turn_to(self, reader: TableReader, spoke: set[int]) -> bool:
        """Go on with another reader; False where it would have read the rows so far otherwise.

        spoke : columns that were filled in those.
        """
        if not reader.extends(self.reader, spoke):
            return False
        reader.is_reversed = self.reader.is_reversed
        reader.totals.go_on(self.reader.totals)
        self.reader = reader
        return True

    def is_keyed(self, columns: list[Coded], rows: np.ndarray) -> np.ndarray:
        """Rows of a sheet below which the table may be cut: what follows a table never stands above them."""
        keys = sorted(set(self.reader.keys))
        found = np.full(len(rows), not keys)
        for at in keys:
            found |= columns[at].filled()[rows]
        return found

    def add(self, originals: list[Coded], numbers: np.ndarray, *, is_end: bool) -> SheetRead:
        """The next rows, as a sheet of its own that counts them from 0. numbers: those of the rows, from 1."""
        reader = self.reader
        cells = self._undittoed(originals)
        memory = self._widened(self._memory, len(cells))
        kept = len(memory[0])
        whole = [joined(one, column) for one, column in zip(memory, cells, strict=True)]
        found = [
            joined(one, column) if column is not cell else both
            for one, column, cell, both in zip(memory, originals, cells, whole, strict=True)
        ]
        piece = replace(
            self.read, rows=RowsRead(), blocks=[], rejects=[], damaged=[], controls=[], footers=[]
        )
        reader.read = reader.totals.read = piece
        reader.kept, reader.is_end, reader.stretches = kept, is_end, self._stretches
        reader.month_rows = self._months
        reader.total_rows = []
        reader.take(whole, found, np.concatenate((np.zeros(kept, np.int32), numbers)), frozenset())
        if is_end:
            reader.totals.close()
        self._memory = [column.take(reader.remembered) for column in whole]
        self._stretches = reader.stretches.below(reader.remembered)
        self._months = reader.month_rows.below()
        self.height += len(numbers)
        return _without(piece, kept)

    def _undittoed(self, originals: list[Coded]) -> list[Coded]:
        """The columns without marks of repetition, and the last cell of each kept for the next piece."""
        found = []
        above = self._widened(self._above, len(originals))
        self._above = []
        for before, column in zip(above, originals, strict=True):
            own = column
            if dittos(column):
                both = undittoed(joined(before, column))
                own = Coded(both.codes[len(before) :], both.kept)
            last = [own[row] for row in np.flatnonzero(own.filled())[-1:].tolist()]
            self._above.append(code(last) if last and last[0] not in DITTO else before)
            found.append(own)
        return found

    @staticmethod
    def _widened(columns: list[Coded], width: int) -> list[Coded]:
        height = len(columns[0]) if columns else 0
        return [*columns, *[constant(None, height)] * (width - len(columns))]


def _without(piece: SheetRead, kept: int) -> SheetRead:
    """The piece without the rows that were only remembered."""
    rows = piece.rows
    piece.rows = RowsRead(*(one[kept:] for one in (rows.numbers, rows.fates, rows.hidden, rows.content)))  # fmt: skip
    piece.height = len(piece.rows)
    piece.blocks = [_block(block, kept) for block in piece.blocks]
    piece.rejects = [(at - kept, a, b, why) for at, a, b, why in piece.rejects]
    piece.damaged = [(at - kept, a, b, why) for at, a, b, why in piece.damaged if at >= kept]
    piece.controls = [(at - kept, a, b, c, agrees) for at, a, b, c, agrees in piece.controls]
    piece.footers = [(at - kept, text) for at, text in piece.footers]
    return piece


def _block(block: Block, kept: int) -> Block:
    first = int(np.searchsorted(block.rows, kept))

    def own(columns: dict[str, Coded]) -> dict[str, Coded]:
        return {name: column.below(first) for name, column in columns.items()}

    return Block(
        block.table, block.rows[first:] - kept, own(block.values), own(block.people),
        block.places.below(first), block.group.below(first), block.head.below(first),
    )  # fmt: skip
