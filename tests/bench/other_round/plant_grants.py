"""Planted problems on the benefit side: M08 M09 M10 M11 M12 M15."""

from __future__ import annotations

import random
from datetime import date, timedelta

import firms
import grants as g
import pick
from names import old_form
from records import Person, Rec, Village, World

ALL = g.MONTHS


def land_row(village: Village, who: Person) -> list[Rec]:
    """The land-subsidy row of 2024 that shows whose card a card is."""
    return [
        r
        for r in village.get("roll")
        if r.programme == "gengdi" and r.year == 2024 and r.id_no == who.id_no
    ]


def m08_elected(world: World, v: Village, rng: random.Random) -> None:
    """Elected in the middle of the year, the low-income payments go on (as in a published county case)."""
    home = pick.stranger(v, rng, 1966, 1990).home
    month = rng.randint(3, 7)
    rec = v.add(
        "cadre",
        Rec(
            person=home.head,
            name=home.head.name,
            id_no=home.head.id_no,
            post="两委委员（补选）",
            start=date(2024, month, 6),
            end=None,
            phone=home.head.phone,
            party="中共党员",
            pay=2400,
            used=9,
        ),
    )
    recs = g.dibao(v, home, "B")
    late = [r for r in recs if r.month > month + 1]
    world.problem(v, "M08", f"补选为两委委员后仍领低保{len(late)}个月").fact(*late).seen_in(
        rec, *[r for r in recs if r not in late]
    )


def m08_help(world: World, v: Village, rng: random.Random) -> None:
    boss = pick.cadre(v, rng)
    recs = g.linshi(
        v, boss.person, rng.randint(3, 11), rng.randrange(15, 60) * 100, rng.choice(g.REASONS)
    )
    world.problem(v, "M08", "在任村干部领取临时救助").fact(*recs).seen_in(boss)


def m08_house(world: World, v: Village, rng: random.Random) -> None:
    boss = pick.cadre(v, rng)
    recs = g.grant(
        v,
        "weigai",
        boss.person,
        [(2024, rng.randint(4, 11))],
        level="D",
        amount=rng.choice((18000, 23500)),
        kind="拆除重建",
    )
    world.problem(v, "M08", "在任村干部领取危房改造补助").fact(*recs).seen_in(boss)


def m09_relief(world: World, v: Village, rng: random.Random) -> None:
    boss, who, ctx = pick.kin(v, rng)
    recs = g.dibao(v, who.home, rng.choice("AB"), ALL[rng.choice((0, 3, 6)) :], ben=who)
    world.problem(v, "M09", f"{boss.post}的近亲属享受低保，备案名单中没有").fact(*recs).seen_in(
        *ctx
    )


def m09_hidden(world: World, v: Village, rng: random.Random) -> None:
    _boss, who, ctx = pick.spouse(v, rng)
    recs = (
        g.linshi(v, who, rng.randint(2, 11), rng.randrange(12, 45) * 100, rng.choice(g.REASONS))
        if rng.random() < 0.5
        else g.grant(
            v,
            "weigai",
            who,
            [(2024, rng.randint(4, 11))],
            level="C",
            amount=rng.choice((9000, 14500)),
            kind="修缮加固",
        )
    )
    world.problem(v, "M09 M08", "村干部同户家属享受非普惠补助，未申报未备案").fact(*recs).seen_in(
        *ctx
    )


def m10_pay(world: World, v: Village, rng: random.Random) -> None:
    who = pick.resident(v, rng, 1968, 1992)
    staff = firms.paid(world, v.town.county, who, v, rng)
    if rng.random() < 0.5:
        recs = g.dibao(v, who.home, "C", ALL[rng.randint(0, 5) :], ben=who)
    else:
        recs = g.linshi(
            v, who, rng.randint(2, 11), rng.randrange(10, 40) * 100, rng.choice(g.REASONS)
        )
    world.problem(v, "M10 M18", f"在职财政供养人员领取{recs[0].project}").fact(*recs).seen_in(staff)


def m10_retired(world: World, v: Village, rng: random.Random) -> None:
    who = pick.resident(v, rng, 1950, 1963)
    staff = firms.paid(
        world, v.town.county, who, v, rng, state="退休", kind="事业", start=date(1981, 9, 1)
    )
    recs = g.tekun(v, who) if len(who.home.members) == 1 else g.dibao(v, who.home, "A", ben=who)
    world.problem(v, "M10 M18", f"退休财政供养人员享受{recs[0].project}").fact(*recs).seen_in(staff)


def dead_after(v: Village, recs: list[Rec], died: date) -> list[Rec]:
    """Payments later than the month after death; everything else of the dead is stopped or passed on."""
    limit = died.year * 12 + died.month + 1
    mine = {id(r) for r in recs}
    who = recs[0].ben
    heirs = [p for p in who.home.members if p is not who and not p.died]
    for rec in [r for r in v.get("roll") if r.ben is who and id(r) not in mine and r.day >= died]:
        if heirs and rec.programme in ("gengdi", "tuigeng"):
            heir = heirs[0]
            rec.ben, rec.name, rec.id_no, rec.payee, rec.payee_id, rec.card = (
                heir,
                heir.name,
                heir.id_no,
                heir.name,
                heir.id_no,
                heir.card,
            )
        else:
            v.get("roll").remove(rec)
    return [r for r in recs if r.year * 12 + r.month > limit]


def m11_relief(world: World, v: Village, rng: random.Random, many: bool = True) -> None:
    home = pick.home(v, rng, lambda h: len(h.members) == 1)
    recs = g.tekun(v, home.head) if rng.random() < 0.4 else g.dibao(v, home, "A", persons=1)
    died = date(2024, rng.randint(2, 8), rng.randint(2, 27))
    marks = firms.die(
        world,
        home.head,
        died,
        rng,
        rng.choice((("police", "fire"), ("fire",), ("fire", "pension"))),
    )
    late = dead_after(v, recs, died)
    world.problem(v, "M11", f"{died.month}月去世后仍发放{recs[0].project}{len(late)}个月").fact(
        *late
    ).seen_in(*marks, *[r for r in recs if r not in late])


def m11_elder(world: World, v: Village, rng: random.Random) -> None:
    old = [
        p
        for p in v.people
        if p.born.year <= 1942 and not p.busy and not p.died and not p.home.is_cadre
    ]
    if not old:
        m11_relief(world, v, rng)
        return
    who = rng.choice(old)
    pick.hold(v, who.home)
    died = (
        date(2023, rng.randint(9, 12), rng.randint(2, 27))
        if rng.random() < 0.5
        else date(2024, rng.randint(1, 4), 9)
    )
    marks = firms.die(
        world, who, died, rng, rng.choice((("fire",), ("police",), ("police", "pension")))
    )
    mine = [r for r in v.get("roll") if r.programme == "gaoling" and r.ben is who]
    late = dead_after(v, mine, died)
    world.problem(v, "M11", f"去世后仍发放高龄津贴{len(late)}个季度").fact(*late).seen_in(
        *marks, *[r for r in mine if r not in late]
    )


def m12_twice(world: World, v: Village, rng: random.Random) -> None:
    home = pick.home(v, rng, lambda h: h.head.born.year < 1975)
    recs = g.dibao(v, home, "B")
    month = rng.randint(3, 10)
    again = g.dibao(
        v,
        home,
        "B",
        [(2024, month), (2024, month + 1)],
        id_no=old_form(home.head.id_no),
        card=world.mint.card(),
        award=object(),
    )
    hit = [r for r in recs if r.month in (month, month + 1)]
    world.problem(v, "M12", "同一人以15位和18位身份证号在同月重复领取低保").fact(
        *hit, *again
    ).seen_in(*[r for r in recs if r not in hit])


def m12_two_villages(world: World, v: Village, rng: random.Random) -> None:
    who = pick.resident(v, rng, 1945, 1975)
    other = rng.choice([x for x in v.town.villages if x is not v and not x.clean] or [v])
    level = rng.choice(("一级", "二级"))
    here = g.canji(v, who, level, "护理补贴")
    months = ALL[rng.randint(3, 8) :]
    there = g.canji(
        other, who, level, "护理补贴", months, card=world.mint.card(), group=rng.randint(1, 6)
    )
    hit = [r for r in here if (r.year, r.month) in months]
    world.problem(v, "M12", f"同一人在两个村同时领取残疾人护理补贴{len(months)}个月").fact(
        *hit, *there
    ).seen_in(*[r for r in here if r not in hit])


def m12_land(world: World, v: Village, rng: random.Random) -> None:
    home = pick.home(v, rng, lambda h: h.mu > 1 and h.head.born.year < 1990)
    first = [
        r
        for r in v.get("roll")
        if r.programme == "gengdi" and r.year == 2024 and r.ben is home.head
    ]
    second = g.gengdi(v, home.head, 2024, home.mu, group=home.group % 6 + 1)
    world.problem(v, "M12 M22", "同一户同一面积在两个组各领一次地力补贴").fact(
        *first, *second
    ).seen_in(*[r for r in v.get("land") if r.home is home])


def m15_cadre_card(world: World, v: Village, rng: random.Random) -> None:
    boss = pick.cadre(v, rng)
    recs: list[Rec] = []
    n = rng.randint(2, 3)
    for _ in range(n):
        home = pick.home(v, rng, lambda h: h.head.born.year < 1966)
        recs += g.dibao(v, home, "A", ALL[rng.choice((0, 4)) :], card=boss.person.card, persons=1)
    world.problem(v, "M15", f"{n}户低保金打入{boss.post}名下同一张卡").fact(*recs).seen_in(
        boss, *land_row(v, boss.person)
    )


def m15_payee(world: World, v: Village, rng: random.Random) -> None:
    boss = pick.cadre(v, rng)
    recs: list[Rec] = []
    for _ in range(2):
        home = pick.home(v, rng, lambda h: len(h.members) == 1 and h.head.born.year < 1966)
        recs += g.tekun(
            v,
            home.head,
            "全自理",
            ALL[rng.choice((0, 2, 6)) :],
            payee=boss.name,
            payee_id=boss.id_no,
            card=boss.person.card,
        )
    world.problem(v, "M15", "特困供养金收款人写成村干部本人").fact(*recs).seen_in(boss)


def m15_villager(world: World, v: Village, rng: random.Random) -> None:
    owner = pick.resident(v, rng, 1965, 1985)
    recs: list[Rec] = []
    for _ in range(3):
        who = pick.resident(v, rng, 1945, 1975)
        recs += g.canji(v, who, "一级", "护理补贴", ALL[rng.choice((0, 5)) :], card=owner.card)
    world.problem(v, "M15", "三名不同户残疾人的补贴进入同一村民的卡").fact(*recs).seen_in(
        *land_row(v, owner), pick.roster_row(v, owner)
    )


def m11_m15(world: World, v: Village, rng: random.Random) -> None:
    """A bundle: a dead pensioner's money goes to a cadre's card."""
    boss = pick.cadre(v, rng)
    home = pick.home(v, rng, lambda h: len(h.members) == 1)
    recs = g.tekun(v, home.head, card=boss.person.card, payee=boss.name)
    died = date(2024, rng.randint(1, 6), rng.randint(2, 27))
    marks = firms.die(world, home.head, died + timedelta(days=0), rng, ("fire",))
    late = dead_after(v, recs, died)
    world.problem(v, "M11 M15", f"去世后仍领特困供养{len(late)}个月，款入村干部卡").fact(
        *recs
    ).seen_in(boss, *marks, *land_row(v, boss.person))


PLANTS = {
    "M08": [m08_elected, m08_help, m08_house],
    "M09": [m09_relief, m09_hidden],
    "M10": [m10_pay, m10_retired],
    "M11": [m11_relief, m11_elder, m11_m15],
    "M12": [m12_twice, m12_two_villages, m12_land],
    "M15": [m15_cadre_card, m15_payee, m15_villager],
}
