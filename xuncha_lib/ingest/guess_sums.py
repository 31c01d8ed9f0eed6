"""Columns of money and land under headings nobody knows."""

from __future__ import annotations

import re

from xuncha_lib.ingest.guess import SURE, Guess

_SIDES = (
    ("receipt_yuan", "payment_yuan"), ("debit_yuan", "credit_yuan"), ("in_yuan", "out_yuan"),
)  # fmt: skip
"""Columns of which each row fills one."""
_IN, _OUT = set("进入收来存"), set("出走花付支取")
_SUM = set("钱元额款金费资")
"""Characters of a heading that say: money came in, money went, this is money."""
_GIVING, _NO_SUM = set("领发补给付打"), re.compile("[亩天日月号率欠户人]|标准|每|一[亩人月]")
_WHOLE = re.compile("多少|一共|总共|合计|总数|实")
"""Of several sums the one that says it is the whole."""
_DOING = set("付收欠租结拨罚借贷补")
"""Characters that say what is done with a sum."""


class Sums(Guess):
    """Both sides of a book, areas, and the one sum a table is about."""

    def both_sides(self) -> None:
        """Two columns of numbers, of which each row fills one, under words of coming and going."""
        for pair in _SIDES:
            if any(k in self.columns for k in pair) or not {*pair} <= {
                f.key for f in self.fields("yuan")
            }:
                continue
            free = [at for at in self.free() if self.seen[at].get("number", 0.0) >= SURE]
            came = [
                at
                for at in free
                if set(self.headings[at]) & _IN and not set(self.headings[at]) & _OUT - {"走"}
            ]
            went = [
                at
                for at in free
                if set(self.headings[at]) & _OUT and not set(self.headings[at]) & _IN
            ]
            if (
                len(came) == 1 == len(went)
                and self.seen[came[0]]["filled"] + self.seen[went[0]]["filled"] <= 1.6
            ):
                self.columns[pair[0]], self.columns[pair[1]] = came[0], went[0]

    def other_side(self) -> None:
        """The column beside one side of a book that is filled where the other is not."""
        for pair in _SIDES:
            here = [key for key in pair if key in self.columns]
            if len(here) != 1 or not all(
                any(f.key == key for f in self.fields("yuan")) for key in pair
            ):
                continue
            at = self.columns[here[0]]
            beside = [
                b for b in self.free()
                if abs(b - at) == 1 and self.seen[b].get("number", 0.0) >= SURE
                and 0.85 <= self.seen[b]["filled"] + self.seen[at]["filled"] <= 1.1
            ]  # fmt: skip
            self.only(beside, pair[1] if here[0] == pair[0] else pair[0])

    def area(self) -> None:
        """The one column of numbers under a heading with 亩."""
        fields = [f.key for f in self.fields("mu") if f.key not in self.columns]
        if fields and not any(f.key in self.columns for f in self.fields("mu")):
            self.only(
                [
                    at
                    for at in self.free()
                    if "亩" in self.headings[at] and self.seen[at].get("number", 0.0) >= SURE
                ],
                fields[0],
            )

    def _given(self) -> list[int]:
        """Columns of sums, no small counts, under a word of giving that says nothing of land, days or a rate."""
        return [
            at for at in self.free()
            if self.seen[at].get("number", 0.0) >= SURE and self.seen[at].get("age", 0.0) < 0.5
            and set(self.headings[at]) & _GIVING and not _NO_SUM.search(self.headings[at])
        ]  # fmt: skip

    def money(self) -> None:
        """付了多少 is what was paid where one sum only speaks of paying."""
        if any(key in self.columns for pair in _SIDES for key in pair):
            return
        fields = {
            f.key: set("".join(f.words)) & _DOING
            for f in self.fields("yuan")
            if f.key not in self.columns
        }
        sums = [
            at
            for at in self.free()
            if set(self.headings[at]) & _SUM and self.seen[at].get("number", 0.0) >= SURE
        ]
        if "amount_yuan" in fields and not any(f.key in self.columns for f in self.fields("yuan")):
            self.only(sums or self._given(), "amount_yuan")
            self.only([at for at in sums if _WHOLE.search(self.headings[at])], "amount_yuan")
        for at in self.free():
            told = set(self.headings[at]) & _DOING
            if len(told) == 1 and self.seen[at].get("number", 0.0) >= SURE:
                fits = [
                    key
                    for key, doing in fields.items()
                    if told <= doing and key not in self.columns
                ]
                if len(fits) == 1:
                    self.columns[fits[0]] = at
