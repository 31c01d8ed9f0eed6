"""Which rows below a head are data: whole columns tell nearly all of them, the rest are looked at one by one."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

import numpy as np

from xuncha_lib.ingest.coded import Coded
from xuncha_lib.ingest.rows import is_total_word, may_end_table
from xuncha_lib.values import Cell, cell_text
from xuncha_lib.values.cells import EMPTY_WORDS

_FEW = 2
"""A row of so few cells may name a village or a group."""
_STEP, _MIX = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9)


@lru_cache(maxsize=200_000, typed=True)
def look(cell: Cell) -> tuple[str, int, bool]:
    """A cell as text, a 64-bit key of that text (0 when empty), and whether it may make its row a total or a footer."""
    text = cell_text(cell)
    if not text:
        return "", 0, False
    key = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")
    return text, key or 1, is_total_word(text) or may_end_table(text)


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
            texts, cell_keys, odd = (
                zip(*map(look, column.cells), strict=True) if rows else ((), (), ())
            )
            self.texts.append(Coded(column.codes, list(texts)))
            key = np.array(cell_keys, dtype=np.uint64)[column.codes]
            keys.append(key)
            count += key != 0
            total += key
            np.copyto(first, key, where=first == 0)
            if any(odd):
                self.is_odd |= np.array(odd)[column.codes]
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
