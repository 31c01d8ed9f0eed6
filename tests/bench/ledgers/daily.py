"""What an honest village pays in its years."""

from datetime import date, timedelta

import words
from book import Village
from habits import next_workday
from income import receipts, rents
from world import person


def staff(v: Village) -> None:
    """Cadres, cleaners and keepers with terms; some leave, some come."""
    rng = v.rng
    for post in words.POSTS[: rng.randrange(5, 8)]:
        start = date(rng.choice([2018, 2021]), rng.randrange(1, 5), 1)
        name = person(rng, v.surnames)
        v.roster.append([name, post, start, None, v.account(name)])
    for _ in range(rng.randrange(3, 9)):
        name = person(rng, v.surnames)
        start = (
            date(v.years[0], rng.randrange(2, 9), 1)
            if rng.random() < 0.15
            else date(rng.randrange(2019, 2023), rng.randrange(1, 13), 1)
        )
        end = date(v.years[-1], rng.randrange(3, 11), 28) if rng.random() < 0.12 else None
        post = rng.choice(["保洁员", "保洁员", "护林员", "公益岗"])
        v.roster.append([name, post, start, end, v.account(name)])


def wages(v: Village) -> None:
    rng = v.rng
    rates = {
        post: rng.choice([500, 600, 750, 800, 1000, 1200])
        for post in ("保洁员", "护林员", "公益岗")
    }
    cadre = {
        name: rng.choice([1450, 1680, 1820, 2150, 2400, 2860])
        for name, post, *_ in v.roster
        if post in words.POSTS
    }
    for year in v.years:
        for month in range(1, 13):
            when = next_workday(date(year, month, rng.randrange(8, 13)))
            for name, post, start, end, acct in v.roster:
                if start > when or (end and end < when - timedelta(35)):
                    continue
                key, what, sum_ = (
                    ("pay", "村干部报酬", cadre[name])
                    if name in cadre
                    else ("wage", f"{post}工资", rates[post])
                )
                batch = f"{key}-{year}-{month}"
                v.pay(
                    when,
                    what,
                    name,
                    key,
                    sum_,
                    monthly=True,
                    acct=acct,
                    group=batch,
                    batch=batch if v.habit.batch_wages else None,
                    method="转账",
                )


def utilities(v: Village) -> None:
    rng, county = v.rng, v.town.name
    power, water, phone = (
        f"国网{county}供电所",
        f"{county}自来水站",
        rng.choice(["中国移动", "中国联通", "中国电信"]) + county + "营业厅",
    )
    level, plan = rng.uniform(300, 2200), rng.choice([99, 129, 199, 299])
    for year in v.years:
        for month in range(1, 13):
            when = next_workday(date(year, month, rng.randrange(14, 25)))
            for meter in ("村委电费", "路灯电费", "机井电费")[: rng.randrange(2, 4)]:
                v.pay(
                    when,
                    meter,
                    power,
                    "elec",
                    level * rng.uniform(0.4, 1.5),
                    monthly=True,
                    invoice=v.invoice(power, when),
                )
            v.pay(when, "水费", water, "elec", rng.uniform(40, 420), monthly=True)
            v.pay(when, "网络费", phone, "comm", plan, monthly=True, invoice=v.invoice(phone, when))
            if month % 3 == 0 or not v.habit.fee_sums:
                v.pay(
                    when,
                    "银行手续费",
                    "农村商业银行",
                    "fee",
                    rng.choice([5, 6.5, 10, 12.5, 20]),
                    method="银行",
                    acct="9",
                )


def shopping(v: Village) -> None:
    rng, span = v.rng, len(v.years)
    for _ in range(int(250 * v.size * span)):
        v.goods(v.day())
    zero = rng.random() < 0.3
    for _ in range(int((5 if zero else 34) * v.size * span)):
        seller = rng.choice(v.vendors["food"])
        v.buy(
            v.day(workday=0.86),
            rng.choice(words.MEALS),
            seller,
            "hosp",
            round(rng.lognormvariate(6.0, 0.55)),
            invoiced=rng.random() < 0.8,
        )
    for _ in range(int(60 * v.size * span)):
        seller, what = rng.choice(v.vendors["repair"]), rng.choice(words.REPAIRS)
        v.buy(
            v.day(),
            what,
            seller,
            "repair",
            round(rng.lognormvariate(6.5, 0.8), rng.choice([0, 0, 2])),
            invoiced=rng.random() < 0.85,
        )
    for _ in range(int(36 * v.size * span)):
        who = rng.choice([row[0] for row in v.roster if row[1] in words.POSTS])
        v.pay(v.day(), rng.choice(words.TRIPS), who, "travel", round(rng.lognormvariate(4.8, 0.6)))


def vague(v: Village) -> None:
    """Lazy summaries of honest payments: any seller, any sum, and small errands of the staff."""
    rng = v.rng
    sellers = [s for trade in v.vendors if trade != "food" for s in v.vendors[trade]]
    for _ in range(int(rng.choice([4, 12, 30]) * v.size * len(v.years))):
        what = rng.choice(words.VAGUE + words.JOBS)
        key = rng.choice(["office", "office", "publicity", "clean", "repair", "public", "welfare"])
        sum_ = round(rng.lognormvariate(6.7, 0.9), rng.choice([0, 0, 1, 2]))
        v.buy(v.day(), what, rng.choice(sellers), key, sum_, invoiced=rng.random() < 0.85)
    for _ in range(rng.randrange(1, 7) * len(v.years)):
        who = rng.choice([row[0] for row in v.roster if row[1] in words.POSTS])
        v.pay(
            v.day(),
            rng.choice(words.ERRANDS),
            who,
            "other",
            round(rng.lognormvariate(5.6, 0.7), -1),
        )


def labour(v: Village) -> None:
    rng = v.rng
    rate = rng.choice([80, 100, 120, 130])
    for _ in range(int(110 * v.size * len(v.years))):
        when, what = v.day(workday=0.5), rng.choice(words.LABOUR)
        for who in rng.sample(v.people, rng.randrange(1, 4)):
            days = rng.randrange(1, 9)
            v.pay(when, what + "用工", who, "clean", days * rate, quantity=(days, "天", rate))
    for _ in range(7 * len(v.years)):
        when, sum_ = v.day(workday=1.0), rng.choice([20, 30, 50])
        for who in rng.sample(v.people, rng.randrange(8, 20)):
            v.pay(when, "村民代表会议误工补贴", who, "meeting", sum_, group=f"m{when}")


def payouts(v: Village) -> None:
    """Land money to households and gifts to the old: many rows on a few days."""
    rng = v.rng
    households = [person(rng, v.surnames) for _ in range(int(110 * v.size))]
    price = rng.choice([800, 900, 1000, 1200])
    for year in v.years:
        when = next_workday(date(year, rng.choice([6, 10, 11]), rng.randrange(5, 26)))
        for who in households:
            area = round(rng.uniform(0.6, 6.5), 1)
            v.pay(
                when,
                "土地流转费",
                who,
                "land",
                area * price,
                quantity=(area, "亩", price),
                group=f"l{year}",
                method="转账",
            )
        for month, what in ((1, "春节慰问金"), (10, "重阳节慰问金")):
            sum_, when = (
                rng.choice([100, 200, 300]),
                next_workday(date(year, month, rng.randrange(8, 16))),
            )
            for who in rng.sample(households, min(len(households), rng.randrange(12, 35))):
                v.pay(when, what, who, "welfare", sum_, group=f"g{when}")


def projects(v: Village) -> None:
    """Works above the limit, by contract, in instalments."""
    rng = v.rng
    for _ in range(rng.randrange(1, 4) * len(v.years)):
        seller, what = rng.choice(v.vendors["works"]), rng.choice(words.WORKS)
        total, when = round(rng.lognormvariate(11.2, 0.8), -2), v.day(last=date(v.years[-1], 8, 30))
        parts = rng.choice([(0.3, 0.5, 0.17, 0.03), (0.4, 0.57, 0.03), (0.97, 0.03), (0.5, 0.5)])
        names = (
            ["首付款", "进度款", "结算款", "质保金"]
            if len(parts) == 4
            else ["进度款", "结算款", "质保金"][: len(parts)]
        )
        for share, name in zip(parts, names, strict=True):
            if when.year <= v.years[-1]:
                note = rng.choice(["", "中标价付款", "按合同", "附审计报告"])
                v.buy(
                    when,
                    what + name,
                    seller,
                    "project",
                    round(total * share, 2),
                    note=note,
                    method="转账",
                )
            when = next_workday(when + timedelta(rng.randrange(25, 110)))


def live(v: Village) -> None:
    staff(v)
    for stream in (wages, utilities, shopping, vague, labour, payouts, projects, receipts, rents):
        stream(v)
    if v.habit.withdrawals:
        for _ in range(v.rng.randrange(2, 6) * len(v.years)):
            v.extra_bank.append(
                [
                    v.day(workday=1.0),
                    -float(v.rng.randrange(1, 6) * 1000),
                    v.rng.choice(["现金支取", "备用金"]),
                    None,
                ]
            )
