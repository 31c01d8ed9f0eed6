"""One block of a sheet: how well each column is each field of each table, and what follows for a table as a whole."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

import numpy as np

from xuncha_lib.ingest import layouts
from xuncha_lib.ingest.assignment import best_pairs
from xuncha_lib.ingest.fields import Field, all_fields, heading_scores
from xuncha_lib.ingest.headings import plain
from xuncha_lib.ingest.profile import fit
from xuncha_lib.ingest.roles import bind_roles
from xuncha_lib.tables import load_tables

ACCEPT = 0.5
"""Least score of a column (heading similarity + content) to be taken for a field."""

_OUTRIGHT = 0.97
TAUGHT = 2.0
"""Score of a column that the round was taught: above anything that is told from words and content."""

_GOES_OUT = re.compile(r"^[^收存入]*(?:付|支|出|取)[^收存入]*$")
_COMES_IN = re.compile(r"^[^付支出取]*(?:收|存|入)[^付支出取]*$")
"""Headings that say which way money goes: 付款发生额 is never what came in."""

_FREE = frozenset(("id_no", "phone", "bank_no", "plate", "uscc"))
"""Types that content alone may carry, whatever the heading."""


@cache
def _slices() -> dict[str, tuple[int, int]]:
    """Table name → its range in all_fields()."""
    found: dict[str, tuple[int, int]] = {}
    for at, one in enumerate(all_fields()):
        first, _ = found.get(one.table, (at, at))
        found[one.table] = (first, at + 1)
    return found


@cache
def _starts() -> np.ndarray:
    """First field of each table, in the order of _slices()."""
    return np.array([first for first, _ in _slices().values()])


@cache
def _own_fields() -> np.ndarray:
    """Fields that say something of the kind of table."""
    return np.array([not f.is_common for f in all_fields()])


@cache
def _place(table: str, key: str) -> int:
    """Position of a field in all_fields()."""
    first, last = _slices()[table]
    return next(at for at in range(first, last) if all_fields()[at].key == key)


@cache
def _types() -> tuple[list[str], np.ndarray, np.ndarray]:
    kinds = sorted({f.type for f in all_fields()})
    place = {kind: i for i, kind in enumerate(kinds)}
    return (
        kinds,
        np.array([place[f.type] for f in all_fields()]),
        np.array([0.0 if f.type in _FREE else 0.28 for f in all_fields()]),
    )


@cache
def _is_code() -> np.ndarray:
    """Fields whose values may look like anything."""
    return np.array([f.type == "code" for f in all_fields()])


@cache
def _is_floor() -> np.ndarray:
    """Fields of floor space, which no number of 亩 is."""
    return np.array([f.key == "area_m2" for f in all_fields()])


@lru_cache(maxsize=20_000)
def _fits(seen: tuple[tuple[str, float], ...]) -> list[float]:
    """What the content of a column says for each type; many columns of a round look alike."""
    one = dict(seen)
    return [fit(one, kind) for kind in _types()[0]]


@lru_cache(maxsize=64)
def _told(headings: tuple[str, ...]) -> np.ndarray:
    """Columns × fields: heading similarity alone."""
    return np.array([heading_scores(heading) for heading in headings])


def _scores(headings: list[str], seen: list[dict[str, float]]) -> np.ndarray:
    """Columns × fields: heading similarity plus what the content adds or takes away."""
    _, type_of, least = _types()
    told = _told(tuple(headings))
    content = np.array([_fits(tuple(one.items())) for one in seen])[:, type_of]
    likely = content >= np.where(_is_code(), -0.35, -0.1)  # 合同号 2021-01 looks like a month
    exact = np.where((told >= 0.97) & likely, 0.25, 0.0)  # said outright beats likely content
    total = np.where(told >= least, told + content + exact, 0.0)
    return np.where(total >= ACCEPT, total, 0.0)


def _assign(scores: np.ndarray) -> list[tuple[int, int]]:
    """Best columns for all fields at once; cubed, so that two poor fits never outbid one that is certain."""
    return [(row, column) for row, column in best_pairs(scores**3) if scores[row, column] > 0]


def _met(need: list[str], keys: set[str], *, has_months: bool) -> bool:
    return any(
        one in keys
        or f"{one}.name" in keys
        or f"+{one}" in keys
        or one == "title"
        or (one == "pivot" and has_months)
        for one in need
    )


def said_outright(headings: list[str], table: str, columns: dict[str, int]) -> bool:
    """True when the heading of a column that only this table has says its field letter for letter."""
    return any(
        _own_fields()[place] and _told((headings[at],))[0, place] >= _OUTRIGHT
        for key, at in columns.items()
        if "." not in key or key.endswith(".name")
        for place in (_place(table, key),)
    )


class Block:
    """The evidence of one block, weighed once and asked for each table."""

    def __init__(self, headings: list[str], seen: list[dict[str, float]], months: int) -> None:
        self.headings, self.months, self.seen = headings, months, seen
        self.scores = _scores(headings, seen)
        for at, heading in enumerate(headings):
            if "亩" in heading:
                self.scores[at] *= ~_is_floor()
        self._obey()
        self.filled = np.array([bool(one["n"]) for one in seen])
        self.weights = self._weights()

    def _obey(self) -> None:
        """A heading the round was taught is that field of that table, whatever it looks like."""
        for at, heading in enumerate(self.headings):
            for table, key in layouts.active().fields_of(heading).items():
                first, last = _slices()[table]
                self.scores[at, first:last] = 0.0
                self.scores[at, _place(table, key)] = TAUGHT

    def _weights(self) -> np.ndarray:
        """Rare columns count most; columns any table has count little; empty ones hardly."""
        own = _own_fields()
        best = np.maximum.reduceat(self.scores * own, _starts(), axis=1)
        tables = (best >= 0.75).sum(axis=1)
        shared = (self.scores * ~own).max(axis=1) >= 0.75
        weights = np.where(
            tables > 0, 1 / np.sqrt(np.maximum(tables, 1)), np.where(shared, 0.12, 0.45)
        )
        weights = np.where(shared & (tables > 0), weights * 0.5, weights)
        result: np.ndarray = np.where(self.filled, weights, weights * 0.25)
        return result

    def _settle(self, columns: dict[str, int], table: str) -> None:
        """What only the columns together tell: the second of two sides, and a number in the column of its word."""
        recognise = {} if table.startswith("unused:") else load_tables()[table].recognise
        sides = recognise.get("signed", {}).get("sides", ())
        open_sides = [side for side in sides if side not in columns]
        if len(open_sides) == 1 and "+amount" in columns and "+side" not in columns:
            columns[open_sides[0]] = columns.pop("+amount")
        if len(sides) == 2 and not open_sides:
            told = [plain(self.headings[columns[side]]) for side in sides]
            if _GOES_OUT.search(told[0]) and _COMES_IN.search(told[1]):
                columns[sides[0]], columns[sides[1]] = columns[sides[1]], columns[sides[0]]
        word = columns.get("voucher_word")
        if (
            word is not None
            and "voucher_no" not in columns
            and self.seen[word].get("voucher", 0.0) >= 0.5
        ):
            columns["voucher_no"] = columns.pop("voucher_word")

    def score_of(self, at: int, table: str, key: str) -> float:
        """Score of one column as one field: heading similarity plus content."""
        return float(self.scores[at, _place(table, key)])

    def bounds(self) -> list[tuple[float, str]]:
        """(the most a table could score, table), best first."""
        whole = max(self.weights.sum(), 1e-9)
        best = np.minimum(np.maximum.reduceat(self.scores, _starts(), axis=1), 1.0)
        tops = zip(self.weights @ best / whole, _slices(), strict=True)
        extra = 0.15 if self.months >= 2 else 0.0
        return sorted(((float(top) + extra, table) for top, table in tops), key=lambda one: -one[0])

    def judge(self, table: str) -> tuple[float, dict[str, int], list[list[str]]]:
        """(score without titles, columns, needs not met) of the block as `table`."""
        first, last = _slices()[table]
        part = self.scores[:, first:last]
        fields = all_fields()[first:last]
        columns, told, unsure = {}, 0.0, 0
        for at, one in _assign(part):
            columns[fields[one].key] = at
            told += self.weights[at] * min(1.0, part[at, one])
            unsure += not fields[one].is_common
        bind_roles(columns, self.headings, self.seen)
        self._settle(columns, table)
        if table.startswith("unused:"):
            return told / self.weights.sum(), columns, [] if unsure >= 3 else [["title"]]
        recognise = load_tables()[table].recognise
        _fill_needs(columns, recognise.get("need", ()), fields, part, self.headings)
        needs = [
            n
            for n in recognise.get("need", ())
            if not _met(n, set(columns), has_months=self.months >= 2)
        ]
        score = told / max(self.weights.sum(), 1e-9)
        if self.months >= 2:
            score += 0.15 if recognise.get("pivot") else -0.25
        return score, columns, needs


def _fill_needs(
    columns: dict[str, int],
    needs: Any,
    fields: tuple[Field, ...],
    part: np.ndarray,
    headings: list[str],
) -> None:
    """Joint assignment may spend a column elsewhere; a need still open takes the best free column that fits it."""
    taken = set(columns.values())
    for need in needs:
        if _met(need, set(columns), has_months=False):
            continue
        best, key, at = 0.0, "", -1
        for i, one in enumerate(fields):
            if one.key.removeprefix("+").split(".")[0] in need and (
                one.key.endswith(".name") or "." not in one.key
            ):
                for column in range(len(headings)):
                    if column not in taken and part[column, i] > best:
                        best, key, at = float(part[column, i]), one.key, column
        if key:
            columns[key] = at
            taken.add(at)
