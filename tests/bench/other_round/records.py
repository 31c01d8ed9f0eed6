"""What the round is made of: people, villages, records that may carry truth tags, and the truth items."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from names import Mint


class Item:
    """A planted problem or an innocent look-alike; it learns where its records land in the files."""

    def __init__(self, village: Village, models: list[str], text: str) -> None:
        self.village, self.models, self.text = village, models, text
        self.rows: dict[tuple[str, str, int], None] = {}
        self.context: dict[tuple[str, str, int], None] = {}

    def fact(self, *recs: Rec) -> Item:
        """These records are the fact itself."""
        for rec in recs:
            if self not in rec.facts:
                rec.facts.append(self)
        return self

    def seen_in(self, *recs: Rec) -> Item:
        """These records support the fact and are shared with others."""
        for rec in recs:
            if self not in rec.contexts:
                rec.contexts.append(self)
        return self


class Rec:
    """One record of one table: free fields, plus the items it belongs to."""

    def __init__(self, **fields: Any) -> None:
        self.facts: list[Item] = []
        self.contexts: list[Item] = []
        self.__dict__.update(fields)

    def __getattr__(self, name: str) -> Any:
        """Fields nobody filled are empty."""
        if name.startswith("__"):
            raise AttributeError(name)
        return ""

    def twin(self, **changes: Any) -> Rec:
        """A copy without tags."""
        fields = {k: v for k, v in self.__dict__.items() if k not in ("facts", "contexts")}
        return Rec(**{**fields, **changes})

    @property
    def tagged(self) -> bool:
        """True if destructive dirt must stay away from this record."""
        return bool(self.facts or self.contexts)


@dataclass(eq=False)
class Person:
    name: str
    id_no: str
    sex: str
    born: date
    phone: str
    card: str
    village: Village
    home: Household | None = None
    relation: str = "户主"
    died: date | None = None
    busy: bool = False  # already the subject of something

    def age(self, on: date) -> int:
        return on.year - self.born.year - ((on.month, on.day) < (self.born.month, self.born.day))


@dataclass(eq=False)
class Household:
    no: str
    village: Village
    group: int
    members: list[Person] = field(default_factory=list)
    mu: float = 0.0
    plots: list[tuple[str, float]] = field(default_factory=list)
    is_cadre: bool = False

    @property
    def head(self) -> Person:
        return self.members[0]

    @property
    def busy(self) -> bool:
        return self.is_cadre or any(p.busy for p in self.members)


@dataclass(eq=False)
class Village:
    name: str  # without 村
    town: Town
    code: str
    clean: bool = False
    homes: list[Household] = field(default_factory=list)
    spare_mu: float = 0.0
    tables: dict[str, list[Rec]] = field(default_factory=dict)
    years: tuple[int, ...] = (2024,)
    memo: dict[str, Any] = field(default_factory=dict)

    @property
    def full(self) -> str:
        return self.name + "村"

    def add(self, table: str, rec: Rec) -> Rec:
        rec.village = self
        self.tables.setdefault(table, []).append(rec)
        return rec

    def get(self, table: str) -> list[Rec]:
        return self.tables.setdefault(table, [])

    @property
    def people(self) -> list[Person]:
        return [p for h in self.homes for p in h.members]


@dataclass(eq=False)
class Town:
    name: str
    county: str
    style: str
    prefixes: tuple[str, ...]
    villages: list[Village] = field(default_factory=list)


class World:
    """Everything of one seed."""

    def __init__(self, seed: int, rare: bool) -> None:
        self.seed, self.rare = seed, rare
        self.rng = random.Random(f"other/{seed}")
        self.mint = Mint(random.Random(f"other/{seed}/mint"))
        self.towns: list[Town] = []
        self.tables: dict[str, list[Rec]] = {}
        self.problems: list[Item] = []
        self.looks: list[Item] = []

    @property
    def villages(self) -> list[Village]:
        return [v for t in self.towns for v in t.villages]

    def add(self, table: str, rec: Rec) -> Rec:
        self.tables.setdefault(table, []).append(rec)
        return rec

    def get(self, table: str) -> list[Rec]:
        return self.tables.setdefault(table, [])

    def problem(self, village: Village, models: str, text: str) -> Item:
        """A new planted problem; `models` is a space-separated list, leading model first."""
        item = Item(village, models.split(), text)
        self.problems.append(item)
        return item

    def look(self, village: Village, models: str, text: str) -> Item:
        """A new innocent look-alike."""
        item = Item(village, models.split(), text)
        self.looks.append(item)
        return item
