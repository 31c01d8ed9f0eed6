"""Workbooks: .xls, .xlsx, .et, .ods, .xlsb, told apart by their bytes."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import python_calamine

from xuncha_lib.ingest.grid import Grid
from xuncha_lib.values import Cell

_ROW = re.compile(rb"<row\b[^>]*>")
_NUMBER = re.compile(rb'\br="(\d+)"')
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_SHEET_FILE = re.compile(r"xl/worksheets/sheet(\d+)\.xml$")


def read_book(data: bytes) -> list[Grid]:
    """Every sheet of a workbook, hidden ones included; errors are those of the readers."""
    try:
        return _calamine(data)
    except (KeyboardInterrupt, SystemExit):
        raise
    except (
        BaseException
    ) as error:  # a panic is not an Exception; xlrd knows BIFF kinds calamine does not
        if data.startswith(b"PK") or "assword" in type(error).__name__:
            raise
        return _xlrd(data)


def _calamine(data: bytes) -> list[Grid]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    hidden_rows = _hidden_rows(data) if data.startswith(b"PK") else {}
    grids = []
    for at, meta in enumerate(book.sheets_metadata):
        if meta.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_index(at)
        rows = sheet.to_python(skip_empty_area=False)
        merges = [(a[0], a[1], b[0], b[1]) for a, b in sheet.merged_cell_ranges or ()]
        unseen = meta.visible != python_calamine.SheetVisibleEnum.Visible
        hidden = hidden_rows.get(at + 1, frozenset())
        grids.append(Grid.of_rows(meta.name, rows, merges, is_hidden=unseen, hidden_rows=hidden))
    return grids


def _hidden_rows(data: bytes) -> dict[int, frozenset[int]]:
    """Sheet position → hidden row numbers (from 1). Positions follow the file names, as every writer we met does."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if m := _SHEET_FILE.search(name):
                xml = archive.read(name)
                if b"hidden=" not in xml:
                    continue
                tags = (t for t in _ROW.findall(xml) if _HIDDEN.search(t))
                found[int(m[1])] = frozenset(int(n[1]) for t in tags if (n := _NUMBER.search(t)))
    return found


def _xlrd(data: bytes) -> list[Grid]:
    import xlrd  # seldom needed

    book = xlrd.open_workbook(file_contents=data, formatting_info=False)
    grids = []
    for sheet in book.sheets():
        rows = [
            [_xlrd_cell(cell, book.datemode) for cell in sheet.row(i)]
            for i in range(sheet.nrows)
        ]
        merges = [(a, c, b - 1, d - 1) for a, b, c, d in sheet.merged_cells]
        grids.append(Grid.of_rows(sheet.name, rows, merges, is_hidden=sheet.visibility != 0))
    return grids


def _xlrd_cell(cell: Any, datemode: int) -> Cell:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_DATE:
        day: Cell = xlrd.xldate_as_datetime(cell.value, datemode)
        return day
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    return cell.value if cell.ctype in (xlrd.XL_CELL_TEXT, xlrd.XL_CELL_NUMBER) else None
