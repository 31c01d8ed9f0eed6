"""Subsidy rolls of an honest two years: who is paid what, and when it stops."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from .lifetimes import alive
from .people import free_household, lone, pick
from .world import FIRST_DAY, LAST_DAY, YEARS, Household, Person, Record, Village, World

LAND_RATE = {2023: 12860, 2024: 13120}  # fen per mu


RELIEF_RATE = {"A": (66000, 69000), "B": (51000, 53500), "C": (38500, 40500)}  # fen a head, month


BANKS = ("沂阳农商银行", "岱川农商银行", "邮储银行", "农业银行")


MEANS_TESTED = ("dibao", "tekun", "linshi", "weifang", "gangwei")


def months(first: date = FIRST_DAY, last: date = LAST_DAY) -> Iterator[date]:
    """First days of the months from `first` to `last`."""
    day = first.replace(day=1)
    while day <= last:
        yield day
        day = (day + timedelta(days=32)).replace(day=1)


def quarters() -> Iterator[date]:
    """First days of the quarters of the two years."""
    return (m for m in months() if m.month in (1, 4, 7, 10))


def pay(world: World, roll: str, someone: Person, period: date, amount: int, **more: Any) -> Record:
    """One payment row; the payee is the person unless `payee` says otherwise. Amount in fen."""
    household = someone.household
    payee: Person = more.pop("payee", someone)
    head = household.head if household else someone
    values: dict[str, Any] = {
        "person": someone,
        "name": someone.name,
        "id_no": someone.number,
        "head": head.name,
        "head_id": head.number,
        "payee": payee.name,
        "payee_id": payee.number,
        "card": payee.card,
        "phone": someone.phone,
        "group": household.group if household else 1,
        "amount": amount,
        "period": period,
        "status": "成功",
        "bank": BANKS[someone.village.county == "岱川区"],
        "remark": "",
    }
    values.update(more)
    return world.add(roll, someone.village, **values)


def fill(world: World) -> None:
    """All rolls of all villages."""
    for village in world.villages:
        rng = world.rng("rolls", village.key)
        _relief(world, village, rng)
        _single_helped(world, village, rng)
        _disabled(world, village, rng)
        _aged(world, village)
        _posts(world, village, rng)
        _one_off(world, village, rng)
        _land(world, village, rng)


def relief_amount(grade: str, heads: int, year: int) -> int:
    """Monthly household sum in fen."""
    return RELIEF_RATE[grade][year - YEARS[0]] * heads


def grant_relief(
    world: World,
    rng: random.Random,
    household: Household,
    first: date = FIRST_DAY,
    last: date = LAST_DAY,
    **more: Any,
) -> list[Record]:
    """Monthly low-income rows of one household while its head lives."""
    grade, heads = rng.choice("ABBC"), min(3, len(household.people))
    number = f"{household.village.prefix}{rng.randrange(10**6):06d}"
    return [
        pay(
            world,
            "dibao",
            household.head,
            month,
            relief_amount(grade, heads, month.year),
            grade=grade,
            heads=heads,
            certificate=number,
            since=date(2021, 1 + heads, 1),
            **more,
        )
        for month in months(first, last)
        if alive(household.head, month)
    ]


def _relief(world: World, village: Village, rng: random.Random) -> None:
    for _ in range(rng.randrange(6, 10)):
        household = free_household(village, rng, "dibao")
        if household:
            grant_relief(world, rng, household)


def _single_helped(world: World, village: Village, rng: random.Random) -> None:
    for _ in range(rng.choice((2, 3, 3))):
        someone = lone(village, rng, "tekun", 61, 85)
        if someone:
            care = rng.choice((12000, 24000))
            for quarter in quarters():
                amount = 3 * (RELIEF_RATE["A"][quarter.year - 2023] * 13 // 10) + 3 * care
                pay(
                    world,
                    "tekun",
                    someone,
                    quarter,
                    amount,
                    way="分散供养",
                    care=3 * care,
                    ability="全自理" if care == 12000 else "半自理",
                    since=date(2020, 5, 1),
                )


def _disabled(world: World, village: Village, rng: random.Random) -> None:
    for _ in range(rng.randrange(5, 9)):
        someone = pick(village, rng, "canji", 20, 78)
        if someone:
            kind, level = rng.randrange(1, 8), rng.choice((1, 2))
            month = 15900 if level == 1 else 13200
            for quarter in quarters():
                pay(
                    world,
                    "canji",
                    someone,
                    quarter,
                    3 * month,
                    certificate=someone.number + f"{kind}{level}",
                    level=f"{'一二'[level - 1]}级",
                    living=0,
                    nursing=3 * month,
                )


def _aged(world: World, village: Village) -> None:
    for someone in village.people:
        if someone.busy not in ("", "dead", "canji", "relative's household"):
            continue
        for quarter in quarters():
            age = someone.age(quarter)
            if age >= 80 and alive(someone, quarter):
                month = 20000 if age >= 90 else 10000
                pay(world, "gaoling", someone, quarter, 3 * month, age=age, monthly=month)


def _posts(world: World, village: Village, rng: random.Random) -> None:
    for i in range(rng.randrange(3, 6)):
        someone = pick(village, rng, "gangwei", 45, 60)
        if someone:
            grant_post(world, rng, someone, "gangwei", i)
    for i in range(2):
        someone = pick(village, rng, "hulin", 35, 60)
        if someone:
            grant_post(world, rng, someone, "hulin", i)


def grant_post(
    world: World, rng: random.Random, someone: Person, roll: str, i: int = 0, **more: Any
) -> list[Record]:
    """Monthly rows of a public-welfare post, or half-yearly ones of a forest ranger."""
    if roll == "hulin":
        periods = [date(y, m, 1) for y in YEARS for m in (1, 7)]
        return [
            pay(world, roll, someone, p, 300000, forest=280 + 35 * i, work="生态护林员", **more)
            for p in periods
            if alive(someone, p)
        ]
    work = ("村庄保洁员", "乡村绿化员", "邻里互助员", "水利设施管护员", "治安巡逻员")[i % 5]
    return [
        pay(
            world,
            roll,
            someone,
            month,
            90600,
            work=work,
            since=more.get("since", date(2022, 11, 1)),
            days=rng.choice((20, 21, 22, 23)),
        )
        for month in months()
        if alive(someone, month)
    ]


def _one_off(world: World, village: Village, rng: random.Random) -> None:
    for year in YEARS:
        for _ in range(rng.randrange(2, 5)):
            household = free_household(village, rng, "linshi")
            if household:
                day = date(year, rng.randrange(1, 13), rng.randrange(1, 28))
                pay(
                    world,
                    "linshi",
                    household.head,
                    day.replace(day=1),
                    rng.randrange(8, 40) * 10000,
                    applied=day,
                    reason=rng.choice(("因病", "意外伤害", "火灾", "突发疾病住院")),
                )
        household = free_household(village, rng, "weifang")
        if household:
            pay(
                world,
                "weifang",
                household.head,
                date(year, rng.choice((8, 9, 10)), 1),
                1800000,
                grade=rng.choice("CD"),
                way=rng.choice(("修缮加固", "原址翻建")),
                kind="其他脱贫户",
            )


def _land(world: World, village: Village, rng: random.Random) -> None:
    """Contracts of cultivated land, and the yearly subsidy drawn on them."""
    for household in village.households:
        code = f"{village.prefix}10{3200 + world.villages.index(village)}{household.number:04d}J"
        contract = world.add(
            "land",
            village,
            person=household.head,
            name=household.head.name,
            id_no=household.head.number,
            code=code,
            area=household.area,
            household=household,
            plots=rng.randrange(2, 5),
            group=household.group,
            members=len(household.people),
            remark="",
        )
        lost = round(rng.choice((0, 0, 0, 0.1, 0.25)), 2)
        for year in YEARS:
            subsidy(world, household, year, max(0.3, household.area - lost), contract)
    village.spare_land = round(rng.uniform(18, 46), 1)
    world.add(
        "land",
        village,
        name="村集体",
        id_no="",
        code="",
        area=village.spare_land,
        plots=3,
        group="",
        members="",
        remark="集体机动地，未发包到户",
    )


def subsidy(
    world: World,
    household: Household,
    year: int,
    area: float,
    contract: Record | None = None,
    **more: Any,
) -> Record | None:
    """The land-protection row of a household and year, unless its head died before pay day."""
    head = household.head
    if not alive(head, date(year, 6, 1)):
        return None
    area = round(area, 2)
    amount = round(area * LAND_RATE[year])
    more.setdefault("contract_area", contract["area"] if contract else household.area)
    return pay(
        world,
        "land_subsidy",
        head,
        date(year, 6, 1),
        amount,
        area=area,
        rate=LAND_RATE[year],
        household=household,
        **more,
    )
