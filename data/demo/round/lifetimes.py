"""Who died when, and who told."""

import random
from datetime import date, timedelta

from .world import Person, Record, World


def deaths(world: World) -> None:
    """A few deaths a year in every village, told by one to three sources."""
    for village in world.villages:
        rng = world.rng("deaths", village.key)
        old = [p for p in village.people if p.born.year < 1952 and not p.busy]
        for someone in rng.sample(old, min(len(old), rng.randrange(4, 7))):
            die(world, rng, someone, date(2023, 1, 20) + timedelta(days=rng.randrange(660)))


def die(world: World, rng: random.Random, someone: Person, day: date) -> list[Record]:
    """Enter a death into one to three registers, police last."""
    someone.died = day
    someone.busy = someone.busy or "dead"
    sources = rng.sample(("殡葬", "公安", "卫健"), rng.choice((1, 2, 2, 3)))
    return [
        world.add(
            "deaths",
            someone.village,
            person=someone,
            name=someone.name,
            id_no=someone.number,
            gender="女" if someone.female else "男",
            age=someone.age(day),
            died=day,
            recorded=day + timedelta(days={"殡葬": 2, "卫健": 3, "公安": 24}[source]),
            source=source,
            cause=rng.choice(("疾病", "衰老", "疾病", "意外")),
        )
        for source in sources
    ]


def alive(someone: Person, period: date) -> bool:
    """Whether the person was alive when the period began."""
    return someone.died is None or someone.died >= period
