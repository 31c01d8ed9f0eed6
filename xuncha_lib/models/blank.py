"""A case with nothing in it: every table a model may read, empty."""

from __future__ import annotations

import duckdb

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
    "has_name_in VARCHAR, of_round BOOLEAN",
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
