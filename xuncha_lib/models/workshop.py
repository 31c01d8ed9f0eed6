"""Try a model on a handful of rows written in YAML: what its test cases use, and a notebook may too."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from xuncha_lib.errors import BadModel, XunchaError, unknown
from xuncha_lib.knowledge import read_yaml
from xuncha_lib.models.blank import blank_case
from xuncha_lib.models.declared import check_declared
from xuncha_lib.models.head import Model, read_model
from xuncha_lib.models.limits import ensure_limits
from xuncha_lib.models.run import OPTIONAL, OWED, find, hit_rows, lacking, run_model, start
from xuncha_lib.models.shared import prepare, prepared_steps
from xuncha_lib.outliers.lexicon import load_lexicon
from xuncha_lib.tables import load_tables

_WORD = re.compile(r"\w+")
_OWN_KEYS = {"case", "innocent", "hits", "knobs", "not_run"}


_STARTER = Path(__file__).with_name("starter.txt")


def new_model(folder: str | Path, stem: str) -> Path:
    """A model file that works, to be made one's own: `new_model("models", "M901_weekend")`. An existing file is an error."""
    if not re.fullmatch(r"M[0-9]+_[a-z0-9_]+", stem):
        raise XunchaError(f"模型文件名“{stem}”", "应写成 M编号_英文短名", "例：M901_weekend")
    path = Path(folder) / f"{stem}.sql"
    if path.exists():
        raise XunchaError(str(path), "已有同名文件", "换一个编号或短名")
    path.parent.mkdir(parents=True, exist_ok=True)
    text = _STARTER.read_text(encoding="utf-8")
    path.write_text(text.replace("M000", stem.split("_")[0]), encoding="utf-8")
    return path


def try_model(
    con: duckdb.DuckDBPyConnection, path: str | Path, knobs: Mapping[str, float]
) -> pd.DataFrame:
    """What a model file finds on a case, with its sentences; writes nothing. Whatever is wrong with it is raised by name."""
    model = read_model(Path(path))
    for name in knobs:
        if name not in model.knobs:
            raise unknown("模型参数", name, model.knobs)
    try:
        check_declared(model)
        _, why = lacking(con, model)
        if why:
            raise XunchaError(model.path.name, f"不能运行：{why}", "补齐资料，或改 needs")
        rows, note = hit_rows(con, model, find(con, model, knobs))
    except duckdb.Error as error:
        raise BadModel(model.path.name, str(error).splitlines()[0], "请检查查询语句") from error
    finally:
        con.execute("DROP VIEW IF EXISTS temp.same_person")
    frame = pd.DataFrame(rows, columns=[*OWED, *OPTIONAL, "reason"])
    if note:
        frame.attrs["note"] = note
    return frame


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


def _prepare(con: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Only the prepared queries this model's SELECT leads to; all of them for a model in Python."""
    if not model.is_sql:
        prepare(con)
        return
    load_lexicon(con)
    ensure_limits(con)
    words, chosen = set(_WORD.findall(model.body)) | {*model.needs, *model.uses}, []
    for _, text, made, used in reversed(prepared_steps()):
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
