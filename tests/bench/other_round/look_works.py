"""Look-alikes of works: several lots, urgent repairs, linked bidders, payments ahead."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import firms
import pick
from deals import bidders, pay_work, usual_parts, work
from money import workday
from plant_deals import begin_day, free_kind
from records import Rec, Village, World


def l50_funds(world: World, v: Village, rng: random.Random) -> None:
    kind, start = free_kind(v, rng), begin_day(rng, 2, 4)
    one = work(
        world,
        v,
        rng,
        kind,
        start,
        rng.randrange(82000, 97000, 500),
        fund="乡村振兴衔接资金",
        remark="上级批复项目，镇统一招标",
        method="公开招标",
    )
    two = work(
        world,
        v,
        rng,
        kind,
        start + timedelta(days=100),
        rng.randrange(82000, 97000, 500),
        fund="一事一议财政奖补资金",
        remark="村民一事一议另行立项，地点不同",
        method="公开招标",
    )
    two.name = one.name + "（东沟自然村）"
    for rec in (one, two):
        pay_work(v, rec, usual_parts(rec))
    world.look(v, "M50", "两个项目资金来源、批复、地点不同，各自招标").fact(
        one, two, *one.bids, *two.bids
    )


def l50_urgent(world: World, v: Village, rng: random.Random) -> None:
    kind, start = free_kind(v, rng), date(2024, 7, rng.randint(12, 20))
    one = work(world, v, rng, kind, start, rng.randrange(82000, 97000, 500))
    two = work(
        world,
        v,
        rng,
        kind,
        start + timedelta(days=5),
        round(one.price * rng.uniform(0.8, 0.9)),
        [one.winner],
        method="直接委托",
        remark="7·10洪灾应急抢险，镇党委会议纪要批准",
    )
    two.name = one.name.replace("工程", "应急抢险工程")
    for rec in (one, two):
        pay_work(v, rec, usual_parts(rec))
    world.look(v, "M50", "其中一项为洪灾应急抢险，有批准").fact(one, two, *one.bids, *two.bids)


def l52_other(world: World, v: Village, rng: random.Random) -> None:
    trio = bidders(world, v, rng)
    for f in trio[:2]:
        f.busy = True
    park = f"{v.town.county}工业园区创业大厦{rng.randint(2, 9)}号楼"
    k = 2 * len(world.get("rooms"))
    world.add("rooms", Rec())
    trio[0].address, trio[1].address = f"{park}{301 + k}", f"{park}{1102 + k}"
    rec = work(
        world, v, rng, free_kind(v, rng), begin_day(rng), rng.randrange(130000, 240000, 1000), trio
    )
    pay_work(v, rec, usual_parts(rec))
    world.look(v, "M52", "两家投标单位同在一栋大厦，房间、人员、电话都不同").fact(
        rec, *rec.bids[:2]
    ).seen_in(*trio[:2])


def l52_namesake(world: World, v: Village, rng: random.Random) -> None:
    trio = bidders(world, v, rng)
    a, b = trio[:2]
    a.busy = b.busy = True
    other = pick.namesake(world, v, a.boss, rng)
    for row in [h for h in world.get("holder") if h.firm is b and h.person is b.boss]:
        row.person, row.name, row.id_no = other, other.name, other.id_no
    b.boss, b.boss_name, b.boss_id = other, other.name, other.id_no
    rec = work(
        world, v, rng, free_kind(v, rng), begin_day(rng), rng.randrange(130000, 240000, 1000), trio
    )
    pay_work(v, rec, usual_parts(rec))
    world.look(v, "M52", "两家法定代表人同名，证件号不同").fact(rec, *rec.bids[:2]).seen_in(a, b)


def l53_open(world: World, v: Village, rng: random.Random) -> None:
    boss, who, ctx = pick.kin(v, rng)
    trio = bidders(world, v, rng)
    trio[0].busy = True
    row = firms.holder(world, trio[0], who, "股东", 15)
    rec = work(
        world,
        v,
        rng,
        free_kind(v, rng),
        begin_day(rng),
        rng.randrange(130000, 240000, 1000),
        trio,
        remark=f"县公共资源交易中心公开招标，{boss.name}已申报关系并回避",
    )
    paid = pay_work(v, rec, usual_parts(rec))
    world.look(v, "M53", "关系已申报、本人回避、县平台招标").fact(rec, rec.bids[0], *paid).seen_in(
        trio[0], row, *ctx
    )


def l53_namesake(world: World, v: Village, rng: random.Random) -> None:
    boss = pick.cadre(v, rng)
    other = pick.namesake(world, v, boss.person, rng)
    trio = bidders(world, v, rng)
    trio[0].busy = True
    row = firms.holder(world, trio[0], other, "股东", 20)
    rec = work(
        world, v, rng, free_kind(v, rng), begin_day(rng), rng.randrange(130000, 240000, 1000), trio
    )
    paid = pay_work(v, rec, usual_parts(rec))
    world.look(v, "M53", "中标单位股东与村干部同名，证件号不同").fact(
        rec, rec.bids[0], *paid
    ).seen_in(trio[0], row, boss)


def l54_advance(world: World, v: Village, rng: random.Random) -> None:
    rec = work(
        world,
        v,
        rng,
        free_kind(v, rng),
        begin_day(rng),
        rng.randrange(120000, 240000, 1000),
        remark="合同约定签约后三日内预付30%，其余按进度",
    )
    parts = usual_parts(rec)
    parts[0] = (workday(rec.signed + timedelta(days=2)), parts[0][1], "合同预付款")
    paid = pay_work(v, rec, parts)
    world.look(v, "M54", "开工前预付款，合同有约定").fact(rec, paid[0])


def l54_workers(world: World, v: Village, rng: random.Random) -> None:
    rec = work(
        world, v, rng, free_kind(v, rng), begin_day(rng), rng.randrange(120000, 240000, 1000)
    )
    parts = usual_parts(rec)
    paid = pay_work(v, rec, parts[:2]) + pay_work(
        v, rec, parts[2:], payee=f"{rec.winner_name}农民工工资专用账户"
    )
    world.look(v, "M54", "部分款项付到中标单位的农民工工资专户").fact(rec, paid[2])


LOOKS: dict[str, list[Any]] = {
    "M50": [l50_funds, l50_urgent],
    "M52": [l52_other, l52_namesake],
    "M53": [l53_open, l53_namesake],
    "M54": [l54_advance, l54_workers],
}
