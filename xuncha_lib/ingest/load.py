"""From packs to the tables of a case; ids follow the order of file, sheet and row."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from xuncha_lib.ingest.coded import distinct
from xuncha_lib.ingest.extract import masked
from xuncha_lib.ingest.gather import Gathered
from xuncha_lib.ingest.made import Made
from xuncha_lib.ingest.records import FATES
from xuncha_lib.ingest.schema import (
    BASE_TABLES,
    COMPANY_FACTS,
    columns_of,
    create,
    drop_others,
    insert,
)
from xuncha_lib.ingest.settle import note_villages
from xuncha_lib.ingest.versions import supersede
from xuncha_lib.ingest.villages import Villages
from xuncha_lib.ingest.writer import Writer, hexadecimal
from xuncha_lib.settings import Settings
from xuncha_lib.tables import load_tables

_LAST_DATES = {
    "cashbook": "entry_on",
    "voucher": "entry_on",
    "cash_journal": "entry_on",
    "bank_flow": "txn_on",
    "subsidy": "paid_on",
}
_ABOUT_ROWS = ("reject", "damaged", "control_total", "footer", "comment")
_OWN_BOOKS = frozenset(
    "cashbook voucher trial_balance bank_flow cash_journal contract asset project purchase meeting disclosure committee".split()
)
"""A village with rows in one of these has handed something in; rolls of bureaus also name villages outside the round."""
_AT_ONCE = 1 << 20
_STEP = np.uint64(0x9E3779B97F4A7C15)


class Loader:
    """Joins what the files gave and writes each table once."""

    def __init__(self, con: Any, settings: Settings, made: Made) -> None:
        """made: of what the tables of the connection are; filled with what they will be."""
        self.con, self.settings = con, settings
        self.sql = {name: table.sql_columns() for name, table in load_tables().items()}
        self.villages = Villages()
        self.fates: Counter[str] = Counter()
        self.unknown: Counter[tuple[int, str]] = Counter()
        self.days: list[dt.date] = []
        self.made = made
        self.same: set[str] = set()
        self.own: set[str | None] = set()

    def load(self, found: Gathered) -> None:
        """Everything found, in the order of the files; tables that are as they should be already are left alone."""
        if self.made.whole(found.files):
            counted = self.con.execute("SELECT fate, count(*) FROM source_row GROUP BY fate")
            self.fates.update(dict(counted.fetchall()))
            return
        note_villages(self.villages, found)
        village_of = [self.villages.code_of("", "", sheet.hints) for _, sheet in found.sheets]
        supersede(found, village_of)
        self._place(found)
        self.same = self.made.contents(
            found, self.village_of_place.to_pylist(), ["mention", *self.sql]
        )
        create(self.con, self.sql, self.same)
        if self.made.before:
            drop_others(self.con, self.sql)
        self._files_and_sheets(found, village_of)
        with Writer(self.con) as writer:
            self._rows(found, writer)
            for name in _ABOUT_ROWS:
                self._about_rows(name, found, writer)
            self._mentions(found, writer)
            found.rest()
            for name in self.sql:
                self._canonical(name, found, writer)
                found.drop(name)
        self._rest()
        if "business_person" not in self.same:
            self.con.execute(COMPANY_FACTS)

    # -- small tables ---------------------------------------------------------------------------------------------

    def _put(self, name: str, rows: list[tuple[Any, ...]]) -> None:
        insert(self.con, name, BASE_TABLES[name], columns_of(rows, BASE_TABLES[name]))

    def _files_and_sheets(self, found: Gathered, village_of: list[str | None]) -> None:
        self._put("source_file", [
            (at, f.path, f.sha256, f.bytes, f.status, f.why, f.todo, f.reader) for at, f in enumerate(found.files, 1)
        ])  # fmt: skip
        tables = load_tables()
        self._put("sheet", [
            (at, file + 1, s.sheet, s.status, s.table, tables[s.table].kind if s.table else None, s.why, s.nearest,
             s.missing, s.header_row, s.header_rows, s.is_hidden, s.unit, village,
             s.period[0] if s.period[2] == "month" else None, s.height if s.status == "read" else 0)
            for at, ((file, s), village) in enumerate(zip(found.sheets, village_of, strict=True), 1)
        ])  # fmt: skip

    def _rest(self) -> None:
        self._put(
            "village_unknown",
            [(sheet, text, n) for (sheet, text), n in sorted(self.unknown.items())],
        )
        villages = self.villages.all()
        named = self.settings.villages
        inside = {
            v.code
            for v in villages
            if v.code in self.own or v.sources != {"列"} or v.is_one_of(named)
        }
        self._put("village", [
            (v.code, v.name, v.town, v.county, v.region_code, v.facts.get("population"), v.facts.get("households"),
             v.facts.get("farmland_mu"), "、".join(sorted(v.sources)), not inside or v.code in inside)
            for v in villages
        ])  # fmt: skip
        s = self.settings
        told: dict[str, dt.date | str | None] = {
            "as_of": s.as_of or max(self.days, default=None), "period_from": s.period_from or min(self.days, default=None),
            "period_to": s.period_to or max(self.days, default=None), "warrant": s.warrant, "title": s.title, "team": s.team,
            "elections": "、".join(map(str, s.elections)), "villages": "、".join(s.villages),
        }  # fmt: skip
        self._put("setting", [(k, None if v in (None, "") else str(v)) for k, v in told.items()])

    # -- rows -----------------------------------------------------------------------------------------------------

    def _place(self, found: Gathered) -> None:
        """Village of every place named in a sheet, and which sheets count."""
        places = found.table("places")
        self.sheet_of_place = (
            places.column("sheet").to_numpy() + found.sheet_starts[found.file_of("places")]
        )
        self.place_texts = places.column("village").to_pylist()
        towns = places.column("town").to_pylist()
        codes = [
            self.villages.code_of(village, town, found.sheets[sheet][1].hints)
            for village, town, sheet in zip(
                self.place_texts, towns, self.sheet_of_place.tolist(), strict=True
            )
        ]
        self.village_of_place = pa.array(codes, pa.string())
        self.is_read = np.array([sheet.status == "read" for _, sheet in found.sheets], dtype=bool)

    def _rows(self, found: Gathered, writer: Writer) -> None:
        rows = found.table("rows")
        sheets = found.sheet_of_row()
        self.is_kept = self.is_read[sheets]
        self.row_id = np.cumsum(self.is_kept)
        fates = rows.column("fate").to_numpy()
        counted = np.bincount(fates[self.is_kept], minlength=len(FATES)).tolist()
        self.fates.update(dict(zip(FATES, counted, strict=True)))
        for part, piece in _pieces(rows):
            told = pa.table({
                "row_id": self.row_id[part], "sheet_id": (sheets[part] + 1).astype(np.int32), "row": piece.column("number"),
                "fate": pa.DictionaryArray.from_arrays(fates[part], list(FATES)), "hidden": piece.column("hidden"),
                "content": hexadecimal(piece.column("content").to_numpy()),
            })  # fmt: skip
            writer.put("source_row", _only(told, self.is_kept[part]))

    def _source(self, name: str, column: str, found: Gathered) -> tuple[np.ndarray, np.ndarray]:
        """(which rows of the table come from sheets that count, id of the row each of these comes from)."""
        at = found.table(name).column(column).to_numpy() + found.starts("rows")[found.file_of(name)]
        keep = self.is_kept[at]
        return keep, self.row_id[at[keep]]

    def _about_rows(self, name: str, found: Gathered, writer: Writer) -> None:
        if found.has(name):
            keep, ids = self._source(name, "row", found)
            rows = _only(found.table(name), keep)
            writer.put(name, rows.set_column(0, "row_id", pa.array(ids)))

    def _mentions(self, found: Gathered, writer: Writer) -> None:
        """Number the people as written, each once per village, in the order in which they are first met."""
        told = found.table("mentions")
        place = told.column("place").to_numpy() + found.starts("places")[found.file_of("mentions")]
        village = self.village_of_place.dictionary_encode()
        which = pc.fill_null(village.indices, -1).to_numpy(zero_copy_only=False)[place]
        low, high = told.column("low").to_numpy(), told.column("high").to_numpy()
        keys = (low ^ (high * _STEP)) + (which + 2).astype(np.uint64) * _STEP * _STEP
        counts = self.is_read[self.sheet_of_place[place]]
        first, same = distinct(keys[counts])
        number = np.zeros(len(first), dtype=np.int64)
        number[np.argsort(first)] = np.arange(len(first)) + 1
        self.mention_id = np.zeros(max(1, len(keys)), dtype=np.int64)
        self.mention_id[np.flatnonzero(counts)] = number[same]
        chosen = np.flatnonzero(counts)[np.sort(first)]
        if "mention" in self.same:
            return
        rows = told.take(pa.array(chosen))
        rows = rows.append_column(
            "village_code", self.village_of_place.take(pa.array(place[chosen]))
        )
        rows = rows.append_column("mention_id", pa.array(np.arange(len(chosen)) + 1))
        writer.put("mention", rows, BASE_TABLES["mention"])

    def _canonical(self, name: str, found: Gathered, writer: Writer) -> None:
        keep, ids = self._source(name, "_row", found)
        told = _only(found.table(name), keep)
        file = found.file_of(name)[keep]
        place = told.column("_place").to_numpy() + found.starts("places")[file]
        self._count_unknown(place)
        if name in _OWN_BOOKS:
            self.own.update(self.village_of_place.take(pa.array(np.unique(place))).to_pylist())
        if name in _LAST_DATES:
            self._note_days(told.column(_LAST_DATES[name]))
        numbers = {"row_id": ids} | self._people(name, told, found.starts("mentions")[file])
        is_same = self.made.ids(name, list(numbers.values()))
        if name not in self.same:
            for part, piece in _pieces(told):
                columns = {column: _or_null(n[part]) for column, n in numbers.items()}
                columns["village_code"] = self.village_of_place.take(pa.array(place[part]))
                rows = {c: columns[c] if c in columns else piece.column(c) for c in self.sql[name]}
                writer.put(name, pa.table(rows))
        elif not is_same:
            writer.renumber(name, {column: _or_null(n) for column, n in numbers.items()})

    def _people(self, name: str, told: pa.Table, mentions: np.ndarray) -> dict[str, np.ndarray]:
        """Role → mention of each row, 0 for nobody. mentions: for each row where the mentions of its file start."""
        found = {}
        for role in load_tables()[name].roles:
            if role.name in self.sql[name]:
                local = pc.fill_null(told.column(role.name), -1).to_numpy()
                at = np.where(local < 0, 0, local + mentions)
                found[role.name] = np.where(local < 0, 0, self.mention_id[at])
        return found

    def _count_unknown(self, place: np.ndarray) -> None:
        """Note the texts that should name a village and do not, with their rows."""
        times = np.bincount(place, minlength=len(self.place_texts))
        for at in np.flatnonzero(
            (times > 0) & self.village_of_place.is_null().to_numpy(zero_copy_only=False)
        ).tolist():
            if (text := self.place_texts[at]) and text[0] not in "?@":
                self.unknown[int(self.sheet_of_place[at]) + 1, masked(text)] += int(times[at])

    def _note_days(self, days: pa.ChunkedArray) -> None:
        likely = days.filter(pc.less(days, pa.scalar(dt.date(2100, 1, 1))))
        found = pc.min_max(likely)
        self.days += [day.as_py() for day in found.values() if day.is_valid]


def _pieces(rows: pa.Table) -> Iterator[tuple[slice, pa.Table]]:
    """The rows a great many at a time, and where they stand: what is made of them need not all be in memory."""
    for start in range(0, len(rows), _AT_ONCE):
        yield slice(start, start + _AT_ONCE), rows.slice(start, _AT_ONCE)


def _or_null(ids: np.ndarray) -> pa.Array:
    """Ids of which 0 stands for none."""
    return pa.array(ids, mask=ids == 0)


def _only(rows: pa.Table, keep: np.ndarray) -> pa.Table:
    return rows if keep.all() else rows.filter(pa.array(keep))
