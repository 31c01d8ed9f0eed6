"""Cells that are all numbers, or all words, turned into values in one go: most columns of a workbook are."""

from __future__ import annotations

from collections.abc import Callable
from types import NoneType
from typing import Any

from xuncha_lib.values.cells import EMPTY_WORDS

Values = list[Any] | None

_MOST_YUAN, _MOST_NUMBER, _MOST_MU, _MOST_INT = 1e12, 1e15, 1e8, 2**31 - 2
"""Beyond these a number is told one by one, and why it has no value."""


def plain(cells: list[Any], kind: str, convert: Any) -> Values:
    """Values of the cells of a column of this type, all of them plain; None where any takes more to tell.

    convert : what tells a cell by itself; its `scale` is what a number counts for.
    """
    kinds = set(map(type, cells))
    kinds.discard(NoneType)
    if kinds == {str}:
        read = _WORDS.get(kind)
        return read(cells) if read else None
    if not kinds <= {float, int} or kind not in _NUMBERS:
        return None
    values = _NUMBERS[kind](cells, getattr(convert, "scale", 1.0))
    filled = values if None not in values else [value for value in values if value is not None]
    most = _MOST[kind]
    return values if not filled or (max(filled) <= most and min(filled) >= -most) else None


def _texts(cells: list[Any]) -> Values:
    bare = [cell and cell.strip() for cell in cells]
    if EMPTY_WORDS.isdisjoint(bare):
        return bare
    return [None if text in EMPTY_WORDS else text for text in bare]


def _codes(cells: list[Any]) -> Values:
    is_plain = all(
        cell is None or (cell.isascii() and cell.isalnum() and cell not in EMPTY_WORDS)
        for cell in cells
    )
    return cells if is_plain else None


_WORDS: dict[str, Callable[[list[Any]], Values]] = {"text": _texts, "code": _codes}


def _yuan(cells: list[Any], scale: float) -> list[Any]:
    return [None if cell is None else round(cell * scale, 2) for cell in cells]


def _mu(cells: list[Any], scale: float) -> list[Any]:
    return [None if cell is None else round(float(cell) * scale, 3) for cell in cells]


def _number(cells: list[Any], _: float) -> list[Any]:
    return [None if cell is None else float(cell) for cell in cells]


def _int(cells: list[Any], _: float) -> list[Any]:
    return [None if cell is None else round(cell) for cell in cells]


_NUMBERS: dict[str, Callable[[list[Any], float], list[Any]]] = {
    "yuan": _yuan, "mu": _mu, "number": _number, "int": _int
}  # fmt: skip
_MOST = {"yuan": _MOST_YUAN, "mu": _MOST_MU, "number": _MOST_NUMBER, "int": _MOST_INT}
