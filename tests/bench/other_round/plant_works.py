"""Planted problems of works: split lots, linked bidders, kin as builders, payments above the contract."""

from __future__ import annotations

import random
from datetime import date, timedelta

import firms
import pick
from deals import bidders, pay_work, usual_parts, work
from leases import lessee
from plant_deals import begin_day, free_kind
from records import Rec, Village, World


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
    "M50": [m50_split, m50_bundle],
    "M52": [m52_linked],
    "M53": [m53_kin, m53_official],
    "M54": [m54_over, m54_payee],
}
