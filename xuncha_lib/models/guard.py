"""What keeps one model file from costing the others anything: bounds on what it finds, names for what is wrong in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import duckdb
import pandas as pd

from xuncha_lib.errors import BadModel, unknown
from xuncha_lib.models.head import Model
from xuncha_lib.models.shared import prepared_errors

MOST_FOUND = 1_000_000
"""A model that finds more than this is taken for a mistake."""
MOST_A_VILLAGE = 200
MOST_KEPT = 100_000

_WORD = re.compile(r"\w+")
_LIMIT_USED = re.compile(r"limit_at\(\s*'(\w+)'")
_FIELD = re.compile(r"(?<!{){(\w+)[^{}]*}(?!})")


def bounded(model: Model, found: pd.DataFrame, villages: int) -> tuple[pd.DataFrame, str | None]:
    """The hits that are kept, and what is to be said about the others (None when all are).

    At most MOST_A_VILLAGE a village and MOST_KEPT in all: those with the largest amounts, the same ones every time.
    """
    if len(found) > MOST_FOUND:
        raise BadModel(
            model.path.name,
            f"命中超过{MOST_FOUND:,}条，没有采用",
            "条件多半写得太宽，请收紧后再运行",
        )
    most = max(min(MOST_A_VILLAGE, MOST_KEPT // max(villages, 1)), 1)
    if len(found) <= most:
        return found, None
    order = found.assign(
        _amount=found.get("amount_yuan", 0.0),
        _key=found["subject_key"].astype(str),
        _rows=found["evidence"].map(lambda rows: str(sorted(rows)) if rows is not None else ""),
    ).sort_values(["_amount", "_key", "_rows"], ascending=[False, True, True], na_position="last")
    place = order.groupby("village_code", dropna=False).cumcount()
    kept = found.loc[order.index[place < most].sort_values()]
    if len(kept) == len(found):
        return found, None
    return (
        kept,
        f"命中{len(found):,}条，过多：每村只保留金额最大的{most}条，共{len(kept):,}条；请检查条件",
    )


def broken_inputs(con: duckdb.DuckDBPyConnection, model: Model) -> str | None:
    """Why a model must not run because a shared table it reads could not be made."""
    errors = prepared_errors(con)
    used = (set(_WORD.findall(model.body)) | {*model.needs, *model.uses}) & set(errors)
    return f"共用表 {sorted(used)[0]} 没有算出来：{errors[sorted(used)[0]]}" if used else None


def check_limits(con: duckdb.DuckDBPyConnection, model: Model) -> None:
    """A limit that the query asks for but neither the head names nor any table of limits knows is an UnknownName."""
    known = {row[0] for row in con.execute("SELECT DISTINCT name FROM limit_value").fetchall()}
    for name in dict.fromkeys(_LIMIT_USED.findall(model.body)):
        if name not in known and name not in model.limits:
            raise unknown(f"{model.id} 用到的标准", name, known | set(model.limits))


def check_reason(model: Model, columns: Iterable[str], extra: Mapping[str, object]) -> list[str]:
    """Names that the reason fills in; one that is no column of the result is an UnknownName."""
    known, named = {*columns, *extra}, list(dict.fromkeys(_FIELD.findall(model.reason)))
    for name in named:
        if name not in known:
            raise unknown(f"{model.path.name} 提示语中的 {{{name}}}", name, known)
    return named
