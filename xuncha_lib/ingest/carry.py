"""What is written once for several rows: blank cells that take their value from the row above."""

from __future__ import annotations

from typing import Any

from xuncha_lib.ingest.extract import Plan
from xuncha_lib.ingest.records import Person
from xuncha_lib.values import Cell, fold

_CARRIED = {
    "household": ("head", "household_no"), "land": ("contractor", "contractor_code"), "relative": ("cadre",),
    "relief_filing": ("worker",), "bid": ("project_name", "opened_on"), "subsidy": ("head",),
    "voucher": ("entry_on", "voucher_word", "voucher_no", "summary", "attachments"),
    "business": ("company", "uscc", "legal_person"),
}  # fmt: skip
"""Table → the columns and roles that a blank cell takes from the row above."""

_LINES = {"relative": "relative", "relief_filing": "relative", "bid": "bidder", "land": "member"}
"""Table → the role that a continuing row still names."""


class Above:
    """The row above, as far as it counts for the next."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.name = plan, plan.table.name
        self.names = _CARRIED.get(self.name, ())
        self.kept: dict[str, Any] = {}
        self.head: tuple[Person, Any] | None = None

    def forget(self) -> None:
        """A new village or group begins."""
        self.kept, self.head = {}, None

    def continues(self, row: list[Cell]) -> bool:
        """True for a row that only adds a member, a plot, a bidder or a shareholder to the row above."""
        if not self.kept:
            return False
        role = self.plan.roles.get(_LINES.get(self.name, ""), {})
        places = list(role.values())
        if self.name == "land":
            places += [at for n, (at, _) in self.plan.columns.items() if n.startswith("plot")]
        if self.name == "business" and "shareholder" in self.plan.extras:
            places.append(self.plan.extras["shareholder"][0])
        return any(row[at] is not None for at in places)

    def fill(self, values: dict[str, Any], people: dict[str, Person]) -> None:
        """Complete a row from the one above, and remember it for the next."""
        if self.name in ("household", "subsidy"):
            self._own_head(values, people)
        if not self.names or (self.name == "subsidy" and "beneficiary" not in self.plan.roles):
            return
        number = values.get("voucher_no")
        is_new = (
            self.name == "voucher" and number is not None and number != self.kept.get("voucher_no")
        )
        for name in self.names:
            have: dict[str, Any] = people if name in self.plan.roles else values
            is_read = name in self.plan.roles or name in self.plan.columns
            if is_read and not is_new and name not in have and name in self.kept:
                have[name] = self.kept[name]
        both = {**values, **people}
        self.kept = {n: both[n] for n in self.names if both.get(n) is not None}

    def _own_head(self, values: dict[str, Any], people: dict[str, Person]) -> None:
        """户主 in the relation column: the person is the head, and, without a column of heads, of the rows below too."""
        person = people.get("person") or people.get("beneficiary")
        is_head = fold(str(values.get("relation") or "")) in ("户主", "本人或户主", "户主本人")
        if is_head and person and "head" not in people:
            people["head"] = person
        if self.name != "household" or "head" in self.plan.roles:
            return
        number = values.get("household_no")
        if is_head and person:
            self.head = (person, number)
        elif self.head and number == self.head[1]:
            people.setdefault("head", self.head[0])
