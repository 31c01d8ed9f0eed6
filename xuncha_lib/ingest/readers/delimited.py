"""Delimited text: .csv of any encoding, and tab text saved as .xls."""

from __future__ import annotations

import csv
import io
import itertools

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from xuncha_lib.ingest.coded import Coded
from xuncha_lib.ingest.grid import Grid, tidy
from xuncha_lib.values import Cell

_DELIMITERS = ",\t;|"
_LONG = 200_000
"""Characters from which on reading by column is worth its start."""
_NEEDS_CARE = r"""^[^0-9A-Za-z\x{4e00}-\x{9fff}(（-]|[^0-9A-Za-z\x{4e00}-\x{9fff})）.%]$"""
"""Cells that may carry white space or a trick that keeps long numbers alive."""
_SHORT = 1_000
_ABOVE = 40
"""Most lines above the first one that has all columns."""


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
    delimiter = _delimiter(text)
    if len(text) >= _LONG and (grid := _by_column(text, delimiter)):
        return [grid]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return [Grid.of_rows("", list(rows))]


def _by_column(text: str, delimiter: str) -> Grid | None:
    """The sheet of a long, even file; None where its lines are too uneven to be read by column."""
    if "\r" in text.replace("\r\n", "\n") or "\0" in text:
        return None
    above, start = _lines_above(text, delimiter)
    if start < 0:
        return None
    first = next(
        csv.reader(io.StringIO(text[start : text.find("\n", start)]), delimiter=delimiter), []
    )
    width = len(first)
    if width < 2 or max(map(len, above), default=0) > width:
        return None
    names = [str(at) for at in range(width)]
    try:
        table = pa_csv.read_csv(
            pa.BufferReader(text[start:].encode("utf-8", errors="replace")),
            read_options=pa_csv.ReadOptions(column_names=names, block_size=4 << 20),
            parse_options=pa_csv.ParseOptions(
                delimiter=delimiter,
                newlines_in_values=_has_long_quotes(text),
                ignore_empty_lines=False,
            ),
            convert_options=pa_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        return None  # a line of another width, a quote that does not close
    return Grid("", [_column(at, table.column(at), above) for at in range(width)])


def _lines_above(text: str, delimiter: str) -> tuple[list[list[str]], int]:
    """(cells of the lines above the first that has all columns, where that one begins); -1 when there is none."""
    starts = [0]
    while len(starts) <= _ABOVE and (end := text.find("\n", starts[-1])) >= 0:
        starts.append(end + 1)
    lines = [text[a:b] for a, b in itertools.pairwise(starts)]
    counts = [line.count(delimiter) for line in lines]
    if not counts or '"' in "".join(lines[: counts.index(max(counts))]):
        return [], -1
    at = counts.index(max(counts, key=counts.count)) if max(counts) else 0
    return list(csv.reader(lines[:at], delimiter=delimiter)), starts[at]


def _has_long_quotes(text: str) -> bool:
    """True when a quoted cell may hold a line break: some line has an odd number of quotes."""
    return '"' in text and any(line.count('"') % 2 for line in text.split("\n"))


def _column(at: int, cells: pa.ChunkedArray, above: list[list[str]]) -> Coded:
    whole = cells.combine_chunks().dictionary_encode()
    told: list[Cell] = whole.dictionary.to_pylist()
    longest = pc.max(pc.utf8_length(whole.dictionary)).as_py() or 0
    if longest > _SHORT or pc.any(pc.match_substring_regex(whole.dictionary, _NEEDS_CARE)).as_py():
        told = [tidy(cell) for cell in told]
    elif "" in told:
        told[told.index("")] = None
    codes = whole.indices.to_numpy(zero_copy_only=False).astype(np.int32)
    heads = [tidy(row[at]) if at < len(row) else None for row in above]
    codes = np.concatenate((np.arange(len(heads), dtype=np.int32), codes + len(heads)))
    return Coded(codes, [*heads, *told])
