"""Sheets that know where each record landed, and books that save them in many formats."""

import csv
import html
import io
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import xlsxwriter
import xlwt

from .world import Place, Record

Cell = str | int | float | date | None
TEXT_KINDS = ("csv-gb", "csv-utf8", "html", "tab")


@dataclass(eq=False)
class Sheet:
    """Rows of cells in the order of the sheet; row numbers are 1-based."""

    book: "Book"
    name: str
    rows: list[list[Cell]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def line(self, cells: list[Cell]) -> int:
        """Append a row; returns its number."""
        self.rows.append(cells)
        return len(self.rows)

    def wide(self, text: str, width: int) -> int:
        """A text merged over the whole width."""
        row = self.line([text])
        if width > 1:
            self.merges.append((row, 1, row, width))
        return row

    def head(self, paths: list[tuple[str, ...]]) -> None:
        """A head of one or more levels; equal neighbours are merged, short paths reach down."""
        depth = max(len(p) for p in paths)
        top = len(self.rows) + 1
        for level in range(depth):
            self.line(
                [
                    p[level] if level < len(p) and not self._same(paths, i, level) else ""
                    for i, p in enumerate(paths)
                ]
            )
        for i, path in enumerate(paths):
            if len(path) < depth:
                self.merges.append((top + len(path) - 1, i + 1, top + depth - 1, i + 1))
            for level in range(len(path) - 1):
                if not self._same(paths, i, level):
                    end = i
                    while end + 1 < len(paths) and self._same(paths, end + 1, level):
                        end += 1
                    if end > i:
                        self.merges.append((top + level, i + 1, top + level, end + 1))

    @staticmethod
    def _same(paths: list[tuple[str, ...]], i: int, level: int) -> bool:
        """Whether a group cell continues the one to its left."""
        if i == 0 or level >= len(paths[i]) - 1:
            return False
        return paths[i][: level + 1] == paths[i - 1][: level + 1] and len(paths[i - 1]) > level + 1

    def put(self, record: Record, cells: list[Cell]) -> int:
        """Append a record's row and tell the record where it is."""
        row = self.line(cells)
        name = "" if self.book.kind in TEXT_KINDS else self.name
        record.places.append(Place(self.book.path, name, row))
        return row


@dataclass(eq=False)
class Book:
    """A file under raw/. `kind` says how it is stored, the path's ending is what it claims to be."""

    path: str
    kind: str = "xlsx"
    sheets: list[Sheet] = field(default_factory=list)

    def sheet(self, name: str = "Sheet1") -> Sheet:
        """A new sheet at the end."""
        sheet = Sheet(self, name[:31])
        self.sheets.append(sheet)
        return sheet

    def save(self, raw: Path) -> None:
        """Write the file below `raw`."""
        target = raw / self.path
        target.parent.mkdir(parents=True, exist_ok=True)
        if self.kind == "xlsx":
            self._xlsx(target)
        elif self.kind == "xls":
            self._xls(target)
        else:
            target.write_bytes(_text(self.sheets[0], self.kind))

    def _xlsx(self, target: Path) -> None:
        book = xlsxwriter.Workbook(
            str(target),
            {
                "in_memory": True,
                "strings_to_numbers": False,
                "strings_to_formulas": False,
                "strings_to_urls": False,
            },
        )
        book.set_properties({"created": datetime(2024, 12, 31)})
        day = book.add_format({"num_format": "yyyy/m/d"})
        bold = book.add_format({"bold": True, "align": "center"})
        for sheet in self.sheets:
            page = book.add_worksheet(sheet.name)
            for r, cells in enumerate(sheet.rows):
                for c, value in enumerate(cells):
                    if value is None or value == "":
                        continue
                    if isinstance(value, str):
                        page.write_string(r, c, value)
                    elif isinstance(value, date):
                        page.write_datetime(r, c, datetime(value.year, value.month, value.day), day)
                    else:
                        page.write_number(r, c, value)
            for r1, c1, r2, c2 in sheet.merges:
                page.merge_range(r1 - 1, c1 - 1, r2 - 1, c2 - 1, sheet.rows[r1 - 1][c1 - 1], bold)
            for row in sheet.hidden_rows:
                page.set_row(row - 1, None, None, {"hidden": True})
            for column in sheet.hidden_columns:
                page.set_column(column - 1, column - 1, None, None, {"hidden": True})
            if sheet.hidden:
                page.hide()
        book.close()

    def _xls(self, target: Path) -> None:
        book = xlwt.Workbook(encoding="utf-8")
        day = xlwt.easyxf(num_format_str="yyyy-m-d")
        for sheet in self.sheets:
            page = book.add_sheet(sheet.name, cell_overwrite_ok=True)
            for r, cells in enumerate(sheet.rows):
                for c, value in enumerate(cells):
                    if isinstance(value, date):
                        page.write(r, c, datetime(value.year, value.month, value.day), day)
                    elif value is not None and value != "":
                        page.write(r, c, value)
            for r1, c1, r2, c2 in sheet.merges:
                page.merge(r1 - 1, r2 - 1, c1 - 1, c2 - 1)
            page.visibility = int(sheet.hidden)
        book.save(str(target))


def _plain(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value.year}/{value.month}/{value.day}"
    return repr(value) if isinstance(value, float) else str(value)


def _text(sheet: Sheet, kind: str) -> bytes:
    """The bytes of a text file: one line a row, always."""
    rows = [[_plain(c) for c in cells] for cells in sheet.rows]
    if kind == "tab":
        return "\r\n".join("\t".join(r) for r in rows).encode("gb18030")
    if kind == "html":
        body = "".join(
            "<tr>" + "".join(f"<td>{html.escape(c)}</td>" for c in r) + "</tr>\n" for r in rows
        )
        page = f'<html><head><meta charset="utf-8"></head><body><table border="1">\n{body}</table></body></html>'
        return page.encode()
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("gb18030" if kind == "csv-gb" else "utf-8-sig")
