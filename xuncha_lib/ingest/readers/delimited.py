"""Delimited text: .csv of any encoding, and tab text saved as .xls."""

from __future__ import annotations

import csv
import io

from xuncha_lib.ingest.grid import Grid

_DELIMITERS = ",\t;|"


def decode(data: bytes) -> str:
    """Text of the bytes: by BOM, else UTF-8 if it is that, else UTF-16 by its zero bytes, else GB18030."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if b"\0" in data[:400]:
        little = data[1:400:2].count(0) >= data[0:400:2].count(0)
        return data.decode("utf-16-le" if little else "utf-16-be", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace")


def _delimiter(text: str) -> str:
    """The mark that cuts the first lines into the most columns, most evenly."""
    lines = [line for line in text[:20_000].splitlines()[:30] if line.strip()]
    counts = {mark: sorted(line.count(mark) for line in lines) for mark in _DELIMITERS}
    return max(
        _DELIMITERS,
        key=lambda mark: (counts[mark][len(lines) // 2] if lines else 0, counts[mark][-1:] or [0]),
    )


def read_delimited(text: str) -> list[Grid]:
    """The one sheet of a delimited file. Row numbers are those of the lines a spreadsheet would show."""
    csv.field_size_limit(10_000_000)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    return [Grid.of_rows("", list(rows))]
