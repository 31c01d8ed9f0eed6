"""The desk where files are written: books so far, and the common ways to lay rows out."""

import random
from collections.abc import Callable
from typing import Any

from .dialect import MONEY, Column, Dialect
from .names import THREE_WAY_VILLAGE
from .sheet import TEXT_KINDS, Book, Cell, Sheet
from .world import Record, Village, World

Value = Callable[[Record, str], Any]


class Desk:
    """Collects the books of the round."""

    def __init__(self, world: World, stranger: int) -> None:
        self.world, self.stranger = world, stranger
        self.books: list[Book] = []

    def rng(self, *key: object) -> random.Random:
        """A generator for one file or one bureau's habits."""
        return self.world.rng("desk", *key)

    def book(self, path: str, kind: str = "xlsx") -> Book:
        """A new book; its ending follows its kind unless the path has one."""
        ending = {"xlsx": ".xlsx", "xls": ".xls", "csv-gb": ".csv", "csv-utf8": ".csv"}.get(
            kind, ".xls"
        )
        if not path.endswith((".xlsx", ".xls", ".csv", ".et")):
            path += ending
        book = Book(path, kind)
        self.books.append(book)
        return book

    def dialect(self, table: str, book: Book, *key: object) -> Dialect:
        """The hand of a file; the same key gives the same hand."""
        return Dialect(self.rng("hand", table, *key), table, self.stranger, book.kind in TEXT_KINDS)

    def spell(self, hand: Dialect, village: Village) -> str:
        """A village's name in this file."""
        return hand.place(village.name, village.name == THREE_WAY_VILLAGE)


def heading(sheet: Sheet, columns: list[Column], title: str = "", unit: str = "") -> None:
    """Title and unit rows over a head of one or more levels."""
    if title:
        sheet.wide(title, len(columns))
    if unit:
        sheet.wide(unit, len(columns)) if len(unit) > 14 else sheet.line([unit])
    sheet.head([c.path for c in columns])


def body(
    desk: Desk,
    sheet: Sheet,
    hand: Dialect,
    columns: list[Column],
    rows: list[Record],
    value: Value | None = None,
    start: int = 1,
) -> None:
    """One row a record; `seq` counts, `town` and `village` come from the record's village."""
    for i, record in enumerate(rows, start):
        sheet.put(record, row_cells(desk, hand, columns, record, i, value))


def row_cells(
    desk: Desk,
    hand: Dialect,
    columns: list[Column],
    record: Record,
    i: int,
    value: Value | None = None,
) -> list[Cell]:
    """The cells of a record in column order."""
    cells: list[Cell] = []
    for column in columns:
        name = column.field
        found: Any = record[name] if value is None else value(record, name)
        if name == "seq":
            cells.append(i)
        elif name == "town":
            cells.append(record.village.town)
        elif name == "village":
            cells.append(desk.spell(hand, record.village))
        elif name == "address" and found is None:
            cells.append(f"{record.village.town}{record.village.name}{i % 90 + 1}号")
        elif name == "clerk":
            cells.append(("管理员", "李会计", "王敏")[i % 3])
        elif name in ("sign",):
            cells.append("")
        elif name == "group" and found:
            cells.append(f"{found}组")
        else:
            cells.append(hand.cell(name, found, record))
    return cells


def total(
    hand: Dialect,
    columns: list[Column],
    rows: list[Record],
    word: str,
    fields: tuple[str, ...],
    value: Value | None = None,
) -> list[Cell]:
    """A control row: `word` in the first text column, sums under `fields`."""
    cells: list[Cell] = []
    for i, column in enumerate(columns):
        if i == (1 if columns[0].field == "seq" else 0):
            cells.append(word)
        elif column.field in fields and column.field in MONEY:
            got = [(value or (lambda r, f: r[f]))(r, column.field) for r in rows]
            cells.append(hand.money(sum(g for g in got if isinstance(g, int))))
        else:
            cells.append("")
    return cells


def footer(sheet: Sheet, rng: random.Random, width: int) -> None:
    """Who made it, and sometimes a note."""
    style = rng.randrange(4)
    if style == 0:
        sheet.line(["制表人：", "", "审核人：", "", "填表日期："])
    elif style == 1:
        sheet.wide("制表人：王敏    审核：李建国    村书记（签字）：    村监会主任：", width)
    elif style == 2:
        sheet.wide("注：本表一式三份，村、镇、部门各存一份。", width)
