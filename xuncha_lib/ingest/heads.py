"""Which row of a sheet is a head: by its words, or by its shape above rows of data."""

from __future__ import annotations

import datetime as dt
import itertools
import re

from xuncha_lib.ingest.fields import is_heading, words
from xuncha_lib.ingest.grid import Rows
from xuncha_lib.ingest.headings import plain
from xuncha_lib.values import Cell, cell_text, fold

_SEARCH, _FURTHEST = 25, 250
"""Rows looked at for the first head, those of one cell (a notice above the table) not counted; and rows in all."""
MONTH_HEAD = re.compile(
    r"^(?:(20\d{2})[-./年]?(0?[1-9]|1[0-2])月?(?:份)?|(0?[1-9]|1[0-2]|[一二三四五六七八九十]{1,2})月(?:份)?)(?:金额|补贴|发放|实发|\(元\)|发放额|发放金额|补贴金额|件次|件数)?$"
)
_LONG_DIGITS = re.compile(r"\d{4,}")
_NUMBER = re.compile(r"^[-+]?[\d,]*\.?\d+%?$")


def is_datum(cell: Cell) -> bool:
    """True for a number, a day or a long row of digits; a month as a heading is none."""
    if cell is None or isinstance(cell, bool):
        return False
    if isinstance(cell, str):
        text = fold(cell)
        if MONTH_HEAD.match(text) or re.fullmatch(r"(19|20)\d{2}年.{0,8}", text):
            return False
        return bool(
            _NUMBER.match(text)
            or _LONG_DIGITS.search(text.replace("20", "", 1) if text.startswith("20") else text)
        )
    return isinstance(cell, dt.date | dt.time | dt.timedelta) or not MONTH_HEAD.match(
        cell_text(cell)
    )


def texts_of(row: list[Cell]) -> list[str]:
    """Texts of the filled cells."""
    return [cell_text(c) for c in row if c is not None]


def knownness(row: list[Cell]) -> float:
    """Mean similarity of the cells of a row to known headings; 0 when the row carries data."""
    filled = [c for c in row if c is not None]
    if len(filled) < 2 or sum(map(is_datum, filled)) > 0.15 * len(filled):
        return 0.0
    texts = [cell_text(c) for c in filled]
    is_pair = len(filled) == 2 and any(":" in fold(t) for t in texts)
    return 0.0 if is_pair or len(set(texts)) < 2 or max(map(len, texts)) > 60 else mean_known(row)


def first_head(rows: Rows) -> int | None:
    """Row of the first head: the first that is clearly one, else the best of the top rows."""
    best, at, seen = 0.0, None, 0
    for i, row in enumerate(itertools.islice(rows, _FURTHEST)):
        filled = sum(c is not None for c in row)
        seen += filled > 1
        if seen > _SEARCH:
            break
        known = knownness(row)
        if known >= 0.72 and filled >= 3:
            return i
        weight = known * min(1.0, filled / 4)
        if weight > best + 0.02:
            best, at = weight, i
    return at if best >= 0.3 else head_by_shape(rows)


def head_by_shape(rows: Rows) -> int | None:
    """The first row of short, different words above rows of data, whatever the words are."""
    for i, row in enumerate(rows[:_SEARCH]):
        texts = texts_of(row)
        if len(texts) < 4 or len(set(texts)) < len(texts) or max(map(len, texts)) > 16:
            continue
        if not all(isinstance(c, str) and not is_datum(c) for c in row if c is not None):
            continue
        below = [r for r in rows[i + 1 : i + 7] if any(c is not None for c in r)][:4]
        columns = [at for at, c in enumerate(row) if c is not None]
        carrying = [
            at for at in columns if sum(at < len(r) and is_datum(r[at]) for r in below) >= max(2, len(below) - 1)
        ]  # fmt: skip
        if len(carrying) >= 2:
            return i
    return None


def looks_like_head(row: list[Cell]) -> bool:
    """Cheap and strict, for rows inside a body: mostly words that are headings letter for letter."""
    filled = [c for c in row if c is not None]
    if len(filled) < 3 or not all(isinstance(c, str) and len(c) <= 24 for c in filled):
        return False
    if sum(fold(str(c)).endswith(":") for c in filled) * 2 >= len(filled):
        return False  # 制表人： 审核人：
    exact = words().exact
    hits = sum(plain(str(c)) in exact for c in filled)
    return hits >= 3 and hits >= 0.6 * len(filled) and not any(map(is_datum, filled))


def begins(rows: Rows, at: int) -> bool:
    """A head that follows a blank row or a title need not be known letter for letter."""
    before = [c for c in rows[at - 1] if c is not None]
    filled = [c for c in rows[at] if c is not None]
    if len(before) > 1 or len(filled) < 4 or not all(isinstance(c, str) for c in filled):
        return False
    return not any(fold(str(c)).endswith(":") for c in filled) and knownness(rows[at]) >= 0.62


def mean_known(row: list[Cell]) -> float:
    """Mean similarity of the filled cells to known headings (0–1)."""
    texts = texts_of(row)
    return sum(1.0 if MONTH_HEAD.match(fold(t)) else is_heading(t) for t in texts) / len(texts)
