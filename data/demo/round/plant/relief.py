"""Who draws means-tested help: cadres, relatives, officials (M08, M09, M10)."""

import random
from datetime import date

from ..people import namesake, pick
from ..registers import employ
from ..rolls import grant_post, grant_relief, pay
from ..world import Person, Record, Village
from .stage import Stage, cadre, innocent, problem, relative

_QUIET = ("", "relative", "relative's household", "cadre", "worker", "dead")


def grant(stage: Stage, rng: random.Random, someone: Person) -> list[Record]:
    """Some kind of means-tested payment to a person, one row or many."""
    world, kind = stage.world, rng.choice(("dibao", "dibao", "weifang", "linshi"))
    family = [
        p for p in (someone.household.people if someone.household else []) if p is not someone
    ]
    if kind == "dibao" and any(p.busy not in _QUIET for p in family):
        kind = "weifang"
    if kind == "dibao" and someone.household:
        for p in family:
            p.busy = p.busy or "relief household"
        first = date(2023, rng.randrange(1, 6), 1)
        rows = grant_relief(
            world, rng, someone.household, first, date(2024, rng.randrange(2, 13), 1)
        )
        if someone is not someone.household.head:
            for row in rows:
                row.values.update(
                    name=someone.name,
                    id_no=someone.number,
                    payee=someone.name,
                    payee_id=someone.number,
                    card=someone.card,
                    person=someone,
                )
        return rows
    if kind == "weifang":
        return [
            pay(
                world,
                kind,
                someone,
                date(rng.choice((2023, 2024)), 9, 1),
                1600000,
                grade="D",
                way="原址翻建",
                kind="低保边缘户",
            )
        ]
    day = date(2024, rng.randrange(2, 11), 9)
    return [
        pay(
            world,
            "linshi",
            someone,
            day.replace(day=1),
            100000 * rng.randrange(3, 7),
            applied=day,
            reason="因病",
        )
    ]


@problem("M08")
def cadre_on_relief(stage: Stage, v: Village, rng: random.Random) -> bool:
    """A serving cadre is himself on the relief roll."""
    c = cadre(v, rng)
    if not c:
        return False
    rows = grant(stage, rng, c.person)
    return stage.world.problem(v, "M08", f"在任{c.post}本人领取救助资金", rows, [c.record])


@problem("M08")
def elected_and_still_paid(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Elected in mid-2023 and paid for months after."""
    c = cadre(v, rng, "村委会委员 党支部委员 妇女主任")
    if not c or not c.person.household or not c.record:
        return False
    c.since = date(2023, rng.randrange(4, 8), 16)
    c.record["since"] = c.since
    months = rng.randrange(3, 7)
    rows = grant_relief(
        stage.world,
        rng,
        c.person.household,
        date(2023, 1, 1),
        date(2023, c.since.month + months - 1, 1),
    )
    late = [r for r in rows if r["period"] > c.since]
    text = f"当选{c.post}后仍领低保{len(late)}个月"
    return stage.world.problem(v, "M08", text, late, [c.record])


@innocent("M08")
def cadre_land(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Universal land subsidy is a cadre's right too."""
    c = cadre(v, rng) or rng.choice(v.cadres)
    rows = [
        r for r in stage.world.rows("land_subsidy", v) if r["person"] is c.person and not r.taken
    ]
    if not rows:
        return False
    return stage.world.innocent(v, "M08", "普惠的耕地地力补贴，干部同享", rows, [c.record])


@innocent("M08")
def helped_before_office(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Relief stopped before the election."""
    c = cadre(v, rng, "村委会委员 党支部委员 妇女主任 党支部副书记")
    if not c or not c.person.household or not c.record:
        return False
    c.since = date(2024, rng.randrange(2, 9), 16)
    c.record["since"] = c.since
    rows = grant_relief(stage.world, rng, c.person.household, date(2023, 1, 1), date(2023, 10, 1))
    return stage.world.innocent(v, "M08", "任职前已停发", rows, [c.record])


@innocent("M08")
def cadre_namesake(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Another villager of the cadre's name, with another ID, on relief."""
    c = cadre(v, rng)
    if not c:
        return False
    twin = namesake(v, rng, c.person)
    assert twin.household is not None
    rows = grant_relief(stage.world, rng, twin.household)
    return stage.world.innocent(v, "M08", "同名不同人，身份证号不同", rows, [c.record])


@problem("M09")
def relative_not_filed(stage: Stage, v: Village, rng: random.Random) -> bool:
    """A cadre's relative is on relief and not on the filing list."""
    found = relative(v, rng)
    if not found:
        return False
    c, someone, relation, record = found
    in_post = rng.random() < 0.3
    world = stage.world
    rows = grant_post(world, rng, someone, "gangwei", 1) if in_post else grant(stage, rng, someone)
    text = f"{c.post}的{relation}领取非普惠补贴，无近亲属备案"
    return stage.world.problem(v, "M09", text, rows, [record])


@innocent("M09")
def relative_filed(stage: Stage, v: Village, rng: random.Random) -> bool:
    """The same, properly filed."""
    found = relative(v, rng)
    if not found:
        return False
    c, someone, relation, record = found
    rows = grant(stage, rng, someone)
    names = {"dibao": "最低生活保障", "weifang": "危房改造", "linshi": "临时救助"}
    kind = "dibao" if rows[0]["certificate"] else "weifang" if rows[0]["way"] else "linshi"
    filed = stage.world.add(
        "filing",
        v,
        name=c.person.name,
        id_no=c.person.number,
        post=c.post,
        relative=someone.name,
        relative_id=someone.number,
        relation=relation,
        programme=names[kind],
        filed=date(2022, rng.randrange(1, 13), 15),
    )
    return stage.world.innocent(v, "M09", "已办理社会救助近亲属备案", rows, [record, filed])


@innocent("M09")
def relative_land(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Relatives draw the universal land subsidy."""
    heads = {p.number for c in v.cadres for _, p, _ in c.relatives}
    rows = [r for r in stage.world.rows("land_subsidy", v) if r["id_no"] in heads and not r.taken]
    if not rows:
        return False
    return stage.world.innocent(v, "M09", "近亲属领取普惠补贴", [rng.choice(rows)], [])


@problem("M10")
def official_on_relief(stage: Stage, v: Village, rng: random.Random) -> bool:
    """An official in service draws relief meant for the poor."""
    someone = pick(v, rng, "official on relief", 27, 57)
    if not someone:
        return False
    job = employ(stage.world, rng, someone, "在职", date(rng.randrange(2001, 2019), 8, 1))
    rows = grant(stage, rng, someone)
    return stage.world.problem(v, "M10", "在职财政供养人员领取救助资金", rows, [job])


@problem("M10")
def official_in_post(stage: Stage, v: Village, rng: random.Random) -> bool:
    """An official holds a paid public-welfare post at the same time."""
    someone = pick(v, rng, "official on relief", 35, 57)
    if not someone:
        return False
    job = employ(stage.world, rng, someone, "在职", date(2010, 8, 1))
    rows = grant_post(stage.world, rng, someone, "gangwei", rng.randrange(4))
    return stage.world.problem(v, "M10 M64", "在职财政供养人员同时领取公益岗补贴", rows, [job])


@innocent("M10")
def left_service_before(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Left the payroll before the first payment."""
    someone = pick(v, rng, "left service", 30, 57)
    if not someone:
        return False
    job = employ(
        stage.world, rng, someone, "退出", date(2009, 8, 1), date(2021, rng.randrange(2, 12), 1)
    )
    rows = grant(stage, rng, someone)
    return stage.world.innocent(v, "M10", "发放前已退出财政供养", rows, [job])


@innocent("M10")
def official_land(stage: Stage, v: Village, rng: random.Random) -> bool:
    """An official's household keeps its land and the universal subsidy on it."""
    heads = {r["id_no"] for r in stage.world.rows("payroll", v)}
    rows = [r for r in stage.world.rows("land_subsidy", v) if r["id_no"] in heads and not r.taken]
    if not rows:
        return False
    return stage.world.innocent(v, "M10", "普惠耕地补贴，按承包户发放", [rng.choice(rows)], [])


@innocent("M10")
def official_namesake(stage: Stage, v: Village, rng: random.Random) -> bool:
    """An official and a poor villager share a name only."""
    poor = [r for r in stage.world.rows("dibao", v) if not r.taken and not r["status_note"]]
    if not poor:
        return False
    row = rng.choice(poor)
    same = [r for r in poor if r["id_no"] == row["id_no"]]
    twin = namesake(v, rng, row["person"])
    v.people.remove(twin)
    v.households.pop()
    job = employ(stage.world, rng, twin, "在职")
    return stage.world.innocent(v, "M10", "同名不同人，身份证号不同", same[:6], [job])
