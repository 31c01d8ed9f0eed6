"""Planted problems in contracts and works: M42 M43 M44 M45 M47 M50 M52 M53 M54."""

from __future__ import annotations

import random
from datetime import date

import firms
import pick
from deals import WORKS
from leases import base_price, contract, lessee, rents
from people import a_day
from records import Village, World


def fair(world: World, v: Village, kind: str, rng: random.Random) -> float:
    return round(base_price(world, v, kind) * rng.uniform(0.93, 1.08))


def m42_building(world: World, v: Village, rng: random.Random) -> None:
    years = rng.choice((22, 25, 30, 35))
    kind = rng.choice(("门面房", "厂房"))
    rec = contract(
        v,
        kind,
        fair(world, v, kind, rng),
        rng.randint(60, 400),
        date(rng.choice((2021, 2022, 2023)), rng.randint(1, 9), 1),
        years,
        lessee(v, rng),
        object=rng.choice(("原供销社院落", "老村部房屋", "旧磨坊厂房")),
    )
    rents(v, rec, rng)
    world.problem(v, "M42", f"房屋租赁期限{years}年，超过二十年").fact(rec)


def m42_land(world: World, v: Village, rng: random.Random) -> None:
    kind, years = rng.choice((("机动地", 40), ("机动地", 45), ("荒山", 70), ("荒山", 60)))
    rec = contract(
        v,
        kind,
        fair(world, v, kind, rng),
        rng.randint(10, 40),
        date(rng.choice((2021, 2022, 2023)), rng.randint(1, 9), 1),
        years,
        lessee(v, rng),
        object={"机动地": "东南角机动地", "荒山": "西大山荒坡"}[kind],
    )
    rents(v, rec, rng)
    world.problem(v, "M42", f"{kind}承包期{years}年，超过法定最长期限").fact(rec)


def m43_low(world: World, v: Village, rng: random.Random) -> None:
    kind = rng.choice(("机动地", "机动地", "门面房", "果园", "鱼塘"))
    share = rng.uniform(0.22, 0.4)
    rec = contract(
        v,
        kind,
        round(base_price(world, v, kind) * share),
        rng.randint(12, 48),
        date(rng.choice((2021, 2022, 2023)), rng.randint(1, 9), 1),
        rng.choice((5, 6, 8)),
        lessee(v, rng),
        object=f"{'北西'[rng.random() < 0.5]}片{kind}",
    )
    rents(v, rec, rng)
    world.problem(v, "M43", f"{kind}单价约为同镇同类合同的{share:.0%}").fact(rec)


def m44_expired(world: World, v: Village, rng: random.Random) -> None:
    kind = rng.choice(("鱼塘", "机动地", "门面房"))
    end = date(rng.choice((2021, 2022, 2023)), rng.randint(2, 11), 1)
    rec = contract(
        v,
        kind,
        fair(world, v, kind, rng),
        rng.randint(8, 40),
        date(end.year - 5, end.month, 1),
        5,
        lessee(v, rng),
        object=f"南沿{kind}",
        state=rng.choice(("在用", "履行中", "仍由原承包人使用")),
        due=0,
        got=0,
    )
    world.problem(v, "M44", "合同到期后未续签、未收回，原承包人继续使用").fact(rec)


def m44_paying(world: World, v: Village, rng: random.Random) -> None:
    end = date(2023, rng.randint(2, 11), 1)
    rec = contract(
        v,
        "门面房",
        fair(world, v, "门面房", rng),
        rng.randint(30, 80),
        date(2018, end.month, 1),
        5,
        lessee(v, rng),
        object="东首门面房",
        state="在租",
    )
    rec.end = end
    rec.party_name = rec.party.name
    keep = rec.end
    rec.end = date(2026, 1, 1)
    paid = rents(v, rec, rng, (2024,))
    rec.end = keep
    world.problem(v, "M44", "合同已到期，仍按旧合同收租").fact(rec).seen_in(*paid)


def m45_arrears(world: World, v: Village, rng: random.Random) -> None:
    kind = rng.choice(("机动地", "果园", "鱼塘", "厂房"))
    rec = contract(
        v,
        kind,
        fair(world, v, kind, rng),
        rng.randint(9, 60),
        date(rng.choice((2021, 2022)), rng.randint(1, 9), 1),
        rng.choice((5, 8)),
        lessee(v, rng),
        object=f"水库下{kind}",
    )
    if rng.random() < 0.6:
        rec.got, rec.owed = 0, round(rec.annual * rng.choice((1, 2)), 2)
        text = "台账登记欠缴，账上无收款"
    else:
        part = round(rec.annual * 0.3)
        rec.got, rec.owed = part, rec.annual - part
        full, rec.annual = rec.annual, part
        rents(v, rec, rng, (2024,))
        rec.annual = full
        text = "只收三成，其余未收"
    world.problem(v, "M45", f"{kind}承包费：{text}").fact(rec)


def m45_silent(world: World, v: Village, rng: random.Random) -> None:
    kind = rng.choice(("机动地", "门面房"))
    rec = contract(
        v,
        kind,
        fair(world, v, kind, rng),
        rng.randint(12, 60),
        date(2022, rng.randint(1, 8), 1),
        6,
        lessee(v, rng),
        object=f"庙台{kind}",
        due="",
        got="",
        owed="",
    )
    world.problem(v, "M45", "应收未收：台账缴款栏空白，全年账上没有该承租人的收款").fact(rec)


def m47_kin(world: World, v: Village, rng: random.Random) -> None:
    boss, who, ctx = pick.tie(v, rng)
    kind = rng.choice(("机动地", "鱼塘", "果园", "门面房"))
    rec = contract(
        v,
        kind,
        fair(world, v, kind, rng),
        rng.randint(8, 45),
        date(rng.choice((2021, 2022, 2023)), rng.randint(4, 9), 1),
        6,
        who,
        object=f"村北{kind}",
        open="否",
    )
    rents(v, rec, rng)
    world.problem(v, "M47", f"承包人是{boss.post}的近亲属，未公开竞价").fact(rec).seen_in(*ctx)


def m47_firm(world: World, v: Village, rng: random.Random) -> None:
    boss, who, ctx = pick.tie(v, rng)
    firm = firms.firm(
        world,
        v.town.county,
        world.mint.firm(v.town.county, rng.choice(("生态种植", "养殖")), "有限公司"),
        firms.person(world, v, rng, "男", 1980),
        rng,
        kind="other",
    )
    row = firms.holder(world, firm, who, "股东", 40)
    rec = contract(
        v,
        "机动地",
        fair(world, v, "机动地", rng),
        rng.randint(18, 45),
        date(2022, rng.randint(1, 9), 1),
        8,
        firm,
        object="大方田机动地",
        open="否",
    )
    rents(v, rec, rng)
    world.problem(v, "M47", f"承租公司的股东是{boss.post}近亲属").fact(rec).seen_in(firm, row, *ctx)


def m43_m45_m47(world: World, v: Village, rng: random.Random) -> None:
    """The bundle: a relative, a third of the price, and nothing paid."""
    boss, who, ctx = pick.tie(v, rng)
    kind = rng.choice(("机动地", "果园"))
    rec = contract(
        v,
        kind,
        round(base_price(world, v, kind) * 0.31),
        rng.randint(25, 55),
        date(2022, rng.randint(4, 9), 1),
        8,
        who,
        object=f"老河湾{kind}",
        open="否",
        got=0,
    )
    rec.owed = rec.annual
    world.problem(v, "M43 M45 M47", f"{boss.post}近亲属以约三成价格承包，且未缴费").fact(
        rec
    ).seen_in(*ctx)


def free_kind(v: Village, rng: random.Random) -> str:
    kind = rng.choice([k for k in WORKS if k not in v.memo["kinds"]])
    v.memo["kinds"].append(kind)
    return kind


def begin_day(rng: random.Random, first: int = 3, last: int = 6) -> date:
    return a_day(rng, date(2024, first, 5), date(2024, last, 20))


PLANTS = {
    "M42": [m42_building, m42_land],
    "M43": [m43_low, m43_m45_m47],
    "M44": [m44_expired, m44_paying],
    "M45": [m45_arrears, m45_silent],
    "M47": [m47_kin, m47_firm],
}
