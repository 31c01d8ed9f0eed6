"""Leases of a village's land and premises, and what was paid on them."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from money import post, workday, workers
from records import Person, Rec, Village, World

# kind: (unit, base price per unit and year, low area, high area, object names)
KINDS = {
    "机动地": ("亩", 520, 8, 34, ("村东机动地", "河滩机动地", "南坡机动地", "场院西机动地")),
    "鱼塘": ("亩", 360, 5, 18, ("西沟鱼塘", "老窑坑塘", "北大塘")),
    "果园": ("亩", 310, 10, 40, ("北山果园", "东岭苹果园", "后坡桃园")),
    "荒山": ("亩", 66, 30, 120, ("南山荒坡", "北岭荒山")),
    "门面房": ("㎡", 118, 35, 110, ("沿街门面房{n}号", "村委北门面房{n}号")),
    "厂房": ("㎡", 47, 260, 900, ("老砖厂厂房", "原粉坊厂房", "旧小学校舍")),
}


PLAN = ("机动地", "机动地", "鱼塘", "果园", "荒山", "门面房", "门面房", "厂房")


def base_price(world: World, village: Village, kind: str) -> float:
    """The town's going price."""
    rng = random.Random(f"{world.seed}/price/{village.town.name}/{kind}")
    return KINDS[kind][1] * rng.uniform(0.88, 1.15)


def lessee(village: Village, rng: random.Random) -> Person:
    """A grown villager who is nobody's relative and holds no other contract."""
    held = village.memo.setdefault("lessees", set())
    who = rng.choice(
        [p for p in workers(village) if p not in held and p.sex == "男"]
        or [p for p in workers(village) if p not in held]
    )
    held.add(who)
    return who


def contract(
    village: Village,
    kind: str,
    price: float,
    area: float,
    start: date,
    years: int,
    party: Any,
    **over: Any,
) -> Rec:
    """A lease of collective property; `party` is a person or a firm record."""
    unit, _, _, _, places = KINDS.get(kind, ("亩", 0, 0, 0, ("承包地",)))
    n = len(village.get("contract")) + 1
    is_firm = isinstance(party, Rec)
    annual = round(price * area, 2)
    signed = workday(start - timedelta(days=5 + n % 9))
    rec = Rec(
        no=f"{village.code[-6:]}-{start.year}-{n:02d}",
        kind=kind,
        object=places[n % len(places)].format(n=n),
        unit=unit,
        area=area,
        price=price,
        annual=annual,
        start=start,
        end=date(start.year + years, start.month, min(start.day, 28)) - timedelta(days=1),
        years=years,
        total=round(annual * years, 2),
        party=party,
        party_name=party.name,
        party_id=party.uscc if is_firm else party.id_no,
        phone=party.phone,
        mode="按年缴纳",
        signed=signed,
        voted=signed - timedelta(days=4 + n % 13),
        open="是",
        state="履行中",
        place=f"{village.full}{'东西南北'[n % 4]}",
        due=annual,
        got=annual,
        owed=0,
        remark="",
    )
    for key, value in over.items():
        setattr(rec, key, value)
    return village.add("contract", rec)


def contracts(world: World, village: Village, rng: random.Random) -> None:
    farms = [f for f in world.get("firm") if f.county == village.town.county and f.kind == "farm"]
    plan = list(PLAN)
    rng.shuffle(plan)
    used: set[str] = set()
    for kind in plan:
        _, _, low, high, places = KINDS[kind]
        party: Any = rng.choice(farms) if kind == "厂房" else lessee(village, rng)
        price = round(base_price(world, village, kind) * rng.uniform(0.93, 1.08))
        start = date(rng.choice((2021, 2022, 2023)), rng.randint(1, 10), rng.choice((1, 1, 15)))
        rec = contract(
            village,
            kind,
            price,
            round(rng.uniform(low, high), 1),
            start,
            rng.choice((4, 5, 5, 6, 8)),
            party,
        )
        free = [p for p in places if p not in used] or [places[0] + "二标"]
        rec.object = rng.choice(free)
        used.add(rec.object)
        rec.object = rec.object.format(n=rng.randint(1, 9))
        rents(village, rec, rng)


def rents(
    village: Village, rec: Rec, rng: random.Random, years: tuple[int, ...] = (), **over: Any
) -> list[Rec]:
    """Book the yearly rent in every ledger year the lease covers."""
    out = []
    for year in years or village.years:
        if not rec.start.year <= year <= rec.end.year:
            continue
        day = workday(date(year, rec.start.month, 3) + timedelta(days=rng.randint(0, 20)))
        day = max(day, workday(rec.signed)) if year == rec.start.year else day
        small = rec.annual < 4000 and rng.random() < 0.45 and not isinstance(rec.party, Rec)
        text = (
            rng.choice(("收{p}{y}年{o}承包费", "收{o}{y}年度租金", "{p}交{y}年{o}承包款"))
            if rec.kind not in ("门面房", "厂房")
            else "收{p}{y}年{o}租金"
        )
        out.append(
            post(
                village,
                day,
                "rent",
                text.format(p=rec.party_name, y=year, o=rec.object),
                inn=rec.annual,
                payee=rec.party_name,
                method="cash" if small else "bank",
                **over,
            )
        )
    return out
