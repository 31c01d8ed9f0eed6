"""Contracts: terms, prices, arrears and parties (M42, M43, M44, M45, M47)."""

import random
from datetime import date

from ..leases import lease, town_price
from ..ledger import receive_rent
from ..people import pick
from ..world import Record, Village
from .stage import Stage, innocent, problem


def rent_paid(stage: Stage, v: Village, contract: Record) -> None:
    books = stage.books(v)
    if books and contract["end"].year >= 2024:
        for year in (2023, 2024):
            receive_rent(books, contract, year)


@problem("M42")
def too_long(stage: Stage, v: Village, rng: random.Random) -> bool:
    """A building let for more than 20 years, or land beyond any lawful term."""
    party = pick(v, rng, "lessee", 32, 60)
    kind, years = rng.choice(
        (
            ("房屋", rng.randrange(25, 41)),
            ("房屋", 30),
            ("耕地", rng.randrange(40, 51)),
            ("荒山", 70),
        )
    )
    start = date(rng.randrange(2012, 2021), rng.choice((1, 5, 9)), 1)
    contract = lease(
        stage.world,
        rng,
        v,
        kind,
        party,
        start=start,
        years=years,
        price=round(town_price(stage.world, v, kind) * 100),
    )
    contract["years"] = years
    rent_paid(stage, v, contract)
    return stage.world.problem(v, "M42", f"{kind}出租{years}年，超过法定最长期限", [contract], [])


@innocent("M42")
def family_contract(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Household contracting of 30 years is no lease."""
    party = pick(v, rng, "family contract", 40, 70)
    if not party or not party.household:
        return False
    contract = lease(
        stage.world,
        rng,
        v,
        "耕地",
        party,
        start=date(1999, 1, 1),
        years=30,
        object=f"{party.name}户家庭承包地",
        size=party.household.area,
        price=0,
        annual=0,
        method="家庭承包",
        pay="免交",
        remark="家庭承包经营，二轮承包期30年",
        end=date(2028, 12, 31),
    )
    contract["years"] = 30
    return stage.world.innocent(v, "M42 M43", "家庭承包30年，不属出租", [contract], [])


@innocent("M42")
def hill_land(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Barren hills may be let for 50 years."""
    party = pick(v, rng, "lessee", 32, 60)
    contract = lease(
        stage.world,
        rng,
        v,
        "荒山",
        party,
        start=date(2008, 3, 1),
        years=50,
        price=round(town_price(stage.world, v, "荒山") * 95),
        remark="四荒拍卖，承包期50年，已办理林权登记",
    )
    contract["years"] = 50
    rent_paid(stage, v, contract)
    return stage.world.innocent(v, "M42", "四荒承包50年在法定期限内", [contract], [])


@problem("M43")
def cheap(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Let at about a third of what its kind costs in town."""
    kind = rng.choice(("耕地", "耕地", "果园", "坑塘", "房屋"))
    party = pick(v, rng, "lessee", 32, 60)
    price = round(town_price(stage.world, v, kind) * rng.uniform(0.24, 0.4))
    contract = lease(
        stage.world, rng, v, kind, party, price=price * 100, method=rng.choice(("协商", "直接发包"))
    )
    rent_paid(stage, v, contract)
    return stage.world.problem(
        v, "M43", f"{kind}单价{price}元，不足同镇同类中位价一半", [contract], []
    )


@innocent("M43")
def poor_land(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Cheap for a reason that is written down."""
    kind = rng.choice(("耕地", "果园", "坑塘"))
    word = {
        "耕地": "盐碱薄地，无水浇条件",
        "果园": "树龄过老需更新，前三年无收益",
        "坑塘": "废弃坑塘，承包人自行清淤修坝",
    }[kind]
    party = pick(v, rng, "lessee", 32, 60)
    price = round(town_price(stage.world, v, kind) * rng.uniform(0.3, 0.42))
    contract = lease(
        stage.world, rng, v, kind, party, price=price * 100, remark=f"{word}，村民代表会议议定价格"
    )
    rent_paid(stage, v, contract)
    return stage.world.innocent(v, "M43", "低价原因载明并经议定", [contract], [])
