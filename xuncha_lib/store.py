"""Many rows into a DuckDB table at once: the driver's executemany takes milliseconds a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb
import pyarrow as pa


def append(con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Sequence[Any]]) -> None:
    """Append rows, each with a value for every column of `table`, in the table's own column order."""
    if not rows:
        return
    schema = con.sql(f"SELECT * FROM {table} LIMIT 0").to_arrow_table().schema
    columns = zip(*rows, strict=True)
    arrays = [pa.array(list(c), type=f.type) for c, f in zip(columns, schema, strict=True)]
    con.register("rows_to_append", pa.table(arrays, schema=schema))
    con.execute(f"INSERT INTO {table} FROM rows_to_append")
    con.unregister("rows_to_append")
