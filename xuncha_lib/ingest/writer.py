"""Tables into DuckDB one after the other, in a thread of their own: the next is put together meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import numpy as np
import pyarrow as pa

_PIECE = 122_880
"""Rows that go in at a time, a row group of DuckDB: joined first, for many short pieces take twice as long."""

_DIGITS = np.frombuffer(b"0123456789abcdef", dtype=np.uint8)


class Writer:
    """Appends to the tables of a connection; use as a context manager.

    One table is on its way at a time. The connection belongs to the writer until `wait` or the end of the block.
    """

    def __init__(self, con: Any) -> None:
        self._con = con
        self._thread = ThreadPoolExecutor(1)
        self._under_way: Future[None] | None = None

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, kind: type[BaseException] | None, *error: object) -> None:
        try:
            if kind is None:
                self.wait()
        finally:
            self._thread.shutdown(wait=True)

    def put(self, name: str, rows: pa.Table, columns: Iterable[str] = ()) -> None:
        """Append the rows to a table, as soon as what was begun before is done; what went wrong with that is raised here.

        columns : those of the table, in its order, where they are not those of `rows`; what `rows` lacks is blank.
        """
        self.wait()
        self._under_way = self._thread.submit(
            self._insert, name, rows, columns or rows.column_names
        )

    def renumber(self, name: str, columns: dict[str, pa.Array]) -> None:
        """Put other ids in a table that was written in one go; columns: new ids of its rows, in its order."""
        self.wait()
        self._under_way = self._thread.submit(self._update, name, columns)

    def wait(self) -> None:
        """Until everything put is there."""
        if self._under_way is not None:
            under_way, self._under_way = self._under_way, None
            under_way.result()

    def _insert(self, name: str, rows: pa.Table, columns: Iterable[str]) -> None:
        if not len(rows):
            return
        told = rows.select([n for n in rows.column_names if rows.column(n).null_count < len(rows)])
        there = set(told.column_names)
        chosen = ", ".join(f'"{n}"' if n in there else "NULL" for n in columns)
        for start in range(0, len(told), _PIECE):
            piece = told.slice(start, _PIECE).combine_chunks()
            self._with(piece, f"INSERT INTO {name} SELECT {chosen} FROM incoming")

    def _update(self, name: str, columns: dict[str, pa.Array]) -> None:
        count = len(next(iter(columns.values())))
        rows = pa.table({"at": np.arange(count)} | columns)
        changes = ", ".join(f'"{column}" = incoming."{column}"' for column in columns)
        self._with(
            rows, f"UPDATE {name} SET {changes} FROM incoming WHERE {name}.rowid = incoming.at"
        )

    def _with(self, incoming: pa.Table, query: str) -> None:
        self._con.register("incoming", incoming)
        self._con.execute(query)
        self._con.unregister("incoming")
        pa.default_memory_pool().release_unused()


def hexadecimal(keys: np.ndarray) -> pa.Array:
    """Each 64-bit number as 16 hexadecimal digits."""
    told = keys.astype(">u8").view(np.uint8)
    text = np.empty(2 * len(told), dtype=np.uint8)
    text[0::2], text[1::2] = _DIGITS[told >> 4], _DIGITS[told & 15]
    offsets = np.arange(len(keys) + 1, dtype=np.int64) * 16
    return pa.LargeStringArray.from_buffers(len(keys), pa.py_buffer(offsets), pa.py_buffer(text))
