"""Both sides of a book by its arithmetic: the balance of a row is the one above, more what came in, less what went out."""

from __future__ import annotations

import itertools
import re

import numpy as np

from xuncha_lib.ingest.rows import is_total_word
from xuncha_lib.ingest.tested import ROWS, Columns, numbers_of, type_of

_SIDES = (("receipt_yuan", "payment_yuan"), ("in_yuan", "out_yuan"))
_BALANCE, _VILLAGES = "balance_yuan", ("village_name", "+village")
_HOLDS = 0.9
"""Share of the rows whose balance changes by what came in less what went out."""
_ROWS, _OWN = 4, 2
"""Least rows of which the balance must change, and that each side must explain."""
_CENT, _MOST, _CELLS = 0.015, 6, 3
_APART, _BOTH = 0.95, 0.05
"""Share of the rows that fill one of two sides, and at most both."""
_RUNNING = re.compile("余|剩|结存|累计|标准|数量|编号|序号|单价|票据?数|张数|页")


def both_sides(columns: Columns) -> None:
    """The sides of a book and its balance, where one of the sides has no column by its heading."""
    pair = next((p for p in _SIDES if type_of(columns.table, p[0])), None)
    if pair is None or all(key in columns.columns for key in (*pair, _BALANCE)):
        return
    if not columns.free_sums():
        return
    rows = _own_rows(columns)
    known = sum(key in columns.columns for key in pair)
    if not _by_balance(columns, (*pair, _BALANCE), rows) and known == 1:
        _by_gaps(columns, pair, rows)


def _own_rows(columns: Columns) -> np.ndarray:
    """The first rows, without totals and rows of hardly a cell."""
    total: np.ndarray = np.zeros(len(columns.cells[0].codes[:ROWS]), dtype=bool)
    for column, one in zip(columns.cells, columns.seen, strict=True):
        if one.get("number", 0.0) < 1:
            codes = column.codes[:ROWS]
            words = [c for c in np.unique(codes).tolist() if _is_total(column.cells[c])]
            total |= np.isin(codes, words)
    filled = sum(column.filled()[:ROWS].astype(np.int8) for column in columns.cells)
    return np.flatnonzero(~total & (filled >= _CELLS))


def _is_total(cell: object) -> bool:
    return isinstance(cell, str) and is_total_word(cell)


def _same_village(columns: Columns, rows: np.ndarray) -> np.ndarray:
    """For each row but the first, whether it is of the same village as the one above."""
    at = next((columns.columns[k] for k in _VILLAGES if k in columns.columns), None)
    if at is None:
        return np.ones(max(0, len(rows) - 1), dtype=bool)
    codes = columns.cells[at].codes[rows]
    same: np.ndarray = codes[1:] == codes[:-1]
    return same


def _by_balance(columns: Columns, keys: tuple[str, str, str], rows: np.ndarray) -> bool:
    """The only columns that the balance agrees with; False where none, or more than one set of them does."""
    free = _numbers(columns)
    read = {at: numbers_of(columns.cells[at])[rows] for at in {*free, *_taken(columns, keys)}}
    same = _same_village(columns, rows)
    choices = [[columns.columns[k]] if k in columns.columns else free for k in keys]
    found = [
        told
        for told in itertools.product(*choices)
        if len(set(told)) == len(told) and _agrees([read[at] for at in told], same)
    ]
    if len(found) != 1:
        return False
    columns.columns.update(zip(keys, found[0], strict=True))
    return True


def _agrees(sides: list[np.ndarray], together: np.ndarray) -> bool:
    """True where nearly every change of the balance is what came in less what went out, newest first or last."""
    came, went, balance = sides
    rows = np.flatnonzero(~np.isnan(balance))
    if len(rows) < _ROWS:
        return False
    same = np.array([together[a:b].all() for a, b in itertools.pairwise(rows.tolist())])
    came, went = np.nan_to_num(came[rows]), np.nan_to_num(went[rows])
    change = np.diff(balance[rows])
    flow = came - went
    for own, step in ((flow[1:], change), (flow[:-1], -change)):
        moved = same & (np.abs(change) > _CENT)
        holds = moved & (np.abs(step - own) <= _CENT)
        explains = [int(np.count_nonzero(holds & told)) for told in (own > 0, own < 0)]
        if (
            np.count_nonzero(moved) >= _ROWS
            and np.count_nonzero(holds) >= _HOLDS * np.count_nonzero(moved)
            and sum(explains) >= _ROWS
            and min(explains) >= _OWN
        ):
            return True
    return False


def _by_gaps(columns: Columns, pair: tuple[str, str], rows: np.ndarray) -> None:
    """Without a balance: the one free column of sums that is filled where the known side is not, and nowhere else."""
    key = next(k for k in pair if k in columns.columns)
    own = _filled(numbers_of(columns.cells[columns.columns[key]])[rows])
    if np.count_nonzero(own) < _OWN:
        return
    places = []
    for at in _numbers(columns):
        other = _filled(numbers_of(columns.cells[at])[rows])
        either = max(1, int(np.count_nonzero(own | other)))
        is_other = (
            np.count_nonzero(own & other) <= _BOTH * either and np.count_nonzero(other) >= _OWN
        )
        if is_other and either >= _APART * len(own) and not _RUNNING.search(columns.headings[at]):
            places.append(at)
    if len(places) == 1:
        columns.columns[pair[1] if key == pair[0] else pair[0]] = places[0]


def _filled(numbers: np.ndarray) -> np.ndarray:
    found: np.ndarray = ~np.isnan(numbers) & (numbers != 0)
    return found


def _numbers(columns: Columns) -> list[int]:
    """Free columns of numbers that are no days, cards or IDs; none where there are too many to try."""
    found = columns.free_sums()
    return found if len(found) <= _MOST else []


def _taken(columns: Columns, keys: tuple[str, ...]) -> list[int]:
    return [columns.columns[k] for k in keys if k in columns.columns]
