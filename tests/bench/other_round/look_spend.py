"""Look-alikes in spending: rushes, hospitality, kinds of goods, late receipts, odd prices, money there and back."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from money import fresh, post, workday, workers
from plant_money import YEAR, day_in, new_shop
from plant_money2 import buy, item_price
from records import Village, World


def l31_town(world: World, v: Village, rng: random.Random) -> None:
    """The whole town settles a subsidy in December; done once per town, with one item for each village."""
    town = v.town
    if world.get("settled").count(town):  # type: ignore[arg-type]
        l31_wage(world, v, rng)
        return
    world.get("settled").append(town)  # type: ignore[arg-type]
    for village in town.villages:
        amount = round(rng.uniform(210000, 290000), 2)
        got = post(
            village,
            date(YEAR, 12, 9),
            "special",
            "收镇拨2024年粮食生产社会化服务补助（代发）",
            inn=amount,
            payee=f"{town.name}财政所",
        )
        recs = [
            post(
                village,
                date(YEAR, 12, 11 + 2 * k),
                "special_out",
                f"代发2024年粮食生产社会化服务补助（第{k + 1}批农户）",
                out=round(amount / 2, 2) if k == 0 else round(amount - round(amount / 2, 2), 2),
                payee=f"农户一卡通代发（{village.full}第{k + 1}批）",
                slip="代发清单",
                remark="全镇12月统一结算，专款代发",
            )
            for k in range(2)
        ]
        world.look(village, "M31", "全镇12月统一结算代发农户补助").fact(got, *recs)


def l31_wage(world: World, v: Village, rng: random.Random) -> None:
    rec = post(
        v,
        date(YEAR, 12, 26),
        "wage",
        "发放村干部年度绩效报酬（镇考核兑现）",
        out=rng.randrange(18000, 30000, 100),
        payee="村干部（绩效表7人）",
        slip="工资表",
        remark="镇委考核文件兑现",
    )
    post(
        v,
        date(YEAR, 12, 19),
        "grant",
        "收拨付村干部年度绩效补助",
        inn=rec.out,
        payee=f"{v.town.name}财政所",
    )
    world.look(v, "M31", "年末按考核兑现绩效报酬").fact(rec)


def l33_meal(world: World, v: Village, rng: random.Random) -> None:
    made = new_shop(v, rng)
    text = rng.choice(
        (
            "付防汛值守人员盒饭款",
            "付换届选举计票工作餐",
            "付防火值班方便面矿泉水款",
            "付幸福食堂购米面油菜款",
        )
    )
    rec = post(
        v,
        day_in(rng),
        "public",
        text,
        out=fresh(v, made.name, 260, 980, 1),
        payee=made.name,
        remark="附值班表、就餐人员名单" if "食堂" not in text else "幸福食堂老人助餐",
    )
    world.look(v, "M33", text.removeprefix("付")).fact(rec)


def l33_elders(world: World, v: Village, rng: random.Random) -> None:
    made = new_shop(v, rng)
    text = rng.choice(
        ("付重阳节慰问80岁以上老人米面油款", "付春节走访困难群众慰问品款", "付六一儿童节文具礼品款")
    )
    month = 10 if "重阳" in text else 2 if "春节" in text else 6
    rec = post(
        v,
        workday(date(YEAR, month, 3 if month != 10 else 9)),
        "public",
        text,
        out=fresh(v, made.name, 1200, 2800, 10),
        payee=made.name,
        remark="附发放签收名单",
    )
    world.look(v, "M33", "节日慰问老人、困难群众，有签收名单").fact(rec)


def l34_wages(world: World, v: Village, rng: random.Random) -> None:
    who = rng.choice(workers(v))
    day = day_in(rng)
    rec = post(
        v,
        day,
        "labour",
        f"付{who.name}等{rng.randint(9, 14)}人秋季防火道清理工资",
        out=fresh(v, who.name, 5400, 8800, 60),
        payee=f"{who.name}等人",
        method="cash",
        slip="工资表",
        remark="附签字工资表",
    )
    world.look(v, "M34", "现金发放多人零工工资").fact(rec)


def l34_produce(world: World, v: Village, rng: random.Random) -> None:
    who = rng.choice(workers(v))
    rec = post(
        v,
        day_in(rng),
        "public",
        f"收购{who.name}家麦草用于覆盖苗木款",
        out=fresh(v, who.name, 1100, 2600, 20),
        payee=who.name,
        method="cash",
        remark="向农户个人收购农副产品",
    )
    world.look(v, "M34", "向个人收购农副产品").fact(rec)


def l36_late(world: World, v: Village, rng: random.Random) -> None:
    """On the bank at the end of a month, in the ledger some weeks later."""
    month = rng.randint(3, 9)
    amount = rng.randrange(3000, 9000) + 0.5
    book = post(
        v,
        workday(date(YEAR, month + 1, rng.randint(8, 18))),
        "rent",
        f"收{month}月份通信基站占地费",
        inn=amount,
        payee="中国铁塔股份有限公司临沂市分公司",
        remark=f"{month}月28日到账，回单下月取回",
        bank_date=workday(date(YEAR, month, 28)),
        bank_text="基站场租",
    )
    world.look(v, "M36", "银行先到账，几周后凭回单入账").fact(book)


def l36_holiday(world: World, v: Village, rng: random.Random) -> None:
    who = rng.choice([p for p in workers(v) if p not in v.memo["lessees"]])
    v.memo["lessees"].add(who)
    rec = post(
        v,
        date(YEAR, 9, 30),
        "rent",
        f"收{who.name}晒场使用费",
        inn=rng.randrange(900, 2400, 50),
        payee=who.name,
        method="cash",
        bank_after=8,
        remark="国庆假期后存行",
    )
    world.look(v, "M36", "假期前收的现金，节后全额存行").fact(rec)


def l37_order(world: World, v: Village, rng: random.Random) -> None:
    who = rng.choice(workers(v))
    rec = post(
        v,
        day_in(rng),
        "labour",
        "付清理村西垃圾点用工工资",
        out=fresh(v, who.name, 2300, 3900, 60),
        payee=who.name,
        method="cash",
        late_draw=True,
        slip="工资表",
    )
    world.look(v, "M37", "当天先记支出后记提现，日终余额为正").fact(rec)


def l38_void(world: World, v: Village, rng: random.Random) -> None:
    day = day_in(rng)
    rec = post(
        v,
        day,
        "office",
        "此号作废",
        out=0,
        payee="",
        slip="",
        remark="凭证打印错误作废，号码保留",
        attach=0,
    )
    rec.handler = rec.slip = ""
    world.look(v, "M38", "作废凭证保留号码").fact(rec)


def l56_spec(world: World, v: Village, rng: random.Random) -> None:
    item = rng.choice(("路灯", "垃圾桶", "座椅"))
    words = {
        "路灯": "（6米双臂，含基础安装）",
        "垃圾桶": "（不锈钢四分类，含亭）",
        "座椅": "（防腐木带靠背，含安装）",
    }[item]
    rec = buy(v, rng, item, item_price(v, item) * 2.1, day_in(rng), words)
    world.look(v, "M56", f"{item}规格不同{words}").fact(rec)


def l63_deposit(world: World, v: Village, rng: random.Random) -> None:
    made = rng.choice(
        [
            f
            for f in world.get("firm")
            if f.kind == "builder" and f.county == v.town.county and not f.busy
        ]
    )
    made.busy = True
    day, amount = day_in(rng, 3, 10), rng.choice((4000, 5000, 8000))
    one = post(v, day, "deposit", f"收{made.name[3:7]}投标保证金", inn=amount, payee=made.name)
    two = post(
        v,
        workday(day + timedelta(days=8)),
        "deposit",
        "退投标保证金（未中标）",
        out=amount,
        payee=made.name,
    )
    world.look(v, "M63", "投标保证金收后退还").fact(one, two)


def l63_agency(world: World, v: Village, rng: random.Random) -> None:
    amount = rng.randrange(80, 200) * 400
    who = "国家金库" if rng.random() < 0.5 else f"{v.town.name}医保经办点"
    one = post(
        v,
        date(YEAR, 11, 4),
        "deposit",
        "代收2025年度城乡居民医保费",
        inn=amount,
        payee="各户（医保代收）",
    )
    two = post(v, date(YEAR, 11, 11), "deposit", "上缴代收城乡居民医保费", out=amount, payee=who)
    world.look(v, "M63", "代收代缴医保费").fact(one, two)


def l63_mistake(world: World, v: Village, rng: random.Random) -> None:
    made = rng.choice(
        [f for f in world.get("firm") if f.kind == "farm" and f.county == v.town.county]
    )
    day, amount = day_in(rng, 3, 10), rng.randrange(6000, 24000, 50)
    one = post(v, day, "deposit", "误汇款项待退", inn=amount, payee=made.name)
    two = post(
        v,
        workday(day + timedelta(days=3)),
        "deposit",
        "退还误汇款项",
        out=amount,
        payee=made.name,
        remark="对方来函说明误汇",
    )
    world.look(v, "M63", "误汇款项原路退回").fact(one, two)


LOOKS: dict[str, list[Any]] = {
    "M31": [l31_wage, l31_town],
    "M33": [l33_meal, l33_elders],
    "M34": [l34_wages, l34_produce],
    "M36": [l36_late, l36_holiday],
    "M37": [l37_order],
    "M38": [l38_void],
    "M56": [l56_spec],
    "M63": [l63_deposit, l63_agency, l63_mistake],
}
