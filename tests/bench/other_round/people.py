"""Towns, villages, households, committees, relatives and land of the round (all innocent)."""

from __future__ import annotations

import random
from datetime import date, timedelta

from names import RARE_SURNAMES, SURNAMES
from plots import land
from records import Household, Person, Rec, Town, Village, World

TOWNS = (
    ("石桥镇", "沂川县", "platform"),
    ("大柳镇", "沂川县", "handmade"),
    ("黄泥坡乡", "汶南区", "voucher"),
    ("泉庄街道", "汶南区", "sheets"),
)
PREFIXES = {
    "沂川县": ("371323", "371323", "371323", "372823"),
    "汶南区": ("370921", "370921", "370911"),
}
COUNTY_CODE = {"沂川县": "371323", "汶南区": "370921"}
STEMS = (
    "上 下 东 西 前 后 南 北 大 小 新 老".split(),
    "沟 峪 埠 店 泉 岭 庄 屯 洼 崖 楼 堂 圩 口 湾 寨".split(),
)
MIDDLES = "柳 槐 石 枣 杏 梨 桑 榆 沙 清 龙 凤 马 牛 羊 白 黄 青 红 温 汤 双 官 孟".split()
DAY0 = date(2024, 1, 1)


def a_day(rng: random.Random, first: date, last: date) -> date:
    return first + timedelta(days=rng.randrange((last - first).days + 1))


def build(world: World, count: int, clean_share: float) -> None:
    """Fill world.towns with `count` villages and all their people."""
    rng = world.rng
    for name, county, style in TOWNS:
        world.towns.append(Town(name, county, style, PREFIXES[county]))
    used: set[str] = set()
    shares = [count // 4 + (1 if i < count % 4 else 0) for i in range(4)]
    for t, (town, share) in enumerate(zip(world.towns, shares, strict=True)):
        for k in range(share):
            name = ""
            while not name or name in used:
                name = rng.choice(STEMS[0]) + rng.choice(MIDDLES) + rng.choice(STEMS[1])
                if rng.random() < 0.6:
                    name = name[1:]
            used.add(name)
            code = f"{COUNTY_CODE[town.county]}{101 + t:03d}{201 + k:03d}"
            town.villages.append(Village(name, town, code))
    flags = [i < round(count * clean_share) for i in range(count)]
    rng.shuffle(flags)
    for village, flag in zip(world.villages, flags, strict=True):
        village.clean = flag
        people_village(world, village, random.Random(f"{world.seed}/people/{village.code}"))
    for town in world.towns:
        for village in town.villages[:2]:
            if town.style == "voucher":
                village.years = (2023, 2024)


def person(
    world: World, village: Village, rng: random.Random, sex: str, year: int, surname: str = ""
) -> Person:
    """A new person, not yet in a household."""
    if not surname:
        surname = rng.choice(RARE_SURNAMES if rng.random() < 0.06 else SURNAMES)
    born = a_day(rng, date(year, 1, 1), date(year, 12, 28))
    mint = world.mint
    return Person(
        mint.person_name(surname, sex, year),
        mint.id_no(sex, born, village.town.prefixes),
        sex,
        born,
        mint.phone(),
        mint.card(),
        village,
    )


def people_village(world: World, village: Village, rng: random.Random) -> None:
    clan = rng.choice(SURNAMES[:40])
    for _ in range(rng.randint(78, 88)):
        village.homes.append(new_home(world, village, rng, clan))
    committee(village, rng)
    land(village, rng)
    households(village)


def new_home(world: World, village: Village, rng: random.Random, clan: str = "") -> Household:
    """A household of one of four kinds; it is not yet in the village's books."""
    home = Household(f"{village.code[6:]}{len(village.homes) + 1:04d}", village, rng.randint(1, 6))
    kind = rng.choices(("young", "middle", "old", "alone"), (26, 32, 17, 25))[0]
    year = {
        "young": rng.randint(1976, 1990),
        "middle": rng.randint(1960, 1975),
        "old": rng.randint(1938, 1957),
        "alone": rng.randint(1934, 1958),
    }[kind]
    sex = "男" if kind != "alone" or rng.random() < 0.6 else "女"
    head = person(world, village, rng, sex, year, clan if rng.random() < 0.55 else "")
    _join(home, head, "户主")
    if kind == "alone":
        return home
    _join(home, person(world, village, rng, "女", year + rng.randint(-2, 3)), "妻")
    surname = head.name[:2] if head.name[:2] in ("欧阳", "上官") else head.name[0]
    for _ in range({"young": rng.randint(0, 2), "middle": rng.randint(1, 2), "old": 0}[kind]):
        boy = rng.random() < 0.5
        child = person(
            world, village, rng, "男" if boy else "女", year + rng.randint(23, 29), surname
        )
        first, second = ("长子", "次子") if boy else ("长女", "次女")
        _join(home, child, second if _has(home, first) else first)
    if kind == "young" and rng.random() < 0.3:
        boy = rng.random() < 0.5
        parent = person(
            world,
            village,
            rng,
            "男" if boy else "女",
            year - rng.randint(22, 28),
            surname if boy else "",
        )
        _join(home, parent, "父亲" if boy else "母亲")
    return home


def _has(home: Household, relation: str) -> bool:
    return any(p.relation == relation for p in home.members)


def _join(home: Household, who: Person, relation: str) -> None:
    who.home, who.relation = home, relation
    home.members.append(who)


POSTS = (
    "党支部书记、村委会主任",
    "党支部副书记",
    "村委会副主任",
    "两委委员、妇联主席",
    "两委委员、文书",
    "村务监督委员会主任",
    "监委会成员",
)


def committee(village: Village, rng: random.Random) -> None:
    """Seven posts from seven households, one of whom left in 2021, plus their relatives."""
    grown = [
        h
        for h in village.homes
        if h.head.sex == "男" and 1958 <= h.head.born.year <= 1988 and len(h.members) >= 2
    ]
    homes = rng.sample(grown, 8)
    for k, home in enumerate(homes):
        home.is_cadre = True
        who = home.members[1] if k == 3 else home.head
        began = date(2021, rng.choice((1, 2, 3)), rng.randint(3, 27))
        post, ended = (POSTS[k], None) if k < 7 else ("党支部委员（原）", date(2021, 1, 15))
        if k == 7:
            began = date(2017, 12, 20)
        village.add(
            "cadre",
            Rec(
                person=who,
                name=who.name,
                id_no=who.id_no,
                post=post,
                start=began,
                end=ended,
                phone=who.phone,
                party="中共党员" if k != 3 else "群众",
                pay=4200 - 350 * min(k, 5),
            ),
        )
    for rec in village.get("cadre")[:7]:
        relatives(village, rec, rng)


def relatives(village: Village, cadre: Rec, rng: random.Random) -> None:
    """Declared relatives: own household plus one or two households of the village."""
    me = cadre.person
    names = {
        "户主": "丈夫",
        "妻": "配偶",
        "长子": "儿子",
        "次子": "儿子",
        "长女": "女儿",
        "次女": "女儿",
        "父亲": "父亲",
        "母亲": "母亲",
    }
    for p in me.home.members:
        if p is not me and p.age(DAY0) >= 16:
            kin_row(village, cadre, p, names[p.relation], rng)
    for _ in range(2):
        free = [
            h
            for h in village.homes
            if not h.is_cadre and not any(r.kin is p for r in village.get("kin") for p in h.members)
        ]
        head = rng.choice(free).head
        if head.sex == "男" or abs(head.born.year - me.born.year) <= 15:
            kin_row(village, cadre, head, relation_of(me, head, rng), rng)


def relation_of(me: Person, other: Person, rng: random.Random) -> str:
    """A tie that suits sex and ages."""
    older = other.born.year < me.born.year - 16
    if other.sex == "女":
        return "姑姑" if older else "姐姐" if other.born < me.born else "妹妹"
    if older:
        return "岳父" if me.sex == "男" else "公公"
    if other.born.year > me.born.year + 16:
        return "女婿"
    return rng.choice(("哥哥", "姐夫") if other.born < me.born else ("弟弟", "妹夫"))


def kin_row(village: Village, cadre: Rec, kin: Person, relation: str, rng: random.Random) -> Rec:
    return village.add(
        "kin",
        Rec(
            cadre=cadre,
            kin=kin,
            relation=relation,
            name=cadre.name,
            id_no=cadre.id_no,
            kin_name=kin.name,
            kin_id=kin.id_no,
            work=rng.choice(("务农", "务农", "外出务工", "个体")),
        ),
    )


def is_kin(village: Village, who: Person) -> bool:
    """A cadre, a declared relative, or somebody of a cadre's household."""
    return bool(who.home and who.home.is_cadre) or any(r.kin is who for r in village.get("kin"))


def is_near(village: Village, home: Household) -> bool:
    """A household with a cadre or a declared relative in it."""
    return any(is_kin(village, p) for p in home.members)


def households(village: Village) -> None:
    """The household register, one row per person."""
    for home in village.homes:
        for p in home.members:
            village.add("roster", Rec(person=p, home=home))
