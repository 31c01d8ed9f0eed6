"""From what the readers found to the tables of a case; ids follow the order of file, sheet and row."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from xuncha_lib.ingest.extract import masked
from xuncha_lib.ingest.records import FileRead, Person, Record, SheetRead
from xuncha_lib.ingest.schema import BASE_TABLES, columns_of, create, insert
from xuncha_lib.ingest.versions import supersede
from xuncha_lib.ingest.villages import Named, Villages, parse_village
from xuncha_lib.settings import Settings
from xuncha_lib.tables import load_tables

_LAST_DATES = {
    "cashbook": "entry_on",
    "voucher": "entry_on",
    "cash_journal": "entry_on",
    "bank_flow": "txn_on",
    "subsidy": "paid_on",
}


_COMPANY_FACTS = """
UPDATE business_person AS p SET
    state = coalesce(p.state, b.state), is_active = coalesce(p.is_active, b.is_active), founded_on = coalesce(p.founded_on, b.founded_on),
    closed_on = coalesce(p.closed_on, b.closed_on), uscc = coalesce(p.uscc, b.uscc), company_kind = coalesce(p.company_kind, b.company_kind),
    capital_yuan = coalesce(p.capital_yuan, b.capital_yuan), phone = coalesce(p.phone, b.phone), address = coalesce(p.address, b.address),
    company = coalesce(p.company, b.company), company_org = coalesce(p.company_org, b.company_org)
FROM (
    SELECT coalesce(uscc, company_org) AS name, any_value(COLUMNS(* EXCLUDE row_id) ORDER BY row_id) FROM business
    WHERE coalesce(uscc, company_org) IS NOT NULL GROUP BY name
    UNION ALL BY NAME
    SELECT company_org AS name, any_value(COLUMNS(* EXCLUDE row_id) ORDER BY row_id) FROM business
    WHERE uscc IS NOT NULL AND company_org IS NOT NULL GROUP BY name
) AS b
WHERE b.name = CASE WHEN p.uscc IN (SELECT uscc FROM business) THEN p.uscc ELSE p.company_org END
"""
"""A list of shareholders says who, the register says whether the company still exists: the one completes the other.

By credit code where the register has it, else (none, mistyped) by name."""


class Loader:
    """Collects rows of every table, then writes each table once."""

    def __init__(self, con: Any, settings: Settings) -> None:
        self.con, self.settings = con, settings
        self.tables = load_tables()
        self.sql = {name: table.sql_columns() for name, table in self.tables.items()}
        self.base: dict[str, list[tuple[Any, ...]]] = {name: [] for name in BASE_TABLES}
        self.canonical: dict[str, dict[str, list[Any]]] = {
            name: {column: [] for column in columns} for name, columns in self.sql.items()
        }
        self.mentions: dict[tuple[Any, ...], int] = {}
        self.villages = Villages()
        self.fates: Counter[str] = Counter()
        self.unknown: Counter[tuple[int, str]] = Counter()

    def load(self, files: list[FileRead]) -> None:
        """Everything found, in the order of the files."""
        self._note_villages(files)
        village_of = {id(s): self._sheet_village(s) for f in files for s in f.sheets}
        supersede(files, village_of)
        for file_id, file in enumerate(files, 1):
            self.base["source_file"].append(
                (
                    file_id,
                    file.path,
                    file.sha256,
                    file.bytes,
                    file.status,
                    file.why,
                    file.todo,
                    file.reader,
                )
            )
            for sheet in file.sheets:
                self._sheet(file_id, sheet, village_of[id(sheet)])
        self._write()

    # -- villages -------------------------------------------------------------------------------------------------

    def _note_villages(self, files: list[FileRead]) -> None:
        sheets = [(f, s) for f in files for s in f.sheets if s.status == "read"]
        for _, sheet in sheets:
            for record in sheet.records:
                if record.town:
                    self.villages.note_town(record.town)
        for _, sheet in sheets:
            if sheet.table == "village_roster":
                for record in sheet.records:
                    self._note_roster(record, sheet)
        for _, sheet in sheets:
            if sheet.table != "village_roster":
                texts = {(r.village, r.town) for r in sheet.records if r.village}
                for village, town in sorted(texts):
                    if village[0] not in "?@":
                        self._note_column(village, town, sheet)
        for file, sheet in sheets:
            self.villages.note_words(sheet.hints, file.path.count("/"))
        self.villages.settle()

    def _note_roster(self, record: Record, sheet: SheetRead) -> None:
        named = parse_village(str(record.values.get("village_name") or ""), True)
        if named is None:
            return
        values = record.values
        town = named.town or record.town or self.villages.town_in(sheet.hints)
        self.villages.note(
            Named(named.base, _town(town), str(values.get("county") or named.county), named.is_community), "名册",
            region_code=str(values.get("region_code") or ""), population=values.get("population"),
            households=values.get("households"), farmland_mu=values.get("farmland_mu"),
        )  # fmt: skip

    def _note_column(self, village: str, town: str, sheet: SheetRead) -> None:
        named = parse_village(village, True)
        if named:
            town = named.town or town or self.villages.town_in(sheet.hints)
            self.villages.note(
                Named(named.base, _town(town), named.county, named.is_community), "列"
            )

    def _sheet_village(self, sheet: SheetRead) -> str | None:
        return self.villages.code_of("", "", sheet.hints)

    # -- rows -----------------------------------------------------------------------------------------------------

    def _sheet(self, file_id: int, sheet: SheetRead, village: str | None) -> None:
        sheet_id = len(self.base["sheet"]) + 1
        is_read = sheet.status == "read"
        table = self.tables[sheet.table] if sheet.table else None
        period = sheet.period[0] if sheet.period[2] == "month" else None
        self.base["sheet"].append(
            (sheet_id, file_id, sheet.sheet, sheet.status, sheet.table, table.kind if table else None, sheet.why, sheet.nearest,
             sheet.missing, sheet.header_row, sheet.header_rows, sheet.is_hidden, sheet.unit, village, period,
             len(sheet.rows) if is_read else 0)
        )  # fmt: skip
        if not is_read:
            return
        first = len(self.base["source_row"]) + 1
        for at, row in enumerate(sheet.rows):
            self.fates[row.fate] += 1
            self.base["source_row"].append(
                (
                    first + at,
                    sheet_id,
                    row.number,
                    row.fate,
                    row.is_hidden or sheet.is_hidden,
                    row.content,
                )
            )
        self.base["reject"] += [
            (first + at, column, value, why) for at, column, value, why in sheet.rejects
        ]
        self.base["damaged"] += [
            (first + at, column, value, why) for at, column, value, why in sheet.damaged
        ]
        self.base["control_total"] += [(first + at, *rest) for at, *rest in sheet.controls]
        self.base["footer"] += [(first + at, text) for at, text in sheet.footers]
        for record in sheet.records:
            self._record(first + record.row, record, sheet, sheet_id)

    def _record(self, row_id: int, record: Record, sheet: SheetRead, sheet_id: int) -> None:
        village = self.villages.code_of(record.village, record.town, sheet.hints)
        if village is None and record.village and record.village[0] not in "?@":
            self.unknown[sheet_id, masked(record.village)] += 1
        table = self.canonical[record.table]
        people = {role: self._mention(p, village, record) for role, p in record.people.items()}
        told = {**record.values, **people, "row_id": row_id, "village_code": village}
        for column, cells in table.items():
            cells.append(told.get(column))

    def _mention(self, person: Person, village: str | None, record: Record) -> int:
        key = (*person, village, record.group, record.head)
        found = self.mentions.get(key)
        if found is None:
            found = self.mentions[key] = len(self.mentions) + 1
        return found

    # -- writing --------------------------------------------------------------------------------------------------

    def _write(self) -> None:
        create(self.con, self.sql)
        for village in self.villages.all():
            facts = village.facts
            self.base["village"].append(
                (village.code, village.name, village.town, village.county, village.region_code, facts.get("population"),
                 facts.get("households"), facts.get("farmland_mu"), "、".join(sorted(village.sources)))
            )  # fmt: skip
        for key, at in self.mentions.items():
            person, (village, group, head) = Person(*key[:11]), key[11:]
            self.base["mention"].append(
                (at, person.name_raw, person.name, person.id_raw, person.id_no, person.id_state, person.id_mask, person.phone,
                 person.bank_no, person.birth_on, person.sex, village, group, head, person.name_state, None)
            )  # fmt: skip
        self.base["village_unknown"] = [
            (sheet, text, n) for (sheet, text), n in sorted(self.unknown.items())
        ]
        self.base["setting"] = self._settings()
        for name, columns in BASE_TABLES.items():
            insert(self.con, name, columns, columns_of(self.base[name], columns))
        for name, columns in self.sql.items():
            insert(self.con, name, columns, self.canonical[name])
        self.con.execute(_COMPANY_FACTS)

    def _settings(self) -> list[tuple[str, str | None]]:
        days = [
            d
            for table, column in _LAST_DATES.items()
            for d in self.canonical[table][column]
            if d and d.year < 2100
        ]
        s = self.settings
        found: dict[str, dt.date | str | None] = {
            "as_of": s.as_of or max(days, default=None), "period_from": s.period_from or min(days, default=None),
            "period_to": s.period_to or max(days, default=None), "warrant": s.warrant, "title": s.title, "team": s.team,
            "elections": "、".join(map(str, s.elections)), "villages": "、".join(s.villages),
        }  # fmt: skip
        return [(key, None if value in (None, "") else str(value)) for key, value in found.items()]


def _town(text: str) -> str:
    from xuncha_lib.ingest.villages import town_name

    return town_name(text) if text else ""
