"""Workbooks: .xls, .xlsx, .et, .ods, .xlsb, told apart by their bytes."""

from __future__ import annotations

import datetime as dt
import io
import warnings
from typing import Any

import python_calamine

from xuncha_lib.ingest.grid import Grid
from xuncha_lib.ingest.readers.biff import hidden_in_xls
from xuncha_lib.ingest.readers.ods import parts_of, read_ods
from xuncha_lib.ingest.readers.package import Aside, asides
from xuncha_lib.values import Cell

_MOST_CELLS = 3_000_000
"""More than the lenient reader goes through in its time."""


def read_book(path: str, data: bytes) -> list[Grid]:
    """Every sheet of a workbook, hidden ones included; errors are those of the readers."""
    try:
        return _calamine(data)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic is not an Exception
        if "assword" in type(error).__name__:
            raise
        if not data.startswith(b"PK"):
            return _xlrd(data)  # it knows BIFF kinds calamine does not
        if (xml := parts_of(path, data)) is not None:
            return read_ods(xml)
        return _openpyxl(data, error)


def _openpyxl(data: bytes, before: BaseException) -> list[Grid]:
    """Slow, and lenient with parts of a book that are not as they should be; else the error there was before."""
    import openpyxl

    warnings.simplefilter("ignore")
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        if any(sheet.max_row * sheet.max_column > _MOST_CELLS for sheet in book.worksheets):
            raise before
    except Exception:
        raise before from None
    return [
        Grid.of_rows(
            sheet.title,
            [[_plain(cell) for cell in row] for row in sheet.iter_rows(values_only=True)],
            [
                (m.min_row - 1, m.min_col - 1, m.max_row - 1, m.max_col - 1)
                for m in sheet.merged_cells.ranges
            ],
            is_hidden=sheet.sheet_state != "visible",
        )
        for sheet in book.worksheets
    ]


def _plain(cell: Any) -> Cell:
    known = (str, int, float, bool, dt.date, dt.time, dt.timedelta)
    return cell if cell is None or isinstance(cell, known) else str(cell)


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
                meta.name,
                rows,
                merges,
                is_hidden=unseen,
                hidden_rows=own.hidden,
                notes=own.notes,
                hidden_columns=own.columns,
            )
        )
    return grids


def _xlrd(data: bytes) -> list[Grid]:
    import xlrd  # seldom needed

    book = xlrd.open_workbook(file_contents=data, logfile=io.StringIO())
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
