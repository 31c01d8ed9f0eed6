"""Innocent look-alikes on the benefit side: M08 M09 M10 M11 M12 M15 M22 M24 M64."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import firms
import grants as g
import pick
from money import post, workday
from plant_grants import dead_after
from plant_persons import own_land
from records import Rec, Village, World

CARE = {"沂川县": "沂川县{t}敬老院", "汶南区": "{t}中心敬老院"}


def l08_universal(world: World, v: Village, rng: random.Random) -> None:
    boss = pick.cadre(v, rng)
    recs = [
        r
        for r in v.get("roll")
        if r.programme == "gengdi" and r.ben is boss.person and not r.tagged
    ]
    recs = recs or g.gengdi(v, boss.person, 2024, boss.person.home.mu or 1.2)
    world.look(v, "M08", "村干部按自家承包地领取普惠的地力补贴").fact(*recs).seen_in(boss)


def l08_namesake(world: World, v: Village, rng: random.Random) -> None:
    boss = pick.cadre(v, rng)
    other = pick.namesake(world, v, boss.person, rng)
    pick.settle_in(v, other, rng)
    recs = (
        g.dibao(v, other.home, "A", persons=1)
        if rng.random() < 0.5
        else g.linshi(v, other, rng.randint(2, 11), 1800, "突发疾病")
    )
    world.look(v, "M08", "与村干部同名，身份证号不同").fact(*recs).seen_in(
        boss, pick.roster_row(v, other)
    )


def l08_left(world: World, v: Village, rng: random.Random) -> None:
    ex = v.get("cadre")[7]
    recs = g.linshi(v, ex.person, rng.randint(2, 11), rng.randrange(12, 30) * 100, "住院自付费用高")
    world.look(v, "M08", "2021年1月已离任，2024年才领取救助").fact(*recs).seen_in(ex)


def l08_child(world: World, v: Village, rng: random.Random) -> None:
    boss = pick.cadre(v, rng)
    kids = [
        p for p in boss.person.home.members if p is not boss.person and p.age(date(2024, 1, 1)) < 45
    ]
    if not kids:
        l08_universal(world, v, rng)
        return
    kid = kids[-1]
    if any(r.programme == "canji" and r.ben is kid for r in v.get("roll")):
        l08_universal(world, v, rng)
        return
    recs = g.canji(
        v,
        kid,
        "一级",
        "护理补贴",
        payee=boss.name,
        payee_id=boss.id_no,
        card=boss.person.card,
        remark="监护人代收",
    )
    world.look(v, "M15 M08", "残疾家属的护理补贴由同户监护人代收").fact(*recs).seen_in(
        boss, pick.roster_row(v, kid)
    )


def l09_filed(world: World, v: Village, rng: random.Random) -> None:
    boss, who, ctx = pick.kin(v, rng)
    month = rng.choice((0, 2, 5))
    if rng.random() < 0.6:
        recs = g.dibao(v, who.home, "A", g.MONTHS[month:], ben=who)
    else:
        recs = g.linshi(
            v, who, rng.randint(3, 11), rng.randrange(8, 30) * 100, rng.choice(g.REASONS)
        )
    filing = v.add(
        "filing",
        Rec(
            cadre=boss,
            kin=who,
            relation=ctx[0].relation,
            name=boss.name,
            id_no=boss.id_no,
            kin_name=who.name,
            kin_id=who.id_no,
            programme=recs[0].project,
            filed_on=recs[0].day - timedelta(days=rng.randint(15, 60)),
            checked="入户核查符合条件",
        ),
    )
    world.look(v, "M09", "近亲属享受救助，已按规定备案").fact(*recs).seen_in(filing, *ctx)


def l09_namesake(world: World, v: Village, rng: random.Random) -> None:
    row = rng.choice(v.get("kin"))
    other = pick.namesake(world, v, row.kin, rng)
    pick.settle_in(v, other, rng)
    recs = g.dibao(v, other.home, "B", persons=1)
    world.look(v, "M09", "与村干部亲属同名，身份证号和户不同").fact(*recs).seen_in(
        row, pick.roster_row(v, other)
    )


def l10_left(world: World, v: Village, rng: random.Random) -> None:
    who = pick.resident(v, rng, 1968, 1992)
    staff = firms.paid(
        world,
        v.town.county,
        who,
        v,
        rng,
        state="退出",
        start=date(2015, 3, 1),
        end=date(2022, rng.randint(3, 11), 1),
        post="辞职",
    )
    recs = g.dibao(v, who.home, "C", ben=who)
    world.look(v, "M10", "2022年已退出财政供养，2024年才享受低保").fact(*recs).seen_in(staff)


def l10_later(world: World, v: Village, rng: random.Random) -> None:
    who = pick.resident(v, rng, 1985, 1998)
    recs = g.linshi(v, who, rng.randint(1, 4), 1500, "突发疾病")
    staff = firms.paid(world, v.town.county, who, v, rng, state="新增", start=date(2024, 9, 1))
    world.look(v, "M10", "领取救助在前，9月才进入财政供养").fact(*recs).seen_in(staff)


def l10_survivor(world: World, v: Village, rng: random.Random) -> None:
    home = pick.home(v, rng, lambda h: len(h.members) == 1 and h.head.born.year < 1960)
    staff = firms.paid(
        world,
        v.town.county,
        home.head,
        v,
        rng,
        state="遗属",
        kind="遗属补助人员",
        post="",
        start=date(2009, 5, 1),
    )
    recs = g.dibao(v, home, "B", persons=1)
    world.look(v, "M10", "财政供养名单中的身份是遗属，不是在职人员").fact(*recs).seen_in(staff)


def l10_land(world: World, v: Village, rng: random.Random) -> None:
    staff = [s for s in v.memo.get("staff", []) if s.person.home.mu]
    if not staff:
        l10_left(world, v, rng)
        return
    rec = rng.choice(staff)
    head = rec.person.home.head
    recs = [r for r in v.get("roll") if r.programme == "gengdi" and r.ben is head and not r.tagged]
    if recs:
        world.look(v, "M10", "家庭有财政供养人员，领取的是普惠地力补贴").fact(*recs).seen_in(rec)


def l11_grace(world: World, v: Village, rng: random.Random) -> None:
    home = pick.home(v, rng, lambda h: len(h.members) == 1)
    died = date(2024, rng.randint(3, 9), rng.randint(2, 27))
    recs = g.dibao(v, home, "A", [(2024, m) for m in range(1, died.month + 2)], persons=1)
    marks = firms.die(world, home.head, died, rng, ("police", "fire"))
    dead_after(v, recs, died)
    world.look(v, "M11", "去世当月和次月发放，次月起停发").fact(*recs[-2:]).seen_in(
        *marks, *recs[:-2]
    )


def l11_back_pay(world: World, v: Village, rng: random.Random) -> None:
    home = pick.home(v, rng, lambda h: len(h.members) == 1)
    month = rng.randint(3, 6)
    died = date(2024, month, rng.randint(2, 27))
    recs = g.tekun(v, home.head, periods=[(2024, m) for m in range(1, month - 1)])
    marks = firms.die(world, home.head, died, rng, ("fire", "police"))
    late = g.tekun(
        v,
        home.head,
        periods=[(2024, month + 3)],
        remark=rng.choice(("补发{a}月（生前）", "补发生前{a}月份供养金")).format(a=month - 1),
    )
    dead_after(v, recs + late, died)
    world.look(v, "M11", "去世后补发生前月份，备注写明").fact(*late).seen_in(*marks, *recs)


def l11_returned(world: World, v: Village, rng: random.Random) -> None:
    home = pick.home(v, rng, lambda h: len(h.members) == 1)
    month = rng.randint(3, 8)
    died = date(2024, month, rng.randint(2, 27))
    recs = g.dibao(v, home, "B", [(2024, m) for m in range(1, month + 1)], persons=1)
    marks = firms.die(world, home.head, died, rng, ("police",))
    late = g.dibao(
        v,
        home,
        "B",
        [(2024, month + 2), (2024, month + 3)],
        persons=1,
        status=rng.choice(("退回", "失败")),
        remark="账户已注销，银行退回",
    )
    dead_after(v, recs + late, died)
    world.look(v, "M11", "去世后两笔均被银行退回，没有领到").fact(*late).seen_in(*marks, *recs)


def l11_namesake(world: World, v: Village, rng: random.Random) -> None:
    home = pick.home(v, rng, lambda h: len(h.members) == 1)
    recs = g.dibao(v, home, "A", persons=1)
    other = pick.namesake(world, v, home.head, rng)
    pick.settle_in(v, other, rng)
    marks = firms.die(world, other, date(2024, rng.randint(2, 7), 5), rng, ("fire",))
    world.look(v, "M11", "死亡名单中的同名人身份证号不同").fact(*recs).seen_in(
        *marks, pick.roster_row(v, other)
    )


def l11_land(world: World, v: Village, rng: random.Random) -> None:
    home = pick.home(v, rng, lambda h: h.mu > 0 and len(h.members) >= 2 and h.head.born.year < 1960)
    marks = firms.die(world, home.head, date(2024, rng.randint(1, 4), 14), rng, ("police", "fire"))
    recs = [
        r
        for r in v.get("roll")
        if r.programme == "gengdi" and r.ben is home.head and r.year == 2024
    ]
    heir = home.members[1]
    for rec in recs:
        rec.payee, rec.payee_id, rec.card, rec.remark = (
            heir.name,
            heir.id_no,
            heir.card,
            "户主已故，配偶领取",
        )
    keep = [
        r
        for r in v.get("roll")
        if r.ben is home.head and r.programme not in ("gengdi",) and r.day >= date(2024, 1, 1)
    ]
    for rec in keep:
        v.get("roll").remove(rec)
    world.look(v, "M11", "户主去世，地力补贴按户发放由配偶领取").fact(*recs).seen_in(
        *marks, pick.roster_row(v, heir)
    )


def l12_returned(world: World, v: Village, rng: random.Random) -> None:
    home = pick.home(v, rng, lambda h: h.head.born.year < 1980)
    recs = g.dibao(v, home, "B")
    m = rng.randint(2, 10)
    bad = recs[m - 1]
    bad.status, bad.remark = rng.choice(("退回", "失败")), "卡号错误退回"
    again = g.dibao(v, home, "B", [(2024, m)], remark="退回重发", day=bad.day + timedelta(days=9))
    world.look(v, "M12", "第一笔退回，第二笔重发").fact(bad, *again).seen_in(
        *[r for r in recs if r is not bad]
    )


def l12_plots(world: World, v: Village, rng: random.Random) -> None:
    home = pick.home(v, rng, lambda h: len(h.plots) >= 2)
    recs = [
        r
        for r in v.get("roll")
        if r.programme == "gengdi" and r.ben is home.head and r.year == 2024
    ]
    half = round(home.plots[0][1], 2)
    recs[0].area, recs[0].remark = half, home.plots[0][0]
    recs[0].amount = round(half * recs[0].std, 2)
    rest = round(home.mu - half, 2)
    more = g.gengdi(v, home.head, 2024, rest, remark="、".join(p[0] for p in home.plots[1:]))
    world.look(v, "M12 M22", "一户按两个地块分两行发放，合计等于确权面积").fact(
        *recs, *more
    ).seen_in(*[r for r in v.get("land") if r.home is home])


def l12_namesake(world: World, v: Village, rng: random.Random) -> None:
    who = pick.resident(v, rng, 1950, 1970)
    one = g.canji(v, who, "二级", "护理补贴")
    other = pick.namesake(world, v, who, rng)
    pick.settle_in(v, other, rng)
    two = g.canji(v, other, "二级", "护理补贴")
    world.look(v, "M12", "两个同名人各领一份，身份证号和卡号不同").fact(*one, *two).seen_in(
        pick.roster_row(v, who), pick.roster_row(v, other)
    )


def l15_guardian(world: World, v: Village, rng: random.Random) -> None:
    found = pick.home(v, rng, lambda h: len(h.members) >= 3)
    head, wife = found.members[0], found.members[1]
    recs = g.canji(
        v,
        wife,
        "一级",
        "护理补贴",
        payee=head.name,
        payee_id=head.id_no,
        card=head.card,
        remark="配偶代收",
    )
    recs += g.dibao(v, found, "B")
    world.look(v, "M15", "夫妻同户共用一张卡").fact(*recs).seen_in(
        pick.roster_row(v, head), pick.roster_row(v, wife)
    )


def l15_care_home(world: World, v: Village, rng: random.Random) -> None:
    name = CARE[v.town.county].format(t=v.town.name)
    card = world.tables.setdefault("care", [])
    if not any(r.name == name for r in card):
        card.append(Rec(name=name, card="37" + world.mint.card()))
    account = next(r for r in card if r.name == name).card
    recs: list[Rec] = []
    for _ in range(2):
        found = pick.home(v, rng, lambda h: len(h.members) == 1)
        recs += g.tekun(
            v,
            found.head,
            "半护理",
            care="集中",
            payee=name,
            payee_id="",
            card=account,
            remark="集中供养",
        )
    world.look(v, "M15", "集中供养对象由敬老院集体账户统一接收").fact(*recs)


def l22_tiller(world: World, v: Village, rng: random.Random) -> None:
    owner = pick.home(v, rng, lambda h: h.mu > 1)
    user = pick.home(v, rng, lambda h: h.mu > 1)
    recs = [
        r
        for r in v.get("roll")
        if r.programme == "gengdi" and r.ben is user.head and r.year == 2024
    ]
    mine = [
        r
        for r in v.get("roll")
        if r.programme == "gengdi" and r.ben is owner.head and r.year == 2024
    ]
    for rec in mine:
        v.get("roll").remove(rec)
    for rec in recs:
        rec.area = round(user.mu + owner.mu, 2)
        rec.amount, rec.remark = (
            round(rec.area * rec.std, 2),
            rng.choice(("含代耕{n}{m}亩", "含流转入{n}户{m}亩，有协议")).format(
                n=owner.head.name, m=owner.mu
            ),
        )
    for rec in [r for r in v.get("land") if r.home is owner]:
        rec.remark = f"{owner.mu}亩由{user.head.name}代耕，补贴由代耕户领取"
    swap = v.add(
        "transfer", Rec(owner=owner.head, user=user.head, mu=owner.mu, since=date(2023, 10, 1))
    )
    world.look(v, "M22", "代耕他户土地，双方面积相抵").fact(*recs).seen_in(
        *[r for r in v.get("land") if r.home in (owner, user)], swap
    )


def l22_rounding(world: World, v: Village, rng: random.Random) -> None:
    home = pick.home(v, rng, lambda h: h.mu > 2)
    recs = [
        r
        for r in v.get("roll")
        if r.programme == "gengdi" and r.ben is home.head and r.year == 2024
    ]
    for rec in recs:
        rec.area = round(home.mu + 0.06, 2)
        rec.amount = round(rec.area * rec.std, 2)
    world.look(v, "M22", "面积差0.06亩，属测量误差").fact(*recs).seen_in(
        *[r for r in v.get("land") if r.home is home]
    )


def l24_booked(world: World, v: Village, rng: random.Random) -> None:
    boss = pick.cadre(v, rng)
    land = next(r for r in v.get("land") if not r.home)
    recs = g.gengdi(v, boss.person, 2024, land.plot_mu, group=0, remark="机动地补贴，代村集体领取")
    back = post(
        v,
        workday(recs[0].day + timedelta(days=rng.randint(8, 40))),
        "grant",
        f"收{boss.name}代领机动地地力补贴款",
        inn=recs[0].amount,
        payee=boss.name,
    )
    world.look(v, "M24", "代领集体机动地补贴，次月已交村账").fact(*recs, back).seen_in(
        land, boss, *own_land(v, boss.person, recs)
    )


def l64_switch(world: World, v: Village, rng: random.Random) -> None:
    who = pick.resident(v, rng, 1966, 1984)
    one = g.hulin(v, who, g.QUARTERS[:2], remark="6月底解聘")
    two = g.gongyi(v, who, "河道管护", g.MONTHS[6:], rng, remark="7月上岗")
    world.look(v, "M64", "先护林员后公益岗，时间不重叠").fact(*one, *two)


def l64_ex(world: World, v: Village, rng: random.Random) -> None:
    ex = v.get("cadre")[7]
    recs = (
        g.gongyi(v, ex.person, "护路", g.MONTHS, rng)
        if not any(r.ben is ex.person and r.programme == "gongyi" for r in v.get("roll"))
        else []
    )
    if recs:
        world.look(v, "M64", "离任三年的原村干部上公益岗").fact(*recs).seen_in(ex)


def l64_namesake(world: World, v: Village, rng: random.Random) -> None:
    boss = pick.cadre(v, rng)
    other = pick.namesake(world, v, boss.person, rng, 7)
    if not 1964 <= other.born.year <= 1992:
        l64_switch(world, v, rng)
        return
    pick.settle_in(v, other, rng)
    recs = g.gongyi(v, other, "村庄保洁", g.MONTHS, rng)
    world.look(v, "M64", "公益岗人员与村干部同名，身份证号不同").fact(*recs).seen_in(
        boss, pick.roster_row(v, other)
    )


LOOKS: dict[str, list[Any]] = {
    "M08": [l08_universal, l08_namesake, l08_left, l08_child],
    "M09": [l09_filed, l09_filed, l09_namesake],
    "M10": [l10_left, l10_later, l10_survivor, l10_land],
    "M11": [l11_grace, l11_back_pay, l11_returned, l11_namesake, l11_land],
    "M12": [l12_returned, l12_plots, l12_namesake],
    "M15": [l15_guardian, l15_care_home],
    "M22": [l22_tiller, l22_rounding],
    "M24": [l24_booked],
    "M64": [l64_switch, l64_ex, l64_namesake],
}
