"""A sheet before it is understood: columns of cells, merged ranges, and what was hidden."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Any, overload

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from xuncha_lib.ingest.coded import Coded, code, recode
from xuncha_lib.values import Cell

Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column; all count from 0 and are inside the range."""

_LONGEST = 32_767
"""Characters that a cell of a spreadsheet holds; a csv whose quotes went wrong has longer ones."""
_WRAPPED = re.compile(r'^="(.*)"$', re.DOTALL)
_TRIM = "".join(map(chr, filter(lambda at: chr(at).isspace(), range(0x3001)))) + "\ufeff\u200b"
_CARE = frozenset(_TRIM + "='`‘\"")


def tidy(cell: Cell) -> Cell:
    """The cell without the tricks that keep long numbers alive: ="…", a leading apostrophe or TAB."""
    if not isinstance(cell, str):
        return str(cell) if isinstance(cell, float) and not math.isfinite(cell) else cell
    if cell and cell[0] not in _CARE and cell[-1] not in _CARE:
        return cell if len(cell) <= _LONGEST else cell[:_LONGEST].strip()
    text = cell.strip(_TRIM)
    if text[:1] in ("=", "'", "`", "‘"):
        if m := _WRAPPED.match(text):
            text = m[1].strip(_TRIM)
        elif text[0] != "=" and text.count(text[0]) == 1:
            text = text[1:].strip()
    return text[:_LONGEST].strip() or None


_FIRST, _LAST = itemgetter(0), itemgetter(-1)


def _tidy_all(column: Coded) -> Coded:
    """The column with every cell tidy; whole columns are seldom anything else already."""
    cells = column.cells
    kinds = set(map(type, cells))
    if float in kinds and not all(map(math.isfinite, _of_kind(float, cells, kinds))):
        return recode(column, tidy)
    if str not in kinds:
        return column
    texts = [cell for cell in _of_kind(str, cells, kinds) if cell]
    is_tidy = (
        _CARE.isdisjoint(map(_FIRST, texts))
        and _CARE.isdisjoint(map(_LAST, texts))
        and max(map(len, texts), default=0) <= _LONGEST
    )
    if not is_tidy or ("" in cells and None in cells):
        return recode(column, tidy)
    if "" not in cells:
        return column
    return Coded(column.codes, [None if cell == "" else cell for cell in cells])


def _of_kind(kind: type, cells: list[Any], kinds: set[type]) -> list[Any]:
    return cells if kinds == {kind} else [cell for cell in cells if type(cell) is kind]


def tidied(texts: pa.StringArray) -> pa.StringArray:
    """Texts as `tidy` makes them, empty ones null."""
    bare = pc.utf8_trim(texts, characters="".join(sorted(_CARE)))
    longest = pc.max(pc.binary_length(texts)).as_py() or 0
    is_odd = pc.not_equal(bare, texts)
    if longest > _LONGEST:
        is_odd = pc.or_(is_odd, pc.greater(pc.utf8_length(texts), _LONGEST))
    if pc.any(is_odd).as_py():
        odd = pa.array([tidy(text) for text in texts.filter(is_odd).to_pylist()], pa.string())
        texts = pc.replace_with_mask(texts, is_odd, odd)
    if pc.index(texts, "").as_py() >= 0:
        texts = pc.if_else(pc.equal(texts, ""), None, texts)
    return texts


class Rows(Sequence[list[Cell]]):
    """The rows of coded columns, made when asked for."""

    def __init__(self, columns: list[Coded], height: int) -> None:
        self.columns, self.height = columns, height

    def __len__(self) -> int:
        return self.height

    @overload
    def __getitem__(self, at: int) -> list[Cell]: ...
    @overload
    def __getitem__(self, at: slice) -> list[list[Cell]]: ...
    def __getitem__(self, at: int | slice) -> list[Cell] | list[list[Cell]]:
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(self.height))]
        return [column[at] for column in self.columns]

    def __iter__(self) -> Iterator[list[Cell]]:
        return map(self.__getitem__, range(self.height))


class Grid:
    """One sheet as read. Row i counts from 0 and is row i+1 of the spreadsheet; a csv file has one sheet without a name.

    hidden_rows, hidden_columns : numbers from 1.   notes : row number from 1 → comments on its cells, and how it is marked.
    """

    def __init__(
        self, name: str, columns: list[Coded], merges: list[Merge] | None = None, *,
        is_hidden: bool = False, hidden_rows: frozenset[int] = frozenset(),
        notes: dict[int, list[str]] | None = None, hidden_columns: frozenset[int] = frozenset(),
    ) -> None:  # fmt: skip
        self.name, self.columns, self.merges = name, columns, merges or []
        self.is_hidden, self.hidden_rows, self.notes = is_hidden, hidden_rows, notes or {}
        self.hidden_columns = hidden_columns
        self.height = len(columns[0]) if columns else 0
        self.rows = Rows(columns, self.height)

    @classmethod
    def of_rows(
        cls, name: str, rows: list[list[Any]], merges: list[Merge] | None = None, **more: Any
    ) -> Grid:
        """Grid of rows of any width, cells as found."""
        width = max(map(len, rows), default=0)
        if any(len(row) != width for row in rows):
            rows = [
                row if len(row) == width else [*row, *[None] * (width - len(row))] for row in rows
            ]
        columns = [_tidy_all(code(cells)) for cells in zip(*rows, strict=True)]
        return cls(name, columns, merges, **more)

    def filled(self) -> np.ndarray:
        """How many cells of each row hold something."""
        found = np.zeros(self.height, dtype=np.int32)
        for column in self.columns:
            found += column.filled()
        return found
