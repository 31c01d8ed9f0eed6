"""The tables ingest fills besides the canonical ones, and bulk insertion."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pyarrow as pa

BASE_TABLES: dict[str, dict[str, str]] = {
    "source_file": {
        "file_id": "INTEGER", "path": "VARCHAR", "sha256": "VARCHAR", "bytes": "BIGINT", "status": "VARCHAR", "why": "VARCHAR",
        "todo": "VARCHAR", "reader": "VARCHAR",
    },
    "sheet": {
        "sheet_id": "INTEGER", "file_id": "INTEGER", "sheet": "VARCHAR", "status": "VARCHAR", "table_name": "VARCHAR", "kind": "VARCHAR",
        "why": "VARCHAR", "nearest": "VARCHAR", "missing": "VARCHAR", "header_row": "INTEGER", "header_rows": "INTEGER",
        "is_hidden": "BOOLEAN", "unit": "VARCHAR", "village_code": "VARCHAR", "period_on": "DATE", "rows": "INTEGER",
    },
    "source_row": {
        "row_id": "BIGINT", "sheet_id": "INTEGER", "row": "INTEGER", "fate": "VARCHAR", "is_hidden": "BOOLEAN", "content": "VARCHAR",
    },
    "reject": {"row_id": "BIGINT", "column_zh": "VARCHAR", "value": "VARCHAR", "why": "VARCHAR"},
    "control_total": {"row_id": "BIGINT", "column": "VARCHAR", "stated": "DOUBLE", "summed": "DOUBLE", "agrees": "BOOLEAN"},
    "footer": {"row_id": "BIGINT", "text": "VARCHAR"},
    "comment": {"row_id": "BIGINT", "text": "VARCHAR"},
    "damaged": {"row_id": "BIGINT", "column": "VARCHAR", "value": "VARCHAR", "why": "VARCHAR"},
    "village": {
        "village_code": "VARCHAR", "village_name": "VARCHAR", "town": "VARCHAR", "county": "VARCHAR", "region_code": "VARCHAR",
        "population": "INTEGER", "households": "INTEGER", "farmland_mu": "DOUBLE", "has_name_in": "VARCHAR",
        "of_round": "BOOLEAN",
    },
    "village_unknown": {"sheet_id": "INTEGER", "text": "VARCHAR", "rows": "INTEGER"},
    "mention": {
        "mention_id": "BIGINT", "name_raw": "VARCHAR", "name": "VARCHAR", "id_raw": "VARCHAR", "id_no": "VARCHAR", "id_state": "VARCHAR",
        "id_mask": "VARCHAR", "phone": "VARCHAR", "bank_no": "VARCHAR", "birth_on": "DATE", "sex": "VARCHAR", "village_code": "VARCHAR",
        "group_no": "VARCHAR", "head_name": "VARCHAR", "name_state": "VARCHAR", "namesakes": "INTEGER",
    },
    "setting": {"key": "VARCHAR", "value": "VARCHAR"},
}  # fmt: skip
"""Table → column → DuckDB type. `village.of_round`: false where only bureaus' rolls name it.

`village_unknown`: rows whose village could not be told, by the text that named it."""

ORIGIN = """
CREATE OR REPLACE VIEW row_origin AS
SELECT row_id, path AS file, sheet, "row" FROM source_row JOIN sheet USING (sheet_id) JOIN source_file USING (file_id)
"""

COMPANY_FACTS = """
UPDATE business_person AS p SET
    state = coalesce(p.state, b.state), is_active = coalesce(p.is_active, b.is_active), founded_on = coalesce(p.founded_on, b.founded_on),
    closed_on = coalesce(p.closed_on, b.closed_on), uscc = coalesce(p.uscc, b.uscc), company_kind = coalesce(p.company_kind, b.company_kind),
    capital_yuan = coalesce(p.capital_yuan, b.capital_yuan), phone = coalesce(p.phone, b.phone), address = coalesce(p.address, b.address),
    company = coalesce(p.company, b.company), company_org = coalesce(p.company_org, b.company_org)
FROM (
    SELECT q.rowid AS at, f.* FROM business_person q LEFT JOIN (SELECT DISTINCT uscc FROM business) k ON k.uscc = q.uscc
    JOIN (
        SELECT uscc AS firm, arg_min(COLUMNS(* EXCLUDE row_id), row_id) FROM business WHERE uscc IS NOT NULL GROUP BY firm
        UNION ALL BY NAME
        SELECT company_org AS firm, arg_min(COLUMNS(* EXCLUDE row_id), row_id) FROM business
        WHERE company_org IS NOT NULL GROUP BY firm
    ) f ON f.firm = coalesce(k.uscc, q.company_org)
) AS b
WHERE b.at = p.rowid
"""
"""A list of shareholders says who, the register says whether the company still exists: the one completes the other.

By credit code where the register has it, else (none, or a mistyped one) by name."""

ARROW = {"INTEGER": pa.int32(), "BIGINT": pa.int64(), "VARCHAR": pa.string(), "DATE": pa.date32(), "BOOLEAN": pa.bool_(),
          "DOUBLE": pa.float64()}  # fmt: skip


def create(con: Any, canonical: dict[str, dict[str, str]], kept: Collection[str] = ()) -> None:
    """Make every table anew but those to be kept; what an earlier ingest left in the others is dropped."""
    for name, columns in (BASE_TABLES | canonical).items():
        if name not in kept:
            body = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
            con.execute(f"CREATE OR REPLACE TABLE {name} ({body})")
    con.execute(ORIGIN)


def drop_others(con: Any, canonical: Collection[str]) -> None:
    """Drop tables that an earlier version of the library knew and this one does not."""
    for (name,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall():
        if name not in BASE_TABLES and name not in canonical:
            con.execute(f'DROP TABLE "{name}"')


def insert(con: Any, name: str, columns: dict[str, str], data: dict[str, list[Any]]) -> None:
    """Append columns of equal length; decimals are rounded by DuckDB."""
    if not data or not next(iter(data.values())):
        return
    arrays = [
        pa.array(data[column], ARROW.get(kind, pa.float64())) for column, kind in columns.items()
    ]
    con.register("incoming", pa.Table.from_arrays(arrays, list(columns)))
    con.execute(f"INSERT INTO {name} SELECT * FROM incoming")
    con.unregister("incoming")


def columns_of(rows: list[tuple[Any, ...]], columns: dict[str, str]) -> dict[str, list[Any]]:
    """Rows turned into named columns."""
    return dict(zip(columns, map(list, zip(*rows, strict=True)), strict=True)) if rows else {}
