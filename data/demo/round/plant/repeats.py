"""One purchase paid twice (M27)."""

import random
from datetime import timedelta

from ..world import Village
from .payments import some_day
from .stage import Stage, innocent, problem, untouched


@problem("M27")
def paid_again(stage: Stage, v: Village, rng: random.Random) -> bool:
    """One purchase is paid twice some weeks apart."""
    books = stage.books(v)
    if not books:
        return False
    free = [
        r
        for r in untouched(stage.world.rows("ledger", v))
        if r["account"] in ("repair", "public", "clean")
        and r["flow"] == "out"
        and r["amount"] > 60000
        and r["day"].month < 10
        and not r["worker"]
        and not r["periodic"]
        and "苗木" not in r["summary"]
    ]
    if not free:
        return False
    row = rng.choice(free)
    day = row["day"] + timedelta(days=rng.randrange(9, 55))
    tail = rng.choice(("", "", "款", "费用"))
    twin = books.enter(
        "out", day, row["amount"], row["payee"], row["summary"] + tail, row["account"]
    )
    return stage.world.problem(v, "M27", "同一收款方同金额重复付款", [row, twin], [])


@innocent("M27")
def corrected(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Entered twice by mistake and reversed in red."""
    books = stage.books(v)
    if not books:
        return False
    shop = books.fresh(rng, "trade")
    day, amount = some_day(rng), books.amount(700, 4200, shop)
    what = rng.choice(("购路沿石", "购铁皮垃圾箱", "购办公桌椅", "购水管配件"))
    first = books.enter("out", day, amount, shop, what, "repair")
    second = books.enter(
        "out", day + timedelta(days=12), amount, shop, what, "repair", off_bank=True
    )
    red = books.enter(
        "out",
        day + timedelta(days=14),
        -amount,
        shop,
        f"红字冲销重复入账({what})",
        "repair",
        off_bank=True,
        slip="冲销说明",
    )
    return stage.world.innocent(v, "M27", "重复入账已红字冲销", [first, second, red], [])


@innocent("M27")
def instalments(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Equal instalments under one contract."""
    books = stage.books(v)
    if not books:
        return False
    shop = books.fresh(rng, "service")
    amount, start = books.amount(2600, 6800, shop), some_day(rng, 1, 5)
    what = rng.choice(("村庄规划编制费", "监控设备租赁费", "绿化养护费", "消防器材维护费"))
    number = f"{start.year}年合同{rng.randrange(3, 30)}号"
    rows = [
        books.enter(
            "out",
            start + timedelta(days=61 * i),
            amount,
            shop,
            f"付{what}第{i + 1}期({number}，共3期)",
            "repair",
        )
        for i in range(3)
    ]
    return stage.world.innocent(v, "M27", "同一合同分期付款", rows, [])


@innocent("M27")
def monthly_wages(stage: Stage, v: Village, rng: random.Random) -> bool:
    """The cleaner's wage is the same every month."""
    rows = [
        r for r in untouched(stage.world.rows("ledger", v)) if r["summary"].endswith("保洁员工资")
    ]
    rows = [r for r in rows if r["payee"] == rows[0]["payee"]][:4]
    return bool(rows) and stage.world.innocent(v, "M27", "按月发放的固定工资", rows, [])
