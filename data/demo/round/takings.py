"""Land taken for public works, and what was paid for it plot by plot. Money is in fen, areas in mu."""

import random
from datetime import date
from typing import Any

from .world import Record, Village, World

_WORKS = ("县道改建工程", "高压线塔基占地", "污水处理站建设", "高铁连接线工程")
_PLOTS = ("南坡", "河湾", "大路西", "北洼", "东岭", "场院后")


def take(world: World, rng: random.Random, village: Village, count: int = 9) -> list[Record]:
    """One work's list: every plot at the zone's price, each of another household."""
    number = len({r["project"] for r in world.rows("takings", village)})
    project, rate = f"{_WORKS[number % 4]}（{village.name}段）", rng.randrange(46, 72) * 100000
    heads = [h.head for h in village.households if not h.head.died]
    day = date(rng.choice((2023, 2024)), rng.randrange(2, 12), rng.randrange(3, 27))
    rows = []
    for i, someone in enumerate(rng.sample(heads, count)):
        row = world.add(
            "takings",
            village,
            project=project,
            name=someone.name,
            id_no=someone.number,
            plot=f"{_PLOTS[(i + number) % 6]}{number + 1}-{i + 1}号",
            land_kind="水浇地",
            taken=round(rng.uniform(0.3, 2.2), 2),
            rate=rate,
            crop=rng.randrange(3, 14) * 10000,
            card=someone.card,
            paid_day=day,
            remark="",
        )
        price(row)
        rows.append(row)
    return rows


def price(row: Record, **more: Any) -> Record:
    """The sums of a row, after a change."""
    row.values.update(more)
    row["land_sum"] = round(row["taken"] * row["rate"])
    row["total"] = row["land_sum"] + row["crop"]
    return row


def ordinary(world: World) -> None:
    """One village in four had land taken."""
    for village in world.villages:
        rng = world.rng("takings", village.key)
        if rng.random() < 0.25:
            take(world, rng, village)
