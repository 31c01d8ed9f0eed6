"""Whether a rule hits one group of people or villages far more often than the others (domain rule R26).

Compared with everybody the model looked at, not with the whole round: the people in the role it reads, or the rows it
reads per village. A warning says that somebody should look at the rule; it says nothing about anybody in the group.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import duckdb

from xuncha_lib.models import Model
from xuncha_lib.store import append
from xuncha_lib.tables import load_tables

FEWEST_HITS, LEAST_RATIO, LEAST_Z = 10, 1.5, 4.0
"""A warning needs this many hits, this ratio of rates, and a difference of this many standard deviations.

Four, because some hundred comparisons are made at once.
"""

_SCHEMA = """
CREATE OR REPLACE TABLE fairness (
    model_id VARCHAR, grouping VARCHAR, member VARCHAR, hits INTEGER, exposed BIGINT, other_hits INTEGER,
    other_exposed BIGINT, ratio DOUBLE, z DOUBLE, warns BOOLEAN);
"""
_GROUPS = """
CREATE OR REPLACE TEMP TABLE fair_person AS
WITH named AS (
    SELECT mention_id, village_code, left(name, 1) AS surname, id_state, coalesce(sex, CASE
        WHEN id_state = 'valid' THEN CASE WHEN TRY_CAST(id_no[17] AS INT) % 2 = 1 THEN '男' ELSE '女' END END) AS sex
    FROM mention WHERE name IS NOT NULL
), counted AS (SELECT village_code, surname, count(*) AS k FROM named GROUP BY ALL),
share AS (SELECT village_code, surname, k / sum(k) OVER (PARTITION BY village_code) AS part FROM counted)
SELECT n.mention_id, coalesce(k.person_key, n.mention_id) AS who, n.sex AS "性别",
       CASE WHEN n.village_code IS NOT NULL THEN CASE WHEN s.part >= 0.1 THEN '本村大姓' ELSE '本村小姓' END END AS "姓氏",
       CASE WHEN n.id_state IN ('valid', 'old15') THEN '证号完整' ELSE '证号缺损或遮盖' END AS "证号"
FROM named n JOIN share s ON s.village_code IS NOT DISTINCT FROM n.village_code AND s.surname = n.surname
LEFT JOIN person_key k USING (mention_id);

CREATE OR REPLACE TEMP TABLE fair_village AS
WITH told AS (
    SELECT v.village_code, v.population,
           avg(CASE WHEN m.id_state IN ('valid', 'old15') THEN 0.0 ELSE 1.0 END) FILTER (m.name IS NOT NULL) AS damaged
    FROM village v LEFT JOIN mention m USING (village_code) GROUP BY ALL
)
SELECT village_code,
       CASE WHEN population IS NOT NULL THEN
           ['小村', '中等村', '大村'][ntile(3) OVER (PARTITION BY population IS NULL ORDER BY population, village_code)] END AS "村的大小",
       CASE WHEN damaged IS NOT NULL THEN
           ['证号缺损少的村', '证号缺损中等的村', '证号缺损多的村'][ntile(3)
               OVER (PARTITION BY damaged IS NULL ORDER BY damaged, village_code)] END AS "村的证号质量"
FROM told;
"""
_PERSON, _VILLAGE = ("性别", "姓氏", "证号"), ("村的大小", "村的证号质量")
Counts = dict[str, dict[str, int]]


def measure(con: duckdb.DuckDBPyConnection, models: Mapping[str, Model]) -> None:
    """Fill `fairness`: for every model that ran and every group, its rate and that of the others."""
    con.execute(_SCHEMA)
    try:
        con.execute(_GROUPS)
    except duckdb.CatalogException:
        return  # a shared table could not be made: the models that read it did not run either
    seen: dict[tuple[str, str], Counts] = {}
    rows: list[tuple[Any, ...]] = []
    ran = con.execute(
        "SELECT DISTINCT model_id FROM hit WHERE explained IS NULL AND coalesce(level, 1) <= 4 ORDER BY 1"
    ).fetchall()
    for (key,) in ran:
        if key in models:
            rows += _of_model(con, models[key], seen)
    append(con, "fairness", rows)


def _of_model(
    con: duckdb.DuckDBPyConnection, model: Model, seen: dict[tuple[str, str], Counts]
) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    for table, columns in model.needs.items():
        role = next((c for c in columns if c in _roles()), "")
        for names, column in ((_PERSON, role), (_VILLAGE, "village_code")):
            if not column:
                continue
            if (table, column) not in seen:
                seen[table, column] = _exposed(con, table, column, names)
            hits = _hits(con, model.id, names)
            for name in names:
                rows += _compare(
                    model.id, name, hits.get(name, {}), seen[table, column].get(name, {})
                )
        break  # the first table a model needs is the one it goes through
    return rows


def _roles() -> set[str]:
    return {role.name for table in load_tables().values() for role in table.roles}


def _exposed(
    con: duckdb.DuckDBPyConnection, table: str, column: str, names: tuple[str, ...]
) -> Counts:
    """Group → member → people (or rows, for villages) the model looked at."""
    if names is _PERSON:
        source = f'(SELECT DISTINCT "{column}" AS mention_id FROM {table}) JOIN fair_person USING (mention_id)'
        counted = "count(DISTINCT who)"
    else:
        source, counted = f"{table} JOIN fair_village USING (village_code)", "count(*)"
    try:
        return {
            name: _members(con, f'SELECT "{name}", {counted} FROM {source} GROUP BY 1')
            for name in names
        }
    except duckdb.Error:
        return {}  # a table without villages or without that role


def _hits(con: duckdb.DuckDBPyConnection, model: str, names: tuple[str, ...]) -> Counts:
    if names is _PERSON:
        source = """(SELECT TRY_CAST(subject_key AS BIGINT) AS mention_id FROM found WHERE subject_kind = 'person')
                    JOIN fair_person USING (mention_id)"""
        counted = "count(DISTINCT who)"
    else:
        source, counted = "found JOIN fair_village USING (village_code)", "count(*)"
    head = f"WITH found AS (FROM hit WHERE model_id = '{model}' AND explained IS NULL AND coalesce(level, 1) <= 4)"
    return {
        name: _members(con, f'{head} SELECT "{name}", {counted} FROM {source} GROUP BY 1')
        for name in names
    }


def _members(con: duckdb.DuckDBPyConnection, query: str) -> dict[str, int]:
    return {member: n for member, n in con.execute(query).fetchall() if member is not None}


def _compare(
    model: str, grouping: str, hits: dict[str, int], exposed: dict[str, int]
) -> list[tuple[Any, ...]]:
    """Each member against all others.   ratio: rate to rate, half a hit added to both.   z: over chance alone."""
    total, everybody = sum(hits.values()), sum(exposed.values())
    rows = []
    for member in sorted(exposed):
        own, seen = hits.get(member, 0), exposed[member]
        others, rest = total - own, everybody - seen
        if not seen or not rest:
            continue
        share = seen / everybody
        ratio = ((own + 0.5) / (seen + 1)) / ((others + 0.5) / (rest + 1))
        z = (own - total * share) / math.sqrt(total * share * (1 - share)) if total else 0.0
        warns = total >= FEWEST_HITS and ratio >= LEAST_RATIO and z >= LEAST_Z
        rows.append(
            (model, grouping, member, own, seen, others, rest, round(ratio, 3), round(z, 2), warns)
        )
    return rows
