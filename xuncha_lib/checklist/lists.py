"""The twelve personalised lists: which village gets which, told by the tables of the round."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from xuncha_lib.checklist.forms import load_checklist
from xuncha_lib.errors import XunchaError, unknown
from xuncha_lib.knowledge import read_yaml
from xuncha_lib.store import append
from xuncha_lib.tables import load_tables

_KEYS = {"zh", "forms", "needs", "knobs", "sql"}
_PREPARED_ZH = {"money": "T05收支明细或T06序时账", "cadre": "T02村“两委”成员"}


@dataclass(frozen=True)
class PersonalList:
    """needs: tables without which nobody can say who gets it.   sql: village_code, fits, why.   knobs: its numbers."""

    id: str
    zh: str
    forms: tuple[str, ...]
    needs: tuple[str, ...]
    sql: str
    knobs: dict[str, float] = field(default_factory=dict)

    @property
    def query(self) -> str:
        """The rule with its numbers filled in; `{}` of DuckDB's format stays as it is."""
        text = self.sql
        for name, value in self.knobs.items():
            text = text.replace(f"{{{name}}}", str(value))
        return text


@cache
def load_lists() -> tuple[str, dict[str, PersonalList]]:
    """What is computed once before the rules, and the lists by id; a form or key that does not exist is an UnknownName."""
    path = Path(__file__).with_name("lists.yml")
    entry: dict[str, Any] = read_yaml(path.read_text(encoding="utf-8"))
    lists = {}
    for key, spec in entry["lists"].items():
        if surplus := sorted(set(spec) - _KEYS):
            raise unknown(f"{path.name} · {key} 的键", surplus[0], _KEYS)
        for form in spec["forms"]:
            if form not in load_checklist().forms:
                raise unknown(f"{path.name} · {key} 的表现形式", form, load_checklist().forms)
        if not spec.get("needs"):
            raise XunchaError(path.name, f"{key} 没有写 needs", "写出规则依据的表")
        lists[key] = PersonalList(
            key, spec["zh"], tuple(spec["forms"]), tuple(spec["needs"]), spec["sql"],
            dict(spec.get("knobs") or {}),
        )  # fmt: skip
    return entry["prepare"], lists


def assign_lists(con: duckdb.DuckDBPyConnection) -> None:
    """Fill `village_list`: one row per village and list; fits is NULL where the tables do not say, and why tells what lacks."""
    con.execute(
        "CREATE OR REPLACE TABLE village_list (village_code VARCHAR, list_id VARCHAR, fits BOOLEAN, why VARCHAR)"
    )
    prepare, lists = load_lists()
    villages = [
        row[0] for row in con.execute("SELECT village_code FROM village ORDER BY 1").fetchall()
    ]
    failed = _failed(con, prepare)
    for item in lists.values():
        lacks = failed or _lacks(con, item)
        told: dict[str, tuple[bool, str]] = {}
        if not lacks:
            try:
                told = {
                    code: (bool(fits), why)
                    for code, fits, why in con.execute(item.query).fetchall()
                }
                lacks = f"本村{'、'.join(map(_label, item.needs))}不足以判断"
            except duckdb.Error as error:
                lacks = f"规则出错：{str(error).splitlines()[0][:120]}"
        append(con, "village_list", [
            (code, item.id, *told.get(code, (None, f"无法判断：{lacks}"))) for code in villages
        ])  # fmt: skip


def _failed(con: duckdb.DuckDBPyConnection, prepare: str) -> str:
    try:
        con.execute(prepare)
    except duckdb.Error as error:
        return f"规则出错：{str(error).splitlines()[0][:120]}"
    return ""


def _lacks(con: duckdb.DuckDBPyConnection, item: PersonalList) -> str:
    empty = []
    for name in item.needs:
        try:
            if not con.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchall():
                empty.append(_label(name))
        except duckdb.CatalogException:
            empty.append(_label(name))
    return f"缺{'、缺'.join(empty)}" if empty else ""


def _label(name: str) -> str:
    table = load_tables().get(name)
    return f"{table.kind}{table.zh}" if table else _PREPARED_ZH.get(name, name)
