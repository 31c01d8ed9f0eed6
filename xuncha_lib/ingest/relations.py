"""Columns told apart by what they have to do with each other: rate × area is the sum paid, nobody finishes before he starts."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from xuncha_lib.ingest.coded import Coded
from xuncha_lib.ingest.guess import SURE, Seen
from xuncha_lib.ingest.morphemes import parts
from xuncha_lib.ingest.tested import (
    FAILS,
    HOLDS,
    LEAST,
    Columns,
    day,
    fitting,
    number,
    numbers_of,
)
from xuncha_lib.knowledge import read_yaml

_MORE = 0.08
"""By how much more a column must be the product than the one that was taken for it."""


@cache
def relations_of() -> dict[str, dict[str, Any]]:
    """What is known of the columns of each table, from relations.yml."""
    text = (Path(__file__).parent / "relations.yml").read_text(encoding="utf-8")
    found: dict[str, dict[str, Any]] = read_yaml(text)
    return found


def related(
    table: str, columns: dict[str, int], headings: list[str], seen: list[Seen], cells: list[Coded]
) -> dict[str, int]:
    """The columns, those that were taken for each other exchanged, and a free one that completes a relation."""
    known = relations_of().get(table)
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


class _Related(Columns):
    """One table's columns, tested against its relations."""

    def codes(self, key: str, *companions: str) -> None:
        """The one column of signs that differ from row to row, in a table that speaks of such things."""
        if key in self.columns or not any(k in self.columns for k in companions):
            return
        taken = set(self.columns.values())
        places = [at for at, one in enumerate(self.seen) if at not in taken and _is_code(one)]
        if len(places) == 1:
            self.columns[key] = places[0]

    def product(self, rate: str, base: str, result: str) -> None:
        """Rate × base = result; told on the rows in which the base and another column of its kind differ."""
        if not {rate, base} <= self.columns.keys():
            return
        self.result_of(rate, base, result)
        if result not in self.columns:
            return
        whole = numbers_of(self.cells[self.columns[result]])
        each = numbers_of(self.cells[self.columns[rate]])
        own = numbers_of(self.cells[self.columns[base]])
        taken = {self.columns[k] for k in (rate, base, result)}
        for at in [self.columns[k] for k in self.alike(base)] + self.free("number"):
            if at in taken:
                continue
            other = numbers_of(self.cells[at])
            differs = (np.abs(own - other) > 0.005) & (other > 0) & (whole != 0)
            if not np.any(differs):
                continue
            if (
                fitting(each, other, whole, differs)
                >= HOLDS
                > 2 * fitting(each, own, whole, differs)
            ):
                self.exchange(base, at)
                return

    def result_of(self, rate: str, base: str, result: str) -> None:
        """The column that is rate × base; the rate and the result may also have been taken for each other."""
        each, area = (
            numbers_of(self.cells[self.columns[rate]]),
            numbers_of(self.cells[self.columns[base]]),
        )
        rows = (each > 0) & (area > 0) & (np.abs(area - 1) > 0.01)
        if np.count_nonzero(rows) < LEAST:
            return

        def test(at: int) -> float:
            return fitting(each, area, numbers_of(self.cells[at]), rows)

        if result in self.columns:
            whole = numbers_of(self.cells[self.columns[result]])
            if fitting(whole, area, each, rows & (whole > 0)) >= HOLDS:
                swapped = self.columns[rate], self.columns[result]
                self.columns[result], self.columns[rate] = swapped
                return
        places = [self.columns[k] for k in self.alike(result) if k not in (rate, base)]
        own = test(self.columns[result]) if result in self.columns else 0.0
        best = max(places + self.free("number"), key=test, default=None)
        if best is not None and test(best) >= max(HOLDS, own + _MORE):
            self.exchange(result, best)

    def whole(self, whole: str, *parts: str) -> None:
        """Whole = part + part; which of the three is the whole, and the third where there are two."""
        keys = (whole, *parts)
        known = [k for k in keys if k in self.columns]
        if len(known) == 2:
            missing = next(k for k in keys if k not in self.columns)
            self.settle(missing, lambda at: self._adds(keys, {missing: at}), self.free("number"))
        elif len(known) == 3 and self._adds(keys, {}) <= FAILS:
            for part in parts:
                swapped = {whole: self.columns[part], part: self.columns[whole]}
                if self._adds(keys, swapped) >= HOLDS:
                    self.columns.update(swapped)
                    return

    def above(self, more: str, less: str) -> None:
        """What is never less than the other: a household's whole area and one plot's."""
        if {more, less} <= self.columns.keys():
            pair = self.columns[more], self.columns[less]
            if self.share(pair, number, _is_less) >= HOLDS * self.share(pair, number, _differs) > 0:
                self.columns[more], self.columns[less] = pair[1], pair[0]

    def _adds(self, keys: tuple[str, ...], instead: dict[str, int]) -> float:
        places = tuple({**self.columns, **instead}[k] for k in keys)
        return self.share(places, number, _is_sum)

    def same(self, one: str, other: str, rival: str) -> None:
        """Two sums that are usually one: what was agreed is what was bid, what was settled in the end is not."""
        if one not in self.columns:
            return
        at = self.columns[one]

        def test(place: int) -> float:
            return self.share((at, place), number, _equals)

        places = [self.columns[rival]] if rival in self.columns else []
        self.settle(other, test, [*places, *self.free("number")])

    def beside(self, name: str, number: str) -> None:
        """A name stands left of its number, whoever took one of them without the other."""
        at = self.columns.get(number, 0) - 1
        if name not in self.columns and at >= 0 and self.seen[at].get("name", 0.0) >= SURE:
            self.exchange(name, at)
        at = self.columns.get(name, len(self.seen)) + 1
        if number in self.columns or at >= len(self.seen) or self.seen[at].get("id_no", 0.0) < SURE:
            return
        holder = next((k for k, i in self.columns.items() if i == at), "")
        if not holder or f"{holder.partition('.')[0]}.name" not in self.columns:
            self.exchange(number, at)

    def order(self, first: str, last: str) -> None:
        """The first day is not after the last; a day most rows lack is the last where only the first is known."""
        if first in self.columns and last in self.columns:
            pair = self.columns[first], self.columns[last]
            if self.share(pair, day, _is_after) >= HOLDS:
                self.columns[first], self.columns[last] = pair[1], pair[0]
        elif first in self.columns and self.seen[self.columns[first]]["filled"] < 0.5:
            own = self.columns[first]
            full = [at for at in self.free("date") if self.seen[at]["filled"] > 0.8]
            if len(full) == 1 and self.share((own, full[0]), day, _is_after) >= HOLDS:
                self.columns[first], self.columns[last] = full[0], own
        elif first in self.columns:
            own = self.columns[first]
            begins = [at for at in self.free("date") if "起" in parts(self.headings[at])]
            if len(begins) == 1 and self.share((own, begins[0]), day, _is_after) >= HOLDS:
                self.columns[first], self.columns[last] = begins[0], own


def _is_code(one: Seen) -> bool:
    other = max(one.get(k, 0.0) for k in ("han", "number", "date", "id_no", "phone", "bank_no"))
    return one["n"] >= LEAST and other < 1 - SURE and one.get("spread", 0.0) > 0.6


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
