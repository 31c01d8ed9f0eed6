"""The index of a village's meetings. Money is in fen."""

import random
from datetime import date, timedelta
from typing import Any

from .world import Record, Village, World

_YEARLY = (
    ("党员大会", 2, "学习一号文件、民主评议党员"),
    ("村民代表会议", 4, "通报一季度村级财务收支情况"),
    ("村“两委”会议", 7, "研究防汛值班安排、人居环境整治"),
    ("村民代表会议", 10, "通报三季度村级财务收支情况"),
    ("党员大会", 12, "“两委”班子述职"),
)


def meet(
    world: World, rng: random.Random, village: Village, day: date, topic: str, **more: Any
) -> Record:
    """A meeting of eight or so of the village's representatives."""
    board = [c.person for c in village.cadres if c.until is None]
    others = [h.head for h in village.households[:30] if not h.head.died and not h.head.busy]
    pool = list(dict.fromkeys(p.name for p in (*board, *others[:10])))
    who = rng.sample(pool, min(len(pool), rng.randrange(8, 12)))
    values: dict[str, Any] = {
        "meeting_kind": "村民代表会议",
        "day": day,
        "place": "村委会议室",
        "due_heads": len(who) + rng.randrange(3),
        "topic": topic,
        "result": "一致同意",
        "host": village.cadres[0].person.name,
        "who": who,
        "sum": None,
        "remark": "",
    }
    values.update(more)
    values["heads"] = len(values["who"])
    return world.add("meetings", village, **values)


def ordinary(world: World) -> None:
    """Five meetings a year, and one on every project before its tender."""
    for village in world.villages:
        rng = world.rng("meetings", village.key)
        for year in (2022, 2023, 2024):
            for kind, month, topic in _YEARLY:
                day = date(year, month, rng.randrange(4, 27))
                meet(world, rng, village, day, topic, meeting_kind=kind)
        for row in world.rows("projects", village):
            day = row["approved"] - timedelta(days=rng.randrange(3, 12))
            meet(world, rng, village, day, f"研究{row['project']}立项")
