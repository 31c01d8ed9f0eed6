"""Planted problems in contracts and works: M42 M43 M44 M45 M47 M50 M52 M53 M54."""

from __future__ import annotations

import random
from datetime import date, timedelta

import firms
import pick
from deals import WORKS, base_price, bidders, contract, lessee, pay_work, rents, usual_parts, work
from people import a_day
from records import Rec, Village, World


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


def m50_split(
    world: World, v: Village, rng: random.Random, firm_set: list[Rec] | None = None
) -> list[Rec]:
    """One road (or lamp line) cut into lots, each below the town's 100 000 yuan tender line."""
    kind = free_kind(v, rng)
    chosen = firm_set or bidders(world, v, rng)
    start = begin_day(rng, 2, 5)
    parts = rng.choice(
        (
            ("（一段）", "（二段）", "（三段）"),
            ("（一段）", "（二段）", "（三段）"),
            ("东段", "西段", "北段"),
        )
    )
    out: list[Rec] = []
    for k in range(rng.randint(2, 3)):
        rec = work(
            world,
            v,
            rng,
            kind,
            start + timedelta(days=k * rng.randint(12, 30)),
            rng.randrange(82000, 98500, 500),
            chosen[:1],
            method="直接委托" if not firm_set else "询价",
        )
        rec.name += parts[k]
        rec.budget = round(rec.price * 1.005, -2)
        rec.fund = out[0].fund if out else rec.fund
        rec.payments = pay_work(
            v,
            rec,
            [(rec.accept + timedelta(days=10 + 2 * k), round(rec.settle * 0.97, 2), "工程款")],
        )
        out.append(rec)
    if firm_set is None:
        world.problem(v, "M50", f"同一工程拆成{len(out)}段，每段低于10万元，同一施工单位").fact(
            *out, *[x for r in out for x in (*r.bids, *r.payments)]
        )
    return out


def m50_bundle(world: World, v: Village, rng: random.Random) -> None:
    """Split lots that all go to a relative's firm."""
    boss, who, ctx = pick.tie(v, rng)
    firm = firms.firm(
        world,
        v.town.county,
        world.mint.firm(v.town.county, "建设工程", "有限公司"),
        who,
        rng,
        kind="other",
        founded=date(2022, 5, 9),
    )
    out = m50_split(world, v, rng, [firm])
    world.problem(v, "M50 M53", f"工程拆段后均由{boss.post}近亲属的公司承建").fact(
        *out, *[x for r in out for x in (*r.bids, *r.payments)]
    ).seen_in(firm, *[h for h in world.get("holder") if h.firm is firm], *ctx)


def linked(world: World, v: Village, rng: random.Random) -> tuple[list[Rec], list[Rec], str]:
    """Three bidders two of which belong together: (bidders, register rows, how)."""
    trio = bidders(world, v, rng)
    a, b = trio[0], trio[rng.choice((1, 2))]
    how = rng.choice(("phone", "holder", "boss", "address"))
    rows: list[Rec] = [a, b]
    for f in (a, b):
        f.busy = True
    if how == "phone":
        b.phone = a.phone
    elif how == "address":
        b.address = a.address
    elif how == "boss":
        b.boss, b.boss_name, b.boss_id = a.boss, a.boss_name, a.boss_id
    else:
        rows += [h for h in world.get("holder") if h.firm is a and h.person is a.boss] + [
            firms.holder(world, b, a.boss, "股东", 25)
        ]
    return (
        trio,
        rows,
        {
            "phone": "登记电话相同",
            "address": "登记住所相同",
            "boss": "法定代表人相同",
            "holder": "一家的法定代表人是另一家的股东",
        }[how],
    )


def m52_linked(world: World, v: Village, rng: random.Random) -> None:
    trio, rows, how = linked(world, v, rng)
    rec = work(
        world, v, rng, free_kind(v, rng), begin_day(rng), rng.randrange(130000, 260000, 1000), trio
    )
    pay_work(v, rec, usual_parts(rec))
    pair = [b for b in rec.bids if b.firm in rows]
    world.problem(v, "M52", f"同一项目两家投标单位{how}").fact(rec, *pair).seen_in(*rows)


def m53_kin(world: World, v: Village, rng: random.Random) -> None:
    boss, who, ctx = pick.tie(v, rng)
    trio = bidders(world, v, rng)
    firm = trio[0]
    firm.busy = True
    row = firms.holder(world, firm, who, rng.choice(("股东", "股东", "监事")), 30)
    rec = work(
        world, v, rng, free_kind(v, rng), begin_day(rng), rng.randrange(130000, 260000, 1000), trio
    )
    paid = pay_work(v, rec, usual_parts(rec))
    world.problem(v, "M53", f"中标单位的{row.role}是{boss.post}近亲属").fact(
        rec, rec.bids[0], *paid
    ).seen_in(firm, row, *ctx)


def m53_official(world: World, v: Village, rng: random.Random) -> None:
    who = pick.resident(v, rng, 1968, 1990)
    staff = firms.paid(world, v.town.county, who, v, rng, unit=f"{v.town.name}农业综合服务中心")
    trio = bidders(world, v, rng)
    trio[0].busy = True
    row = firms.holder(world, trio[0], who, "股东", 20)
    rec = work(
        world, v, rng, free_kind(v, rng), begin_day(rng), rng.randrange(130000, 260000, 1000), trio
    )
    paid = pay_work(v, rec, usual_parts(rec))
    world.problem(v, "M53 M01", "中标单位股东是镇属单位在职人员").fact(
        rec, rec.bids[0], row, *paid
    ).seen_in(trio[0], staff)


def m54_over(world: World, v: Village, rng: random.Random) -> None:
    rec = work(
        world, v, rng, free_kind(v, rng), begin_day(rng), rng.randrange(120000, 240000, 1000)
    )
    how = rng.choice(("over", "early", "before"))
    parts = usual_parts(rec)
    if how == "over":
        parts[2] = (
            parts[2][0],
            round(parts[2][1] + rec.price * rng.uniform(0.12, 0.2), 2),
            parts[2][2],
        )
        text = "累计付款超过合同价和结算价"
    elif how == "early":
        parts = [
            parts[0],
            (rec.finish - timedelta(days=12), round(rec.price * 0.7, -1), "第2期工程款"),
        ]
        rec.accept, rec.settle, text = None, "", "尚未竣工验收已支付合同价的100%"
    else:
        parts[0] = (rec.signed - timedelta(days=rng.randint(18, 30)), parts[0][1], "工程款")
        text = "合同签订之前已付款"
    paid = pay_work(v, rec, parts)
    hit = paid[:1] if how == "before" else paid
    world.problem(v, "M54", text).fact(rec, *hit)


def m54_payee(world: World, v: Village, rng: random.Random) -> None:
    rec = work(
        world, v, rng, free_kind(v, rng), begin_day(rng), rng.randrange(120000, 240000, 1000)
    )
    parts = usual_parts(rec)
    other = lessee(v, rng)
    paid = pay_work(v, rec, parts[:2]) + pay_work(v, rec, parts[2:], payee=other.name)
    world.problem(v, "M54", "工程款付给中标单位以外的个人").fact(rec, paid[2])


PLANTS = {
    "M42": [m42_building, m42_land],
    "M43": [m43_low, m43_m45_m47],
    "M44": [m44_expired, m44_paying],
    "M45": [m45_arrears, m45_silent],
    "M47": [m47_kin, m47_firm],
    "M50": [m50_split, m50_bundle],
    "M52": [m52_linked],
    "M53": [m53_kin, m53_official],
    "M54": [m54_over, m54_payee],
}
