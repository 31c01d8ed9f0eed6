"""Long columns of tidy text turned into values at once; only the cells that are not plain are read one by one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from xuncha_lib.ingest.coded import Coded
from xuncha_lib.ingest.extract import Convert
from xuncha_lib.ingest.plain import plain
from xuncha_lib.values.cells import EMPTY_WORDS

_MANY, _VERY_MANY = 500, 5_000
"""Cells from which on this is worth its start, and the making of an Arrow array before it."""

_NOTHING = pa.array(sorted(EMPTY_WORDS), pa.string())
_YUAN = r"^-?[0-9]{1,11}(\.[0-9]{1,2})?$"
_NUMBER = r"^-?[0-9]{1,11}(\.[0-9]{1,4})?$"
_INT = r"^[0-9]{1,9}$"
_MOMENT = r"^(?:19|20)[0-9]{2}([-/.])[0-9]{2}([-/.])[0-9]{2}[ T][0-9]{1,2}:[0-9]{2}(:[0-9]{2})?$"
_DAY_LENGTH = 10
_DAYS = ("date", "month")

Whys = dict[int, str]
"""Cell → why it has no value."""

Told = tuple[list[Any] | pa.Array, Whys]
"""(values of the cells, why some have none)."""


def told(column: Coded, kind: str, convert: Convert) -> tuple[Coded, Whys]:
    """Values of a column. kind: type of the column, which says what a plain cell is."""
    texts = column.arrow
    if texts is None and column.size >= _VERY_MANY and _only_texts(column.cells):
        texts = pa.array(column.cells, pa.string())
    if texts is None or len(texts) < _MANY or kind not in (*_DAYS, *_KINDS):
        values: list[Any] | pa.Array | None = plain(column.cells, kind, convert)
        whys: Whys = {}
        if values is None:
            values, whys = one_by_one(column.cells, convert)
    elif kind in _DAYS:
        return _days(column, texts, convert)
    else:
        values, whys = _KINDS[kind](texts, convert)
    return Coded(column.codes, values), whys


def _only_texts(cells: list[Any]) -> bool:
    return all(type(cell) is str or cell is None for cell in cells)


def one_by_one(cells: list[Any], convert: Convert) -> Told:
    """Values of cells, each told by itself."""
    found = [(None, "") if cell is None else convert(cell) for cell in cells]
    return [value for value, _ in found], {at: why for at, (_, why) in enumerate(found) if why}


def _with_rest(texts: pa.Array, is_plain: pa.Array, values: pa.Array, convert: Convert) -> Told:
    """The values of the plain cells, the others converted one by one."""
    is_rest = np.flatnonzero(
        ~pc.fill_null(is_plain, True).to_numpy(zero_copy_only=False)  # an empty cell has no value
    )
    if not len(is_rest):
        return values, {}
    rest = [convert(text) for text in texts.take(pa.array(is_rest)).to_pylist()]
    mask = np.zeros(len(texts), dtype=bool)
    mask[is_rest] = True
    own = pa.array([value for value, _ in rest], values.type)
    whys = {at: why for at, (_, why) in zip(is_rest.tolist(), rest, strict=True) if why}
    return pc.replace_with_mask(values, pa.array(mask), own), whys


def _words(texts: pa.Array, _: Convert) -> Told:
    nothing = pc.is_in(texts, value_set=_NOTHING)
    return (pc.if_else(nothing, None, texts) if pc.any(nothing).as_py() else texts), {}


def _codes(texts: pa.Array, convert: Convert) -> Told:
    bare, _ = _words(texts, convert)
    is_plain = pc.or_(pc.ascii_is_alnum(texts), pc.is_null(bare))
    return _with_rest(texts, is_plain, bare, convert)


def _numbers(pattern: str, kind: pa.DataType) -> Callable[[pa.Array, Convert], Told]:
    def read(texts: pa.Array, convert: Convert) -> Told:
        if getattr(convert, "scale", 1.0) != 1.0:
            return one_by_one(texts.to_pylist(), convert)
        is_plain = pc.match_substring_regex(texts, pattern)
        plain = texts if pc.all(is_plain).as_py() else pc.if_else(is_plain, texts, None)
        return _with_rest(texts, is_plain, plain.cast(kind), convert)

    return read


def _days(column: Coded, texts: pa.Array, convert: Convert) -> tuple[Coded, Whys]:
    """Moments of a day are read as that day; of days there are never many."""
    if not pc.all(pc.fill_null(pc.match_substring_regex(texts, _MOMENT), True)).as_py():
        values, whys = one_by_one(column.cells, convert)
        return Coded(column.codes, values), whys
    days = pc.utf8_slice_codeunits(texts, 0, _DAY_LENGTH).dictionary_encode("encode")
    values, whys = one_by_one(days.dictionary.to_pylist(), convert)
    place_of = days.indices.to_numpy()
    said = {
        at: whys[place]
        for at, place in enumerate(place_of.tolist() if whys else ())
        if place in whys
    }
    return Coded(place_of[column.codes], values), said


_KINDS: dict[str, Callable[[pa.Array, Convert], Told]] = {
    "text": _words,
    "code": _codes,
    "yuan": _numbers(_YUAN, pa.float64()),
    "number": _numbers(_NUMBER, pa.float64()),
    "int": _numbers(_INT, pa.int64()),
}
"""Column type → how its cells are read at once. Amounts only where the column counts in yuan."""


def numbers(column: Coded, blank: float) -> np.ndarray:
    """The values of a column of numbers by row, `blank` where there is none."""
    if column.arrow is not None:
        cells = pc.fill_null(column.arrow.cast(pa.float64()), blank).to_numpy()
    else:
        cells = np.array([blank if cell is None else float(cell) for cell in column.cells])
    found: np.ndarray = cells[column.codes]
    return found
