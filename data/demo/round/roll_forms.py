"""Titles, columns and hands of the subsidy rolls."""

import random
from collections import defaultdict
from datetime import date

from .desk import Desk
from .dialect import Column, Dialect
from .sheet import Book
from .world import Record

TITLES = {
    "dibao": "农村最低生活保障金发放表",
    "tekun": "特困人员供养金发放表",
    "canji": "困难残疾人生活补贴和重度残疾人护理补贴发放表",
    "gaoling": "高龄津贴发放花名册",
    "gangwei": "城乡公益性岗位补贴发放表",
    "hulin": "生态护林员管护补助发放表",
    "linshi": "临时救助资金发放明细表",
    "weifang": "农村危房改造补助资金发放花名册",
    "land_subsidy": "耕地地力保护补贴发放清册",
}


SHORT = {
    "dibao": "农村低保",
    "tekun": "特困供养",
    "canji": "残疾人两项补贴",
    "gaoling": "高龄津贴",
    "gangwei": "公益岗补贴",
    "hulin": "护林员补助",
    "linshi": "临时救助",
    "weifang": "危房改造",
    "land_subsidy": "耕地地力保护补贴",
}


OFFICE = {
    "dibao": "民政局",
    "tekun": "民政局",
    "canji": "民政局",
    "gaoling": "民政局",
    "linshi": "民政局",
    "gangwei": "人社局",
    "hulin": "自然资源局",
    "weifang": "住建局",
    "land_subsidy": "财政局",
}


OWN = {
    "dibao": ("certificate", "heads", "grade"),
    "tekun": ("way", "ability", "care"),
    "canji": ("certificate", "level", "living", "nursing"),
    "gaoling": ("age", "monthly"),
    "gangwei": ("work", "days"),
    "hulin": ("work", "forest"),
    "linshi": ("reason", "applied"),
    "weifang": ("grade", "way", "kind"),
    "land_subsidy": ("contract_area", "area", "rate"),
}


MONTHLY = ("dibao", "gangwei")


QUARTERLY = ("tekun", "canji", "gaoling")


def fields(rng: random.Random, roll: str, *, town: bool, village: bool, period: bool) -> list[str]:
    """The columns one desk keeps, in its order."""
    own = list(OWN[roll])
    where = (["town"] if town else []) + (["village"] if village else [])
    when = ["period"] if period else []
    style = rng.randrange(3)
    if style == 0:
        person = (
            ["name", "id_no"]
            if roll in ("land_subsidy", "weifang")
            else ["head", "head_id", "name", "id_no"]
        )
        return [
            *"seq status".split(),
            *where,
            *person,
            *"payee payee_id card bank phone".split(),
            *own,
            *"amount".split(),
            *when,
            *"remark".split(),
        ]
    if style == 1:
        return [
            *"seq".split(),
            *when,
            *where,
            *"group name id_no".split(),
            *own,
            *"amount payee card phone remark".split(),
        ]
    return [
        *"seq".split(),
        *where,
        *"name id_no phone".split(),
        *own,
        *when,
        *"card payee amount sign remark".split(),
    ]


def file_kind(rng: random.Random) -> str:
    return rng.choice(("xlsx",) * 7 + ("xls",))


def make_columns(
    desk: Desk, rng: random.Random, roll: str, book: Book, where: str, **wants: bool
) -> tuple[Dialect, list[Column]]:
    hand = desk.dialect(roll, book, where)
    state = random.Random(f"{desk.world.seed}{roll}{where}")
    names = fields(state, roll, **wants)
    groups = (
        {"area": "补贴核算", "rate": "补贴核算", "amount": "补贴核算"}
        if roll == "land_subsidy" and state.random() < 0.4
        else {}
    )
    if roll == "canji" and state.random() < 0.5:
        groups = {"living": "其中", "nursing": "其中"}
    return hand, hand.columns(names, groups)


def unit_line(roll: str, town: str) -> str:
    office, unit = ("财政所", "亩、元") if roll == "land_subsidy" else ("民政办", "元")
    return f"编制单位：{town}{office}　　　　单位：{unit}"


def period_name(roll: str, day: date) -> str:
    if roll in QUARTERLY:
        return f"{(day.month + 2) // 3}季度"
    return (
        f"{day.month}月"
        if roll in (*MONTHLY, "linshi")
        else {1: "上半年", 7: "下半年"}.get(day.month, f"{day.month}月")
    )


def by_period(rows: list[Record]) -> dict[date, list[Record]]:
    found: dict[date, list[Record]] = defaultdict(list)
    for r in rows:
        found[r["period"]].append(r)
    return dict(sorted(found.items()))
