"""Planted problems: paid twice, paid in parts."""

from __future__ import annotations

import random
from datetime import timedelta

from money import fresh, post, workday, workers
from plant_money import blurred, day_in, new_shop
from records import Village, World


def m27_invoice(world: World, v: Village, rng: random.Random) -> None:
    made = new_shop(v, rng)
    one = post(
        v,
        day_in(rng, 2, 7),
        "office",
        rng.choice(("付购会议室投影幕布款", "付购手推车喷雾器款")),
        out=fresh(v, made.name, 1100, 2900, 1),
        payee=made.name,
    )
    two = post(
        v,
        workday(one.date + timedelta(days=rng.randint(25, 70))),
        "office",
        one.summary.replace("付购", "购置"),
        out=one.out,
        payee=made.name,
        invoice=one.invoice,
    )
    world.problem(v, "M27", "同一发票号码两次付款").fact(one, two)


def m27_summary(world: World, v: Village, rng: random.Random) -> None:
    made = new_shop(v, rng)
    text = rng.choice(("付东巷排水管道疏通材料款", "付更换广场破损路沿石款", "付维修扬水站闸门款"))
    one = post(
        v,
        day_in(rng, 2, 8),
        "public",
        text,
        out=fresh(v, made.name, 800, 2800, 0.5),
        payee=made.name,
    )
    two = post(
        v,
        workday(one.date + timedelta(days=rng.randint(18, 60))),
        "public",
        text,
        out=one.out,
        payee=blurred(made.name, rng),
    )
    world.problem(v, "M27", "同一事项同一收款方同一金额付款两次").fact(one, two)


def m27_person(world: World, v: Village, rng: random.Random) -> None:
    who = rng.choice(workers(v))
    amount = fresh(v, who.name, 1260, 2380, 70)
    one = post(
        v,
        day_in(rng, 3, 9),
        "labour",
        f"付{who.name}占地青苗补偿款",
        out=amount,
        payee=who.name,
        method="bank",
    )
    two = post(
        v,
        workday(one.date + timedelta(days=rng.randint(12, 40))),
        "labour",
        f"{who.name}青苗补偿",
        out=amount,
        payee=who.name,
        method="cash",
    )
    world.problem(v, "M27", "同一笔青苗补偿先转账又付现金").fact(one, two)


def m28_split(world: World, v: Village, rng: random.Random) -> None:
    """Several payments just under 5 000 yuan within ten days."""
    made = new_shop(v, rng)
    start = day_in(rng, 3, 8)
    text = rng.choice(
        ("付绿化苗木款", "付环境整治机械费", "付购健身步道材料款", "付粉刷墙面材料款")
    )
    recs = [
        post(
            v,
            workday(start + timedelta(days=k * 3)),
            "public",
            text + ("", "（二）", "（三）", "（四）")[k] * rng.choice((0, 1)),
            out=fresh(v, made.name, 4520, 4980, 5),
            payee=made.name,
        )
        for k in range(rng.randint(2, 4))
    ]
    world.problem(v, "M28", f"同一收款方10天内{len(recs)}笔，每笔略低于5000元审批限额").fact(*recs)


def m28_purpose(world: World, v: Village, rng: random.Random) -> None:
    """One purpose cut into two shops' names."""
    start = day_in(rng, 3, 8)
    text = rng.choice(("付村庄亮化改造材料款", "付党群服务中心装修材料款"))
    recs = []
    for k in range(3):
        made = new_shop(v, rng) if k < 2 else made  # noqa: F821
        recs.append(
            post(
                v,
                workday(start + timedelta(days=k * 2)),
                "public",
                text,
                out=fresh(v, made.name, 4300, 4960, 10),
                payee=made.name,
            )
        )
    world.problem(v, "M28", "同一装修（亮化）事项5天左右分三笔付款，每笔低于5000元").fact(*recs)


PLANTS = {
    "M27": [m27_invoice, m27_summary, m27_person],
    "M28": [m28_split, m28_purpose],
}
