"""A table being written: title, unit line, head, rows, subtotals, footer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from book import Sheet
from records import Rec

Column = tuple[str, Callable[[Rec], Any]]


def number(cell: Any) -> float:
    """The value of a cell, also when it is text such as ￥1,234.50 or 560元."""
    if isinstance(cell, int | float):
        return float(cell)
    text = str(cell or "").strip("￥元").replace(",", "")
    return float(text) if text.replace(".", "", 1).isdigit() and len(text) < 12 else 0.0


class Grid:
    """Writes records into a sheet by a list of (heading, getter) columns."""

    def __init__(
        self,
        sheet: Sheet,
        columns: list[Column],
        title: str = "",
        unit: str = "",
        groups: list[tuple[str, int]] | None = None,
        has_head: bool = True,
    ) -> None:
        self.sheet, self.columns = sheet, columns
        self.count = 0
        self.sums: dict[int, float] = {}
        self.money = {
            k
            for k, (h, _) in enumerate(columns)
            if not any(w in h for w in ("号", "期", "时间", "组"))
        }
        if title:
            sheet.title(title, len(columns))
        if unit:
            cells: list[Any] = [None] * len(columns)
            left, _, right = unit.partition("|")
            cells[0] = left
            cells[-1 if len(columns) < 8 else -2] = right
            sheet.row(cells)
        heads = [h for h, _ in columns]
        if not has_head:
            return
        if groups:
            sheet.head2(groups, heads)
        else:
            sheet.row(list(heads))

    def add(self, rec: Rec, *more: Rec) -> int:
        self.count += 1
        cells = []
        for k, (_, get) in enumerate(self.columns):
            cell = get(rec)
            cells.append(cell)
            if self.sums.get(k) is not None or k in self.money:
                self.sums[k] = self.sums.get(k, 0) + number(cell)
        return self.sheet.row(cells, rec, *more)

    def line(self, text: str, at: int = 0) -> int:
        """A separator or note row."""
        cells: list[Any] = [None] * len(self.columns)
        cells[at] = text
        return self.sheet.row(cells)

    def total(self, words: str, of: list[str], recs: list[Rec] | None = None, at: int = 0) -> None:
        """A sum row over the named headings (only when the column is numeric)."""
        cells: list[Any] = [None] * len(self.columns)
        cells[at] = words
        for k, (head, get) in enumerate(self.columns):
            if head in of:
                values = [get(r) for r in recs] if recs is not None else None
                value = self.sums.get(k) if values is None else sum(number(v) for v in values)
                if value:
                    cells[k] = round(value, 2)
        self.sheet.row(cells)


def seq_column(head: str) -> tuple[Column, Callable[[], None]]:
    """A running number and its reset."""
    state = {"n": 0}

    def get(_: Rec) -> int:
        state["n"] += 1
        return state["n"]

    def reset() -> None:
        state["n"] = 0

    return (head, get), reset
