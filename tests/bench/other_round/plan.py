"""Who gets which planted problem and which look-alike."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import look_deals
import look_grants
import look_land
import look_money
import look_offices
import look_spend
import look_twice
import look_works
import plant_deals
import plant_grants
import plant_money
import plant_money2
import plant_persons
import plant_spend
import plant_twice
import plant_works
from records import Village, World

PLANTS: dict[str, list[Any]] = {
    **plant_grants.PLANTS,
    **plant_persons.PLANTS,
    **plant_money.PLANTS,
    **plant_twice.PLANTS,
    **plant_spend.PLANTS,
    **plant_money2.PLANTS,
    **plant_deals.PLANTS,
    **plant_works.PLANTS,
}
LOOKS: dict[str, list[Any]] = {}
for part in (
    look_grants,
    look_twice,
    look_land,
    look_offices,
    look_deals,
    look_works,
    look_money,
    look_spend,
):
    for key, makers in part.LOOKS.items():
        LOOKS.setdefault(key, []).extend(makers)
CAP = {"M31": 4, "M37": 6, "M56": 8}
LAST = ("M31", "M37", "M38")  # these look at the finished ledger
APART = (
    "M24",
    "M31",
    "M37",
    "M38",
)  # never both a problem and a look-alike of these in one village


def fits(village: Village, model: str) -> bool:
    if model == "M31":
        return not any("M31" in v.memo.get("planted", ()) for v in village.town.villages)
    return model != "M37" or village.town.style in ("platform", "handmade")


def makers_for(village: Village, model: str, table: dict[str, list[Any]]) -> list[Any]:
    found = table[model]
    if village.town.style not in ("platform", "voucher"):
        found = [
            f for f in found if f is not plant_money2.m36_bank and f is not look_spend.l36_late
        ]
    return found


def deal(
    world: World,
    table: dict[str, list[Any]],
    villages: list[Village],
    each: int,
    rng: random.Random,
    is_plant: bool,
) -> list[tuple[Village, str, Any]]:
    """Deal `each` different models to every village, rarest model first, its variants in turn."""
    counts: Counter[str] = Counter()
    turn: Counter[str] = Counter()
    out = []
    for village in villages:
        planted = village.memo.setdefault("planted", [])
        models = [
            m
            for m in table
            if (is_plant and fits(village, m) and counts[m] < CAP.get(m, 99))
            or (not is_plant and not (m in APART and m in planted))
        ]
        models.sort(key=lambda m: (counts[m], rng.random()))
        for model in models[:each]:
            makers = makers_for(village, model, table)
            counts[model] += 1
            turn[model] += 1
            if is_plant:
                planted.append(model)
            out.append((village, model, makers[turn[model] % len(makers)]))
    return out


def plant(world: World, per_village: int, looks_per_village: int) -> None:
    rng = random.Random(f"{world.seed}/plan")
    dirty = [v for v in world.villages if not v.clean]
    rng.shuffle(dirty)
    jobs = deal(world, PLANTS, dirty, per_village, rng, True)
    everyone = list(world.villages)
    rng.shuffle(everyone)
    looks = deal(world, LOOKS, everyone, looks_per_village, rng, False)
    for village, model, make in jobs + looks:
        if model not in LAST:
            make(world, village, random.Random(f"{world.seed}/{village.code}/{make.__name__}"))
    for village, model, make in jobs + looks:
        if model in LAST:
            make(world, village, random.Random(f"{world.seed}/{village.code}/{make.__name__}"))
