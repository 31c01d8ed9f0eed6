"""Tables into DuckDB one after the other, in a thread of their own: the next is put together meanwhile."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Any

import numpy as np
import pyarrow as pa

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

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if error is None:
                self.wait()
        finally:
            self._thread.shutdown(wait=True)

    def put(self, name: str, rows: pa.Table, columns: str = "*") -> None:
        """Append the rows to a table, as soon as the one before is done; what went wrong with that is raised here.

        columns : what to select of `rows`, in the order of the table's columns.
        """
        self.wait()
        self._under_way = self._thread.submit(self._insert, name, rows, columns)

    def wait(self) -> None:
        """Until everything put is there."""
        if self._under_way is not None:
            under_way, self._under_way = self._under_way, None
            under_way.result()

    def _insert(self, name: str, rows: pa.Table, columns: str) -> None:
        self._con.register("incoming", rows)
        self._con.execute(f"INSERT INTO {name} SELECT {columns} FROM incoming")
        self._con.unregister("incoming")
        pa.default_memory_pool().release_unused()


def hexadecimal(keys: np.ndarray) -> pa.Array:
    """Each 64-bit number as 16 hexadecimal digits."""
    told = keys.astype(">u8").view(np.uint8)
    text = np.empty(2 * len(told), dtype=np.uint8)
    text[0::2], text[1::2] = _DIGITS[told >> 4], _DIGITS[told & 15]
    offsets = np.arange(len(keys) + 1, dtype=np.int64) * 16
    return pa.LargeStringArray.from_buffers(len(keys), pa.py_buffer(offsets), pa.py_buffer(text))
