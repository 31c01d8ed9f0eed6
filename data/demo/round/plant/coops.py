"""Co-operatives led by the village (M57, M58, M59, M60)."""

import random
from datetime import date
from typing import Any

from ..coops import hand_on, lead, members, share_out
from ..world import Village
from .labour import dead
from .stage import Rows, Stage, cadre, plant


def _idle(stage: Stage, v: Village, rng: random.Random, **figures: Any) -> Rows | None:
    """A co-op whose year's figures are as told."""
    if not _room(stage, v):
        return None
    figures = {"aid": 30000000, "surplus": 0, "turnover": 0, "reported": "未年报", **figures}
    return [lead(stage.world, stage.market, rng, v, **figures)], []


def _room(stage: Stage, v: Village) -> bool:
    return len(stage.world.rows("coops", v)) < 2 and ("M59", v.key) not in stage.told


def _unshared(
    stage: Stage, v: Village, rng: random.Random, booked: bool, **told: Any
) -> Rows | None:
    """A good year, the village's part noted as handed on."""
    books = stage.books(v)
    if not books or stage.world.rows("coops", v) or not stage.once(v, "M59"):
        return None
    coop = lead(stage.world, stage.market, rng, v, **told)
    receipt = hand_on(coop, books if booked else None, rng)
    return [coop], [receipt] if receipt else []


def _dead_member(stage: Stage, v: Village, rng: random.Random, **odd: Any) -> Rows | None:
    """The list of what was shared out still has somebody long dead."""
    someone = dead(v, rng, date(2023, 6, 1)) if _room(stage, v) else None
    if not someone:
        return None
    coop = lead(stage.world, stage.market, rng, v)
    hand_on(coop, stage.books(v), rng)
    rows = share_out(stage.world, rng, coop, [someone, *members(v, rng)], **odd)
    return rows[:1], [r for r in stage.world.rows("deaths", v) if r["person"] is someone]


def _cadres_share(stage: Stage, v: Village, rng: random.Random, **odd: Any) -> Rows | None:
    """A cadre holds far more than the others."""
    c = cadre(v, rng) if _room(stage, v) else None
    if not c:
        return None
    coop = lead(stage.world, stage.market, rng, v)
    hand_on(coop, stage.books(v), rng)
    rows = share_out(stage.world, rng, coop, [c.person, *members(v, rng)], **odd)
    return rows[:1], [c.record] if c.record else []


plant(
    "M57",
    _idle,
    {
        "领取扶持资金的合作社无经营、未年报": {"coop_state": "未开展经营"},
        "合作社停业，经营收入为零": {"coop_state": "停业", "aid": 18000000},
    },
    {
        "台账注明正在注销": {"coop_state": "停业", "remark": "已提交注销申请，正在公告"},
        "刚成立不足一年": {"founded": date(2024, 5, 8)},
        "季节性经营": {"remark": "季节性合作社，秋收后经营"},
    },
)
plant(
    "M58",
    _dead_member,
    {"分红名单有去世一年以上的成员": {}},
    {
        "由继承人代领": {"remark": "由其子继承代领"},
        "成员名单待更新": {"remark": "成员名单未更新，待变更"},
    },
)
plant(
    "M59",
    _unshared,
    {"合作社台账记有村集体分红，村账未见收入": {"booked": False}},
    {
        "分红已入村账": {"booked": True},
        "分红由镇级平台代收": {"booked": False, "remark": "分红由镇级平台代收，统一分配"},
    },
)
plant(
    "M60",
    _cadres_share,
    {"村干部未出资而持股三成以上": {"stake": 0, "pct": 35.0, "dividend": 420000}},
    {
        "代表村集体持股": {"stake": 0, "pct": 40.0, "dividend": 420000, "remark": "代表村集体持股"},
        "与其他成员等额出资": {},
    },
)
