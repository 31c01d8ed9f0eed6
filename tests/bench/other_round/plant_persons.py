"""Planted problems that need the registers: M01 M16 M19 M22 M24 M64."""

from __future__ import annotations

import random
from datetime import date

import cars
import firms
import grants as g
import pick
from money import post
from people import a_day
from records import Person, Rec, Village, World

CARS = ("小型轿车", "小型轿车", "轻型普通货车")
SHOPS = ("烟酒超市", "快餐店", "摩托车修理部", "服装店")


def m01_boss(world: World, v: Village, rng: random.Random) -> None:
    who = pick.resident(v, rng, 1968, 1990)
    staff = firms.paid(world, v.town.county, who, v, rng)
    firm = firms.firm(
        world,
        v.town.county,
        world.mint.firm(v.town.county, rng.choice(("商贸", "装饰工程", "劳务服务")), "有限公司"),
        who,
        rng,
        kind="other",
        founded=a_day(rng, date(2020, 3, 1), date(2023, 9, 1)),
    )
    rows = [h for h in world.get("holder") if h.firm is firm and h.person is who]
    world.problem(v, "M01", "在职财政供养人员担任存续公司法定代表人").fact(firm, *rows).seen_in(
        staff
    )


def m01_share(world: World, v: Village, rng: random.Random) -> None:
    who = pick.resident(v, rng, 1968, 1990)
    staff = firms.paid(world, v.town.county, who, v, rng)
    firm = rng.choice(
        [
            f
            for f in world.get("firm")
            if f.kind == "farm" and f.county == v.town.county and not f.busy
        ]
    )
    firm.busy = True
    role, share = rng.choice((("股东", 35), ("股东", 22.5), ("监事", None)))
    row = firms.holder(world, firm, who, role, share)
    world.problem(v, "M01", f"在职财政供养人员在存续公司担任{role}").fact(row).seen_in(staff, firm)


def m01_shop(world: World, v: Village, rng: random.Random) -> None:
    who = pick.resident(v, rng, 1968, 1990)
    staff = firms.paid(world, v.town.county, who, v, rng)
    firm = firms.firm(
        world,
        v.town.county,
        world.mint.shop(v.town.name, rng.choice(SHOPS)),
        who,
        rng,
        kind="shop",
        town="集镇",
        founded=a_day(rng, date(2019, 10, 1), date(2023, 9, 1)),
    )
    world.problem(v, "M01", "在职财政供养人员登记为个体户经营者").fact(firm).seen_in(staff)


def m16_car(world: World, v: Village, rng: random.Random) -> None:
    home = pick.home(v, rng, lambda h: len(h.members) >= 2)
    recs = g.dibao(v, home, rng.choice("BC"), g.MONTHS[rng.choice((0, 0, 5)) :])
    owner = rng.choice([p for p in home.members if p.born.year <= 2003])
    car = cars.car(
        world,
        v,
        owner,
        rng,
        rng.choice(CARS),
        first=a_day(rng, date(2019, 1, 1), date(2023, 11, 1)),
    )
    world.problem(v, "M16", f"低保家庭成员名下有{car.kind}").fact(car, *recs).seen_in(
        *[pick.roster_row(v, p) for p in home.members]
    )


def m16_bought(world: World, v: Village, rng: random.Random) -> None:
    home = pick.home(v, rng, lambda h: len(h.members) >= 2 and h.head.born.year > 1955)
    recs = g.dibao(v, home, "B")
    car = cars.car(world, v, home.head, rng, first=date(2024, rng.randint(2, 6), 18))
    late = [r for r in recs if r.month > car.first.month]
    world.problem(v, "M16", "领取低保期间新购小轿车，之后继续领取").fact(car, *late).seen_in(
        *[r for r in recs if r not in late]
    )


def m19_firm(world: World, v: Village, rng: random.Random) -> None:
    home = pick.home(
        v,
        rng,
        lambda h: len(h.members) >= 2 and any(1960 <= p.born.year <= 2000 for p in h.members),
    )
    recs = g.dibao(v, home, rng.choice("ABC"), g.MONTHS[rng.choice((0, 0, 6)) :])
    owner = rng.choice([p for p in home.members if 1960 <= p.born.year <= 2000])
    if rng.random() < 0.5:
        firm = firms.firm(
            world,
            v.town.county,
            world.mint.shop(v.town.name, rng.choice(SHOPS)),
            owner,
            rng,
            kind="shop",
            town="集镇",
        )
        rows: list[Rec] = []
    else:
        firm = firms.firm(
            world,
            v.town.county,
            world.mint.firm(v.town.county, rng.choice(("商贸", "运输", "建材")), "有限公司"),
            owner,
            rng,
            kind="other",
        )
        rows = [h for h in world.get("holder") if h.firm is firm and h.person is owner]
    world.problem(v, "M19", "低保家庭成员名下有存续的市场主体").fact(firm, *rows, *recs).seen_in(
        *[pick.roster_row(v, p) for p in home.members]
    )


def m22_over(world: World, v: Village, rng: random.Random) -> None:
    home = pick.home(v, rng, lambda h: h.mu > 1.5)
    extra = round(rng.choice((0.9, 1.6, 2.4, 3.5, 5.2)) + rng.uniform(0, 0.4), 2)
    mine = [
        r
        for r in v.get("roll")
        if r.programme == "gengdi" and r.ben is home.head and (r.year == 2024 or rng.random() < 0.5)
    ]
    for rec in mine:
        rec.area = round(home.mu + extra, 2)
        rec.amount = round(rec.area * rec.std, 2)
    world.problem(v, "M22", f"地力补贴面积比确权面积多{extra}亩").fact(*mine).seen_in(
        *[r for r in v.get("land") if r.home is home]
    )


def m22_two_rows(world: World, v: Village, rng: random.Random) -> None:
    """Each row stays under the certificate, their sum does not: father on one row, son on another."""
    home = pick.home(v, rng, lambda h: h.mu > 1.5 and len(h.members) >= 3)
    son = next(p for p in home.members[1:] if p.born.year < 2004)
    mine = [
        r
        for r in v.get("roll")
        if r.programme == "gengdi" and r.ben is home.head and r.year == 2024
    ]
    add = g.gengdi(v, son, 2024, round(home.mu * 0.8, 2))
    world.problem(v, "M22 M12", "一户两人分别申报，合计面积超过确权面积").fact(*mine, *add).seen_in(
        *[r for r in v.get("land") if r.home is home], pick.roster_row(v, son)
    )


def m24_cadre(world: World, v: Village, rng: random.Random) -> None:
    boss = pick.cadre(v, rng)
    land = next(r for r in v.get("land") if not r.home)
    mu = land.plot_mu
    recs = g.gengdi(
        v, boss.person, 2024, mu, group=0, remark=rng.choice(("机动地", "村集体地", ""))
    )
    world.problem(
        v, "M24 M22", f"集体机动地{mu}亩的地力补贴打入{boss.post}个人卡，账上无对应收入"
    ).fact(*recs).seen_in(land, boss, *own_land(v, boss.person, recs))


def m24_kin(world: World, v: Village, rng: random.Random) -> None:
    _boss, who, ctx = pick.tie(v, rng)
    land = next(r for r in v.get("land") if not r.home)
    mu = land.plot_mu
    recs = [g.gengdi(v, who, y, mu, group=0)[0] for y in (2023, 2024)]
    world.problem(v, "M24 M22", f"村干部亲属以集体机动地{mu}亩领取地力补贴").fact(*recs).seen_in(
        land, *ctx
    )


def own_land(v: Village, who: Person, but: list[Rec]) -> list[Rec]:
    """The land-subsidy rows of a person's own plots."""
    return [r for r in v.get("roll") if r.programme == "gengdi" and r.ben is who and r not in but]


def m64_cadre(world: World, v: Village, rng: random.Random) -> None:
    boss = pick.cadre(v, rng)
    recs = g.gongyi(
        v,
        boss.person,
        rng.choice(("村庄保洁", "护路", "图书管理")),
        g.MONTHS[rng.choice((0, 3)) :],
        rng,
    )
    world.problem(v, "M64 M08", "在任村干部同时领取公益性岗位补贴").fact(*recs).seen_in(boss)


def m64_double(world: World, v: Village, rng: random.Random) -> None:
    who = pick.resident(v, rng, 1966, 1984)
    one = g.gongyi(v, who, "村庄保洁", g.MONTHS, rng)
    two = g.hulin(v, who)
    world.problem(v, "M64", "一人同时占公益性岗位和生态护林员两个岗位").fact(*one, *two)


def m64_dead(world: World, v: Village, rng: random.Random) -> None:
    from plant_grants import dead_after

    home = pick.home(v, rng, lambda h: len(h.members) == 1 and h.head.born.year >= 1952)
    who = home.head
    recs = g.gongyi(v, who, "河道管护", g.MONTHS, rng)
    died = date(2024, rng.randint(2, 7), 11)
    marks = firms.die(world, who, died, rng, ("police", "fire"))
    late = dead_after(v, recs, died)
    world.problem(v, "M64 M11", f"去世后公益性岗位仍有考勤并发放{len(late)}个月").fact(
        *late
    ).seen_in(*marks, *[r for r in recs if r not in late])


def m64_payroll(world: World, v: Village, rng: random.Random) -> None:
    who = pick.resident(v, rng, 1968, 1990)
    staff = firms.paid(world, v.town.county, who, v, rng)
    recs = g.gongyi(v, who, "公共设施维护", g.MONTHS[rng.choice((0, 4)) :], rng)
    world.problem(v, "M64 M10", "在职财政供养人员占公益性岗位").fact(*recs).seen_in(staff)


def m24_receipt_row(village: Village, text: str, amount: float, who: str, day: date) -> Rec:
    """The ledger receipt that shows a collective payment came home (used by look-alikes)."""
    return post(village, day, "grant", text, inn=amount, payee=who)


PLANTS = {
    "M01": [m01_boss, m01_share, m01_shop],
    "M16": [m16_car, m16_bought],
    "M19": [m19_firm],
    "M22": [m22_over, m22_two_rows],
    "M24": [m24_cadre, m24_kin],
    "M64": [m64_cadre, m64_double, m64_dead, m64_payroll],
}
