"""What a worker hands back about a file: plain data, cheap to send between processes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Person(NamedTuple):
    """A person (or party) as written in one row."""

    name_raw: str
    name: str
    name_state: str
    id_raw: str
    id_no: str | None
    id_state: str
    id_mask: str | None
    phone: str | None
    bank_no: str | None
    birth_on: dt.date | None
    sex: str | None


class Record(NamedTuple):
    """One canonical row. row: index into SheetRead.rows.   people: role → Person.   village: text, or "" for the sheet's."""

    row: int
    table: str
    values: dict[str, Any]
    people: dict[str, Person]
    village: str
    town: str
    group: str | None
    head: str | None


class RowRead(NamedTuple):
    """One non-empty row below a head. number counts from 1, as a spreadsheet shows it."""

    number: int
    fate: str
    is_hidden: bool
    content: str


@dataclass
class SheetRead:
    """One logical table of a sheet, or why a sheet gave none. period and hints come from the words around it."""

    sheet: str
    status: str
    table: str | None = None
    why: str = ""
    nearest: str = ""
    missing: str = ""
    header_row: int | None = None
    header_rows: int = 0
    is_hidden: bool = False
    unit: str = ""
    period: tuple[dt.date | None, dt.date | None, str] = (None, None, "")
    hints: tuple[str, ...] = ()
    rows: list[RowRead] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    rejects: list[tuple[int, str, str, str]] = field(default_factory=list)
    damaged: list[tuple[int, str, str, str]] = field(default_factory=list)
    controls: list[tuple[int, str, float | None, float | None, bool | None]] = field(
        default_factory=list
    )
    footers: list[tuple[int, str]] = field(default_factory=list)


@dataclass
class FileRead:
    """One file. status: read, not_recognised, unreadable, not_a_table."""

    path: str
    sha256: str
    bytes: int
    status: str
    why: str = ""
    todo: str = ""
    reader: str = ""
    sheets: list[SheetRead] = field(default_factory=list)
