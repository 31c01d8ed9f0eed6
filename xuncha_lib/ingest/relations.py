"""Columns told apart by what they have to do with each other: rate × area is the sum paid, nobody finishes before he starts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cache
from math import nan
from pathlib import Path
from typing import Any

import numpy as np

from xuncha_lib.ingest.coded import Coded
from xuncha_lib.ingest.fields import all_fields
from xuncha_lib.ingest.guess import SURE, Seen
from xuncha_lib.ingest.morphemes import parts
from xuncha_lib.knowledge import read_yaml
from xuncha_lib.tables import load_tables
from xuncha_lib.values import date_of, number_of

_SAMPLE = 60
_HOLDS, _FAILS = 0.8, 0.4
"""Share of the rows in which a relation holds for the right columns, and at most for the wrong ones."""
_LEAST, _ROWS = 3, 4_000
_NEAR = 0.006


@cache
def _relations() -> dict[str, dict[str, Any]]:
    text = (Path(__file__).parent / "relations.yml").read_text(encoding="utf-8")
    found: dict[str, dict[str, Any]] = read_yaml(text)
    return found


@cache
def _type_of(table: str, key: str) -> str:
    return next((f.type for f in all_fields() if f.table == table and f.key == key), "")


def related(
    table: str, columns: dict[str, int], headings: list[str], seen: list[Seen], cells: list[Coded]
) -> dict[str, int]:
    """The columns, those that were taken for each other exchanged, and a free one that completes a relation."""
    known = _relations().get(table)
    if not known:
        return columns
    one = _Related(table, dict(columns), headings, seen, cells)
    for rule in known.get("product", ()):
        one.product(*rule)
    for rule in known.get("sum", ()):
        one.whole(*rule)
    for rule in known.get("above", ()):
        one.above(*rule)
    for rule in known.get("same", ()):
        one.same(*rule)
    for rule in known.get("beside", ()):
        one.beside(*rule)
    for key, companions in known.get("codes", {}).items():
        one.codes(key, *companions)
    for rule in known.get("order", ()):
        one.order(*rule)
    return one.columns


def plausible(
    table: str, columns: dict[str, int], seen: list[Seen], cells: list[Coded]
) -> dict[str, int]:
    """The columns without those whose values no such column has: 26000 years are no term, GD001 is no name beside 村委办公楼."""
    most = _relations().get(table, {}).get("most", {})
    found = dict(columns)
    for key in most.keys() & columns.keys():
        numbers = [n for n in _values(cells[columns[key]], _number) if n is not None]
        if len(numbers) >= _LEAST and sorted(numbers)[len(numbers) // 2] > most[key]:
            del found[key]
    lead = load_tables()[table].recognise.get("lead", "")
    at = found.get(lead)
    if at is not None and seen[at]["n"] and seen[at].get("han", 0.0) < 1 - SURE:
        taken = set(found.values())
        if any(
            i not in taken and s.get("han", 0.0) >= SURE and s["distinct"] > 0.5
            for i, s in enumerate(seen)
        ):
            del found[lead]
    return found


def _number(cell: Any) -> float | None:
    return number_of(cell)[0]


def _day(cell: Any) -> dt.date | None:
    return date_of(cell, None)[0]


def _values(column: Coded, reads: Callable[[Any], Any]) -> list[Any]:
    """What a sample of rows holds, in order; None where it is not of the kind."""
    step = max(1, len(column) // _SAMPLE)
    return [None if (c := column[at]) is None else reads(c) for at in range(0, len(column), step)]


class _Related:
    """One table's columns, tested against its relations."""

    def __init__(
        self,
        table: str,
        columns: dict[str, int],
        headings: list[str],
        seen: list[Seen],
        cells: list[Coded],
    ) -> None:
        self.table, self.columns, self.headings = table, columns, headings
        self.seen, self.cells = seen, cells
        self._read: dict[tuple[int, Callable[[Any], Any]], list[Any]] = {}

    def values(self, at: int, reads: Callable[[Any], Any]) -> list[Any]:
        if (at, reads) not in self._read:
            self._read[at, reads] = _values(self.cells[at], reads)
        return self._read[at, reads]

    def share(self, places: tuple[int, ...], reads: Any, holds: Callable[..., bool]) -> float:
        """Share of the rows that have all values and in which the relation holds; 0 with too few of them."""
        rows = zip(*(self.values(at, reads) for at in places), strict=True)
        told = [holds(*row) for row in rows if all(v is not None for v in row)]
        return sum(told) / len(told) if len(told) >= _LEAST else 0.0

    def codes(self, key: str, *companions: str) -> None:
        """The one column of signs that differ from row to row, in a table that speaks of such things."""
        if key in self.columns or not any(k in self.columns for k in companions):
            return
        taken = set(self.columns.values())
        places = [at for at, one in enumerate(self.seen) if at not in taken and _is_code(one)]
        if len(places) == 1:
            self.columns[key] = places[0]

    def free(self, kind: str) -> list[int]:
        """Columns no field has taken that are of this kind of content."""
        taken = set(self.columns.values())
        return [
            at for at, one in enumerate(self.seen)
            if at not in taken and one["n"] and one.get(kind, 0.0) >= SURE
        ]  # fmt: skip

    def alike(self, key: str) -> list[str]:
        """Other fields of the same type that have a column."""
        kind = _type_of(self.table, key)
        return [k for k in self.columns if k != key and _type_of(self.table, k) == kind]

    def exchange(self, key: str, at: int) -> None:
        """Give the column to the field; whoever had it gets the field's."""
        own = self.columns.get(key)
        for other, place in list(self.columns.items()):
            if place == at:
                del self.columns[other]
                if own is not None:
                    self.columns[other] = own
        self.columns[key] = at

    def settle(self, key: str, test: Callable[[int], float], places: list[int]) -> None:
        """Another column for the field, where the relation holds for that one and not for its own."""
        own = self.columns.get(key)
        if own is not None and test(own) > _FAILS:
            return
        best = max(places, key=test, default=None)
        if best is not None and test(best) >= _HOLDS:
            self.exchange(key, best)

    def product(self, rate: str, base: str, result: str) -> None:
        """Rate × base = result; told on the rows in which the base and another column of its kind differ."""
        if not {rate, base, result} <= self.columns.keys():
            return
        whole = _numbers(self.cells[self.columns[result]])
        each = _numbers(self.cells[self.columns[rate]])
        own = _numbers(self.cells[self.columns[base]])
        taken = {self.columns[k] for k in (rate, base, result)}
        for at in [self.columns[k] for k in self.alike(base)] + self.free("number"):
            if at in taken:
                continue
            other = _numbers(self.cells[at])
            differs = (np.abs(own - other) > 0.005) & (other > 0) & (whole != 0)
            if not np.any(differs):
                continue
            if (
                _fitting(each, other, whole, differs)
                >= _HOLDS
                > 2 * _fitting(each, own, whole, differs)
            ):
                self.exchange(base, at)
                return

    def whole(self, whole: str, *parts: str) -> None:
        """Whole = part + part; which of the three is the whole, and the third where there are two."""
        keys = (whole, *parts)
        known = [k for k in keys if k in self.columns]
        if len(known) == 2:
            missing = next(k for k in keys if k not in self.columns)
            self.settle(missing, lambda at: self._adds(keys, {missing: at}), self.free("number"))
        elif len(known) == 3 and self._adds(keys, {}) <= _FAILS:
            for part in parts:
                swapped = {whole: self.columns[part], part: self.columns[whole]}
                if self._adds(keys, swapped) >= _HOLDS:
                    self.columns.update(swapped)
                    return

    def above(self, more: str, less: str) -> None:
        """What is never less than the other: a household's whole area and one plot's."""
        if {more, less} <= self.columns.keys():
            pair = self.columns[more], self.columns[less]
            if (
                self.share(pair, _number, _is_less)
                >= _HOLDS * self.share(pair, _number, _differs)
                > 0
            ):
                self.columns[more], self.columns[less] = pair[1], pair[0]

    def _adds(self, keys: tuple[str, ...], instead: dict[str, int]) -> float:
        places = tuple({**self.columns, **instead}[k] for k in keys)
        return self.share(places, _number, _is_sum)

    def same(self, one: str, other: str, rival: str) -> None:
        """Two sums that are usually one: what was agreed is what was bid, what was settled in the end is not."""
        if one not in self.columns:
            return
        at = self.columns[one]

        def test(place: int) -> float:
            return self.share((at, place), _number, _equals)

        places = [self.columns[rival]] if rival in self.columns else []
        self.settle(other, test, [*places, *self.free("number")])

    def beside(self, name: str, number: str) -> None:
        """A name stands left of its number, whoever took it."""
        at = self.columns.get(number, 0) - 1
        if name not in self.columns and at >= 0 and self.seen[at].get("name", 0.0) >= SURE:
            self.exchange(name, at)

    def order(self, first: str, last: str) -> None:
        """The first day is not after the last; a day most rows lack is the last where only the first is known."""
        if first in self.columns and last in self.columns:
            pair = self.columns[first], self.columns[last]
            if self.share(pair, _day, _is_after) >= _HOLDS:
                self.columns[first], self.columns[last] = pair[1], pair[0]
        elif first in self.columns and self.seen[self.columns[first]]["filled"] < 0.5:
            own = self.columns[first]
            full = [at for at in self.free("date") if self.seen[at]["filled"] > 0.8]
            if len(full) == 1 and self.share((own, full[0]), _day, _is_after) >= _HOLDS:
                self.columns[first], self.columns[last] = full[0], own
        elif first in self.columns:
            own = self.columns[first]
            begins = [at for at in self.free("date") if "起" in parts(self.headings[at])]
            if len(begins) == 1 and self.share((own, begins[0]), _day, _is_after) >= _HOLDS:
                self.columns[first], self.columns[last] = begins[0], own


def _is_code(one: Seen) -> bool:
    other = max(one.get(k, 0.0) for k in ("han", "number", "date", "id_no", "phone", "bank_no"))
    return one["n"] >= _LEAST and other < 1 - SURE and one.get("spread", 0.0) > 0.6


def _numbers(column: Coded) -> np.ndarray:
    """Numbers of the first rows; NaN where there is none."""
    codes = column.codes[:_ROWS]
    read = {
        code: nan if (n := _number(column.cells[code])) is None else n
        for code in np.unique(codes).tolist()
    }
    return np.array([read[code] for code in codes.tolist()], dtype=float)


def _fitting(rate: np.ndarray, base: np.ndarray, result: np.ndarray, rows: np.ndarray) -> float:
    """Share of the rows in which rate × base is the result."""
    near = np.abs(rate * base - result) <= np.maximum(0.02, _NEAR * np.abs(result))
    return float(np.mean(near[rows]))


def _is_sum(whole: float, *parts: float) -> bool:
    return whole != 0 and abs(whole - sum(parts)) <= max(0.02, 0.001 * abs(whole))


def _is_less(one: float, other: float) -> bool:
    return one < other - 0.005


def _differs(one: float, other: float) -> bool:
    return abs(one - other) > 0.005


def _equals(one: float, other: float) -> bool:
    return one != 0 and abs(one - other) <= 0.001 * abs(one)


def _is_after(first: dt.date, last: dt.date) -> bool:
    return first > last
