"""What each cited row says, in one masked Chinese line, and where it stands."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import duckdb
import pandas as pd

from xuncha_lib.masks import mask_text
from xuncha_lib.tables import Column, Table, load_tables

_MOST = 8
"""Values shown per row: enough to recognise it, short enough to read in a table."""


def summaries(con: duckdb.DuckDBPyConnection, row_ids: set[int]) -> dict[int, str]:
    """Row id → what the row says ("2023-05-01 低保 300元 享受人：王建国"), for rows of any canonical table."""
    con.register("wanted_rows", pd.DataFrame({"row_id": sorted(row_ids)}, dtype="int64"))
    names = _names(con)
    found: dict[int, str] = {}
    repeats: dict[int, int] = defaultdict(int)
    for table in load_tables().values():
        if table.derived:
            continue
        rows = con.execute(
            f"SELECT t.* FROM {table.name} t SEMI JOIN wanted_rows w ON t.row_id = w.row_id"
        )
        columns = [description[0] for description in rows.description]
        for values in rows.fetchall():
            record = dict(zip(columns, values, strict=True))
            row_id = record["row_id"]
            repeats[row_id] += 1
            if row_id not in found:
                found[row_id] = _line(table, record, names)
    con.unregister("wanted_rows")
    return {
        row: text if repeats[row] == 1 else f"{text}（本行共{repeats[row]}笔）"
        for row, text in found.items()
    }


def _names(con: duckdb.DuckDBPyConnection) -> dict[int, str]:
    """Mention id → name as written, for everybody in the wanted rows."""
    parts = [
        f"SELECT t.{role.name} AS mention_id FROM {table.name} t SEMI JOIN wanted_rows USING (row_id)"
        for table in load_tables().values()
        if not table.derived
        for role in table.roles
    ]
    found = con.execute(
        f"SELECT mention_id, coalesce(name_raw, name) FROM mention SEMI JOIN ({' UNION ALL '.join(parts)}) USING (mention_id)"
    )
    return dict(found.fetchall())


def _line(table: Table, record: dict[str, Any], names: dict[int, str]) -> str:
    parts: list[str] = []
    for column in table.columns:
        value = record[column.name]
        if value is not None and value != "" and len(parts) < _MOST:
            parts.append(_cell(column, value))
    for role in table.roles:
        person = record.get(role.name)
        name = names.get(person, "") if person is not None else record.get(f"{role.name}_name")
        if name:
            parts.append(f"{role.zh}：{name}")
    return mask_text(" ｜ ".join([table.zh, *parts]))


def _cell(column: Column, value: Any) -> str:
    if column.type == "yuan":
        return f"{column.zh}{value:,.2f}元".replace(".00元", "元")
    if column.type == "mu":
        return (
            f"{column.zh}{value:g}亩"
            if isinstance(value, float)
            else f"{column.zh}{value.normalize():f}亩"
        )
    if column.type == "month":
        return f"{value:%Y年%m月}"
    if column.type == "flag":
        return f"{column.zh}：{'是' if value else '否'}"
    if column.type == "date":
        return f"{column.zh}{value:%Y-%m-%d}"
    return f"{column.zh}：{value}"
