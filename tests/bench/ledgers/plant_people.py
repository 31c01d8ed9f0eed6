"""Planted cases about people: pay for nobody, firms of the cadres' own."""

from datetime import date

import words
from book import Village
from habits import next_workday
from world import person


def ghost_wages(v: Village) -> None:
    rng, how = v.rng, v.rng.randrange(3)
    post, year = rng.choice(["保洁员", "护林员", "公益岗"]), rng.choice(v.years)
    usual = [e.amount for e in v.entries if e.key == "wage" and post in e.summary]
    rate = usual[0] if usual else rng.choice([500, 600, 800, 1000])
    first, last = 1, 12
    workers = [row for row in v.roster if row[1] == post and not row[3]]
    if how == 1 and workers:  # left, still paid
        row = rng.choice(workers)
        gone = rng.randrange(2, 6)
        row[3], who, acct = date(year, gone, 28), row[0], row[4]
        rows = [e for e in v.entries if e.key == "wage" and e.payee == who and e.when > row[3]]
        if len(rows) >= 5:
            v.case("ghost_wages", "planted", [("p", who), *rows], "离岗后仍领工资")
            return
    who = person(rng, v.surnames)
    acct = rng.choice(v.roster)[4] if how == 2 else v.account(who)
    if how == 2:
        v.roster.append([who, post, date(2021, 3, 1), None, acct])
        v.accounts[who] = acct
    rows, first = [], rng.randrange(1, 5)
    for month in range(first, last + 1):
        when = next_workday(date(year, month, rng.randrange(8, 13)))
        batch = f"wage-{year}-{month}"
        rows.append(
            v.pay(
                when,
                f"{post}工资",
                who,
                "wage",
                rate,
                monthly=True,
                acct=acct,
                group=batch,
                batch=batch if v.habit.batch_wages else None,
                method="转账",
            )
        )
    v.case(
        "ghost_wages", "planted", [("p", who), *rows], "与他人同一账户" if how == 2 else "不在名册"
    )


def related_payee(v: Village) -> None:
    rng, how = v.rng, v.rng.randrange(3)
    trade = rng.choice(["shop", "build", "repair", "machine", "green", "print"])
    seller = v.local(trade)
    v.used.add(seller.name)
    cadre = rng.choice([row for row in v.roster if row[1] in words.POSTS])
    seller.listed = True
    if how == 2:
        seller.acct = cadre[4]
        seller.listed = rng.random() < 0.5
    else:
        seller.rep = cadre[0]
    v.vendors.setdefault("own", []).append(seller)
    items, rows = [g for g in words.GOODS if g[0] == trade], []
    for _ in range(rng.randrange(8, 26)):
        rows.append(v.goods(v.day(), rng.choice(items), seller=seller))
    v.case(
        "related_payee",
        "planted",
        [("p", seller.name), *rows],
        "账户为干部本人" if how == 2 else "法定代表人为村干部",
    )
