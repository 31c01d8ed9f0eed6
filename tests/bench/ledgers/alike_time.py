"""Honest payments that look like planted ones: dates, posting, numbering, the bank, contracts."""

from datetime import date, timedelta

import words
from book import Gap, Village
from habits import MADE_UP, holidays, next_workday
from plant_time import some_payment
from world import person


def settlement(v: Village) -> None:
    """Suppliers' running accounts settled before the year closes; whole townships do it."""
    rng, year, rows = v.rng, v.years[-1], []
    for trade in rng.sample(["shop", "build", "repair", "machine", "food", "print"], 4):
        for seller in v.vendors[trade][:2]:
            when = v.day(first=date(year, 12, 19), last=date(year, 12, 31), workday=1.0)
            what = rng.choice(["年终结算", "结清全年欠款", "对账后付清", "年底清账"])
            rows.append(
                v.buy(
                    when,
                    what,
                    seller,
                    rng.choice(["repair", "office"]),
                    round(rng.lognormvariate(7.6, 0.6), 2),
                )
            )
    v.case("yearend_rush", "lookalike", [("m", f"{year}12"), *rows], "年终与供货户结算")


def winter_gifts(v: Village) -> None:
    """Coal and gifts for poor households in the last days of December."""
    rng, year, rows = v.rng, v.years[-1], []
    when, sum_ = next_workday(date(year, 12, rng.randrange(20, 29))), rng.choice([200, 300, 500])
    for who in rng.sample(v.people, rng.randrange(12, 25)):
        rows.append(
            v.pay(
                when,
                rng.choice(["困难户取暖补助", "元旦走访慰问金"]),
                who,
                "welfare",
                sum_,
                group=f"w{when}",
            )
        )
    v.case("yearend_rush", "lookalike", [("m", f"{year}12"), *rows], "年底困难户补助发放")


def duty_meals(v: Village) -> None:
    """Meals of those on duty on days off: cheap, named, or in the flood."""
    rng, rows, seller = v.rng, [], v.fresh("food")
    off = [d for year in v.years for d in holidays(year)]
    what = rng.choice(["值班用餐", "防火值班盒饭", "劝返点值守用餐", "文艺演出人员用餐"])
    for when in rng.sample(off, rng.randrange(1, 4)):
        rows.append(
            v.buy(
                when,
                what,
                seller,
                "hosp",
                round(rng.uniform(150, 1500)),
                note=rng.choice([f"{rng.randrange(6, 30)}人", "", "附值班表"]),
            )
        )
    v.case("holiday_hosp", "lookalike", rows, "假日值班用餐")


def made_up_day(v: Village) -> None:
    """Hospitality on a weekend day worked instead of a holiday."""
    days = [d for d in MADE_UP if d.year in v.years]
    row = v.buy(
        v.rng.choice(sorted(days)),
        v.rng.choice(words.MEALS),
        v.fresh("food"),
        "hosp",
        round(v.rng.uniform(1200, 3000)),
    )
    v.case("holiday_hosp", "lookalike", [row], "调休上班日接待")


def workers_food(v: Village) -> None:
    """Food for works or for the old, rightly not under hospitality."""
    rng, seller = v.rng, v.fresh("food")
    what, key = rng.choice(
        [
            ("老年食堂用餐补助", "welfare"),
            ("重阳节老人聚餐", "welfare"),
            ("清淤民工盒饭", "clean"),
            ("防汛抢险人员盒饭", "public"),
            ("敬老日宴席", "welfare"),
        ]
    )
    rows = [
        v.buy(v.day(), what, seller, key, round(rng.uniform(400, 3000)))
        for _ in range(rng.randrange(1, 4))
    ]
    v.case("wrong_account", "lookalike", rows, "民工、老人用餐列公益支出")


def festival_goods(v: Village) -> None:
    """Goods for the old or the needy before a festival: the words of gifts, the right account."""
    rng, seller, year = v.rng, v.fresh("shop"), v.rng.choice(v.years)
    month, who = rng.choice(
        [(1, "春节慰问困难户"), (9, "中秋慰问老党员"), (10, "重阳节慰问老人"), (1, "慰问军属")]
    )
    rows = []
    for _ in range(rng.randrange(1, 4)):
        what = who + rng.choice(["牛奶", "水果礼盒", "白酒", "米面油", "茶叶礼盒"])
        when = v.day(first=date(year, month, 5), last=date(year, month, 27))
        rows.append(v.buy(when, what, seller, "welfare", round(rng.uniform(600, 5000))))
    v.case("wrong_account", "lookalike", rows, "节日慰问品列福利支出")


def sister_slip(v: Village) -> None:
    """Office goods booked under the neighbouring account."""
    rng = v.rng
    item = rng.choice([g for g in words.GOODS if g[0] in ("office", "print", "build")])
    row = v.goods(v.day(), item, seller=v.fresh(item[0]))
    row.key = rng.choice([k for k in ("office", "publicity", "repair", "public") if k != row.key])
    row.account = v.rekey(row)
    v.case("wrong_account", "lookalike", [row], "相邻科目串记")


def voided(v: Village) -> None:
    """A number spoilt and said so beside the gap."""
    rng = v.rng
    gap = Gap(f"{rng.choice(v.years)}{rng.randrange(1, 13):02d}", rng.uniform(0.2, 0.8), 1)
    gap.note = rng.choice(["(上号作废)", "（前一号凭证写错作废重开）", "，上一号空号"])
    v.gaps.append(gap)
    v.case("missing_voucher", "lookalike", [("v", gap)], "作废号在下一凭证注明")


def late_bank(v: Village) -> None:
    entry = some_payment(v)
    entry.bank["lag"] = v.rng.randrange(12, 42)
    v.case("bank_mismatch", "lookalike", [entry, ("bank_of", entry)], "银行晚到账")


def joined(v: Village) -> None:
    """Two payments to one seller in one transfer."""
    rng, seller = v.rng, v.fresh(v.rng.choice(["shop", "build", "repair", "office"]))
    when, items = v.day(workday=1.0), [g for g in words.GOODS if g[0] == seller.trade]
    rows = [
        v.goods(when + timedelta(rng.randrange(3)), rng.choice(items), seller=seller)
        for _ in range(rng.choice([2, 2, 3]))
    ]
    for row in rows:
        row.method, row.bank["batch"] = "转账", f"joined-{seller.name}-{when}"
    v.case("bank_mismatch", "lookalike", [*rows, ("bank_of", rows[0])], "多笔合并一次转账")


def returned(v: Village) -> None:
    """A transfer sent back for a wrong account number and sent again."""
    entry = some_payment(v)
    entry.bank["returned"] = True
    v.case("bank_mismatch", "lookalike", [entry, ("bank_of", entry)], "退汇重付")


def through_agent(v: Village) -> None:
    """The bank shows the owner or the platform instead of the shop."""
    entry = some_payment(v)
    owner = next(
        (s.rep for group in v.vendors.values() for s in group if s.name == entry.payee), None
    )
    entry.bank["to"] = owner or entry.payee + "专户"
    v.case("bank_mismatch", "lookalike", [entry, ("bank_of", entry)], "对方户名为经营者本人")


def reserve(v: Village):
    live = [
        (c, y)
        for c in v.contracts
        for y in v.years
        if c[5] <= y <= c[6] and (c[0], y) not in v.reserved and c[7] < 8
    ]
    if not live:
        return None, None
    contract, year = v.rng.choice(live)
    v.reserved.add((contract[0], year))
    return contract, year


def relative_paid(v: Village) -> None:
    contract, year = reserve(v)
    if contract:
        who = (
            contract[2][0] + v.rng.choice(words.GIVEN_TWO.split("|"))
            if len(contract[2]) < 5
            else person(v.rng)
        )
        what = f"收{contract[3]}费" + v.rng.choice(["", "(代交)", f"({contract[2]})"])
        v.pay(
            next_workday(date(year, contract[7], 1) + timedelta(v.rng.randrange(0, 40))),
            what,
            who,
            "in_rent",
            contract[4],
            side="收入",
        )
        v.case("income_unrecorded", "lookalike", [("k", contract[0], year)], "家人代交")


def paid_late(v: Village) -> None:
    contract, year = reserve(v)
    if contract:
        when = min(
            date(year, contract[7], 1) + timedelta(v.rng.randrange(80, 145)), date(year, 12, 30)
        )
        v.pay(
            next_workday(when),
            f"收{contract[3]}费",
            contract[2],
            "in_rent",
            contract[4],
            side="收入",
        )
        v.case("income_unrecorded", "lookalike", [("k", contract[0], year)], "晚交")


def set_off(v: Village) -> None:
    """The lessee worked for the village; rent and pay cancel out on paper."""
    contract, year = reserve(v)
    if contract:
        when = next_workday(date(year, contract[7], 1) + timedelta(v.rng.randrange(10, 60)))
        got = v.pay(
            when, f"收{contract[3]}费(抵工程款)", contract[2], "in_rent", contract[4], side="收入"
        )
        gave = v.pay(when, f"零星工程款(抵{contract[3]}费)", contract[2], "public", contract[4])
        for entry in (got, gave):
            entry.method, entry.bank["none"] = "转账", True
        v.case("bank_mismatch", "lookalike", [got, gave], "以工抵租、不过银行")
        v.case("income_unrecorded", "lookalike", [("k", contract[0], year)], "以工抵租")
