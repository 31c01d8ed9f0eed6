"""How many of what goes where."""

import random
from collections import Counter
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from ..world import Record, World
from . import books, prices
from .stage import INNOCENTS, PROBLEMS, Planter, Stage

for _module in iter_modules([str(Path(__file__).parent)]):
    import_module(f".{_module.name}", __package__)  # every module registers its planters

MOST_IN_ONE = (10, 12, 13, 14, 15, 15, 16)  # planted problems of a village that is not clean
INNOCENTS_PER_PROBLEM = 2.1


@dataclass(frozen=True)
class Amounts:
    """What to plant."""

    problems: bool = True
    innocents: bool = True
    thick: bool = False
    only: tuple[str, ...] = ()  # models, a problem of each; none means all of them, many


def plant_all(stage: Stage, amounts: Amounts) -> None:
    """Plant problems in the villages that are not clean, look-alikes everywhere."""
    world = stage.world
    prices.price_peers(stage)
    rng = world.rng("plan", "most")
    most = {v.key: 0 if v.clean else rng.choice(MOST_IN_ONE) for v in world.villages}
    wanted = (len(amounts.only) or sum(most.values())) if amounts.problems else 0
    _spread(stage, _of(PROBLEMS, amounts), most, wanted, "problems")
    if amounts.innocents:
        count = round((wanted or 11 * len(world.villages)) * INNOCENTS_PER_PROBLEM)
        room = {v.key: -(-count // len(world.villages)) + 4 for v in world.villages}
        _spread(stage, _of(INNOCENTS, amounts), room, count, "innocents")
        books.december_settlement(stage, world.villages[-1].town)


def _of(planters: dict[str, list[Planter]], amounts: Amounts) -> dict[str, list[Planter]]:
    return {m: found for m, found in planters.items() if not amounts.only or m in amounts.only}


def _spread(
    stage: Stage, planters: dict[str, list[Planter]], room: dict[str, int], wanted: int, key: str
) -> None:
    """Go round the models, each time with the next variant, until `wanted` are placed."""
    rng = stage.world.rng("plan", key)
    models, placed, misses = sorted(planters), 0, 0
    turn: Counter[str] = Counter()
    while placed < wanted and misses < 3 * len(models):
        for model in rng.sample(models, len(models)):
            if placed < wanted and _place(stage, planters[model], room, turn, model, rng):
                placed, misses = placed + 1, 0
            else:
                misses += 1


def _place(
    stage: Stage,
    choices: list[Planter],
    room: dict[str, int],
    turn: Counter[str],
    model: str,
    rng: random.Random,
) -> bool:
    """Try the model's next variants, in the villages with most room first."""
    free = [v for v in stage.world.villages if room[v.key] > 0]
    free.sort(key=lambda v: (-room[v.key] + rng.randrange(4), rng.random()))
    for _ in choices:
        planter = choices[turn[model] % len(choices)]
        turn[model] += 1
        for village in free[:9]:
            own = stage.world.rng(model, planter.__name__, village.key, turn[model])
            if planter(stage, village, own):
                room[village.key] -= 1
                return True
    return False


def tidy(world: World) -> None:
    """After deaths in stories, stop the rows that nobody planted."""
    for table in (
        "gaoling",
        "tekun",
        "dibao",
        "canji",
        "gangwei",
        "hulin",
        "linshi",
        "land_subsidy",
        "weifang",
    ):
        for village in world.villages:
            rows = world.rows(table, village)
            gone = [
                r
                for r in rows
                if not r.taken
                and r["person"].died
                and r["person"].died < r["period"]
                and not (table == "land_subsidy" and _heir(r))
            ]
            doomed = set(map(id, gone))
            rows[:] = [r for r in rows if id(r) not in doomed]
            world.tables[table][:] = [r for r in world.tables[table] if id(r) not in doomed]


def _heir(row: Record) -> bool:
    """Put a living adult of the household in the dead head's place."""
    for p in row["household"].people:
        if not p.died and p.age(row["period"]) >= 18:
            row.values.update(
                name=p.name,
                id_no=p.number,
                payee=p.name,
                payee_id=p.number,
                card=p.card,
                head=p.name,
                head_id=p.number,
                phone=p.phone,
                person=p,
            )
            return True
    return False
