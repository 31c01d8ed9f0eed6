"""Look-alikes of land payments and of posts."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import grants as g
import pick
from money import post, workday
from plant_persons import own_land
from records import Rec, Village, World


def l22_tiller(world: World, v: Village, rng: random.Random) -> None:
    owner = pick.home(v, rng, lambda h: h.mu > 1)
    user = pick.home(v, rng, lambda h: h.mu > 1)
    recs = [
        r
        for r in v.get("roll")
        if r.programme == "gengdi" and r.ben is user.head and r.year == 2024
    ]
    mine = [
        r
        for r in v.get("roll")
        if r.programme == "gengdi" and r.ben is owner.head and r.year == 2024
    ]
    for rec in mine:
        v.get("roll").remove(rec)
    for rec in recs:
        rec.area = round(user.mu + owner.mu, 2)
        rec.amount, rec.remark = (
            round(rec.area * rec.std, 2),
            rng.choice(("含代耕{n}{m}亩", "含流转入{n}户{m}亩，有协议")).format(
                n=owner.head.name, m=owner.mu
            ),
        )
    for rec in [r for r in v.get("land") if r.home is owner]:
        rec.remark = f"{owner.mu}亩由{user.head.name}代耕，补贴由代耕户领取"
    swap = v.add(
        "transfer", Rec(owner=owner.head, user=user.head, mu=owner.mu, since=date(2023, 10, 1))
    )
    world.look(v, "M22", "代耕他户土地，双方面积相抵").fact(*recs).seen_in(
        *[r for r in v.get("land") if r.home in (owner, user)], swap
    )


def l22_rounding(world: World, v: Village, rng: random.Random) -> None:
    home = pick.home(v, rng, lambda h: h.mu > 2)
    recs = [
        r
        for r in v.get("roll")
        if r.programme == "gengdi" and r.ben is home.head and r.year == 2024
    ]
    for rec in recs:
        rec.area = round(home.mu + 0.06, 2)
        rec.amount = round(rec.area * rec.std, 2)
    world.look(v, "M22", "面积差0.06亩，属测量误差").fact(*recs).seen_in(
        *[r for r in v.get("land") if r.home is home]
    )


def l24_booked(world: World, v: Village, rng: random.Random) -> None:
    boss = pick.cadre(v, rng)
    land = next(r for r in v.get("land") if not r.home)
    recs = g.gengdi(v, boss.person, 2024, land.plot_mu, group=0, remark="机动地补贴，代村集体领取")
    back = post(
        v,
        workday(recs[0].day + timedelta(days=rng.randint(8, 40))),
        "grant",
        f"收{boss.name}代领机动地地力补贴款",
        inn=recs[0].amount,
        payee=boss.name,
    )
    world.look(v, "M24", "代领集体机动地补贴，次月已交村账").fact(*recs, back).seen_in(
        land, boss, *own_land(v, boss.person, recs)
    )


def l64_switch(world: World, v: Village, rng: random.Random) -> None:
    who = pick.resident(v, rng, 1966, 1984)
    one = g.hulin(v, who, g.QUARTERS[:2], remark="6月底解聘")
    two = g.gongyi(v, who, "河道管护", g.MONTHS[6:], rng, remark="7月上岗")
    world.look(v, "M64", "先护林员后公益岗，时间不重叠").fact(*one, *two)


def l64_ex(world: World, v: Village, rng: random.Random) -> None:
    ex = v.get("cadre")[7]
    recs = (
        g.gongyi(v, ex.person, "护路", g.MONTHS, rng)
        if not any(r.ben is ex.person and r.programme == "gongyi" for r in v.get("roll"))
        else []
    )
    if recs:
        world.look(v, "M64", "离任三年的原村干部上公益岗").fact(*recs).seen_in(ex)


def l64_namesake(world: World, v: Village, rng: random.Random) -> None:
    boss = pick.cadre(v, rng)
    other = pick.namesake(world, v, boss.person, rng, 7)
    if not 1964 <= other.born.year <= 1992:
        l64_switch(world, v, rng)
        return
    pick.settle_in(v, other, rng)
    recs = g.gongyi(v, other, "村庄保洁", g.MONTHS, rng)
    world.look(v, "M64", "公益岗人员与村干部同名，身份证号不同").fact(*recs).seen_in(
        boss, pick.roster_row(v, other)
    )


LOOKS: dict[str, list[Any]] = {
    "M22": [l22_tiller, l22_rounding],
    "M24": [l24_booked],
    "M64": [l64_switch, l64_ex, l64_namesake],
}
