"""What a pair of mentions agrees on, the level that gives, and the sentence that says why."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from xuncha_lib.people import idno
from xuncha_lib.people.blocks import Index
from xuncha_lib.people.idno import Relation
from xuncha_lib.people.level import Level
from xuncha_lib.people.names import NameMatch, compare
from xuncha_lib.people.persons import Flags, Persons

NONE = 9
"""Not a pair at any level."""

_AGREEMENTS = (
    (1, "出生日期"), (2, "电话"), (4, "银行账号"), (8, "同户"), (16, "村"), (32, "村民小组"),
)  # fmt: skip
"""Bit → what agrees, in the order in which it is named."""

ONE_ROW, BORROWED = 64, 128
"""Further bits: both stand in one row; other records lead both to one number."""


@dataclass(frozen=True)
class Evidence:
    """Facts about pairs (a, b), a < b; all of shape (n,).

    name : index into `names` (0 = the same name).   agree : bits of `_AGREEMENTS`.   points : how many independent
    things agree, less the contradictions.   clash : birth date or sex contradict each other.
    """

    a: Index
    b: Index
    name: NDArray[np.intp]
    names: list[NameMatch]
    relation: NDArray[np.int8]
    is_damaged: Flags
    agree: NDArray[np.uint8]
    points: NDArray[np.int8]
    clash: Flags

    def where(self, kind: str) -> Flags:
        """Pairs whose names relate as `kind`, or closely for kind "close"."""
        hits = [m.is_close if kind == "close" else m.kind == kind for m in self.names]
        return np.asarray(hits, bool)[self.name]


def name_matches(persons: Persons, a: Index, b: Index) -> tuple[NDArray[np.intp], list[NameMatch]]:
    """Index of each pair's NameMatch, and the matches; number 0 is "equal"."""
    found: list[NameMatch] = [NameMatch("equal")]
    ka, kb = persons.key_no[a], persons.key_no[b]
    low, high = np.minimum(ka, kb), np.maximum(ka, kb)
    place, packed = pd.factorize(low * len(persons.keys) + high)
    seen: dict[NameMatch, int] = {found[0]: 0}
    numbers = np.zeros(len(packed), np.intp)
    for i, pair in enumerate(packed.tolist()):
        x, y = divmod(pair, len(persons.keys))
        if x == y and "*" not in persons.keys[x].key:
            continue
        match = compare(persons.keys[x], persons.keys[y])
        numbers[i] = seen.setdefault(match, len(seen))
        if numbers[i] == len(found):
            found.append(match)
    return numbers[place], found


def _same(codes: NDArray[np.unsignedinteger], a: Index, b: Index) -> Flags:
    same: Flags = (codes[a] == codes[b]) & (codes[a] > 0)
    return same


def _differ(codes: NDArray[np.unsignedinteger], a: Index, b: Index) -> Flags:
    differ: Flags = (codes[a] != codes[b]) & (codes[a] > 0) & (codes[b] > 0)
    return differ


def _births(p: Persons, a: Index, b: Index) -> tuple[Flags, Flags]:
    """Whether the birth dates agree and whether they contradict; a month agrees with any day of it."""
    month = _same(p.birth_month, a, b) & (p.is_month[a] | p.is_month[b])
    agree = _same(p.birth, a, b) | month
    return agree, _differ(p.birth, a, b) & ~agree


def gather(persons: Persons, a: Index, b: Index) -> Evidence:
    """Compare every field of the pairs."""
    p = persons
    name, names = name_matches(p, a, b)
    relation = idno.compare(p.pattern[a], p.pattern[b], valid=p.is_sure[a] & p.is_sure[b])
    birth, other_birth = _births(p, a, b)
    village, household = _same(p.village, a, b), _same(p.household, a, b)
    group = _same(p.village_group, a, b)
    phone, bank = _same(p.phone, a, b), _same(p.bank, a, b)
    agree = sum(
        flag.astype(np.uint8) * bit
        for flag, (bit, _) in zip(
            (birth, phone, bank, household, village, group), _AGREEMENTS, strict=True
        )
    )
    other_sex = _differ(p.sex, a, b)
    other_group = village & _differ(p.village_group, a, b)
    place = np.where(household, 2, (village & ~other_group).astype(np.int8))
    near = np.isin(relation, [Relation.EQUAL, Relation.ONE_EDIT, Relation.CONSISTENT])
    packed = a.astype(np.int64) * len(p) + b
    mates = np.isin(packed, p.row_mates) if len(p.row_mates) else np.zeros(len(a), bool)
    points = 2 * mates.astype(np.int8) + birth + phone + bank + place + near
    points = points - other_birth - other_sex - (relation == Relation.DOUBTFUL)
    return Evidence(
        a, b, name, names, relation, p.is_damaged[a] | p.is_damaged[b], np.asarray(agree + mates * np.uint8(ONE_ROW), np.uint8),
        np.asarray(points, np.int8), other_birth | other_sex,
    )  # fmt: skip


def strong_levels(e: Evidence) -> NDArray[np.int8]:
    """Level 2–4 of each pair by the written rules, NONE where no rule is met."""
    same, possible = e.where("equal"), e.relation != Relation.APART
    rooted = (e.agree & (1 | 16)) > 0  # birth date or village
    mask = (e.relation == Relation.CONSISTENT) & ~e.is_damaged & ~e.clash
    slip = np.isin(e.relation, [Relation.ONE_EDIT, Relation.EQUAL])
    slip |= (e.relation == Relation.CONSISTENT) & e.is_damaged
    many = same & (e.points >= 2)
    close = (e.where("close") | e.where("masked")) & (e.points >= 3) & ((e.agree & 7) > 0)
    return np.select(
        [same & mask, same & slip & rooted, possible & (many | close)],
        [Level.L2, Level.L3, Level.L4],
        NONE,
    ).astype(np.int8)


def is_open(e: Evidence) -> Flags:
    """Nothing speaks against the pair: no other number, birth date or sex."""
    against = np.isin(e.relation, [Relation.APART, Relation.DOUBTFUL]) | e.clash
    return ~against


def weak_levels(e: Evidence, people: NDArray[np.int32], listed: Flags) -> NDArray[np.int8]:
    """Level 5 or 6 of each pair, NONE where no rule is met.

    people : (n,), distinct people who bear the name.   listed : one of the two stands on a list.
    """
    same, village, free = e.where("equal"), (e.agree & 16) > 0, is_open(e)
    rare = same & listed & (people <= MAX_RARE)
    close = e.where("close") & village & listed
    return np.select(
        [free & same & village, free & (rare | close)], [Level.L5, Level.L6], NONE
    ).astype(np.int8)


MAX_RARE = 3
"""People of one name among whom a pair on the name alone is still worth keeping."""

_RELATIONS = {
    Relation.EQUAL: "身份证号相同但校验位不符",
    Relation.CONSISTENT: "身份证号可见部分一致",
    Relation.ONE_EDIT: "身份证号差一位",
}


def sentence(
    level: int, match: NameMatch, relation: int, agree: int, people: int, damaged: bool
) -> str:
    """Why a pair has its level, in one Chinese sentence. people: of that name in the village (L5), in all (L6)."""
    name = match.why or "姓名相同"
    village = "同村" if agree & 16 else ""
    if level == Level.L1:
        return f"身份证号一致，{name}"
    if level == Level.L5:
        return "同村同名" + (f"（本村同名{people}人）" if people > 1 else "")
    if level == Level.L6:
        return f"{village}{name}" if match.why else f"仅姓名相同（各名册同名{people}人）"
    number = _RELATIONS.get(Relation(relation), "")
    if damaged and relation == Relation.CONSISTENT:
        number = "受损身份证号可辨部分一致"
    shared = agree & ~(16 | 32) if agree & 8 else agree & ~16 if agree & 32 else agree
    if level == Level.L4 and agree & BORROWED:
        return f"{name}，经其他记录对应到同一身份证号"
    if agree & ONE_ROW:
        number = "写在同一行"
    words = "、".join(word for bit, word in _AGREEMENTS if shared & bit)
    return "，".join(part for part in (name, number, f"{words}一致" if words else "") if part)
