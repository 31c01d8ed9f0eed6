"""What an honest village receives: grants, interest, odd sums, rents by contract."""

from datetime import date, timedelta

import words
from book import Village
from habits import next_workday
from world import person


def receipts(v: Village) -> None:
    rng = v.rng
    finance = v.town.name + "财政所"
    for year in v.years:
        for month in (3, 6, 9, 12):
            when = next_workday(date(year, month, rng.randrange(10, 26)))
            v.pay(
                when,
                "收村级运转经费补助",
                finance,
                "in_grant",
                rng.randrange(8, 40) * 1000,
                side="收入",
                method="转账",
                acct="371",
            )
            v.pay(
                date(year, month, 21),
                "收存款利息",
                "农村商业银行",
                "in_interest",
                rng.uniform(8, 300),
                side="收入",
                method="银行",
                acct="9",
            )
        for _ in range(rng.randrange(4, 12)):
            v.pay(
                v.day(first=date(year, 1, 5), last=date(year, 12, 20)),
                rng.choice(["收废品款", "收树木款", "收捐款", "收电费返还", "收场地费"]),
                rng.choice(v.people),
                "in_other",
                rng.uniform(80, 4000),
                side="收入",
            )


def rents(v: Village) -> None:
    """Contracts whose money comes as agreed; the year is paid around the due month."""
    rng = v.rng
    for number in range(rng.randrange(5, 13)):
        kind, low, high = rng.choice(words.RENTS)
        lessee = (
            person(rng, v.surnames)
            if rng.random() < 0.75
            else v.local(rng.choice(["agri", "green", "build"])).name
        )
        annual = round(rng.uniform(low, high), -2)
        start = rng.randrange(v.years[0] - 6, v.years[0] + 1)
        contract = (
            f"{v.id}-HT{number + 1:02d}",
            v.id,
            lessee,
            kind,
            annual,
            start,
            start + rng.choice([3, 5, 10, 15, 30]) + 6,
            rng.randrange(1, 11),
        )
        v.contracts.append(contract)


def collect(v: Village, skip: set) -> None:
    """Book the receipts of every contract-year that nobody reserved for a case."""
    rng = v.rng
    for ident, _, lessee, kind, annual, start, end, due in v.contracts:
        for year in v.years:
            if (ident, year) in skip or not start <= year <= end:
                continue
            when = date(year, due, 1) + timedelta(rng.randrange(-12, 45))
            parts = (
                [annual]
                if rng.random() < 0.88
                else [round(annual * 0.6), annual - round(annual * 0.6)]
            )
            for part in parts:
                when = min(next_workday(when), date(v.years[-1], 12, 30))
                v.pay(
                    when,
                    f"收{kind}费",
                    lessee,
                    "in_rent",
                    part,
                    side="收入",
                    method=rng.choice(["转账", "转账", "现金"]),
                )
                when += timedelta(rng.randrange(20, 60))
