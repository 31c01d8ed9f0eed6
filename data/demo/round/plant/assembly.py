"""Borrowing, and what the index of meetings tells of it and of payments (M62, M65)."""

import random
from datetime import timedelta

from ..meetings import meet
from ..world import Village
from .labour import dead
from .payments import some_day
from .stage import Rows, Stage, plant

_GOODS = ("监控设备", "村委会议室桌椅", "变压器", "广场音响设备", "洒水车水泵")


def _borrow(
    stage: Stage, v: Village, rng: random.Random, why: str = "", topic: str = ""
) -> Rows | None:
    """A villager lends the village money."""
    books = stage.books(v)
    if not books:
        return None
    lender, day = books.worker(), some_day(rng, 3)
    text = f"向{lender.name}借款{why}"
    row = books.enter("in", day, rng.randrange(18, 90) * 100000, lender.name, text, "debt")
    met = [meet(stage.world, rng, v, day - timedelta(days=12), topic)] if topic else []
    return [row], met


def _interest(stage: Stage, v: Village, rng: random.Random, rate: str) -> Rows | None:
    """Interest paid at a rate that the summary tells."""
    books = stage.books(v)
    if not books:
        return None
    lender = books.worker().name
    text, amount = f"付{lender}借款利息（{rate}）", books.amount(1300, 6400, lender)
    return [books.enter("out", some_day(rng), amount, lender, text, "fee")], []


def _guarantee(stage: Stage, v: Village, rng: random.Random, result: str) -> Rows:
    """A meeting on standing surety for somebody else's loan."""
    firm = stage.market.pick(rng, v, "farm")
    topic = f"研究以村集体土地为{firm}贷款提供担保"
    return [meet(stage.world, rng, v, some_day(rng), topic, result=result)], []


def _decide(stage: Stage, v: Village, rng: random.Random, days: int, said: str) -> Rows | None:
    """A purchase and the meeting on it, so many days after."""
    books = stage.books(v)
    if not books:
        return None
    item, shop, day = rng.choice(_GOODS), books.fresh(rng, "trade"), some_day(rng, 3, 9)
    amount = books.amount(6200, 18800, shop)
    row = books.enter("out", day, amount, shop, f"购置{item}款", "repair")
    topic = f"{said}购置{item}"
    return [row, meet(stage.world, rng, v, day + timedelta(days=days), topic, sum=amount)], []


def _signed(stage: Stage, v: Village, rng: random.Random, days: int) -> Rows | None:
    """Somebody dead is on the list of who came, so many days after the death."""
    someone = dead(v, rng)
    if not someone or not someone.died:
        return None
    row = meet(stage.world, rng, v, someone.died + timedelta(days=days), "研究低保评议事项")
    row["who"] = [*row["who"], someone.name]
    row["heads"] = len(row["who"])
    told = [r for r in stage.world.rows("deaths", v) if r["person"] is someone]
    return [row], told


plant(
    "M62",
    _borrow,
    {"向个人借款，会议目录没有借款议题": {}},
    {
        "借款前已开会议定": {"topic": "研究向个人借款用于垫付电费事宜"},
        "拨款到位前短期周转": {"why": "（拨款到位前周转）"},
    },
)
plant("M62", _interest, {"月息二分": {"rate": "月息2分"}}, {"月息五厘": {"rate": "月利率0.5%"}})
plant(
    "M62",
    _guarantee,
    {"以集体土地为企业贷款担保": {"result": "一致同意"}},
    {"会议未同意担保": {"result": "不同意"}},
)
plant(
    "M65",
    _decide,
    {"付款后才开会议定": {"days": lambda rng: rng.randrange(9, 60), "said": "研究"}},
    {
        "先议后付": {"days": lambda rng: -rng.randrange(5, 30), "said": "研究"},
        "付款后通报结算": {"days": lambda rng: rng.randrange(9, 60), "said": "通报结算："},
    },
)
plant(
    "M65",
    _signed,
    {"去世者仍在参会名单": {"days": lambda rng: rng.randrange(25, 80)}},
    {"去世前参会": {"days": lambda rng: -rng.randrange(15, 90)}},
)
