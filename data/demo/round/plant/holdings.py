"""Homes, wages, certificates, plots and machines (M17, M18, M20, M21, M23, M25)."""

import random
from datetime import date

from ..holdings import buy_machine, certify, insure, own_home, sow
from ..people import free_household, pick
from ..rolls import grant_relief
from ..world import Person, Record, Village
from .stage import Stage, innocent, problem, untouched


def _poor(stage: Stage, v: Village, rng: random.Random) -> tuple[Person, list[Record]] | None:
    """The head of a household on relief for two years, and its rows."""
    household = free_household(v, rng, "relief household in a story", 35, 70)
    if not household:
        return None
    return household.head, grant_relief(stage.world, rng, household)


@problem("M17")
def two_flats_or_a_shop(stage: Stage, v: Village, rng: random.Random) -> bool:
    """A relief household owns two flats in town, or a shop."""
    found = _poor(stage, v, rng)
    if not found:
        return False
    head, rows = found
    world, bought = stage.world, date(2019, rng.randrange(1, 12), 9)
    if rng.random() < 0.5:
        owned = [own_home(world, rng, head, bought), own_home(world, rng, head, date(2020, 5, 6))]
    else:
        owned = [own_home(world, rng, head, bought, use="商业服务", place="商业街门面")]
    return stage.world.problem(v, "M17", "救助家庭有两套住房或商铺", rows, owned)


@innocent("M17")
def resettled_or_garage(stage: Stage, v: Village, rng: random.Random) -> bool:
    """The second home is a resettlement flat or an inheritance, or it is a garage."""
    found = _poor(stage, v, rng)
    if not found:
        return False
    head, rows = found
    more = rng.choice(
        (
            {"acquired": "征收安置"},
            {"acquired": "继承"},
            {"use": "车库", "floor": 18.5},
            {"state": "注销"},
        )
    )
    owned = [own_home(stage.world, rng, head, date(2016, 3, 8))]
    owned.append(own_home(stage.world, rng, head, date(2018, 3, 8), **more))
    return stage.world.innocent(v, "M17", "安置、继承、车库或已注销", rows, owned)


def _adult(v: Village, rng: random.Random, stage: Stage) -> tuple[Person, list[Record]] | None:
    found = _poor(stage, v, rng)
    if not found or not found[0].household:
        return None
    day = date(2023, 1, 1)
    grown = [p for p in found[0].household.people if 20 <= p.age(day) <= 55]
    return (rng.choice(grown), found[1]) if grown else None


@problem("M18")
def wages_in_a_relief_household(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Somebody of the household has an employer who pays into the housing fund."""
    found = _adult(v, rng, stage)
    if not found:
        return False
    someone, rows = found
    paid = insure(stage.world, rng, someone, "住房公积金", date(2021, rng.randrange(1, 12), 1))
    return stage.world.problem(v, "M18", "救助家庭成员由单位缴存公积金", rows, [paid])


@innocent("M18")
def pays_his_own_pension(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Flexible work, or a job that ended before relief began."""
    found = _adult(v, rng, stage)
    if not found:
        return False
    someone, rows = found
    flexible = rng.random() < 0.6
    paid = insure(
        stage.world,
        rng,
        someone,
        "灵活就业养老保险" if flexible else "住房公积金",
        date(2019, 5, 1),
        unit="灵活就业人员" if flexible else "",
        state="正常" if flexible else "封存",
    )
    return stage.world.innocent(v, "M18", "灵活就业自缴或已停缴", rows, [paid])


def _allowance(stage: Stage, v: Village, rng: random.Random) -> list[Record]:
    """All rows of one person on the disability roll no story uses."""
    rows = untouched(stage.world.rows("canji", v))
    numbers = sorted({r["id_no"] for r in rows if not r["person"].died and r["level"] == "一级"})
    chosen = rng.choice(numbers) if numbers else ""
    return [r for r in rows if r["id_no"] == chosen]


@problem("M20")
def certificate_does_not_fit(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Paid as of the first degree; the register has the third, or a certificate long expired."""
    rows = _allowance(stage, v, rng)
    if not rows:
        return False
    someone = rows[0]["person"]
    if rng.random() < 0.5:
        paper = certify(stage.world, rng, someone, "三级", date(2019, 4, 2))
        text = "按一级发放，残疾证登记为三级"
    else:
        paper = certify(stage.world, rng, someone, "一级", date(2011, 4, 2))
        text = "残疾证到期后仍发放"
    return stage.world.problem(v, "M20", text, rows, [paper])


@innocent("M20")
def certificate_renewed(stage: Stage, v: Village, rng: random.Random) -> bool:
    """The old certificate expired and a new one follows it."""
    rows = _allowance(stage, v, rng)
    if not rows:
        return False
    someone = rows[0]["person"]
    papers = [
        certify(stage.world, rng, someone, "一级", date(2012, 4, 2)),
        certify(stage.world, rng, someone, "一级", date(2022, 4, 1)),
    ]
    return stage.world.innocent(v, "M20", "旧证到期后已换证", rows, papers)


def _severe(
    stage: Stage, v: Village, rng: random.Random, count: int, issued: date, remark: str
) -> list[Record]:
    people = [pick(v, rng, "severely disabled", 22, 78) for _ in range(count)]
    level = rng.choice(("一级", "二级"))
    return [certify(stage.world, rng, p, level, issued, remark) for p in people if p]


@problem("M21")
def disabled_and_unpaid(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Several severely disabled people are on no roll at all."""
    if any(i.village is v and "M21" in i.models for i in stage.world.items):
        return False
    rows = _severe(stage, v, rng, rng.randrange(4, 7), date(2018, 6, 1), "")
    return len(rows) > 3 and stage.world.problem(v, "M21", "重度残疾人未见任何补贴发放", rows, [])


@innocent("M21")
def cared_for_or_new(stage: Stage, v: Village, rng: random.Random) -> bool:
    """In an institution, by choice, or with a certificate of last month."""
    new = rng.random() < 0.4
    remark = "" if new else rng.choice(("县福利院集中供养", "本人自愿放弃"))
    issued = date(2024, 11, 20) if new else date(2018, 6, 1)
    rows = _severe(stage, v, rng, 1, issued, remark)
    return bool(rows) and stage.world.innocent(v, "M21", "机构供养、自愿放弃或新办证", rows, [])


def _two_owners(v: Village, rng: random.Random) -> tuple[Person, Person] | None:
    first, second = (pick(v, rng, "machine owner", 28, 60) for _ in range(2))
    return (first, second) if first and second else None


@problem("M25")
def one_machine_paid_twice(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Two people draw the subsidy for one serial number."""
    people = _two_owners(v, rng)
    if not people:
        return False
    first, second = people
    one = buy_machine(stage.world, rng, first)
    other = buy_machine(stage.world, rng, second, serial=one["serial"], engine=one["engine"])
    return stage.world.problem(v, "M25", "同一出厂编号两人领取农机补贴", [one, other], [])


@innocent("M25")
def serial_corrected(stage: Stage, v: Village, rng: random.Random) -> bool:
    """The serial was entered wrongly and is being corrected, or only the model is the same."""
    people = _two_owners(v, rng)
    if not people:
        return False
    first, second = people
    one = buy_machine(stage.world, rng, first)
    if rng.random() < 0.5:
        other = buy_machine(stage.world, rng, second, model=one["model"])
        return stage.world.innocent(v, "M25", "同型号不同编号", [one, other], [])
    other = buy_machine(
        stage.world, rng, second, serial=one["serial"], remark="出厂编号录入错误，已申请更正"
    )
    return stage.world.innocent(v, "M25", "编号录错，备注已说明", [one, other], [])


def _growers(v: Village, rng: random.Random) -> list[Person]:
    """The heads of two households, each with land of its own."""
    found = [free_household(v, rng, "grower", 30, 62) for _ in range(2)]
    return [h.head for h in found if h]


@problem("M23")
def one_plot_two_growers(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Two households draw the subsidy on the whole of one plot."""
    people = _growers(v, rng)
    if len(people) < 2:
        return False
    one = sow(stage.world, rng, people[0])
    other = sow(stage.world, rng, people[1], plot=one["plot"], area=one["area"])
    return stage.world.problem(v, "M23", "同一地块两户各按全部面积领补贴", [one, other], [])


@innocent("M23")
def plot_let_or_next_door(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Half a plot each after the household divided, or two plots side by side."""
    people = _growers(v, rng)
    if len(people) < 2:
        return False
    if rng.random() < 0.5:
        rows = [sow(stage.world, rng, p) for p in people]
        return stage.world.innocent(v, "M23", "相邻的两个地块", rows, [])
    one = sow(stage.world, rng, people[0], remark="分户后各种一半")
    rows = [one, sow(stage.world, rng, people[1], plot=one["plot"], remark="分户后各种一半")]
    return stage.world.innocent(v, "M23", "分户后各报一部分", rows, [])
