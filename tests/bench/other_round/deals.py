"""Contracts with their rents, assets, and works with bidders and payments (all innocent)."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from leases import contracts
from money import post, workday
from people import a_day
from records import Rec, Village, World

WORKS = {
    "道路硬化": ("村内主街道路硬化工程", 26),
    "路灯": ("太阳能路灯安装工程", 14),
    "广场": ("文化广场建设工程", 22),
    "排水": ("村西排水沟修建工程", 17),
    "机井": ("农田机井配套工程", 15),
    "桥涵": ("过水桥涵改建工程", 19),
    "管网": ("饮水管网改造工程", 24),
    "护坡": ("河道护坡砌筑工程", 28),
    "步道": ("健身步道铺设工程", 16),
    "污水": ("生活污水收集工程", 27),
    "泵站": ("灌溉泵站改造工程", 18),
    "长廊": ("文化长廊修建工程", 13),
    "食堂": ("幸福食堂改建工程", 15),
    "晒场": ("粮食晒场硬化工程", 21),
}
FUNDS = ("乡村振兴衔接资金", "一事一议财政奖补资金", "美丽乡村建设资金", "村集体自筹资金")
ASSETS = (
    ("村委办公用房", "房屋建筑物", 186000, 1998),
    ("党群服务中心空调", "办公设备", 7800, 2019),
    ("台式计算机", "办公设备", 4650, 2020),
    ("打印复印一体机", "办公设备", 3980, 2021),
    ("会议桌椅", "家具", 6200, 2018),
    ("自吸水泵", "机器设备", 5300, 2016),
    ("铲雪板", "机器设备", 2600, 2022),
    ("监控设备", "电子设备", 18600, 2020),
    ("健身器材", "公益设施", 24000, 2017),
    ("变压器", "机器设备", 43000, 2014),
)


def build(world: World) -> None:
    for village in world.villages:
        rng = random.Random(f"{world.seed}/deals/{village.code}")
        contracts(world, village, rng)
        assets(village, rng)
        works(world, village, rng)


def assets(village: Village, rng: random.Random) -> None:
    for k, (name, kind, cost, year) in enumerate(rng.sample(ASSETS, 8)):
        cost = round(cost * rng.uniform(0.8, 1.25) / 10) * 10
        share = min(0.95, (2024 - year) * (0.04 if kind == "房屋建筑物" else 0.12))
        village.add(
            "asset",
            Rec(
                no=f"ZC{village.code[-6:]}{k + 1:03d}",
                name=name,
                kind=kind,
                cost=cost,
                dep=round(cost * share, 2),
                net=round(cost * (1 - share), 2),
                date=date(year, rng.randint(1, 12), rng.randint(1, 28)),
                place="村委会",
                state="在用",
                keeper=village.get("cadre")[4].name,
            ),
        )


def bidders(world: World, village: Village, rng: random.Random) -> list[Rec]:
    """Three firms that have not met before; the first has won least and will win again."""
    met = world.get("met")
    here = village.memo.setdefault("bid_firms", [])
    pool = sorted(
        (
            f
            for f in world.get("firm")
            if f.county == village.town.county
            and f.kind == "builder"
            and not f.busy
            and f not in here
        ),
        key=lambda f: (f.wins * 2 + f.bids, rng.random()),
    )
    for first in pool:
        others = [f for f in pool if f is not first and (first, f) not in met]
        for a in others:
            for b in others:
                if a is not b and (a, b) not in met:
                    for x, y in ((first, a), (first, b), (a, b)):
                        met.extend([(x, y), (y, x)])  # type: ignore[list-item]
                    first.wins += 1
                    here += [first, a, b]
                    for f in (first, a, b):
                        f.bids += 1
                    return [first, a, b]
    raise RuntimeError("too few builders")


def work(
    world: World,
    village: Village,
    rng: random.Random,
    kind: str,
    begin: date,
    size: float | None = None,
    firms: list[Rec] | None = None,
    **over: Any,
) -> Rec:
    """One project: bids, contract, finish, acceptance, three payments and their funds."""
    title, base = WORKS[kind]
    firms = firms or bidders(world, village, rng)
    price = round(size or base * 10000 * rng.uniform(0.8, 1.25), -1) - rng.randrange(0, 90)
    budget = round(price / rng.uniform(0.9, 0.955), -2)
    signed = workday(begin - timedelta(days=rng.randint(5, 12)))
    finish = begin + timedelta(days=rng.randint(35, 70))
    accept = workday(finish + timedelta(days=rng.randint(6, 20)))
    rec = Rec(
        name=f"{village.full}{title}",
        kind=kind,
        fund=rng.choice(FUNDS),
        budget=budget,
        method="公开招标" if price >= 100000 else "询价",
        winner=firms[0],
        winner_name=firms[0].name,
        price=price,
        vote=signed - timedelta(days=45),
        signed=signed,
        begin=begin,
        finish=finish,
        accept=accept,
        settle=round(price * rng.uniform(0.975, 0.999), 2),
        remark="",
    )
    gaps = [1.0, rng.uniform(1.012, 1.026), rng.uniform(1.031, 1.05)]
    rec.bids = [
        village.add(
            "bid",
            Rec(
                project=rec,
                firm=f,
                name=f.name,
                price=round(price * g, 2),
                won=i == 0,
                phone=f.phone,
                day=signed - timedelta(days=6),
            ),
        )
        for i, (f, g) in enumerate(zip(firms, gaps, strict=False))
    ]
    for key, value in over.items():
        setattr(rec, key, value)
    village.add("project", rec)
    return rec


def pay_work(
    village: Village, rec: Rec, parts: list[tuple[date, float, str]], payee: str = "", **over: Any
) -> list[Rec]:
    """Pay these sums for a project; the fund arrives a week before each payment."""
    out = []
    for day, amount, words in parts:
        day = workday(day)
        post(
            village,
            workday(day - timedelta(days=7)),
            "special",
            f"收{rec.fund}（{rec.name.removeprefix(village.full)}）",
            inn=amount,
            payee=f"{village.town.name}财政所",
        )
        out.append(
            post(
                village,
                day,
                "project",
                f"付{rec.name.removeprefix(village.full)}{words}",
                out=amount,
                payee=payee or rec.winner_name,
                **over,
            )
        )
    rec.paid = round((rec.paid or 0) + sum(a for _, a, _ in parts), 2)
    return out


def usual_parts(rec: Rec) -> list[tuple[date, float, str]]:
    return [
        (rec.begin + timedelta(days=9), round(rec.price * 0.3, -2), "第1期进度款"),
        (rec.finish + timedelta(days=4), round(rec.price * 0.4, -2), "第2期进度款"),
        (
            rec.accept + timedelta(days=12),
            round(rec.settle * 0.97 - round(rec.price * 0.3, -2) - round(rec.price * 0.4, -2), 2),
            "验收结算款",
        ),
    ]


def works(world: World, village: Village, rng: random.Random) -> None:
    kinds = rng.sample(list(WORKS), 2)
    for kind, month in zip(kinds, (2, 8), strict=True):
        rec = work(
            world,
            village,
            rng,
            kind,
            a_day(rng, date(2024, month, 24), date(2024, month + 1, 12))
            if month == 2
            else a_day(rng, date(2024, 7, 20), date(2024, 8, 10)),
        )
        pay_work(village, rec, usual_parts(rec))
        if month == 2:
            village.add(
                "asset",
                Rec(
                    no=f"ZC{village.code[-6:]}9{kinds.index(kind)}",
                    name=rec.name.removeprefix(village.full),
                    kind="公益设施",
                    cost=rec.settle,
                    dep=0,
                    net=rec.settle,
                    date=rec.accept,
                    place="村内",
                    state="在用",
                    keeper="",
                ),
            )
    village.memo["kinds"] = kinds
