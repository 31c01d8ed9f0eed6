"""Deaths, double payments and shared cards (M11, M12, M15)."""

import random
from datetime import date, timedelta

from .. import ids
from ..lifetimes import die
from ..people import free_household, lone, namesake
from ..rolls import RELIEF_RATE, grant_relief, pay, quarters
from ..world import Person, Record, Village
from .stage import Stage, innocent, problem, relative, untouched


def _old(v: Village, rng: random.Random) -> Person | None:
    free = [p for p in v.people if not p.busy and not p.died and p.born.year <= 1942]
    if not free:
        return lone(v, rng, "story of a death", 66, 95)
    someone = rng.choice(free)
    for p in someone.household.people if someone.household else [someone]:
        p.busy = p.busy or "story of a death"
    return someone


def _aged_rows(stage: Stage, v: Village, someone: Person) -> list[Record]:
    rows = [r for r in stage.world.rows("gaoling", v) if r["person"] is someone]
    if rows:
        return rows
    world = stage.world
    return [
        pay(
            world,
            "tekun",
            someone,
            q,
            3 * (RELIEF_RATE["A"][q.year - 2023] * 13 // 10) + 36000,
            way="分散供养",
            care=36000,
            ability="全自理",
            since=date(2020, 5, 1),
        )
        for q in quarters()
    ]


@problem("M11")
def dead_on_quarterly_roll(stage: Stage, v: Village, rng: random.Random) -> bool:
    """An old person dies and two or more quarters go on being paid."""
    someone = _old(v, rng)
    if not someone:
        return False
    rows = _aged_rows(stage, v, someone)
    day = date(2023, 2, 1) + timedelta(days=rng.randrange(420))
    paid = rng.randrange(2, 5)
    late = [r for r in rows if r["period"] > day][:paid]
    _drop(stage, v, [r for r in rows if r["period"] > day][paid:])
    registered = die(stage.world, rng, someone, day)
    text = f"去世后仍领取{len(late)}个季度补贴"
    return stage.world.problem(v, "M11", text, late, registered)


@problem("M11")
def dead_on_relief(stage: Stage, v: Village, rng: random.Random) -> bool:
    """A relief household's only member dies; months go on being paid."""
    household = free_household(v, rng, "story of a death", 50, 90)
    if not household:
        return False
    day = date(2023, 3, 1) + timedelta(days=rng.randrange(400))
    extra = rng.randrange(3, 8)
    last = day.replace(day=1) + timedelta(days=31 * extra + 5)
    rows = grant_relief(stage.world, rng, household, last=last)
    late = [r for r in rows if r["period"] > day]
    registered = die(stage.world, rng, household.head, day)
    text = f"去世后仍领低保{len(late)}个月"
    return stage.world.problem(v, "M11", text, late, registered)


@problem("M11")
def dead_and_on_a_cadres_card(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Paid after death onto the card of a cadre's relative."""
    found, someone = relative(v, rng), _old(v, rng)
    if not found or not someone:
        return False
    c, kin, relation, record = found
    day = date(2023, 2, 1) + timedelta(days=rng.randrange(300))
    rows = _aged_rows(stage, v, someone)
    late = [r for r in rows if r["period"] > day]
    for row in late:
        row.values.update(card=kin.card, payee=kin.name, payee_id=kin.number)
    registered = die(stage.world, rng, someone, day)
    text = f"去世后补贴打入{c.post}{relation}的卡"
    return stage.world.problem(v, "M11 M15", text, late, [*registered, record])


@innocent("M11")
def paid_for_the_living_months(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Arrears for months before death, said so in the remark."""
    household = free_household(v, rng, "story of a death", 50, 90)
    if not household:
        return False
    day = date(2023, rng.randrange(4, 11), rng.randrange(2, 27))
    rows = grant_relief(stage.world, rng, household, last=day.replace(day=1))
    base = rows[-1]
    month = (day + timedelta(days=64)).replace(day=1)
    extra = pay(
        stage.world,
        "dibao",
        household.head,
        month,
        base["amount"],
        grade=base["grade"],
        heads=base["heads"],
        certificate=base["certificate"],
        since=base["since"],
        remark=f"补发{day.month - 2}月(生前)差额",
    )
    registered = die(stage.world, rng, household.head, day)
    return stage.world.innocent(v, "M11", "补发生前月份", [extra], registered)


@innocent("M11")
def returned_after_death(stage: Stage, v: Village, rng: random.Random) -> bool:
    """The bank sent the money back: account closed."""
    someone = _old(v, rng)
    if not someone:
        return False
    rows = _aged_rows(stage, v, someone)
    day = date(2023, 2, 1) + timedelta(days=rng.randrange(420))
    late = [r for r in rows if r["period"] > day]
    _drop(stage, v, late[1:])
    late[0].values.update(status=rng.choice(("退回", "失败")), remark="账户已销户，资金退回")
    registered = die(stage.world, rng, someone, day)
    return stage.world.innocent(v, "M11", "发放失败已退回", late[:1], registered)


@innocent("M11")
def dead_namesake(stage: Stage, v: Village, rng: random.Random) -> bool:
    """The one who died only shares the name."""
    rows = untouched(stage.world.rows("gaoling", v)) or untouched(stage.world.rows("dibao", v))
    rows = [r for r in rows if not r["person"].died]
    if not rows:
        return False
    someone = rng.choice(rows)["person"]
    twin = namesake(v, rng, someone)
    registered = die(stage.world, rng, twin, date(2023, rng.randrange(1, 6), 11))
    mine = [r for r in rows if r["person"] is someone and r["period"] > date(2023, 7, 1)]
    return bool(mine) and stage.world.innocent(v, "M11", "死者为同名另一人", mine[:6], registered)


@innocent("M11")
def land_of_a_living_household(stage: Stage, v: Village, rng: random.Random) -> bool:
    """The head died; the household lives on and tills its land."""
    household = free_household(v, rng, "story of a death", 50, 85)
    if not household or len(household.people) < 2:
        return False
    rows = [
        r
        for r in stage.world.rows("land_subsidy", v)
        if r["person"] is household.head and r["period"].year == 2024
    ]
    if not rows:
        return False
    registered = die(stage.world, rng, household.head, date(2023, rng.randrange(7, 13), 8))
    rows[0]["remark"] = rng.choice(("户主已故，家庭成员续种", "户主变更手续办理中，配偶耕种"))
    return stage.world.innocent(v, "M11", "土地补贴以户为单位，户内成员仍在", rows, registered)


def _drop(stage: Stage, v: Village, rows: list[Record]) -> None:
    for row in rows:
        for table in ("gaoling", "tekun", "dibao", "canji"):
            for store in (stage.world.tables[table], stage.world.rows(table, v)):
                if row in store:
                    store.remove(row)


@problem("M12")
def paid_twice(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Two successful rows of one programme and period for one person."""
    roll = rng.choice(("gaoling", "dibao", "land_subsidy", "canji", "linshi"))
    rows = [r for r in untouched(stage.world.rows(roll, v)) if not r["person"].died]
    if not rows:
        return False
    row = rng.choice(rows)
    twin = stage.world.add(roll, v, **dict(row.values))
    how = rng.choice(("15-digit", "card", "plain"))
    if how == "15-digit" and row["person"].born.year < 2000:
        twin["id_no"] = twin["payee_id"] = ids.old_id(row["id_no"])
    elif how == "card":
        twin["card"] = ids.bank_card(rng, "621700")
    names = {
        "gaoling": "高龄津贴",
        "dibao": "低保金",
        "land_subsidy": "耕地补贴",
        "canji": "残疾人补贴",
        "linshi": "临时救助",
    }
    return stage.world.problem(v, "M12", f"同一期{names[roll]}重复发放两次", [row, twin], [])


@problem("M12")
def paid_in_two_villages(stage: Stage, v: Village, rng: random.Random) -> bool:
    """One person on the land roll of two villages' books for the same land year."""
    others = [o for o in stage.world.villages if o.county == v.county and o is not v]
    rows = [r for r in untouched(stage.world.rows("gaoling", v)) if not r["person"].died]
    if not others or not rows:
        return False
    row = rng.choice(rows)
    other = rng.choice([o for o in others if o.town == v.town] or others)
    twin = stage.world.add("gaoling", other, **dict(row.values))
    return stage.world.problem(v, "M12", f"同一季度在本村和{other.name}各领一次", [row, twin], [])


@innocent("M12")
def returned_and_repaid(stage: Stage, v: Village, rng: random.Random) -> bool:
    """The first payment failed and was made again."""
    roll = rng.choice(("gaoling", "dibao", "land_subsidy", "canji"))
    rows = [r for r in untouched(stage.world.rows(roll, v)) if not r["person"].died]
    if not rows:
        return False
    row = rng.choice(rows)
    twin = stage.world.add(roll, v, **dict(row.values))
    row.values.update(status=rng.choice(("退回", "失败")), remark="卡号有误，银行退回")
    twin.values.update(card=ids.bank_card(rng), remark="退回重发")
    return stage.world.innocent(v, "M12", "首次退回后重发", [row, twin], [])


@innocent("M12")
def two_batches(stage: Stage, v: Village, rng: random.Random) -> bool:
    """The yearly land subsidy came in two half-sum batches."""
    rows = [r for r in untouched(stage.world.rows("land_subsidy", v)) if not r["person"].died]
    if not rows:
        return False
    row = rng.choice(rows)
    area = row["area"]
    twin = stage.world.add("land_subsidy", v, **dict(row.values))
    row.values.update(area=round(area * 0.6, 2), remark="第一批")
    twin.values.update(area=round(area - row["area"], 2), remark="第二批")
    for r in (row, twin):
        r["amount"] = round(r["area"] * r["rate"])
    return stage.world.innocent(v, "M12", "同一年度分两批发放", [row, twin], [])
