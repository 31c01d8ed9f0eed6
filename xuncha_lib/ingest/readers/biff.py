"""Hidden rows and columns of old .xls books, from their record stream."""

from __future__ import annotations

import io
import struct

from xuncha_lib.ingest.readers.package import Aside

_EOF, _SHEET, _ROW, _COLUMN = 0x000A, 0x0085, 0x0208, 0x007D
_IS_HIDDEN = 0x20
_RECORD = struct.Struct("<HH")
_ODD = (OSError, struct.error, ValueError, IndexError, TypeError)


def hidden_in_xls(data: bytes) -> dict[int, Aside]:
    """Sheet position → hidden rows and columns; {} where the stream is not as expected, for the reader to say so."""
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
        rows, columns = _hidden(stream, start)
        if rows or columns:
            found[place] = Aside(rows, columns=columns)
    return found


def _hidden(stream: bytes, at: int) -> tuple[frozenset[int], frozenset[int]]:
    """(rows, columns) that are hidden on the sheet that begins there."""
    rows, columns = set(), set()
    while at + 4 <= len(stream):
        kind, size = _RECORD.unpack_from(stream, at)
        if kind == _EOF:
            break
        if kind == _ROW and size >= 16:
            number, flags = struct.unpack_from("<H10xI", stream, at + 4)
            if flags & _IS_HIDDEN:
                rows.add(number + 1)
        elif kind == _COLUMN and size >= 10:
            first, last, flags = struct.unpack_from("<HH4xH", stream, at + 4)
            if flags & 1:
                columns |= set(range(first + 1, min(last, 255) + 2))
        at += 4 + size
    return frozenset(rows), frozenset(columns)
