"""Columns of the registers of people and land."""

from __future__ import annotations

from datetime import date

from grid import Column
from headings import Heads
from records import Rec
from shapes import Habit


def cadre_columns(h: Heads, b: Habit, with_village: bool) -> list[Column]:
    out: list[Column] = [(h("seq"), lambda r: "")]
    if with_village:
        out.append((h("village"), lambda r: r.village.full))
    return [
        *out,
        (h("name"), lambda r: b.name(r.name, r)),
        ("性别", lambda r: r.person.sex),
        (h("id"), lambda r: b.idno(r.id_no, r)),
        (h("party"), lambda r: r.party),
        (h("post"), lambda r: r.post),
        (h("start"), lambda r: b.day(r.start)),
        (h("end"), lambda r: b.day(r.end) if r.end else ""),
        (h("pay"), lambda r: r.pay if not r.end else ""),
        (h("phone"), lambda r: b.phone(r.phone)),
        (h("remark"), lambda r: ""),
    ]


def kin_columns(h: Heads, b: Habit, with_village: bool) -> list[Column]:
    out: list[Column] = [(h("village"), lambda r: r.village.full)] if with_village else []
    return [
        *out,
        (h("cadre"), lambda r: b.name(r.name, r)),
        (h("cadre_id"), lambda r: b.idno(r.id_no, r)),
        (h("kin_rel"), lambda r: r.relation),
        (h("kin"), lambda r: b.name(r.kin_name, r)),
        (h("kin_id"), lambda r: b.idno(r.kin_id, r)),
        (h("kin_work"), lambda r: r.work),
    ]


def roster_columns(h: Heads, b: Habit, with_village: bool, fill: bool) -> list[Column]:
    out: list[Column] = [(h("village"), lambda r: r.person.village.full)] if with_village else []

    def once(value: object, r: Rec) -> object:
        return value if fill or r.person is r.home.head else None

    return [
        *out,
        (h("home_no"), lambda r: once(r.home.no, r)),
        (h("head"), lambda r: once(r.home.head.name, r)),
        (h("group"), lambda r: once(b.group(r.home.group), r)),
        (h("name"), lambda r: b.name(r.person.name, r)),
        (h("relation"), lambda r: r.person.relation),
        ("性别", lambda r: r.person.sex),
        (h("birth"), lambda r: b.day(r.person.born)),
        (h("id"), lambda r: b.idno(r.person.id_no, r)),
        (
            h("moved"),
            lambda r: "死亡" if r.person.died and r.person.died < date(2024, 1, 1) else "",
        ),
    ]


def land_columns(h: Heads, b: Habit, with_village: bool, fill: bool) -> list[Column]:
    out: list[Column] = [(h("village"), lambda r: r.village.full)] if with_village else []

    def once(value: object, r: Rec) -> object:
        return value if fill or r.first else None

    return [
        *out,
        (
            h("l.code"),
            lambda r: once(
                f"{r.village.code}00{r.home.no[-4:]}" if r.home else f"{r.village.code}009999", r
            ),
        ),
        (
            h("l.head"),
            lambda r: once(
                b.name(r.head_name, r)
                + ("（已故）" if r.home and r.home.head.died and int(r.home.no) % 2 else ""),
                r,
            ),
        ),
        (h("id"), lambda r: once(b.idno(r.head_id, r), r)),
        (h("l.total"), lambda r: once(r.home.mu if r.home else r.total, r)),
        ("地块名称", lambda r: r.plot),
        ("地块编码", lambda r: r.plot_code),
        (h("l.plot_mu") if h("l.plot_mu") != h("l.total") else "地块面积(亩)", lambda r: r.plot_mu),
        (h("remark"), lambda r: r.remark),
    ]
