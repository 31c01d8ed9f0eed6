"""What headings leave open and content settles: a day is a day under any heading, and a book has one column of payees."""

from __future__ import annotations

import re

from xuncha_lib.ingest.fields import Field
from xuncha_lib.ingest.guess import SURE, Seen
from xuncha_lib.ingest.guess_people import People
from xuncha_lib.ingest.guess_sums import Sums
from xuncha_lib.tables import load_tables

_DATES = ("date", "month", "period")
_WHEN = re.compile("日|时|天|年|月|期|候")
_ENDINGS = frozenset(("removed_on", "ended_on", "left_on", "closed_on", "cancelled_on"))
_ENDS = (("from_on", "until_on"), ("starts_on", "ends_on"), ("started_on", "ended_on"))


def with_content(
    table: str, columns: dict[str, int], headings: list[str], seen: list[Seen]
) -> dict[str, int]:
    """The columns, and those that only their content tells: each field and each column at most once.

    Mostly what one column alone can be: a day where the table has none, a period, a payee, both sides of a book, an area
    under a heading with 亩, the thing a table lists (`lead` in its file), a voucher number. Of several columns of names, or
    of free words in a book, the one with clearly the most different ones; an ID number goes to who is named last before it.
    """
    spec = load_tables().get(table)
    if spec is None:
        return dict(columns)
    guess = _Block(table, dict(columns), headings, seen)
    guess.voucher_number()
    guess.dates()
    guess.people = [role.name for role in spec.roles if not role.is_party]
    if table != "subsidy":  # a household's head or a payee may stand alone there
        guess.only_person(spec.recognise.get("main", ""))
    guess.student()
    guess.main_person(spec.recognise.get("main", ""))
    guess.head()
    guess.second_person([role.name for role in spec.roles])
    guess.numbers()
    guess.party([role.name for role in spec.roles if role.is_party])
    guess.both_sides()
    guess.other_side()
    guess.area()
    guess.money()
    guess.lead(spec.recognise.get("lead", ""))
    guess.words(("relation", "relation"), ("village", "village_name"))
    guess.summary()
    return guess.columns


class _Block(People, Sums):
    """All that content may settle."""

    def voucher_number(self) -> None:
        at = self.columns.get("invoice_no")
        if at is None and any(f.key == "voucher_no" for f in self.fields("code", "text")):
            self.only(
                [at for at in self.free() if self.seen[at].get("voucher", 0.0) >= 0.6], "voucher_no"
            )
        if (
            at is None
            or "voucher_no" in self.columns
            or not any(f.key == "voucher_no" for f in self.fields("code", "text"))
        ):
            return
        one = self.seen[at]
        is_running = (
            one.get("int", 0.0) >= SURE and one.get("age", 0.0) >= SURE and one["distinct"] >= SURE
        )
        if one.get("voucher", 0.0) >= 0.5 or is_running:
            self.columns["voucher_no"] = self.columns.pop("invoice_no")

    def dates(self) -> None:
        fields = self.fields(*_DATES)
        periods = [at for at in self.free() if self.seen[at].get("period", 0.0) >= SURE]
        known = {f.key for f in fields if f.key in self.columns}
        spans = [f.key for f in fields if f.type == "period"]
        if spans and not known & {"starts_on", "ends_on", *spans}:
            self.only(periods, spans[0])
        if known:
            return
        self.let_go("date")
        days = [at for at in self.free() if self._is_day(at)]
        if self._ends(fields, days):
            return
        is_month = len(days) == 1 and self.seen[days[0]].get("month", 0.0) >= SURE
        fields = [
            f for f in fields if f.key not in _ENDINGS
        ]  # that something ended is never guessed
        wanted = [f.key for f in fields if f.type == ("month" if is_month else "date")]
        wanted += [f.key for f in fields if f.type in ("date", "month")]
        self.only(days, wanted[0] if wanted else "")

    def _is_day(self, at: int) -> bool:
        """Days, or the numbers they are kept as under a heading that asks when."""
        day = self.seen[at].get("date", 0.0)
        if _WHEN.search(self.headings[at]):
            day += self.seen[at].get("serial", 0.0)
        return day >= SURE

    def _ends(self, fields: list[Field], days: list[int]) -> bool:
        """Two days side by side, where the table has a beginning and an end."""
        for first, last in _ENDS:
            if (
                len(days) == 2
                and days[1] - days[0] == 1
                and {first, last} <= {f.key for f in fields}
            ):
                self.columns[first], self.columns[last] = days
                return True
        return False

    def lead(self, key: str) -> None:
        """The first column of words that are all different names the thing."""
        if not key or key in self.columns:
            return
        others = ("town",) if key == "village_name" else ("name", "org", "village", "town")
        words = [
            at for at in self.free()
            if self.seen[at].get("han", 0.0) >= SURE and self.seen[at]["distinct"] >= 0.6 and self.seen[at]["filled"] >= 0.6
            and max(self.seen[at].get(k, 0.0) for k in others) < 0.6
        ]  # fmt: skip
        if "+content" in self.columns:  # 建设内容 alone is the name of the work
            self.columns[key] = self.columns.pop("+content")
        self.only(words[:1], key)

    def words(self, *wanted: tuple[str, str]) -> None:
        """Columns whose words are all of one kind: relations; villages, or short words under a heading that says 村."""
        for kind, key in wanted:
            if any(f.key == key for f in self.fields("relation", "village", "text")):
                self.only([at for at in self.free() if self._is(at, kind)], key)
        self.village()

    def village(self) -> None:
        """Villages, under a heading that says 村 or of many rows each; of a party's branches only where nothing else tells."""
        at = self.columns.get("+village")
        told = [i for i in self.free() if "村" in self.headings[i] and self._is(i, "village")]
        if at is not None and told and not set(self.headings[at]) & set("村居社庄"):
            del self.columns["+village"]  # 单位 is the village only where no column says 村
        if "village_name" in self.columns or "+village" in self.columns:
            return
        named = [
            i for i in self.free()
            if "村" in self.headings[i] and self.seen[i].get("han", 0.0) >= SURE and self.spread(i) < 0.6
            and self.seen[i].get("org", 0.0) < 0.3
        ]  # fmt: skip
        many = [i for i in self.free() if self._is(i, "village") and self.spread(i) < 0.3]
        for places in (told, many, named):
            self.only(places, "+village")
        for key in ("+lessor", "+owner_org", "branch"):
            i = self.columns.get(key, -1)
            if "+village" not in self.columns and i >= 0 and self._is_of_villages(key, i):
                self.columns["+village"] = i

    def _is_of_villages(self, key: str, at: int) -> bool:
        return self._is(at, "village") or (
            key == "branch" and self.seen[at].get("branch", 0.0) >= SURE
        )

    def _is(self, at: int, kind: str) -> bool:
        return self.seen[at].get(kind, 0.0) >= SURE and self.seen[at].get("name", 0.0) < SURE

    def summary(self) -> None:
        """What a book says of each entry: the one column of free words, or the one with the most different ones."""
        if "summary" in self.columns or not any(f.key == "summary" for f in self.fields("text")):
            return
        note = self.columns.get("note")
        if note is not None and self.seen[note]["filled"] >= 0.5 and self.spread(note) >= 0.2:
            del self.columns["note"]  # a remark on every row says what the row is
        places = [
            at for at in self.free()
            if self.seen[at].get("han", 0.0) >= SURE and self.seen[at]["filled"] >= 0.4
            and max(self.seen[at].get(k, 0.0) for k in ("name", "org", "village", "voucher", "account", "flag", "side")) < 0.6
        ]  # fmt: skip
        self.only(sorted(places, key=lambda at: -self.spread(at))[:1], "summary")
