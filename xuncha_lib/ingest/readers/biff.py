"""Hidden rows of old .xls books, from their record stream."""

from __future__ import annotations

import io
import struct

from xuncha_lib.ingest.readers.package import Aside

_EOF, _SHEET, _ROW = 0x000A, 0x0085, 0x0208
_IS_HIDDEN = 0x20
_RECORD = struct.Struct("<HH")
_ODD = (OSError, struct.error, ValueError, IndexError, TypeError)


def hidden_in_xls(data: bytes) -> dict[int, Aside]:
    """Sheet position → hidden rows; {} where the stream is not as expected, for the reader to say so."""
    try:
        stream = workbook_stream(data)
        return _sheets(stream) if stream else {}
    except _ODD:
        return {}


def workbook_stream(data: bytes) -> bytes:
    """The records of the book that an OLE file is; nothing where it is something else, or broken."""
    try:
        return _stream(data)
    except _ODD:
        return b""


def _stream(data: bytes) -> bytes:
    import olefile

    if not olefile.isOleFile(io.BytesIO(data)):
        return b""
    with olefile.OleFileIO(io.BytesIO(data)) as ole:
        for name in ("Workbook", "Book"):
            if ole.exists(name):
                found: bytes = ole.openstream(name).read()
                return found
    return b""


def _sheets(stream: bytes) -> dict[int, Aside]:
    starts, at = [], 0
    while at + 4 <= len(stream):
        kind, size = _RECORD.unpack_from(stream, at)
        if kind == _SHEET:
            starts.append(struct.unpack_from("<I", stream, at + 4)[0])
        if kind == _EOF:
            break
        at += 4 + size
    found = {}
    for place, start in enumerate(starts):
        if rows := _hidden(stream, start):
            found[place] = Aside(rows)
    return found


def _hidden(stream: bytes, at: int) -> frozenset[int]:
    rows = set()
    while at + 4 <= len(stream):
        kind, size = _RECORD.unpack_from(stream, at)
        if kind == _EOF:
            break
        if kind == _ROW and size >= 16:
            number, flags = struct.unpack_from("<H10xI", stream, at + 4)
            if flags & _IS_HIDDEN:
                rows.add(number + 1)
        at += 4 + size
    return frozenset(rows)
