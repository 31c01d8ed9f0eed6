"""What of a case is there for models to read: filled tables and columns, villages without a table. Each asked once."""

from __future__ import annotations

from threading import RLock

import duckdb

from xuncha_lib.tables import load_tables

_PREPARED_ZH = {
    "payment": "T13补贴发放花名册", "cadre": "T02村“两委”成员", "kin": "T03亲属或户籍", "org_person": "T14市场主体登记",
    "money": "T05收支明细或T06序时账", "household_member": "T03户籍或T21土地承包", "same_home": "T03户籍或T21土地承包",
    "person_key": "人员比对", "mention": "人员比对", "cancelled": "T05收支明细或T06序时账", "setting": "本轮设置",
    "village": "T01村庄名册", "limit_value": "标准", "signing": "T06序时账制单审核或T05收支明细经办审批",
    "village_pay": "T23村级报酬表或T05收支明细中的报酬", "earning": "T16财政供养、T23工资或公益岗位发放",
    "account_class": "科目", "livelihood": "T23工资、社保公积金或T22经济状况核对",
    "coop_member": "T15盈余分配或T14合作社成员", "share_pct": "持股比例", "coop": "合作社名称", "person": "姓名",
}  # fmt: skip
"""What a prepared table is made of, for the line that says why a model did not run."""


class Supplied:
    """Answers about the tables of one case, kept for as long as the tables do not change; several threads may ask."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._con = con
        self._lock = RLock()
        self._columns: dict[str, set[str]] = {}
        self._rows: dict[str, int] = {}
        self._filled: dict[tuple[str, str], bool] = {}
        self._absent: dict[str, list[str]] = {}

    def columns(self, table: str) -> set[str]:
        """Columns of a table; empty when there is no such table."""
        with self._lock:
            if table not in self._columns:
                found = self._con.execute(
                    "SELECT column_name FROM information_schema.columns WHERE table_name = ?",
                    [table],
                )
                self._columns[table] = {row[0] for row in found.fetchall()}
            return self._columns[table]

    def rows(self, table: str) -> int:
        """Number of rows."""
        with self._lock:
            if table not in self._rows:
                self._rows[table] = self._con.execute(f"SELECT count(*) FROM {table}").fetchall()[
                    0
                ][0]
            return self._rows[table]

    def is_filled(self, table: str, column: str) -> bool:
        """Whether any row has a value in the column."""
        with self._lock:
            if (table, column) not in self._filled:
                found = self._con.execute(
                    f"SELECT 1 FROM {table} WHERE {column} IS NOT NULL LIMIT 1"
                ).fetchall()
                self._filled[table, column] = bool(found)
            return self._filled[table, column]

    def villages_without(self, table: str) -> list[str]:
        """Villages that handed in nothing for a table which other villages did hand in, in order of code."""
        with self._lock:
            if table not in self._absent:
                self._absent[table] = self._villages_without(table)
            return self._absent[table]

    def _villages_without(self, table: str) -> list[str]:
        if "village_code" not in self.columns(table):
            return []
        present = {
            row[0]
            for row in self._con.execute(f"SELECT DISTINCT village_code FROM {table}").fetchall()
        } - {None}
        codes = self._con.execute("SELECT village_code FROM village ORDER BY 1").fetchall()
        return [code for (code,) in codes if present and code is not None and code not in present]


def table_label(name: str) -> str:
    """A table as an inspector knows it: kind and Chinese name."""
    table = load_tables().get(name)
    return f"{table.kind}{table.zh}" if table else _PREPARED_ZH.get(name, name)


def column_label(table: str, column: str) -> str:
    """A column as an inspector knows it."""
    known = load_tables().get(table)
    named = (
        {c.name: c.zh for c in known.columns} | {r.name: r.zh for r in known.roles} if known else {}
    )
    return named.get(column) or _PREPARED_ZH.get(column, column)
