"""Cars and firms (M01, M16, M19)."""

import random
from datetime import date

from ..people import free_household, namesake, pick
from ..registers import drive, employ, outsider
from ..rolls import grant_relief
from ..world import Person, Record, Village
from .stage import Stage, innocent, problem


def _poor(stage: Stage, v: Village, rng: random.Random) -> tuple[Person, list[Record]] | None:
    """A fresh relief household; returns one of its adults and the payments."""
    household = free_household(v, rng, "dibao", 30, 66)
    if not household:
        return None
    adults = [p for p in household.people if 20 <= 2023 - p.born.year <= 68]
    rows = grant_relief(stage.world, rng, household)
    return (rng.choice(adults or [household.head]), rows)


@problem("M16")
def car_in_relief_household(stage: Stage, v: Village, rng: random.Random) -> bool:
    """A relief household keeps a car."""
    found = _poor(stage, v, rng)
    if not found:
        return False
    someone, rows = found
    kind = rng.choice(("小型轿车", "小型普通客车", "小型越野客车"))
    car = drive(
        stage.world, rng, someone, kind=kind, registered=date(2021, rng.randrange(1, 12), 17)
    )
    return stage.world.problem(v, "M16", "低保家庭名下有在用小型汽车", [car], rows[:3])


@innocent("M16")
def humble_vehicle(stage: Stage, v: Village, rng: random.Random) -> bool:
    """A tricycle, a motorbike, a scrapped or transferred car."""
    found = _poor(stage, v, rng)
    if not found:
        return False
    someone, rows = found
    more: dict[str, object] = rng.choice(
        (
            {"kind": "正三轮载货摩托车", "brand": "宗申牌ZS200"},
            {"kind": "普通二轮摩托车", "brand": "豪爵牌HJ125"},
            {"state": "报废", "registered": date(2008, 5, 6)},
            {"state": "注销", "registered": date(2009, 5, 6)},
            {"kind": "小型方向盘拖拉机", "brand": "时风牌"},
        )
    )
    car = drive(stage.world, rng, someone, **more)
    return stage.world.innocent(v, "M16", "三轮/摩托/农机或已报废注销", [car], rows[:3])


@innocent("M16")
def namesakes_car(stage: Stage, v: Village, rng: random.Random) -> bool:
    """The car is a namesake's."""
    found = _poor(stage, v, rng)
    if not found:
        return False
    car = drive(stage.world, rng, namesake(v, rng, found[0]))
    return stage.world.innocent(v, "M16", "车主为同名另一人", [car], found[1][:3])


@problem("M19")
def firm_in_relief_household(stage: Stage, v: Village, rng: random.Random) -> bool:
    """A relief household owns a firm in business."""
    found = _poor(stage, v, rng)
    if not found:
        return False
    someone, rows = found
    firm = stage.market.register(
        v,
        rng.choice(("trade", "farm", "service")),
        someone,
        address=f"{v.town}{v.name}",
        capital=rng.choice((30, 50, 100)) * 1000000,
    )
    return stage.world.problem(v, "M19", "低保家庭成员为在营企业法定代表人", [firm], rows[:3])


@innocent("M19")
def firm_closed(stage: Stage, v: Village, rng: random.Random) -> bool:
    """The firm was struck off years ago."""
    found = _poor(stage, v, rng)
    if not found:
        return False
    firm = stage.market.register(
        v,
        rng.choice(("trade", "farm")),
        found[0],
        state=rng.choice(("注销", "吊销")),
        closed=date(2021, rng.randrange(1, 13), 9),
        address=f"{v.town}{v.name}",
        holders=[found[0]],
    )
    return stage.world.innocent(v, "M19", "企业已注销/吊销", [firm], found[1][:3])


@innocent("M19")
def ordinary_member(stage: Stage, v: Village, rng: random.Random) -> bool:
    """An ordinary co-op member with a token contribution."""
    found = _poor(stage, v, rng)
    if not found:
        return False
    coops = [r for r in stage.world.rows("firms", v) if r["company"].endswith("合作社")]
    boss = outsider(rng, v)
    coop = (
        coops[0] if coops else stage.market.register(v, "coop", boss, address=f"{v.town}{v.name}")
    )
    someone = found[0]
    member = stage.world.add(
        "coop_members",
        v,
        company=coop["company"],
        code=coop["code"],
        name=someone.name,
        id_no=someone.number,
        person=someone,
        capital=100000,
        role="成员",
        farmer="是",
    )
    return stage.world.innocent(v, "M19", "合作社普通成员", [member], found[1][:3])


@problem("M01")
def official_in_business(stage: Stage, v: Village, rng: random.Random) -> bool:
    """An official in service runs or part-owns a firm in business."""
    someone = pick(v, rng, "official in business", 28, 56)
    if not someone:
        return False
    job = employ(stage.world, rng, someone, "在职", date(rng.randrange(2004, 2012), 8, 1))
    where = f"{v.town}{v.name}"
    if rng.random() < 0.65:
        firm = stage.market.register(
            v, rng.choice(("trade", "service", "works")), someone, address=where
        )
        rows = [firm]
        text = "在职公职人员任企业法定代表人"
    else:
        boss = outsider(rng, v)
        firm = stage.market.register(v, "trade", boss, holders=[boss, someone], address=where)
        rows = [
            r
            for r in stage.world.rows("firm_people", v)
            if r["firm"] is firm and r["person"] is someone
        ]
        text = "在职公职人员持有企业股份"
    return stage.world.problem(v, "M01", text, rows, [job])


@innocent("M01")
def closed_before_entry(stage: Stage, v: Village, rng: random.Random) -> bool:
    """The firm was closed before its owner entered service."""
    someone = pick(v, rng, "official", 27, 45)
    if not someone:
        return False
    job = employ(stage.world, rng, someone, "在职", date(2021, 9, 1))
    firm = stage.market.register(
        v,
        "trade",
        someone,
        state="注销",
        founded=date(2014, 4, 2),
        closed=date(2019, rng.randrange(1, 12), 20),
        holders=[someone],
    )
    return stage.world.innocent(v, "M01", "入职前企业已注销", [firm], [job])


@innocent("M01")
def retired_before(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Left the payroll, then founded the firm."""
    someone = pick(v, rng, "former official", 35, 60)
    if not someone:
        return False
    job = employ(stage.world, rng, someone, "退出", date(2003, 8, 1), date(2018, 6, 1))
    firm = stage.market.register(v, "service", someone, founded=date(2020, rng.randrange(1, 12), 5))
    return stage.world.innocent(v, "M01", "退出财政供养后才设立企业", [firm], [job])


@innocent("M01")
def owner_namesake(stage: Stage, v: Village, rng: random.Random) -> bool:
    """An official and a shopkeeper share a name."""
    jobs = [
        r
        for r in stage.world.rows("payroll", v)
        if r["state"] == "在职" and r["person"].busy == "payroll"
    ]
    if not jobs:
        return False
    job = rng.choice(jobs)
    twin = namesake(v, rng, job["person"])
    firm = stage.market.register(v, "trade", twin, address=f"{v.town}{v.name}", holders=[twin])
    return stage.world.innocent(v, "M01", "同名不同人", [firm], [job])
