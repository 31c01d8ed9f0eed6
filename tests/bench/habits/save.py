"""Sheets → files, as the programs of villages and offices write them."""

import csv
import datetime as dt
import html
import io
import shutil
import subprocess
import tempfile
from pathlib import Path

import openpyxl
import xlsxwriter
import xlwt
from dress import Sheet
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter


def by_openpyxl(path: Path, sheets: list[Sheet]) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for one in sheets:
        sheet = book.create_sheet(one.name)
        for i, line in enumerate(one.lines, 1):
            for j, cell in enumerate(line.cells, 1):
                if cell is not None and cell != "":
                    put = sheet.cell(i, j, cell)
                    put.data_type = (
                        "s" if isinstance(cell, str) else put.data_type
                    )  # ="…" is text here
                    if line.struck:
                        put.font, put.fill = (
                            Font(strike=True),
                            PatternFill("solid", fgColor="FFFFFF00"),
                        )
            sheet.row_dimensions[i].hidden = line.hidden
        for a, b, c, d in one.merges:
            sheet.merge_cells(start_row=a + 1, start_column=b + 1, end_row=c + 1, end_column=d + 1)
        for j in one.hidden_columns:
            sheet.column_dimensions[get_column_letter(j + 1)].hidden = True
        if one.hidden:
            sheet.sheet_state = "hidden"
        if one.lines:
            sheet.cell(1, 1).comment = Comment("会计留存", "会计")
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)


def by_xlsxwriter(path: Path, sheets: list[Sheet]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path, {"in_memory": True, "strings_to_formulas": False}) as book:
        day, struck = (
            book.add_format({"num_format": "yyyy-m-d"}),
            book.add_format({"font_strikeout": True}),
        )
        book.use_zip64()
        for one in sheets:
            sheet = book.add_worksheet(one.name)
            covered = {
                (i, j)
                for a, b, c, d in one.merges
                for i in range(a, c + 1)
                for j in range(b, d + 1)
            }
            for a, b, c, d in one.merges:
                cells = one.lines[a].cells
                sheet.merge_range(a, b, c, d, cells[b] if b < len(cells) else None)
            for i, line in enumerate(one.lines):
                for j, cell in enumerate(line.cells):
                    if cell is None or cell == "" or (i, j) in covered:
                        continue
                    if isinstance(cell, dt.date):
                        sheet.write_datetime(
                            i, j, dt.datetime(cell.year, cell.month, cell.day), day
                        )
                    else:
                        (sheet.write_string if isinstance(cell, str) else sheet.write)(
                            i, j, cell, struck if line.struck else None
                        )
                if line.hidden:
                    sheet.set_row(i, options={"hidden": True})
            for j in one.hidden_columns:
                sheet.set_column(j, j, None, None, {"hidden": True})
            if one.hidden:
                sheet.hide()


def by_xlwt(path: Path, sheets: list[Sheet]) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    day = xlwt.easyxf(num_format_str="YYYY-M-D")
    for one in sheets:
        sheet = book.add_sheet(one.name, cell_overwrite_ok=True)
        for i, line in enumerate(one.lines):
            for j, cell in enumerate(line.cells):
                if cell is not None and cell != "":
                    sheet.write(i, j, cell, *([day] if isinstance(cell, dt.date) else []))
            if line.hidden:
                sheet.row(i).hidden = True
        for a, b, c, d in one.merges:
            cells = one.lines[a].cells
            sheet.write_merge(a, c, b, d, cells[b] if b < len(cells) else None)
        for j in one.hidden_columns:
            sheet.col(j).hidden = True
        if one.hidden:
            sheet.visibility = 1
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(str(path))


def _text(cell) -> str:
    if isinstance(cell, dt.date):
        return f"{cell.year}/{cell.month}/{cell.day}"
    return "" if cell is None else str(cell)


def by_csv(
    path: Path,
    sheets: list[Sheet],
    *,
    encoding: str = "gb18030",
    mark: str = ",",
    trick: bool = False,
) -> None:
    """One sheet. trick: long numbers as ="…", so that Excel leaves them alone."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=mark, lineterminator="\r\n")
    width = max(len(line.cells) for line in sheets[0].lines)
    for line in sheets[0].lines:
        texts = [_text(cell) for cell in line.cells] + [""] * (width - len(line.cells))
        writer.writerow(
            [
                f'="{t}"' if trick and len(t) > 14 and t.isalnum() and t.isascii() else t
                for t in texts
            ]
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(out.getvalue().encode(encoding, errors="replace"))


def by_html(path: Path, sheets: list[Sheet]) -> None:
    one = sheets[0]
    spans = {(a, b): (c - a + 1, d - b + 1) for a, b, c, d in one.merges}
    covered = {
        (i, j) for a, b, c, d in one.merges for i in range(a, c + 1) for j in range(b, d + 1)
    } - set(spans)
    width = max(len(line.cells) for line in one.lines)
    rows = []
    for i, line in enumerate(one.lines):
        cells = []
        for j in range(width):
            if (i, j) in covered:
                continue
            down, across = spans.get((i, j), (1, 1))
            span = (f' rowspan="{down}"' if down > 1 else "") + (
                f' colspan="{across}"' if across > 1 else ""
            )
            text = html.escape(_text(line.cells[j] if j < len(line.cells) else None)).replace(
                " ", "&nbsp;"
            )
            cells.append(f"<td{span} style='mso-number-format:\"\\@\"'>{text}</td>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    page = f"<html><head><meta charset='gb2312'></head><body><table border=1>{''.join(rows)}</table></body></html>"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(page.encode("gb18030"))


def by_office(path: Path, sheets: list[Sheet]) -> None:
    """Through LibreOffice into the format of the extension (.ods, .xls of BIFF8 with its own quirks)."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "made.xlsx"
        by_xlsxwriter(made, sheets)
        command = [
            "soffice",
            "--headless",
            f"-env:UserInstallation=file://{folder}/profile",
            "--convert-to",
            path.suffix[1:],
            "--outdir",
            folder,
            str(made),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(made.with_suffix(path.suffix), path)
