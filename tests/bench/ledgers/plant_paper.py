"""Planted cases about invoices and limits: paid twice, cut up, kept just under, inflated."""

from datetime import date, timedelta

import words
from book import Village
from habits import next_workday
from world import person


def misspelt(v: Village, name: str) -> str:
    """The same seller with one character gone or wrong."""
    at = v.rng.randrange(1, len(name) - 1)
    return (
        name[:at] + name[at + 1 :]
        if v.rng.random() < 0.5
        else name[:at] + v.rng.choice("宏弘鑫欣源原信新") + name[at + 1 :]
    )


def swapped(number: str) -> str:
    at = len(number) - 3
    return number[:at] + number[at + 1] + number[at] + number[at + 2 :]


def first_bill(v: Village, when: date):
    """A purchase or repair of some size, as any other."""
    if v.rng.random() < 0.6:
        item = v.rng.choice([g for g in words.GOODS if g[3] > 20])
        return v.goods(when, item, seller=v.fresh(item[0]))
    seller = v.fresh("repair")
    return v.buy(
        when, v.rng.choice(words.REPAIRS), seller, "repair", round(v.rng.uniform(600, 6000), 2)
    )


def duplicate(v: Village) -> None:
    rng = v.rng
    first = first_bill(v, v.day(last=date(v.years[-1], 10, 30)))
    again = next_workday(first.when + timedelta(rng.randrange(3, 60)))
    payee, acct, invoice, text, how = (
        first.payee,
        first.acct,
        first.invoice,
        first.summary,
        rng.randrange(5),
    )
    if how == 1 and invoice:
        invoice = swapped(invoice)
    elif how == 2:
        invoice, payee = None, misspelt(v, payee)
    elif how == 3:
        invoice, payee = None, rng.choice(v.roster)[0]
        acct = v.account(payee)
    elif how == 4:
        invoice = None
    second = v.add(again, first.amount, payee, first.key, text, acct=acct, invoice=invoice)
    v.case("duplicate", "planted", [first, second], f"同一张票付两次，方式{how}")


def split(v: Village) -> None:
    rng, limit = v.rng, v.limit
    seller = v.fresh(rng.choice(["build", "repair", "works", "machine", "print", "green"]))
    count, start = rng.randrange(2, 6), v.day()
    what = rng.choice(words.JOBS[:7])
    key = rng.choice(["repair", "public", "project"])
    places = rng.choice([[""] * 6, ["东段", "西段", "南段", "北段", "中段", "支线"], [""] * 6])
    rows, when = [], start
    for number in range(count):
        sum_ = limit * rng.uniform(0.62, 0.99)
        sum_ = round(sum_, rng.choice([0, 0, 2, -1]))
        rows.append(v.buy(when, places[number] + what, seller, key, min(sum_, limit - 5)))
        when = next_workday(when + timedelta(rng.choice([0, 0, 1, 1, 2])))
    v.case("split", "planted", rows, f"一项工作拆成{count}笔，限额{limit}")


def below_limit(v: Village) -> None:
    rng, limit = v.rng, v.limit
    seller = v.fresh(rng.choice(["build", "repair", "shop", "machine", "office", "print"]))
    rows, year = [], rng.choice(v.years)
    for _ in range(rng.randrange(5, 11)):
        sum_ = round(limit * rng.uniform(0.952, 0.999), rng.choice([0, 0, 2]))
        when = v.day(first=date(year, 1, 5), last=date(year, 12, 15))
        rows.append(
            v.buy(
                when,
                rng.choice(words.VAGUE + words.REPAIRS),
                seller,
                rng.choice(["repair", "office", "public"]),
                sum_,
            )
        )
    v.case("below_limit", "planted", [("p", seller.name), *rows], f"全年紧贴限额{limit}")


def fake_invoices(v: Village) -> None:
    """Sums thought up by a person: one band, few round ones, no quantities, one seller."""
    rng = v.rng
    seller = v.fresh(rng.choice(["office", "shop", "print", "build", "repair", "green"]))
    low = rng.choice([380, 620, 900, 1300, 2100])
    if low < v.limit < low * 2:
        low = v.limit * 0.4
    wide, year, rows = rng.uniform(0.12, 0.3), rng.choice(v.years), []
    numbers = v.invoices.setdefault(seller.name, rng.randrange(10**6, 9 * 10**7))
    running = rng.random() < 0.5
    for n in range(rng.randrange(10, 20)):
        sum_ = round(low * (1 + wide * rng.random())) + rng.choice([0, 0, 0.5, 0.8])
        when = v.day(first=date(year, 1, 5), last=date(year, 12, 20))
        invoice = f"{numbers + n + 1:08d}" if running else None
        rows.append(
            v.buy(
                when,
                rng.choice(words.VAGUE),
                seller,
                rng.choice(["office", "publicity", "clean"]),
                sum_,
                invoice=invoice,
            )
        )
    v.case(
        "fake_invoices",
        "planted",
        [("p", seller.name), *rows],
        "金额集中在一段、无数量" + ("、票号相连" if running else ""),
    )


def price_inflation(v: Village) -> None:
    rng = v.rng
    item = rng.choice([g for g in words.GOODS if g[3] > 10])
    seller, times, rows = v.fresh(item[0]), rng.uniform(1.5, 2.6), []
    for _ in range(rng.choice([1, 1, 2, 3])):
        rows.append(
            v.goods(
                v.day(),
                item,
                seller=seller,
                times=times * rng.uniform(0.98, 1.02),
                count=max(item[4], int(item[5] * rng.uniform(0.3, 1))),
            )
        )
    v.case("price_inflation", "planted", rows, f"{item[1]}单价约为同县{times:.2f}倍")


def round_sum(v: Village) -> None:
    rng = v.rng
    who = rng.choice(v.roster)[0] if rng.random() < 0.7 else person(rng, v.surnames)
    what = rng.choice(words.ERRANDS)
    sum_ = rng.choice([2000, 3000, 5000, 6000, 8000, 10000, 20000, 30000])
    row = v.pay(
        v.day(workday=0.9),
        what,
        who,
        rng.choice(["other", "other", "public", "office", "travel"]),
        sum_,
        method=rng.choice(["现金", "转账"]),
    )
    v.case("round_sum", "planted", [row], "无票整数大额")
