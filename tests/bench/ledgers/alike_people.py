"""Honest people and firms that look like planted ones, and what a whole township does together."""

from datetime import date, timedelta

import words
from book import Village
from habits import holidays, next_workday
from world import person


def stand_in(v: Village) -> None:
    """Somebody does a sick cleaner's work for two or three months."""
    rng, who = v.rng, person(v.rng, v.surnames)
    usual = [e.amount for e in v.entries if e.key == "wage"]
    rate, year, first, rows = (
        usual[0] if usual else 600,
        rng.choice(v.years),
        rng.randrange(1, 10),
        [],
    )
    note = rng.choice(["临时顶岗", "代班", "", ""])
    for month in range(first, first + rng.randrange(1, 4)):
        when = next_workday(date(year, month, rng.randrange(8, 13)))
        rows.append(
            v.pay(when, "保洁员工资", who, "wage", rate, monthly=True, note=note, method="转账")
        )
    v.case("ghost_wages", "lookalike", [("p", who), *rows], "短期顶岗")


def spaced_name(v: Village) -> None:
    """A worker on the roster whose name the ledger writes with a space or a near character."""
    rng = v.rng
    row = rng.choice([r for r in v.roster if r[1] not in words.POSTS])
    rows = [e for e in v.entries if e.key == "wage" and e.payee == row[0]]
    if not rows or any(
        row[0] in str(o) for _, _, objs, _ in v.truth for o in objs if isinstance(o, tuple)
    ):
        return
    written = (
        row[0][0] + rng.choice([" ", "　"]) + row[0][1:]
        if len(row[0]) == 2 or rng.random() < 0.5
        else row[0] + rng.choice(["(代领)", "（保洁）"])
    )
    for entry in rows:
        entry.payee = written
    v.case("ghost_wages", "lookalike", [("p", written), *rows], "同一人写法不同")


def season_work(v: Village) -> None:
    """Summer watch or harvest duty by people on no roster, paid by the month."""
    rng, year, rows = v.rng, v.rng.choice(v.years), []
    for who in rng.sample(v.people, 2):
        for month in (6, 7, 8, 9)[: rng.randrange(2, 5)]:
            rows.append(
                v.pay(
                    next_workday(date(year, month, 12)),
                    rng.choice(["防汛值守工资", "秸秆禁烧值班工资"]),
                    who,
                    "wage",
                    900,
                    monthly=True,
                )
            )
    v.case("ghost_wages", "lookalike", rows, "季节性用工")


def namesake(v: Village) -> None:
    """A seller whose legal representative has a cadre's name: few purchases, or a firm many villages use."""
    rng = v.rng
    trade = rng.choice(["shop", "print", "agri", "repair"])
    seller = v.local(trade)
    seller.rep, seller.listed = rng.choice(v.roster)[0], True
    v.vendors.setdefault("own", []).append(seller)
    items = [g for g in words.GOODS if g[0] == trade]
    rows = [v.goods(v.day(), rng.choice(items), seller=seller) for _ in range(rng.randrange(1, 4))]
    v.case("related_payee", "lookalike", [("p", seller.name), *rows], "法定代表人同名、往来少")


def busy_local(v: Village) -> None:
    """The one shop of the village, used all year, owner unrelated."""
    rng = v.rng
    seller = v.local("shop")
    v.vendors.setdefault("own", []).append(seller)
    items = [g for g in words.GOODS if g[0] == "shop"]
    rows = [
        v.goods(v.day(), rng.choice(items), seller=seller) for _ in range(rng.randrange(15, 40))
    ]
    v.case("related_payee", "lookalike", [("p", seller.name), *rows], "本村唯一商店往来多")


def shared_newcomer(v: Village) -> None:
    """A young firm that several villages of the township hire."""
    rng, seller = v.rng, v.town.newcomer
    low = next_workday(seller.registered + timedelta(rng.randrange(12, 80)))
    rows = [
        v.buy(
            min(low, date(v.years[-1], 12, 20)),
            rng.choice(["道路整修款", "机械作业费", "材料款"]),
            seller,
            "public",
            round(rng.uniform(6000, 40000), 2),
            method="转账",
        )
    ]
    v.case("new_vendor", "lookalike", [("p", seller.name), *rows], "多村共用的新企业")


def old_stranger(v: Village) -> None:
    """An established firm that comes once, or a renamed one."""
    rng, last = v.rng, v.years[-1]
    renamed = rng.random() < 0.4
    when = v.day(first=date(last, 3, 1), last=date(last, 12, 10), workday=1.0)
    seller = v.local(
        rng.choice(["works", "machine", "green"]),
        when - timedelta(rng.randrange(20, 80)) if renamed else None,
    )
    seller.listed = True
    v.vendors.setdefault("once", []).append(seller)
    note = (
        f"原{v.local('works').name}更名"
        if renamed
        else rng.choice(["中标", "公开招标", "", "竞价确定"])
    )
    row = v.buy(
        when,
        rng.choice(words.WORKS) + "款",
        seller,
        "project",
        round(rng.uniform(9000, 70000), 2),
        note=note,
        method="转账",
    )
    v.case(
        "new_vendor",
        "lookalike",
        [("p", seller.name), row],
        "更名企业" if renamed else "老企业首次承接",
    )


def flood(v: Village) -> None:
    """A flood: meals on days off, dear machines, many bills in a few days, in every village of the township."""
    rng, (first, last) = v.rng, v.town.flood
    meals, machines = [], []
    seller, digger = v.fresh("food"), v.fresh("machine")
    item = next(g for g in words.GOODS if g[1] == "挖掘机")
    for _ in range(rng.randrange(3, 8)):
        when = v.day(first=first, last=last, workday=0)
        meals.append(
            v.buy(
                when,
                rng.choice(["防汛抢险人员用餐", "抗洪值守盒饭", "工作餐"]),
                seller,
                "hosp",
                round(rng.uniform(500, 2600)),
            )
        )
    for _ in range(rng.randrange(2, 6)):
        machines.append(
            v.goods(
                v.day(first=first, last=last, workday=0),
                item,
                seller=digger,
                times=rng.uniform(1.15, 1.4),
                note="防汛抢险",
            )
        )
    v.case("holiday_hosp", "lookalike", meals, "汛期全镇抢险用餐")
    v.case("price_inflation", "lookalike", machines, "汛期紧急租用机械")


def fair(v: Village) -> None:
    """A fair in the township: food and goods for the festival in every village."""
    rng, rows = v.rng, []
    near = min(holidays(v.town.fair.year), key=lambda d: abs((d - v.town.fair).days))
    for _ in range(rng.randrange(1, 3)):
        rows.append(
            v.buy(
                near,
                rng.choice(["庙会演出人员用餐", "村晚演职人员用餐", "来客招待"]),
                v.fresh("food"),
                "hosp",
                round(rng.uniform(900, 2800)),
            )
        )
    v.case("holiday_hosp", "lookalike", rows, "全镇同办节会")
