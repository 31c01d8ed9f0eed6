"""Leases, assets and tenders in numbers (M46, M48, M49, M51, M55)."""

import random
from datetime import date, timedelta
from typing import Any

from ..holdings import own_asset
from ..leases import lease, town_price
from ..people import pick
from ..world import Village
from .leasing import rent_paid
from .stage import Rows, Stage, plant
from .tenders import FRESH, some_start, unused_kind


def _pair(stage: Stage, v: Village, rng: random.Random, **told: Any) -> Rows | None:
    """Two leases of one kind to one person within weeks, each below the tender limit and together above."""
    party = pick(v, rng, "lessee", 32, 60)
    if not party or not stage.once(v, "M46"):
        return None
    price, rows = round(town_price(stage.world, v, "果园")), []
    for i in range(2):
        size = round(rng.randrange(15000, 18500) / price, 1)
        more = {
            "start": date(2022, 6, 1),
            "years": 9,
            "object": f"东岭果园{'南北'[i]}片",
            "signed": date(2022, 5, 3 + 11 * i),
        }
        terms = {"size": size, "price": price * 100, **more, **told}
        rows.append(lease(stage.world, rng, v, "果园", party, **terms))
        rent_paid(stage, v, rows[-1])
    return rows, []


def _decided(stage: Stage, v: Village, rng: random.Random, days: int, **told: Any) -> Rows | None:
    """A lease decided on so many days after it was signed."""
    party = pick(v, rng, "lessee", 32, 60)
    if not party or not stage.once(v, f"M48{sorted(told)}"):
        return None
    signed = date(2022, rng.randrange(2, 9), rng.randrange(2, 26))
    row = lease(
        stage.world, rng, v, rng.choice(("果园", "坑塘", "耕地")), party,
        start=signed + timedelta(days=9), signed=signed, decided=signed + timedelta(days=days), **told,
    )  # fmt: skip
    rent_paid(stage, v, row)
    return [row], []


def _asset(stage: Stage, v: Village, rng: random.Random, **told: Any) -> Rows | None:
    """A card with something odd in its state."""
    if not stage.books(v) or not stage.once(v, f"M49{told['asset']}"):
        return None
    cost = rng.randrange(160, 900) * 10000
    return [own_asset(stage.world, rng, v, cost=cost, **told)], []


def _circle(stage: Stage, v: Village, rng: random.Random, **told: Any) -> Rows | None:
    """The same three firms bid six times in a town, and each wins in its turn."""
    near = [o for o in stage.world.villages if o.town == v.town and o is not v and not o.clean]
    if not near or not stage.once(Village(v.town, "", "", "", "", False), "M51"):
        return None
    firms = rng.sample(stage.market.known[v.county, "works"], 3)
    bids = []
    for i, home in enumerate((v, near[0], v, near[-1], v, v)):
        kind = unused_kind(stage, home, rng, FRESH)
        if not kind:
            return None
        rivals = [f for f in firms if f != firms[i % 3]]
        start = date(2023, 3, 1) + timedelta(days=75 * i)
        row = stage.work(
            home, rng, kind=kind, start=start, winner=firms[i % 3], losers=rivals,
            yuan=rng.randrange(112000, 190000), method="竞争性谈判", **told,
        )  # fmt: skip
        bids += row["bids"]
    return bids, []


def _settled(
    stage: Stage, v: Village, rng: random.Random, ratio: float, remark: str = ""
) -> Rows | None:
    """A settlement above the contract."""
    kind = unused_kind(stage, v, rng, FRESH)
    if not kind:
        return None
    plan = ((0.4, 12), (0.5, 60))
    row = stage.work(v, rng, kind=kind, start=some_start(rng), paid_plan=plan, remark=remark)
    row["final"] = round(row["price"] * ratio)
    return [row], []


plant(
    "M46",
    _pair,
    {"同一承包人一月内分签两份，合计超过公开交易限额": {"method": "协商发包"}},
    {"两份均公开竞价": {"method": "公开竞价"}},
)
plant(
    "M48",
    _decided,
    {"先签合同后开会": {"days": lambda rng: rng.randrange(18, 90)}},
    {
        "台账注明依清理要求补议": {
            "days": lambda rng: rng.randrange(200, 400),
            "remark": "三资清理时补议追认",
        },
        "会后次日签订": {"days": -1},
    },
)
plant(
    "M49",
    _asset,
    {
        "已出售的资产未见处置收入": {
            "asset": "旧拖拉机",
            "asset_kind": "机器设备",
            "asset_state": "已出售",
        },
        "资产由个人无偿使用": {
            "asset": "村北仓房",
            "asset_kind": "房屋建筑物",
            "asset_state": "个人使用",
            "remark": "无偿使用",
        },
    },
    {
        "已报废无残值": {
            "asset": "旧锅炉",
            "asset_kind": "机器设备",
            "asset_state": "已处置",
            "remark": "锈蚀报废，无残值",
        },
        "经决议用于公益": {
            "asset": "村西老屋",
            "asset_kind": "房屋建筑物",
            "asset_state": "无偿使用",
            "remark": "经村民代表会议决议用于老年活动",
        },
    },
)
plant(
    "M51",
    _circle,
    {"三家单位固定一起投标、依次中标": {}},
    {"镇入围定点供应商": {"remark": "本镇小型工程定点入围单位"}},
)
plant(
    "M55",
    _settled,
    {"审定价超合同价两成以上": {"ratio": lambda rng: rng.uniform(1.22, 1.4)}},
    {
        "地质原因变更": {"ratio": 1.2, "remark": "基槽遇岩石层，变更已签证"},
        "议定增加长度并签补充协议": {
            "ratio": 1.18,
            "remark": "经村民代表会议议定增加长度，签订补充协议",
        },
        "略高于合同价": {"ratio": 1.04},
    },
)
