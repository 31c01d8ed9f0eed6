"""Innocent look-alikes in the ledger: M02 M07 M27 M28 M31 M33 M34 M36 M37 M38 M56 M63."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import firms
import pick
from money import fresh, post, workday, workers
from plant_money import YEAR, day_in, new_shop
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


LOOKS: dict[str, list[Any]] = {
    "M02": [l02_wage, l02_refund, l02_namesake, l02_quotes],
    "M07": [l07_repaid, l07_petty],
    "M27": [l27_reversal, l27_periodic, l27_parts, l27_plots, l27_bounced],
    "M28": [l28_staged, l28_labour],
}
