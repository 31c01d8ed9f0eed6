"""Which row of a sheet is a head: by its words, or by its shape above rows of data."""

from __future__ import annotations

import datetime as dt
import itertools
import re

from xuncha_lib.ingest.fields import is_heading, words
from xuncha_lib.ingest.grid import Rows
from xuncha_lib.ingest.headings import plain
from xuncha_lib.ingest.rows import is_footer, is_total_word
from xuncha_lib.values import Cell, cell_text, fold

_SEARCH, _FURTHEST = 25, 250
"""Rows looked at for the first head, those of one cell (a notice above the table) not counted; and rows in all."""
MONTH_HEAD = re.compile(
    r"^(?:(20\d{2})[-./年]?(0?[1-9]|1[0-2])月?(?:份)?|(0?[1-9]|1[0-2]|[一二三四五六七八九十]{1,2})月(?:份)?)(?:金额|补贴|发放|实发|\(元\)|发放额|发放金额|补贴金额|件次|件数)?$"
)
_LONG_DIGITS = re.compile(r"\d{4,}")
_INFO = re.compile(
    r"^(?:(?:编制|填报|制表|上报)?单位(?:\(盖章\))?(?:[:].*)?|(?:金额|计量)?单位[:].*|(?:填表|编制|制表|填报)(?:日期|时间)[:].*)$"
)
_HAN, _NO_TITLE = re.compile(r"[一-鿿]"), re.compile(r"\d{5,}|[:：]")
_LEAST = 3
"""Rows from the top from which a head may have another one above it, less one: the rows of data between them."""
_VALUES, _LONGEST = 2, 16
"""Least values of a row of data, and characters of a heading."""
_VALUE = re.compile(
    r"^(?:[￥¥]?[\d,.]+(?:元|万元|亩|人|户|㎡)?|\d{2,4}[-./年]\d{1,2}(?:[-./月](?:\d{1,2}日?)?)?)$"
)
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


def is_value(cell: Cell) -> bool:
    """As `is_datum`, and for days and amounts as they are written: what no heading looks like."""
    return is_datum(cell) or (isinstance(cell, str) and bool(_VALUE.match(fold(cell))))


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
    waits = sum(fold(t).endswith(":") for t in texts) * 2 >= len(texts)  # 制表人： 审核人：
    return (
        0.0
        if is_pair or waits or len(set(texts)) < 2 or max(map(len, texts)) > 60
        else mean_known(row)
    )


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
            return _earlier(rows, i)
        weight = known * min(1.0, filled / 4)
        if weight > best + 0.02:
            best, at = weight, i
    return _earlier(rows, at) if at is not None and best >= 0.3 else head_by_shape(rows)


def _earlier(rows: Rows, at: int) -> int:
    """The head itself, or one above it whose words nobody knows: there is no data above the first head of a sheet."""
    if at < _LEAST:
        return at
    shape = next((i for i in range(min(_SEARCH, at)) if _heads_data(rows, i)), None)
    if shape is None:
        return at
    data = sum(sum(map(is_value, row)) >= 2 for row in rows[shape + 1 : at])
    return shape if data >= _LEAST - 1 else at


def data_above(rows: Rows, first: int) -> tuple[int, int] | None:
    """(head, row after the last) of rows of data that stand above the first head anybody knows; None where there are none.

    Their head is the row of different words right above them; without one they are facts of a title, not rows.
    """
    data = [
        i for i in range(first)
        if sum(c is not None for c in rows[i]) >= _LEAST and sum(map(is_value, rows[i])) >= _VALUES
    ]  # fmt: skip
    if len(data) < _LEAST - 1 or not data[0]:
        return None
    head = [c for c in rows[data[0] - 1] if c is not None]
    texts = [fold(cell_text(c)) for c in head]
    is_head = len(set(texts)) == len(texts) >= _LEAST and not any(map(is_value, head))
    if not is_head or any(":" in text or len(text) > _LONGEST for text in texts):
        return None
    end = data[-1] + 1
    while end < first and (told := texts_of(rows[end])) and is_total_word(told[0]):
        end += 1
    return data[0] - 1, end


def head_by_shape(rows: Rows) -> int | None:
    """The first row of short, different words above rows of data, whatever the words are."""
    return next((i for i in range(min(_SEARCH, len(rows))) if _heads_data(rows, i)), None)


def _heads_data(rows: Rows, at: int) -> bool:
    """True for short, different words with data below at least two of them."""
    row = rows[at]
    texts = texts_of(row)
    if len(texts) < 4 or len(set(texts)) < len(texts) or max(map(len, texts)) > 16:
        return False
    if not all(isinstance(c, str) and not is_datum(c) for c in row if c is not None):
        return False
    below = [r for r in rows[at + 1 : at + 7] if any(c is not None for c in r)][:4]
    columns = [place for place, c in enumerate(row) if c is not None]
    least = max(2, len(below) - 1)
    carrying = [c for c in columns if sum(c < len(r) and is_value(r[c]) for r in below) >= least]
    return len(carrying) >= 2


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
    """A head that follows a blank row or a title need not be known letter for letter; below a title its shape may tell."""
    before = [c for c in rows[at - 1] if c is not None]
    if len(before) <= 3 and is_titled(rows, at):
        return True
    filled = [c for c in rows[at] if c is not None]
    if len(before) > 1 or len(filled) < 4 or not all(isinstance(c, str) for c in filled):
        return False
    return not any(fold(str(c)).endswith(":") for c in filled) and knownness(rows[at]) >= 0.62


def is_info(row: list[Cell]) -> bool:
    """编制单位：… 单位：元: what stands between a title and a head."""
    texts = texts_of(row)
    return 1 <= len(texts) <= 3 and all(_INFO.match(fold(t)) for t in texts)


def is_titled(rows: Rows, at: int) -> bool:
    """True for a head by its shape below a title; what stands above that, or between them, says that a table begins."""
    title, begins_anew = at - 1, False
    if title > 0 and is_info(rows[title]):
        title, begins_anew = title - 1, True
    if title < 1 or len(set(texts_of(rows[title]))) != 1:
        return False
    above = texts_of(rows[title - 1])
    begins_anew |= not above or is_total_word(above[0]) or is_footer(above)
    return begins_anew and is_title_text(texts_of(rows[title])[0]) and _heads_data(rows, at)


def is_title_text(text: str) -> bool:
    """True for words, though there be a year among them."""
    return len(_HAN.findall(text)) >= 4 and not _NO_TITLE.search(text)


def mean_known(row: list[Cell]) -> float:
    """Mean similarity of the filled cells to known headings (0–1)."""
    texts = texts_of(row)
    return sum(1.0 if MONTH_HEAD.match(fold(t)) else is_heading(t) for t in texts) / len(texts)


_ORDINALS = re.compile(r"^(?:[甲乙丙丁戊]|[A-Z]|\(?\d{1,2}\)?|\d{1,2}=.*)$")


def is_ordinals(row: list[Cell]) -> bool:
    """甲 乙 1 2 3: the row that numbers the columns."""
    texts = [fold(t) for t in texts_of(row)]
    if len(texts) < 3 or not all(_ORDINALS.match(t) for t in texts):
        return False
    numbers = [int(t.strip("()")) for t in texts if t.strip("()").isdecimal()]
    return (
        numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        if len(numbers) >= 2
        else len(numbers) == 0
    )
