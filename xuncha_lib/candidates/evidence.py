"""What each cited row says, in one masked Chinese line, and where it stands."""

from __future__ import annotations

from collections import Counter

import duckdb
import pandas as pd

from xuncha_lib.masks import mask_text
from xuncha_lib.tables import Column, Table, load_tables

_MOST = 8
"""Values shown per row: enough to recognise it, short enough to read in a table."""

_SHOWN = {
    "yuan": "replace(CASE WHEN {0} < 0 THEN '-' ELSE '' END || format('{{:,}}', CAST(trunc(abs({0})) AS BIGINT))"
    " || right(CAST(CAST({0} AS DECIMAL(18, 2)) AS VARCHAR), 3) || '元', '.00元', '元')",
    "mu": "rtrim(rtrim(CAST(CAST({0} AS DECIMAL(14, 3)) AS VARCHAR), '0'), '.') || '亩'",
    "month": "strftime({0}, '%Y年%m月')",
    "flag": "'：' || CASE WHEN {0} THEN '是' ELSE '否' END",
    "date": "strftime({0}, '%Y-%m-%d')",
}
"""SQL for the value of a column of each type; of the other types it is the value itself, behind a colon."""


def summaries(con: duckdb.DuckDBPyConnection, row_ids: set[int]) -> dict[int, str]:
    """Row id → what the row says ("2023-05-01 低保 300元 享受人：王建国"), for rows of any canonical table."""
    con.register("wanted_rows", pd.DataFrame({"row_id": sorted(row_ids)}, dtype="int64"))
    tables = [t for t in load_tables().values() if not t.derived and _pick(con, t)]
    con.unregister("wanted_rows")
    _name_people(con, tables)
    found: dict[int, str] = {}
    repeats: Counter[int] = Counter()
    for table in tables:
        for row_id, line in con.execute(_lines(con, table)).fetchall():
            repeats[row_id] += 1
            if row_id not in found:
                found[row_id] = mask_text(line)
        con.execute(f"DROP TABLE temp.wanted_{table.name}")
    return {
        row: text if repeats[row] == 1 else f"{text}（本行共{repeats[row]}笔）"
        for row, text in found.items()
    }


def _pick(con: duckdb.DuckDBPyConnection, table: Table) -> bool:
    """Copy the wanted rows of a table, in their order, to `wanted_<table>`; whether there are any."""
    wanted = f"{table.name} t SEMI JOIN wanted_rows USING (row_id)"
    if not con.execute(f"SELECT 1 FROM {wanted} LIMIT 1").fetchall():
        return False
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE wanted_{table.name} AS SELECT t.* FROM {wanted} ORDER BY t.rowid"
    )
    return True


def _name_people(con: duckdb.DuckDBPyConnection, tables: list[Table]) -> None:
    """Everybody in the wanted rows, as written, into `wanted_name`."""
    ids = [f"SELECT {r.name} AS mention_id FROM wanted_{t.name}" for t in tables for r in t.roles]
    people = " UNION ALL ".join(ids) or "SELECT NULL::BIGINT AS mention_id"
    con.execute(
        "CREATE OR REPLACE TEMP TABLE wanted_name AS SELECT mention_id, coalesce(name_raw, name) AS name "
        f"FROM mention SEMI JOIN ({people}) USING (mention_id)"
    )


def _lines(con: duckdb.DuckDBPyConnection, table: Table) -> str:
    """Query for (row_id, line) of the wanted rows: the first values of a row, then who stands in it."""
    columns = {row[0] for row in con.execute(f"DESCRIBE wanted_{table.name}").fetchall()}
    cells = ", ".join(_cell(column) for column in table.columns)
    joins, roles = [], []
    for n, role in enumerate(table.roles):
        joins.append(f"LEFT JOIN wanted_name n{n} ON n{n}.mention_id = t.{role.name}")
        written = f"t.{role.name}_name" if f"{role.name}_name" in columns else "NULL"
        name = f"CASE WHEN t.{role.name} IS NOT NULL THEN n{n}.name ELSE {written} END"
        roles.append(f"'{role.zh}：' || nullif({name}, '')")
    shown = f"list_filter([{cells}], lambda x: x IS NOT NULL)[:{_MOST}]"
    people = f"list_filter([{', '.join(roles)}], lambda x: x IS NOT NULL)"
    return (
        f"SELECT t.row_id, array_to_string(['{table.zh}'] || {shown} || {people}, ' ｜ ') "
        f"FROM wanted_{table.name} t {' '.join(joins)} ORDER BY t.rowid"
    )


def _cell(column: Column) -> str:
    """SQL for a value with its Chinese name; NULL where the cell is empty."""
    value = f't."{column.name}"'
    if column.type in _SHOWN:
        return f"'{column.zh}' || {_SHOWN[column.type].format(value)}"
    return f"'{column.zh}：' || nullif(CAST({value} AS VARCHAR), '')"
