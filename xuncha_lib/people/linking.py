"""Who is who: fills same_person, identity_conflict and mention.namesakes from `mention`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from xuncha_lib.people import judge
from xuncha_lib.people.blocks import Index, Skipped
from xuncha_lib.people.borrow import borrow_numbers, borrowed_pairs, with_numbers
from xuncha_lib.people.candidates import name_pairs, near_pairs
from xuncha_lib.people.conflicts import NEVER, Equal, find_conflicts
from xuncha_lib.people.judge import NONE, Evidence
from xuncha_lib.people.level import Level
from xuncha_lib.people.namesakes import count_people
from xuncha_lib.people.org import match_organisations
from xuncha_lib.people.persons import Persons, load_persons

SCHEMA = """
CREATE OR REPLACE TABLE same_person (a BIGINT, b BIGINT, level INTEGER, why VARCHAR, namesakes INTEGER);
CREATE OR REPLACE TABLE identity_conflict (a BIGINT, b BIGINT, why VARCHAR);
CREATE OR REPLACE TABLE not_compared (rule VARCHAR, name VARCHAR, mentions INTEGER, listed_compared BOOLEAN);
"""


@dataclass(frozen=True)
class People:
    """People of each mention's name, in all tables and in its village; shape (n,)."""

    total: NDArray[np.int32]
    local: NDArray[np.int32]


@dataclass(frozen=True)
class Links:
    """Pairs a < b by index, with level and the number of their sentence in `texts`."""

    a: Index
    b: Index
    level: NDArray[np.int8]
    text: NDArray[np.intp]
    texts: list[str]


def link(con: duckdb.DuckDBPyConnection) -> None:
    """Compare all mentions of the case and write the results anew.

    same_person : both directions of every pair, and (m, m) for every mention that names a person.
    identity_conflict : a < b; one number under two names, or two right numbers on one name, birth date and village.
    not_compared : blocks of mentions too large to be compared pair by pair.   org_alias : see `org`.
    """
    match_organisations(con)
    con.execute(SCHEMA)
    if not con.execute("SELECT 1 FROM mention LIMIT 1").fetchall():
        return
    persons, skipped = load_persons(con), Skipped()
    equal, conflicts = find_conflicts(persons, skipped)
    near = judge.gather(persons, *near_pairs(persons, skipped))
    numbers = borrow_numbers(persons, near, judge.strong_levels(near))
    near = with_numbers(near, numbers)
    strong = judge.strong_levels(near)
    lent = _without(borrowed_pairs(persons, numbers, skipped), [near], len(persons))
    led = with_numbers(judge.gather(persons, *lent), numbers)
    sure = strong < NONE
    people = People(*count_people(
        persons, np.concatenate([equal.a, near.a[sure], led.a]), np.concatenate([equal.b, near.b[sure], led.b])
    ))  # fmt: skip
    rest = _without(name_pairs(persons, people.total, skipped), [near, led], len(persons))
    far = with_numbers(judge.gather(persons, *rest), numbers)
    links = [
        _equal_links(equal),
        _links(near, np.where(sure, strong, _weak(persons, near, people)), people),
        _links(led, judge.strong_levels(led), people),
        _links(far, _weak(persons, far, people), people),
    ]
    _write(con, persons, links, people)
    _write_conflicts(con, persons, conflicts)
    _write_skipped(con, persons, skipped)


def _without(pairs: tuple[Index, Index], known: list[Evidence], n: int) -> tuple[Index, Index]:
    """The pairs that are not judged yet."""
    a, b = pairs
    packed = a.astype(np.int64) * n + b
    held = np.sort(np.concatenate([k.a.astype(np.int64) * n + k.b for k in known]))
    fresh = np.append(held, -1)[np.searchsorted(held, packed)] != packed
    return a[fresh], b[fresh]


def _weak(p: Persons, e: Evidence, people: People) -> NDArray[np.int8]:
    listed = p.is_watched[e.a] | p.is_watched[e.b]
    return judge.weak_levels(e, np.maximum(people.total[e.a], people.total[e.b]), listed)


def _equal_links(equal: Equal) -> Links:
    texts = [judge.sentence(Level.L1, match, 0, 0, 0, False) for match in equal.names]
    return Links(equal.a, equal.b, np.full(len(equal.a), Level.L1, np.int8), equal.name, texts)


def _links(e: Evidence, level: NDArray[np.int8], people: People) -> Links:
    """The pairs that have a level; each distinct sentence is written once."""
    kept = level < NONE
    a, b, level = e.a[kept], e.b[kept], level[kept]
    local, total = (
        np.maximum(people.local[a], people.local[b]),
        np.maximum(people.total[a], people.total[b]),
    )
    count = np.select([level == Level.L5, level == Level.L6], [local, total], 0)
    facts = (level, e.name[kept], e.relation[kept], e.agree[kept], count, e.is_damaged[kept])
    text, distinct = _numbered(facts)
    texts = [
        judge.sentence(lv, e.names[name], relation, agree, n, bool(damaged))
        for lv, name, relation, agree, n, damaged in distinct
    ]
    return Links(a, b, level, text, texts)


def _numbered(columns: tuple[NDArray[Any], ...]) -> tuple[NDArray[np.intp], list[list[int]]]:
    """A number for each distinct combination of small whole numbers, and the combinations."""
    sizes = [int(column.max()) + 1 if len(column) else 1 for column in columns]
    number, packed = pd.factorize(
        np.ravel_multi_index([c.astype(np.int64) for c in columns], sizes)
    )
    return number, np.stack(np.unravel_index(packed, sizes), axis=1).tolist()


def _own_links(p: Persons) -> Links:
    """(m, m) for every mention that names a person: level 1 with a right number, else by what it carries."""
    bearer = (p.key > 0) | ((p.id_code > 0) & (p.state != NEVER))
    own = np.flatnonzero(bearer)
    carries = (p.pattern[own, 6:] != ord("*")).sum(axis=1) >= 4
    carries |= (p.birth[own] > 0) | (p.phone[own] > 0) | (p.bank[own] > 0) | (p.household[own] > 0)
    level = np.select(
        [p.id_code[own] > 0, carries, p.village[own] > 0], [Level.L1, Level.L4, Level.L5], Level.L6
    )
    return Links(own, own, level.astype(np.int8), np.zeros(len(own), np.intp), ["同一条身份记录"])


def _write(con: duckdb.DuckDBPyConnection, p: Persons, links: list[Links], people: People) -> None:
    own = _own_links(p)
    parts = [own, *links, *(Links(k.b, k.a, k.level, k.text, k.texts) for k in links)]
    texts: list[str] = []
    numbers = []
    for part in parts:
        numbers.append(part.text + len(texts))
        texts += part.texts
    a, b = np.concatenate([k.a for k in parts]), np.concatenate([k.b for k in parts])
    order = np.lexsort((b, a))
    a, b = a[order], b[order]
    why = pa.DictionaryArray.from_arrays(
        pa.array(np.concatenate(numbers)[order].astype(np.int32)), pa.array(texts)
    )
    found = pa.table({
        "a": p.mention[a], "b": p.mention[b],
        "level": np.concatenate([k.level for k in parts])[order].astype(np.int32), "why": why,
        "namesakes": np.maximum(people.total[a], people.total[b]),
    })  # fmt: skip
    con.register("found", found)
    con.execute("INSERT INTO same_person SELECT a, b, level, why, namesakes FROM found")
    con.unregister("found")
    counts = pa.table({"mention_id": p.mention, "n": people.total})
    con.register("counts", counts)
    con.execute(
        "UPDATE mention SET namesakes = nullif(c.n, 0) FROM counts c WHERE c.mention_id = mention.mention_id"
    )
    con.unregister("counts")


def _write_conflicts(
    con: duckdb.DuckDBPyConnection, p: Persons, found: list[tuple[int, int, str]]
) -> None:
    a, b = (p.mention[np.array([row[side] for row in found], np.intp)] for side in (0, 1))
    con.register(
        "found", pa.table({"a": a, "b": b, "why": pa.array([row[2] for row in found], pa.string())})
    )
    con.execute("INSERT INTO identity_conflict SELECT a, b, why FROM found")
    con.unregister("found")


def _write_skipped(con: duckdb.DuckDBPyConnection, p: Persons, skipped: Skipped) -> None:
    rows = [(rule, p.written(i), size, listed) for rule, i, size, listed in skipped.blocks]
    if rows:
        con.executemany("INSERT INTO not_compared VALUES (?, ?, ?, ?)", sorted(rows))
