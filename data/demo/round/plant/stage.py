"""What every planting function gets, and the registry of those functions."""

import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ..accounts import Books
from ..registers import Market
from ..works import project
from ..world import Cadre, Person, Record, Village, World


@dataclass
class Stage:
    """The round while things are planted; `after` runs once the books are closed."""

    world: World
    market: Market
    shelf: dict[str, Books]
    thick: bool = False
    after: list[Callable[[], object]] = field(default_factory=list)
    told: set[tuple[str, str]] = field(default_factory=set)

    def books(self, village: Village) -> Books | None:
        """The village's ledger, if it handed one in."""
        return self.shelf.get(village.key)

    def once(self, village: Village, story: str) -> bool:
        """Whether a story that has room for one in a village is told there for the first time."""
        is_new = (story, village.key) not in self.told
        self.told.add((story, village.key))
        return is_new

    def work(self, village: Village, rng: random.Random, **how: Any) -> Record:
        """A project that goes through its usual steps and the village's own ledger."""
        return project(self.world, rng, village, self.market, books=self.books(village), **how)


Planter = Callable[[Stage, Village, random.Random], bool]
PROBLEMS: dict[str, list[Planter]] = defaultdict(list)
INNOCENTS: dict[str, list[Planter]] = defaultdict(list)


def problem(model: str) -> Callable[[Planter], Planter]:
    """Register a function that plants a problem of `model`; it returns False when it cannot."""

    def keep(planter: Planter) -> Planter:
        PROBLEMS[model].append(planter)
        return planter

    return keep


def innocent(model: str) -> Callable[[Planter], Planter]:
    """Register a function that plants a look-alike of `model`."""

    def keep(planter: Planter) -> Planter:
        INNOCENTS[model].append(planter)
        return planter

    return keep


Rows = tuple[list[Record], list[Record]]
"""Rows that tell the story, and rows that stand beside it."""
Writer = Callable[..., Rows | Callable[[], Rows] | None]


def plant(
    model: str,
    write: Writer,
    cases: dict[str, dict[str, Any]],
    innocents: dict[str, dict[str, Any]],
    *,
    is_hint: bool = False,
) -> None:
    """Register a plant told as data: what is written for each case, and for each look-alike.

    write(stage, village, rng, **values) puts the rows down; None where the village has no place for
    them, a function where they stand only once the books are closed. A value that can be called is
    called with rng. A hint ranks samples and is no problem.
    """
    note = World.hint if is_hint else World.problem
    for text, values in cases.items():
        PROBLEMS[model].append(_planter(model, write, note, text, values))
    for text, values in innocents.items():
        INNOCENTS[model].append(_planter(model, write, World.innocent, text, values))


def _planter(
    model: str,
    write: Writer,
    note: Callable[[World, Village, str, str, list[Record], list[Record]], bool],
    text: str,
    values: dict[str, Any],
) -> Planter:
    def planter(stage: Stage, v: Village, rng: random.Random) -> bool:
        drawn = {k: x(rng) if callable(x) else x for k, x in values.items()}
        found = write(stage, v, rng, **drawn)
        if callable(found):
            stage.after.append(lambda: note(stage.world, v, model, text, *found()))
            return True
        return found is not None and note(stage.world, v, model, text, *found)

    planter.__name__ = text
    return planter


def cadre(village: Village, rng: random.Random, posts: str = "") -> Cadre | None:
    """A serving cadre no story uses yet; he is marked as used."""
    free = [
        c
        for c in village.cadres
        if c.until is None
        and c.person.busy == "cadre"
        and (not posts or c.post in posts)
        and not any(p.busy == "relative in a story" for p in _family(c))
    ]
    if not free:
        return None
    chosen = rng.choice(free)
    chosen.person.busy = "cadre in a story"
    return chosen


def _family(c: Cadre) -> list[Person]:
    return c.person.household.people if c.person.household else [c.person]


def relative(
    village: Village, rng: random.Random, outside: bool = True
) -> tuple[Cadre, Person, str, Record] | None:
    """A serving cadre's relative no story uses yet, by default of another household."""
    free = [
        (c, person, relation, record)
        for c in village.cadres
        if c.until is None
        for relation, person, record in c.relatives
        if person.busy == "relative"
        and 20 <= 2023 - person.born.year <= 66
        and (person.household is not c.person.household) == outside
        and (outside or c.person.busy == "cadre")
    ]
    if not free:
        return None
    chosen = rng.choice(free)
    chosen[1].busy = "relative in a story"
    return chosen


def untouched(rows: list[Record]) -> list[Record]:
    """Records no item uses yet."""
    return [r for r in rows if not r.taken]
