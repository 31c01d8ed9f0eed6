"""Opening a case: one DuckDB file, never a network wait, read-only wherever nothing is written."""

from __future__ import annotations

from pathlib import Path

import duckdb

from xuncha_lib.errors import UnreadableFile
from xuncha_lib.store import OFFLINE


def connect(path: Path | str, *, read_only: bool = True) -> duckdb.DuckDBPyConnection:
    """Connection to a case file; a missing one is an UnreadableFile when opened to read."""
    if read_only and not Path(path).is_file():
        raise UnreadableFile(str(path), "没有这个案卷文件", "先运行 xuncha ingest 或 xuncha run")
    try:
        return duckdb.connect(str(path), read_only=read_only, config=OFFLINE)
    except duckdb.Error as error:
        raise UnreadableFile(
            str(path), f"打不开案卷：{str(error).splitlines()[0]}", "请确认没有其他程序正在写它"
        ) from error


def require(con: duckdb.DuckDBPyConnection, table: str, todo: str) -> None:
    """An UnreadableFile saying what to do first where a case lacks a table."""
    query = "SELECT 1 FROM duckdb_tables() WHERE table_name = ?"
    if not con.execute(query, [table]).fetchall():
        raise UnreadableFile("案卷", "还没有做到这一步", todo)


_open: dict[tuple[str, int], duckdb.DuckDBPyConnection] = {}


def shared(path: Path) -> duckdb.DuckDBPyConnection:
    """One read-only connection per case and process, made again when the file changed."""
    full = path.resolve()
    key = (str(full), full.stat().st_mtime_ns if full.is_file() else 0)
    if key not in _open:
        for old in [known for known in _open if known[0] == key[0]]:
            _open.pop(old).close()
        _open[key] = connect(full)
    return _open[key]


def release() -> None:
    """Close the shared connections, so that the case can be written again."""
    while _open:
        _open.popitem()[1].close()
