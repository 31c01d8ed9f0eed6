"""Co-operatives led by the village: their yearly figures and what they share out. Money is in fen."""

import random
from datetime import date
from typing import Any

from .accounts import Books
from .people import pick
from .registers import Market
from .world import Person, Record, Village, World

PAID = date(2024, 6, 20)


def lead(world: World, market: Market, rng: random.Random, village: Village, **more: Any) -> Record:
    """A co-op of the village with a quiet good year, entered in the register of firms as well."""
    chair = village.cadres[0].person
    firm = market.register(village, "coop", chair, holders=[chair])
    surplus = rng.randrange(18, 70) * 100000
    values: dict[str, Any] = {
        "company": firm["company"],
        "code": firm["code"],
        "founded": firm["founded"],
        "chair": chair.name,
        "heads": rng.randrange(24, 80),
        "capital": rng.randrange(20, 60) * 1000000,
        "stake": rng.randrange(8, 20) * 1000000,
        "pct": rng.choice((20, 25, 30, 40)),
        "aid": 0,
        "turnover": surplus * rng.randrange(5, 9),
        "surplus": surplus,
        "shared": 0,
        "reported": "2023年已年报",
        "coop_state": "正常运营",
        "remark": "",
        "firm": firm,
    }
    values.update(more)
    values.setdefault("farmers", values["heads"] - rng.randrange(3))
    return world.add("coops", village, **values)


def hand_on(coop: Record, books: Books | None, rng: random.Random) -> Record | None:
    """The village's part of the surplus, noted on the list and booked."""
    coop["shared"] = round(coop["surplus"] * coop["pct"] / 100)
    if not books:
        return None
    day = date(2024, rng.randrange(3, 8), rng.randrange(3, 25))
    text = f"收{coop['company']}2023年度分红"
    return books.enter("in", day, coop["shared"], coop["company"], text, "other_in")


def share_out(
    world: World, rng: random.Random, coop: Record, members: list[Person], **odd: Any
) -> list[Record]:
    """What each member gets by equal shares; `odd` is what the first one's row says instead."""
    each = rng.randrange(3, 9) * 100000
    rows = []
    for i, someone in enumerate(members):
        values: dict[str, Any] = {
            "company": coop["company"],
            "name": someone.name,
            "id_no": someone.number,
            "person": someone,
            "stake": each,
            "pct": round(100 / (len(members) + 2), 1),
            "dividend": each * 6 // 100,
            "paid_day": PAID,
            "remark": "",
        }
        values.update(odd if i == 0 else {})
        rows.append(world.add("shares", coop.village, **values))
    return rows


def members(village: Village, rng: random.Random, count: int = 9) -> list[Person]:
    """Ordinary villagers who join a co-op; they stay free for nothing else."""
    found = [pick(village, rng, "coop member", 30, 66) for _ in range(count)]
    return [p for p in found if p]


def ordinary(world: World, market: Market, shelf: dict[str, Books]) -> None:
    """A co-op in good order in two villages of three; made after planting, before books are closed."""
    for village in world.villages:
        rng = world.rng("coops", village.key)
        if not world.rows("coops", village) and rng.random() < 0.66:
            coop = lead(world, market, rng, village)
            hand_on(coop, shelf.get(village.key), rng)
            share_out(world, rng, coop, members(village, rng))
