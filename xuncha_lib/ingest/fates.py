"""Which rows below a head are data: whole columns tell nearly all of them, the rest are looked at one by one."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from xuncha_lib.ingest.coded import Coded
from xuncha_lib.ingest.keys import keys_of, rows_of
from xuncha_lib.ingest.rows import is_total_word, may_end_table
from xuncha_lib.values import Cell, cell_text
from xuncha_lib.values.cells import EMPTY_WORDS

_FEW = 2
"""A row of so few cells may name a village or a group."""


@lru_cache(maxsize=50_000)
def _may_be_no_datum(text: str) -> bool:
    """True for a word that may make its row a total or a footer; all of these are Chinese."""
    return is_total_word(text) or may_end_table(text)


class Marks:
    """What is seen of the rows of a body at once.

    texts : columns as text.   content : key of each row.   is_odd : rows that may be no data, as booleans.
    """

    def __init__(self, columns: list[Coded], rows: int) -> None:
        self.texts = [_as_text(column) for column in columns]
        count, same = np.zeros(rows, dtype=np.int32), np.ones(rows, dtype=bool)
        self.is_odd = np.zeros(rows, dtype=bool)
        keys: list[np.ndarray] = []
        first = np.zeros(rows, dtype=np.uint64)
        for column, of_cells in zip(self.texts, _keys(self.texts), strict=True):
            key = of_cells[column.codes]
            keys.append(key)
            there = key != 0
            count += there
            np.copyto(first, key, where=first == 0)
            same &= (key == first) | ~there
            if odd := _odd_cells(column):
                self.is_odd |= np.isin(column.codes, odd)
        self.content = rows_of(keys, rows)
        self.is_odd |= (count <= _FEW) | same

    def words(self, row: int) -> list[str]:
        """The filled cells of a row as text."""
        return [text for column in self.texts if (text := column[row])]


def _as_text(column: Coded) -> Coded:
    """The column as text; the cells of an Arrow column are tidy texts already."""
    if column.arrow is not None:
        return column
    cells = column.cells
    return Coded(column.codes, [cell if type(cell) is str else cell_text(cell) for cell in cells])


def _keys(columns: list[Coded]) -> list[np.ndarray]:
    """Keys of the cells of each column; those of short columns are made in one go."""
    lists = [column for column in columns if column.arrow is None]
    whole = keys_of(pa.array([text for column in lists for text in column.cells], pa.string()))
    parts = iter(np.split(whole, np.cumsum([column.size for column in lists])))
    return [next(parts) if one.arrow is None else keys_of(one.arrow) for one in columns]


def _odd_cells(column: Coded) -> list[int]:
    """Cells that may make their row no datum."""
    if column.arrow is None:
        texts = enumerate(column.cells)
        return [at for at, text in texts if not text.isascii() and _may_be_no_datum(text)]
    asked = np.flatnonzero(
        ~pc.fill_null(pc.string_is_ascii(column.arrow), True).to_numpy(zero_copy_only=False)
    )
    told = zip(asked.tolist(), column.arrow.take(pa.array(asked)).to_pylist(), strict=True)
    return [at for at, text in told if _may_be_no_datum(text)]


def says_something(cell: Cell) -> bool:
    """True for a cell that is neither empty nor a word for empty."""
    return cell is not None and cell_text(cell) not in EMPTY_WORDS


_NOTHING = pa.array(sorted(EMPTY_WORDS), pa.string())


def says(column: Coded) -> np.ndarray:
    """Rows whose cell says something, as booleans."""
    if column.arrow is None:
        return column.where(says_something)
    nothing = pc.is_in(column.arrow, value_set=_NOTHING)
    is_said = pc.and_(column.arrow.is_valid(), pc.invert(nothing))
    return column.rows_of(is_said.to_numpy(zero_copy_only=False))


_SEQ_ONLY = re.compile(r"^\d{1,4}$")


def only_numbered(texts: list[str]) -> bool:
    """A row that holds nothing but its number."""
    return len(texts) <= _FEW and all(_SEQ_ONLY.match(text) for text in texts)


_AMOUNT = re.compile(r"^[￥¥]?-?[\d,]+(?:\.\d+)?元?$")


def only_amounts(texts: list[str]) -> bool:
    """A row of numbers alone: somebody's, whose name is missing, or a total without a word; no footer is like that."""
    return all(_AMOUNT.match(text) for text in texts)
