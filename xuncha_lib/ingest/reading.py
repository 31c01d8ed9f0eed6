"""The rows of one recognised table, one by one: fate, values, people, totals."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from xuncha_lib.ingest import special
from xuncha_lib.ingest.context import Context, Period, scale_of
from xuncha_lib.ingest.extract import Plan, as_day, converter, masked, party, read_extras, read_person, read_values
from xuncha_lib.ingest.fields import JOIN
from xuncha_lib.ingest.layout import Table
from xuncha_lib.ingest.records import Person, Record, RowRead, SheetRead
from xuncha_lib.ingest.rows import group_name, group_row, is_footer, total_kind, village_row
from xuncha_lib.source import content_key
from xuncha_lib.values import Cell, cell_text, fold, year_in
from xuncha_lib.values.cells import EMPTY_WORDS

_CARRIED = {
    "household": ("head", "household_no"), "land": ("contractor", "contractor_code"), "relative": ("cadre",),
    "relief_filing": ("worker",), "bid": ("project_name", "opened_on"), "subsidy": ("head",),
    "voucher": ("entry_on", "voucher_word", "voucher_no", "summary", "attachments"), "business": ("company", "uscc", "legal_person"),
}  # fmt: skip
"""What a blank cell takes from the row above, per table: the things written once for several rows."""

_MONEY = {
    "cashbook": ("receipt_yuan", "payment_yuan"), "cash_journal": ("receipt_yuan", "payment_yuan"), "voucher": ("debit_yuan", "credit_yuan"),
    "bank_flow": ("in_yuan", "out_yuan"),
}  # fmt: skip
_DATES = {"cashbook": "entry_on", "voucher": "entry_on", "cash_journal": "entry_on", "bank_flow": "txn_on", "petition_count": "month_on"}
_SEQ_ONLY = re.compile(r"^\d{1,4}$")


class TableReader:
    """Reads the body of a table into a SheetRead."""

    def __init__(
        self, read: SheetRead, plan: Plan, context: Context, period: Period, table: Table,
        months: dict[tuple[int, int], dict[str, int]], by_month: dict[str, str],
    ) -> None:  # fmt: skip
        self.read, self.plan, self.context, self.period, self.layout = read, plan, context, period, table
        self.months, self.by_month = months, by_month
        self.name = plan.table.name
        self.types = {c.name: c.type for c in plan.table.columns}
        self.zh = {c.name: c.zh for c in plan.table.columns}
        self.village, self.group, self.split_date = "", "", [None, None, None]
        self.above: dict[str, Any] = {}
        self.sums: dict[str, list[float]] = {}
        self.year = year_in(" ".join(context.words)) if not period.start else period.start.year
        self.kind_of_list = special.list_kind(context) if self.name == "payroll" else None
        self.keys = self._key_columns()

    def _key_columns(self) -> list[int]:
        """Columns one of which must be filled for a row to be data."""
        if self.name in _MONEY:
            names = [*_MONEY[self.name], "+amount"]
        else:
            names = list(self.plan.table.recognise.get("need", [[]])[0])
        found = [self.plan.columns[n][0] for n in names if n in self.plan.columns]
        found += [self.plan.extras[n.removeprefix("+")][0] for n in names if n.removeprefix("+") in self.plan.extras]
        for name in names:
            role, _, part = name.partition(".")
            parts = self.plan.roles.get(role, {})
            found += [parts[p] for p in ((part,) if part else ("name", "id_no")) if p in parts]
        return found

    def run(self, rows: list[list[Cell]], originals: list[list[Cell]], hidden: frozenset[int]) -> None:
        """Give every row its fate; `originals` are the cells as found, before anything was filled down."""
        last_key = self._last_data_row(rows)
        for at, (row, original, body) in enumerate(zip(rows, originals, self.layout.body, strict=True)):
            texts = [cell_text(c) for c in original]
            number = body + 1
            fate = self._fate(row, [t for t in texts if t], at, is_after=at > last_key)
            self.read.rows.append(RowRead(number, fate, number in hidden, content_key(*texts)))
        if self.name == "bank_flow":
            self._check_direction()

    def _last_data_row(self, rows: list[list[Cell]]) -> int:
        """Last row with a key cell filled: what follows is below the table."""
        return max((i for i, row in enumerate(rows) if any(row[at] is not None for at in self.keys)), default=-1)

    def _fate(self, row: list[Cell], texts: list[str], at: int, *, is_after: bool) -> str:
        kind = total_kind(texts)
        if kind and not self._is_person_row(row):
            self._control(row, at, kind)
            return "control"
        if village := village_row(texts):
            self.village, self.group, self.above = village, "", {}
            self.read.footers.append((at, texts[0]))
            return "footer"
        if group := group_row(texts):
            self.group = group
            self.read.footers.append((at, texts[0]))
            return "footer"
        if is_footer(texts) and (is_after or len(texts) <= 2 or not self._has_key(row)):
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

    def _is_person_row(self, row: list[Cell]) -> bool:
        return any(row[parts["id_no"]] is not None for parts in self.plan.roles.values() if "id_no" in parts)

    def _has_key(self, row: list[Cell]) -> bool:
        return not self.keys or any(row[k] is not None and cell_text(row[k]) not in EMPTY_WORDS for k in self.keys)

    def _rejected(self, row: list[Cell], texts: list[str], *, is_after: bool) -> str:
        """Why a row is not data; "" when it is."""
        if self._has_key(row) or self.months and self.name == "petition_count":
            return ""
        if all(_SEQ_ONLY.match(t) for t in texts) and len(texts) <= 2:
            return "只有序号，没有内容"
        if self.name in _CARRIED and self.above and self._is_continuation(row):
            return ""
        if is_after and len(texts) <= 3:
            return "表尾"
        names = self.plan.table.recognise.get("need", [[""]])[0]
        if self.name in _MONEY:
            return "没有收支金额"
        return f"没有{self.zh.get(names[0]) or next((r.zh for r in self.plan.table.roles if r.name == names[0]), '关键内容')}"

    def _is_continuation(self, row: list[Cell]) -> bool:
        """A row that only adds a member or a line to the row above."""
        if self.name == "land":
            return any(row[at] is not None for n, (at, _) in self.plan.columns.items() if n.startswith("plot")) or any(
                row[at] is not None for at in self.plan.roles.get("member", {}).values()
            )
        if self.name == "business":
            at = self.plan.extras.get("shareholder")
            return at is not None and row[at[0]] is not None
        if self.name in ("relative", "relief_filing"):
            return any(row[at] is not None for at in self.plan.roles.get("relative", {}).values())
        return self.name == "bid" and any(row[at] is not None for at in self.plan.roles.get("bidder", {}).values())

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
        self._carry(values, people)
        derived = self._specialise(values, extras, people, damage)
        village, town, group, head = self._where(row, values, people)
        self._sum(values)
        for one in self._by_month(row, values, damage):
            self.read.records.append(Record(at, self.name, one, people, village, town, group, head))
        for table, its_values, its_people in derived:
            self.read.records.append(Record(at, table, its_values, its_people, village, town, group, None))

    def _carry(self, values: dict[str, Any], people: dict[str, Person]) -> None:
        """Blank things that are written once for several rows come from the row above."""
        carried = _CARRIED.get(self.name, ())
        if not carried:
            return
        is_line = self.name == "voucher" and values.get("voucher_no") is None
        for name in carried:
            have = people if name in self.plan.roles else values
            if self.name == "voucher" and not is_line and name != "summary":
                pass
            elif self.name == "subsidy" and "beneficiary" not in self.plan.roles:
                pass
            elif name in self.plan.roles or name in self.plan.columns:
                if name not in have and name in self.above:
                    have[name] = self.above[name]
        self.above = {n: (people if n in self.plan.roles else values).get(n) for n in carried}
        self.above = {n: value for n, value in self.above.items() if value is not None}

    def _specialise(self, values: dict[str, Any], extras: dict[str, Any], people: dict[str, Person], damage: Any) -> list[special.Derived]:
        self._date(values, extras)
        special.signed(self.plan.table, values, extras, self.context)
        if self.name in ("cashbook", "voucher", "cash_journal"):
            special.voucher_number(values)
            special.account_path(values, extras)
        for key, (start, end) in self.plan.table.recognise.get("period", {}).items():
            if self.name != "subsidy" and isinstance(extras.get(key), tuple):
                values.setdefault(start, extras[key][0])
                values.setdefault(end, extras[key][1])
        if self.name == "trial_balance":
            special.balance_sides(values, extras)
            if not values.get("period_on") and self.period.grain:
                values["period_on"] = (self.period.end or dt.date.min).replace(day=1)
        elif self.name == "subsidy":
            special.subsidy(values, extras, self.context, self.period)
            self._main_person(people)
        elif self.name == "committee":
            special.post_of(values, extras)
        elif self.name == "payroll":
            values["list_kind"] = self.kind_of_list
        elif self.name == "business":
            return special.company(values, people, extras, damage)
        elif self.name == "project" and (values.get("bidders_text") or extras.get("losers_text")):
            at = self.plan.columns.get("bidders_text", (0, None))[0]
            return special.bids(values, extras, values, scale_of(self.layout.headings[at], self.read.unit))
        return []

    def _main_person(self, people: dict[str, Person]) -> None:
        """A roll that names only a household head or a payee pays that person."""
        if "beneficiary" not in people and "name" not in self.plan.roles.get("beneficiary", {}):
            whose = people.get("head") or people.get("payee")
            if whose:
                own = people.get("payee")
                bank = whose.bank_no or (own.bank_no if own and own.name == whose.name else None)
                people["beneficiary"] = whose._replace(bank_no=bank)

    def _date(self, values: dict[str, Any], extras: dict[str, Any]) -> None:
        """Year, month and day in columns of their own; a blank takes the one above."""
        name = _DATES.get(self.name)
        if not name or values.get(name) or not ({"month_of", "day_of"} & set(self.plan.extras)):
            return
        heading = self.layout.headings[next(self.plan.extras[k][0] for k in ("month_of", "day_of") if k in self.plan.extras)]
        for i, key in enumerate(("year_of", "month_of", "day_of")):
            digits = re.sub(r"\D", "", str(extras.get(key) or ""))
            if digits:
                self.split_date[i] = int(digits)
        year = self.split_date[0] or year_in(heading) or self.year
        if found := as_day(year, self.split_date[1] or (self.period.start.month if self.period.grain == "month" and self.period.start else None),
                           self.split_date[2] if "day_of" in self.plan.extras else 1):  # fmt: skip
            values[name] = found

    def _where(self, row: list[Cell], values: dict[str, Any], people: dict[str, Person]) -> tuple[str, str, str | None, str | None]:
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
        return village, str(values.get("town") or "") or text("town"), group, head.name if head else None

    # -- months side by side --------------------------------------------------------------------------------------

    def _by_month(self, row: list[Cell], values: dict[str, Any], damage: Any) -> list[dict[str, Any]]:
        """One set of values per month that holds something; the row itself when the table is not pivoted."""
        if not self.months:
            return [values]
        pivot = self.plan.table.recognise["pivot"]
        found = []
        for (year, month), columns in sorted(self.months.items()):
            fields = {key: columns[s] for key, s in self.by_month.items() if s in columns and key in self.types}
            fields.setdefault(pivot, columns.get("", next(iter(columns.values()))))
            one = {}
            for key, at in fields.items():
                if row[at] is None:
                    continue
                value, why = converter(self.types[key], self.layout.headings[at], self.read.unit, year)(row[at])
                if why:
                    damage(key, cell_text(row[at]), why)
                one[key] = value
            if one.get(pivot) is None or (one[pivot] == 0 and pivot == "amount_yuan"):
                continue
            day = dt.date(year, month, 1)
            when = {"month_on": day} if self.name == "petition_count" else {"paid_on": day, "period_from": day, "period_to": day}
            found.append({**values, **when, **one})
        return found or [{k: x for k, x in values.items() if k != pivot}]

    # -- totals ---------------------------------------------------------------------------------------------------

    def _sum(self, values: dict[str, Any]) -> None:
        for name in self.plan.columns:
            if self.types[name] in ("yuan", "mu"):
                total = self.sums.setdefault(name, [0.0, 0.0])
                total[0] += values.get(name) or 0.0
                total[1] += values.get(name) or 0.0

    def _control(self, row: list[Cell], at: int, kind: str) -> None:
        """Compare what a total row states with the sum of the rows it may mean: since the last total, or all."""
        count = len(self.read.controls)
        for name, (column, convert) in self.plan.columns.items():
            if self.types[name] not in ("yuan", "mu") or row[column] is None:
                continue
            stated, _ = convert(row[column])
            if stated is None or "balance" in name or "closing" in name or "opening" in name or name in ("standard_yuan", "unit_yuan"):
                continue
            since, all_rows = self.sums.get(name, [0.0, 0.0])
            tries = (all_rows, since) if kind in ("sum", "running", "carry") else (since, all_rows)
            summed = next((t for t in tries if abs(t - stated) < 0.015), tries[0])
            agrees = abs(summed - stated) < 0.015
            self.read.controls.append((at, name, stated, round(summed, 3), agrees))
        if len(self.read.controls) == count:
            self.read.controls.append((at, "", None, None, None))
        if kind == "page":
            for total in self.sums.values():
                total[0] = 0.0

    # -- bank statements ------------------------------------------------------------------------------------------

    def _check_direction(self) -> None:
        """借 is money out in a bank's view and money in in the village's own book: the balance tells which this is."""
        at = [self.plan.columns[n][0] for n in ("in_yuan", "out_yuan") if n in self.plan.columns]
        heads = "".join(self.layout.headings[i].replace(JOIN, "") for i in at)
        if len(at) < 2 or not re.search("借|贷", fold(heads)):
            return
        votes = 0
        mine = [r for r in self.read.records if r.table == "bank_flow"]
        for one, two in zip(mine, mine[1:], strict=False):
            if one.values.get("balance_yuan") is None or two.values.get("balance_yuan") is None:
                continue
            step = two.values["balance_yuan"] - one.values["balance_yuan"]
            net = (two.values.get("in_yuan") or 0) - (two.values.get("out_yuan") or 0)
            votes += (abs(step - net) < 0.015) - (abs(step + net) < 0.015)
        is_ledger = votes < 0 or (votes == 0 and any("日记账" in w for w in self.context.words))
        if is_ledger:
            for record in mine:
                values = record.values
                values["in_yuan"], values["out_yuan"] = values.get("out_yuan"), values.get("in_yuan")
