"""Payments in parts, for meals, in cash (M28, M33, M34)."""

import random
from datetime import date, timedelta

from ..people import pick
from ..world import Village
from .payments import limit, some_day
from .stage import Stage, innocent, problem


@problem("M28")
def split_under_limit(stage: Stage, v: Village, rng: random.Random) -> bool:
    """One purchase is paid in parts, each just under the approval limit."""
    books = stage.books(v)
    if not books:
        return False
    shop = books.fresh(rng, rng.choice(("trade", "service")))
    start, top = some_day(rng), limit(v)
    what = rng.choice(
        (
            "村内道路维修费",
            "环境整治机械费",
            "购绿化苗木款",
            "河道清淤费",
            "村委会墙面粉刷费",
            "购太阳能路灯款",
        )
    )
    rows = [
        books.enter(
            "out",
            start + timedelta(days=d),
            books.amount(top * 0.9, top * 0.992, shop),
            shop,
            what + tail,
            "repair",
        )
        for d, tail in zip(
            (0, rng.randrange(1, 3), rng.randrange(3, 6)),
            rng.choice((("", "", ""), ("(一)", "(二)", "(三)"))),
            strict=True,
        )
    ][: rng.choice((2, 3, 3))]
    total = sum(r["amount"] for r in rows) / 100
    text = f"{len(rows)}笔均低于{top}元，合计{total:.0f}元，同一收款方同一事项"
    return stage.world.problem(v, "M28", text, rows, [])


@innocent("M28")
def staged_delivery(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Deliveries under a contract the villagers' representatives approved."""
    books = stage.books(v)
    if not books:
        return False
    shop, top, day = books.fresh(rng, "trade"), limit(v), some_day(rng)
    rows = [
        books.enter(
            "out",
            day + timedelta(days=4 * i),
            books.amount(top * 0.65, top * 0.95, shop),
            shop,
            f"按合同分批供货第{i + 1}批水泥款",
            "repair",
            remark="村民代表会议已议定总价，合同分批供货付款",
        )
        for i in range(2)
    ]
    return stage.world.innocent(v, "M28", "总价已议定，按合同分批付款", rows, [])


@innocent("M28")
def different_workers(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Several people are paid about the same for the same job."""
    books = stage.books(v)
    if not books or len(books.workers) < 5:
        return False
    day = some_day(rng)
    rows = [
        books.enter(
            "out",
            day,
            100 * rng.choice((720, 780, 840, 900)) + 10 * i,
            p.name,
            "付秋季植树用工工资",
            "labour",
            "现金",
            worker=True,
        )
        for i, p in enumerate(rng.sample(books.workers, 3))
    ]
    return stage.world.innocent(v, "M28", "不同人员的同次用工", rows, [])


_MEALS = (
    "付接待餐费",
    "招待上级检查用餐",
    "购招待用烟酒",
    "付来客就餐费",
    "购接待用茶叶、水果",
    "购土特产礼品",
    "购超市购物卡",
    "付工作餐费(陪同)",
)


@problem("M33")
def entertained(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Meals, tobacco, spirits and gifts."""
    books = stage.books(v)
    if not books:
        return False
    shop = v.county[:2] + rng.choice(
        ("聚贤阁酒店", "湖滨大酒店", "老味道饭庄", "鸿运烟酒商行", "农家乐餐厅", "百福超市")
    )
    for known in stage.world.rows("ledger", v):
        if known["payee"] == shop:
            return False
    rows = [
        books.enter("out", day, books.amount(560, 2900, shop), shop, rng.choice(_MEALS), "guests")
        for day in sorted({some_day(rng) for _ in range(rng.randrange(2, 5))})
    ]
    rows[0]["summary"] = rng.choice(_MEALS[:4])
    return stage.world.problem(v, "M33", f"列支招待、烟酒礼品{len(rows)}笔", rows, [])


@innocent("M33")
def duty_meals(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Working meals on flood duty, for a vote, for a clean-up."""
    books = stage.books(v)
    if not books:
        return False
    shop = v.name[:-1] + "小吃部"
    what = rng.choice(
        ("防汛值守人员工作餐", "换届选举工作人员盒饭", "森林防火值班人员盒饭", "扫雪除冰人员工作餐")
    )
    row = books.enter(
        "out",
        some_day(rng),
        books.amount(120, 460, shop),
        shop,
        f"付{what}",
        "public",
        remark=f"值守{rng.randrange(3, 9)}人，附名单",
    )
    return stage.world.innocent(v, "M33", "值守/选举工作餐，附名单", [row], [])


@innocent("M33")
def elders_festival(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Rice, flour and oil for the old at the Double Ninth or the New Year."""
    books = stage.books(v)
    if not books:
        return False
    shop = books.fresh(rng, "trade")
    month, what = rng.choice(
        ((10, "重阳节慰问80岁以上老人米面油"), (1, "春节走访慰问老党员、困难户慰问品"))
    )
    row = books.enter(
        "out",
        date(rng.choice((2023, 2024)), month, rng.randrange(5, 24)),
        books.amount(1500, 4800, shop),
        shop,
        f"购{what}",
        "public",
        remark="附发放签字表",
    )
    return stage.world.innocent(v, "M33", "慰问老人物品，附发放表", [row], [])


@problem("M34")
def cash_to_a_firm(stage: Stage, v: Village, rng: random.Random) -> bool:
    """A firm is paid thousands in cash."""
    books = stage.books(v)
    if not books:
        return False
    shop = books.fresh(rng, rng.choice(("trade", "service")))
    row = books.enter(
        "out",
        some_day(rng),
        books.amount(3800, 12500, shop),
        shop,
        rng.choice(("付材料款", "付机械台班费", "付广告制作费", "付设备款", "付维修款")),
        "repair",
        "现金",
    )
    return stage.world.problem(v, "M34", "向单位支付大额现金", [row], [])


@innocent("M34")
def cash_wages(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Wages and labour to persons may be paid in cash."""
    books = stage.books(v)
    someone = pick(v, rng, "worker", 30, 62)
    if not books or not someone:
        return False
    days = rng.randrange(11, 19)
    row = books.enter(
        "out",
        some_day(rng),
        days * 13000,
        someone.name,
        f"付护林防火值班工资{days}天",
        "labour",
        "现金",
        worker=True,
    )
    return stage.world.innocent(v, "M34", "个人劳务工资，现金支付合规", [row], [])
