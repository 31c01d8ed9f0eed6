"""Which rows below a head are data: whole columns tell nearly all of them, the rest are looked at one by one."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np
from pandas.util import hash_array

from xuncha_lib.ingest.coded import Coded
from xuncha_lib.ingest.rows import is_total_word, may_end_table
from xuncha_lib.values import Cell, cell_text
from xuncha_lib.values.cells import EMPTY_WORDS

_FEW = 2
"""A row of so few cells may name a village or a group."""
_STEP, _MIX = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9)


@lru_cache(maxsize=50_000)
def _may_be_no_datum(text: str) -> bool:
    """True for a word that may make its row a total or a footer; all of these are Chinese."""
    return is_total_word(text) or may_end_table(text)


def _keys(texts: list[str]) -> np.ndarray:
    """64-bit keys of texts, the same in any process; 0 for an empty one."""
    found: np.ndarray = hash_array(np.array(texts, dtype=object), categorize=False)
    if "" in texts:
        found[[at for at, text in enumerate(texts) if not text]] = 0
    return found


def contents(keys: list[np.ndarray], rows: int) -> np.ndarray:
    """One 64-bit key per row that depends only on what its cells say, in order."""
    found = np.zeros(rows, dtype=np.uint64)
    for one in keys:
        found = (found * _STEP + one) ^ (found >> np.uint64(29))
        found *= _MIX
    result: np.ndarray = found ^ (found >> np.uint64(32))
    return result


class Marks:
    """What is seen of the rows of a body at once.

    texts : columns as text.   content : key of each row.   odd : rows that may be no data, in order.
    """

    def __init__(self, columns: list[Coded], rows: int) -> None:
        self.texts, keys = [], []
        count = np.zeros(rows, dtype=np.uint64)
        total, first = np.zeros(rows, dtype=np.uint64), np.zeros(rows, dtype=np.uint64)
        self.is_odd = np.zeros(rows, dtype=bool)
        for column in columns:
            texts = [cell if type(cell) is str else cell_text(cell) for cell in column.cells]
            self.texts.append(Coded(column.codes, texts))
            odd = [at for at, t in enumerate(texts) if not t.isascii() and _may_be_no_datum(t)]
            key = _keys(texts)[column.codes]
            keys.append(key)
            count += key != 0
            total += key
            np.copyto(first, key, where=first == 0)
            if odd:
                self.is_odd |= np.isin(column.codes, odd)
        self.content = contents(keys, rows)
        self.is_odd |= (count <= _FEW) | (
            total == count * first
        )  # few cells, or all of them the same

    def words(self, row: int) -> list[str]:
        """The filled cells of a row as text."""
        return [text for column in self.texts if (text := column[row])]


def says_something(cell: Cell) -> bool:
    """True for a cell that is neither empty nor a word for empty."""
    return cell is not None and cell_text(cell) not in EMPTY_WORDS


_SEQ_ONLY = re.compile(r"^\d{1,4}$")


def only_numbered(texts: list[str]) -> bool:
    """A row that holds nothing but its number."""
    return len(texts) <= _FEW and all(_SEQ_ONLY.match(text) for text in texts)


_AMOUNT = re.compile(r"^[￥¥]?-?[\d,]+(?:\.\d+)?元?$")


def only_amounts(texts: list[str]) -> bool:
    """A row of numbers alone: somebody's, whose name is missing, or a total without a word; no footer is like that."""
    return all(_AMOUNT.match(text) for text in texts)
