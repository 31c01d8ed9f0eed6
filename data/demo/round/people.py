"""Villages, households, committees and their relatives."""

import random
from datetime import date, timedelta

from . import ids, names
from .world import Cadre, Household, Person, Village, World

_POSTS = ("党支部书记、村委会主任", "党支部副书记", "村委会委员", "党支部委员", "妇女主任", "会计")
_EXTRA_POSTS = ("村务监督委员会主任", "报账员")
_LEDGERS = ("list", "split", "journal", "both", "list", "journal", "split", "list")


def settle(world: World, count: int, clean_share: float) -> None:
    """Lay out towns and villages and fill them with people."""
    rng = world.rng("settle")
    towns = rng.sample(names.TOWNS, 4 if count > 12 else 3)
    titles = names.village_names(rng, count)
    if count >= 3:
        titles[0] = titles[1] = names.TWIN_VILLAGE
        titles[2] = names.THREE_WAY_VILLAGE
    clean = set(rng.sample(range(count), round(count * clean_share)))
    clean -= {0, 2} if clean_share < 1 else set()
    for i, title in enumerate(titles):
        town = towns[i % len(towns)]
        county = names.COUNTIES[towns.index(town) >= 2]
        prefix = ids.PREFIXES[towns.index(town) >= 2]
        surname = rng.choice(names.SURNAMES[:24])
        village = Village(title, town, county, prefix, surname, i in clean, rng.choice(_LEDGERS))
        if i == min(4, count - 1) and count > 3:
            village.ledger = "none"
        world.villages.append(village)
    for i, village in enumerate(world.villages):
        _fill(world, village, i)


def person(
    rng: random.Random, village: Village, born: date, female: bool, surname: str = ""
) -> Person:
    """Somebody new; not in a household and not on the village's roll until placed."""
    family = surname or names.surname(rng, village.surname)
    name = family + names.given_name(rng, born.year, female)
    prefix = village.prefix if rng.random() < 0.86 else rng.choice(ids.PREFIXES)
    number = ids.id_number(prefix, born, rng.randrange(1, 499), female)
    return Person(name, female, born, number, ids.phone(rng), ids.bank_card(rng), village)


def born_about(rng: random.Random, year: int) -> date:
    """A day in a year."""
    return date(year, 1, 1) + timedelta(days=rng.randrange(365))


def _fill(world: World, village: Village, index: int) -> None:
    rng = world.rng("people", index)
    seen: set[str] = set()
    for number in range(1, rng.randrange(88, 112)):
        household = Household(number, 1 + (number - 1) // 24, village)
        for member in _family(rng, village, rng.random() < 0.16):
            if member.number in seen:
                continue
            seen.add(member.number)
            member.household = household
            household.people.append(member)
        household.area = round(len(household.people) * rng.uniform(1.1, 1.7), 2)
        village.households.append(household)
        village.people.extend(household.people)
    _committee(world, village, rng)


def _family(rng: random.Random, village: Village, old: bool) -> list[Person]:
    year = rng.randrange(1934, 1948) if old else rng.randrange(1952, 1989)
    head = person(rng, village, born_about(rng, year), old and rng.random() < 0.3)
    people = [head]
    if rng.random() < (0.45 if old else 0.92):
        wife = person(rng, village, born_about(rng, year + rng.randrange(-3, 4)), not head.female)
        if wife.name[0] == head.name[0]:
            wife.name = rng.choice([s for s in names.SURNAMES if s != head.name[0]]) + wife.name[1:]
        wife.relation = "配偶"
        people.append(wife)
    if old:
        return people
    for _ in range(rng.choice((1, 1, 2, 2, 0))):
        female = rng.random() < 0.48
        born = born_about(rng, min(2020, year + rng.randrange(22, 30)))
        child = person(rng, village, born, female, head.name[: len(head.name) - 1][:1])
        child.relation = "女" if female else "子"
        people.append(child)
    if year > 1962 and rng.random() < 0.3:
        female = rng.random() < 0.7
        born = born_about(rng, year - rng.randrange(22, 30))
        parent = person(rng, village, born, female, "" if female else head.name[:1])
        parent.relation = "母亲" if female else "父亲"
        people.append(parent)
    return people


def _committee(world: World, village: Village, rng: random.Random) -> None:
    """Six members, two helpers and one who left; each with relatives inside and outside."""
    today = date(2023, 1, 1)
    heads = [h for h in village.households if 30 <= h.head.age(today) <= 60 and len(h.people) > 1]
    chosen = rng.sample(heads, len(_POSTS) + len(_EXTRA_POSTS) + 1)
    singles = _single_names(village)
    for i, household in enumerate(chosen):
        someone = household.head
        someone.busy = "cadre"
        while someone.name not in singles and _count(village, someone.name) > 1:
            someone.name = someone.name[:1] + names.given_name(rng, someone.born.year, False)
        left = i == len(chosen) - 1
        post = "原村委会委员" if left else (*_POSTS, *_EXTRA_POSTS)[i]
        since = date(2018, 4, 12) if left or rng.random() < 0.4 else date(2021, 3, 18)
        cadre = Cadre(someone, post, since, date(2021, 3, 10) if left else None)
        cadre.record = world.add(
            "cadres",
            village,
            person=someone,
            name=someone.name,
            id_no=someone.number,
            gender="女" if someone.female else "男",
            post=post,
            since=since,
            until=cadre.until,
            phone=someone.phone,
            politics="中共党员" if i != 2 else "群众",
            school=rng.choice(("高中", "初中", "大专", "中专")),
        )
        village.cadres.append(cadre)
    for cadre in village.cadres:
        _relatives(world, village, cadre, rng)


def _relatives(world: World, village: Village, cadre: Cadre, rng: random.Random) -> None:
    household = cadre.person.household
    assert household is not None
    inside = [(p.relation, p) for p in household.people[1:]]
    outside: list[tuple[str, Person]] = []
    for _ in range(rng.choice((2, 3))):
        free = [
            h
            for h in village.households
            if not any(p.busy for p in h.people) and len(h.people) > 1 and h is not household
        ]
        other = rng.choice(free)
        gap = other.head.born.year - cadre.person.born.year
        if gap < -18:
            relation = "父亲" if not other.head.female else "母亲"
        elif gap > 18:
            relation = "女婿"
        elif other.head.female:
            relation = "姐姐" if gap < 0 else "妹妹"
        else:
            relation = rng.choice(("哥哥" if gap < 0 else "弟弟", "妻弟" if gap > 0 else "妻兄"))
        if relation in ("哥哥", "弟弟", "父亲"):
            other.head.name = cadre.person.name[:1] + other.head.name[1:]
        outside.append((relation, other.head))
        for member in other.people:
            member.busy = "relative's household"
        other.head.busy = "relative"
    for relation, relative in inside + outside:
        if relative.busy in ("", "relative"):
            relative.busy = "relative"
            record = world.add(
                "relatives",
                village,
                name=cadre.person.name,
                id_no=cadre.person.number,
                post=cadre.post,
                relative=relative.name,
                relative_id=relative.number,
                relation=relation,
                work=rng.choice(("务农", "务农", "务工", "个体", "无")),
                person=relative,
            )
            cadre.relatives.append((relation, relative, record))


def _count(village: Village, name: str) -> int:
    return sum(p.name == name for p in village.people)


def _single_names(village: Village) -> set[str]:
    counts: dict[str, int] = {}
    for p in village.people:
        counts[p.name] = counts.get(p.name, 0) + 1
    return {name for name, n in counts.items() if n == 1}


def pick(
    village: Village, rng: random.Random, role: str, low: int = 18, high: int = 95
) -> Person | None:
    """A villager nobody used yet, of an age in 2023; he is marked with `role`."""
    day = date(2023, 6, 30)
    free = [p for p in village.people if not p.busy and not p.died and low <= p.age(day) <= high]
    if not free:
        return None
    someone = rng.choice(free)
    someone.busy = role
    return someone


def free_household(
    village: Village, rng: random.Random, role: str, low: int = 30, high: int = 80
) -> Household | None:
    """A household nobody of which was used yet; all members are marked."""
    day = date(2023, 6, 30)
    free = [
        h
        for h in village.households
        if not any(p.busy or p.died for p in h.people) and low <= h.head.age(day) <= high
    ]
    if not free:
        return None
    household = rng.choice(free)
    for p in household.people:
        p.busy = role
    return household


def lone(village: Village, rng: random.Random, role: str, low: int, high: int) -> Person | None:
    """An unused old person, living alone when there is one; the household is marked."""
    day = date(2023, 6, 30)
    free = [
        h
        for h in village.households
        if not any(p.busy or p.died for p in h.people) and low <= h.head.age(day) <= high
    ]
    if not free:
        return None
    household = rng.choice([h for h in free if len(h.people) == 1] or free)
    for p in household.people:
        p.busy = role
    return household.head


def namesake(village: Village, rng: random.Random, of: Person) -> Person:
    """Another person of the same name, some years apart, added as a household of his own."""
    born = born_about(rng, of.born.year + rng.choice((-7, -4, 5, 8)))
    twin = person(rng, village, born, of.female, of.name[:1])
    twin.name = of.name
    household = Household(len(village.households) + 1, rng.randrange(1, 5), village, [twin])
    household.area = round(rng.uniform(1.2, 3.5), 2)
    twin.household, twin.busy = household, "namesake"
    village.households.append(household)
    village.people.append(twin)
    return twin
