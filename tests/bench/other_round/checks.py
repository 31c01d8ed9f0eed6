"""Cheap assertions on the finished round: the truth is exact and the background is honest."""

from __future__ import annotations

from collections import Counter

from records import Item, World


def check(world: World, problems: list[Item], looks: list[Item]) -> list[str]:
    """Complaints; an empty list is what we want."""
    out = []
    for item in problems:
        if not item.rows:
            out.append(f"{item.models} {item.village.full} {item.text}: no row")
    clean = {v.full for v in world.villages if v.clean}
    out += [
        f"problem in clean village {p.village.full}" for p in problems if p.village.full in clean
    ]
    owner: dict[tuple[str, str, int], Item] = {}
    for item in problems + looks:
        for place in item.rows:
            if place in owner and owner[place] is not item and owner[place].models != item.models:
                out.append(f"{place} belongs to {owner[place].models} and {item.models}")
            owner[place] = item
    out += [
        f"{m}: {n} problems"
        for m, n in Counter(p.models[0] for p in problems).items()
        if n < 3 and len(world.villages) >= 20
    ]
    return out
