"""Habits of a whole book that only rank samples, and spending under the wrong account (M29, M30, M32, M41)."""

import csv
import random
from datetime import date
from functools import cache
from pathlib import Path

from ..ledger import small_buy
from ..rolls import months
from ..world import Village
from .stage import Rows, Stage, plant

_CALENDAR = Path(__file__).resolve().parents[3] / "holidays.csv"
_WHAT = ("维修村内路面", "购护栏", "清理沟渠机械费", "制作公示栏", "更换水泵", "修剪树木")


@cache
def _days_off() -> list[date]:
    with _CALENDAR.open(encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file) if r["kind"] == "休息"]
    days = [date.fromisoformat(r["day"]) for r in rows]
    return [d for d in days if d.year in (2023, 2024)]


def _round(stage: Stage, v: Village, rng: random.Random, text: str = "") -> Rows | None:
    """Fifteen payments of whole thousands, a month or more apart."""
    books = stage.books(v)
    if not books or not stage.once(v, "M29"):
        return None
    rows = []
    for month in list(months())[4:19]:
        to = books.fresh(rng, rng.choice(("trade", "service"))) if not text else "村干部报酬代发户"
        fen, day = rng.randrange(1, 8) * 100000, month.replace(day=rng.randrange(4, 26))
        what = text.format(month.month) or rng.choice(_WHAT)
        rows.append(books.enter("out", day, fen, to, what, "repair"))
    return rows, []


def _digits(stage: Stage, v: Village, rng: random.Random, low: float, high: float) -> Rows | None:
    """A hundred and fifty small purchases between two sums."""
    books = stage.books(v)
    if not stage.thick or not books or not stage.once(v, "M30"):
        return None
    return [small_buy(books, 10 ** rng.uniform(low, high)) for _ in range(150)], []


def _holidays(stage: Stage, v: Village, rng: random.Random, text: str, count: int) -> Rows | None:
    """Day labour booked on public holidays."""
    books = stage.books(v)
    if not books or not stage.once(v, "M32"):
        return None
    rows = []
    for i, day in enumerate(sorted(rng.sample(_days_off(), count))):
        who = books.worker().name
        amount, what = (
            books.amount(120, 420, who),
            text.format("清理河道 搬运物资 清扫街道".split()[i % 3]),
        )
        rows.append(books.enter("out", day, amount, who, what, "labour", "现金", worker=True))
    return rows, []


def _account(stage: Stage, v: Village, rng: random.Random, text: str) -> Rows | None:
    """A payment out of earmarked money, in a book that names accounts."""
    books = stage.books(v)
    if not books or v.ledger != "journal" or not stage.once(v, f"M41{text}"):
        return None
    shop = books.fresh(rng, "service")
    day = date(rng.choice((2023, 2024)), rng.randrange(2, 12), rng.randrange(3, 25))
    return [books.enter("out", day, books.amount(2600, 9800, shop), shop, text, "special")], []


plant(
    "M29",
    _round,
    {"整千元支出占比高": {}},
    {"按标准发放的补贴是整千元": {"text": "发放{}月份村干部岗位补贴"}},
    is_hint=True,
)
plant(
    "M30",
    _digits,
    {"以4开头的支出集中": {"low": 2.603, "high": 2.69}},
    {"各种大小都有": {"low": 1.8, "high": 3.5}},
    is_hint=True,
)
plant(
    "M32",
    _holidays,
    {"节假日用工支出集中": {"text": "付{}务工费", "count": 16}},
    {"节日值班防汛": {"text": "付{}防汛值班工作餐、误工补助", "count": 3}},
    is_hint=True,
)
plant(
    "M41",
    _account,
    {
        "专项资金列支村干部报酬": {"text": "发放村两委干部绩效补助"},
        "专项资金列支招待费": {"text": "付接待客饭费"},
    },
    {
        "专项资金支付项目设计费": {"text": "付饮水管网工程设计费"},
        "专项资金支付项目用工": {"text": "付危桥改造项目用工费"},
    },
)
