"""Innocent look-alikes in registers, contracts and works: M01 M16 M19 M42 M43 M44 M45 M47 M50 M52 M53 M54."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import firms
import grants as g
import pick
from deals import bidders, contract, lessee, pay_work, rents, usual_parts, work
from money import workday
from plant_deals import begin_day, fair, free_kind
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
    car = firms.car(
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
    car = firms.car(
        world, v, home.head, rng, state=rng.choice(("注销", "报废", "转移")), first=date(2011, 6, 1)
    )
    world.look(v, "M16", f"车辆状态为{car.state}").fact(car).seen_in(*recs)


def l16_namesake(world: World, v: Village, rng: random.Random) -> None:
    home = pick.home(v, rng)
    recs = g.dibao(v, home, "A")
    other = pick.namesake(world, v, home.head, rng)
    car = firms.car(world, v, other, rng)
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
    "M01": [l01_closed, l01_left, l01_namesake, l01_member],
    "M02": [l02_cadre_firm],
    "M16": [l16_tricycle, l16_scrapped, l16_namesake],
    "M19": [l19_closed, l19_member],
    "M42": [l42_family, l42_limit],
    "M43": [l43_reason, l43_early],
    "M44": [l44_renewed, l44_back],
    "M45": [l45_prepaid, l45_waived, l45_offset, l45_spouse],
    "M47": [l47_open, l47_namesake],
    "M50": [l50_funds, l50_urgent],
    "M52": [l52_other, l52_namesake],
    "M53": [l53_open, l53_namesake],
    "M54": [l54_advance, l54_workers],
}
