"""Planted problems in the ledger: M02 M07 M27 M28 M33 M34."""

from __future__ import annotations

import random
from datetime import date, timedelta

import firms
import pick
from money import fresh, post, workday
from people import a_day
from records import Rec, Village, World

YEAR = 2024


def day_in(rng: random.Random, first: int = 2, last: int = 10) -> date:
    return workday(a_day(rng, date(YEAR, first, 3), date(YEAR, last, 25)))


def shop(v: Village, rng: random.Random) -> Rec:
    """A shop of the town this village does not buy from yet."""
    return rng.choice(
        [
            f
            for f in v.memo["world"].get("firm")
            if f.kind == "shop"
            and f.town == v.town.name
            and f not in v.memo["shops"].values()
            and f not in v.memo.setdefault("newshops", [])
        ]
    )


def new_shop(v: Village, rng: random.Random) -> Rec:
    found = shop(v, rng)
    v.memo["newshops"].append(found)
    return found


def blurred(name: str, rng: random.Random) -> str:
    """A firm's name as a clerk writes it: brackets, blanks, a shortened tail."""
    if "有限责任公司" in name and rng.random() < 0.5:
        return name.replace("有限责任公司", "有限公司")
    return rng.choice(
        (
            name,
            name + " ",
            name[:3] + " " + name[3:],
            name.replace("有限公司", "有限公司（现代支付）") if rng.random() < 0.2 else name,
        )
    )


def m02_firm(world: World, v: Village, rng: random.Random) -> None:
    boss, who, ctx = pick.tie(v, rng)
    if rng.random() < 0.5:
        firm = firms.firm(
            world,
            v.town.county,
            world.mint.firm(
                v.town.county, rng.choice(("园林绿化", "劳务服务", "建材商贸")), "有限公司"
            ),
            who,
            rng,
            kind="other",
        )
        extra = [h for h in world.get("holder") if h.firm is firm and h.person is who]
    else:
        firm = rng.choice(
            [
                f
                for f in world.get("firm")
                if f.kind == "farm" and f.county == v.town.county and not f.busy
            ]
        )
        firm.busy = True
        extra = [firms.holder(world, firm, who, "股东", rng.choice((30, 45, 51)))]
    recs = []
    for k, text in enumerate(
        rng.sample(
            ("付村口绿化栽植费", "付公路沿线环境整治劳务费", "付购路沿石款", "付苗木养护费"),
            rng.randint(2, 3),
        )
    ):
        recs.append(
            post(
                v,
                workday(date(YEAR, 3 + k * 3, rng.randint(4, 24))),
                "public",
                text,
                out=fresh(v, firm.name, 2600, 4800, 10),
                payee=blurred(firm.name, rng),
            )
        )
    world.problem(v, "M02", f"向{boss.post}近亲属的企业付款{len(recs)}笔").fact(*recs).seen_in(
        firm, *extra, *ctx
    )


def m02_shop(world: World, v: Village, rng: random.Random) -> None:
    boss, who, ctx = pick.tie(v, rng)
    made = firms.firm(
        world,
        v.town.county,
        world.mint.shop(v.town.name, rng.choice(("建材经营部", "机械租赁部", "农资经营部"))),
        who,
        rng,
        kind="shop",
        town="集镇",
    )
    recs = [
        post(
            v,
            workday(date(YEAR, m, rng.randint(4, 24))),
            "public",
            t,
            out=fresh(v, made.name, 900, 2900, 5),
            payee=made.name,
        )
        for m, t in zip(
            sorted(rng.sample(range(2, 12), 3)),
            ("付购水泥沙子款", "付铲车台班费", "付购铁艺护栏款"),
            strict=True,
        )
    ]
    world.problem(v, "M02", f"向{boss.post}家属经营的门店采购3笔").fact(*recs).seen_in(made, *ctx)


def m02_self(world: World, v: Village, rng: random.Random) -> None:
    boss = pick.cadre(v, rng)
    recs = [
        post(v, day_in(rng), "public", t, out=fresh(v, boss.name, 2600, 4700, 20), payee=boss.name)
        for t in ("付挖掘机平整场地机械费", "付购买自家苗木款")
    ]
    world.problem(v, "M02", "村干部本人向本村提供机械、苗木收款").fact(*recs).seen_in(boss)


def m07_loan(world: World, v: Village, rng: random.Random) -> None:
    boss = pick.cadre(v, rng)
    text = rng.choice(("暂借{n}周转款", "{n}借支", "借给{n}资金", "{n}个人暂支款")).format(
        n=boss.name
    )
    rec = post(
        v,
        day_in(rng, 2, 8),
        "loan",
        text,
        out=rng.choice((6000, 12000, 18000, 25000, 30000)),
        payee=boss.name,
        slip="借条",
        attach=1,
    )
    world.problem(v, "M07", "村干部借用集体资金，年末未归还").fact(rec).seen_in(boss)


def m07_kin(world: World, v: Village, rng: random.Random) -> None:
    boss, who, ctx = pick.tie(v, rng)
    first = post(
        v,
        day_in(rng, 2, 6),
        "loan",
        f"{who.name}临时借款",
        out=rng.choice((8000, 15000, 20000)),
        payee=who.name,
        slip="借条",
        attach=1,
    )
    back = post(
        v,
        workday(first.date + timedelta(days=95)),
        "loan",
        f"{who.name}归还部分借款",
        inn=round(first.out * 0.2),
        payee=who.name,
    )
    world.problem(v, "M07", f"{boss.post}近亲属借用集体资金，仅还两成").fact(first).seen_in(
        back, *ctx
    )


PLANTS = {
    "M02": [m02_firm, m02_shop, m02_self],
    "M07": [m07_loan, m07_kin],
}
