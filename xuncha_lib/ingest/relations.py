"""Columns told apart by what they have to do with each other: rate × area is the sum paid, nobody finishes before he starts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from xuncha_lib.ingest.coded import Coded
from xuncha_lib.ingest.fields import all_fields
from xuncha_lib.ingest.guess import SURE, Seen
from xuncha_lib.knowledge import read_yaml
from xuncha_lib.values import date_of, number_of

_SAMPLE = 60
_HOLDS, _FAILS = 0.8, 0.4
"""Share of the rows in which a relation holds for the right columns, and at most for the wrong ones."""
_LEAST = 3
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
    table: str, columns: dict[str, int], seen: list[Seen], cells: list[Coded]
) -> dict[str, int]:
    """The columns, those that were taken for each other exchanged, and a free one that completes a relation."""
    known = _relations().get(table)
    if not known:
        return columns
    one = _Related(table, dict(columns), seen, cells)
    for rule in known.get("product", ()):
        one.product(*rule)
    for rule in known.get("sum", ()):
        one.whole(*rule)
    for rule in known.get("same", ()):
        one.same(*rule)
    for rule in known.get("beside", ()):
        one.beside(*rule)
    for rule in known.get("order", ()):
        one.order(*rule)
    return one.columns


def too_large(table: str, columns: dict[str, int], cells: list[Coded]) -> dict[str, int]:
    """The columns without those whose values no such column has: 26000 years are no term."""
    most = _relations().get(table, {}).get("most", {})
    found = dict(columns)
    for key in most.keys() & columns.keys():
        numbers = [n for n in _values(cells[columns[key]], _number) if n is not None]
        if len(numbers) >= _LEAST and sorted(numbers)[len(numbers) // 2] > most[key]:
            del found[key]
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
        self, table: str, columns: dict[str, int], seen: list[Seen], cells: list[Coded]
    ) -> None:
        self.table, self.columns, self.seen, self.cells = table, columns, seen, cells
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
        """rate × base = result; where the base was taken for another of its kind."""
        if result not in self.columns or rate not in self.columns:
            return
        pair = self.columns[rate], self.columns[result]

        def test(at: int) -> float:
            return self.share((pair[0], at, pair[1]), _number, _multiplies)

        places = [self.columns[k] for k in self.alike(base)] + self.free("number")
        self.settle(base, test, [at for at in places if at not in pair])

    def whole(self, whole: str, *parts: str) -> None:
        """whole = part + part; which of the three is the whole, and the third where there are two."""
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


def _multiplies(rate: float, base: float, result: float) -> bool:
    return base > 0 and abs(rate * base - result) <= max(0.02, _NEAR * abs(result))


def _is_sum(whole: float, *parts: float) -> bool:
    return whole != 0 and abs(whole - sum(parts)) <= max(0.02, 0.001 * abs(whole))


def _equals(one: float, other: float) -> bool:
    return one != 0 and abs(one - other) <= 0.001 * abs(one)


def _is_after(first: dt.date, last: dt.date) -> bool:
    return first > last
