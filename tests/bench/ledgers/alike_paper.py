"""Honest payments that look like planted ones: invoices, limits, prices, round sums."""

from datetime import date, timedelta

import words
from book import Village
from habits import next_workday
from world import person


def equal_fees(v: Village) -> None:
    """A fixed fee every month, sometimes two months on one day."""
    rng = v.rng
    seller, what = (
        v.fresh(rng.choice(["shop", "machine", "repair"])),
        rng.choice(["垃圾清运费", "电梯维保费", "监控维护费", "公厕管护费"]),
    )
    sum_, year, rows = rng.choice([380, 450, 600, 860, 1200]), rng.choice(v.years), []
    for month in range(1, 13):
        when = next_workday(
            date(year, month if rng.random() < 0.85 else min(12, month + 1), rng.randrange(3, 26))
        )
        rows.append(
            v.pay(
                when,
                what,
                seller.name,
                "clean",
                sum_,
                monthly=True,
                acct=seller.acct,
                invoice=v.invoice(seller.name, when),
            )
        )
    v.case("duplicate", "lookalike", rows, "每月等额固定费用")


def bought_again(v: Village) -> None:
    """The same thing bought twice, two invoices."""
    rng = v.rng
    item = rng.choice([g for g in words.GOODS if g[3] > 20])
    first = v.goods(v.day(last=date(v.years[-1], 11, 1)), item, seller=v.fresh(item[0]))
    when = next_workday(first.when + timedelta(rng.randrange(15, 75)))
    second = v.add(
        when,
        first.amount,
        first.payee,
        first.key,
        first.summary,
        acct=first.acct,
        invoice=v.invoice(first.payee, when),
    )
    v.case("duplicate", "lookalike", [first, second], "同样货物先后两批、两张票")


def half_and_half(v: Village) -> None:
    """One invoice paid in two equal parts."""
    rng = v.rng
    seller, what, half = v.fresh("works"), rng.choice(words.WORKS), round(rng.uniform(4000, 30000))
    when = v.day(last=date(v.years[-1], 9, 30))
    invoice, later = (
        v.invoice(seller.name, when),
        next_workday(when + timedelta(rng.randrange(10, 60))),
    )
    names = rng.choice([("首付50%", "尾款50%"), ("第一次付款", "第二次付款"), ("预付一半", "结清")])
    rows = [
        v.buy(d, what + name, seller, "project", half, invoice=invoice)
        for d, name in zip((when, later), names, strict=True)
    ]
    v.case("duplicate", "lookalike", rows, "同一张票分两次各付一半")


def rebooked(v: Village) -> None:
    """A wrong entry taken back in red and booked again."""
    rng = v.rng
    first = v.goods(v.day(last=date(v.years[-1], 11, 20)))
    when = next_workday(first.when + timedelta(rng.randrange(5, 25)))
    red = v.add(
        when,
        -first.amount,
        first.payee,
        first.key,
        rng.choice(["冲销", "红字冲", "更正冲回"]) + first.summary,
        acct=first.acct,
        invoice=first.invoice,
        method="转账",
    )
    red.bank["none"] = True
    again = v.add(
        when,
        first.amount,
        first.payee,
        rng.choice(["office", "repair", "public"]),
        first.summary,
        acct=first.acct,
        invoice=first.invoice,
        method="转账",
    )
    again.bank["none"] = True
    v.case("duplicate", "lookalike", [first, red, again], "错账冲销后重记")


def deliveries(v: Village) -> None:
    """One price times several deliveries on neighbouring days."""
    rng, limit = v.rng, v.limit
    item = rng.choice(
        [
            g
            for g in words.GOODS
            if g[1] in ("沙子", "水泥", "柴油", "装载机", "清运垃圾", "法桐", "水泥管")
        ]
    )
    seller, when, rows = v.fresh(item[0]), v.day(), []
    for _ in range(rng.randrange(3, 6)):
        count = max(1, int(limit * rng.uniform(0.5, 0.9) / v.town.price[item[1]]))
        rows.append(v.goods(when, item, seller=seller, count=count))
        when += timedelta(rng.choice([0, 1, 1, 2]))
    v.case("split", "lookalike", rows, "按量计价、分日送货")


def tendered(v: Village) -> None:
    """Parts of one work paid as the contract says."""
    rng, limit = v.rng, v.limit
    seller, what, when, rows = v.fresh("works"), rng.choice(words.WORKS), v.day(), []
    for number in range(rng.randrange(2, 4)):
        note = rng.choice(
            [f"合同第{number + 1}期", f"中标后第{number + 1}次付款", f"按进度第{number + 1}笔"]
        )
        rows.append(
            v.buy(
                when, what, seller, "project", round(limit * rng.uniform(0.6, 0.95), 2), note=note
            )
        )
        when = next_workday(when + timedelta(rng.randrange(2, 7)))
    v.case("split", "lookalike", rows, "按合同进度分期")


def contract_fee(v: Village) -> None:
    """A fee by contract that happens to lie just under the limit."""
    rng, limit = v.rng, v.limit
    seller, sum_, year, rows = (
        v.fresh(rng.choice(["machine", "green", "shop"])),
        round(limit * rng.uniform(0.952, 0.995), -1),
        rng.choice(v.years),
        [],
    )
    what = rng.choice(["垃圾清运承包费", "绿化养护费", "保洁外包服务费"])
    for month in sorted(rng.sample(range(1, 13), rng.randrange(6, 12))):
        when = next_workday(date(year, month, rng.randrange(3, 27)))
        rows.append(
            v.pay(
                when,
                what,
                seller.name,
                "clean",
                sum_,
                monthly=True,
                acct=seller.acct,
                invoice=v.invoice(seller.name, when),
            )
        )
    v.case("below_limit", "lookalike", [("p", seller.name), *rows], "合同固定费用恰在限额下")


def priced_under(v: Village) -> None:
    """Quantities whose product happens to fall under the limit."""
    rng, limit = v.rng, v.limit
    item = rng.choice(
        [g for g in words.GOODS if g[1] in ("装载机", "沙子", "清运垃圾", "柴油", "法桐", "水泥管")]
    )
    seller, rows = v.fresh(item[0]), []
    for _ in range(rng.randrange(4, 8)):
        count = int(limit * rng.uniform(0.95, 0.99) / (v.town.price[item[1]] * seller.level))
        rows.append(v.goods(v.day(), item, seller=seller, count=max(1, count)))
    v.case("below_limit", "lookalike", [("p", seller.name), *rows], "数量乘单价恰在限额下")


def imprest(v: Village) -> None:
    """Petty cash drawn by the accountant and settled later."""
    rng = v.rng
    who, sum_, when = (
        rng.choice(v.roster)[0],
        rng.choice([2000, 3000, 5000]),
        v.day(last=date(v.years[-1], 11, 1)),
    )
    first = v.pay(
        when, rng.choice(["预借备用金", "领取周转备用金", "暂借备用金"]), who, "other", sum_
    )
    back = v.pay(
        next_workday(when + timedelta(rng.randrange(12, 50))),
        rng.choice(["交回备用金", "备用金结算退回", "报账冲备用金"]),
        who,
        "in_other",
        sum_,
        side="收入",
    )
    v.case("round_sum", "lookalike", [first, back], "备用金领取并结清")


def donation(v: Village) -> None:
    rng = v.rng
    who = rng.choice(
        [
            f"{v.town.name}慈善工作站",
            f"{v.name}小学",
            f"{v.town.name}中心卫生院",
            v.town.name + "财政所",
        ]
    )
    what = rng.choice(
        [
            "慈善一日捐",
            "缴纳合作医疗代收款",
            "缴纳履约保证金",
            "上缴代收农业保险费",
            "拨付自来水入户配套资金",
        ]
    )
    row = v.pay(
        v.day(workday=1.0),
        what,
        who,
        "other",
        rng.choice([2000, 3000, 5000, 10000, 20000]),
        method="转账",
        acct="371",
    )
    v.case("round_sum", "lookalike", [row], "上缴、保证金、捐款")


def relief(v: Village) -> None:
    """Round help to a household, decided in public."""
    rng = v.rng
    row = v.pay(
        v.day(workday=1.0),
        rng.choice(["大病救助金", "考上大学奖励", "火灾困难户救助", "丧葬互助补助"]),
        person(rng, v.surnames),
        "welfare",
        rng.choice([2000, 3000, 5000]),
        note=rng.choice(["村民代表会议通过", "已公示", ""]),
    )
    v.case("round_sum", "lookalike", [row], "救助与奖励")


def canteen(v: Village) -> None:
    """Meals for the old, week after week in a narrow band."""
    rng, year, rows = v.rng, v.rng.choice(v.years), []
    seller, level = v.fresh("shop"), v.rng.uniform(500, 1400)
    for week in range(rng.randrange(12, 30)):
        when = date(year, 1, 6) + timedelta(7 * week + rng.randrange(3))
        if when.year == year:
            rows.append(
                v.buy(
                    when,
                    rng.choice(["老年食堂蔬菜", "老年食堂肉蛋", "幸福院米面"]),
                    seller,
                    "welfare",
                    round(level * rng.uniform(0.85, 1.15), 1),
                )
            )
    v.case("fake_invoices", "lookalike", [("p", seller.name), *rows], "老年食堂每周采购")


def cleaner(v: Village) -> None:
    """Work by the hour or load, in a narrow band."""
    rng = v.rng
    item = rng.choice([g for g in words.GOODS if g[1] in ("装载机", "清运垃圾", "柴油")])
    seller, rows, base = v.fresh(item[0]), [], rng.randrange(6, 16)
    for _ in range(rng.randrange(10, 20)):
        rows.append(v.goods(v.day(), item, seller=seller, count=base + rng.randrange(4)))
    v.case("fake_invoices", "lookalike", [("p", seller.name), *rows], "计量服务金额集中")


def better_kind(v: Village) -> None:
    """A dearer model or with fitting included, as the summary says."""
    rng = v.rng
    item = rng.choice([g for g in words.GOODS if g[3] > 10])
    note = rng.choice(["含安装调试", "加厚加大型", "含运费及安装", "高配型号", "进口型号"])
    row = v.goods(v.day(), item, seller=v.fresh(item[0]), times=rng.uniform(1.4, 1.9), note=note)
    v.case("price_inflation", "lookalike", [row], f"价高因{note}")


def one_piece(v: Village) -> None:
    """A single piece at the corner shop."""
    item = v.rng.choice([g for g in words.GOODS if g[0] in ("shop", "office")])
    row = v.goods(
        v.day(),
        item,
        seller=v.fresh("shop"),
        times=v.rng.uniform(1.2, 1.45),
        count=v.rng.randrange(1, 4),
    )
    v.case("price_inflation", "lookalike", [row], "零星少量零售价")
