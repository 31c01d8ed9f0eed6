"""What a hit is about, told by what the rows say: the same after re-ingest, re-order and renamed files."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import duckdb
import pandas as pd

from xuncha_lib.source import content_key

Hit = dict[str, Any]
_ROW_ID = re.compile(r"(?<![0-9])([a-z]?)(\d+)\Z")


@dataclass(frozen=True)
class HitKey:
    """matter: (model, village, subject).   rows: content of the rows cited.   p: chance before anybody decided."""

    model_id: str
    village: str
    matter: str
    rows: tuple[str, ...]
    p: float

    @cached_property
    def evidence(self) -> str:
        """(model, village, rows cited): the same also where a model names another of several people first."""
        return content_key(self.model_id, self.village, *self.rows)

    @property
    def marks(self) -> tuple[str, str]:
        """What a decision is found by when the candidate has another id today."""
        return self.matter, self.evidence


def contents(con: duckdb.DuckDBPyConnection, row_ids: Iterable[int]) -> dict[int, str]:
    """Row id → content key of the row."""
    con.register("keyed_rows", pd.DataFrame({"row_id": sorted(set(row_ids))}, dtype="int64"))
    rows = con.execute("SELECT row_id, content FROM source_row SEMI JOIN keyed_rows USING (row_id)")
    found: dict[int, str] = dict(rows.fetchall())
    con.unregister("keyed_rows")
    return found


def persons(con: duckdb.DuckDBPyConnection, hits: Sequence[Hit]) -> dict[str, str]:
    """Mention id (as text) → who that is: an ID number reached by one L1–L2 pair, else the name."""
    wanted = sorted({int(h["subject_key"]) for h in hits if is_person(h)})
    con.register("keyed_people", pd.DataFrame({"mention_id": wanted}, dtype="int64"))
    rows = con.execute(
        """SELECT m.mention_id, coalesce(m.id_no, min(o.id_no), m.name, m.name_raw, '')
           FROM keyed_people k JOIN mention m USING (mention_id)
           LEFT JOIN same_person s ON s.a = m.mention_id AND s.level <= 2
           LEFT JOIN mention o ON o.mention_id = s.b
           GROUP BY m.mention_id, m.id_no, m.name, m.name_raw"""
    ).fetchall()
    con.unregister("keyed_people")
    return {str(key): who for key, who in rows}


def is_person(hit: Hit) -> bool:
    """Whether the subject is a mention of a person."""
    return hit["subject_kind"] == "person" and str(hit["subject_key"]).isdigit()


def subject_of(hit: Hit, people: dict[str, str], rows: dict[int, str]) -> str:
    """The subject without any number that a new ingest would give anew."""
    key = str(hit["subject_key"])
    if is_person(hit):
        return people.get(key, key)
    return "|".join(_stable(part, rows) for part in key.split("|"))


def _stable(part: str, rows: dict[int, str]) -> str:
    """A part of a subject key; one that is the number of a row becomes what the row says."""
    match = _ROW_ID.fullmatch(part)
    if match is None or int(match[2]) not in rows:
        return part
    return match[1] + rows[int(match[2])]


def hit_key(hit: Hit, village: str, people: dict[str, str], rows: dict[int, str]) -> HitKey:
    """Key of one hit.   rows: row id → content, of the rows it cites and those that support it."""
    cited = {int(r): rows[int(r)] for r in hit["evidence"] if int(r) in rows}
    known = {int(r): rows[int(r)] for r in context(hit) if int(r) in rows} | cited
    matter = content_key(hit["model_id"], village, subject_of(hit, people, known))
    said = tuple(sorted(set(cited.values())))
    return HitKey(hit["model_id"], village, matter, said, float(hit["p"]))


def context(hit: Hit) -> list[int]:
    """Row ids that support a hit."""
    return [] if hit["context"] is None else list(hit["context"])


def candidate_ids(keys: Sequence[tuple[str, HitKey]]) -> list[str]:
    """Ids for candidates given as (town, key of the leading hit), in the same order.

    An id is a function of model, village and evidence. The subject is added where one model says two things of the
    same rows, the town where two villages of one name hold word for word the same; a number only after that.
    """
    alike = Counter(key.evidence for _, key in keys)
    used: Counter[str] = Counter()
    ids = []
    for town, key in keys:
        full = key.evidence
        if alike[full] > 1:
            full = content_key(full, key.matter, town)
        used[full] += 1
        ids.append(f"C{full}" if used[full] == 1 else f"C{full}-{used[full]}")
    return ids
