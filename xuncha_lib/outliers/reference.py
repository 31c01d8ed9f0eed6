"""Yardsticks kept in a file: a village added later is measured by them, and changes nobody else's."""

from __future__ import annotations

from pathlib import Path

import duckdb

from xuncha_lib.errors import UnreadableFile

TABLES = (
    "ref_size", "ref_amount", "ref_rank", "ref_template", "ref_account", "ref_item", "ref_posting", "ref_name", "ref_seller", "ref_goods",
)  # fmt: skip


def save_reference(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Write the reference tables into a new database file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    con.execute(f"ATTACH '{_quoted(path)}' AS kept")
    for table in (*TABLES, "used_by"):
        con.execute(f"CREATE OR REPLACE TABLE kept.{table} AS FROM {table}")
    con.execute("CREATE OR REPLACE TABLE kept.version AS SELECT version() AS duckdb")
    con.execute("DETACH kept")


def load_reference(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Take the reference tables from a file; one written by another DuckDB (other hashes) is refused."""
    try:
        con.execute(f"ATTACH '{_quoted(path)}' AS kept (READ_ONLY)")
        made = con.execute("SELECT duckdb = version() FROM kept.version").fetchone()
    except duckdb.Error as error:
        raise UnreadableFile(str(path), "参照文件打不开", "请删除后重新生成") from error
    if not made or not made[0]:
        raise UnreadableFile(str(path), "参照文件由另一版本的 DuckDB 写出", "请删除后重新生成")
    for table in (*TABLES, "used_by"):
        con.execute(f"CREATE OR REPLACE TABLE {table} AS FROM kept.{table}")
    con.execute("CREATE OR REPLACE TABLE panel AS SELECT v FROM vil")
    con.execute("DETACH kept")


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
