"""The rows of one recognised table, one by one: fate, values, people, totals."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from xuncha_lib.ingest import companies, special
from xuncha_lib.ingest.bank import settle_direction
from xuncha_lib.ingest.carry import Above
from xuncha_lib.ingest.context import Context, Period, scale_of
from xuncha_lib.ingest.extract import (
    Plan,
    masked,
    party,
    read_extras,
    read_person,
    read_values,
)
from xuncha_lib.ingest.headings import JOIN
from xuncha_lib.ingest.layout import Table
from xuncha_lib.ingest.months import MonthReader, Months
from xuncha_lib.ingest.records import Person, Record, RowRead, SheetRead
from xuncha_lib.ingest.rows import (
    group_name,
    group_row,
    is_footer,
    is_signature,
    total_kind,
    village_row,
)
from xuncha_lib.ingest.split_date import SplitDate
from xuncha_lib.ingest.totals import Book, Totals
from xuncha_lib.source import content_key
from xuncha_lib.values import Cell, cell_text, fold
from xuncha_lib.values.cells import EMPTY_WORDS

_MONEY = {
    "cashbook": ("receipt_yuan", "payment_yuan"), "cash_journal": ("receipt_yuan", "payment_yuan"), "voucher": ("debit_yuan", "credit_yuan"),
    "bank_flow": ("in_yuan", "out_yuan"),
}  # fmt: skip
_PURSES = tuple(f"+{purse}_{side}" for purse in ("cash", "bank") for side in ("receipt", "payment"))
_BARE = re.compile(r"^[一-鿿]{2,6}$")
_SEQ_ONLY = re.compile(r"^\d{1,4}$")


class TableReader:
    """Reads the body of a table into a SheetRead."""

    def __init__(
        self, read: SheetRead, plan: Plan, context: Context, period: Period, table: Table,
        months: Months, by_month: dict[str, str], book: Book,
    ) -> None:  # fmt: skip
        self.read, self.plan, self.layout = read, plan, table
        self.context, self.period = context, period
        self.name = plan.table.name
        self.types = {c.name: c.type for c in plan.table.columns}
        self.zh = {c.name: c.zh for c in plan.table.columns}
        self.village, self.group = "", ""
        self.dates = SplitDate(plan, table.headings, period, context)
        self.above, self.company = Above(plan), dict[str, Any]()
        self.totals = Totals(read, plan, book)
        self.months = MonthReader(plan, table.headings, read.unit, months, by_month)
        self.kind_of_list = special.list_kind(context) if self.name == "payroll" else None
        self.keys = self._key_columns()

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

    def run(
        self, rows: list[list[Cell]], originals: list[list[Cell]], hidden: frozenset[int]
    ) -> None:
        """Give every row its fate; `originals` are the cells as found, before anything was filled down."""
        last_key = self._last_data_row(rows)
        for at, (row, original, body) in enumerate(
            zip(rows, originals, self.layout.body, strict=True)
        ):
            texts = [cell_text(c) for c in original]
            number = body + 1
            fate = self._fate(row, [t for t in texts if t], at, is_after=at > last_key)
            self.read.rows.append(RowRead(number, fate, number in hidden, content_key(*texts)))
        self.totals.close()
        if self.name == "bank_flow" and {"in_yuan", "out_yuan"} <= set(self.plan.columns):
            places = (self.plan.columns[n][0] for n in ("in_yuan", "out_yuan"))
            headings = "".join(self.layout.headings[at].replace(JOIN, "") for at in places)
            settle_direction(self.read.records, headings, self.context)

    def _last_data_row(self, rows: list[list[Cell]]) -> int:
        """Last row with a key cell filled: what follows is below the table."""
        return max(
            (i for i, row in enumerate(rows) if any(row[at] is not None for at in self.keys)),
            default=-1,
        )

    def _fate(self, row: list[Cell], texts: list[str], at: int, *, is_after: bool) -> str:
        kind = total_kind(texts)
        if kind and not self._is_person_row(row):
            self.totals.check(row, at, kind)
            return "control"
        if village := village_row(texts) or self._bare_village(row, texts, is_after=is_after):
            self.village, self.group = village, ""
            self.above.forget()
            self.read.footers.append((at, texts[0]))
            return "footer"
        if group := group_row(texts):
            self.group = group
            self.read.footers.append((at, texts[0]))
            return "footer"
        if is_footer(texts) and (
            is_signature(texts) or is_after or len(texts) <= 2 or not self._has_key(row)
        ):
            self.read.footers.append((at, masked("；".join(texts))))
            return "footer"
        if why := self._rejected(row, texts, is_after=is_after):
            if why == "表尾":
                self.read.footers.append((at, masked("；".join(texts))))
                return "footer"
            self.read.rejects.append((at, "", masked("；".join(texts)), why))
            return "rejected"
        self._record(row, at)
        return "canonical"

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
        return any(
            row[parts["id_no"]] is not None
            for parts in self.plan.roles.values()
            if "id_no" in parts
        )

    def _has_key(self, row: list[Cell]) -> bool:
        return not self.keys or any(
            row[k] is not None and cell_text(row[k]) not in EMPTY_WORDS for k in self.keys
        )

    def _rejected(self, row: list[Cell], texts: list[str], *, is_after: bool) -> str:
        """Why a row is not data; "" when it is."""
        if (
            self._has_key(row)
            or (self.months.months and self.name == "petition_count")
            or self._is_void_voucher(row)
        ):
            return ""
        if all(_SEQ_ONLY.match(t) for t in texts) and len(texts) <= 2:
            return "只有序号，没有内容"
        if self.above.continues(row):
            return ""
        if is_after and len(texts) <= 3:
            return "表尾"
        names = self.plan.table.recognise.get("need", [[""]])[0]
        if self.name in _MONEY:
            return "没有收支金额"
        return f"没有{self.zh.get(names[0]) or next((r.zh for r in self.plan.table.roles if r.name == names[0]), '关键内容')}"

    def _is_void_voucher(self, row: list[Cell]) -> bool:
        """A cancelled number is kept in a ledger without an amount: it explains a gap."""
        at = [self.plan.columns[n][0] for n in ("voucher_no", "summary") if n in self.plan.columns]
        return self.name in _MONEY and len(at) == 2 and all(row[i] is not None for i in at)

    # -- one data row ---------------------------------------------------------------------------------------------

    def _record(self, row: list[Cell], at: int) -> None:
        def damage(column: str, value: str, why: str) -> None:
            self.read.damaged.append((at, column, masked(value), why))

        values = read_values(self.plan, row, damage)
        extras = read_extras(self.plan, row)
        people: dict[str, Person] = {}
        for role in self.plan.table.roles:
            parts = self.plan.roles.get(role.name)
            if not parts:
                continue
            person = read_person(parts, row, role.name, damage, None)
            if role.is_party:
                name, org, person = party(row[parts["name"]] if "name" in parts else None, person)
                values[f"{role.name}_name"], values[f"{role.name}_org"] = name, org
            if person:
                people[role.name] = person
        self.above.fill(values, people)
        if self.name == "contract":
            special.term_text(values, self.plan, row)
        derived = self._specialise(values, extras, people, damage)
        village, town, group, head = self._where(row, values, people)
        self.totals.add(values)
        own = self.months.spread(row, values, damage)
        if self.name == "business":
            own = own if companies.is_company_row(values, self.company) or not derived else []
            self.company = values
        for one in own:
            self.read.records.append(Record(at, self.name, one, people, village, town, group, head))
        for table, its_values, its_people in derived:
            self.read.records.append(
                Record(at, table, its_values, its_people, village, town, group, None)
            )

    def _specialise(
        self, values: dict[str, Any], extras: dict[str, Any], people: dict[str, Person], damage: Any
    ) -> list[special.Derived]:
        self.dates.fill(values, extras)
        special.signed(self.plan.table, values, extras, self.context)
        if self.name == "cashbook":
            special.two_purses(values, extras)
        if self.name in ("cashbook", "voucher", "cash_journal"):
            special.voucher_number(values)
            special.account_path(values, extras)
        for key, (start, end) in self.plan.table.recognise.get("period", {}).items():
            if self.name != "subsidy" and isinstance(extras.get(key), tuple):
                values.setdefault(start, extras[key][0])
                values.setdefault(end, extras[key][1])
        special.period_in_order(values)
        if self.name == "trial_balance":
            special.balance_sides(values, extras)
            if not values.get("period_on") and self.period.grain:
                values["period_on"] = (self.period.end or dt.date.min).replace(day=1)
        elif self.name == "subsidy":
            special.subsidy(values, extras, self.context, self.period)
            self._main_person(people)
        elif self.name == "committee":
            special.post_of(values, extras)
        elif self.name == "contract":
            special.area_by_unit(values, extras)
        elif self.name == "payroll":
            values["list_kind"] = self.kind_of_list
        elif self.name == "business":
            companies.company_around(values, self.context)
            return companies.company(values, people, extras, damage)
        elif self.name == "project" and (values.get("bidders_text") or extras.get("losers_text")):
            at = self.plan.columns.get("bidders_text", (0, None))[0]
            return special.bids(
                values, extras, values, scale_of(self.layout.headings[at], self.read.unit)
            )
        return []

    def _main_person(self, people: dict[str, Person]) -> None:
        """A roll that names only a household head or a payee pays that person."""
        if "beneficiary" in people or "name" in self.plan.roles.get("beneficiary", {}):
            return
        if whose := people.get("head") or people.get("payee"):
            people["beneficiary"] = whose

    def _where(
        self, row: list[Cell], values: dict[str, Any], people: dict[str, Person]
    ) -> tuple[str, str, str | None, str | None]:
        def text(key: str) -> str:
            at = self.plan.extras.get(key)
            found = cell_text(row[at[0]]) if at else ""
            return "" if found in EMPTY_WORDS else found

        own = values.get("group_no")
        group = group_name(str(own)) if own else group_name(text("group_no") or self.group)
        if "group_no" in self.types and group:
            values["group_no"] = own or group
        head = people.get("head") or people.get("contractor")
        village = str(values.get("village_name") or "") or text("village") or self.village
        if not village and self.name != "business":
            village = f"@{values.get('address') or text('address')}"
        return (
            "" if village == "@" else village,
            str(values.get("town") or "") or text("town"),
            group,
            head.name if head else None,
        )
