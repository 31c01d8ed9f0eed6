"""Workbooks: .xls, .xlsx, .et, .ods, .xlsb, told apart by their bytes."""

from __future__ import annotations

import io
from typing import Any

import python_calamine

from xuncha_lib.ingest.grid import Grid
from xuncha_lib.ingest.readers.biff import hidden_in_xls
from xuncha_lib.ingest.readers.package import Aside, asides
from xuncha_lib.values import Cell


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
    metas = book.sheets_metadata
    about = asides(data) if data.startswith(b"PK") else hidden_in_xls(data)
    grids = []
    for at, meta in enumerate(metas):
        if meta.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_index(at)
        rows = sheet.to_python(skip_empty_area=False)
        merges = [(a[0], a[1], b[0], b[1]) for a, b in sheet.merged_cell_ranges or ()]
        unseen = meta.visible != python_calamine.SheetVisibleEnum.Visible
        own = about.get(at, Aside())
        grids.append(
            Grid.of_rows(
                meta.name, rows, merges, is_hidden=unseen, hidden_rows=own.hidden, notes=own.notes
            )
        )
    return grids


def _xlrd(data: bytes) -> list[Grid]:
    import xlrd  # seldom needed

    book = xlrd.open_workbook(file_contents=data, formatting_info=False)
    grids = []
    for sheet in book.sheets():
        rows = [
            [_xlrd_cell(cell, book.datemode) for cell in sheet.row(i)] for i in range(sheet.nrows)
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
