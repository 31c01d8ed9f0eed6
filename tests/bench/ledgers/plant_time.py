"""Planted cases about when, where and what for: year end, days off, posting, missing numbers, the bank."""

from datetime import date, timedelta

import words
from book import Gap, Village
from habits import holidays
from world import Vendor


def yearend_rush(v: Village) -> None:
    rng, year = v.rng, v.years[-1]
    key = rng.choice(["office", "publicity", "repair", "public", "welfare"])
    sellers = [
        v.fresh(trade)
        for trade in rng.sample(["office", "print", "shop", "build", "repair"], rng.randrange(1, 4))
    ]
    rows = []
    for _ in range(rng.randrange(9, 18)):
        sum_ = round(rng.lognormvariate(7.4, 0.5), rng.choice([0, 0, 2]))
        rows.append(
            v.buy(
                v.day(first=date(year, 12, 19), last=date(year, 12, 31)),
                rng.choice(words.VAGUE + words.REPAIRS[:3]),
                rng.choice(sellers),
                key,
                sum_,
            )
        )
    v.case("yearend_rush", "planted", [("m", f"{year}12"), *rows], f"12月下旬突击列支{len(rows)}笔")


def holiday_hosp(v: Village) -> None:
    rng = v.rng
    off = [d for year in v.years for d in holidays(year)]
    seller, rows, start = v.fresh("food"), [], rng.choice(off)
    for _ in range(rng.choice([1, 1, 2, 3])):
        when = min((d for d in off if d >= start), key=lambda d: d)
        rows.append(
            v.buy(
                when,
                rng.choice(words.MEALS),
                seller,
                "hosp",
                round(rng.uniform(1300, 4200)),
                invoiced=rng.random() < 0.7,
            )
        )
        start = rng.choice([d for d in off if abs((d - when).days) < 8])
    v.case("holiday_hosp", "planted", rows, "法定假日大额招待")


def wrong_account(v: Village) -> None:
    rng = v.rng
    key = rng.choice(["office", "meeting", "clean", "publicity", "repair", "public"])
    seller, rows, how = v.fresh("food"), [], rng.randrange(3)
    if how == 2:
        seller = v.fresh("shop")
    for _ in range(rng.randrange(1, 5)):
        what = (
            rng.choice(words.MEALS)
            if how == 0
            else rng.choice(["会务费", "用餐", "加班用餐费", "活动费"])
            if how == 1
            else rng.choice(words.GIFTS)
        )
        rows.append(
            v.buy(
                v.day(workday=0.9),
                what,
                seller,
                key,
                round(rng.uniform(500, 3500)),
                invoiced=rng.random() < 0.8,
            )
        )
    v.case("wrong_account", "planted", rows, f"吃喝列入其他科目，方式{how}")


def missing_voucher(v: Village) -> None:
    rng = v.rng
    gap = Gap(
        f"{rng.choice(v.years)}{rng.randrange(1, 13):02d}",
        rng.uniform(0.15, 0.9),
        rng.choice([1, 1, 1, 2, 3]),
    )
    v.gaps.append(gap)
    v.case("missing_voucher", "planted", [("v", gap)], "凭证断号")


def some_payment(v: Village):
    """An ordinary bank payment of weight that no case holds yet."""
    taken = {id(o) for _, _, objs, _ in v.truth for o in objs}
    pool = [
        e
        for e in v.entries
        if e.side == "支出"
        and e.method != "现金"
        and e.amount > 900
        and not e.group
        and not e.bank
        and id(e) not in taken
    ]
    return v.rng.choice(pool)


def bank_mismatch(v: Village) -> None:
    rng, how = v.rng, v.rng.randrange(4)
    if how == 1:
        who = rng.choice(v.roster)[0] if rng.random() < 0.6 else v.local("shop").name
        row = [v.day(workday=1.0), -round(rng.uniform(1500, 30000), rng.choice([0, 2])), who, None]
        v.extra_bank.append(row)
        v.case("bank_mismatch", "planted", [("b", row)], "银行付出而账上没有")
        return
    entry = some_payment(v)
    if how == 0:
        entry.bank["none"] = True
    elif how == 2:
        entry.bank["amount"] = round(
            entry.amount * rng.choice([0.7, 0.85, 1.2, 1.4]) + rng.randrange(40, 400), 2
        )
    else:
        entry.bank["to"] = rng.choice(v.roster)[0]
    v.case(
        "bank_mismatch",
        "planted",
        [entry, ("bank_of", entry)],
        ["账付银行无", "", "金额不同", "收款人不同"][how],
    )


def income_unrecorded(v: Village) -> None:
    rng = v.rng
    live = [
        (c, y)
        for c in v.contracts
        for y in v.years
        if c[5] <= y <= c[6] and (c[0], y) not in v.reserved and c[7] < 10
    ]
    if not live:
        return
    contract, year = rng.choice(live)
    for other in v.years if rng.random() < 0.3 else [year]:
        v.reserved.add((contract[0], other))
        v.case(
            "income_unrecorded",
            "planted",
            [("k", contract[0], other)],
            f"{contract[3]}{other}年无收款",
        )


def new_vendor(v: Village) -> None:
    rng, last = v.rng, v.years[-1]
    when = v.day(first=date(last, 3, 1), last=date(last, 11, 30), workday=1.0)
    seller: Vendor = v.local(
        rng.choice(["works", "machine", "build", "green", "print"]),
        when - timedelta(rng.randrange(8, 80)),
    )
    seller.listed = True
    v.vendors.setdefault("once", []).append(seller)
    rows = []
    for _ in range(rng.choice([1, 1, 2, 3])):
        what = rng.choice(words.JOBS[-6:])
        rows.append(
            v.buy(
                when,
                what,
                seller,
                rng.choice(["project", "public", "repair"]),
                round(rng.uniform(9000, 60000), rng.choice([0, -2])),
                method="转账",
            )
        )
        when += timedelta(rng.randrange(5, 40))
        when = min(when, date(last, 12, 28))
    v.case("new_vendor", "planted", [("p", seller.name), *rows], "新办企业即承接大额")
