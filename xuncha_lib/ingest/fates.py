"""Which rows below a head are data: whole columns tell nearly all of them, the rest are looked at one by one."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import chain
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from xuncha_lib.ingest.coded import Coded
from xuncha_lib.ingest.keys import combined, keys_of
from xuncha_lib.ingest.rows import is_total_word, may_end_table
from xuncha_lib.values import Cell, cell_text
from xuncha_lib.values.cells import EMPTY_WORDS

_AT_ONCE = 1 << 14
_EXACT = 1e15
_SHORT, _WORD = 24, 8
"""Bytes of texts whose keys are made soonest, and characters that are never more."""
_MOST_LONG = 5_000
_LONG_KEYS: dict[str, int] = {}
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
        self.texts = [as_text(column) for column in columns]
        self.is_odd = np.zeros(rows, dtype=bool)
        self.content = np.zeros(rows, dtype=np.uint64)
        keys = _keys(self.texts)
        for start in range(0, rows, _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            self._mark(
                part, [of[one.codes[part]] for of, one in zip(keys, self.texts, strict=True)]
            )
        for column in self.texts:
            if odd := _odd_cells(column):
                is_told = np.zeros(column.size, dtype=bool)
                is_told[odd] = True
                self.is_odd |= is_told[column.codes]

    def _mark(self, part: slice, keys: list[np.ndarray]) -> None:
        """Mark some rows, given the keys of their cells by column."""
        whole = np.array(keys).reshape(len(keys), -1)
        is_there = whole != 0
        self.content[part] = combined(whole, is_there)
        least = np.where(is_there, whole, np.uint64(2**64 - 1)).min(axis=0, initial=2**64 - 1)
        is_same = whole.max(axis=0, initial=0) == least
        self.is_odd[part] = (is_there.sum(axis=0) <= _FEW) | is_same

    def words(self, row: int) -> list[str]:
        """The filled cells of a row as text."""
        return [text for column in self.texts if (text := column[row])]


def as_text(column: Coded) -> Coded:
    """The column as text; the cells of an Arrow column are tidy texts already."""
    if column.arrow is not None:
        return column
    return Coded(column.codes, _TEXTS.get(_only_kind(column.cells), _any_texts)(column.cells))


def _only_kind(cells: list[Cell]) -> type | None:
    """The one kind of all cells that are filled; None where there are several."""
    kinds = set(map(type, cells)) - {type(None)}
    return kinds.pop() if len(kinds) == 1 else None


_ODDLY = {"None": "", "-0": "0"}


def _number_texts(cells: list[Any]) -> list[str]:
    if not all(-_EXACT < cell < _EXACT for cell in cells if cell is not None):
        return _any_texts(cells)
    told = [text[:-2] if text[-2:] == ".0" else text for text in map(repr, cells)]
    return [_ODDLY.get(text, text) for text in told] if not _ODDLY.keys().isdisjoint(told) else told


def _any_texts(cells: list[Cell]) -> list[str]:
    return [cell_text(cell) for cell in cells]


_TEXTS: dict[type | None, Callable[[list[Any]], list[str]]] = {
    str: lambda cells: (
        [*map(str.strip, cells)] if None not in cells else [c.strip() if c else "" for c in cells]
    ),
    float: _number_texts,
}


def _keys(columns: list[Coded]) -> list[np.ndarray]:
    """Keys of the cells of each column; those of short columns are made in one go."""
    lists = [column for column in columns if column.arrow is None]
    whole = _keys_of_lists(list(chain.from_iterable(column.cells for column in lists)))
    found, at = [], 0
    for column in columns:
        if column.arrow is None:
            found.append(whole[at : at + column.size])
            at += column.size
        else:
            found.append(keys_of(column.arrow))
    return found


def _keys_of_lists(texts: list[str]) -> np.ndarray:
    """Keys of texts. The long ones (a project, an address) are few and come again: they are made once in a while."""
    wide = np.flatnonzero(np.fromiter(map(len, texts), dtype=np.int32, count=len(texts)) > _WORD)
    long = {at: text for at in wide.tolist() if _is_long(text := texts[at])}
    if not long or len(long) > _MOST_LONG:
        return keys_of(pa.array(texts, pa.string()))
    for at in long:
        texts[at] = ""
    if len(_LONG_KEYS) > _MOST_LONG:
        _LONG_KEYS.clear()
    if missing := [text for text in dict.fromkeys(long.values()) if text not in _LONG_KEYS]:
        made = keys_of(pa.array(missing, pa.string())).tolist()
        _LONG_KEYS.update(zip(missing, made, strict=True))
    found = keys_of(pa.array(texts, pa.string()))
    found[list(long)] = [_LONG_KEYS[text] for text in long.values()]
    return found


def _is_long(text: str) -> bool:
    return len(text if text.isascii() else text.encode()) > _SHORT


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
        said = [
            cell is not None and (type(cell) is not str or cell.strip() not in EMPTY_WORDS)
            for cell in column.cells
        ]
        return column.rows_of(np.array(said, dtype=bool))
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
