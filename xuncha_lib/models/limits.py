"""Dated limits from CSV files into `limit_value`: shipped reference values, then what the round brought."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from xuncha_lib.errors import XunchaError

SHIPPED = Path(__file__).resolve().parents[2] / "data" / "limits"
COLUMNS = {
    "name": "VARCHAR", "place": "VARCHAR", "valid_from": "DATE", "valid_to": "DATE",
    "value": "DOUBLE", "unit": "VARCHAR", "source": "VARCHAR",
}  # fmt: skip


def load_limits(con: duckdb.DuckDBPyConnection, folders: Sequence[Path] = (SHIPPED,)) -> None:
    """Fill `limit_value` anew from every CSV of the folders, later folders overriding earlier ones.

    A row of a later folder replaces the rows of the same name and place before it.
    """
    con.execute(
        f"CREATE OR REPLACE TABLE limit_value ({', '.join(f'{k} {v}' for k, v in COLUMNS.items())})"
    )
    for folder in folders:
        paths = sorted(folder.glob("*.csv"))
        if not paths:
            continue
        try:
            con.execute(
                "CREATE OR REPLACE TEMP TABLE fresh_limit AS SELECT name, place, valid_from, valid_to, "
                "value, unit, source FROM read_csv(?, header = true, columns = ?, nullstr = '')",
                [[str(path) for path in paths], COLUMNS],
            )
        except duckdb.Error as error:
            raise XunchaError(
                str(folder), str(error).splitlines()[0], f"列应为 {','.join(COLUMNS)}"
            ) from error
        con.execute(
            "DELETE FROM limit_value WHERE (name, place) IN (SELECT (name, place) FROM fresh_limit)"
        )
        con.execute(
            "INSERT INTO limit_value SELECT * FROM fresh_limit ORDER BY name, place, valid_from"
        )
        con.execute("DROP TABLE fresh_limit")


def ensure_limits(con: duckdb.DuckDBPyConnection) -> None:
    """Load the shipped reference values unless the case already has a table of limits."""
    known = con.execute(
        "SELECT 1 FROM duckdb_tables() WHERE table_name = 'limit_value' LIMIT 1"
    ).fetchall()
    if not known:
        load_limits(con)
