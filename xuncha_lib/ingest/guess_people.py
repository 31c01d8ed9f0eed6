"""Columns of people and partners under headings nobody knows."""

from __future__ import annotations

import re

from xuncha_lib.ingest.guess import SURE, Guess, fields_of

_BORN = re.compile(r"[生诞]|^[^一-鿿]*$")
_FEW_MANY = (
    ("head", "person"),
    ("cadre", "relative"),
    ("head", "beneficiary"),
    ("contractor", "member"),
)
"""Who stands on several rows, and who stands on one."""
_OFTEN = 0.85
"""Share of different names beside numbers, from which down the numbers are not theirs."""
_TAKING = set("领收付给取账卡折户")


class People(Guess):
    """Whom the rows are about, who heads the household, who takes the money, whose number is whose."""

    def _names(self) -> list[int]:
        """Columns of people's names; one word that stands in all rows is a state, a village stands on many."""
        return [
            at for at in self.free()
            if self.seen[at].get("name", 0.0) >= SURE and (self.seen[at]["distinct"] > 0.3 or self.seen[at]["n"] < 4)
        ]  # fmt: skip

    def only_person(self, main: str, outright: float = 0.97) -> None:
        """The one person of a roll is whom it is about, where no heading says outright that it is the other: 持证人 is no guardian."""
        named = [role for role in self.people if f"{role}.name" in self.columns]
        if not main or len(named) != 1 or named[0] == main or f"{main}.id_no" in self.columns:
            return
        if self.told(f"{named[0]}.name") >= outright:
            return
        known = {f.key for f in fields_of(self.table)}
        for key in [k for k in self.columns if k.startswith(f"{named[0]}.")]:
            if (own := f"{main}.{key.partition('.')[2]}") in known:
                self.columns[own] = self.columns.pop(key)

    def main_person(self, main: str) -> None:
        """Whom the rows are about: the one column of names, or the one with clearly the most different names."""
        if not main or not any(f.key == f"{main}.name" for f in self.fields("name")):
            return
        names = sorted(self._names(), key=lambda at: -self.seen[at]["distinct"])
        if (
            len(names) > 1
            and self.seen[names[0]]["distinct"] >= 1.3 * self.seen[names[1]]["distinct"]
        ):
            names = names[:1]
        self.only(names, f"{main}.name")

    def student(self) -> None:
        """Where no parent is named, the pupil is whom the money is for."""
        named = any(f"{role}.name" in self.columns for role in ("beneficiary", "payee", "head"))
        if self.table == "subsidy" and not named and "+student" in self.columns:
            self.columns["beneficiary.name"] = self.columns.pop("+student")

    def head(self) -> None:
        """Head of the household: names that stand on several rows each."""
        if any(f.key == "head.name" for f in self.fields("name")):
            self.only([at for at in self._names() if self.spread(at) <= 0.8], "head.name")

    def numbers(self) -> None:
        """A column of ID numbers, cards or phones belongs to the person named last before it who has none."""
        self._free_numbers()
        self._by_spread()
        for part, least in (("id_no", 0.6), ("bank_no", SURE), ("phone", SURE)):
            for at in self.free():
                if self.seen[at].get(part, 0.0) < least:
                    continue
                before = [
                    (self.columns[f"{role}.name"], role)
                    for role in self.people
                    if f"{role}.name" in self.columns and f"{role}.{part}" not in self.columns
                    and any(f.key == f"{role}.{part}" for f in self.fields(part))
                ]  # fmt: skip
                left = [one for one in before if one[0] < at]
                if left or before:
                    self.columns[f"{max(left)[1] if left else min(before)[1]}.{part}"] = at

    def _free_numbers(self) -> None:
        """A column of whole ID numbers is no certificate where somebody lacks one; a day that no heading calls birth is none."""
        codes = {f.key for f in self.fields("code", "text")}
        wanted = any(
            f"{r}.name" in self.columns and f"{r}.id_no" not in self.columns for r in self.people
        )
        for key, at in list(self.columns.items()):
            is_id = wanted and key in codes and self.seen[at].get("id_no", 0.0) >= SURE
            is_day = key.endswith(".birth_on") and not _BORN.search(self.headings[at])
            if is_id or is_day:
                del self.columns[key]

    def _by_spread(self) -> None:
        """A number of which there are more than of names is another's: 户主 stands on several rows, each with its own ID."""
        for few, many in _FEW_MANY:
            names = (self.columns.get(f"{few}.name"), self.columns.get(f"{many}.name"))
            number, other = self.columns.get(f"{few}.id_no"), self.columns.get(f"{many}.id_no")
            if (
                None in names
                or number is None
                or self.spread(names[0] or 0) > _OFTEN * self.spread(number)
            ):
                continue
            if self.spread(names[0] or 0) > _OFTEN * self.spread(names[1] or 0):
                continue
            if other is None:
                self.columns[f"{many}.id_no"] = self.columns.pop(f"{few}.id_no")
            elif self.spread(other) <= _OFTEN * self.spread(number):
                self.columns[f"{few}.id_no"], self.columns[f"{many}.id_no"] = other, number

    def second_person(self, roles: list[str]) -> None:
        """Who takes the money, beside whom it is for: a second column of names under a word of taking or giving."""
        if "payee" not in roles or "payee.name" in self.columns:
            return
        places = [
            at for at in self.free()
            if self.seen[at].get("name", 0.0) >= SURE and self.seen[at]["distinct"] >= 0.6 and set(self.headings[at]) & _TAKING
        ]  # fmt: skip
        if any(f.key == "payee.name" and f.type == "name" for f in self.fields("name")):
            self.only(places, "payee.name")

    def party(self, parties: list[str]) -> None:
        """The partner of a book: the one column of people and organisations."""
        if len(parties) != 1 or f"{parties[0]}.name" in self.columns:
            return
        places = []
        for at in self.free():
            one = self.seen[at]
            told = one.get("name", 0.0) + one.get("org", 0.0)
            if told >= SURE and one["filled"] >= 0.5 and one.get("village", 0.0) < 0.6:
                places.append(at)
        self.only(places, f"{parties[0]}.name")
