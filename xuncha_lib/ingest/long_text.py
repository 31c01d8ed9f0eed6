"""A delimited text too long to be read at once: understood from its first piece, then read piece by piece.

What comes out is what reading it at once would give. A piece ends where nothing further down can change what was read of it:
below a row with a key, above the last rows, and above whatever may belong to another head.
"""

from __future__ import annotations

import tempfile
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

from xuncha_lib.ingest import context as around
from xuncha_lib.ingest import petitions
from xuncha_lib.ingest.body import Body
from xuncha_lib.ingest.carry import undittoed
from xuncha_lib.ingest.coded import Coded, constant, joined
from xuncha_lib.ingest.continued import Continued
from xuncha_lib.ingest.grid import Grid
from xuncha_lib.ingest.halves import halves
from xuncha_lib.ingest.known import Known
from xuncha_lib.ingest.layout import Table, first_table, tables_from
from xuncha_lib.ingest.pack import One, as_tables, put_sheet
from xuncha_lib.ingest.pack_file import PackFile
from xuncha_lib.ingest.readers import is_delimited
from xuncha_lib.ingest.readers.delimited import delimiter_of, read_delimited
from xuncha_lib.ingest.readers.encoded import start_of
from xuncha_lib.ingest.readers.pieces import Records, survey
from xuncha_lib.ingest.reading import TableReader
from xuncha_lib.ingest.records import FileRead, SheetRead, Stored
from xuncha_lib.ingest.samples import Sample
from xuncha_lib.ingest.sheets import columns_of, no_head, only_head, open_table, parts_of

_START = 1 << 20
_CONTEXT, _AHEAD, _TAIL, _LEFT = 8, 8, 16, 3
"""Rows above a cut that are seen again; rows that a head may need below it; rows at the end of a piece that another head may take;
rows of the body that stay for the next piece besides those, since the last ones of a table are looked at one by one."""
_PATIENCE = 4
"""Pieces without any row with a key that are waited for."""
_TIMES = 5
"""How often a text is begun at most."""


class NotInPieces(Exception):
    """This table must be seen as a whole."""


class OnceMore(Exception):
    """What a later piece shows makes another table of it. samples: number of the sheet → by what it is told."""

    def __init__(self, samples: dict[int, Sample]) -> None:
        super().__init__()
        self.samples = samples


@dataclass(frozen=True)
class Sizes:
    """Bytes: from which on a text is read piece by piece, what a table is understood from, and of a piece."""

    long: int = 56 << 20
    first: int = 4 << 20
    piece: int = 4 << 20


def read_long(
    path: str, stream: BinaryIO, folder: str, alive: Callable[[], None], sizes: Sizes
) -> FileRead | None:
    """The file, its rows stored in `folder`; None for what is no delimited text or must be seen as a whole."""
    start = stream.read(_START)
    told = survey(stream, alive) if is_delimited(start, "latin-1") else None
    if told is None or not is_delimited(start, told.encoding):
        return None
    delimiter = delimiter_of(start_of(start, told.encoding))
    found = FileRead(path, told.sha256, told.bytes, "read", reader="delimited")
    samples: dict[int, Sample] = {}
    for left in reversed(range(_TIMES)):
        stream.seek(0)
        records = Records(stream, told.encoding, delimiter)
        out = PackFile(Path(folder or tempfile.gettempdir()) / f"{uuid.uuid4().hex}.rows")
        try:
            text = LongText(path, records, delimiter, out, alive, sizes, samples)
            text.is_settled = not left
            found.sheets = text.read()
            found.stored = Stored(str(out.path), out.places, dict(text.counts))
            return found
        except NotInPieces:
            return None
        except OnceMore as error:
            samples = error.samples
        finally:
            out.close()
            if found.stored is None:
                out.path.unlink(missing_ok=True)
    return None


class LongText:
    """One sheet under way. The rows in `grid` are those not read yet, and a few above them; `numbers` are theirs, from 1."""

    def __init__(
        self, path: str, records: Records, delimiter: str, out: PackFile,
        alive: Callable[[], None], sizes: Sizes, samples: dict[int, Sample],
    ) -> None:  # fmt: skip
        self.path, self.records, self.delimiter = path, records, delimiter
        self.out, self.alive, self.sizes = out, alive, sizes
        self.grid, self.numbers, self.next = Grid("", []), np.zeros(0, dtype=np.int32), 1
        self.sheets: list[SheetRead] = []
        self.counts: Counter[str] = Counter()
        self.one, self.book = One(), dict[tuple[str, str], float]()
        self.table: Table | None = None
        self.head = 0
        self.sheet: SheetRead | None = None
        self.body: Continued | None = None
        self.waited = 0
        self.samples, self.is_settled = samples, False

    def read(self) -> list[SheetRead]:
        """Every table of the text."""
        while True:
            self._more(self.sizes.piece if self.sheet else self.sizes.first)
            self._refuse_parts()
            table = self.table or first_table(self.grid)
            if table is None:
                if not self.grid.filled().any():
                    raise NotInPieces
                return [no_head(self.grid)]
            self._piece(table, is_over=self.records.is_over)
            self.alive()
            if self.records.is_over:
                return self.sheets or [only_head(self.grid)]

    def _refuse_parts(self) -> None:
        """Cards, and tables side by side, must be seen as a whole."""
        if self.table is None and any(
            part is not self.grid for part, _ in parts_of(self.grid, self.path)
        ):
            raise NotInPieces

    def _more(self, size: int) -> None:
        """The next records below the rows that wait."""
        data = self.records.read(size)
        self.alive()
        [new] = read_delimited(data, self.records.encoding, self.delimiter)
        width = max(len(new.columns), len(self.grid.columns))
        self.grid = Grid("", [
            joined(one, other)
            for one, other in zip(_wide(self.grid, width), _wide(new, width), strict=True)
        ])  # fmt: skip
        numbers = np.arange(self.next, self.next + new.height, dtype=np.int32)
        self.numbers = np.concatenate((self.numbers, numbers))
        self.next += new.height
        self.alive()

    def _piece(self, table: Table, *, is_over: bool) -> None:
        """Read what can be read, and keep the rest."""
        height = self.grid.height
        *done, last = tables_from(self.grid, table, height if is_over else height - _AHEAD)
        for one in done:
            self._begin(one)
            self._take(one, one.body.rows, is_end=True)
            self.sheet = self.body = None
            self.table = None
        self._begin(last)
        if is_over:
            self._take(last, last.body.rows, is_end=True)
        elif done:
            rows = last.body.rows
            self._cut(last, int(rows[0]) if len(rows) else last.below)
        else:
            self._go_on(last, height)

    def _begin(self, table: Table) -> None:
        """Turn to a table, if it is another one."""
        if table is not self.table:
            self.table = table
            self.head = int(self.numbers[table.header_row])

    def _go_on(self, table: Table, height: int) -> None:
        """Read the rows of a table that goes on in the next piece, as far as is certain."""
        self._open(table)
        rows = table.body.rows
        sure = rows[: max(0, int(np.searchsorted(rows, height - _TAIL)) - _LEFT)]
        keyed = sure
        if self.body and self.waited < _PATIENCE:
            keyed = sure[self.body.is_keyed(self.grid.columns, sure)]
        self.waited = 0 if len(keyed) else self.waited + 1
        if len(keyed):
            self._take(table, rows[rows <= keyed[-1]], is_end=False)
        self._cut(table, int(keyed[-1]) + 1 if len(keyed) else table.below)

    def _open(self, table: Table) -> None:
        """Tell what a table is, from its rows in this piece."""
        if self.sheet is not None:
            return
        context = around.context_of(self.path, "", table.titles)
        if len(halves(self.grid, table)) > 1 or petitions.is_about(table.headings, context):
            raise NotInPieces
        if (number := len(self.sheets)) not in self.samples:
            cells = [undittoed(one) for one in columns_of(self.grid, table)]
            self.samples[number] = Sample(cells, int(self.numbers[-1]))
        self.sheet, reader = self._told(table)
        self.sheets.append(self.sheet)
        self.body = Continued(reader) if reader else None
        self.one.place_of, self.one.known = {}, Known()

    def _told(self, table: Table) -> tuple[SheetRead, TableReader | None]:
        """What the table under way is, by the cells that are its sample."""
        sample = self.samples[len(self.sheets) - bool(self.sheet)].columns
        table.headings += [""] * (len(sample) - len(table.headings))
        context = around.context_of(self.path, "", table.titles)
        read, reader = open_table(self.grid, table, sample, context, self.book)
        read.header_row = self.head
        return read, reader

    def _look_again(
        self, table: Table, originals: list[Coded], until: int, *, is_end: bool
    ) -> None:
        """Tell anew what the table is, where its columns say more than before."""
        sample = self.samples[len(self.sheets) - 1]
        if self.sheet is None or not sample.add(originals, until, is_end=is_end) or self.is_settled:
            return
        read, reader = self._told(table)
        if reader and self.body and self.body.turn_to(reader, sample.spoke):
            told = self.sheet
            told.why, told.nearest, told.missing = read.why, read.nearest, read.missing
        elif reader or self.body:
            raise OnceMore(self.samples)

    def _take(self, table: Table, rows: np.ndarray, *, is_end: bool) -> None:
        """Read these rows of a table and store what they gave."""
        if not len(rows) and not table.is_begun:
            if self.records.is_over and not self.sheets:
                raise NotInPieces
            return
        self._open(table)
        table.is_begun = True
        originals = [column.take(rows) for column in self.grid.columns]
        self._look_again(table, originals, int(self.numbers[rows[-1:]].sum()), is_end=is_end)
        if self.body is None or self.sheet is None:
            return
        piece = self.body.add(originals, self.numbers[rows], is_end=is_end)
        self.alive()
        self.sheet.height = self.body.height
        put_sheet(self.one, len(self.sheets) - 1, piece)
        tables = as_tables(self.one.parts)
        self.counts.update({name: len(one) for name, one in tables.items()})
        self.out.put(tables)
        self.one.parts = {}

    def _cut(self, table: Table, at: int) -> None:
        """Let go of the rows above `at`, but for a few; of many blank rows a few will do as well."""
        first = max(0, at - _CONTEXT)
        filled = self.grid.filled() > 0
        rows = np.arange(self.grid.height)
        last = np.maximum.accumulate(np.where(filled, rows, -_CONTEXT))
        kept = rows[(rows >= first) & ((rows < at) | (rows - last <= _CONTEXT))]
        self.grid = Grid("", [column.take(kept) for column in self.grid.columns])
        self.numbers = self.numbers[kept]
        table.header_row -= first
        table.below, table.body = at - first, Body()


def _wide(grid: Grid, width: int) -> list[Coded]:
    """The columns of a grid, and blank ones up to a width."""
    return [*grid.columns, *[constant(None, grid.height)] * (width - len(grid.columns))]
