"""Cars: whose they are."""

from __future__ import annotations

import random
from datetime import date

from people import a_day
from records import Person, Rec, Village, World


def car(
    world: World,
    village: Village,
    who: Person,
    rng: random.Random,
    kind: str = "小型轿车",
    **over: object,
) -> Rec:
    brand = {
        "小型轿车": ("五菱宏光", "长安逸动", "吉利帝豪", "大众朗逸"),
        "普通二轮摩托车": ("五羊本田", "豪爵"),
        "正三轮摩托车": ("宗申", "福田五星"),
        "三轮汽车": ("时风", "五征"),
        "轻型普通货车": ("江铃", "福田"),
        "残疾人机动轮椅车": ("金鹏",),
    }[kind]
    rec = Rec(
        county=village.town.county,
        person=who,
        home_village=village,
        name=who.name,
        id_no=who.id_no,
        kind=kind,
        brand=rng.choice(brand),
        plate=world.mint.plate("moto" if "摩托" in kind else "car"),
        first=a_day(rng, date(2012, 1, 1), date(2023, 6, 1)),
        state="正常",
    )
    for key, value in over.items():
        setattr(rec, key, value)
    return world.add("vehicle", rec)


def vehicles(world: World, village: Village, rng: random.Random) -> None:
    homes = [h for h in village.homes if h.head.born.year >= 1960]
    for home in rng.sample(homes, min(14, len(homes))):
        village.memo.setdefault("drivers", set()).add(home)
        car(
            world,
            village,
            home.head,
            rng,
            rng.choices(
                ("小型轿车", "普通二轮摩托车", "三轮汽车", "轻型普通货车"), (60, 20, 12, 8)
            )[0],
        )
