"""Tables of a Word document (.docx), each as a sheet; the lines above a table are its titles."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator

from xuncha_lib.ingest.grid import Grid, Merge

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TITLES, _LONGEST, _WIDEST = 4, 60, 256
"""Lines above a table that may be its titles, how long each may be, and the most columns a cell is taken to span."""

_Cell = tuple[str, int, str]
"""(text, columns it spans, 'restart' or 'continue' for one merged downwards)."""


def read_word(data: bytes) -> list[Grid]:
    """Every table outside other tables. zipfile.BadZipFile, KeyError or ET.ParseError where the document is broken."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = ET.fromstring(archive.read("word/document.xml")).find(f"{_W}body")
    found: list[Grid] = []
    lines: list[str] = []
    for node in _inner(body, "p", "tbl") if body is not None else ():
        if node.tag == f"{_W}p":
            if text := _text(node):
                lines.append(text)
            continue
        titles = [line for line in lines[-_TITLES:] if len(line) <= _LONGEST]
        found.append(_grid(f"表{len(found) + 1}", titles, node))
        lines = []
    return found


def _inner(node: ET.Element, *kinds: str) -> Iterator[ET.Element]:
    """Elements of these kinds in order, out of the frames around them; what stands inside another of them is its own."""
    for child in node:
        if child.tag in {f"{_W}{kind}" for kind in kinds}:
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins"):
            yield from _inner(child, *kinds)


def _text(node: ET.Element) -> str:
    """Text of a paragraph or cell, as it is shown."""
    parts = []
    for one in node.iter():
        if one.tag == f"{_W}t":
            parts.append(one.text or "")
        elif one.tag == f"{_W}tab":
            parts.append(" ")
        elif one.tag in (f"{_W}br", f"{_W}p"):
            parts.append("\n")
    return "".join(parts).strip()


def _grid(name: str, titles: list[str], table: ET.Element) -> Grid:
    rows: list[list[str | None]] = [[title] for title in titles]
    merges: list[Merge] = []
    open_at: dict[int, tuple[int, int]] = {}
    for row in _inner(table, "tr"):
        at, cells = len(rows), list[str | None]()
        for text, span, down in map(_cell, _inner(row, "tc")):
            left = len(cells)
            if down == "continue" and left in open_at:
                top, width = open_at[left]
                merges[:] = [m for m in merges if m[:2] != (top, left)]
                merges.append((top, left, at, left + width - 1))
                text = ""
            else:
                open_at[left] = (at, span)
                if span > 1:
                    merges.append((at, left, at, left + span - 1))
            cells += [text or None, *[None] * (span - 1)]
        rows.append(cells)
    return Grid.of_rows(name, rows, merges)


def _cell(cell: ET.Element) -> _Cell:
    told = cell.find(f"{_W}tcPr")
    span, down = 1, ""
    if told is not None:
        across, merged = told.find(f"{_W}gridSpan"), told.find(f"{_W}vMerge")
        number = across.get(f"{_W}val", "1") if across is not None else "1"
        span = min(int(number), _WIDEST) if number.isdecimal() else 1
        down = merged.get(f"{_W}val", "continue") if merged is not None else ""
    return _text(cell), max(span, 1), down
