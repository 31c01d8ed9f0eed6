"""Delimited text: .csv of any encoding, and tab text saved as .xls."""

from __future__ import annotations

import codecs
import csv
import io
import itertools

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv

from xuncha_lib.ingest.coded import Coded
from xuncha_lib.ingest.grid import Grid, tidied, tidy
from xuncha_lib.ingest.readers.encoded import GB, UTF8, as_text, start_of

_DELIMITERS = ",\t;|"
_LONG = 200_000
"""Bytes from which on reading by column is worth its start."""
_BLOCK = 4 << 20
FIELD = 10_000_000
"""Characters that a cell may have; a quote that is never closed makes a longer one."""
_ABOVE = 40
"""Most lines above the first one that has all columns."""


def delimiter_of(text: str) -> str:
    """The mark that cuts the first lines into the most columns, most evenly."""
    lines = [line for line in text[:20_000].splitlines()[:30] if line.strip()]
    counts = {mark: sorted(line.count(mark) for line in lines) for mark in _DELIMITERS}
    return max(
        _DELIMITERS,
        key=lambda mark: (counts[mark][len(lines) // 2] if lines else 0, counts[mark][-1:] or [0]),
    )


def read_delimited(data: bytes, encoding: str, delimiter: str = "") -> list[Grid]:
    """The one sheet of a delimited file. Row numbers are those of the lines a spreadsheet would show."""
    csv.field_size_limit(FIELD)
    delimiter = delimiter or delimiter_of(start_of(data, encoding))
    if len(data) >= _LONG and (grid := _by_column(data, encoding, delimiter)):
        return [grid]
    text = data.decode(encoding, errors="replace")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return [Grid.of_rows("", list(rows))]


def _by_column(data: bytes, encoding: str, delimiter: str) -> Grid | None:
    """The sheet of a long, even file; None where its lines are too uneven to be read by column."""
    if encoding not in (UTF8, GB) or (encoding == GB and delimiter == "|"):  # | may end a character
        data, encoding = data.decode(encoding, errors="replace").encode(errors="replace"), UTF8
    data = data.removeprefix(codecs.BOM_UTF8) if encoding == UTF8 else data
    if data.count(b"\r") != data.count(b"\r\n") or b"\0" in data:
        return None
    try:
        above, start, width = _above(data, encoding, delimiter)
        if start < 0 or width < 2 or max(map(len, above), default=0) > width:
            return None
        cells = _table(data, start, width, delimiter).columns
        columns = []
        for at in range(width):
            columns.append(_column(at, cells[at], above, encoding))
            cells[at] = None  # of a long file even one column is large
    except (pa.ArrowInvalid, UnicodeDecodeError):
        return None  # a line of another width, a quote that does not close, bytes that are no character
    return Grid("", columns)


def _above(data: bytes, encoding: str, delimiter: str) -> tuple[list[list[str]], int, int]:
    """(cells of the lines above the first that has all columns, where that one begins, its columns); -1 when there is none."""
    starts = [0]
    while len(starts) <= _ABOVE and (end := data.find(b"\n", starts[-1])) >= 0:
        starts.append(end + 1)
    lines = [data[a:b].decode(encoding) for a, b in itertools.pairwise(starts)]
    counts = [line.count(delimiter) for line in lines]
    if not counts or '"' in "".join(lines[: counts.index(max(counts))]):
        return [], -1, 0
    at = counts.index(max(counts, key=counts.count)) if max(counts) else 0
    first = next(csv.reader([lines[at].rstrip("\n")], delimiter=delimiter), [])
    return list(csv.reader(lines[:at], delimiter=delimiter)), starts[at], len(first)


def _table(data: bytes, start: int, width: int, delimiter: str) -> pa.Table:
    """The cells as bytes. ArrowInvalid where a line has another width or a quote does not close."""
    names = [str(at) for at in range(width)]
    return pa_csv.read_csv(
        pa.BufferReader(pa.py_buffer(data)[start:]),
        read_options=pa_csv.ReadOptions(column_names=names, block_size=_BLOCK),
        parse_options=pa_csv.ParseOptions(
            delimiter=delimiter,
            newlines_in_values=_has_long_quotes(data),
            ignore_empty_lines=False,
        ),
        convert_options=pa_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.binary()), strings_can_be_null=False
        ),
    )


def _has_long_quotes(data: bytes) -> bool:
    """True when a quoted cell may hold a line break: some line has an odd number of quotes."""
    if b'"' not in data:
        return False
    seen = np.frombuffer(data, dtype=np.uint8)
    quotes, ends = np.flatnonzero(seen == ord('"')), np.flatnonzero(seen == ord("\n"))
    return bool((np.searchsorted(quotes, ends) % 2).any() or len(quotes) % 2)


def _column(at: int, cells: pa.ChunkedArray, above: list[list[str]], encoding: str) -> Coded:
    whole = cells.dictionary_encode()
    told = tidied(as_text(whole.chunk(0).dictionary, encoding))
    heads = [tidy(row[at]) if at < len(row) else None for row in above]
    parts = [chunk.indices.to_numpy(zero_copy_only=False) for chunk in whole.chunks]
    if not heads:
        return Coded(np.concatenate(parts), told)
    codes = [np.arange(-len(heads), 0, dtype=np.int32), *parts]
    return Coded(
        np.concatenate(codes) + np.int32(len(heads)),
        pa.concat_arrays([pa.array(heads, pa.string()), told]),
    )
