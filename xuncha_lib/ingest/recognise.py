"""Which table a block is, and which column is what: all columns and all tables weighed together."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from xuncha_lib.ingest.fields import Field, all_fields, common, heading_scores
from xuncha_lib.ingest.headings import JOIN, company_in
from xuncha_lib.ingest.profile import fit
from xuncha_lib.ingest.remarks import with_remark
from xuncha_lib.ingest.roles import bind_roles
from xuncha_lib.tables import load_tables
from xuncha_lib.values import fold

ACCEPT = 0.5
"""Least score of a column (heading similarity + content) to be taken for a field."""

KNOWN = 0.42
"""Least score of a block to be taken for a table."""

_FREE = frozenset(("id_no", "phone", "bank_no", "plate", "uscc"))
"""Types that content alone may carry, whatever the heading."""


@dataclass
class Verdict:
    """What a block is. columns: field key → column index.   score: 0 – about 1.3, higher = surer."""

    table: str | None
    score: float
    columns: dict[str, int] = field(default_factory=dict)
    nearest: str = ""
    missing: tuple[str, ...] = ()
    why: str = ""


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
def _types() -> tuple[list[str], np.ndarray, np.ndarray]:
    kinds = sorted({f.type for f in all_fields()})
    place = {kind: i for i, kind in enumerate(kinds)}
    return (
        kinds,
        np.array([place[f.type] for f in all_fields()]),
        np.array([0.0 if f.type in _FREE else 0.28 for f in all_fields()]),
    )


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
    exact = np.where(
        (told >= 0.97) & (content >= -0.1), 0.25, 0.0
    )  # a word said outright beats likely content
    total = np.where(told >= least, told + content + exact, 0.0)
    return np.where(total >= ACCEPT, total, 0.0)


def _assign(scores: np.ndarray) -> list[tuple[int, int]]:
    """Best columns for all fields at once; cubed, so that two poor fits never outbid one that is certain."""
    rows, columns = linear_sum_assignment(scores**3, maximize=True)
    return [(int(r), int(c)) for r, c in zip(rows, columns, strict=True) if scores[r, c] > 0]


def title_score(table: str, titles: tuple[tuple[str, float], ...]) -> float:
    """0–1: the longest word of the table found in the titles, each with its own weight."""
    words = (
        common()["unused"][table[7:]]["title"]
        if table.startswith("unused:")
        else load_tables()[table].recognise.get("title", ())
    )
    best = 0.0
    for text, weight in titles:
        for word in words:
            if word in text:
                best = max(best, weight * min(1.0, len(word) / 4))
    return best


def _met(need: list[str], keys: set[str], *, has_months: bool) -> bool:
    return any(
        one in keys
        or f"{one}.name" in keys
        or f"+{one}" in keys
        or one == "title"
        or (one == "pivot" and has_months)
        for one in need
    )


def _zh(table: str, need: list[str]) -> str:
    """Chinese name of what is missing, from the table's own file."""
    spec = load_tables()[table]
    names = {c.name: c.zh for c in spec.columns} | {r.name: r.zh for r in spec.roles}
    shown = [names[n] for n in need if n in names]
    return "或".join(shown[:3]) or need[0]


class Block:
    """The evidence of one block, weighed once and asked for each table."""

    def __init__(self, headings: list[str], seen: list[dict[str, float]], months: int) -> None:
        self.headings, self.months, self.seen = headings, months, seen
        self.scores = _scores(headings, seen)
        self.filled = np.array([bool(one["n"]) for one in seen])
        self.weights = self._weights()

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


@lru_cache(maxsize=2_000)
def _cached(
    headings: tuple[str, ...], seen: tuple[tuple[tuple[str, float], ...], ...], months: int
) -> dict[str, Any]:
    block = Block(list(headings), [dict(one) for one in seen], months)
    found: dict[str, Any] = {}
    best = -1.0
    for bound, table in block.bounds():
        if bound + 0.3 < best:  # even with the best title and every need met it could not win
            break
        found[table] = block.judge(table)
        best = max(best, found[table][0] - 0.45 * len(found[table][2]))
    return found


def _rough(seen: dict[str, float]) -> tuple[tuple[str, float], ...]:
    """The profile in coarse steps, so that books of one layout are weighed once."""
    return tuple(
        sorted(
            (k, float(v > 0) if k == "n" else round(v * 2.2) / 2)
            for k, v in seen.items()
            if k != "filled"
        )
    )


def recognise(
    headings: list[str],
    seen: list[dict[str, float]],
    titles: tuple[tuple[str, float], ...],
    months: int = 0,
) -> Verdict:
    """Best table for a block.

    headings: levels joined by JOIN.   seen: profile of each column.   titles: (text, weight 0–1), title row first.
    months: how many month columns were taken out of the block before.
    """
    has_company = any(company_in(text) for text, _ in titles)
    judged = _cached(tuple(headings), tuple(_rough(one) for one in seen), months)
    titles = tuple((fold(text), weight) for text, weight in titles)
    ranked = []
    for table, (score, columns, needs) in judged.items():
        must = () if table.startswith("unused:") else load_tables()[table].recognise.get("must", ())
        if must and not any(
            word in text for word in must for text in (*headings, *(t for t, _ in titles))
        ):
            needs = [*needs, [must[0]]]
        if table == "business" and has_company and "+shareholder" in columns:
            needs = [need for need in needs if "company" not in need]
        total = score + 0.28 * title_score(table, titles) - 0.45 * len(needs)
        ranked.append((total, table, columns, needs))
    ranked.sort(key=lambda one: -one[0])
    total, table, columns, needs = ranked[0]
    own = _own(columns)
    if table.startswith("unused:") and total >= KNOWN:
        zh = common()["unused"][table[7:]]["zh"]
        return Verdict(None, total, why=f"像是{zh}，本工具不使用这类表", nearest=zh)
    if table.startswith("unused:"):
        total, table, columns, needs = next(
            (one for one in ranked if not one[1].startswith("unused:")), (0.0, "cashbook", {}, [])
        )
        own = _own(columns)
    if needs or total < KNOWN or len(own) + (months >= 2) < 2:
        return _not_known(table, total, needs, columns, headings)
    return Verdict(table, total, with_remark(table, columns, headings, seen))


def _own(columns: dict[str, int]) -> list[str]:
    """Columns that say something of the kind of table."""
    shared = common()["columns"]
    return [key for key in columns if key.removeprefix("+") not in shared]


def _not_known(
    table: str, score: float, needs: list[list[str]], columns: dict[str, int], headings: list[str]
) -> Verdict:
    spec = load_tables()[table]
    missing = tuple(_zh(table, need) for need in needs)
    spare = [
        h.replace(JOIN, "/") for i, h in enumerate(headings) if i not in columns.values() and h
    ]
    why = f"最接近“{spec.zh}”，缺少：{'、'.join(missing) or '足够的已知列名'}；没有认出的列：{'、'.join(spare[:8]) or '无'}"
    if missing and spare:
        column = re.sub(r"或.*", "", missing[0])
        why += f"。若“{spare[0]}”就是{column}，请把它加入 xuncha_lib/tables/{table}.yml 中“{column}”的 aliases"
    return Verdict(None, score, {}, spec.zh, missing, why)
