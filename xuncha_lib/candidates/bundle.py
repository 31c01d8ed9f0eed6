"""Which hits speak of the same matter: the same person, contract, project, payee, or mostly the same rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import pandas as pd

from xuncha_lib.candidates.decisions import NOT_DECIDED, Verdict
from xuncha_lib.candidates.keys import HitKey
from xuncha_lib.candidates.rank import Score

Hit = dict[str, Any]
BROAD_KINDS = frozenset({"month", "village"})
"""Subjects that cover a whole year's books; sharing rows with them says nothing."""


@dataclass(frozen=True)
class Bundle:
    """Hits on one matter, the leading one first; id and verdict are known once it was judged.

    is_moved: whether decisions on other candidates of its models changed the score.
    """

    village_code: str
    hits: list[Hit]
    score: Score
    amount_yuan: float | None = None
    id: str = ""
    verdict: Verdict = NOT_DECIDED
    is_moved: bool = False

    @property
    def lead(self) -> Hit:
        """The hit that names the candidate."""
        return self.hits[0]

    @property
    def keys(self) -> list[HitKey]:
        """Keys of all hits, the leading one first."""
        return [hit["key"] for hit in self.hits]


def person_keys(con: duckdb.DuckDBPyConnection, wanted: Iterable[str]) -> dict[str, str]:
    """Mention id (as text) → key of the person for bundling: the lowest mention reached by one L1–L2 pair.

    wanted : subject keys of hits on persons; those that are no mention id are left out.
    A key groups what is shown together; it is never used to decide who somebody is.
    """
    ids = sorted({int(key) for key in wanted if key and key.isdecimal()})
    con.register("wanted_people", pd.DataFrame({"a": ids}, dtype="int64"))
    pairs = con.execute(
        """WITH near AS (SELECT a, min(b) AS b FROM same_person SEMI JOIN wanted_people USING (a) WHERE level <= 2 GROUP BY a)
        SELECT n.a, min(s.b) FROM near n JOIN same_person s ON s.a = n.b AND s.level <= 2 GROUP BY n.a ORDER BY n.a"""
    ).fetchall()
    con.unregister("wanted_people")
    return {str(a): str(b) for a, b in pairs}


def bundle(hits: Sequence[Hit], keys: dict[str, str], *, share: float = 0.5) -> list[list[int]]:
    """Groups of positions in `hits` that speak of one matter, in order of their first hit.

    hits  : each with village_code, subject_kind, subject_key, evidence (row ids).
    share : two hits of one village also belong together when they share at least this part of the
            smaller one's evidence, unless one of them speaks of a month or a village as a whole.
    """
    parent = list(range(len(hits)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    def join(i: int, j: int) -> None:
        a, b = sorted((root(i), root(j)))
        parent[b] = a

    for group in _same_subject(hits, keys):
        for other in group[1:]:
            join(group[0], other)
    for i, j in _same_rows(hits, share):
        join(i, j)
    groups: dict[int, list[int]] = defaultdict(list)
    for i in range(len(hits)):
        groups[root(i)].append(i)
    return list(groups.values())


def _same_subject(hits: Sequence[Hit], keys: dict[str, str]) -> Iterable[list[int]]:
    found: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for i, hit in enumerate(hits):
        kind, key = str(hit["subject_kind"]), str(hit["subject_key"])
        known = keys.get(key, key) if kind == "person" else key
        found[(hit["village_code"] or "", kind, known)].append(i)
    return found.values()


def _same_rows(hits: Sequence[Hit], share: float) -> Iterable[tuple[int, int]]:
    holders: dict[tuple[str, int], list[int]] = defaultdict(list)
    for i, hit in enumerate(hits):
        if hit["subject_kind"] not in BROAD_KINDS:
            for row in set(hit["evidence"]):
                holders[(hit["village_code"] or "", row)].append(i)
    seen = {
        (i, j)
        for group in holders.values()
        if len(group) > 1
        for i in group
        for j in group
        if i < j
    }
    for i, j in sorted(seen):
        left, right = set(hits[i]["evidence"]), set(hits[j]["evidence"])
        if len(left & right) >= share * min(len(left), len(right)):
            yield i, j
