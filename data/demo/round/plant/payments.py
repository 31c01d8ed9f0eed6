"""Payments to the wrong people, or twice (M02, M07, M27)."""

import random
from datetime import date, timedelta

from ..people import namesake
from ..registers import outsider
from ..world import Record, Village
from .stage import Stage, cadre, innocent, problem, relative

LIMITS = (5000, 10000)  # yuan: sums above need the villagers' representatives


def some_day(rng: random.Random, first: int = 1, last: int = 11) -> date:
    """A day from the 2nd to the 24th of a month of either year."""
    return date(rng.choice((2023, 2024)), rng.randrange(first, last + 1), rng.randrange(2, 25))


def limit(village: Village) -> int:
    """The town's approval limit in yuan."""
    return LIMITS[len(village.town) * 7 % 2 if village.town[0] in "云石柳" else 1]


def _related_firm(
    stage: Stage, v: Village, rng: random.Random
) -> tuple[Record, list[Record], str] | None:
    found = relative(v, rng, outside=rng.random() < 0.6)
    if not found:
        return None
    c, kin, relation, record = found
    trade = rng.choice(("trade", "service"))
    owner_is_kin = rng.random() < 0.7
    boss = kin if owner_is_kin else outsider(rng, v)
    firm = stage.market.register(v, trade, boss, holders=[boss] if owner_is_kin else [boss, kin])
    people = [r for r in stage.world.rows("firm_people", v) if r["firm"] is firm]
    role = "任法定代表人" if owner_is_kin else "持股"
    return (
        firm,
        [*people[: 1 if owner_is_kin else 2], record, c.record],
        f"{c.post}的{relation}{role}",
    )


_GOODS = (
    "购绿化苗木",
    "购垃圾清运车配件",
    "购建筑材料",
    "购路灯配件",
    "付环境整治机械费",
    "付村内道路修补费",
    "付清淤机械台班费",
)


@problem("M02")
def pays_relatives_firm(stage: Stage, v: Village, rng: random.Random) -> bool:
    """The village buys from a firm of a cadre's relative."""
    books, found = stage.books(v), _related_firm(stage, v, rng)
    if not books or not found:
        return False
    firm, context, who = found
    days = sorted(
        {
            date(y, m, rng.randrange(2, 25))
            for y, m in rng.sample(
                [(y, m) for y in (2023, 2024) for m in range(1, 12)], rng.randrange(2, 5)
            )
        }
    )
    rows = [
        books.enter(
            "out",
            day,
            books.amount(2300, 14000, firm["company"]),
            firm["company"],
            rng.choice(_GOODS),
            "repair",
        )
        for day in days
    ]
    return stage.world.problem(
        v, "M02", f"{who}的企业与本村交易{len(rows)}笔", rows, [firm, *context]
    )


@problem("M02")
def pays_relative(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Large sums for goods go to a relative in person."""
    books, found = stage.books(v), relative(v, rng)
    if not books or not found:
        return False
    c, kin, relation, record = found
    day = some_day(rng)
    rows = [
        books.enter(
            "out",
            day + timedelta(days=35 * i),
            books.amount(3200, 16000, kin.name),
            kin.name,
            rng.choice(("付沙石料款", "付挖掘机台班费", "付青苗苗木款", "付房屋修缮款")),
            "repair",
            slip="代开发票",
        )
        for i in range(rng.randrange(1, 3))
        if (day + timedelta(days=35 * i)).month < 12
    ]
    text = f"材料、机械款付给{c.post}的{relation}个人"
    return stage.world.problem(v, "M02", text, rows, [record, c.record])


@innocent("M02")
def relative_works(stage: Stage, v: Village, rng: random.Random) -> bool:
    """A relative is paid day wages like everybody else."""
    books, found = stage.books(v), relative(v, rng)
    if not books or not found:
        return False
    _, kin, _, record = found
    rows = [
        books.enter(
            "out",
            some_day(rng),
            100 * (100 + 20 * rng.randrange(3)) * rng.randrange(1, 4) + 50 * i,
            kin.name,
            "付" + rng.choice(("清理河道", "植树", "清扫积雪")) + "误工费",
            "labour",
            "现金",
        )
        for i in range(2)
    ]
    return stage.world.innocent(v, "M02", "本人务工的误工费，金额与他人相同", rows, [record])


@innocent("M02")
def disclosed_purchase(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Three quotes, the relative's firm was cheapest, the cadre stayed out of it."""
    books, found = stage.books(v), _related_firm(stage, v, rng)
    if not books or not found:
        return False
    firm, context, _ = found
    name = context[-1]["name"]
    row = books.enter(
        "out",
        some_day(rng),
        books.amount(2100, 7900, firm["company"]),
        firm["company"],
        rng.choice(_GOODS),
        "repair",
        remark=f"三家比价，{name}已回避，村民代表会议通过",
    )
    return stage.world.innocent(v, "M02", "三家比价并回避", [row], [firm, *context])


@innocent("M02")
def namesakes_firm(stage: Stage, v: Village, rng: random.Random) -> bool:
    """The firm's owner has the cadre's name and another ID."""
    books, c = stage.books(v), cadre(v, rng)
    if not books or not c:
        return False
    twin = namesake(v, rng, c.person)
    firm = stage.market.register(v, "trade", twin, holders=[twin])
    row = books.enter(
        "out",
        some_day(rng),
        books.amount(900, 5200, firm["company"]),
        firm["company"],
        rng.choice(_GOODS),
        "repair",
    )
    return stage.world.innocent(v, "M02", "法定代表人与干部同名不同人", [row], [firm, c.record])


@problem("M07")
def loan_to_cadre(stage: Stage, v: Village, rng: random.Random) -> bool:
    """A cadre borrows and does not pay back."""
    books, c = stage.books(v), cadre(v, rng)
    if not books or not c:
        return False
    word = rng.choice(("借款", "{}借支", "暂借款(个人)", "{}临时借款")).format(c.person.name)
    row = books.enter(
        "out",
        some_day(rng, 1, 9),
        rng.randrange(8, 60) * 100000 + 50000,
        c.person.name,
        word,
        "loan",
        rng.choice(("银行", "银行", "现金")),
        slip="借条",
        attach=1,
    )
    return stage.world.problem(v, "M07", f"{c.post}借用集体资金长期未还", [row], [c.record])


@innocent("M07")
def travel_advance(stage: Stage, v: Village, rng: random.Random) -> bool:
    """A training advance settled within two weeks."""
    books, c = stage.books(v), cadre(v, rng)
    if not books or not c:
        return False
    day, amount = some_day(rng), rng.randrange(12, 30) * 10000 + 5000
    out = books.enter("out", day, amount, c.person.name, "预借外出培训差旅费", "loan", slip="借条")
    back = books.enter(
        "in",
        day + timedelta(days=rng.randrange(7, 15)),
        amount,
        c.person.name,
        "收回预借差旅费(报销结清)",
        "loan",
    )
    if back["day"].year != day.year:
        back["day"] = date(day.year, 12, 28)
    return stage.world.innocent(v, "M07", "差旅预借，半月内结清", [out, back], [c.record])


@innocent("M07")
def clerks_float(stage: Stage, v: Village, rng: random.Random) -> bool:
    """The clerk's small float is given back at year's end."""
    books, c = stage.books(v), cadre(v, rng, "报账员")
    if not books or not c:
        return False
    year = rng.choice((2023, 2024))
    out = books.enter(
        "out",
        date(year, 11, 12),
        200000,
        c.person.name,
        "借报账员周转备用金(限额2000元)",
        "loan",
        slip="借条",
    )
    back = books.enter(
        "in", date(year, 12, 8), 200000, c.person.name, "收回报账员周转备用金", "loan"
    )
    return stage.world.innocent(v, "M07", "限额内备用金，年底交回", [out, back], [c.record])
