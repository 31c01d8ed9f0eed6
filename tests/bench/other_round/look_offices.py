"""Look-alikes of offices and firms: who runs a business, who owns a car, who is a member."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import cars
import firms
import grants as g
import pick
from records import Rec, Village, World


def own_firm(
    world: World, v: Village, who: Any, rng: random.Random, **over: Any
) -> tuple[Rec, list[Rec]]:
    firm = firms.firm(
        world,
        v.town.county,
        world.mint.firm(v.town.county, rng.choice(("商贸", "运输", "装饰工程")), "有限公司"),
        who,
        rng,
        kind="other",
        **over,
    )
    return firm, [h for h in world.get("holder") if h.firm is firm and h.person is who]


def l01_closed(world: World, v: Village, rng: random.Random) -> None:
    who = pick.resident(v, rng, 1975, 1992)
    staff = firms.paid(world, v.town.county, who, v, rng, start=date(2020, 9, 1))
    firm, rows = own_firm(
        world,
        v,
        who,
        rng,
        founded=date(2014, 5, 6),
        state="注销",
        closed=date(2020, rng.randint(3, 8), 12),
    )
    world.look(v, "M01", "公司在入职前已注销").fact(firm, *rows).seen_in(staff)


def l01_left(world: World, v: Village, rng: random.Random) -> None:
    who = pick.resident(v, rng, 1975, 1992)
    staff = firms.paid(
        world,
        v.town.county,
        who,
        v,
        rng,
        state="退出",
        start=date(2010, 9, 1),
        end=date(2019, 6, 30),
    )
    firm, rows = own_firm(world, v, who, rng, founded=date(2020, rng.randint(2, 11), 12))
    world.look(v, "M01", "先离职后办公司").fact(firm, *rows).seen_in(staff)


def l01_namesake(world: World, v: Village, rng: random.Random) -> None:
    staff = rng.choice(v.memo["staff"])
    other = pick.namesake(world, v, staff.person, rng, 6)
    firm, rows = own_firm(world, v, other, rng)
    world.look(v, "M01", "公司法定代表人与在职人员同名，证件号不同").fact(firm, *rows).seen_in(
        staff
    )


def l01_member(world: World, v: Village, rng: random.Random) -> None:
    if not v.memo.get("staff"):
        l01_closed(world, v, rng)
        return
    staff = rng.choice(v.memo["staff"])
    row = coop_member(world, v, staff.person, rng)
    world.look(v, "M01 M19", "只是农民合作社普通成员").fact(row).seen_in(staff)


def coop_member(world: World, v: Village, who: Any, rng: random.Random) -> Rec:
    return v.add(
        "member",
        Rec(
            name=who.name,
            id_no=who.id_no,
            person=who,
            post="成员",
            amount=rng.choice((500, 800, 1000)),
            way="货币",
            farmer="是",
        ),
    )


def l02_cadre_firm(world: World, v: Village, rng: random.Random) -> None:
    boss = pick.cadre(v, rng)
    firm, rows = own_firm(world, v, boss.person, rng)
    world.look(v, "M01 M02", "村干部名下有公司，但与本村没有任何往来").fact(firm, *rows).seen_in(
        boss
    )


def l16_tricycle(world: World, v: Village, rng: random.Random) -> None:
    home = pick.home(v, rng)
    recs = g.dibao(v, home, "B")
    car = cars.car(
        world,
        v,
        home.head,
        rng,
        rng.choice(("正三轮摩托车", "普通二轮摩托车", "残疾人机动轮椅车", "三轮汽车")),
    )
    world.look(v, "M16", f"低保户名下只有{car.kind}").fact(car).seen_in(*recs)


def l16_scrapped(world: World, v: Village, rng: random.Random) -> None:
    home = pick.home(v, rng)
    recs = g.dibao(v, home, "A")
    car = cars.car(
        world, v, home.head, rng, state=rng.choice(("注销", "报废", "转移")), first=date(2011, 6, 1)
    )
    world.look(v, "M16", f"车辆状态为{car.state}").fact(car).seen_in(*recs)


def l16_namesake(world: World, v: Village, rng: random.Random) -> None:
    home = pick.home(v, rng)
    recs = g.dibao(v, home, "A")
    other = pick.namesake(world, v, home.head, rng)
    car = cars.car(world, v, other, rng)
    world.look(v, "M16", "车主与低保户主同名，证件号不同").fact(car).seen_in(*recs)


def l19_closed(world: World, v: Village, rng: random.Random) -> None:
    home = pick.home(v, rng, lambda h: any(1960 <= p.born.year <= 2000 for p in h.members))
    recs = g.dibao(v, home, "B")
    who = next(p for p in home.members if 1960 <= p.born.year <= 2000)
    firm, rows = own_firm(
        world, v, who, rng, state=rng.choice(("注销", "吊销")), closed=date(2022, 4, 8)
    )
    world.look(v, "M19", f"企业已{firm.state}").fact(firm, *rows).seen_in(*recs)


def l19_member(world: World, v: Village, rng: random.Random) -> None:
    home = pick.home(v, rng)
    recs = g.dibao(v, home, "A")
    row = coop_member(world, v, home.head, rng)
    world.look(v, "M19", "低保户只是合作社普通成员，出资数百元").fact(row).seen_in(*recs)


LOOKS: dict[str, list[Any]] = {
    "M01": [l01_closed, l01_left, l01_namesake, l01_member],
    "M02": [l02_cadre_firm],
    "M16": [l16_tricycle, l16_scrapped, l16_namesake],
    "M19": [l19_closed, l19_member],
}
