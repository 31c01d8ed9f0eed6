"""Excel books that leave the workbench: one look, text masked, equal content gives equal bytes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from xuncha_lib.masks import mask_text
from xuncha_lib.report.html import BANNER

_WIDE = re.compile(r"[\u2e80-\U0010ffff]+")
_FONT = {"font_name": "微软雅黑", "font_size": 10, "valign": "top"}


def new_book(path: Path, title: str, *, comment: str = BANNER) -> tuple[Any, dict[str, Any]]:
    """(workbook, formats by name: note, head, cell, money)."""
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    book = xlsxwriter.Workbook(str(path), options)
    # a fixed day: the clock would make every run's file another one
    book.set_properties({"title": title, "comments": comment, "created": datetime(2024, 1, 1)})
    bordered = {**_FONT, "border": 1}
    formats = {
        "note": book.add_format({**_FONT, "bold": True, "font_color": "#9C2A10"}),
        "head": book.add_format(
            {**bordered, "bold": True, "bg_color": "#E8ECF2", "text_wrap": True}
        ),
        "cell": book.add_format({**bordered, "text_wrap": True}),
        "money": book.add_format({**bordered, "num_format": "#,##0.00"}),
    }
    return book, formats


def fill_sheet(
    sheet: Any,
    columns: dict[str, int],
    rows: Sequence[Sequence[Any]],
    formats: dict[str, Any],
    note: str,
) -> None:
    """A note, a frozen heading, the rows; all text masked."""
    sheet.write_string(0, 0, note, formats["note"])
    for place, (name, width) in enumerate(columns.items()):
        sheet.set_column(place, place, width)
        sheet.write_string(1, place, name, formats["head"])
    for number, row in enumerate(rows, 2):
        sheet.set_row(number, _height(row, list(columns.values())))
        for place, value in enumerate(row):
            _cell(sheet, number, place, value, formats)
    sheet.freeze_panes(2, min(2, len(columns) - 1))
    sheet.repeat_rows(1)
    if rows:
        sheet.autofilter(1, 0, 1 + len(rows), len(columns) - 1)


def _height(row: Sequence[Any], widths: Sequence[int]) -> float:
    """Points a row needs: not every program finds that out by itself. A Chinese character is two wide."""
    lines = [
        sum(
            max(1, -(-(len(line) + sum(map(len, _WIDE.findall(line)))) // (width - 1)))
            for line in str(value).split("\n")
        )
        for value, width in zip(row, widths, strict=True)
        if isinstance(value, str)
    ]
    return min(15.0 * max(lines, default=1), 400.0)


def _cell(sheet: Any, row: int, place: int, value: Any, formats: dict[str, Any]) -> None:
    if value is None or value == "":
        sheet.write_blank(row, place, None, formats["cell"])
    elif isinstance(value, float):
        sheet.write_number(row, place, value, formats["money"])
    elif isinstance(value, int):
        sheet.write_number(row, place, value, formats["cell"])
    else:
        text = f"{value:%Y-%m-%d}" if isinstance(value, date) else mask_text(str(value))
        sheet.write_string(row, place, text, formats["cell"])
