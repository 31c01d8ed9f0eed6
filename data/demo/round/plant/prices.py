"""Prices unlike the neighbours' and income that goes straight back (M56, M63)."""

import random
from datetime import date, timedelta

from ..accounts import Books
from ..world import Record, Village
from .payments import some_day
from .stage import Stage, innocent, problem

ITEMS = (
    ("太阳能路灯", "盏", 1180),
    ("240升垃圾桶", "个", 128),
    ("42.5水泥", "吨", 425),
    ("冬青苗", "棵", 3.2),
    ("塑料折叠椅", "把", 46),
    ("灭火器", "具", 78),
    ("清雪铲", "把", 24),
)


def price_peers(stage: Stage) -> None:
    """Every village buys three of the items at about one price."""
    for v in stage.world.villages:
        books = stage.books(v)
        if books:
            rng = stage.world.rng("prices", v.key)
            for item in rng.sample(ITEMS, 5):
                buy(stage, books, rng, item, rng.uniform(0.93, 1.08))


def buy(
    stage: Stage, books: Books, rng: random.Random, item: tuple[str, str, float], ratio: float
) -> Record:
    """A purchase whose summary tells quantity and unit price; the total is their product."""
    name, unit, usual = item
    price = round(usual * ratio, 1 if usual < 100 else 0)
    count = max(2, round(rng.uniform(1300, 3900) / usual))
    if price % 100 == 0:
        price += 8
    if round(count * price) % 100 == 0:
        count += 1
    shop = books.fresh(rng, "trade")
    return books.enter(
        "out",
        some_day(rng),
        round(count * price * 100),
        shop,
        f"购{name}{count}{unit}，单价{price:g}元",
        "clean",
        item=name,
    )


@problem("M56")
def dear_purchase(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Bought at about twice what the neighbours pay."""
    books = stage.books(v)
    if not books:
        return False
    done = {r["item"] for r in stage.world.rows("ledger", v)}
    item = rng.choice([i for i in ITEMS if i[0] not in done] or ITEMS)
    ratio = rng.uniform(1.9, 2.7)
    row = buy(stage, books, rng, item, ratio)
    return stage.world.problem(v, "M56", f"{item[0]}单价约为同类村的{ratio:.1f}倍", [row], [])


@innocent("M56")
def better_kind(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Dearer because of another kind, freight or fitting."""
    books = stage.books(v)
    if not books:
        return False
    item = rng.choice(ITEMS[:2])
    row = buy(stage, books, rng, item, rng.uniform(1.55, 1.8))
    row["summary"] += rng.choice(
        ("(含基础浇筑、安装及运费)", "(加厚带轮款，含运费)", "(含灯杆、地笼、安装)")
    )
    return stage.world.innocent(v, "M56", "规格不同，含安装运费", [row], [])


@problem("M63")
def round_trip(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Income that goes straight back to where it came from."""
    books = stage.books(v)
    if not books:
        return False
    firm = books.fresh(rng, rng.choice(("farm", "service")))
    day, amount = some_day(rng), rng.randrange(6, 28) * 1000000
    income = books.enter(
        "in",
        day,
        amount,
        firm,
        rng.choice(("收劳务服务收入", "收居间服务费", "收技术服务收入")),
        "service",
    )
    back = books.enter(
        "out",
        day + timedelta(days=rng.randrange(2, 9)),
        amount - rng.choice((0, 0, 20000)),
        firm,
        rng.choice(("付劳务外包款", "付服务分包款", "付合作项目款")),
        "repair",
    )
    return stage.world.problem(v, "M63", "收入入账后数日等额转回同一单位", [income, back], [])


@innocent("M63")
def deposit_returned(stage: Stage, v: Village, rng: random.Random) -> bool:
    """A bidder's deposit given back after the bidding."""
    books = stage.books(v)
    if not books:
        return False
    firm = books.fresh(rng, "works")
    day, amount = some_day(rng), rng.randrange(5, 12) * 100000
    income = books.enter("in", day, amount, firm, "收投标保证金", "payable", slip="收款收据")
    back = books.enter(
        "out",
        day + timedelta(days=rng.randrange(5, 10)),
        amount,
        firm,
        "退投标保证金(未中标)",
        "payable",
        slip="退款单",
    )
    return stage.world.innocent(v, "M63", "投标保证金收退", [income, back], [])


@innocent("M63")
def collected_for_the_state(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Medical insurance collected from villagers and passed on."""
    books = stage.books(v)
    if not books:
        return False
    amount, year = rng.randrange(210, 420) * 38000, rng.choice((2023, 2024))
    income = books.enter(
        "in", date(year, 11, 6), amount, "村民(代收)", "代收城乡居民医疗保险费", "payable"
    )
    back = books.enter(
        "out",
        date(year, 11, 13),
        amount,
        f"{v.town}税务所",
        "上缴代收城乡居民医疗保险费",
        "payable",
        slip="缴款书",
    )
    return stage.world.innocent(v, "M63", "代收代缴医保费", [income, back], [])
