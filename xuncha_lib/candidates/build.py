"""From `hit` to `candidate`, `candidate_hit`, `candidate_key` and `evidence`: bundle, rank, cut, describe."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb

from xuncha_lib.candidates.bundle import Bundle, Hit, bundle, person_keys
from xuncha_lib.candidates.corroborate import corroborate, raised
from xuncha_lib.candidates.decisions import CONFIRMED, Judge, decisions_of
from xuncha_lib.candidates.describe import Describer, villages
from xuncha_lib.candidates.evidence import cite
from xuncha_lib.candidates.keys import candidate_ids, contents, context, hit_key, persons
from xuncha_lib.candidates.learn import NOTHING, Learnt, learn
from xuncha_lib.candidates.rank import Score, in_tenths, score
from xuncha_lib.candidates.review_log import read_log
from xuncha_lib.models import Model, shipped_models
from xuncha_lib.store import append, without_collecting

LEAST_CHANCE = 0.4
"""A bundle less likely right than this stays in the workbench: it is counted, not shown as a candidate."""
MOST_PER_VILLAGE = 25
MOST_PER_MODEL = 12
"""Candidates that one model may lead in one village: a model that floods a village crowds out the others."""
FEWEST_DECIDED = 4
"""Decisions on a model before its candidates may be held back for them; fewer only move the ranking."""
MOST_ECHOED = 24
"""A hit that cites more rows than this is long enough without its bank lines."""
WEAKEST_LEVEL = 4
"""L5–L6 joins are never shown as candidates."""
CONFIRMED_CHANCE = 0.99

_SCHEMA = """
CREATE OR REPLACE TABLE candidate (
    candidate_id VARCHAR, village_code VARCHAR, village_name VARCHAR, town VARCHAR, county VARCHAR,
    model_ids VARCHAR[], model_id VARCHAR, category VARCHAR, aspects VARCHAR[], forms VARCHAR[], title VARCHAR,
    summary VARCHAR, subject_kind VARCHAR, subject VARCHAR, amount_yuan DOUBLE, first_on DATE, last_on DATE,
    level INTEGER, namesakes INTEGER, score DOUBLE, rank INTEGER, innocent VARCHAR[], checks VARCHAR[],
    status VARCHAR, why VARCHAR, chance DOUBLE, review VARCHAR);
CREATE OR REPLACE TABLE candidate_hit (candidate_id VARCHAR, hit_id BIGINT);
CREATE OR REPLACE TABLE candidate_key (
    candidate_id VARCHAR, n INTEGER, model_id VARCHAR, village VARCHAR, matter VARCHAR, rows VARCHAR[], p DOUBLE);
CREATE OR REPLACE TABLE candidate_cut (village_code VARCHAR, model_id VARCHAR, n INTEGER, why VARCHAR);
CREATE OR REPLACE TABLE model_rate (model_id VARCHAR, decided INTEGER, confirmed INTEGER, prior DOUBLE, rate DOUBLE);
CREATE OR REPLACE TABLE evidence (
    candidate_id VARCHAR, model_id VARCHAR, role VARCHAR, row_id BIGINT, file VARCHAR, sheet VARCHAR,
    row INTEGER, summary VARCHAR);
"""


@without_collecting()
def build(
    con: duckdb.DuckDBPyConnection,
    *,
    models: Mapping[str, Model] | None = None,
    reviews: Path | None = None,
    learning: bool = True,
) -> None:
    """Fill the candidate tables from the hits that nothing in the data explains.

    reviews  : folder of the review log; its decisions give statuses, and what was dismissed goes last.
    learning : whether confirmation rates of the models move the ranking. Off, decided candidates keep their status.
    """
    known = dict(models or shipped_models())
    con.execute(_SCHEMA)
    decisions = decisions_of(read_log(reviews) if reviews else {})
    learnt = learn(decisions)
    rates = list(learnt.rates.values())
    append(
        con, "model_rate", [(r.model_id, r.decided, r.confirmed, r.prior, r.rate) for r in rates]
    )
    likely = [b for b in _bundles(con, known) if b.score.chance >= LEAST_CHANCE]
    judged = _judge(con, likely, Judge(decisions), learnt if learning else NOTHING, known)
    shown, cut = _best(judged, {r.model_id for r in rates if r.decided >= FEWEST_DECIDED})
    _add_echoes(con, [hit for _, item in shown for hit in item.hits])
    held = [(village, model, n, why) for (village, model, why), n in sorted(cut.items())]
    append(con, "candidate_cut", held)
    _write(con, shown, known)


def _bundles(con: duckdb.DuckDBPyConnection, models: Mapping[str, Model]) -> list[Bundle]:
    """What the hits that nothing explains come to, matter by matter."""
    hits = con.execute(
        """SELECT * FROM hit WHERE explained IS NULL AND village_code IN (SELECT village_code FROM village WHERE of_round)
           AND (level IS NULL OR level <= ?) ORDER BY hit_id""",
        [WEAKEST_LEVEL],
    )
    names = [column[0] for column in hits.description]
    records: list[Hit] = [dict(zip(names, row, strict=True)) for row in hits.fetchall()]
    people = [h["subject_key"] for h in records if h["subject_kind"] == "person"]
    groups = bundle(records, person_keys(con, people))
    _add_keys(con, records)
    corroborate(con, records)
    return [_bundle([records[i] for i in group], models) for group in groups]


def _add_keys(con: duckdb.DuckDBPyConnection, hits: list[Hit]) -> None:
    """Give every hit the key that its decisions hang on."""
    rows = contents(con, (int(row) for hit in hits for row in (*hit["evidence"], *context(hit))))
    people, places = persons(con, hits), villages(con)
    for hit in hits:
        name, *_ = places.get(hit["village_code"], (hit["village_code"],))
        hit["key"] = hit_key(hit, name, people, rows)


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
            hit["context"] = sorted(more.union(map(int, context(hit))))


def _bundle(hits: list[Hit], models: Mapping[str, Model]) -> Bundle:
    """The hits in order of what they alone are worth; nothing people decided moves the leading one."""
    ordered = hits
    if len(hits) > 1:
        worth = {h["hit_id"]: _score([h], h["amount_yuan"], models).value for h in hits}
        ordered = sorted(hits, key=lambda h: (-worth[h["hit_id"]], h["model_id"], h["key"].rows))
    amount = _amount(ordered)
    return Bundle(ordered[0]["village_code"], ordered, _score(ordered, amount, models), amount)


def _score(
    hits: list[Hit],
    amount: float | None,
    models: Mapping[str, Model],
    learnt: Learnt = NOTHING,
) -> Score:
    rows = [
        (h["model_id"], models[h["model_id"]].severity, raised(learnt.chance(h["key"]), h))
        for h in hits
    ]
    return score(rows, amount, {h["model_id"]: models[h["model_id"]].name for h in hits})


def _amount(hits: list[Hit]) -> float | None:
    """Yuan at stake: the largest sum one model names; sums of different models may be the same money."""
    sums: dict[str, float] = {}
    for hit in hits:
        if hit["amount_yuan"] is not None:
            sums[hit["model_id"]] = sums.get(hit["model_id"], 0.0) + float(hit["amount_yuan"])
    return max(sums.values()) if sums else None


def _judge(
    con: duckdb.DuckDBPyConnection,
    bundles: list[Bundle],
    judge: Judge,
    learnt: Learnt,
    models: Mapping[str, Model],
) -> list[Bundle]:
    """Bundles with their ids, what people decided on them, and the score after that."""
    places = villages(con)
    ordered = sorted(bundles, key=lambda b: (b.village_code, b.lead["key"].matter, b.keys[0].rows))
    towns = [places.get(b.village_code, ("", "", ""))[1] or "" for b in ordered]
    ids = candidate_ids([(t, b.keys[0]) for t, b in zip(towns, ordered, strict=True)])
    judged = []
    for key, item in zip(ids, ordered, strict=True):
        verdict = judge.verdict(key, item.keys)
        after = _after(item, verdict.status == CONFIRMED, learnt, models)
        judged.append(
            replace(item, id=key, verdict=verdict, score=after, is_moved=after != item.score)
        )
    return judged


def _after(item: Bundle, is_confirmed: bool, learnt: Learnt, models: Mapping[str, Model]) -> Score:
    """The score once decisions on it and on its models are counted in, and why it moved."""
    if is_confirmed:
        sure = [{**hit, "key": replace(hit["key"], p=CONFIRMED_CHANCE)} for hit in item.hits]
        return _score(sure, item.amount_yuan, models)
    if not learnt.effects:
        return item.score
    rates = [learnt.rates[m] for m in sorted({k.model_id for k in item.keys}) if m in learnt.rates]
    after = _score(item.hits, item.amount_yuan, models, learnt)
    if not rates:
        return after
    said = "、".join(f"{r.model_id} {r.confirmed}/{r.decided}" for r in rates)
    before = f"复核前{in_tenths(item.score.chance)}，已复核并确认：{said}"
    return replace(after, why=f"{after.why}；{before}")


def _best(
    bundles: Sequence[Bundle], well_known: set[str]
) -> tuple[list[tuple[int, Bundle]], Counter[tuple[str, str, str]]]:
    """(rank, bundle) of what is shown, best first in its village; and what was held back.

    What was dismissed is put aside: it is numbered from 26 on, and takes no place from the others.

    well_known: models with enough decisions.   The second part counts by (village, leading model, reason).
    """
    shown: list[tuple[int, Bundle]] = []
    cut: Counter[tuple[str, str, str]] = Counter()
    places: Counter[str] = Counter()
    aside: Counter[str] = Counter()
    led: Counter[tuple[str, str]] = Counter()
    for item in sorted(
        bundles, key=lambda b: (b.village_code, b.verdict.rests, -b.score.value, b.id)
    ):
        village, model = item.village_code, item.lead["model_id"]
        why = _held_back(item, places[village], led[village, model], model in well_known)
        if why:
            cut[village, model, why] += 1
            continue
        if item.verdict.rests:
            aside[village] += 1
            shown.append((MOST_PER_VILLAGE + aside[village], item))
            continue
        places[village] += 1
        led[village, model] += 1
        shown.append((places[village], item))
    return shown, cut


def _held_back(item: Bundle, above: int, led: int, is_well_known: bool) -> str:
    """Why a bundle is not shown; empty when it is. What people have looked at is always shown."""
    if item.verdict.text:
        return ""
    if item.score.chance < LEAST_CHANCE and is_well_known and item.is_moved:
        return "同类候选复核后多被排除"
    if led >= MOST_PER_MODEL:
        return f"同一模型在本村已列{MOST_PER_MODEL}条"
    return f"本村已列{MOST_PER_VILLAGE}条" if above >= MOST_PER_VILLAGE else ""


def _write(
    con: duckdb.DuckDBPyConnection, ranked: list[tuple[int, Bundle]], models: dict[str, Model]
) -> None:
    say = Describer(con, [item for _, item in ranked], models)
    rows: dict[str, list[tuple[Any, ...]]] = {
        "candidate": [say.candidate(rank, item) for rank, item in ranked],
        "candidate_hit": [(item.id, hit["hit_id"]) for _, item in ranked for hit in item.hits],
        "candidate_key": [
            (item.id, n, key.model_id, key.village, key.matter, list(key.rows), key.p)
            for _, item in ranked
            for n, key in enumerate(item.keys)
        ],
    }
    for table, lines in rows.items():
        append(con, table, lines)
    cite(con, [(item.id, item.hits) for _, item in ranked])
