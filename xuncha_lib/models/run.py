"""Run models on a case: each ends as `ran` or as `not_run: why`, for the case and for every village."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from typing import Any

import duckdb
import pandas as pd

from xuncha_lib.errors import BadModel, unknown
from xuncha_lib.models.guard import MOST_FOUND, bounded, broken_inputs, check_limits, check_reason
from xuncha_lib.models.head import HOME, SUBJECT_KINDS, Broken, Model, choose, shipped_models
from xuncha_lib.models.supplied import Supplied, column_label, table_label
from xuncha_lib.store import append, without_collecting
from xuncha_lib.tables import load_tables

_SCHEMA = """
CREATE OR REPLACE TABLE model_run (
    model_id VARCHAR, village_code VARCHAR, status VARCHAR, why VARCHAR, rows_seen BIGINT, hits BIGINT);
CREATE OR REPLACE TABLE hit (
    hit_id BIGINT, model_id VARCHAR, village_code VARCHAR, subject_kind VARCHAR, subject_key VARCHAR,
    subject VARCHAR, reason VARCHAR, amount_yuan DOUBLE, first_on DATE, last_on DATE, level INTEGER,
    namesakes INTEGER, p DOUBLE, explained VARCHAR, evidence BIGINT[], context BIGINT[]);
"""
_LEVEL_WEIGHT = {1: 1.0, 2: 0.95, 3: 0.85, 4: 0.8, 5: 0.4, 6: 0.15}
"""How much of a model's prior is left at a level of "same person"."""

AT_ONCE = 2
"""Models that run at a time: while one is in Python, DuckDB works for the other. More would cost memory for little."""

OWED = ("village_code", "subject_kind", "subject_key", "level", "evidence")
OPTIONAL: dict[str, Any] = {
    "subject": None, "amount_yuan": None, "first_on": None, "last_on": None, "namesakes": None,
    "p": None, "explained": None, "context": None,
}  # fmt: skip


def scan(
    con: duckdb.DuckDBPyConnection,
    model_ids: Iterable[str] | None = None,
    *,
    models: Mapping[str, Model] | None = None,
    broken: Iterable[Broken] = (),
    knobs: Mapping[str, float] | None = None,
) -> None:
    """Run the models (all by default) and fill `model_run` and `hit` anew.

    models: those to choose from, by default the shipped ones.   broken: model files that could not be read; each is
    listed as not run.   knobs: analytic settings moved for this run; a name no chosen model has is an error.
    """
    chosen = choose(dict(models or shipped_models()), model_ids)
    moved = dict(knobs or {})
    for name in moved:
        if not any(name in model.knobs for model in chosen):
            raise unknown("模型参数", name, {k for model in chosen for k in model.knobs})
    start(con)
    run_models(con, chosen, moved)
    append(
        con,
        "model_run",
        [(b.id, None, "not_run", f"模型文件 {b.file}：{b.why}", 0, 0) for b in broken],
    )


def start(con: duckdb.DuckDBPyConnection) -> None:
    """Empty `model_run` and `hit`."""
    con.execute(_SCHEMA)


@dataclass
class Attempt:
    """What came of one model.   why: why it did not run.   note: what is to be said about hits left out.

    absent: village → what it did not hand in.   seen: rows of the tables it needs.
    """

    model: Model
    rows: list[dict[str, Any]] = field(default_factory=list)
    note: str | None = None
    why: str | None = None
    absent: dict[str, str] = field(default_factory=dict)
    seen: int = 0


def run_models(
    con: duckdb.DuckDBPyConnection, chosen: Sequence[Model], moved: Mapping[str, float]
) -> None:
    """Run models AT_ONCE at a time, each on a connection of its own; hits are kept in the order of the models."""
    supplied = Supplied(con.cursor())

    def attempted(model: Model) -> Attempt:
        with con.cursor() as own:
            return attempt(own, model, moved, supplied)

    with without_collecting(), ThreadPoolExecutor(AT_ONCE) as pool:
        for made in pool.map(attempted, chosen):
            _keep(con, made)


def run_model(con: duckdb.DuckDBPyConnection, model: Model, moved: Mapping[str, float]) -> None:
    """Run one model; what goes wrong inside it is recorded as `not_run` and costs the others nothing."""
    _keep(con, attempt(con, model, moved, Supplied(con)))


def attempt(
    con: duckdb.DuckDBPyConnection, model: Model, moved: Mapping[str, float], supplied: Supplied
) -> Attempt:
    """What a model finds, or why it did not run."""
    made = Attempt(model)
    try:
        if model.path.parent != HOME:
            import_module("xuncha_lib.models.declared").check_declared(model)
        made.why = broken_inputs(con, model)
        if made.why is None:
            made.seen, made.why = lacking(con, model, supplied)
        if made.why is None:
            made.absent = _villages_without(model, supplied)
            made.rows, made.note = hit_rows(con, model, find(con, model, moved))
    except Exception as error:  # a model file may be anybody's: whatever it does is its own failure
        made.why = _failure(error)
    return made


def _failure(error: Exception) -> str:
    return f"模型出错：{type(error).__name__}: {'；'.join(str(error).splitlines()[:3])[:300]}"


def _keep(con: duckdb.DuckDBPyConnection, made: Attempt) -> None:
    """Append what came of a model to `hit` and `model_run`."""
    hits = 0
    if made.why is None:
        try:
            hits = _store(con, made.model, made.rows)
        except Exception as error:
            made.why = _failure(error)
    status = "ran" if made.why is None else "not_run"
    rows: list[tuple[Any, ...]] = [
        (made.model.id, None, status, made.why or made.note, made.seen, hits)
    ]
    if made.why is None:
        rows += [(made.model.id, code, "not_run", t, 0, 0) for code, t in made.absent.items()]
    append(con, "model_run", rows)


def find(con: duckdb.DuckDBPyConnection, model: Model, moved: Mapping[str, float]) -> pd.DataFrame:
    """What the body of a model finds, with `same_person` narrowed to the level its head allows."""
    gate = model.identity if model.identity is not None else 0
    base = con.execute("SELECT current_database()").fetchall()[0][0]
    con.execute(
        "CREATE OR REPLACE TEMP VIEW same_person AS "
        f'FROM "{base}".main.same_person WHERE level <= {gate}'
    )
    knobs = {k: moved.get(k, v) for k, v in model.knobs.items()}
    if model.is_sql:
        used = {k: v for k, v in knobs.items() if re.search(rf"\${k}\b", model.body)}
        check_limits(con, model)
        query = model.body.strip().rstrip(";")
        return con.execute(f"FROM ({query}\n) LIMIT {MOST_FOUND + 1}", used).df()
    found = _module(model).find(con, knobs)
    return found if isinstance(found, pd.DataFrame) else pd.DataFrame(found)


def _module(model: Model) -> Any:
    """The Python of a model: of the package, or of the round's own folder."""
    if model.path.parent == HOME:
        return import_module(f"xuncha_lib.models.{model.path.stem}")
    name = f"xuncha_round_{model.path.stem}"
    spec = spec_from_file_location(name, model.path)
    if spec is None or spec.loader is None:
        raise BadModel(model.path.name, "不能作为 Python 载入", "请检查文件")
    module = module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    if not hasattr(module, "find"):
        raise BadModel(model.path.name, "没有函数 find(con, knobs)", "请照 models/README.md 补上")
    return module


def lacking(
    con: duckdb.DuckDBPyConnection, model: Model, supplied: Supplied | None = None
) -> tuple[int, str | None]:
    """Rows in the tables a model needs, and why it cannot run (None when it can)."""
    there, seen, lacks = supplied or Supplied(con), 0, []
    for name, columns in model.needs.items():
        label = table_label(name)
        known = there.columns(name)
        if not known:
            raise unknown(f"{model.id} 需要的表", name, load_tables())
        if stray := [column for column in columns if column not in known]:
            raise unknown(f"{model.id} 需要的列 {name}", stray[0], known)
        seen += there.rows(name)
        if not there.rows(name):
            lacks.append(f"缺{label}")
        else:
            empty = [column for column in columns if not there.is_filled(name, column)]
            lacks += [f"{label}缺{column_label(name, column)}" for column in empty]
    for name in model.limits:
        if not con.execute("SELECT 1 FROM limit_value WHERE name = ? LIMIT 1", [name]).fetchall():
            lacks.append(f"缺标准 {name}{_near(con, name)}")
    return seen, "；".join(lacks) or None


def _near(con: duckdb.DuckDBPyConnection, name: str) -> str:
    """The known limit that a misspelt one may have meant."""
    known = [row[0] for row in con.execute("SELECT DISTINCT name FROM limit_value").fetchall()]
    near = get_close_matches(name, sorted(known), n=1, cutoff=0.8)
    return f"（是不是要写 {near[0]}？）" if near else ""


def _villages_without(model: Model, supplied: Supplied) -> dict[str, str]:
    """Village → what it did not hand in, of the tables a model needs."""
    absent: dict[str, str] = {}
    for name in model.needs:
        label = table_label(name)
        for code in supplied.villages_without(name):
            absent[code] = f"{absent[code]}；缺{label}" if code in absent else f"缺{label}"
    return absent


def _text(value: Any) -> str:
    """A value as a sentence shows it: dates without time, money without needless decimals."""
    if isinstance(value, (pd.Timestamp, date)):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float):
        return f"{value:.0f}" if value == int(value) else f"{value:.2f}".rstrip("0")
    return str(value)


def hit_rows(
    con: duckdb.DuckDBPyConnection, model: Model, found: pd.DataFrame
) -> tuple[list[dict[str, Any]], str | None]:
    """What a model found as rows of `hit`, in a fixed order; and what is to be said about those left out."""
    if lacks := [column for column in OWED if column not in found.columns]:
        raise BadModel(model.path.name, f"查询结果缺少列 {'、'.join(lacks)}", "请补上")
    if strange := set(found["subject_kind"].dropna()) - set(SUBJECT_KINDS):
        raise unknown(f"{model.id} 的 subject_kind", str(sorted(strange)[0]), SUBJECT_KINDS)
    told = check_reason(model, found.columns, OPTIONAL)
    villages = con.execute("SELECT count(*) FROM village").fetchall()[0][0]
    found, note = bounded(model, found, villages)
    rows = []
    for record in found.to_dict("records"):
        clean = {k: None if _is_missing(v) else v for k, v in record.items()}
        full = OPTIONAL | clean
        if full["evidence"] is None or not len(full["evidence"]):
            continue
        words = {k: _text(full[k]) if full[k] is not None else "（未填）" for k in told}
        rows.append({
            **{k: full[k] for k in (*OWED, *OPTIONAL)},
            "reason": model.reason.format_map(words),
            "p": _chance(model, full),
            "evidence": sorted({int(i) for i in full["evidence"]}),
            "context": sorted({int(i) for i in (full["context"] if full["context"] is not None else ())}),
        })  # fmt: skip
    rows.sort(key=lambda r: (r["village_code"] or "", r["subject_key"], r["evidence"], r["reason"]))
    return rows, note


def _store(con: duckdb.DuckDBPyConnection, model: Model, rows: list[dict[str, Any]]) -> int:
    """Append hits; how many."""
    start = con.execute("SELECT coalesce(max(hit_id), 0) FROM hit").fetchall()[0][0]
    append(con, "hit", [
        (start + n, model.id, r["village_code"], r["subject_kind"], r["subject_key"], r["subject"],
         r["reason"], _plain(r["amount_yuan"]), _plain(r["first_on"]), _plain(r["last_on"]), _plain(r["level"]),
         _plain(r["namesakes"]), r["p"], r["explained"], r["evidence"], r["context"])
        for n, r in enumerate(rows, 1)
    ])  # fmt: skip
    return len(rows)


def _chance(model: Model, found: dict[str, Any]) -> float:
    """The query's own p, else the prior, less where the persons were joined on less than an ID."""
    if found["p"] is not None:
        return float(found["p"])
    return model.prior * (1.0 if found["level"] is None else _LEVEL_WEIGHT[int(found["level"])])


def _plain(value: Any) -> Any:
    """A timestamp as its date, a number as a float or int: what the columns of `hit` hold."""
    if isinstance(value, pd.Timestamp):
        return value.date()
    return value if value is None or isinstance(value, date) else float(value)


def _is_missing(value: Any) -> bool:
    return value is None or (not hasattr(value, "__len__") and bool(pd.isna(value)))
