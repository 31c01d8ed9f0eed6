"""Counties and townships of an invented district: who trades where, at what price, under which limit."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

import words
from habits import Habit, habit_of

GIVEN = words.GIVEN_TWO.split("|")


@dataclass
class Vendor:
    """One seller with its register entry; `common` = it serves more than one village."""

    name: str
    trade: str
    rep: str
    registered: date
    acct: str
    level: float = 1.0
    common: bool = True
    listed: bool = True


@dataclass
class Township:
    id: str
    county: str
    name: str
    habit: Habit
    limit: int
    vendors: list[Vendor]
    flood: tuple[date, date] | None
    fair: date | None
    settle: bool
    newcomer: Vendor
    lone: list[str]
    years: list[int]
    price: dict[str, float]
    villages: list[int] = field(default_factory=list)


def person(rng: Random, surnames: list[str] | None = None) -> str:
    first = rng.choice(surnames) if surnames and rng.random() < 0.6 else rng.choice(words.SURNAMES)
    return first + (rng.choice(words.GIVEN_ONE) if rng.random() < 0.2 else rng.choice(GIVEN))


def card(rng: Random) -> str:
    return "62" + str(rng.randrange(10**16, 10**17))


def vendor(rng: Random, place: str, trade: str, opened: date, *, common: bool) -> Vendor:
    core = rng.choice(words.FIRM_CORE.split())
    if rng.random() < 0.3:
        core = rng.choice(words.FIRM_CORE.split())[:1] + core
    tail = rng.choice(words.TRADES[trade].split("|"))
    account = "37" + str(rng.randrange(10**13, 10**14))
    return Vendor(
        f"{place}{core}{tail}",
        trade,
        person(rng),
        opened,
        account,
        rng.uniform(0.9, 1.1),
        common,
        rng.random() < 0.93,
    )


def opened(rng: Random, first_year: int) -> date:
    return date(first_year - 1, 12, 31) - timedelta(rng.randrange(30, 5500))


def sellers(rng: Random, place: str, each: dict[str, int], first_year: int) -> list[Vendor]:
    return [
        vendor(rng, place, trade, opened(rng, first_year), common=True)
        for trade, count in each.items()
        for _ in range(count)
    ]


COUNTY_FIRMS = {
    "works": 12,
    "machine": 3,
    "green": 4,
    "print": 4,
    "office": 4,
    "build": 4,
    "repair": 3,
    "fuel": 2,
}
TOWN_FIRMS = {
    "shop": 4,
    "food": 4,
    "office": 2,
    "build": 3,
    "repair": 2,
    "machine": 3,
    "print": 1,
    "agri": 3,
    "works": 3,
    "fuel": 1,
    "green": 1,
}


def township(
    rng: Random,
    name: str,
    county: str,
    ident: str,
    firms: list[Vendor],
    years: list[int],
    limit: int,
    price: dict,
) -> Township:
    last = years[-1]
    flood = None
    if rng.random() < 0.6:
        start = date(rng.choice(years), rng.choice([7, 8]), rng.randrange(1, 26))
        flood = (start, start + timedelta(rng.randrange(9, 20)))
    newcomer = vendor(
        rng,
        name,
        rng.choice(["works", "machine", "build"]),
        date(last, rng.randrange(2, 8), 5),
        common=True,
    )
    fair = (
        date(rng.choice(years), rng.choice([2, 3, 10]), rng.randrange(3, 25))
        if rng.random() < 0.5
        else None
    )
    own = sellers(rng, name, TOWN_FIRMS, years[0])
    own_limit = limit if rng.random() < 0.7 else rng.choice([2000, 3000, 5000, 8000, 10000])
    return Township(
        ident,
        county,
        name,
        habit_of(rng),
        own_limit,
        firms + own,
        flood,
        fair,
        rng.random() < 0.5,
        newcomer,
        [],
        years,
        price,
    )


def layout(seed: int, villages: int) -> list[Township]:
    """Townships of 9-18 villages, counties of 3-6 townships, until every village has a place."""
    rng = Random(f"world-{seed}")
    towns: list[Township] = []
    placed = county = 0
    while placed < villages:
        county += 1
        county_name = (
            words.PLACES_COUNTY.split()[(county - 1) % 16]
            + ("" if county <= 16 else str(county))
            + "县"
        )
        years = rng.choice([[2024], [2023, 2024], [2023, 2024], [2024, 2025], [2025]])
        limit = rng.choice([2000, 3000, 5000, 5000, 10000])
        price = {item[1]: item[3] * rng.uniform(0.85, 1.2) for item in words.GOODS}
        firms = sellers(rng, county_name, COUNTY_FIRMS, years[0])
        names = rng.sample(words.PLACES_TOWN.split(), 6)
        for number in range(rng.randrange(3, 7)):
            if placed >= villages:
                break
            town = township(
                rng,
                names[number] + rng.choice(["镇", "镇", "乡"]),
                f"C{county:03d}",
                f"T{county:03d}{number + 1:02d}",
                firms,
                years,
                limit,
                price,
            )
            size = min(rng.randrange(9, 19), villages - placed)
            town.villages = list(range(placed, placed + size))
            placed += size
            towns.append(town)
    return towns
