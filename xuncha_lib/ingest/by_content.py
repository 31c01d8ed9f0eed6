"""What headings leave open and content settles: a day is a day under any heading, and a book has one column of payees."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from xuncha_lib.ingest.fields import Field, all_fields
from xuncha_lib.tables import load_tables

SURE = 0.85
"""Share of a column's filled cells that must be of a kind before its heading is overruled by nobody."""
_DATES = ("date", "month", "period")
_SIDES = (
    ("receipt_yuan", "payment_yuan"), ("debit_yuan", "credit_yuan"), ("in_yuan", "out_yuan"),
)  # fmt: skip
"""Columns of which each row fills one."""
_TAKING = set("领收付给取账卡折户")
_DOING = set("付收欠租结拨罚借贷补")
"""Characters that say what is done with a sum."""

Seen = dict[str, float]


def with_content(
    table: str, columns: dict[str, int], headings: list[str], seen: list[Seen]
) -> dict[str, int]:
    """The columns, and those that only their content tells: each field and each column at most once.

    Only what one column alone can be: a day where the table has none, a period, a payee, the other side of a book, an
    area under a heading with 亩, the thing a table lists (`lead` in its file), a voucher number taken for an invoice.
    """
    spec = load_tables().get(table)
    if spec is None:
        return dict(columns)
    guess = _Guess(table, dict(columns), headings, seen)
    guess.voucher_number()
    guess.dates()
    guess.main_person(spec.recognise.get("main", ""))
    guess.second_person([role.name for role in spec.roles])
    guess.party([role.name for role in spec.roles if role.is_party])
    guess.other_side()
    guess.area()
    guess.money()
    guess.lead(spec.recognise.get("lead", ""))
    return guess.columns


@cache
def _fields_of(table: str) -> list[Field]:
    """Fields that say something of the kind of table."""
    return [f for f in all_fields() if f.table == table and not f.is_common]


@dataclass
class _Guess:
    table: str
    columns: dict[str, int]
    headings: list[str]
    seen: list[Seen]

    def _free(self) -> list[int]:
        taken = set(self.columns.values())
        return [
            at for at, h in enumerate(self.headings) if h and at not in taken and self.seen[at]["n"]
        ]

    def _fields(self, *types: str) -> list[Field]:
        return [f for f in _fields_of(self.table) if f.type in types]

    def _only(self, places: list[int], key: str) -> None:
        """Give the field the one column it can be; with two nobody knows."""
        if key and key not in self.columns and len(places) == 1:
            self.columns[key] = places[0]

    def voucher_number(self) -> None:
        at = self.columns.get("invoice_no")
        if (
            at is None
            or "voucher_no" in self.columns
            or not any(f.key == "voucher_no" for f in self._fields("code", "text"))
        ):
            return
        one = self.seen[at]
        is_running = (
            one.get("int", 0.0) >= SURE and one.get("age", 0.0) >= SURE and one["distinct"] >= SURE
        )
        if one.get("voucher", 0.0) >= 0.5 or is_running:
            self.columns["voucher_no"] = self.columns.pop("invoice_no")

    def dates(self) -> None:
        fields = self._fields(*_DATES)
        periods = [at for at in self._free() if self.seen[at].get("period", 0.0) >= SURE]
        known = {f.key for f in fields if f.key in self.columns}
        spans = [f.key for f in fields if f.type == "period"]
        if spans and not known & {"starts_on", "ends_on", *spans}:
            self._only(periods, spans[0])
        if known:
            return
        days = [at for at in self._free() if self.seen[at].get("date", 0.0) >= SURE]
        is_month = len(days) == 1 and self.seen[days[0]].get("month", 0.0) >= SURE
        wanted = [f.key for f in fields if f.type == ("month" if is_month else "date")]
        wanted += [f.key for f in fields if f.type in ("date", "month")]
        self._only(days, wanted[0] if wanted else "")

    def main_person(self, main: str) -> None:
        if main and any(f.key == f"{main}.name" for f in self._fields("name")):
            self._only(
                [at for at in self._free() if self.seen[at].get("name", 0.0) >= SURE],
                f"{main}.name",
            )

    def second_person(self, roles: list[str]) -> None:
        """Who takes the money, beside whom it is for: a second column of names under a word of taking or giving."""
        if "payee" not in roles or "payee.name" in self.columns:
            return
        places = [
            at for at in self._free()
            if self.seen[at].get("name", 0.0) >= SURE and self.seen[at]["distinct"] >= 0.6 and set(self.headings[at]) & _TAKING
        ]  # fmt: skip
        if any(f.key == "payee.name" and f.type == "name" for f in self._fields("name")):
            self._only(places, "payee.name")

    def party(self, parties: list[str]) -> None:
        if len(parties) != 1 or f"{parties[0]}.name" in self.columns:
            return
        places = []
        for at in self._free():
            one = self.seen[at]
            told = one.get("name", 0.0) + one.get("org", 0.0)
            if told >= SURE and one["filled"] >= 0.5 and one.get("village", 0.0) < 0.6:
                places.append(at)
        self._only(places, f"{parties[0]}.name")

    def other_side(self) -> None:
        for pair in _SIDES:
            here = [key for key in pair if key in self.columns]
            if len(here) != 1 or not all(
                any(f.key == key for f in self._fields("yuan")) for key in pair
            ):
                continue
            at = self.columns[here[0]]
            beside = [
                b for b in self._free()
                if abs(b - at) == 1 and self.seen[b].get("number", 0.0) >= SURE
                and 0.85 <= self.seen[b]["filled"] + self.seen[at]["filled"] <= 1.1
            ]  # fmt: skip
            self._only(beside, pair[1] if here[0] == pair[0] else pair[0])

    def area(self) -> None:
        fields = [f.key for f in self._fields("mu") if f.key not in self.columns]
        if fields and not any(f.key in self.columns for f in self._fields("mu")):
            self._only(
                [
                    at
                    for at in self._free()
                    if "亩" in self.headings[at] and self.seen[at].get("number", 0.0) >= SURE
                ],
                fields[0],
            )

    def money(self) -> None:
        """付了多少 is what was paid where one sum only speaks of paying."""
        if any(key in self.columns for pair in _SIDES for key in pair):
            return
        fields = {
            f.key: set("".join(f.words)) & _DOING
            for f in self._fields("yuan")
            if f.key not in self.columns
        }
        for at in self._free():
            told = set(self.headings[at]) & _DOING
            if len(told) == 1 and self.seen[at].get("number", 0.0) >= SURE:
                fits = [
                    key
                    for key, doing in fields.items()
                    if told <= doing and key not in self.columns
                ]
                if len(fits) == 1:
                    self.columns[fits[0]] = at

    def lead(self, key: str) -> None:
        """The first column of words that are all different names the thing."""
        if not key or key in self.columns:
            return
        words = [
            at for at in self._free()
            if self.seen[at].get("han", 0.0) >= SURE and self.seen[at]["distinct"] >= 0.6 and self.seen[at]["filled"] >= 0.6
            and max(self.seen[at].get(k, 0.0) for k in ("name", "org", "village", "town")) < 0.6
        ]  # fmt: skip
        self._only(words[:1], key)
