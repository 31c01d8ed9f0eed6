"""Try a model on a handful of rows written in YAML: what its test cases use, and a notebook may too."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from xuncha_lib.errors import XunchaError, unknown
from xuncha_lib.knowledge import read_yaml
from xuncha_lib.models.head import Model
from xuncha_lib.models.limits import ensure_limits
from xuncha_lib.models.run import prepare, run_model, start
from xuncha_lib.outliers.lexicon import load_lexicon
from xuncha_lib.tables import load_tables

SHARED_TABLES = {
    "source_row": "row_id BIGINT, sheet_id INT, row INT, fate VARCHAR, is_hidden BOOLEAN, "
    "content VARCHAR",
    "sheet": "sheet_id INT, file_id INT, sheet VARCHAR, status VARCHAR, table_name VARCHAR, "
    "kind VARCHAR, why VARCHAR, nearest VARCHAR, missing VARCHAR, header_row INT, header_rows INT, "
    "is_hidden BOOLEAN, unit VARCHAR, village_code VARCHAR, period_on DATE, rows INT",
    "source_file": "file_id INT, path VARCHAR, sha256 VARCHAR, bytes BIGINT, status VARCHAR, "
    "why VARCHAR, todo VARCHAR, reader VARCHAR",
    "control_total": 'row_id BIGINT, "column" VARCHAR, stated DOUBLE, summed DOUBLE, agrees BOOLEAN',
    "footer": "row_id BIGINT, text VARCHAR",
    "reject": "row_id BIGINT, column_zh VARCHAR, value VARCHAR, why VARCHAR",
    "damaged": 'row_id BIGINT, "column" VARCHAR',
    "village": "village_code VARCHAR, village_name VARCHAR, town VARCHAR, county VARCHAR, "
    "region_code VARCHAR, population INT, households INT, farmland_mu DECIMAL(14,3), "
    "has_name_in VARCHAR",
    "mention": "mention_id BIGINT, name_raw VARCHAR, name VARCHAR, id_raw VARCHAR, id_no VARCHAR, "
    "id_state VARCHAR, id_mask VARCHAR, phone VARCHAR, bank_no VARCHAR, birth_on DATE, sex VARCHAR, "
    "village_code VARCHAR, group_no VARCHAR, head_name VARCHAR, name_state VARCHAR, namesakes INT",
    "same_person": "a BIGINT, b BIGINT, level INT, why VARCHAR, namesakes INT",
    "identity_conflict": "a BIGINT, b BIGINT, why VARCHAR",
    "setting": "key VARCHAR, value VARCHAR",
    "limit_value": "name VARCHAR, place VARCHAR, valid_from DATE, valid_to DATE, value DOUBLE, "
    "unit VARCHAR, source VARCHAR",
}
"""Tables that are not canonical but that models may read, as ingest and people make them."""

_LIMIT_AT = """
CREATE OR REPLACE MACRO limit_at(wanted, town, d) AS (
    SELECT arg_max(value, (place = town, valid_from)) FROM limit_value
    WHERE name = wanted AND place IN (town, '*') AND valid_from <= d
      AND d <= coalesce(valid_to, DATE '9999-12-31'))
"""
_MADE = re.compile(
    r"CREATE (?:OR REPLACE )?(?:TEMP )?(?:TABLE|MACRO|VIEW) (?:IF NOT EXISTS )?(\w+)"
)
_WORD = re.compile(r"\w+")
_OWN_KEYS = {"case", "innocent", "hits", "knobs", "not_run"}


def blank_case() -> duckdb.DuckDBPyConnection:
    """A database in memory with every table a model may read, all empty."""
    con = duckdb.connect()
    con.execute("SET threads = 1")
    for table in load_tables().values():
        con.execute(table.ddl())
    for name, columns in SHARED_TABLES.items():
        con.execute(f"CREATE TABLE {name} ({columns})")
    con.execute(_LIMIT_AT)
    return con


def read_cases(path: Path) -> list[dict[str, Any]]:
    """Cases of one YAML file: [{case, innocent?, <table>: [{column: value}], hits: [{…}]}]."""
    cases = read_yaml(path.read_text(encoding="utf-8"))
    if not isinstance(cases, list) or not all("case" in case and "hits" in case for case in cases):
        raise XunchaError(path.name, "应是列表，每项有 case 和 hits", "请照 models/README.md 改正")
    return cases


def run_case(model: Model, case: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Hits of one model on the rows of one case.

    Persons need no `mention` rows: a mention id used in a role is a person with a valid ID of their own.
    `same_person` rows are given one way. A prepared table (money, cadre …) given in the case replaces
    the one the prepared queries made. `not_run: TEXT` asks that the model says it could not run, with this in its reason.
    """
    con = blank_case()
    given = {name: rows for name, rows in case.items() if name not in _OWN_KEYS}
    known = {row[0] for row in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    for name in [name for name in given if name in known]:
        base = {"village_code": "V1"} if name in load_tables() else {}
        _insert(con, name, [base | row for row in given.pop(name)])
    _complete_people(con, case)
    _complete_villages(con, case)
    _prepare(con, model)
    known = {row[0] for row in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    for name, rows in given.items():
        if name not in known:
            raise unknown("表", name, known)
        con.execute(f"DELETE FROM {name}")
        _insert(con, name, rows)
    start(con)
    run_model(con, model, case.get("knobs") or {})
    (why,), *_ = con.execute("SELECT why FROM model_run").fetchall()
    if str(why).startswith("模型出错"):
        raise XunchaError(model.path.name, str(why), str(case["case"]))
    if "not_run" in case and str(case["not_run"]) not in str(why):
        raise XunchaError(
            model.path.name, f"应为 not_run：{case['not_run']}，实为 {why}", str(case["case"])
        )
    found = con.execute("SELECT * FROM hit ORDER BY hit_id")
    columns = [column[0] for column in found.description]
    return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]


@cache
def _steps() -> list[tuple[str, frozenset[str], frozenset[str]]]:
    """Prepared queries in order: text, names made, words used."""
    texts = [
        p.read_text("utf-8") for p in sorted((Path(__file__).parent / "prepared").glob("*.sql"))
    ]
    return [(t, frozenset(_MADE.findall(t)), frozenset(_WORD.findall(t))) for t in texts]


def _prepare(con: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Only the prepared queries this model's SELECT leads to; all of them for a model in Python."""
    if not model.is_sql:
        prepare(con)
        return
    load_lexicon(con)
    ensure_limits(con)
    words, chosen = set(_WORD.findall(model.body)) | {*model.needs, *model.uses}, []
    for text, made, used in reversed(_steps()):
        if made & words:
            words |= used
            chosen.append(text)
    for text in reversed(chosen):
        con.execute(text)


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        names = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join("?" for _ in row)
        values = [_month(value) for value in row.values()]
        con.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", values)


def _month(value: Any) -> Any:
    """YAML reads 2023-04-01 as a date and leaves 2023-04 a text: take both."""
    if isinstance(value, str) and len(value) == 7 and value[4] == "-" and value[:4].isdigit():
        return datetime.date(int(value[:4]), int(value[5:]), 1)
    return value


def _complete_people(con: duckdb.DuckDBPyConnection, case: Mapping[str, Any]) -> None:
    used = {row[0] for row in con.execute("SELECT mention_id FROM mention").fetchall()}
    con.execute(
        "UPDATE mention SET name_state = coalesce(name_state, 'ok'), namesakes = coalesce(namesakes, 1), "
        "id_state = coalesce(id_state, CASE WHEN id_no IS NULL THEN 'missing' ELSE 'valid' END), "
        "name = coalesce(name, '人' || mention_id), village_code = coalesce(village_code, 'V1')"
    )
    roles = {t.name: [role.name for role in t.roles] for t in load_tables().values()}
    for name, rows in case.items():
        for row in rows if name in roles else ():
            for person in (row.get(role) for role in roles[name]):
                if person is not None and person not in used:
                    used.add(person)
                    con.execute(
                        "INSERT INTO mention (mention_id, name, id_state, name_state, namesakes, "
                        "village_code) VALUES (?, '人' || ?, 'valid', 'ok', 1, 'V1')",
                        [person, person],
                    )
    con.execute(
        "INSERT INTO same_person SELECT b, a, level, why, namesakes FROM same_person WHERE a <> b"
    )
    con.execute(
        "INSERT INTO same_person SELECT mention_id, mention_id, "
        "CASE WHEN id_state IN ('valid', 'old15') THEN 1 ELSE 4 END, '同一条', 1 FROM mention "
        "WHERE mention_id NOT IN (SELECT a FROM same_person WHERE a = b)"
    )
    con.execute(
        "UPDATE same_person SET namesakes = coalesce(namesakes, 1), why = coalesce(why, '')"
    )


def _complete_villages(con: duckdb.DuckDBPyConnection, case: Mapping[str, Any]) -> None:
    """A village for every code used in the case, and V1 for rows that name none."""
    con.execute("INSERT INTO village (village_code) SELECT 'V1' WHERE NOT EXISTS (FROM village)")
    for table in [name for name in case if name in load_tables()]:
        con.execute(
            f"INSERT INTO village (village_code) SELECT DISTINCT village_code FROM {table} "
            "WHERE village_code NOT IN (SELECT village_code FROM village)"
        )
    con.execute(
        "UPDATE village SET village_name = coalesce(village_name, village_code || '村'), "
        "town = coalesce(town, '甲镇'), county = coalesce(county, '乙县')"
    )
