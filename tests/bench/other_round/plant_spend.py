"""Planted problems of hospitality and of goods that are none of a village's business."""

from __future__ import annotations

import random
from datetime import timedelta

import firms
from money import fresh, post, workday
from plant_money import day_in, new_shop
from records import Village, World


def m33_food(world: World, v: Village, rng: random.Random) -> None:
    made = firms.firm(
        world,
        v.town.county,
        world.mint.shop(v.town.name, rng.choice(("饭庄", "羊汤馆", "鱼馆", "大酒店"))),
        firms.person(world, v, rng, "男", 1975),
        rng,
        kind="shop",
        town="集镇",
    )
    texts = (
        rng.sample(("付招待费", "付来客就餐费", "付工作人员餐费", "付接待用餐款"), 2)
        if rng.random() < 0.6
        else ["付购打印纸款", "付会议服务费"]
    )
    recs = [
        post(v, day_in(rng), "office", t, out=fresh(v, made.name, 560, 2400, 1), payee=made.name)
        for t in texts
    ]
    world.problem(v, "M33", "向饭店支付招待性质费用").fact(*recs).seen_in(made)


def m33_goods(world: World, v: Village, rng: random.Random) -> None:
    made = new_shop(v, rng)
    texts = rng.sample(
        (
            "付购中华烟款",
            "付购白酒两箱款",
            "付茶叶款",
            "付土特产礼盒款",
            "付购物卡款",
            "付办公用品（香烟）款",
            "付加油卡充值款",
        ),
        rng.randint(1, 2),
    )
    recs = [
        post(v, day_in(rng), "office", t, out=fresh(v, made.name, 680, 2600, 2), payee=made.name)
        for t in texts
    ]
    world.problem(v, "M33", "列支烟酒茶、礼品、购物卡").fact(*recs)


def m34_firm(world: World, v: Village, rng: random.Random) -> None:
    made = rng.choice(
        [
            f
            for f in world.get("firm")
            if f.kind == "builder" and f.county == v.town.county and not f.busy
        ]
    )
    made.busy = True
    rec = post(
        v,
        day_in(rng, 2, 10),
        "public",
        rng.choice(("付村内道路修补款", "付防汛石料款", "付拆除旧房清运费")),
        out=fresh(v, made.name, 9200, 38000, 100),
        payee=made.name,
        method="cash",
        slip="收据",
    )
    world.problem(v, "M34", "大额现金支付给企业").fact(rec)


def m34_shop(world: World, v: Village, rng: random.Random) -> None:
    made = new_shop(v, rng)
    day = day_in(rng)
    recs = [
        post(
            v,
            workday(day + timedelta(days=k * 40)),
            "public",
            t,
            out=fresh(v, made.name, 5200, 8800, 10),
            payee=made.name,
            method="cash",
        )
        for k, t in enumerate(("付购水泵及配件款", "付购垃圾桶款"))
        if (day + timedelta(days=k * 40)).month < 12
    ]
    world.problem(v, "M34", "向门店现金支付数千元").fact(*recs)


PLANTS = {
    "M33": [m33_food, m33_goods],
    "M34": [m34_firm, m34_shop],
}
