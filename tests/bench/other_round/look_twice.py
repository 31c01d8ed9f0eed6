"""Look-alikes of paying twice, or into another's account."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import grants as g
import pick
from look_grants import CARE
from records import Rec, Village, World


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


LOOKS: dict[str, list[Any]] = {
    "M12": [l12_returned, l12_plots, l12_namesake],
    "M15": [l15_guardian, l15_care_home],
}
