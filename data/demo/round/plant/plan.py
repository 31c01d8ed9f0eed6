"""How many of what goes where."""

import random
from collections import Counter
from dataclasses import dataclass

from ..world import Record, Village, World
from . import books, entitlement, leasing, lives, payments, prices, relief, spending, tenders, wealth
from .stage import INNOCENTS, PROBLEMS, Planter, Stage

AREAS = (books, entitlement, leasing, lives, payments, prices, relief, spending, tenders, wealth)
PER_VILLAGE = 13.5  # planted problems of a village that is not clean, on average
MOST_IN_ONE = 15
INNOCENTS_PER_PROBLEM = 2.1


@dataclass(frozen=True)
class Amounts:
    """What to plant."""

    problems: bool = True
    innocents: bool = True


def plant_all(stage: Stage, amounts: Amounts) -> None:
    """Plant problems in the villages that are not clean, look-alikes everywhere."""
    world = stage.world
    prices.price_peers(stage)
    dirty = [v for v in world.villages if not v.clean]
    wanted = round(PER_VILLAGE * len(dirty)) if amounts.problems else 0
    _spread(stage, PROBLEMS, dirty, wanted, MOST_IN_ONE, "problems")
    if amounts.innocents:
        count = round((wanted or 11 * len(world.villages)) * INNOCENTS_PER_PROBLEM)
        per_village = -(-count // len(world.villages)) + 4
        _spread(stage, INNOCENTS, world.villages, count, per_village, "innocents")
        books.december_settlement(stage, world.villages[-1].town)


def _spread(
    stage: Stage, planters: dict[str, list[Planter]], villages: list[Village], wanted: int, most: int,
    key: str,
) -> None:
    rng = stage.world.rng("plan", key)
    models, load, placed = sorted(planters), Counter[str](), 0
    turn: Counter[str] = Counter()
    misses = 0
    while placed < wanted and villages and misses < 3 * len(models):
        for model in rng.sample(models, len(models)):
            if placed >= wanted:
                break
            if _place(stage, planters[model], villages, load, most, turn, model, rng):
                placed, misses = placed + 1, 0
            else:
                misses += 1


def _place(
    stage: Stage, choices: list[Planter], villages: list[Village], load: Counter[str], most: int,
    turn: Counter[str], model: str, rng: random.Random,
) -> bool:
    """Try the model's next variant in the least loaded villages first."""
    order = sorted(villages, key=lambda v: (load[v.key] + rng.randrange(4), rng.random()))
    for _ in choices:
        planter = choices[turn[model] % len(choices)]
        turn[model] += 1
        for village in order[:9]:
            own = stage.world.rng(model, planter.__name__, village.key, turn[model])
            if load[village.key] < most and planter(stage, village, own):
                load[village.key] += 1
                return True
    return False


def tidy(world: World) -> None:
    """After deaths in stories, stop the rows that nobody planted."""
    for table in ("gaoling", "tekun", "dibao", "canji", "gangwei", "hulin", "linshi", "land_subsidy", "weifang"):
        for village in world.villages:
            rows = world.rows(table, village)
            gone = [r for r in rows if not r.taken and r["person"].died and r["person"].died < r["period"]
                    and not (table == "land_subsidy" and _heir(r))]
            doomed = set(map(id, gone))
            rows[:] = [r for r in rows if id(r) not in doomed]
            world.tables[table][:] = [r for r in world.tables[table] if id(r) not in doomed]


def _heir(row: Record) -> bool:
    """Put a living adult of the household in the dead head's place."""
    for p in row["household"].people:
        if not p.died and p.age(row["period"]) >= 18:
            row.values.update(name=p.name, id_no=p.number, payee=p.name, payee_id=p.number, card=p.card,
                              head=p.name, head_id=p.number, phone=p.phone, person=p)
            return True
    return False
