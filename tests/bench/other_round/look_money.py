"""Innocent look-alikes in the ledger: M02 M07 M27 M28 M31 M33 M34 M36 M37 M38 M56 M63."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import firms
import pick
from money import fresh, post, workday, workers
from plant_money import YEAR, day_in, new_shop
from plant_money2 import buy, item_price
from records import Village, World


def l02_wage(world: World, v: Village, rng: random.Random) -> None:
    boss = v.get("cadre")[rng.choice((5, 6))]
    boss.used = (boss.used or 0) + 1
    rec = post(
        v,
        day_in(rng),
        "labour",
        rng.choice(("付{n}防火值班误工补贴", "付{n}参加培训误工补助")).format(n=boss.name),
        out=fresh(v, boss.name, 200, 600, 20),
        payee=boss.name,
        method="cash",
    )
    world.look(v, "M02", "村干部本人的误工补贴").fact(rec).seen_in(boss)


def l02_refund(world: World, v: Village, rng: random.Random) -> None:
    boss = pick.cadre(v, rng)
    rec = post(
        v,
        day_in(rng),
        "office",
        f"{boss.name}报销垫付订阅报刊费",
        out=fresh(v, boss.name, 380, 1180, 4),
        payee=boss.name,
        remark="附邮政公司发票，本人垫付",
        slip="增值税普通发票",
    )
    world.look(v, "M02", "村干部垫付后凭邮政发票报销").fact(rec).seen_in(boss)


def l02_namesake(world: World, v: Village, rng: random.Random) -> None:
    boss = pick.cadre(v, rng)
    other = pick.namesake(world, v, boss.person, rng)
    made = firms.firm(
        world,
        v.town.county,
        world.mint.shop(v.town.name, "灯具店"),
        other,
        rng,
        kind="shop",
        town="集镇",
    )
    rec = post(
        v,
        day_in(rng),
        "public",
        "付购灯泡开关款",
        out=fresh(v, made.name, 300, 1500, 1),
        payee=made.name,
    )
    world.look(v, "M02", "供货门店经营者与村干部同名，证件号不同").fact(rec).seen_in(made, boss)


def l02_quotes(world: World, v: Village, rng: random.Random) -> None:
    boss, who, ctx = pick.kin(v, rng)
    made = firms.firm(
        world,
        v.town.county,
        world.mint.shop(v.town.name, "农机配件店"),
        who,
        rng,
        kind="shop",
        town="集镇",
    )
    rec = post(
        v,
        day_in(rng),
        "public",
        "付抽水机配件款",
        out=fresh(v, made.name, 500, 1900, 1),
        payee=made.name,
        remark=f"三家比价最低，{boss.name}回避，会议记录第{rng.randint(3, 30)}号",
    )
    world.look(v, "M02", "亲属门店供货，三家比价最低且回避").fact(rec).seen_in(made, *ctx)


def l07_repaid(world: World, v: Village, rng: random.Random) -> None:
    boss = pick.cadre(v, rng)
    one = post(
        v,
        day_in(rng),
        "loan",
        f"{boss.name}预支外出考察差旅费",
        out=rng.choice((2000, 3000, 4000)),
        payee=boss.name,
        slip="借条",
    )
    two = post(
        v,
        workday(one.date + timedelta(days=rng.randint(6, 15))),
        "loan",
        f"{boss.name}报销差旅费冲预支款退回",
        inn=one.out,
        payee=boss.name,
    )
    world.look(v, "M07", "差旅预支，半月内结清").fact(one, two).seen_in(boss)


def l07_petty(world: World, v: Village, rng: random.Random) -> None:
    clerk = v.get("cadre")[4]
    month = rng.randint(2, 9)
    one = post(
        v,
        workday(date(YEAR, month, 5)),
        "loan",
        f"报账员{clerk.name}领备用金",
        out=2000,
        payee=clerk.name,
        slip="借条",
        remark="镇核定备用金限额2000元",
    )
    two = post(
        v,
        workday(date(YEAR, month, 26)),
        "loan",
        f"报账员{clerk.name}交回备用金",
        inn=2000,
        payee=clerk.name,
    )
    world.look(v, "M07", "报账员备用金当月交回").fact(one, two).seen_in(clerk)


def l27_reversal(world: World, v: Village, rng: random.Random) -> None:
    made = new_shop(v, rng)
    one = post(
        v,
        day_in(rng, 2, 9),
        "public",
        "付制作安装指路牌款",
        out=fresh(v, made.name, 700, 2800, 1),
        payee=made.name,
    )
    two = post(
        v,
        workday(one.date + timedelta(days=9)),
        "public",
        "冲销：付制作安装指路牌款（科目错）",
        out=-one.out,
        payee=made.name,
        slip="红字凭证",
        remark=f"红字冲销{one.date.month}月凭证",
    )
    three = post(
        v,
        two.date,
        "office",
        "付制作安装指路牌款（更正）",
        out=one.out,
        payee=made.name,
        invoice=one.invoice,
    )
    world.look(v, "M27", "红字冲销后重新入账").fact(one, two, three)


def l27_periodic(world: World, v: Village, rng: random.Random) -> None:
    who = rng.choice(workers(v))
    amount = fresh(v, who.name, 400, 1100, 50)
    recs = [
        post(
            v,
            workday(date(YEAR, m, 28 if m != 2 else 27)),
            "labour",
            rng.choice((f"付{m}月份公厕保洁工资", f"付{who.name}{m}月公厕看管费")),
            out=amount,
            payee=who.name,
            method="cash",
        )
        for m in range(1, 13)
    ]
    world.look(v, "M27 M34", "按月固定的公厕保洁工资").fact(*recs)


def l27_parts(world: World, v: Village, rng: random.Random) -> None:
    made = new_shop(v, rng)
    amount = fresh(v, made.name, 1200, 2600, 100)
    start = day_in(rng, 2, 7)
    recs = [
        post(
            v,
            workday(start + timedelta(days=40 * k)),
            "public",
            f"付村志编印费第{k + 1}期",
            out=amount,
            payee=made.name,
            remark="合同约定分三期等额支付",
        )
        for k in range(3)
    ]
    world.look(v, "M27", "合同分三期等额付款").fact(*recs)


def l27_plots(world: World, v: Village, rng: random.Random) -> None:
    who = rng.choice(workers(v))
    day, amount = day_in(rng), fresh(v, who.name, 600, 1800, 60)
    recs = [
        post(
            v,
            day,
            "labour",
            f"付修路占地青苗补偿（{plot}）",
            out=amount,
            payee=who.name,
            remark=f"{plot}{rng.choice((0.4, 0.6))}亩",
        )
        for plot in ("东洼地块", "机耕路南地块")
    ]
    world.look(v, "M27", "同一户两个不同地块的补偿").fact(*recs)


def l27_bounced(world: World, v: Village, rng: random.Random) -> None:
    made = new_shop(v, rng)
    one = post(
        v,
        day_in(rng, 2, 9),
        "office",
        "付购档案盒卷皮款",
        out=fresh(v, made.name, 500, 1900, 1),
        payee=made.name,
    )
    back = post(
        v,
        workday(one.date + timedelta(days=3)),
        "office",
        "退汇：账号有误，款项退回",
        inn=one.out,
        payee=made.name,
        remark="银行退票",
    )
    two = post(
        v,
        workday(back.date + timedelta(days=4)),
        "office",
        "重付购档案盒卷皮款",
        out=one.out,
        payee=made.name,
        invoice=one.invoice,
    )
    world.look(v, "M27", "银行退票后重付").fact(one, back, two)


def l28_staged(world: World, v: Village, rng: random.Random) -> None:
    made = new_shop(v, rng)
    start = day_in(rng, 3, 9)
    recs = [
        post(
            v,
            workday(start + timedelta(days=3 * k)),
            "public",
            f"付换届选举物资款第{k + 1}批",
            out=fresh(v, made.name, 3100, 4700, 10),
            payee=made.name,
            remark=f"村民代表会议决议总额9800元，合同分批交货，第{k + 1}批验收单",
        )
        for k in range(2)
    ]
    world.look(v, "M28", "经村民代表会议决议的合同分批交货付款").fact(*recs)


def l28_labour(world: World, v: Village, rng: random.Random) -> None:
    day = day_in(rng)
    people = rng.sample(workers(v), 3)
    recs = [
        post(
            v,
            day,
            "labour",
            f"付{p.name}防汛抢险误工工资",
            out=fresh(v, p.name, 3000, 3600, 40),
            payee=p.name,
            method="cash",
            slip="工资表",
            remark=f"{p.name}个人出工{rng.randint(20, 26)}天",
        )
        for p in people
    ]
    world.look(v, "M28 M34", "不同人员各自的出工工资").fact(*recs)


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
    "M02": [l02_wage, l02_refund, l02_namesake, l02_quotes],
    "M07": [l07_repaid, l07_petty],
    "M27": [l27_reversal, l27_periodic, l27_parts, l27_plots, l27_bounced],
    "M28": [l28_staged, l28_labour],
    "M31": [l31_wage, l31_town],
    "M33": [l33_meal, l33_elders],
    "M34": [l34_wages, l34_produce],
    "M36": [l36_late, l36_holiday],
    "M37": [l37_order],
    "M38": [l38_void],
    "M56": [l56_spec],
    "M63": [l63_deposit, l63_agency, l63_mistake],
}
