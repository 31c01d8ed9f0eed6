"""Workbooks in memory that note where each record lands, and their writers (xlsx, xls, et, csv, html)."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
import xlwt
from records import Rec

MADE = datetime(2025, 3, 3, 9, 0, 0)


class Sheet:
    """Rows of cells; `row()` returns the 1-based number a spreadsheet would show."""

    def __init__(self, book: Book, name: str) -> None:
        self.book, self.name = book, name
        self.cells: list[list[Any]] = []
        self.merges: list[tuple[int, int, int, int]] = []
        self.hidden_rows: list[int] = []
        self.hidden_cols: list[int] = []
        self.comments: list[tuple[int, int, str]] = []
        self.is_hidden = False

    def row(self, cells: list[Any], *recs: Rec) -> int:
        """Append a row holding these records."""
        self.cells.append(cells)
        number = len(self.cells)
        place = (self.book.path, self.name if self.book.has_sheets else "", number)
        for rec in recs:
            for item in rec.facts:
                item.rows[place] = None
            for item in rec.contexts:
                item.context[place] = None
        return number

    def title(self, text: str, width: int) -> None:
        """A merged line over the whole table."""
        number = self.row([text])
        if width > 1:
            self.merges.append((number - 1, 0, number - 1, width - 1))

    def blank(self) -> None:
        self.row([])

    def head2(self, groups: list[tuple[str, int]], heads: list[str]) -> None:
        """A two-level head: group titles over spans; a group '' lets its column's head span both rows."""
        top: list[Any] = []
        low = list(heads)
        first = len(self.cells)
        for text, span in groups:
            at = len(top)
            if text:
                top += [text] + [None] * (span - 1)
                if span > 1:
                    self.merges.append((first, at, first, at + span - 1))
            else:
                for k in range(span):
                    top.append(heads[at + k])
                    low[at + k] = None
                    self.merges.append((first, at + k, first + 1, at + k))
        self.row(top)
        self.row(low)


class Book:
    """One file; the suffix of its path (or `how`) decides the writer."""

    def __init__(self, path: str, how: str = "") -> None:
        self.path, self.how = path, how or path.rsplit(".", 1)[1]
        self.has_sheets = self.how in ("xlsx", "xls", "et")
        self.sheets: list[Sheet] = []
        self.encoding = "gb18030"

    def sheet(self, name: str) -> Sheet:
        made = Sheet(self, name)
        self.sheets.append(made)
        return made

    def save(self, root: Path) -> None:
        target = root / self.path
        target.parent.mkdir(parents=True, exist_ok=True)
        writers = {
            "xlsx": write_xlsx,
            "xls": write_xls,
            "et": write_xls,
            "csv": write_csv,
            "html": write_html,
            "tab": write_tab,
        }
        writers[self.how](self, target)


def write_xlsx(book: Book, target: Path) -> None:
    out = xlsxwriter.Workbook(
        str(target),
        {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False},
    )
    out.set_properties({"created": MADE, "author": ""})
    bold = out.add_format({"bold": True, "align": "center"})
    day = out.add_format({"num_format": "yyyy/m/d"})
    for sheet in book.sheets:
        ws = out.add_worksheet(sheet.name)
        for r, cells in enumerate(sheet.cells):
            for c, cell in enumerate(cells):
                if cell is None or cell == "":
                    continue
                if isinstance(cell, date):
                    ws.write_datetime(r, c, datetime(cell.year, cell.month, cell.day), day)
                elif isinstance(cell, str):
                    ws.write_string(r, c, cell)
                else:
                    ws.write_number(r, c, cell)
        for r1, c1, r2, c2 in sheet.merges:
            text = sheet.cells[r1][c1] if c1 < len(sheet.cells[r1]) else ""
            ws.merge_range(r1, c1, r2, c2, text or "", bold)
        for r in sheet.hidden_rows:
            ws.set_row(r - 1, None, None, {"hidden": True})
        for c in sheet.hidden_cols:
            ws.set_column(c, c, None, None, {"hidden": True})
        for r, c, text in sheet.comments:
            ws.write_comment(r - 1, c, text)
        if sheet.is_hidden:
            ws.hide()
    out.close()


def write_xls(book: Book, target: Path) -> None:
    out = xlwt.Workbook(encoding="utf-8")
    day = xlwt.easyxf(num_format_str="yyyy/m/d")
    for sheet in book.sheets:
        ws = out.add_sheet(sheet.name, cell_overwrite_ok=True)
        for r, cells in enumerate(sheet.cells):
            for c, cell in enumerate(cells):
                if cell is None or cell == "":
                    continue
                if isinstance(cell, date):
                    ws.write(r, c, cell, day)
                else:
                    ws.write(r, c, cell)
        for r1, c1, r2, c2 in sheet.merges:
            ws.merge(r1, r2, c1, c2)
        for r in sheet.hidden_rows:
            ws.row(r - 1).hidden = True
        for c in sheet.hidden_cols:
            ws.col(c).hidden = True
        if sheet.is_hidden:
            ws.visibility = 1
    out.save(str(target))


def plain(cell: Any) -> str:
    """A cell as text, the way a program's export prints it."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return f"{cell.year}/{cell.month}/{cell.day}"
    if isinstance(cell, float):
        return f"{cell:.2f}"
    return str(cell)


def write_csv(book: Book, target: Path) -> None:
    buffer = io.StringIO()
    out = csv.writer(buffer, lineterminator="\r\n")
    for cells in book.sheets[0].cells:
        out.writerow([plain(c) for c in cells])
    target.write_bytes(buffer.getvalue().encode(book.encoding))


def write_html(book: Book, target: Path) -> None:
    rows = "\n".join(
        "<tr>" + "".join(f"<td>{plain(c)}</td>" for c in cells) + "</tr>"
        for cells in book.sheets[0].cells
    )
    text = f"<html><head><meta charset='gbk'></head><body><table border=1>\n{rows}\n</table></body></html>"
    target.write_bytes(text.encode("gb18030"))


def write_tab(book: Book, target: Path) -> None:
    text = "\r\n".join("\t".join(plain(c) for c in cells) for cells in book.sheets[0].cells)
    target.write_bytes(text.encode("gb18030"))
