"""Innocent look-alikes on the benefit side: M08 M09 M10 M11 M12 M15 M22 M24 M64."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import firms
import grants as g
import pick
from plant_grants import dead_after
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


LOOKS: dict[str, list[Any]] = {
    "M08": [l08_universal, l08_namesake, l08_left, l08_child],
    "M09": [l09_filed, l09_filed, l09_namesake],
    "M10": [l10_left, l10_later, l10_survivor, l10_land],
    "M11": [l11_grace, l11_back_pay, l11_returned, l11_namesake, l11_land],
}
