"""Arrow arrays from numpy arrays and lists, and back, without pandas.

`pa.array` and `fill_null` load pandas where it is installed, which takes longer than a small match.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

_TYPES = {
    "int8": pa.int8(),
    "int32": pa.int32(),
    "int64": pa.int64(),
    "float64": pa.float64(),
    "uint64": pa.uint64(),
}
_DTYPES = {str(arrow): name for name, arrow in _TYPES.items()} | {"double": "float64"}


def column(values: NDArray[Any]) -> pa.Array:
    """The numbers of a one-dimensional array."""
    values = np.ascontiguousarray(values)
    return pa.Array.from_buffers(
        _TYPES[str(values.dtype)], len(values), [None, pa.py_buffer(values)]
    )


def strings(texts: Sequence[str]) -> pa.Array:
    """Texts as a string array."""
    encoded = [text.encode("utf-8", "replace") for text in texts]
    ends = np.cumsum([0, *map(len, encoded)], dtype=np.int32)
    data = b"".join(encoded)
    return pa.Array.from_buffers(
        pa.string(), len(encoded), [None, pa.py_buffer(ends), pa.py_buffer(data)]
    )


def values(numbers: pa.ChunkedArray | pa.Array) -> NDArray[Any]:
    """A column of numbers without nulls as an array of its type."""
    chunks = numbers.chunks if isinstance(numbers, pa.ChunkedArray) else [numbers]
    dtype = np.dtype(_DTYPES[str(numbers.type)])
    parts = [np.frombuffer(c.buffers()[1], dtype)[c.offset :][: len(c)] for c in chunks if len(c)]
    if len(parts) == 1:
        return parts[0]
    return np.concatenate(parts) if parts else np.zeros(0, dtype)
