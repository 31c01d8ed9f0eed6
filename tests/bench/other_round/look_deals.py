"""Innocent look-alikes in registers, contracts and works: M01 M16 M19 M42 M43 M44 M45 M47 M50 M52 M53 M54."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pick
from leases import contract, lessee, rents
from plant_deals import fair
from records import Village, World


def l42_family(world: World, v: Village, rng: random.Random) -> None:
    rec = contract(
        v,
        "家庭承包地",
        0,
        round(rng.uniform(4, 9), 2),
        date(1999, 10, 1),
        30,
        lessee(v, rng),
        unit="亩",
        object="二轮家庭承包地",
        due=0,
        got=0,
        annual=0,
        total=0,
        mode="不收承包费",
        remark="家庭承包",
        open="",
    )
    world.look(v, "M42", "家庭承包三十年，不是租赁").fact(rec)


def l42_limit(world: World, v: Village, rng: random.Random) -> None:
    kind, years = rng.choice((("厂房", 20), ("荒山", 50), ("荒山", 40)))
    rec = contract(
        v,
        kind,
        fair(world, v, kind, rng),
        rng.randint(60, 150),
        date(2022, rng.randint(1, 9), 1),
        years,
        lessee(v, rng),
        object={"厂房": "老油坊院落", "荒山": "凤凰岭荒山"}[kind],
        remark="" if kind == "厂房" else "四荒拍卖治理",
    )
    rents(v, rec, rng)
    world.look(v, "M42", f"{kind}{years}年，未超过法定上限").fact(rec)


def l43_reason(world: World, v: Village, rng: random.Random) -> None:
    kind, why = rng.choice(
        (
            ("机动地", "盐碱涝洼地，无灌溉条件，村民代表会议评议定价"),
            ("机动地", "修路取土坑，需承包人自行复垦"),
            ("门面房", "危旧房，承租人出资翻修，期满归村"),
            ("果园", "老化果园，承包人更新苗木并归村所有"),
        )
    )
    rec = contract(
        v,
        kind,
        fair(world, v, kind, rng) * 0.4 // 1,
        rng.randint(8, 30),
        date(2022, rng.randint(1, 9), 1),
        5,
        lessee(v, rng),
        object=f"洼子{kind}",
        remark=why,
    )
    rents(v, rec, rng)
    world.look(v, "M43", "价格低，台账写明原因").fact(rec)


def l43_early(world: World, v: Village, rng: random.Random) -> None:
    rec = contract(
        v,
        "机动地",
        150 + rng.randint(0, 40),
        rng.randint(8, 30),
        date(2009, rng.randint(1, 9), 1),
        20,
        lessee(v, rng),
        object="台田机动地",
        remark="2009年签订，按当年行情",
    )
    rents(v, rec, rng)
    world.look(v, "M43", "2009年签订的老合同，当年价格水平低").fact(rec)


def l44_renewed(world: World, v: Village, rng: random.Random) -> None:
    who, month = lessee(v, rng), rng.randint(2, 9)
    old = contract(
        v,
        "鱼塘",
        fair(world, v, "鱼塘", rng),
        9,
        date(2018, month, 1),
        5,
        who,
        object="龙王庙鱼塘",
        state="已到期续签",
        due=0,
        got=0,
    )
    new = contract(
        v,
        "鱼塘",
        fair(world, v, "鱼塘", rng),
        9,
        date(2023, month, 1),
        5,
        who,
        object="龙王庙鱼塘",
        remark="续签",
    )
    rents(v, new, rng)
    world.look(v, "M44", "旧合同到期，同一标的有续签合同").fact(old).seen_in(new)


def l44_back(world: World, v: Village, rng: random.Random) -> None:
    rec = contract(
        v,
        "门面房",
        fair(world, v, "门面房", rng),
        45,
        date(2017, rng.randint(2, 9), 1),
        5,
        lessee(v, rng),
        object="原代销点门面房",
        state=rng.choice(("已终止，房屋已收回", "已收回")),
        due=0,
        got=0,
        remark="到期收回改作村史馆",
    )
    world.look(v, "M44", "到期已收回").fact(rec)


def l45_prepaid(world: World, v: Village, rng: random.Random) -> None:
    rec = contract(
        v,
        "果园",
        fair(world, v, "果园", rng),
        rng.randint(8, 20),
        date(2021, rng.randint(2, 9), 1),
        5,
        lessee(v, rng),
        object="三号果园",
        mode="一次性付清",
        due=0,
        got=0,
        remark="签约时一次性交清五年承包费，有收据",
    )
    world.look(v, "M45 M36", "承包费签约时一次性付清").fact(rec)


def l45_waived(world: World, v: Village, rng: random.Random) -> None:
    rec = contract(
        v,
        "鱼塘",
        fair(world, v, "鱼塘", rng),
        rng.randint(6, 12),
        date(2021, rng.randint(2, 9), 1),
        6,
        lessee(v, rng),
        object="涝洼鱼塘",
        due=0,
        got=0,
        remark="2024年遭受洪灾，村民代表会议决议减免当年承包费",
    )
    rents(v, rec, rng, (2023,) if 2023 in v.years else (1900,))
    world.look(v, "M45 M36", "当年承包费经村民代表会议决议减免").fact(rec)


def l45_offset(world: World, v: Village, rng: random.Random) -> None:
    rec = contract(
        v,
        "机动地",
        fair(world, v, "机动地", rng),
        rng.randint(6, 12),
        date(2024, rng.randint(2, 9), 1),
        5,
        lessee(v, rng),
        object="苗圃机动地",
        remark="头一年承包费抵顶村欠其修路工程款，有对抵协议",
        due=0,
        got=0,
    )
    world.look(v, "M45 M36", "承包费与村欠款对抵，有协议").fact(rec)


def l45_spouse(world: World, v: Village, rng: random.Random) -> None:
    who = lessee(v, rng)
    rec = contract(
        v,
        "机动地",
        fair(world, v, "机动地", rng),
        rng.randint(6, 14),
        date(2022, rng.randint(2, 9), 1),
        5,
        who,
        object="沙窝机动地",
    )
    paid = rents(v, rec, rng)
    wife = next((p for p in who.home.members if p is not who), who)
    for row in paid:
        row.payee, row.remark = wife.name, f"代{who.name}交"
    world.look(v, "M45", "承包费由配偶代交，备注写明").fact(rec).seen_in(*paid)


def l47_open(world: World, v: Village, rng: random.Random) -> None:
    boss, who, ctx = pick.tie(v, rng)
    rec = contract(
        v,
        "机动地",
        round(fair(world, v, "机动地", rng) * 1.05),
        rng.randint(6, 14),
        date(2022, rng.randint(2, 9), 1),
        5,
        who,
        object="南园机动地",
        remark=f"公开竞价最高者，{boss.name}表决时已回避",
    )
    rents(v, rec, rng)
    world.look(v, "M47", "村干部亲属公开竞得，价格高于均价，有回避记录").fact(rec).seen_in(*ctx)


def l47_namesake(world: World, v: Village, rng: random.Random) -> None:
    row = rng.choice(v.get("kin"))
    other = pick.namesake(world, v, row.kin, rng)
    pick.settle_in(v, other, rng)
    rec = contract(
        v,
        "果园",
        fair(world, v, "果园", rng),
        rng.randint(6, 14),
        date(2022, rng.randint(2, 9), 1),
        5,
        other,
        object="西园果园",
    )
    rents(v, rec, rng)
    world.look(v, "M47", "承包人与村干部亲属同名，身份证号不同").fact(rec).seen_in(
        row, pick.roster_row(v, other)
    )


LOOKS: dict[str, list[Any]] = {
    "M42": [l42_family, l42_limit],
    "M43": [l43_reason, l43_early],
    "M44": [l44_renewed, l44_back],
    "M45": [l45_prepaid, l45_waived, l45_offset, l45_spouse],
    "M47": [l47_open, l47_namesake],
}
