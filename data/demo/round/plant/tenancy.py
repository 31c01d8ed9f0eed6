"""Expired, unpaid and related leases (M44, M45, M47)."""

import random
from datetime import date

from ..leases import lease, town_price
from ..ledger import receive_rent
from ..people import namesake, pick
from ..world import Record, Village
from .leasing import rent_paid
from .stage import Stage, cadre, innocent, problem, relative


@problem("M44")
def expired(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Ran out in 2021–2023; the tenant is still there and no new contract exists."""
    kind = rng.choice(("房屋", "果园", "坑塘", "耕地"))
    party = pick(v, rng, "lessee", 32, 60)
    end = date(rng.randrange(2021, 2024), rng.choice((6, 9, 12)), 30)
    start = date(end.year - rng.randrange(5, 9), end.month, 1)
    contract = lease(
        stage.world,
        rng,
        v,
        kind,
        party,
        start=start,
        years=end.year - start.year,
        end=end,
        state=rng.choice(("在租", "仍在使用", "履行中")),
        due=3,
    )
    contract["years"] = end.year - start.year
    if rng.random() < 0.5 and stage.books(v):
        for year in (2023, 2024):
            receive_rent(stage.shelf[v.key], contract, year)
    return stage.world.problem(v, "M44", f"合同{end.year}年到期后继续使用，未续签", [contract], [])


@innocent("M44")
def renewed(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Ran out and was renewed the next day: both contracts are on the list."""
    kind = rng.choice(("房屋", "果园", "坑塘"))
    party = pick(v, rng, "lessee", 32, 60)
    end = date(2022, 12, 31)
    old = lease(
        stage.world, rng, v, kind, party, start=date(2017, 1, 1), years=6, end=end, state="已到期"
    )
    old.values.update(years=6, remark="已续签")
    new = lease(
        stage.world,
        rng,
        v,
        kind,
        party,
        object=old["object"],
        start=date(2023, 1, 1),
        years=6,
        size=old["size"],
        price=old["price"],
        remark="续签",
    )
    rent_paid(stage, v, new)
    return stage.world.innocent(v, "M44", "到期已续签", [old], [new])


def _owed(contract: Record, years: int) -> None:
    due = contract["annual"] * 2
    contract.values.update(due_sum=due, paid_sum=due - contract["annual"] * years)


@problem("M45")
def unpaid(stage: Stage, v: Village, rng: random.Random) -> bool:
    """One or two years' rent is missing from the receipts."""
    kind = rng.choice(("耕地", "果园", "坑塘", "房屋", "荒山"))
    contract = lease(stage.world, rng, v, kind, pick(v, rng, "lessee", 32, 60))
    years, books = rng.choice((1, 2)), stage.books(v)
    if years == 1 and books:
        receive_rent(books, contract, 2023)
    _owed(contract, years)
    text = f"{'2024' if years == 1 else '2023—2024'}年承包费{contract['annual'] * years / 100:.0f}元未收"
    return stage.world.problem(v, "M45", text, [contract], list(contract["receipts"] or []))


@problem("M45")
def cheap_unpaid_and_related(stage: Stage, v: Village, rng: random.Random) -> bool:
    """A bundle: a cadre's relative holds it, at a third of the price, and does not pay."""
    found = relative(v, rng)
    if not found:
        return False
    c, kin, relation, record = found
    kind = rng.choice(("耕地", "果园", "坑塘"))
    price = round(town_price(stage.world, v, kind) * rng.uniform(0.25, 0.38))
    contract = lease(stage.world, rng, v, kind, kin, price=price * 100, method="协商")
    _owed(contract, 2)
    text = f"{c.post}的{relation}低价承包且两年未交承包费"
    return stage.world.problem(v, "M45 M43 M47", text, [contract], [record, c.record])


@innocent("M45")
def prepaid(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Paid for the whole term at signing."""
    kind = rng.choice(("果园", "荒山", "坑塘"))
    contract = lease(stage.world, rng, v, kind, pick(v, rng, "lessee", 32, 60), pay="一次性付清")
    day = contract["signed"]
    contract["remark"] = (
        f"{day.year}年{day.month}月一次性付清至{contract['end'].year}年，票据号{rng.randrange(10**6):07d}"
    )
    return stage.world.innocent(v, "M45", "承包费已一次性付清", [contract], [])


@innocent("M45")
def waived(stage: Stage, v: Village, rng: random.Random) -> bool:
    """A bad year: the villagers' representatives let it off."""
    kind = rng.choice(("耕地", "果园", "坑塘"))
    contract = lease(stage.world, rng, v, kind, pick(v, rng, "lessee", 32, 60))
    if stage.books(v):
        receive_rent(stage.shelf[v.key], contract, 2023)
    contract.values.update(
        due_sum=contract["annual"],
        paid_sum=contract["annual"],
        remark="2024年遭受雹灾，村民代表会议决议免收当年承包费",
    )
    return stage.world.innocent(v, "M45", "受灾经决议减免", [contract], [])


@problem("M47")
def lessee_is_kin(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Let without bidding to a cadre's relative or to a relative's firm."""
    found = relative(v, rng, outside=rng.random() < 0.6)
    if not found:
        return False
    c, kin, relation, record = found
    kind = rng.choice(("耕地", "果园", "房屋", "坑塘"))
    if rng.random() < 0.4:
        firm = stage.market.register(v, "farm", kin, holders=[kin])
        contract = lease(stage.world, rng, v, kind, firm=firm["company"], method="直接发包")
        context = [firm, record]
    else:
        contract = lease(stage.world, rng, v, kind, kin, method="直接发包")
        context = [record]
    rent_paid(stage, v, contract)
    return stage.world.problem(
        v, "M47", f"未经竞价由{c.post}的{relation}承包", [contract], [*context, c.record]
    )


@problem("M47")
def lessee_is_cadre(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Let without bidding to a serving cadre."""
    c = cadre(v, rng)
    if not c:
        return False
    contract = lease(
        stage.world, rng, v, rng.choice(("耕地", "果园", "房屋")), c.person, method="协商"
    )
    rent_paid(stage, v, contract)
    return stage.world.problem(v, "M47", f"未经竞价由在任{c.post}承包", [contract], [c.record])


@innocent("M47")
def open_bidding(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Won in open bidding while the cadre stayed out."""
    found = relative(v, rng)
    if not found:
        return False
    c, kin, _, record = found
    contract = lease(
        stage.world,
        rng,
        v,
        rng.choice(("耕地", "果园")),
        kin,
        method="公开竞价",
        remark=f"5户报名公开竞价，价高者得，{c.person.name}已回避表决",
    )
    rent_paid(stage, v, contract)
    return stage.world.innocent(v, "M47", "公开竞价且回避", [contract], [record])


@innocent("M47")
def lessee_namesake(stage: Stage, v: Village, rng: random.Random) -> bool:
    """The lessee only shares a cadre's name."""
    c = cadre(v, rng)
    if not c:
        return False
    contract = lease(stage.world, rng, v, rng.choice(("耕地", "坑塘")), namesake(v, rng, c.person))
    rent_paid(stage, v, contract)
    return stage.world.innocent(v, "M47", "承包人与干部同名不同人", [contract], [c.record])
