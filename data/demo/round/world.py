"""What an invented round is made of, and the record of what was planted in it."""

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

YEARS = (2023, 2024)
FIRST_DAY, LAST_DAY = date(2023, 1, 1), date(2024, 12, 31)


@dataclass(frozen=True)
class Place:
    """Where a record was written: file under raw/, sheet ('' in text files), 1-based row."""

    file: str
    sheet: str
    row: int


@dataclass(eq=False)
class Record:
    """One logical row of a table. Money is in fen, areas in mu, dates are dates."""

    village: "Village"
    values: dict[str, Any]
    places: list[Place] = field(default_factory=list)
    taken: str = ""

    def __getitem__(self, key: str) -> Any:
        return self.values.get(key)

    def __setitem__(self, key: str, value: Any) -> None:
        self.values[key] = value


@dataclass(eq=False)
class Person:
    """A villager, an outsider or an official."""

    name: str
    female: bool
    born: date
    number: str
    phone: str
    card: str
    village: "Village"
    household: "Household | None" = None
    relation: str = "户主"
    died: date | None = None
    busy: str = ""  # the role a person already plays, so that no two stories share one

    def age(self, on: date) -> int:
        """Full years on a day."""
        return on.year - self.born.year - ((on.month, on.day) < (self.born.month, self.born.day))


@dataclass(eq=False)
class Household:
    """People of one household book; the first is the head."""

    number: int
    group: int
    village: "Village"
    people: list[Person] = field(default_factory=list)
    area: float = 0.0

    @property
    def head(self) -> Person:
        """The head of the household book."""
        return self.people[0]


@dataclass(eq=False)
class Cadre:
    """A committee member with the relatives declared for him."""

    person: Person
    post: str
    since: date
    until: date | None = None
    record: Record | None = None
    relatives: list[tuple[str, Person, Record]] = field(default_factory=list)


@dataclass(eq=False)
class Village:
    """A village with everybody in it."""

    name: str
    town: str
    county: str
    prefix: str
    surname: str
    clean: bool
    ledger: str = "list"  # list, split, journal, both, none
    households: list[Household] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    cadres: list[Cadre] = field(default_factory=list)
    shops: dict[str, str] = field(default_factory=dict)
    problems: int = 0
    busy_signing: bool = False
    spare_land: float = 0.0
    opening_bank: int = 0
    opening_cash: int = 0
    parties: list[tuple[str, str, list[int]]] = field(default_factory=list)

    @property
    def key(self) -> str:
        """Town and name: two villages of a round may share the name."""
        return self.town + self.name

    @property
    def has_books(self) -> bool:
        """Whether a ledger was handed in."""
        return self.ledger != "none"


@dataclass(eq=False)
class Item:
    """A planted problem, hint for samples or innocent look-alike."""

    kind: str
    village: Village
    models: tuple[str, ...]
    text: str
    rows: list[Record]
    context: list[Record]


class World:
    """Villages, tables of records, and the items planted so far."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.villages: list[Village] = []
        self.tables: dict[str, list[Record]] = defaultdict(list)
        self.items: list[Item] = []
        self.of_village: dict[tuple[str, str], list[Record]] = defaultdict(list)

    def rng(self, *key: object) -> random.Random:
        """A generator of its own for each purpose: adding one never shifts another."""
        return random.Random(":".join(map(str, (self.seed, *key))))

    def add(self, table: str, village: Village, **values: Any) -> Record:
        """Append a record to a table."""
        record = Record(village, values)
        self.tables[table].append(record)
        self.of_village[table, village.key].append(record)
        return record

    def rows(self, table: str, village: Village) -> list[Record]:
        """The records of one village in a table (a live list)."""
        return self.of_village[table, village.key]

    def problem(
        self, village: Village, models: str, text: str, rows: list[Record], context: list[Record]
    ) -> bool:
        """Note a planted problem; `models` is space-separated."""
        return self._item("problem", village, models, text, rows, context)

    def innocent(
        self, village: Village, models: str, text: str, rows: list[Record], context: list[Record]
    ) -> bool:
        """Note an innocent look-alike."""
        return self._item("lookalike", village, models, text, rows, context)

    def hint(
        self, village: Village, models: str, text: str, rows: list[Record], context: list[Record]
    ) -> bool:
        """Note what only ranks samples: worth a hit of its model, not a candidate."""
        return self._item("hint", village, models, text, rows, context)

    def _item(
        self,
        kind: str,
        village: Village,
        models: str,
        text: str,
        rows: list[Record],
        context: list[Record],
    ) -> bool:
        if not rows:
            raise AssertionError(f"{text}: no rows")
        for record in rows:
            if record.taken and record.taken != kind:
                raise AssertionError(f"{text}: a row is already part of a {record.taken}")
            record.taken = kind
            if (someone := record["person"]) and not someone.busy:
                someone.busy = "in an item"
        self.items.append(Item(kind, village, tuple(models.split()), text, rows, context))
        village.problems += kind == "problem"
        return True
