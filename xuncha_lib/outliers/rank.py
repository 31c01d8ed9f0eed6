"""From all candidates to a short list per village: merging what overlaps, guarding against floods, cutting the tail."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

MOST = 20
"""Places in a village's list."""
MOST_GENERIC = 2
"""Of these, places for what only the general source finds odd."""
LEAST_SHOWN = 0.05
"""A candidate under this chance of being right costs more time than it is worth."""
LEAST_ALONE, STRONG = 0.42, 0.72
"""In a village where nothing reaches STRONG, only what reaches LEAST_ALONE is shown: clean books get short lists."""
FLOOD = 6.0
"""Strong candidates a village on average, over which a detector as a whole is demoted: a column or calendar is wrong."""
FLOOD_OFF = 2.5
CROWD, CROWD_VILLAGES = 3.0, 5
"""Shown candidates a village on average, at any chance, over which a detector goes behind all others; judged as if
there were CROWD_VILLAGES villages at least."""
GENERIC = "generic"


@dataclass(frozen=True)
class Scored:
    """One candidate on its way to the list. odds: log-odds of being right.   objs: as in the ledger set format.

    nth: its row in the detector's table.   also: candidates merged into it.
    """

    v: int
    detector: str
    nth: int
    odds: float
    objs: tuple[str, ...]
    also: tuple[Scored, ...] = field(default=())

    @property
    def score(self) -> float:
        """Chance of being right, 0–1, four decimals: comparable across villages and detectors."""
        return round(1 / (1 + math.exp(-self.odds)), 4)


def flooded(found: Iterable[Scored], villages: int) -> dict[str, float]:
    """Detector → strong candidates (chance over one half) a village, for those over FLOOD."""
    strong: dict[str, int] = defaultdict(int)
    for one in found:
        strong[one.detector] += one.odds > 0
    return {d: round(n / villages, 1) for d, n in sorted(strong.items()) if n > FLOOD * villages}


def demoted(found: list[Scored], floods: dict[str, float]) -> list[Scored]:
    """The same candidates, those of a flooding detector FLOOD_OFF lower."""
    if not floods:
        return found
    return [
        replace(one, odds=one.odds - FLOOD_OFF) if one.detector in floods else one for one in found
    ]


def crowding(listed: Iterable[Scored], villages: int) -> dict[str, float]:
    """Detector → places a village that it takes in the lists, for those over CROWD."""
    shown: dict[str, int] = defaultdict(int)
    for one in listed:
        shown[one.detector] += 1
    most = CROWD * max(villages, CROWD_VILLAGES)
    return {d: round(n / villages, 1) for d, n in sorted(shown.items()) if n > most}


def put_behind(
    found: list[Scored], listed: Iterable[Scored], crowds: dict[str, float]
) -> list[Scored]:
    """The same candidates, those of a crowding detector under the lowest that others have in the lists."""
    if not crowds:
        return found
    lowest = min((one.odds for one in listed if one.detector not in crowds), default=math.inf)
    return [
        replace(one, odds=min(one.odds - FLOOD_OFF, lowest - 0.01))
        if one.detector in crowds
        else one
        for one in found
    ]


def short_lists(found: Iterable[Scored]) -> list[Scored]:
    """The list of each village, best first, villages in order."""
    by_village: dict[int, list[Scored]] = defaultdict(list)
    for one in found:
        by_village[one.v].append(one)
    return [one for v in sorted(by_village) for one in _short_list(by_village[v])]


def reordered(lists: list[Scored], ranked: Iterable[Scored]) -> list[Scored]:
    """The same candidates with the odds they have in `ranked`, best first in each village.

    Verdicts change the order and the stated chance; they never take a candidate off a list.
    """
    odds = {(one.v, one.detector, one.nth): one.odds for one in ranked}
    told = [replace(one, odds=odds[one.v, one.detector, one.nth]) for one in lists]
    return sorted(told, key=lambda one: (one.v, -one.odds, one.detector, one.objs))


def _short_list(found: list[Scored]) -> list[Scored]:
    merged = _merge(sorted(found, key=lambda c: (-c.odds, c.detector, c.objs)))
    kept: list[Scored] = []
    generic = 0
    floor = LEAST_SHOWN if merged and merged[0].score >= STRONG else LEAST_ALONE
    for one in merged:
        if one.score < floor or len(kept) == MOST:
            break
        generic += one.detector == GENERIC
        if one.detector != GENERIC or generic <= MOST_GENERIC:
            kept.append(one)
    return kept


def _merge(ranked: list[Scored]) -> list[Scored]:
    kept: list[Scored] = []
    sets: list[set[str]] = []
    where: dict[str, list[int]] = defaultdict(list)
    for one in ranked:
        objs = set(one.objs)
        hosts = sorted({n for obj in objs for n in where[obj]})
        host = next((n for n in hosts if _is_one_matter(objs, sets[n])), None)
        if host is None:
            for obj in objs:
                where[obj].append(len(kept))
            kept.append(one)
            sets.append(objs)
            continue
        new = sorted(objs - sets[host])
        kept[host] = replace(
            kept[host], objs=(*kept[host].objs, *new), also=(*kept[host].also, one)
        )
        sets[host] |= objs
        for obj in new:
            where[obj].append(host)
    return kept


def _is_one_matter(one: set[str], other: set[str]) -> bool:
    """They name the same payee, or share more than half of the smaller while of like size."""
    common = one & other
    if any(obj.startswith("p:") for obj in common):
        return True
    small, large = sorted((len(one), len(other)))
    return len(common) > small / 2 and large <= 4 * small
