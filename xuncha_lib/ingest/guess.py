"""A block of which the headings leave something open: what is taken, what is free, what a field may hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from xuncha_lib.ingest.fields import Field, all_fields, common, heading_scores

SURE = 0.85
"""Share of a column's filled cells that must be of a kind before its heading is overruled by nobody."""

Seen = dict[str, float]


@cache
def fields_of(table: str) -> list[Field]:
    """Fields that say something of the kind of table."""
    return [f for f in all_fields() if f.table == table and not f.is_common]


@cache
def _fields_of_types(table: str, types: tuple[str, ...]) -> list[Field]:
    return [f for f in fields_of(table) if f.type in types]


@dataclass
class Guess:
    """The columns of one table so far (field key → column), and what each column's heading and cells say."""

    table: str
    columns: dict[str, int]
    headings: list[str]
    seen: list[Seen]
    people: list[str] = field(default_factory=list)

    def free(self) -> list[int]:
        """Columns with a heading and content that no field has taken."""
        taken = set(self.columns.values())
        return [
            at for at, h in enumerate(self.headings) if h and at not in taken and self.seen[at]["n"]
        ]

    def fields(self, *types: str) -> list[Field]:
        """The table's own fields of these types."""
        return _fields_of_types(self.table, types)

    def only(self, places: list[int], key: str) -> None:
        """Give the field the one column it can be; with two nobody knows."""
        if key and key not in self.columns and len(places) == 1:
            self.columns[key] = places[0]

    def spread(self, at: int) -> float:
        """Different values of the whole column per filled cell (0–1)."""
        return self.seen[at].get("spread", self.seen[at]["distinct"])

    def told(self, key: str) -> float:
        """How well the heading of a field's column says that it is this field (0–1)."""
        scores = heading_scores(self.headings[self.columns[key]])
        return max(
            float(scores[i])
            for i, f in enumerate(all_fields())
            if f.table == self.table and f.key == key
        )

    def let_go(self, kind: str) -> None:
        """A column any table may have gives up one that is plainly something else: 银行哪天走的 is a day, no bank."""
        for key, at in list(self.columns.items()):
            if (
                key.startswith("+")
                and key[1:] in common()["columns"]
                and self.seen[at].get(kind, 0.0) >= SURE
            ):
                del self.columns[key]
