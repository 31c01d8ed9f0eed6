"""The rows of one recognised table: fate, values, people, totals; by column wherever a column can tell."""

from __future__ import annotations

import re

import numpy as np

from xuncha_lib.ingest.bank import is_reversed, reverse
from xuncha_lib.ingest.carry import carried_columns, fill_from_above, line_columns
from xuncha_lib.ingest.coded import Coded, constant
from xuncha_lib.ingest.context import Context, Period
from xuncha_lib.ingest.extract import Plan, masked
from xuncha_lib.ingest.fates import Marks, only_amounts, only_numbered, says, says_something
from xuncha_lib.ingest.frame import Frame
from xuncha_lib.ingest.headings import JOIN
from xuncha_lib.ingest.layout import Table
from xuncha_lib.ingest.lines import read_lines
from xuncha_lib.ingest.month_rows import MonthRows, month_row
from xuncha_lib.ingest.months import MonthReader, Months
from xuncha_lib.ingest.places import Stretches, place_rows
from xuncha_lib.ingest.records import FATES, Block, RowsRead, SheetRead
from xuncha_lib.ingest.rows import (
    group_row,
    is_footer,
    is_signature,
    is_total_word,
    section_row,
    total_kind,
    village_row,
)
from xuncha_lib.ingest.specialise import specialise, term_text
from xuncha_lib.ingest.split_date import fill_split_dates
from xuncha_lib.ingest.totals import Book, Totals
from xuncha_lib.values import Cell, cell_text, fold

_MONEY = {
    "cashbook": ("receipt_yuan", "payment_yuan"), "cash_journal": ("receipt_yuan", "payment_yuan"), "voucher": ("debit_yuan", "credit_yuan"),
    "bank_flow": ("in_yuan", "out_yuan"),
}  # fmt: skip
_PURSES = tuple(f"+{purse}_{side}" for purse in ("cash", "bank") for side in ("receipt", "payment"))
_LAST = 3
"""Rows at the end of a body that are looked at one by one: a total may stand there without a word."""
_BARE = re.compile(r"^[一-鿿]{2,6}$")


class TableReader:
    """Reads the body of a table into a SheetRead, whole or piece by piece.

    kept : rows above a piece that are only remembered from those before it.   is_end : no piece follows.
    """

    def __init__(
        self, read: SheetRead, plan: Plan, context: Context, period: Period, table: Table,
        months: Months, by_month: dict[str, str], book: Book,
    ) -> None:  # fmt: skip
        self.read, self.plan, self.layout = read, plan, table
        self.context, self.period = context, period
        self.name = plan.table.name
        self.zh = {c.name: c.zh for c in plan.table.columns}
        self.totals = Totals(read, plan, book)
        self.months = MonthReader(plan, table.headings, read.unit, months, by_month)
        self.keys = self._key_columns()
        self.marks: Marks
        self.cells: list[Coded] = []
        self.stretches, self.month_rows = Stretches(), MonthRows()
        self.total_rows: list[tuple[int, str]] = []
        self.is_own = np.zeros(0, dtype=bool)
        self.kept, self.is_end = 0, True
        self.remembered = np.zeros(0, dtype=np.int64)
        self.is_reversed: bool | None = None

    def extends(self, before: TableReader, spoke: set[int]) -> bool:
        """True when every column is what it was for the reader before, but for some that are not among these."""
        mine, its = self.plan.places(), before.plan.places()
        is_same = self.name == before.name and not any(
            at in spoke for _, at in mine.items() ^ its.items()
        )
        months = [(one.months.months, one.months.by_month) for one in (self, before)]
        return is_same and months[0] == months[1]

    def _key_columns(self) -> list[int]:
        """Columns one of which must be filled for a row to be data."""
        need = self.plan.table.recognise.get("need", [[]])[0]
        money = _MONEY.get(self.name)
        names = [*money, "+amount", *_PURSES] if money else list(need)
        if self.name == "business":
            names += ["shareholder"]
        found = [self.plan.columns[n][0] for n in names if n in self.plan.columns]
        found += [
            self.plan.extras[n.removeprefix("+")][0]
            for n in names
            if n.removeprefix("+") in self.plan.extras
        ]
        for name in names:
            role, _, part = name.partition(".")
            parts = self.plan.roles.get(role, {})
            found += [parts[p] for p in ((part,) if part else ("name", "id_no")) if p in parts]
        return found

    def run(self, cells: list[Coded], originals: list[Coded], hidden: frozenset[int]) -> None:
        """Give every row its fate; `originals` are the cells as found, before anything was filled down."""
        self.take(cells, originals, self.layout.body.rows.astype(np.int32) + 1, hidden)
        self.totals.close()

    def take(
        self, cells: list[Coded], originals: list[Coded], numbers: np.ndarray, hidden: frozenset[int]
    ) -> None:  # fmt: skip
        """As `run`, of a piece of the body. numbers: those of its rows, from 1."""
        rows, records = len(numbers), self.layout.records
        self.is_own = np.ones(rows, dtype=bool) if records is None else records == np.arange(rows)
        self.cells, self.marks = cells, Marks(originals, rows)
        fates = self._fates(rows)
        is_hidden = np.full(rows, self.read.is_hidden)
        if hidden:
            is_hidden |= np.isin(numbers, np.array(sorted(hidden), dtype=np.int32))
        self.read.rows, self.read.height = (
            RowsRead(numbers, fates, is_hidden, self.marks.content),
            rows,
        )
        data = np.flatnonzero((fates == 0) & self.is_own)
        frame = Frame(self.plan, [column.take(data) for column in cells], data)
        if not self.is_end:
            self.totals.note(frame, self.kept)
        if len(data):
            self._read(frame)
        else:
            self.totals.check(frame, self.cells, self.total_rows, self.kept)
        self.remembered = data[sorted(frame.remembered)]
        self.read.damaged += [
            (int(data[row]), column, value, why)
            for row, _, column, value, why in sorted(frame.damage, key=lambda one: one[:2])
        ]

    # -- fates ----------------------------------------------------------------------------------------------------

    def _fates(self, rows: int) -> np.ndarray:
        """Fate of every row, as its number in FATES."""
        fates = np.zeros(rows, dtype=np.int8)
        has_key = np.full(rows, not self.keys)
        is_keyed = np.zeros(rows, dtype=bool)
        for at in set(self.keys):
            has_key |= says(self.cells[at])
            is_keyed |= self.cells[at].filled()
        last_key = int(np.flatnonzero(is_keyed)[-1]) if is_keyed.any() else -1
        if (
            not self.is_end and self.keys
        ):  # a piece is cut where a row with a key follows or is the last
            last_key = rows
        self.carries = np.zeros(rows, dtype=bool)
        for at in carried_columns(self.plan):
            self.carries |= says(self.cells[at])
        is_last = np.arange(rows) >= (rows - _LAST if self.is_end else rows)
        for at, text in self.layout.feet.items():
            self.read.footers.append((at, masked(text)))
            fates[at] = FATES.index("footer")
        asked = np.flatnonzero((self.marks.is_odd | ~has_key | is_last) & self.is_own)
        for at in asked[asked >= self.kept].tolist():
            row = [column[at] for column in self.cells]
            told = self._fate(row, self.marks.words(at), at, fates, is_after=at > last_key)
            fates[at] = FATES.index(told)
        return fates

    def _fate(
        self, row: list[Cell], texts: list[str], at: int, fates: np.ndarray, *, is_after: bool
    ) -> str:
        if (kind := total_kind(texts)) and not self._is_person_row(row):
            self.total_rows.append((at, kind))
            return "control"
        if self._announces(row, texts, at, is_after=is_after):
            self.read.footers.append((at, texts[0]))
            return "footer"
        if is_footer(texts) and (
            is_signature(texts) or is_after or len(texts) <= 2 or not self._has_key(row)
        ):
            self.read.footers.append((at, masked("；".join(texts))))
            return "footer"
        if self._is_wordless_sum(row, texts, at, fates):
            self.total_rows.append((at, "sum"))
            return "control"
        if why := self._rejected(row, texts, at, fates, is_after=is_after):
            if why == "表尾":
                self.read.footers.append((at, masked("；".join(texts))))
                return "footer"
            self.read.rejects.append((at, "", masked("；".join(texts)), why))
            return "rejected"
        return "canonical"

    def _announces(self, row: list[Cell], texts: list[str], at: int, *, is_after: bool) -> bool:
        """True for a row that names the village, group, month or side of the rows below it."""
        group, named, side = "", None, ""
        if village := village_row(texts) or self._bare_village(row, texts, is_after=is_after):
            self.stretches.village(at, village)
        elif group := group_row(texts):
            self.stretches.group(at, group)
        elif named := month_row(texts):
            self.month_rows.add(at, *named)
        elif self.name in _MONEY and (side := section_row(texts)):
            self.stretches.side(at, side)
        return bool(village or group or named or side)

    def _is_wordless_sum(
        self, row: list[Cell], texts: list[str], at: int, fates: np.ndarray
    ) -> bool:
        """True for a row of nothing but amounts that are the sums of the rows above it."""
        may_be = only_amounts(texts) and (self.name in _MONEY or not self._has_key(row))
        return may_be and self.totals.is_sum(self.cells, at, fates, self.kept)

    def _bare_village(self, row: list[Cell], texts: list[str], *, is_after: bool) -> str:
        """A short name alone on a row (桃桥) may be a village: marked with ? it counts only if the village is known."""
        alone = (
            not is_after
            and len(set(texts)) == 1
            and _BARE.match(fold(texts[0]))
            and not is_footer(texts)
        )
        elsewhere = any(row[k] is not None for k in self.keys if k)
        return f"?{fold(texts[0])}" if alone and not elsewhere else ""

    def _is_person_row(self, row: list[Cell]) -> bool:
        numbers = [row[p["id_no"]] for p in self.plan.roles.values() if "id_no" in p]
        return any(cell is not None and not is_total_word(cell_text(cell)) for cell in numbers)

    def _has_key(self, row: list[Cell]) -> bool:
        return not self.keys or any(says_something(row[k]) for k in self.keys)

    def _rejected(
        self, row: list[Cell], texts: list[str], at: int, fates: np.ndarray, *, is_after: bool
    ) -> str:
        """Why a row is not data; "" when it is."""
        if (
            self._has_key(row)
            or (self.months.months and self.name == "petition_count")
            or self._is_void_voucher(row)
        ):
            return ""
        if only_numbered(texts):
            return "只有序号，没有内容"
        if self._continues(row, at, fates):
            return ""
        if is_after and len(texts) <= 3 and not only_amounts(texts):
            return "表尾"
        names = self.plan.table.recognise.get("need", [[""]])[0]
        if self.name in _MONEY:
            return "没有收支金额"
        return f"没有{self.zh.get(names[0]) or next((r.zh for r in self.plan.table.roles if r.name == names[0]), '关键内容')}"

    def _continues(self, row: list[Cell], at: int, fates: np.ndarray) -> bool:
        """True for a row that only adds a member, a plot, a bidder or a shareholder to a data row above."""
        if not any(row[place] is not None for place in line_columns(self.plan)):
            return False
        start = self.stretches.start
        return bool((self.carries[start:at] & (fates[start:at] == 0)).any())

    def _is_void_voucher(self, row: list[Cell]) -> bool:
        """A cancelled number is kept in a ledger without an amount: it explains a gap."""
        at = [self.plan.columns[n][0] for n in ("voucher_no", "summary") if n in self.plan.columns]
        return self.name in _MONEY and len(at) == 2 and all(row[i] is not None for i in at)

    # -- data rows ------------------------------------------------------------------------------------------------

    def _read(self, frame: Frame) -> None:
        fill_from_above(frame, self.stretches.starts(frame.rows))
        if self.name == "contract":
            term_text(frame)
        fill_split_dates(frame, self.layout.headings, self.period, self.context)
        if "side" not in frame.extras and (sides := self.stretches.sides(frame.rows)):
            frame.extras["side"] = sides
        self.month_rows.tell(frame, self.period, self.context)
        specialise(frame, self.context, self.period)
        own, derived = read_lines(frame, self.context, self.layout.headings, self.read.unit)
        places, group, head = place_rows(frame, self.stretches)
        self.totals.check(frame, self.cells, self.total_rows, self.kept)
        if self.name == "bank_flow" and {"in_yuan", "out_yuan"} <= set(self.plan.columns):
            self._settle_direction(frame)
        rows, values = self.months.spread(frame)
        if own is not None:
            rows, values = own, {name: column.take(own) for name, column in values.items()}
        for table, which, its_values, its_people in [
            (self.name, rows, values, None),
            *derived,
        ]:
            people = its_people if its_people is not None else self._taken(frame.people, which)
            self.read.blocks.append(
                Block(table, frame.rows[which], its_values, people, places.take(which), group.take(which),
                      head.take(which) if its_people is None else constant(None, len(which)))
            )  # fmt: skip

    def _settle_direction(self, frame: Frame) -> None:
        """Which side of a bank book is which: its first piece tells for all of them."""
        if self.is_reversed is None:
            at = (self.plan.columns[n][0] for n in ("in_yuan", "out_yuan"))
            headings = "".join(self.layout.headings[i].replace(JOIN, "") for i in at)
            self.is_reversed = is_reversed(frame, headings, self.context)
        if self.is_reversed:
            reverse(frame)

    @staticmethod
    def _taken(people: dict[str, Coded], rows: np.ndarray) -> dict[str, Coded]:
        return {role: column.take(rows) for role, column in people.items()}
