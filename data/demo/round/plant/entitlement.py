"""Land subsidy and paid posts (M22, M24, M64)."""

import random
from datetime import date

from ..lifetimes import die
from ..people import free_household, namesake, pick
from ..rolls import LAND_RATE, grant_post, subsidy
from ..world import Record, Village
from .stage import Stage, cadre, innocent, problem


def _household_rows(stage: Stage, v: Village, rng: random.Random) -> list[Record]:
    household = free_household(v, rng, "land story")
    rows = stage.world.rows("land_subsidy", v)
    return [r for r in rows if household and r["household"] is household and not r.taken]


def _widen(row: Record, area: float) -> None:
    row.values.update(
        area=round(area, 2), amount=round(round(area, 2) * LAND_RATE[row["period"].year])
    )


def _contract(stage: Stage, v: Village, row: Record) -> list[Record]:
    return [r for r in stage.world.rows("land", v) if r["id_no"] == row["household"].head.number]


@problem("M22")
def more_than_contracted(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Paid for more land than the household has."""
    rows = _household_rows(stage, v, rng)
    if not rows:
        return False
    extra = rng.uniform(1.6, 6.5)
    for row in rows:
        _widen(row, row["household"].area + extra)
    text = f"补贴面积超出确权面积约{extra:.1f}亩"
    return stage.world.problem(v, "M22", text, rows, _contract(stage, v, rows[0]))


@innocent("M22")
def tills_for_others(stage: Stage, v: Village, rng: random.Random) -> bool:
    """The extra land is leased in or tilled for a neighbour, with a contract."""
    rows = _household_rows(stage, v, rng)
    if not rows:
        return False
    extra = round(rng.uniform(2, 8), 1)
    word = rng.choice(
        ("流转入{}亩，有流转合同", "代耕{}亩，签有代耕协议，补贴归种植人", "含流转{}亩(合同已备案)")
    )
    for row in rows:
        _widen(row, row["household"].area + extra)
        row["remark"] = word.format(extra)
    return stage.world.innocent(v, "M22", "流转入/代耕有合同", rows, _contract(stage, v, rows[0]))


@innocent("M22")
def surveyed_anew(stage: Stage, v: Village, rng: random.Random) -> bool:
    """The certificate missed a plot; the village corrected it in public."""
    rows = _household_rows(stage, v, rng)
    if not rows:
        return False
    extra = round(rng.uniform(0.8, 2.4), 1)
    for row in rows:
        _widen(row, row["household"].area + extra)
        row["remark"] = f"确权漏登{extra}亩，经公示更正"
    return stage.world.innocent(v, "M22", "确权漏登已公示更正", rows, _contract(stage, v, rows[0]))


@problem("M24")
def common_land_in_a_name(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Subsidy on the village's spare land is drawn in a cadre's or relative's name."""
    c = cadre(v, rng)
    if not c or not c.person.household:
        return False
    rows = [
        r
        for r in stage.world.rows("land_subsidy", v)
        if r["household"] is c.person.household and not r.taken
    ]
    if not rows:
        return False
    for row in rows:
        own = rng.random() < 0.5
        _widen(row, v.spare_land + (0 if own else row["household"].area))
    spare = [r for r in stage.world.rows("land", v) if r["name"] == "村集体"]
    text = f"集体机动地{v.spare_land}亩的补贴由{c.post}个人领取"
    return stage.world.problem(v, "M24 M22", text, rows, [*spare, c.record])


@innocent("M24")
def received_for_the_village(stage: Stage, v: Village, rng: random.Random) -> bool:
    """A cadre's account received it for the village and paid it into the books within weeks."""
    books, c = stage.books(v), cadre(v, rng, "会计 报账员 村委会委员 党支部委员")
    if not books or not c:
        return False
    contract = [r for r in stage.world.rows("land", v) if r["name"] == "村集体"]
    row = subsidy(
        stage.world,
        c.person.household,
        2024,
        v.spare_land,
        contract_area=v.spare_land,
        remark="村集体机动地，代村集体领取",
    )
    if not row:
        return False
    day = date(2024, 6, rng.randrange(12, 28))
    receipt = books.enter(
        "in",
        day,
        row["amount"],
        c.person.name,
        f"收{c.person.name}代领集体机动地耕地地力补贴",
        "other_in",
    )
    return stage.world.innocent(v, "M24", "代村集体领取，月内已入村账", [row], [receipt, *contract])


@problem("M64")
def cadre_in_post(stage: Stage, v: Village, rng: random.Random) -> bool:
    """A serving cadre holds a paid post."""
    c = cadre(v, rng)
    if not c:
        return False
    rows = grant_post(stage.world, rng, c.person, "gangwei", rng.randrange(5))
    return stage.world.problem(v, "M64 M08", f"在任{c.post}同时领取公益岗补贴", rows, [c.record])


@problem("M64")
def dead_in_post(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Paid for work months after death."""
    someone = pick(v, rng, "dead in post", 48, 62)
    if not someone:
        return False
    rows = grant_post(stage.world, rng, someone, "gangwei", rng.randrange(5))
    day = date(2023, 6, 1).replace(month=rng.randrange(6, 13), day=rng.randrange(2, 27))
    late = [r for r in rows if r["period"] > day]
    registered = die(stage.world, rng, someone, day)
    return stage.world.problem(v, "M64 M11", f"去世后公益岗仍发放{len(late)}个月", late, registered)


@problem("M64")
def two_posts(stage: Stage, v: Village, rng: random.Random) -> bool:
    """One person holds two paid posts in the same months."""
    someone = pick(v, rng, "two posts", 42, 59)
    if not someone:
        return False
    ranger = grant_post(stage.world, rng, someone, "hulin")
    post = grant_post(stage.world, rng, someone, "gangwei", 3)
    return stage.world.problem(v, "M64 M13", "同时领取公益岗和生态护林员补助", ranger, post[:2])


@problem("M64")
def owner_in_post(stage: Stage, v: Village, rng: random.Random) -> bool:
    """A post for people without work is held by the owner of a firm."""
    someone = pick(v, rng, "owner in post", 42, 59)
    if not someone:
        return False
    rows = grant_post(stage.world, rng, someone, "gangwei", 2)
    firm = stage.market.register(v, "service", someone, address=f"{v.town}{v.name}")
    return stage.world.problem(v, "M64", "公益岗人员为在营企业法定代表人", rows, [firm])


@innocent("M64")
def one_post_after_another(stage: Stage, v: Village, rng: random.Random) -> bool:
    """A ranger first, then another post: no month twice."""
    someone = pick(v, rng, "posts in turn", 42, 59)
    if not someone:
        return False
    ranger = grant_post(stage.world, rng, someone, "hulin")
    post = grant_post(stage.world, rng, someone, "gangwei", 3, since=date(2024, 1, 1))
    for store in (stage.world.tables["hulin"], stage.world.rows("hulin", v)):
        store[:] = [r for r in store if r not in ranger or r["period"].year == 2023]
    for store in (stage.world.tables["gangwei"], stage.world.rows("gangwei", v)):
        store[:] = [r for r in store if r not in post or r["period"].year == 2024]
    kept = [r for r in post if r["period"].year == 2024]
    return stage.world.innocent(v, "M64", "先后任职，月份不重叠", kept, ranger[:2])


@innocent("M64")
def post_namesake(stage: Stage, v: Village, rng: random.Random) -> bool:
    """The cleaner shares a name with a cadre."""
    c = cadre(v, rng)
    if not c:
        return False
    twin = namesake(v, rng, c.person)
    rows = grant_post(stage.world, rng, twin, "gangwei")
    return stage.world.innocent(v, "M64", "与干部同名，身份证号不同", rows, [c.record])
