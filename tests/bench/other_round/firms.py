"""The county's registers: firms with their people, payroll, vehicles, deaths (background only)."""

from __future__ import annotations

import random
from datetime import date

from cars import vehicles
from people import a_day, is_near, person
from records import Person, Rec, Village, World

BUILD = ("建筑工程", "建设工程", "市政工程", "水利工程", "路桥工程", "园林绿化工程")
TRADES = (
    "五金门市",
    "办公用品店",
    "农资经营部",
    "劳保用品店",
    "电器维修部",
    "广告图文社",
    "建材经营部",
    "百货商店",
    "水暖器材店",
    "苗木经营部",
    "机械租赁部",
    "家具店",
)
OUTSIDE = ("滨河路", "人民路", "工业园区", "建设街", "振兴大道", "文化路")
UNITS = (
    "{town}中心小学",
    "{town}农业综合服务中心",
    "{town}卫生院",
    "{town}财政所",
    "{county}交通运输局",
    "{county}第二中学",
    "{county}水利局",
    "{town}便民服务中心",
)


def build(world: World) -> None:
    rng = random.Random(f"{world.seed}/firms")
    for county in ("沂川县", "汶南区"):
        villages = [v for v in world.villages if v.town.county == county]
        if not villages:
            continue
        outsiders = [
            person(world, villages[0], rng, rng.choice("男男女"), rng.randint(1965, 1990))
            for _ in range(320)
        ]
        pool = iter(outsiders)
        for _ in range(90):
            form = rng.choice(("有限公司", "有限公司", "有限责任公司"))
            firm(
                world,
                county,
                world.mint.firm(county, rng.choice(BUILD), form),
                next(pool),
                rng,
                kind="builder",
            )
        for trade in ("环保科技", "保洁服务", "会计服务", "财务咨询", "物业服务", "环卫服务"):
            firm(
                world,
                county,
                world.mint.firm(county, trade, "有限公司"),
                next(pool),
                rng,
                kind="service",
            )
        for _ in range(10):
            firm(
                world,
                county,
                world.mint.firm(
                    county, rng.choice(("生态农业", "光伏科技", "食品加工", "种植")), "有限公司"
                ),
                next(pool),
                rng,
                kind="farm",
            )
        for town in dict.fromkeys(v.town for v in villages):
            for trade in TRADES * 4:
                firm(
                    world,
                    county,
                    world.mint.shop(town.name, trade),
                    next(pool),
                    rng,
                    kind="shop",
                    town=town.name,
                )
        payroll(world, county, villages, rng)
    for village in world.villages:
        deaths(world, village, random.Random(f"{world.seed}/deaths/{village.code}"))
        vehicles(world, village, random.Random(f"{world.seed}/cars/{village.code}"))


def firm(
    world: World,
    county: str,
    name: str,
    boss: Person,
    rng: random.Random,
    kind: str = "builder",
    town: str = "",
    **over: object,
) -> Rec:
    """Register a firm; small shops are 个体工商户 and have no shareholders."""
    solo = kind == "shop"
    rec = Rec(
        county=county,
        name=name,
        kind=kind,
        town=town,
        boss=boss,
        boss_name=boss.name,
        boss_id=boss.id_no,
        uscc=world.mint.uscc("92" if solo else "91", "371323" if county == "沂川县" else "370921"),
        form="个体工商户" if solo else "有限责任公司(自然人投资或控股)",
        capital="" if solo else rng.choice((50, 100, 200, 300, 500, 1000)),
        founded=a_day(rng, date(2012, 1, 1), date(2021, 12, 28)),
        state="存续",
        closed=None,
        phone=world.mint.phone(),
        address=f"{town}集贸市场{rng.randint(1, 99)}号"
        if solo
        else f"{county}{rng.choice(OUTSIDE)}{rng.randint(1, 380)}号{rng.randint(1, 9)}-{rng.randint(101, 940)}",
        wins=0,
        bids=0,
    )
    for key, value in over.items():
        setattr(rec, key, value)
    world.add("firm", rec)
    if not solo:
        share = rng.choice((60, 70, 80, 90, 100))
        holder(world, rec, boss, "股东", share)
        if share < 100:
            village = world.villages[0] if county == "沂川县" else world.villages[-1]
            other = person(world, village, rng, rng.choice("男女"), rng.randint(1966, 1992))
            holder(world, rec, other, "股东", 100 - share)
            holder(world, rec, other, "监事", None)
    return rec


def holder(world: World, rec: Rec, who: Person, role: str, share: float | None) -> Rec:
    """A shareholder or supervisor row of the second register sheet."""
    return world.add(
        "holder",
        Rec(
            firm=rec,
            county=rec.county,
            person=who,
            name=who.name,
            id_no=who.id_no,
            role=role,
            share=share,
        ),
    )


def payroll(world: World, county: str, villages: list[Village], rng: random.Random) -> None:
    """Salaried staff: mostly townspeople, a few who live in the villages."""
    staff = [
        (
            person(world, villages[0], rng, rng.choice("男女"), rng.randint(1966, 1998)),
            rng.choice(villages),
        )
        for _ in range(120)
    ]
    for who, village in staff:
        paid(world, county, who, village, rng)
    for village in villages:
        for home in rng.sample(
            [
                h
                for h in village.homes
                if not is_near(village, h)
                and not h.busy
                and any(1966 <= p.born.year <= 1998 for p in h.members)
            ],
            2,
        ):
            grown = [p for p in home.members if 1966 <= p.born.year <= 1998]
            if grown:
                who = rng.choice(grown)
                who.busy = True
                rec = paid(world, county, who, village, rng)
                village.memo.setdefault("staff", []).append(rec)


def paid(
    world: World, county: str, who: Person, village: Village, rng: random.Random, **over: object
) -> Rec:
    start = max(a_day(rng, date(1996, 7, 1), date(2019, 9, 1)), date(who.born.year + 22, 7, 1))
    rec = Rec(
        county=county,
        person=who,
        home_village=village,
        name=who.name,
        id_no=who.id_no,
        sex=who.sex,
        post=rng.choice(("科员", "教师", "职员", "技术员", "护士")),
        unit=rng.choice(UNITS).format(town=village.town.name, county=county),
        kind=rng.choice(("事业", "事业", "公务员", "工勤")),
        state="在职",
        start=start,
        end=None,
    )
    for key, value in over.items():
        setattr(rec, key, value)
    return world.add("payroll", rec)


def die(
    world: World,
    who: Person,
    on: date,
    rng: random.Random,
    sources: tuple[str, ...] = ("police", "fire"),
) -> list[Rec]:
    """Record a death in some of the three sources; cancellation comes later than death itself."""
    who.died = on
    out = []
    for source in sources:
        lag = {
            "police": rng.randint(4, 60),
            "fire": rng.randint(1, 3),
            "pension": rng.randint(10, 40),
        }[source]
        out.append(
            world.add(
                "death",
                Rec(
                    source=source,
                    county=who.village.town.county,
                    person=who,
                    home_village=who.village,
                    name=who.name,
                    id_no=who.id_no,
                    died=on,
                    booked=on.fromordinal(on.toordinal() + lag),
                ),
            )
        )
    return out


def deaths(world: World, village: Village, rng: random.Random) -> None:
    """Old people who died in 2022–2024 and receive nothing afterwards."""
    old = [
        p
        for p in village.people
        if p.born.year < 1950 and not p.home.is_cadre and len(p.home.members) == 1 and not p.busy
    ]
    for who in rng.sample(old, min(2, len(old))):
        who.busy = True
        die(
            world,
            who,
            a_day(rng, date(2022, 2, 1), date(2023, 9, 20)),
            rng,
            rng.choice((("police", "fire"), ("fire", "pension"), ("police",))),
        )
