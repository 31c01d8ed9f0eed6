"""Planted problems in the ledger: M02 M07 M27 M28 M33 M34."""

from __future__ import annotations

import random
from datetime import date, timedelta

import firms
import pick
from money import fresh, post, workday, workers
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
    "M02": [m02_firm, m02_shop, m02_self],
    "M07": [m07_loan, m07_kin],
    "M27": [m27_invoice, m27_summary, m27_person],
    "M28": [m28_split, m28_purpose],
    "M33": [m33_food, m33_goods],
    "M34": [m34_firm, m34_shop],
}
