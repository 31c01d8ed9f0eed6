"""What each cited row says, in one masked Chinese line, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb

from xuncha_lib.candidates.keys import context
from xuncha_lib.masks import LONG, mask_text
from xuncha_lib.store import append
from xuncha_lib.tables import Column, Table, load_tables

Hit = dict[str, Any]
_MOST = 8
"""Values shown per row: enough to recognise it, short enough to read in a table."""

_SHOWN = {
    "yuan": "replace(CASE WHEN {0} < 0 THEN '-' ELSE '' END || format('{{:,}}', CAST(trunc(abs({0})) AS BIGINT))"
    " || right(CAST(CAST({0} AS DECIMAL(18, 2)) AS VARCHAR), 3) || '元', '.00元', '元')",
    "mu": "rtrim(rtrim(CAST(CAST({0} AS DECIMAL(14, 3)) AS VARCHAR), '0'), '.') || '亩'",
    "flag": "'：' || CASE WHEN {0} THEN '是' WHEN NOT {0} THEN '否' END",
    "date": "strftime({0}, '%Y-%m-%d')",
}
"""SQL for a value of a type, to stand behind the column's name; of the other types it is the value itself, behind a colon."""


_CITING = """
CREATE OR REPLACE TEMP TABLE citing (
    item INTEGER, hit INTEGER, candidate_id VARCHAR, model_id VARCHAR, role VARCHAR, rows BIGINT[])
"""
_CITED = """
CREATE OR REPLACE TEMP TABLE cited AS
SELECT item, candidate_id, model_id, row_id, min(hit) AS hit, arg_min(role, hit) AS role
FROM (SELECT * EXCLUDE (rows), unnest(rows) AS row_id FROM citing) GROUP BY ALL
"""
_EVIDENCE = """
INSERT INTO evidence
SELECT c.candidate_id, c.model_id, c.role, c.row_id, o.file, o.sheet, o."row", coalesce(s.text, '')
FROM cited c JOIN row_origin o USING (row_id) LEFT JOIN said s USING (row_id) ORDER BY c.item, c.hit, c.row_id
"""


def cite(con: duckdb.DuckDBPyConnection, candidates: Sequence[tuple[str, Sequence[Hit]]]) -> None:
    """Fill `evidence` for candidates given as (id, hits): first the rows that are the fact, then those that support it."""
    lines = []
    for item, (key, hits) in enumerate(candidates):
        for n, hit in enumerate(hits):
            for m, (role, rows) in enumerate((("主证", hit["evidence"]), ("佐证", context(hit)))):
                lines.append((item, 2 * n + m, key, hit["model_id"], role, list(rows)))
    con.execute(_CITING)
    append(con, "citing", lines)
    con.execute(_CITED)
    _say(con)
    con.execute(_EVIDENCE)
    for table in ("citing", "cited", "said", "wanted_name"):
        con.execute(f"DROP TABLE temp.{table}")


def _say(con: duckdb.DuckDBPyConnection) -> None:
    """What each cited row says ("2023-05-01 低保 300元 享受人：王建国"), masked, as the table `said`."""
    con.execute("CREATE OR REPLACE TEMP TABLE wanted_row AS SELECT DISTINCT row_id FROM cited")
    tables = [t for t in load_tables().values() if not t.derived and _pick(con, t)]
    _name_people(con, tables)
    con.execute(
        "CREATE OR REPLACE TEMP TABLE line (place INTEGER, n BIGINT, row_id BIGINT, text VARCHAR)"
    )
    for place, table in enumerate(tables):
        con.execute(f"INSERT INTO line SELECT {place}, * FROM ({_lines(con, table)})")
        con.execute(f"DROP TABLE temp.wanted_{table.name}")
    con.execute(
        """CREATE OR REPLACE TEMP TABLE said AS SELECT row_id, any_value(text ORDER BY place, n) ||
           CASE WHEN count(*) > 1 THEN '（本行共' || count(*) || '笔）' ELSE '' END AS text FROM line GROUP BY row_id"""
    )
    con.execute("DROP TABLE temp.line; DROP TABLE temp.wanted_row")
    digits = LONG.pattern.replace(r"\d", r"\p{Nd}")
    shown = con.execute("SELECT row_id, text FROM said WHERE regexp_matches(text, ?)", [digits])
    masked = [(row_id, mask_text(text)) for row_id, text in shown.fetchall()]
    con.execute("CREATE OR REPLACE TEMP TABLE masked (row_id BIGINT, text VARCHAR)")
    append(con, "masked", masked)
    con.execute(
        "UPDATE said SET text = m.text FROM masked m WHERE m.row_id = said.row_id; DROP TABLE temp.masked"
    )


def _pick(con: duckdb.DuckDBPyConnection, table: Table) -> bool:
    """Copy the wanted rows of a table, in their order, to `wanted_<table>`; whether there are any."""
    made = con.execute(
        f"CREATE OR REPLACE TEMP TABLE wanted_{table.name} AS SELECT t.* FROM {table.name} t "
        "SEMI JOIN wanted_row USING (row_id) ORDER BY t.rowid"
    ).fetchall()
    if not made[0][0]:
        con.execute(f"DROP TABLE temp.wanted_{table.name}")
    return bool(made[0][0])


def _name_people(con: duckdb.DuckDBPyConnection, tables: list[Table]) -> None:
    """Everybody in the wanted rows, as written, into `wanted_name`."""
    ids = [f"SELECT {r.name} AS mention_id FROM wanted_{t.name}" for t in tables for r in t.roles]
    people = " UNION ALL ".join(ids) or "SELECT NULL::BIGINT AS mention_id"
    con.execute(
        "CREATE OR REPLACE TEMP TABLE wanted_name AS SELECT mention_id, coalesce(name_raw, name) AS name "
        f"FROM mention SEMI JOIN ({people}) USING (mention_id)"
    )


def _lines(con: duckdb.DuckDBPyConnection, table: Table) -> str:
    """Query for (place in the table, row_id, line) of the wanted rows: the first values, then who stands in the row."""
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
        f"SELECT t.rowid, t.row_id, array_to_string(['{table.zh}'] || {shown} || {people}, ' ｜ ') "
        f"FROM wanted_{table.name} t {' '.join(joins)}"
    )


def _cell(column: Column) -> str:
    """SQL for a value with its Chinese name; NULL where the cell is empty."""
    value = f't."{column.name}"'
    if column.type == "month":
        return f"strftime({value}, '%Y年%m月')"
    if column.type in _SHOWN:
        return f"'{column.zh}' || {_SHOWN[column.type].format(value)}"
    return f"'{column.zh}：' || nullif(CAST({value} AS VARCHAR), '')"
