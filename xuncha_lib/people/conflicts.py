"""Right numbers: which mentions they join (L1), and where number and name contradict each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from xuncha_lib.people.blocks import Index, Skipped, pairs_in_blocks, unordered
from xuncha_lib.people.judge import name_matches
from xuncha_lib.people.names import NameMatch
from xuncha_lib.people.persons import Persons, mixed
from xuncha_lib.values import is_organisation

NEVER = "several"
"""State of a name that cannot be one person's, whatever the number says."""


@dataclass(frozen=True)
class Equal:
    """Pairs (a, b), a < b, with one right number and names that may be one person's."""

    a: Index
    b: Index
    name: NDArray[np.intp]
    names: list[NameMatch]


def find_conflicts(p: Persons, skipped: Skipped) -> tuple[Equal, list[tuple[int, int, str]]]:
    """L1 pairs, and the conflicts as (a, b, why) by index, a < b."""
    usable = p.state != NEVER
    code = np.where(usable, p.id_code, np.uint64(0))
    every = np.ones(len(p), bool)
    a, b = unordered(
        *pairs_in_blocks(code, every, p.is_watched, rule="身份证号", skipped=skipped), len(p)
    )
    name, names = name_matches(p, a, b)
    fits = np.asarray([match.is_compatible for match in names], bool)[name]
    other = np.flatnonzero(~fits)
    former = np.array([_tells_former_name(p, int(a[i]), int(b[i])) for i in other], bool)
    if former.any():
        names = [*names, NameMatch("former", "另一姓名写在备注中")]
        name[other[former]] = len(names) - 1
        fits[other[former]] = True
    conflicts = [
        (int(a[i]), int(b[i]), f"身份证号相同，姓名不同（{p.written(a[i])}/{p.written(b[i])}）")
        for i in other[~former]
        if not (is_organisation(p.written(a[i])) or is_organisation(p.written(b[i])))
    ]
    equal = Equal(a[fits], b[fits], name[fits], names)
    return equal, sorted([*conflicts, *_two_numbers(p, skipped)])


def _tells_former_name(p: Persons, a: int, b: int) -> bool:
    """张伟（原名张卫): the note of one name holds the other."""
    return p.written(b) in (p.name_raw[a] or "") or p.written(a) in (p.name_raw[b] or "")


def _two_numbers(p: Persons, skipped: Skipped) -> list[tuple[int, int, str]]:
    """One name, birth date and village under two right numbers: one representative pair of mentions each."""
    code = np.where(p.id_code > 0, mixed(p.key, p.village, p.birth), np.uint64(0))
    one = ~pd.DataFrame({"code": code, "number": p.id_code}).duplicated().to_numpy()
    code = np.where(one, code, np.uint64(0))
    a, b = unordered(
        *pairs_in_blocks(code, one, p.is_watched, rule="姓名村出生日期", skipped=skipped), len(p)
    )
    why = "同村同名且出生日期相同，身份证号不同"
    return [(int(x), int(y), why) for x, y in zip(a, b, strict=True)]
