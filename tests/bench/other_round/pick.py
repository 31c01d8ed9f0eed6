"""Choosing subjects for planted facts, so that no two facts share a household, firm or contract."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date

from grants import free_homes, gaoling, gengdi
from names import Mint
from people import kin_row, new_home, person, relation_of
from plots import add_plot
from rates import QUARTERS
from records import Household, Person, Rec, Village, World

Fits = Callable[[Household], bool]


def home(village: Village, rng: random.Random, fits: Fits | None = None) -> Household:
    """A free household, now taken."""
    pool = [h for h in free_homes(village) if fits is None or fits(h)]
    found = rng.choice(pool) if pool else move_in(village, rng, fits or (lambda h: True))
    hold(village, found)
    return found


def move_in(village: Village, rng: random.Random, fits: Fits) -> Household:
    """When a village has no free household of the wanted kind, one more is written into its books."""
    world: World = village.memo["world"]
    while True:
        made = new_home(world, village, rng)
        made.mu, made.plots = 2.0, [("东洼", 1.0), ("西坡", 1.0)]
        if fits(made):
            break
    made.mu, made.plots = 0.0, []
    village.homes.append(made)
    for name in ("东洼", "西坡"):
        add_plot(village, made, name, round(rng.uniform(1.1, 2.9), 2))
    for p in made.members:
        village.add("roster", Rec(person=p, home=made))
    for year in (2023, 2024):
        gengdi(village, made.head, year, made.mu)
    for p in made.members:
        when = [q for q in QUARTERS if p.age(date(q[0], q[1], 1)) >= 80]
        if when:
            gaoling(village, p, when)
    return made


def hold(village: Village, found: Household) -> None:
    village.memo["aided"].add(found)
    for p in found.members:
        p.busy = True


def resident(
    village: Village, rng: random.Random, first: int = 1960, last: int = 1985, sex: str = ""
) -> Person:
    """A free grown-up, household taken."""

    def fit(p: Person) -> bool:
        return first <= p.born.year <= last and (not sex or p.sex == sex)

    found = home(village, rng, lambda h: any(fit(p) for p in h.members))
    return rng.choice([p for p in found.members if fit(p)])


def stranger(
    village: Village, rng: random.Random, first: int = 1960, last: int = 1985, sex: str = ""
) -> Person:
    """A free grown-up of a household the village has never paid for labour."""
    helpers = village.memo.get("helpers", set())

    def fit(p: Person) -> bool:
        return first <= p.born.year <= last and (not sex or p.sex == sex)

    found = home(
        village,
        rng,
        lambda h: any(fit(p) for p in h.members) and not any(p.name in helpers for p in h.members),
    )
    return rng.choice([p for p in found.members if fit(p)])


def cadre(village: Village, rng: random.Random) -> Rec:
    """A sitting committee member, the least used first."""
    recs = village.get("cadre")[:7]
    rec = min(recs, key=lambda r: (r.used or 0, rng.random()))
    rec.used = (rec.used or 0) + 1
    return rec


def roster_row(village: Village, who: Person) -> Rec:
    return next(r for r in village.get("roster") if r.person is who)


def kin(
    village: Village, rng: random.Random, first: int = 1940, last: int = 2004
) -> tuple[Rec, Person, list[Rec]]:
    """A declared relative outside the cadre's household: (cadre, relative, supporting rows)."""
    rows = [
        r
        for r in village.get("kin")
        if not r.kin.home.is_cadre
        and not r.kin.home.busy
        and first <= r.kin.born.year <= last
        and r.kin.home not in village.memo["aided"]
        and r.kin.home not in village.memo.get("drivers", set())
    ]
    if rows:
        row = rng.choice(rows)
        boss, who = row.cadre, row.kin
        hold(village, who.home)
    else:
        boss = cadre(village, rng)
        who = stranger(village, rng, first, last)
        row = kin_row(village, boss, who, relation_of(boss.person, who, rng), rng)
    boss.used = (boss.used or 0) + 1
    return boss, who, [row, boss]


def spouse(village: Village, rng: random.Random) -> tuple[Rec, Person, list[Rec]]:
    """A member of a cadre's own household whom the cadre did NOT declare: only the household register tells."""
    order = sorted(village.get("cadre")[:7], key=lambda r: (r.used or 0, rng.random()))
    for boss in order:
        others = [
            p
            for p in boss.person.home.members
            if p is not boss.person and p.age(date(2024, 1, 1)) >= 20 and not p.busy
        ]
        if others:
            who = rng.choice(others)
            who.busy = True
            village.tables["kin"] = [
                r for r in village.get("kin") if r.kin is not who or r.contexts or r.facts
            ]
            boss.used = (boss.used or 0) + 1
            return boss, who, [roster_row(village, boss.person), roster_row(village, who), boss]
    return kin(village, rng)


def tie(village: Village, rng: random.Random) -> tuple[Rec, Person, list[Rec]]:
    """A relative, declared or only seen in the household register."""
    return rng.choice((kin, spouse))(village, rng)


def namesake(
    world: World, village: Village, who: Person, rng: random.Random, years: int = 11
) -> Person:
    """Another person, elsewhere, with the same name: other ID, other birth date, other phone."""
    mint: Mint = world.mint
    year = who.born.year + rng.choice((-years, years, years - 3))
    year = max(1936, min(1999, year))
    other = person(world, village, rng, who.sex, year)
    mint.taken.discard(other.name)
    other.name = who.name
    return other


def settle_in(village: Village, who: Person, rng: random.Random) -> Household:
    """Give a newcomer a household of his own in the register."""
    made = Household(f"{village.code[6:]}{len(village.homes) + 1:04d}", village, rng.randint(1, 6))
    who.home, who.village, who.relation = made, village, "户主"
    made.members.append(who)
    village.homes.append(made)
    village.add("roster", Rec(person=who, home=made))
    hold(village, made)
    return made
