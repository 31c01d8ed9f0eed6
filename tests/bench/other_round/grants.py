"""Subsidy payments: one record per beneficiary and period, innocent by construction."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

from people import is_near
from rates import BANKS, DIBAO, LAND_RATE, MONTHS, QUARTERS, REASONS, TEKUN, ZH, pay_day
from records import Household, Person, Rec, Village, World


def grant(
    village: Village, programme: str, ben: Person, periods: list[tuple[int, int]], **over: Any
) -> list[Rec]:
    """Pay a person (or the household headed by him) for these periods; `over` replaces fields of every record."""
    out = []
    award = object()
    for year, month in periods:
        rec = Rec(
            programme=programme,
            project=ZH[programme],
            award=award,
            year=year,
            month=month,
            ben=ben,
            name=ben.name,
            id_no=ben.id_no,
            head=ben.home.head if ben.home else ben,
            payee=ben.name,
            payee_id=ben.id_no,
            card=ben.card,
            phone=ben.phone,
            bank=BANKS[village.town.county],
            group=ben.home.group if ben.home else 1,
            status="成功",
            day=pay_day(programme, year, month, village),
            remark="",
        )
        for key, value in over.items():
            setattr(rec, key, value)
        out.append(village.add("roll", rec))
    return out


def dibao(
    village: Village,
    home: Household,
    level: str,
    periods: list[tuple[int, int]] = MONTHS,
    **over: Any,
) -> list[Rec]:
    n = over.pop("persons", min(len(home.members), 3))
    return grant(
        village,
        "dibao",
        over.pop("ben", home.head),
        periods,
        **{"level": level, "persons": n, "std": DIBAO[level], "amount": DIBAO[level] * n, **over},
    )


def tekun(
    village: Village,
    who: Person,
    level: str = "全自理",
    periods: list[tuple[int, int]] = MONTHS,
    **over: Any,
) -> list[Rec]:
    return grant(
        village,
        "tekun",
        who,
        periods,
        **{
            "level": level,
            "care": "分散",
            "persons": 1,
            "std": TEKUN[level],
            "amount": TEKUN[level],
            **over,
        },
    )


def linshi(
    village: Village, who: Person, month: int, amount: int, reason: str, **over: Any
) -> list[Rec]:
    return grant(
        village,
        "linshi",
        who,
        [(2024, month)],
        **{"amount": amount, "reason": reason, "batch": f"2024年第{(month + 2) // 3}批", **over},
    )


def canji(
    village: Village,
    who: Person,
    level: str,
    kind: str,
    periods: list[tuple[int, int]] = MONTHS,
    **over: Any,
) -> list[Rec]:
    amount = {"生活补贴": 160, "护理补贴": 140}[kind]
    cert = who.id_no + {"一级": "41", "二级": "42", "三级": "43"}[level]
    return grant(
        village,
        "canji",
        who,
        periods,
        **{"level": level, "kind": kind, "std": amount, "amount": amount, "cert": cert, **over},
    )


def gaoling(
    village: Village, who: Person, periods: list[tuple[int, int]], **over: Any
) -> list[Rec]:
    std = 100 if who.age(date(2024, 1, 1)) < 90 else 200
    return grant(
        village,
        "gaoling",
        who,
        periods,
        **{
            "level": "80-89周岁" if std == 100 else "90-99周岁",
            "std": std,
            "amount": std * 3,
            **over,
        },
    )


def gengdi(village: Village, who: Person, year: int, mu: float, **over: Any) -> list[Rec]:
    rate = LAND_RATE[village.town.county]
    return grant(
        village,
        "gengdi",
        who,
        [(year, 6)],
        **{"area": mu, "std": rate, "amount": round(mu * rate, 2), **over},
    )


def gongyi(
    village: Village,
    who: Person,
    post: str,
    periods: list[tuple[int, int]],
    rng: random.Random,
    **over: Any,
) -> list[Rec]:
    out = []
    award = object()
    for period in periods:
        days = rng.randint(19, 26)
        out += grant(
            village,
            "gongyi",
            who,
            [period],
            **{"post": post, "days": days, "std": 45, "amount": days * 45, "award": award, **over},
        )
    return out


def hulin(
    village: Village, who: Person, periods: list[tuple[int, int]] = QUARTERS, **over: Any
) -> list[Rec]:
    return grant(
        village,
        "hulin",
        who,
        periods,
        **{"post": "生态护林员", "area": 320, "std": 10000, "amount": 2500, **over},
    )


def build(world: World) -> None:
    for village in world.villages:
        rng = random.Random(f"{world.seed}/grants/{village.code}")
        poor_programmes(village, rng)
        age_and_disability(village, rng)
        land_programmes(village, rng)


def free_homes(village: Village) -> list[Household]:
    """Households with no cadre, relative, car, salary, death or other benefit."""
    taken = village.memo.setdefault("aided", set())
    drivers = village.memo.get("drivers", set())
    lessees = {p.home for p in village.memo.get("lessees", ())}
    return [
        h
        for h in village.homes
        if not h.busy
        and h not in taken
        and h not in drivers
        and h not in lessees
        and not is_near(village, h)
        and not any(p.died for p in h.members)
    ]


def take(village: Village, rng: random.Random, fits: Any = None) -> Household:
    """One free household for a benefit."""
    pool = [h for h in free_homes(village) if fits is None or fits(h)]
    home = rng.choice(pool)
    village.memo["aided"].add(home)
    return home


def poor_programmes(village: Village, rng: random.Random) -> None:
    for _ in range(rng.randint(7, 9)):
        home = take(village, rng, lambda h: len(h.members) <= 3 and h.head.born.year < 1976)
        dibao(village, home, rng.choice("AABBC"))
    for _ in range(rng.randint(2, 3)):
        home = take(village, rng, lambda h: len(h.members) == 1 and h.head.born.year < 1960)
        tekun(village, home.head, rng.choice(("全自理", "全自理", "半护理")))
    for _ in range(rng.randint(2, 4)):
        linshi(
            village,
            take(village, rng).head,
            rng.randint(2, 11),
            rng.randrange(6, 40) * 100,
            rng.choice(REASONS),
        )
    for _ in range(rng.randint(1, 2)):
        home = take(village, rng, lambda h: h.head.born.year < 1975)
        grant(
            village,
            "weigai",
            home.head,
            [(2024, rng.randint(5, 10))],
            level=rng.choice("CD"),
            amount=rng.choice((12000, 16000, 21000)),
            kind=rng.choice(("修缮加固", "拆除重建")),
        )
    posts = ["村庄保洁", "河道管护", "公共设施维护", "护路"]
    for post in posts[: rng.randint(3, 4)]:
        home = take(village, rng, lambda h: any(1966 <= p.born.year <= 1984 for p in h.members))
        who = rng.choice([p for p in home.members if 1966 <= p.born.year <= 1984])
        gongyi(village, who, post, MONTHS[rng.choice((0, 0, 2)) :], rng)
    home = take(village, rng, lambda h: 1966 <= h.head.born.year <= 1985)
    hulin(village, home.head)


def age_and_disability(village: Village, rng: random.Random) -> None:
    for who in village.people:
        when = [(y, m) for y, m in QUARTERS if who.age(date(y, m, 1)) >= 80 and not who.died]
        if when and not who.busy:
            gaoling(village, who, when)
    pool = [
        p
        for h in village.homes
        if not is_near(village, h) and not h.busy
        for p in h.members
        if p.born.year > 1950
    ]
    for who in rng.sample(pool, 7):
        kind = rng.choice(("生活补贴", "护理补贴"))
        over: dict[str, Any] = {}
        if who.age(date(2024, 1, 1)) < 18:
            parent = who.home.head
            over = {
                "payee": parent.name,
                "payee_id": parent.id_no,
                "card": parent.card,
                "remark": "监护人代收",
            }
        canji(
            village,
            who,
            "二级" if kind == "护理补贴" else rng.choice(("一级", "二级")),
            kind,
            **over,
        )
        who.busy = True
        village.memo.setdefault("disabled", []).append(who)


def land_programmes(village: Village, rng: random.Random) -> None:
    holders = [h for h in village.homes if h.mu and not (h.head.died and len(h.members) == 1)]
    for year in (2023, 2024):
        for home in holders:
            gengdi(village, home.head, year, home.mu)
    for home in rng.sample(holders, 7):
        mu = round(rng.uniform(0.8, 4.5), 1)
        grant(
            village, "tuigeng", home.head, [(2024, 10)], area=mu, std=125, amount=round(mu * 125, 2)
        )
