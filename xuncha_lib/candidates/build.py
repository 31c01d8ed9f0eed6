"""From `hit` to `candidate`, `candidate_hit` and `evidence`: bundle, rank, cut, describe."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
import pandas as pd

from xuncha_lib.candidates.bundle import bundle, person_keys
from xuncha_lib.candidates.evidence import summaries
from xuncha_lib.candidates.rank import Score, score
from xuncha_lib.candidates.words import join_unique, summary
from xuncha_lib.checklist import load_checklist
from xuncha_lib.masks import mask_id, mask_text
from xuncha_lib.models import Model, shipped_models
from xuncha_lib.source import content_key
from xuncha_lib.store import append

LEAST_CHANCE = 0.4
"""A bundle less likely right than this stays in the workbench: it is counted, not shown as a candidate."""
MOST_PER_VILLAGE = 25
MOST_ECHOED = 24
"""A hit that cites more rows than this is long enough without its bank lines."""
WEAKEST_LEVEL = 4
"""L5–L6 joins are never shown as candidates."""

_SCHEMA = """
CREATE OR REPLACE TABLE candidate (
    candidate_id VARCHAR, village_code VARCHAR, village_name VARCHAR, town VARCHAR, county VARCHAR,
    model_ids VARCHAR[], model_id VARCHAR, category VARCHAR, aspects VARCHAR[], forms VARCHAR[], title VARCHAR,
    summary VARCHAR, subject_kind VARCHAR, subject VARCHAR, amount_yuan DOUBLE, first_on DATE, last_on DATE,
    level INTEGER, namesakes INTEGER, score DOUBLE, rank INTEGER, innocent VARCHAR[], checks VARCHAR[],
    status VARCHAR, why VARCHAR, chance DOUBLE);
CREATE OR REPLACE TABLE candidate_hit (candidate_id VARCHAR, hit_id BIGINT);
CREATE OR REPLACE TABLE evidence (
    candidate_id VARCHAR, model_id VARCHAR, role VARCHAR, row_id BIGINT, file VARCHAR, sheet VARCHAR,
    row INTEGER, summary VARCHAR);
"""
Hit = dict[str, Any]


@dataclass(frozen=True)
class Bundle:
    """Hits on one matter, the leading one first."""

    village_code: str
    hits: list[Hit]
    score: Score

    @property
    def lead(self) -> Hit:
        """The hit that names the candidate."""
        return self.hits[0]


def build(con: duckdb.DuckDBPyConnection, *, models: dict[str, Model] | None = None) -> None:
    """Fill candidate, candidate_hit and evidence from the hits that nothing in the data explains."""
    known = models or shipped_models()
    con.execute(_SCHEMA)
    hits = con.execute(
        """SELECT * FROM hit WHERE explained IS NULL AND village_code IS NOT NULL
           AND (level IS NULL OR level <= ?) ORDER BY hit_id""",
        [WEAKEST_LEVEL],
    ).df()
    if hits.empty:
        return
    records: list[Hit] = hits.astype(object).where(hits.notna(), None).to_dict("records")
    groups = bundle(hits, person_keys(con, hits.subject_key[hits.subject_kind == "person"]))
    _add_echoes(con, records)
    bundles = [_bundle([records[i] for i in group], known) for group in groups]
    _write(con, _best(bundles), known)


def _add_echoes(con: duckdb.DuckDBPyConnection, hits: list[Hit]) -> None:
    """Give every short hit the bank lines and twin book rows of the flows it cites, as supporting rows."""
    echoes: dict[int, set[int]] = {}
    found = con.execute(
        "SELECT row_id, others FROM echo SEMI JOIN (SELECT unnest(evidence) AS row_id FROM hit) USING (row_id)"
    )
    for row_id, others in found.fetchall():
        echoes.setdefault(row_id, set()).update(others)
    for hit in hits:
        rows = {int(row) for row in hit["evidence"]}
        if len(rows) <= MOST_ECHOED:
            more = {other for row in rows for other in echoes.get(row, ())} - rows
            hit["context"] = sorted(more.union(map(int, _context(hit))))


def _bundle(hits: list[Hit], models: dict[str, Model]) -> Bundle:
    ordered = sorted(
        hits,
        key=lambda h: (
            -score([_row(h, models)], h["amount_yuan"], _names(models)).value,
            h["hit_id"],
        ),
    )
    amounts = _amount(ordered)
    total = score([_row(h, models) for h in ordered], amounts, _names(models))
    return Bundle(ordered[0]["village_code"], ordered, total)


def _row(hit: Hit, models: dict[str, Model]) -> tuple[str, str, float]:
    return hit["model_id"], models[hit["model_id"]].severity, float(hit["p"])


def _names(models: dict[str, Model]) -> dict[str, str]:
    return {key: model.name for key, model in models.items()}


def _amount(hits: list[Hit]) -> float | None:
    """Yuan at stake: the largest sum one model names; sums of different models may be the same money."""
    sums: dict[str, float] = {}
    for hit in hits:
        if hit["amount_yuan"] is not None:
            sums[hit["model_id"]] = sums.get(hit["model_id"], 0.0) + float(hit["amount_yuan"])
    return max(sums.values()) if sums else None


def _best(bundles: list[Bundle]) -> list[tuple[int, Bundle]]:
    """(rank, bundle) of what is likely enough, at most MOST_PER_VILLAGE a village, best first."""
    shown: list[tuple[int, Bundle]] = []
    per_village: dict[str, int] = {}
    likely = [b for b in bundles if b.score.chance >= LEAST_CHANCE]
    for item in sorted(likely, key=lambda b: (b.village_code, -b.score.value, b.lead["hit_id"])):
        rank = per_village.get(item.village_code, 0) + 1
        if rank <= MOST_PER_VILLAGE:
            per_village[item.village_code] = rank
            shown.append((rank, item))
    return shown


def _write(
    con: duckdb.DuckDBPyConnection, ranked: list[tuple[int, Bundle]], models: dict[str, Model]
) -> None:
    villages = {
        row[0]: row
        for row in con.execute(
            "SELECT village_code, village_name, town, county FROM village"
        ).fetchall()
    }
    origin = _origins(con, ranked)
    said = summaries(con, set(origin))
    people = _people(con, [item.lead for _, item in ranked])
    candidates, links, evidence = [], [], []
    used: set[str] = set()
    for rank, item in ranked:
        key = _candidate_id(item, origin, villages, used)
        candidates.append(_candidate(key, rank, item, models, villages, people))
        links += [(key, hit["hit_id"]) for hit in item.hits]
        evidence += _evidence(key, item, origin, said)
    for table, rows in (
        ("candidate", candidates),
        ("candidate_hit", links),
        ("evidence", evidence),
    ):
        append(con, table, rows)


def _origins(
    con: duckdb.DuckDBPyConnection, ranked: list[tuple[int, Bundle]]
) -> dict[int, tuple[str, str, int, str]]:
    """Row id → file, sheet, row, content key, for every row cited."""
    cited = {int(r) for _, b in ranked for h in b.hits for r in (*h["evidence"], *_context(h))}
    con.register("cited_rows", pd.DataFrame({"row_id": sorted(cited)}, dtype="int64"))
    rows = con.execute(
        """SELECT o.row_id, o.file, o.sheet, o.row, s.content FROM row_origin o
           JOIN source_row s USING (row_id) SEMI JOIN cited_rows c ON c.row_id = o.row_id"""
    ).fetchall()
    con.unregister("cited_rows")
    return {row[0]: row[1:] for row in rows}


def _context(hit: Hit) -> list[int]:
    return [] if hit["context"] is None else list(hit["context"])


def _people(con: duckdb.DuckDBPyConnection, leads: list[Hit]) -> dict[str, str]:
    """Subject key → name and masked number of the person it is the mention of."""
    ids = sorted(
        {
            int(h["subject_key"])
            for h in leads
            if h["subject_kind"] == "person" and h["subject_key"].isdecimal()
        }
    )
    rows = con.execute(
        """SELECT mention_id, coalesce(name_raw, name, ''), coalesce(id_no, id_mask) FROM mention
        SEMI JOIN (SELECT unnest(CAST(? AS BIGINT[])) AS mention_id) USING (mention_id)""",
        [ids],
    )
    return {
        str(key): f"{name}（{mask_id(number)}）" if number else name
        for key, name, number in rows.fetchall()
    }


def _candidate_id(
    item: Bundle, origin: dict[int, Any], villages: dict[str, Any], used: set[str]
) -> str:
    """Id made of the leading model, the village and what the cited rows say: it survives re-ingest and renaming."""
    contents = sorted({origin[int(row)][3] for row in item.lead["evidence"] if int(row) in origin})
    _, name, town, _ = villages.get(item.village_code, (None, item.village_code, "", ""))
    base = content_key(item.lead["model_id"], town, name, *contents)
    key, n = f"C{base}", 1
    while key in used:
        n += 1
        key = f"C{base}-{n}"
    used.add(key)
    return key


def _candidate(
    key: str,
    rank: int,
    item: Bundle,
    models: dict[str, Model],
    villages: dict[str, Any],
    people: dict[str, str],
) -> tuple[Any, ...]:
    lead, hits = item.lead, item.hits
    ids = join_unique([h["model_id"]] for h in hits)
    chosen = [models[i] for i in ids]
    _, name, town, county = villages.get(item.village_code, (None, item.village_code, "", ""))
    subject = lead["subject"] or ""
    if lead["subject_kind"] == "person":
        subject = people.get(lead["subject_key"], subject)
    subject = mask_text(subject)
    levels = [
        int(h["level"])
        for h in hits
        if h["model_id"] == lead["model_id"] and h["level"] is not None
    ]
    namesakes = [int(h["namesakes"]) for h in hits if h["namesakes"] is not None]
    title = f"{chosen[0].name}：{subject}" if subject else chosen[0].name
    return (
        key, item.village_code, name, town, county, ids, lead["model_id"],
        load_checklist().categories[chosen[0].category],
        join_unique(m.aspects for m in chosen), join_unique(m.forms for m in chosen), title,
        mask_text(summary([h["reason"] for h in hits])), lead["subject_kind"], subject, _amount(hits),
        _edge(hits, "first_on", min), _edge(hits, "last_on", max), max(levels, default=None),
        max(namesakes, default=None), item.score.value, rank, join_unique(m.innocent for m in chosen),
        join_unique(m.check for m in chosen), "候选", item.score.why, item.score.chance,
    )  # fmt: skip


def _edge(hits: list[Hit], column: str, pick: Any) -> date | None:
    days = [pd.Timestamp(h[column]).date() for h in hits if h[column] is not None]
    return pick(days) if days else None


def _evidence(
    key: str, item: Bundle, origin: dict[int, Any], said: dict[int, str]
) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    seen: set[tuple[str, int]] = set()
    for hit in item.hits:
        for role, ids in (("主证", hit["evidence"]), ("佐证", _context(hit))):
            for row_id in sorted(int(i) for i in ids):
                if row_id in origin and (hit["model_id"], row_id) not in seen:
                    seen.add((hit["model_id"], row_id))
                    file, sheet, row, _ = origin[row_id]
                    rows.append(
                        (key, hit["model_id"], role, row_id, file, sheet, row, said.get(row_id, ""))
                    )
    return rows
