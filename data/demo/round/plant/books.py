"""The books as a whole: December, receipts, balances, numbers (M31, M36, M37, M38)."""

import random
from datetime import date, timedelta

from ..leases import lease
from ..ledger import receive_rent
from ..people import pick
from ..world import Record, Village
from .payments import some_day
from .stage import Stage, innocent, problem, untouched


@problem("M31")
def december_rush(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Half of a year's money goes out in December."""
    books = stage.books(v)
    if not books or books.rushed:
        return False
    books.rushed = True
    year = rng.choice((2023, 2024))
    spent = sum(
        r["amount"]
        for r in stage.world.rows("ledger", v)
        if r["flow"] == "out" and r["day"].year == year
    )
    total, rows = spent * rng.uniform(1.1, 1.5), []  # other stories still add to the year
    count = rng.randrange(5, 8)
    what = rng.sample(
        (
            "购办公家具",
            "购便民服务中心电脑、打印机",
            "更换会议室音响设备",
            "制作文化墙",
            "购太阳能路灯灯头",
            "购保洁三轮车",
            "印制宣传品",
            "村委院落绿化",
            "购置监控设备",
        ),
        count,
    )
    weights = [rng.uniform(0.7, 1.4) for _ in range(count)]
    for i in range(count):
        shop = books.fresh(rng, rng.choice(("trade", "service")))
        yuan = total / 100 * weights[i] / sum(weights)
        rows.append(
            books.enter(
                "out",
                date(year, 12, rng.randrange(14, 31)),
                books.amount(yuan * 0.97, yuan * 1.03, shop),
                shop,
                what[i],
                "asset",
            )
        )
    text = f"{year}年12月集中列支{count}笔，占全年支出四成以上"
    return stage.world.problem(v, "M31", text, rows, [])


def december_settlement(stage: Stage, town: str) -> None:
    """A whole town settles a subsidy in December: a rush nobody made."""
    for v in stage.world.villages:
        books = stage.books(v)
        if not books or v.town != town:
            continue
        amount = books.amount(52000, 96000, "镇财政")
        grant = books.enter(
            "in",
            date(2024, 12, 9),
            amount,
            f"{town}财政所",
            "收镇拨2024年度户厕改造、清洁取暖补助结算款",
            "grant",
        )
        row = books.enter(
            "out",
            date(2024, 12, 16),
            amount - 31000,
            "补助资金代发户",
            "发放2024年度户厕改造、清洁取暖补助(全镇统一结算)",
            "public",
            slip="补助发放表",
        )
        stage.world.innocent(v, "M31", "全镇12月统一结算补助", [row], [grant])


@problem("M36")
def spent_from_receipts(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Cash rent never reaches the bank and is spent within days."""
    books, party = stage.books(v), pick(v, rng, "lessee", 30, 60)
    if not books or not party:
        return False
    contract = lease(stage.world, rng, v, rng.choice(("耕地", "坑塘", "果园")), party)
    contract["due"] = rng.choice((2, 4, 8))
    receive_rent(books, contract, 2023)
    day = date(2024, contract["due"], rng.randrange(3, 18))
    receipt = receive_rent(books, contract, 2024, day)
    receipt.values.update(method="现金", kept=True)
    left, spent = receipt["amount"], []
    for i in range(3):
        shop = books.fresh(rng, "trade")
        amount = left if i == 2 else round(left * rng.uniform(0.3, 0.45) / 100) * 100 + 20
        left -= amount
        spent.append(
            books.enter(
                "out",
                day + timedelta(days=i + 1),
                amount,
                shop,
                rng.choice(("购零星材料", "付机械费", "购工具、油料")),
                "repair",
                "现金",
                from_kept=True,
            )
        )
    return stage.world.problem(
        v, "M36 M34", "现金收取承包费未存银行，数日内直接支出", [receipt, *spent], [contract]
    )


@problem("M36")
def inflow_not_booked(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Money came into the account and left it again; the ledger knows of neither."""
    books = stage.books(v)
    if not books:
        return False
    day, amount = some_day(rng), rng.randrange(38, 290) * 10000 + rng.randrange(1, 9) * 1000
    source, note = rng.choice(
        (
            (books.fresh(rng, "works"), "占地补偿"),
            (books.fresh(rng, "farm"), "土地租金"),
            ("中国铁塔股份有限公司", "基站占地费"),
            (books.fresh(rng, "works"), "树木款"),
        )
    )
    common = {"planted": True, "entry": None, "amount": amount}
    rows = [
        stage.world.add(
            "bank", v, day=day, out=0, received=amount, counter=source, note=note, **common
        ),
        stage.world.add(
            "bank",
            v,
            day=day + timedelta(days=rng.randrange(2, 9)),
            out=amount,
            received=0,
            counter="",
            note="现金支取",
            **common,
        ),
    ]
    return stage.world.problem(v, "M36", f"银行收到{note}后取现，账上均无记录", rows, [])


@innocent("M36")
def booked_later(stage: Stage, v: Village, rng: random.Random) -> bool:
    """The bank slip reached the agency weeks later."""
    books = stage.books(v)
    if not books:
        return False
    firm = books.fresh(rng, "farm")
    day = some_day(rng, 1, 10).replace(day=rng.randrange(2, 10))
    row = books.enter(
        "in",
        day + timedelta(days=rng.randrange(12, 19)),
        books.amount(2000, 9000, firm),
        firm,
        "收占地青苗补偿款",
        "other_in",
        bank_day=day,
    )
    found: list[Record] = []
    stage.world.innocent(v, "M36", "到账数周后入账", [row], found)
    stage.after.append(lambda: found.append(row["bank_row"]))
    return True


@innocent("M36")
def cash_banked(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Cash rent paid in at the bank within three days."""
    rows = [
        r
        for r in untouched(stage.world.rows("ledger", v))
        if r["flow"] == "in" and r["method"] == "现金" and not r["kept"]
    ]
    if not rows:
        return False
    row, found = rng.choice(rows), list[Record]()
    stage.world.innocent(v, "M36", "现金收入三日内存入银行", [row], found)
    stage.after.append(
        lambda: found.extend(
            e for e in stage.world.rows("ledger", v) if e["flow"] == "deposit" and e["of"] is row
        )
    )
    return True
