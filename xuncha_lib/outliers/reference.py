"""Yardsticks kept in a file: a village added later is measured by them, and changes nobody else's."""

from __future__ import annotations

from pathlib import Path

import duckdb

from xuncha_lib.errors import UnreadableFile

ALSO = ("used_by", "bank_lag")
"""Kept beside the tables whose name begins with ref_: sellers of several villages, the bank's delay."""


def save_reference(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Write every yardstick into a new database file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    con.execute(f"ATTACH '{_quoted(path)}' AS kept")
    for table in _tables(con, "memory", "WHERE table_name LIKE 'ref!_%' ESCAPE '!'"):
        con.execute(f"CREATE TABLE kept.{table} AS FROM {table}")
    for table in ALSO:
        con.execute(f"CREATE TABLE kept.{table} AS FROM {table}")
    con.execute("CREATE TABLE kept.version AS SELECT version() AS duckdb")
    con.execute("DETACH kept")


def load_reference(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Take the yardsticks from a file; one written by another DuckDB (other hashes) is refused."""
    try:
        con.execute(f"ATTACH '{_quoted(path)}' AS kept (READ_ONLY)")
        made = con.execute("SELECT duckdb = version() FROM kept.version").fetchone()
    except duckdb.Error as error:
        raise UnreadableFile(str(path), "参照文件打不开", "请删除后重新生成") from error
    if not made or not made[0]:
        raise UnreadableFile(str(path), "参照文件由另一版本的 DuckDB 写出", "请删除后重新生成")
    for table in _tables(con, "kept", "WHERE table_name <> 'version'"):
        con.execute(f"CREATE OR REPLACE TABLE {table} AS FROM kept.{table}")
    con.execute("CREATE OR REPLACE TABLE panel AS SELECT v FROM vil")
    con.execute("DETACH kept")


def _tables(con: duckdb.DuckDBPyConnection, database: str, where: str) -> list[str]:
    found = con.execute(
        f"SELECT table_name FROM duckdb_tables() {where} AND database_name = ? AND NOT temporary ORDER BY 1",
        [database],
    )
    return [row[0] for row in found.fetchall()]


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
