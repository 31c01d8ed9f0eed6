"""Contracts for collective land and buildings, honest ones first."""

import random
from datetime import date
from typing import Any

from .people import pick
from .registers import Market
from .world import Person, Record, Village, World

# kind: objects, price per unit and year in yuan, size range, years range, unit
KINDS: dict[str, tuple[tuple[str, ...], float, tuple[float, float], tuple[int, int], str]] = {
    "耕地": (
        ("村东机动地", "村西机动地", "北洼地", "南坡地", "河滩机动地", "大路西地块"),
        620,
        (6, 28),
        (6, 10),
        "亩",
    ),
    "果园": (("东山果园", "老苹果园", "桃园", "北岭核桃园"), 410, (12, 45), (10, 18), "亩"),
    "坑塘": (("村南鱼塘", "东坑塘", "大湾鱼塘"), 560, (5, 18), (6, 12), "亩"),
    "荒山": (("西山荒坡", "石门岭荒山"), 65, (60, 180), (20, 30), "亩"),
    "房屋": (
        ("沿街门面房", "旧小学教室", "村集体厂房", "老供销社房屋"),
        72,
        (90, 420),
        (6, 12),
        "平方米",
    ),
}
_MIX = ("耕地", "耕地", "耕地", "果园", "坑塘", "荒山", "房屋", "房屋")


def town_price(world: World, village: Village, kind: str) -> float:
    """What such land costs in the town, yuan per unit and year."""
    return KINDS[kind][1] * world.rng("price", village.town, kind).uniform(0.8, 1.3)


def sign_all(world: World, market: Market) -> None:
    """Eight leases or so in every village, all to people who are nobody's relatives."""
    for village in world.villages:
        rng = world.rng("leases", village.key)
        for i, kind in enumerate(_MIX):
            if i > 2 and rng.random() < 0.12:
                continue
            if kind in ("房屋", "果园") and rng.random() < 0.4:
                lease(world, rng, village, kind, firm=market.pick(rng, village, "farm"))
            else:
                lease(world, rng, village, kind, pick(village, rng, "lessee", 30, 62))


def lease(
    world: World,
    rng: random.Random,
    village: Village,
    kind: str,
    party: Person | None = None,
    firm: str = "",
    **more: Any,
) -> Record:
    """A lease with terms like its peers' and every step in the right order; money in fen."""
    objects, _, sizes, terms, unit = KINDS[kind]
    taken = {r["object"] for r in world.rows("contracts", village)}
    free = [o for o in objects if o not in taken] or [
        f"{o}二区" for o in objects if f"{o}二区" not in taken
    ]
    free = free or [f"{objects[0]}{len(taken)}号"]
    size = round(rng.uniform(*sizes), 1 if unit == "亩" else 0)
    price = round(town_price(world, village, kind) * rng.uniform(0.88, 1.13))
    start = date(rng.randrange(2019, 2023), rng.choice((1, 1, 3, 6, 10)), 1)
    years = rng.randrange(*terms)
    if kind == "耕地":
        years = min(years, 2029 - start.year)
    years = max(years, 2028 - start.year)
    values: dict[str, Any] = {
        "number": f"{start.year}-{len(taken) + 1:02d}",
        "object": rng.choice(free),
        "kind": kind,
        "party": firm or (party.name if party else "个人"),
        "party_person": None if firm else party,
        "party_id": party.number if party else "",
        "phone": party.phone if party else "",
        "size": size,
        "unit": unit,
        "price": price * 100,
        "start": start,
        "years": years,
        "due": rng.choice((1, 3, 5, 6, 10, 11)),
        "pay": "按年支付",
        "method": "公开竞价",
        "remark": "",
        "state": "履行中",
    }
    values.update(more)
    start, years = values["start"], values["years"]
    values.setdefault("end", _end(start, years))
    values.setdefault("annual", round(values["size"] * values["price"]))
    values.setdefault("signed", _before(start, rng.randrange(6, 20)))
    values.setdefault("decided", _before(values["signed"], rng.randrange(8, 25)))
    values.setdefault("due_sum", values["annual"] * 2)
    values.setdefault("paid_sum", values["due_sum"])
    return world.add("contracts", village, **values)


def _end(start: date, years: int) -> date:
    if (start.month, start.day) == (1, 1):
        return date(start.year + years - 1, 12, 31)
    return date.fromordinal(date(start.year + years, start.month, start.day).toordinal() - 1)


def _before(day: date, days: int) -> date:
    return date.fromordinal(day.toordinal() - days)
