"""Which encoding the bytes of a text file are in, and columns of such bytes as text: what many rows say is decoded once."""

from __future__ import annotations

import codecs

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

UTF8, GB = "utf-8-sig", "gb18030"
_PIECE = 1 << 20
_START = 800_000
"""Bytes that hold at least 200 000 characters in any encoding."""


def encoding_of(data: bytes) -> str:
    """By BOM, else UTF-16 by its zero bytes, else UTF-8 if it is that, else GB18030."""
    return utf16_of(data) or (UTF8 if _is_utf8(data) else GB)


def utf16_of(data: bytes) -> str:
    """Which UTF-16 the start of a text says it is in; "" for another encoding."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if b"\0" in data[:400]:
        little = data[1:400:2].count(0) >= data[0:400:2].count(0)
        return "utf-16-le" if little else "utf-16-be"
    return ""


def _is_utf8(data: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for at in range(0, len(data), _PIECE):
            decoder.decode(data[at : at + _PIECE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def start_of(data: bytes, encoding: str) -> str:
    """The first characters, 200 000 of them at least where there are as many."""
    return data[:_START].decode(encoding, errors="replace")


def as_text(cells: pa.BinaryArray, encoding: str) -> pa.StringArray:
    """The same cells as text. UnicodeDecodeError where they are not in this encoding."""
    if encoding == UTF8:
        return cells.view(pa.string())
    whole = cells.buffers()[2]
    if whole is None or whole.to_pybytes().isascii():
        return cells.view(pa.string())
    # one decoding for all of them: no cell holds a zero byte, and none is part of a character
    lines = pa.ListArray.from_arrays(pa.array([0, len(cells)], pa.int32()), cells)
    joined = pc.binary_join(lines, b"\0")[0].as_buffer().to_pybytes()
    text = joined.decode(encoding).encode() + b"\0"
    ends = np.flatnonzero(np.frombuffer(text, dtype=np.uint8) == 0)
    starts = np.concatenate(([0], ends + 1)).astype(np.int32)
    parts = pa.StringArray.from_buffers(len(cells), pa.py_buffer(starts), pa.py_buffer(text))
    return pc.ascii_rtrim(parts, characters="\0")
