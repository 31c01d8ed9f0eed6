"""OpenDocument sheets that the reader of cells does not open: .ods and .sxc with odd parts, and flat .fods."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator

from xuncha_lib.errors import UnreadableFile
from xuncha_lib.ingest.grid import Grid, Merge
from xuncha_lib.ingest.passwords import LOCKED
from xuncha_lib.values import Cell

MARKS = ("urn:oasis:names:tc:opendocument", "//openoffice.org/")
_NUMBERS = ("float", "currency", "percentage")
_WIDEST, _HIGHEST = 16_384, 1_048_576
_UNSEEN = ("collapse", "filter")
_ROWS = ("table-row-group", "table-header-rows", "table-rows")


def parts_of(path: str, data: bytes) -> bytes | None:
    """content.xml of an OpenDocument package; None for any other zip. UnreadableFile where it has a password."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        if "content.xml" not in names:
            return None
        manifest = (
            archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
        )
        if b"encryption-data" in manifest:
            todo = "请向提供单位要密码，打开后去掉密码另存为 .xlsx，再放回原处"
            raise UnreadableFile(path, LOCKED, todo)
        return archive.read("content.xml")


def read_ods(xml: bytes | str) -> list[Grid]:
    """Every sheet of content.xml or of a flat document; ET.ParseError where it is broken."""
    root = ET.fromstring(xml)
    hidden = {
        _get(style, "name")
        for style in root.iter()
        if _tag(style) == "style"
        and any(
            _tag(own) == "table-properties" and _get(own, "display") == "false" for own in style
        )
    }
    return [_sheet(node, is_hidden=_get(node, "style-name") in hidden) for node in _tables(root)]


def hidden_in_ods(xml: bytes) -> dict[int, tuple[frozenset[int], frozenset[int]]]:
    """Sheet position → numbers of its hidden rows and columns from 1; ET.ParseError where the document is broken."""
    if b"visibility=" not in xml:
        return {}
    found = {}
    for at, node in enumerate(_tables(ET.fromstring(xml))):
        rows, number = set[int](), 1
        for row in _rows(node):
            times = min(_times(row, "number-rows-repeated"), _HIGHEST - number + 1)
            if _get(row, "visibility") in _UNSEEN:
                rows |= set(range(number, number + times))
            number += times
        found[at] = (frozenset(rows), _hidden_columns(node))
    return found


def _tables(root: ET.Element) -> list[ET.Element]:
    return [
        node
        for body in root.iter()
        if _tag(body) == "spreadsheet"
        or (_tag(body) == "body" and _tag(next(iter(body), body)) == "table")
        for node in body
        if _tag(node) == "table"
    ]


def _hidden_columns(node: ET.Element) -> frozenset[int]:
    found, number = set[int](), 1
    for column in node.iter():
        if _tag(column) != "table-column":
            continue
        times = min(_times(column, "number-columns-repeated"), _WIDEST)
        if _get(column, "visibility") in _UNSEEN:
            found |= set(range(number, number + times))
        number += times
    return frozenset(found)


def _tag(node: ET.Element) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _get(node: ET.Element, name: str) -> str:
    """Attribute by its bare name: the name spaces changed, the names did not."""
    return next((v for k, v in node.attrib.items() if k.rpartition("}")[2] == name), "")


def _times(node: ET.Element, name: str) -> int:
    text = _get(node, name)
    return int(text) if text.isdecimal() else 1


def _rows(node: ET.Element) -> Iterator[ET.Element]:
    for child in node:
        if _tag(child) == "table-row":
            yield child
        elif _tag(child) in _ROWS:
            yield from _rows(child)


def _sheet(node: ET.Element, *, is_hidden: bool) -> Grid:
    rows: list[list[Cell]] = []
    merges: list[Merge] = []
    unseen: set[int] = set()
    waiting = 0
    for row in _rows(node):
        times = _times(row, "number-rows-repeated")
        cells = _cells(row, len(rows) + waiting, merges)
        if not cells:
            waiting += times
            continue
        times = min(times, _HIGHEST - len(rows) - waiting)
        rows.extend([] for _ in range(waiting))
        if _get(row, "visibility") in _UNSEEN:
            unseen |= set(range(len(rows) + 1, len(rows) + times + 1))
        rows.extend(cells for _ in range(times))
        waiting = 0
    return Grid.of_rows(
        _get(node, "name"), rows, merges, is_hidden=is_hidden, hidden_rows=frozenset(unseen),
        hidden_columns=_hidden_columns(node),
    )  # fmt: skip


def _cells(row: ET.Element, at: int, merges: list[Merge]) -> list[Cell]:
    """Cells of a row up to the last that holds something."""
    found: list[Cell] = []
    filled = 0
    for cell in row:
        if _tag(cell) not in ("table-cell", "covered-table-cell"):
            continue
        times = min(_times(cell, "number-columns-repeated"), _WIDEST - len(found))
        value = None if _tag(cell) == "covered-table-cell" else _value(cell)
        down, across = (_times(cell, f"number-{way}-spanned") for way in ("rows", "columns"))
        if (down > 1 or across > 1) and value is not None:
            merges.append((at, len(found), at + down - 1, len(found) + across - 1))
        found += [value] * times
        filled = len(found) if value is not None else filled
    return found[:filled]


def _value(cell: ET.Element) -> Cell:
    kind = _get(cell, "value-type")
    if kind in _NUMBERS and (number := _get(cell, "value")):
        return float(number)
    if kind == "date" and (day := _get(cell, "date-value")):
        return day.replace("T00:00:00", "").replace("T", " ")
    if kind == "boolean":
        return _get(cell, "boolean-value") == "true"
    lines = ["".join(p.itertext()) for p in cell if _tag(p) in ("p", "h")]
    return "\n".join(lines) or None
