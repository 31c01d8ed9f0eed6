"""Planted problems in the ledger, second part: M31 M36 M37 M38 M56 M63."""

from __future__ import annotations

import itertools
import random
from datetime import date, timedelta

import pick
from leases import contract
from money import fresh, post, workday, workers
from money_close import word_of
from plant_money import YEAR, day_in, new_shop
from records import Rec, Village, World

# item: (summary with {n} pieces and {p} price, low n, high n, fair price)
ITEMS = {
    "垃圾桶": ("付购240升垃圾桶{n}个×{p}元", 12, 30, 128),
    "路灯": ("付购太阳能路灯{n}盏，单价{p}元", 3, 6, 760),
    "树苗": ("付购胸径5公分白蜡{n}棵@{p}", 20, 60, 46),
    "水泥": ("付购425水泥{n}吨，每吨{p}元", 4, 10, 385),
    "座椅": ("付购休闲座椅{n}把×{p}元", 4, 9, 310),
}


def item_price(v: Village, item: str) -> float:
    rng = random.Random(f"{v.town.name}/{item}")
    return ITEMS[item][3] * rng.uniform(0.95, 1.05)


def buy(
    v: Village, rng: random.Random, item: str, price: float, day: date, remark: str = ""
) -> Rec:
    text, low, high, _ = ITEMS[item]
    made = new_shop(v, rng)
    n = rng.randint(low, high)
    price = round(price)
    limit = 2900 if price < ITEMS[item][3] * 1.4 else 99999
    while n * price > limit:
        n -= 1
    n = max(n, 2)
    return post(
        v,
        day,
        "public",
        text.format(n=n, p=price) + remark,
        out=n * price,
        payee=made.name,
        remark=remark,
    )


def peer_purchases(world: World) -> None:
    """Every village buys two or three of the five items at the town's price, so that prices can be compared."""
    for town in world.towns:
        for k, v in enumerate(town.villages):
            rng = random.Random(f"{world.seed}/buy/{v.code}")
            for j, item in enumerate(ITEMS):
                if (j + k) % 5 != 4:
                    buy(
                        v,
                        rng,
                        item,
                        item_price(v, item) * rng.uniform(0.95, 1.06),
                        workday(date(YEAR, 2 + j * 2, rng.randint(3, 24))),
                    )


def m56_price(world: World, v: Village, rng: random.Random) -> None:
    item = rng.choice(list(ITEMS))
    factor = rng.uniform(1.8, 2.6)
    rec = buy(v, rng, item, item_price(v, item) * factor, day_in(rng))
    world.problem(v, "M56", f"{item}采购单价约为同镇其他村的{factor:.1f}倍").fact(rec)


def m31_rush(world: World, v: Village, rng: random.Random) -> None:
    texts = (
        "付村庄整治材料款",
        "付广告牌更换款",
        "付会议室装修款",
        "付道路清障机械费",
        "付办公设备款",
        "付便民服务点改造款",
        "付绿地补植款",
        "付墙体美化款",
    )
    recs: list[Rec] = []
    spent = [r for r in v.get("flow") if r.date.year == YEAR and r.out]
    total = sum(r.out for r in spent)
    each = (0.47 * total - sum(r.out for r in spent if r.date.month == 12)) / 0.53 / len(texts)
    post(
        v,
        date(YEAR, 11, 28),
        "special",
        "收镇拨村级公益事业建设补助",
        inn=round(each * len(texts), -3),
        payee=f"{v.town.name}财政所",
    )
    for k, text in enumerate(texts):
        made = new_shop(v, rng) if k < 6 else recs[k - 6].shop
        day = workday(date(YEAR, 12, 3 + 3 * k))
        recs.append(
            post(
                v,
                day,
                "public",
                text,
                out=fresh(v, made.name, round(each * 0.85), round(each * 1.2), 37),
                payee=made.name,
                shop=made,
            )
        )
    world.problem(v, "M31", "12月集中列支8笔，占全年支出比重畸高").fact(*recs)


def m36_till(world: World, v: Village, rng: random.Random) -> None:
    """Cash received and spent at once, never banked."""
    who = rng.choice([p for p in workers(v) if p not in v.memo["lessees"]])
    v.memo["lessees"].add(who)
    day = day_in(rng, 3, 10)
    got = post(
        v,
        day,
        "rent",
        rng.choice(
            (f"收{who.name}杨树款", f"收{who.name}晒场使用费", f"收{who.name}空闲宅基占用费")
        ),
        inn=rng.randrange(2400, 5200, 50),
        payee=who.name,
        method="cash",
        keep_cash=True,
    )
    rest, spent = got.inn, []
    for k in range(3):
        helper = rng.choice([p for p in workers(v) if p is not who])
        part = round(rest / 3 / 10) * 10 if k < 2 else rest - sum(s.out for s in spent)
        spent.append(
            post(
                v,
                workday(day + timedelta(days=k + 1)),
                "labour",
                f"付{helper.name}清理杂物等用工费",
                out=part,
                payee=helper.name,
                method="cash",
                from_till=True,
            )
        )
    world.problem(v, "M36", "现金收入未存银行，几天内直接用于支出").fact(got, *spent)


def m36_bank(world: World, v: Village, rng: random.Random) -> None:
    """The bank shows an inflow the ledger never books (only towns that hand in statements)."""
    amount = rng.choice((8600, 12500, 16800, 23400)) + rng.randrange(0, 99)
    who = rng.choice(
        ("国家电网汶南供电公司（光伏电费）", "高速公路占地补偿专户", f"{v.town.name}石料厂")
    )
    line = v.add(
        "bank_only",
        Rec(
            date=day_in(rng, 3, 9),
            change=amount,
            who=who,
            text="占地费" if "占地" in who else "转账",
            order=0,
        ),
    )
    world.problem(v, "M36", "银行流水有收款，账上无对应收入").fact(line)


def m36_rent(world: World, v: Village, rng: random.Random) -> None:
    """The register says the rent was received, the ledger has no such receipt."""
    who = pick.resident(v, rng, 1962, 1985, "男")
    rec = contract(
        v,
        "机动地",
        round(rng.uniform(490, 560)),
        round(rng.uniform(7, 16), 1),
        date(2022, rng.randint(2, 9), 1),
        6,
        who,
        object="苇塘边机动地",
        remark="已收现金",
    )
    world.problem(v, "M36 M45", "合同台账登记租金已收，账上没有这笔收入").fact(rec)


def m37_cash(world: World, v: Village, rng: random.Random) -> None:
    """Cash spent that the till did not hold: the book shows a negative cash balance for days."""
    used = sorted(r.date for r in v.get("flow") if r.method != "bank" and r.date.year == YEAR)
    gaps = [a for a, b in itertools.pairwise(used) if (b - a).days >= 7 and a.month < 12]
    day = rng.choice(gaps) + timedelta(days=1)
    who = rng.choice(workers(v))
    rec = post(
        v,
        workday(day),
        "labour",
        "付抢修道路用工工资",
        out=fresh(v, who.name, 5200, 7900, 60),
        payee=who.name,
        method="cash",
        overdraw=True,
        slip="工资表",
    )
    v.memo["overdrawn"] = True
    world.problem(v, "M37", "现金余额出现负数多日").fact(rec)


def m38_gap(world: World, v: Village, rng: random.Random) -> None:
    """Two or three numbers are missing inside a month."""
    item = world.problem(v, "M38", "凭证号中间缺号")
    v.memo["gap"] = (item, "gap", rng.randint(3, 10), rng.randint(2, 3))


def m38_twin(world: World, v: Village, rng: random.Random) -> None:
    item = world.problem(v, "M38", "同一凭证号用于两笔不同业务")
    v.memo["gap"] = (item, "twin", rng.randint(3, 10), 0)


def mark_gaps(v: Village) -> None:
    """Called when the order of the ledger is known: set the skip or the repeat and tag its neighbours."""
    item, how, month, size = v.memo.get("gap", (None, "", 0, 0))
    if item:
        rows = [r for r in v.tables["flow"] if r.date.year == YEAR and r.date.month == month]
        if v.town.style == "sheets":
            rows = [r for r in rows if word_of(r) == "银付"]
        before, after = next(
            (a, b) for a, b in itertools.pairwise(rows) if not a.facts and not b.facts
        )
        if how == "gap":
            after.skip = size
        else:
            after.same = True
        item.fact(before, after)


def m63_round_trip(world: World, v: Village, rng: random.Random) -> None:
    made = rng.choice(
        [
            f
            for f in world.get("firm")
            if f.kind in ("farm", "builder")
            and f.county == v.town.county
            and not f.busy
            and all(c.party is not f for c in v.get("contract"))
        ]
    )
    made.busy = True
    day = day_in(rng, 3, 10)
    amount = rng.choice((30000, 50000, 60000, 80000, 100000))
    got = post(
        v,
        day,
        "rent",
        rng.choice(("收服务收入", "收农业社会化服务费", "收居间服务收入")),
        inn=amount,
        payee=made.name,
    )
    back = post(
        v,
        workday(day + timedelta(days=rng.randint(2, 5))),
        "office",
        rng.choice(("付服务费", "付劳务外包费", "付咨询费")),
        out=amount,
        payee=made.name,
    )
    world.problem(v, "M63", "收入入账后几天内同额付回同一单位").fact(got, back)


PLANTS = {
    "M31": [m31_rush],
    "M36": [m36_till, m36_bank, m36_rent],
    "M37": [m37_cash],
    "M38": [m38_gap, m38_twin],
    "M56": [m56_price],
    "M63": [m63_round_trip],
}
