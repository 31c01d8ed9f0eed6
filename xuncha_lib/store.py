"""Keeping things: many rows into a DuckDB table at once (executemany takes milliseconds a row), and locks on files."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import duckdb

OFFLINE: dict[str, Any] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
"""How DuckDB is opened: a missing extension would otherwise be looked for on the network, a second each time."""


def append(con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Sequence[Any]]) -> None:
    """Append rows, each with a value for every column of `table`, in the table's own column order."""
    import pyarrow as pa  # a kernel that only reads a case does without

    if not rows:
        return
    schema = con.sql(f"SELECT * FROM {table} LIMIT 0").to_arrow_table().schema
    columns = zip(*rows, strict=True)
    arrays = [pa.array(list(c), type=f.type) for c, f in zip(columns, schema, strict=True)]
    con.register("rows_to_append", pa.table(arrays, schema=schema))
    con.execute(f"INSERT INTO {table} FROM rows_to_append")
    con.unregister("rows_to_append")


MOST_GIB = 5
"""Memory that DuckDB may take for a case, however much the machine has; beyond it, it spills to disk beside the case."""


def bound_memory(con: duckdb.DuckDBPyConnection) -> None:
    """Lower DuckDB's own limit (four fifths of the machine) to MOST_GIB where it is higher."""
    size, unit = con.execute("SELECT current_setting('memory_limit')").fetchall()[0][0].split()
    if unit == "TiB" or (unit == "GiB" and float(size) > MOST_GIB):
        con.execute(f"SET memory_limit = '{MOST_GIB}GiB'")


@contextmanager
def without_collecting() -> Iterator[None]:
    """Many rows as Python objects, none of them in circles: the collector would walk all of them again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


_PLACE = 1 << 20
"""Byte that Windows locks: far behind any text, which others must be able to read."""


def take_lock(handle: int, *, wait: bool = False) -> bool:
    """Lock an open file for this process until it is closed; False where another holds it and `wait` is not set.

    The operating system takes the lock back when its holder dies.
    """
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(handle, _PLACE, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        return False
    return True
