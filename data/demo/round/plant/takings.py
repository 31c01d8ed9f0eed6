"""Land taken for public works (M61)."""

import random
from datetime import date
from typing import Any

from ..meetings import meet
from ..takings import price, take
from ..world import Village
from .stage import Rows, Stage, plant


def _dear(stage: Stage, v: Village, rng: random.Random, ratio: float, **odd: Any) -> Rows | None:
    """One plot is paid at more than its neighbours."""
    if not stage.once(v, "M61"):
        return None
    row = rng.choice(take(stage.world, rng, v))
    return [price(row, rate=round(row["rate"] * ratio), taken=max(row["taken"], 0.8), **odd)], []


def _twice(stage: Stage, v: Village, rng: random.Random, **odd: Any) -> Rows | None:
    """One plot stands on the list twice."""
    if not stage.once(v, "M61"):
        return None
    one, other = take(stage.world, rng, v)[:2]
    price(other, plot=one["plot"], taken=one["taken"], rate=one["rate"], **odd)
    one.values.update(odd)
    return [one, other], []


def _kept(stage: Stage, v: Village, rng: random.Random, topic: str = "") -> Rows | None:
    """The village got the money and paid nobody for a year and more."""
    books = stage.books(v)
    if not books or not stage.once(v, "M61 kept"):
        return None
    day, source = date(2023, rng.randrange(2, 10), rng.randrange(3, 25)), f"{v.county}自然资源局"
    amount = books.amount(120000, 260000, source)
    row = books.enter("in", day, amount, source, "收征地补偿款", "special")
    met = [meet(stage.world, rng, v, day.replace(month=day.month + 2), topic)] if topic else []
    return [row], met


plant(
    "M61",
    _dear,
    {"一处地块补偿单价高出同项目六成": {"ratio": 1.6}},
    {
        "整块收购边角地": {"ratio": 1.5, "remark": "边角地整块收购"},
        "地类不同": {"ratio": 1.7, "land_kind": "果园"},
    },
)
plant("M61", _twice, {"同一地块领取两次": {}}, {"分期支付": {"remark": "分期支付，首付与尾款"}})
plant(
    "M61",
    _kept,
    {"征地补偿款收到一年未发放": {}},
    {"村民代表会议议定留存使用": {"topic": "研究征地补偿款留存集体使用方案"}},
)
