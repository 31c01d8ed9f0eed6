"""The columns nobody took, looked at once more when it is known what table they stand in: likeness of meaning and values."""

from __future__ import annotations

import itertools
from functools import cache
from pathlib import Path

import numpy as np

from xuncha_lib.ingest.coded import Coded
from xuncha_lib.ingest.fields import Field, all_fields
from xuncha_lib.ingest.headings import turns
from xuncha_lib.ingest.morphemes import likeness, parts
from xuncha_lib.ingest.profile import fit
from xuncha_lib.knowledge import read_yaml
from xuncha_lib.values import cell_text, fold, number_of

LEAST, MARGIN = 0.45, 0.12
"""Least score of a column for a field, and by how much it must beat the next field of the column and the next column of the field."""

_LONG = 14
"""Characters of a cell that is one of a few values and no sentence."""
_SHARE, _SAMPLE = 0.7, 40
_TOLD_BY_CONTENT = frozenset(
    ("name", "names", "party", "org", "flag", "date", "month", "period", "relation")
)
"""Types that a likeness of headings alone never makes."""

Seen = dict[str, float]
_Entry = tuple[Field, tuple[tuple[str, tuple[bool, int]], ...], tuple[str, ...]]
"""A field, its words as signs with what they turn, and the words its cells hold."""


@cache
def _values() -> dict[str, tuple[str, ...]]:
    text = (Path(__file__).parent / "values.yml").read_text(encoding="utf-8")
    return {key: tuple(words) for key, words in read_yaml(text).items()}


@cache
def open_to(table: str) -> tuple[_Entry, ...]:
    """The table's own fields that words or values may name."""
    found = []
    for one in all_fields():
        if (
            one.table != table
            or one.is_common
            or ("." in one.key and not one.key.endswith(".name"))
        ):
            continue
        told = dict.fromkeys((parts(w), _turned(w)) for w in one.words)
        key = one.key.removeprefix("+")
        found.append((one, tuple(told), _values().get(f"{table}.{key}", _values().get(key, ()))))
    return tuple(found)


def _turned(text: str) -> tuple[bool, int]:
    """What turns the meaning: 没交 and 欠缴 are the same, 已交 is another thing."""
    signs = parts(text)
    return "欠" in signs, turns(signs.replace("欠", ""))


def says(cells: Coded, words: tuple[str, ...]) -> float:
    """Share of a sample of filled cells that hold one of the words; words of one sign must be the whole cell."""
    if not words:
        return 0.0
    filled = np.flatnonzero(cells.filled())
    places = filled[:: max(1, len(filled) // _SAMPLE)].tolist()
    texts = [fold(cell_text(cells[at])) for at in places]
    held = [len(t) <= _LONG and any(w in t if len(w) > 1 else w == t for w in words) for t in texts]
    return sum(held) / max(1, len(held))


def _score(heading: str, one: Seen, cells: Coded, entry: _Entry) -> float:
    """0 – about 1.5: likeness of meaning, what the values say, and a little of what the kind of content says."""
    field, told, values = entry
    signs, turned = parts(heading), _turned(heading)
    kind = field.type
    if kind == "text" and "号" in signs and any("号" in word for word, _ in told):
        kind = "code"
    if kind == "names" and one.get("name", 0.0) < 0.5:
        return 0.0
    if kind in ("date", "month") and any(
        s in signs and not any(s in word for word, _ in told) for s in "起止"
    ):
        return 0.0
    content = fit(one, kind)
    least = 0.1 if field.type in _TOLD_BY_CONTENT else -0.05
    if content < least:
        return 0.0
    like = max(
        (likeness(signs, word) * (1.0 if turn == turned else 0.5) for word, turn in told),
        default=0.0,
    )
    share = says(cells, values)
    if values and share >= _SHARE:
        return like + 0.5
    return like + (-0.2 if values else min(content, 0.2)) if like else 0.0


def _is_running(cells: Coded) -> bool:
    """True for 1, 2, 3 …: a number of the row, whatever it is called."""
    places = np.flatnonzero(cells.filled())[:_SAMPLE].tolist()
    numbers = [n for at in places if (n := number_of(cells[at])[0]) is not None]
    steps = [b - a == 1 for a, b in itertools.pairwise(numbers)]
    return len(numbers) > 2 and len(numbers) == len(places) and sum(steps) >= 0.75 * len(steps)


def second_look(
    table: str, columns: dict[str, int], headings: list[str], seen: list[Seen], cells: list[Coded]
) -> dict[str, int]:
    """The columns, and those of the rest that are clearly one field and no other."""
    taken = set(columns.values())
    free = [
        at for at, h in enumerate(headings)
        if h and at not in taken and seen[at]["n"] and not _is_running(cells[at])
    ]  # fmt: skip
    entries = [e for e in open_to(table) if e[0].key not in columns]
    if not free or not entries:
        return columns
    told = {
        (at, e[0].key): s
        for at in free
        for e in entries
        if (s := _score(headings[at], seen[at], cells[at], e)) >= LEAST - MARGIN
    }
    found = dict(columns)
    for (at, key), score in sorted(told.items(), key=lambda one: (-one[1], one[0])):
        rivals = [
            s
            for (a, k), s in told.items()
            if (a == at) != (k == key) and k not in found and a not in found.values()
        ]
        if (
            key in found
            or at in found.values()
            or score < LEAST
            or score - max(rivals, default=0.0) < MARGIN
        ):
            continue
        found[key] = at
    return found
