"""XML spreadsheets of 2003, saved as .xls or .xml."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from xuncha_lib.errors import UnreadableFile
from xuncha_lib.ingest.grid import Grid
from xuncha_lib.values import Cell

_NS = "{urn:schemas-microsoft-com:office:spreadsheet}"


def read_xml2003(text: str) -> list[Grid]:
    """Every worksheet of an XML spreadsheet; broken XML is an UnreadableFile."""
    try:
        root = ET.fromstring(text.encode("utf-8") if text.lstrip().startswith("<?xml") else text)
    except ET.ParseError as error:
        raise UnreadableFile(
            "xml", f"XML 表格读不通：{error}", "请另存为 .xlsx 后放回原处"
        ) from error
    return [_sheet(node) for node in root.iter(f"{_NS}Worksheet")]


def _sheet(node: ET.Element) -> Grid:
    rows: list[list[Cell]] = []
    merges = []
    for row in node.iter(f"{_NS}Row"):
        if at := row.get(f"{_NS}Index"):
            rows.extend([] for _ in range(int(at) - 1 - len(rows)))
        cells: list[Cell] = []
        for cell in row.iter(f"{_NS}Cell"):
            if at := cell.get(f"{_NS}Index"):
                cells.extend([None] * (int(at) - 1 - len(cells)))
            across, down = (
                int(cell.get(f"{_NS}MergeAcross", 0)),
                int(cell.get(f"{_NS}MergeDown", 0)),
            )
            if across or down:
                merges.append((len(rows), len(cells), len(rows) + down, len(cells) + across))
            cells.append(_value(cell.find(f"{_NS}Data")))
            cells.extend([None] * across)
        rows.append(cells)
    return Grid.of_rows(node.get(f"{_NS}Name", ""), rows, merges)


def _value(data: ET.Element | None) -> Cell:
    if data is None:
        return None
    text = "".join(data.itertext())
    if data.get(f"{_NS}Type") == "Number":
        return float(text)
    return text.replace("T00:00:00.000", "") if data.get(f"{_NS}Type") == "DateTime" else text
