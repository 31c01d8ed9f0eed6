"""What a worker finds in a file: plain data by column, cheap to send between processes."""

from __future__ import annotations

import datetime as dt
import hashlib
import struct
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from xuncha_lib.ingest.coded import Coded

_HALVES = struct.Struct("<QQ")
FATES = ("canonical", "control", "footer", "rejected")
"""What may become of a row below a head, by its number in `Rows.fates`."""


class Person(NamedTuple):
    """A person (or party) as written in one row. key: of all that is written, see `key_of`."""

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
    key: tuple[int, int] = (0, 0)


def key_of(parts: tuple[object, ...]) -> tuple[int, int]:
    """128 bits that are the same for the same parts, in any process."""
    text = "\x1f".join(
        [part if type(part) is str else "\0" if part is None else str(part) for part in parts]
    )
    low, high = _HALVES.unpack(hashlib.blake2b(text.encode(), digest_size=16).digest())
    return low, high


@dataclass
class Block:
    """Canonical rows of one table. rows: where in the sheet's rows each came from; a row may give several.

    values : column → values.   people : role → Person or None.   places : (village text or "", town text or "").
    """

    table: str
    rows: np.ndarray
    values: dict[str, Coded]
    people: dict[str, Coded]
    places: Coded
    group: Coded
    head: Coded


@dataclass
class RowsRead:
    """The non-empty rows below a head. numbers count from 1; content: 64-bit key of what the row says."""

    numbers: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=np.int32))
    fates: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=np.int8))
    hidden: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=bool))
    content: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=np.uint64))

    def __len__(self) -> int:
        return len(self.numbers)


@dataclass
class SheetRead:
    """One logical table of a sheet, or why a sheet gave none. period and hints come from the words around it.

    height : how many rows below the head; they stay when the rows themselves are let go.
    """

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
    height: int = 0
    rows: RowsRead = field(default_factory=RowsRead)
    blocks: list[Block] = field(default_factory=list)
    rejects: list[tuple[int, str, str, str]] = field(default_factory=list)
    damaged: list[tuple[int, str, str, str]] = field(default_factory=list)
    controls: list[tuple[int, str, float | None, float | None, bool | None]] = field(
        default_factory=list
    )
    footers: list[tuple[int, str]] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)

    def let_go(self) -> None:
        """Forget the rows: they are kept elsewhere."""
        self.rows, self.blocks = RowsRead(), []
        self.rejects, self.damaged, self.controls, self.footers, self.notes = [], [], [], [], []


@dataclass
class Stored:
    """Rows of one file that wait in a file of their own. places, counts: table → its streams there, how many rows."""

    path: str
    places: dict[str, list[tuple[int, int]]]
    counts: dict[str, int]


@dataclass
class FileRead:
    """One file. status: read, not_recognised, unreadable, not_a_table.

    stored : its rows, where they were too many to be kept in memory.
    """

    path: str
    sha256: str
    bytes: int
    status: str
    why: str = ""
    todo: str = ""
    reader: str = ""
    sheets: list[SheetRead] = field(default_factory=list)
    stored: Stored | None = None
