"""Who may draw what, how much, and where (M13, M14, M20, M26)."""

import random
from datetime import date

from ..people import free_household, namesake, pick
from ..rolls import RELIEF_RATE, grant_post, grant_relief, pay, quarters
from ..world import Person, Record, Village
from .stage import Stage, innocent, problem, untouched


def _single(v: Village, rng: random.Random) -> Person | None:
    """An unused old person living alone."""
    free = [
        h
        for h in v.households
        if len(h.people) == 1 and not h.head.busy and not h.head.died and h.head.born.year < 1960
    ]
    if not free:
        return None
    someone = rng.choice(free).head
    someone.busy = "two programmes"
    return someone


def _support(stage: Stage, someone: Person, first: date, last: date) -> list[Record]:
    return [
        pay(
            stage.world,
            "tekun",
            someone,
            q,
            3 * (RELIEF_RATE["A"][q.year - 2023] * 13 // 10) + 36000,
            way="分散供养",
            care=36000,
            ability="全自理",
            since=first,
        )
        for q in quarters()
        if first <= q <= last
    ]


@problem("M13")
def relief_and_support(stage: Stage, v: Village, rng: random.Random) -> bool:
    """One person is on the relief roll and on that of the destitute for half a year or more."""
    someone = _single(v, rng)
    if not someone or not someone.household:
        return False
    both = grant_relief(
        stage.world,
        rng,
        someone.household,
        date(2023, 4, 1),
        date(2023, rng.randrange(9, 13), 1),
    )
    rows = _support(stage, someone, date(2023, 4, 1), date(2024, 12, 1))
    same = [r for r in rows if r["period"] <= both[-1]["period"]]
    return stage.world.problem(v, "M13", "同一人同期领取低保与特困供养", [*both, *same], [])


@innocent("M13")
def switched(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Relief stops in the month in which support starts."""
    someone = _single(v, rng)
    if not someone or not someone.household:
        return False
    rows = grant_relief(stage.world, rng, someone.household, date(2023, 1, 1), date(2023, 7, 1))
    rows += _support(stage, someone, date(2023, 7, 1), date(2024, 12, 1))
    return stage.world.innocent(v, "M13", "低保转特困，只在转换当月重叠", rows, [])


@innocent("M13")
def other_member(stage: Stage, v: Village, rng: random.Random) -> bool:
    """A household on relief whose grandfather is supported as destitute himself."""
    household = free_household(v, rng, "two programmes", 35, 62)
    if not household or len(household.people) < 3:
        return False
    elder = max(household.people[1:], key=lambda p: -p.born.toordinal())
    rows = grant_relief(stage.world, rng, household, date(2023, 1, 1), date(2023, 12, 1))
    rows += _support(stage, elder, date(2023, 4, 1), date(2024, 12, 1))
    return stage.world.innocent(v, "M13", "户内不同的人各享一项", rows, [])


@problem("M14")
def above_the_rate(stage: Stage, v: Village, rng: random.Random) -> bool:
    """A land subsidy well above area times rate."""
    rows = [r for r in untouched(stage.world.rows("land_subsidy", v)) if r["area"] > 2.5]
    if not rows:
        return False
    row = rng.choice(rows)
    row["amount"] = round(row["amount"] * rng.uniform(1.3, 1.9))
    return stage.world.problem(v, "M14", "补贴金额大于面积乘标准", [row], [])


@innocent("M14")
def arrears_of_last_year(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Above the rate because last year's missing land is paid with it, and the remark says so."""
    rows = [r for r in untouched(stage.world.rows("land_subsidy", v)) if r["area"] > 2.5]
    if not rows:
        return False
    row = rng.choice(rows)
    row["amount"] = round(row["amount"] * rng.uniform(1.2, 1.5))
    row["remark"] = "含补发上年漏报面积补贴"
    return stage.world.innocent(v, "M14", "含补发上年，备注已说明", [row], [])


def _too_young(stage: Stage, v: Village, rng: random.Random, **more: str) -> list[Record]:
    someone = pick(v, rng, "young on the age roll", 62, 76)
    if not someone:
        return []
    first = rng.choice((2023, 2024))
    return [
        pay(stage.world, "gaoling", someone, q, 30000, age=80, monthly=10000, **more)
        for q in quarters()
        if q.year >= first
    ]


@problem("M20")
def too_young(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Paid the allowance for people of eighty, and not eighty by the ID number."""
    rows = _too_young(stage, v, rng)
    return bool(rows) and stage.world.problem(v, "M20", "按证件号不满八十岁领高龄津贴", rows, [])


@innocent("M20")
def birthday_corrected(stage: Stage, v: Village, rng: random.Random) -> bool:
    """The police corrected the date of birth, and the remark says so."""
    rows = _too_young(stage, v, rng, remark="出生日期经公安机关更正，按更正后年龄核定")
    return bool(rows) and stage.world.innocent(v, "M20", "出生日期已由公安更正", rows, [])


@problem("M26")
def ranger_of_two_villages(stage: Stage, v: Village, rng: random.Random) -> bool:
    """The same forest ranger is paid in two villages of a town."""
    others = [o for o in stage.world.villages if o.town == v.town and o is not v and not o.clean]
    someone = pick(v, rng, "ranger twice", 36, 58) if others else None
    if not someone:
        return False
    rows = grant_post(stage.world, rng, someone, "hulin", rng.randrange(3))
    twice = [stage.world.add("hulin", rng.choice(others), **r.values) for r in rows[:2]]
    return stage.world.problem(v, "M26 M12", "同一护林员同期在两村领取", rows[:2] + twice, [])


@innocent("M26")
def ranger_namesake(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Two rangers of one name in one village, told apart by their ID numbers."""
    someone = pick(v, rng, "ranger twice", 36, 58)
    if not someone:
        return False
    rows = grant_post(stage.world, rng, someone, "hulin", 0)
    rows += grant_post(stage.world, rng, namesake(v, rng, someone), "hulin", 1)
    return stage.world.innocent(v, "M26", "同名护林员，证件号不同", rows, [])
