"""Pairs of mentions worth judging, by rule of thumb: what two records of one person nearly always share."""

from __future__ import annotations

from itertools import combinations_with_replacement

import numpy as np
from numpy.typing import NDArray

from xuncha_lib.people.blocks import Index, Skipped, pairs_in_blocks, unordered
from xuncha_lib.people.judge import MAX_RARE
from xuncha_lib.people.persons import Codes, Flags, Persons, mixed

_STAR = ord("*")
_REGION = 6
_VISIBLE = 4
"""Digits behind the region that two masks must both show before they are compared."""
_MAX_SHAPES = 12
"""Ways of masking a number that are followed up, commonest first."""


def near_pairs(p: Persons, skipped: Skipped) -> tuple[Index, Index]:
    """Pairs that may reach L2–L5: of one name, or of close names that share something personal.

    One of the two lacks a right number; two right numbers are equal (L1) or two people.
    """
    close = {
        "村与出生日期": mixed(p.village, p.birth, p.near_surname),
        "电话": mixed(p.phone, p.near_surname), "银行账号": mixed(p.bank, p.near_surname),
    }  # fmt: skip
    exact = {
        "姓名与出生日期": mixed(p.key, p.birth), "姓名与电话": mixed(p.key, p.phone),
        "姓名与银行账号": mixed(p.key, p.bank), "姓名与户": mixed(p.key, p.household),
        "姓名与村": mixed(p.key, p.village),
    }  # fmt: skip
    parts = [
        pairs_in_blocks(code, p.is_weak, p.is_watched, rule=rule, skipped=skipped)
        for rule, code in (exact | close).items()
    ]
    mates = (p.row_mates // len(p), p.row_mates % len(p))
    return _gathered(p, [*parts, mates, *_masked_pairs(p, skipped)])


def name_pairs(p: Persons, people: NDArray[np.int32], skipped: Skipped) -> tuple[Index, Index]:
    """Pairs that can only reach L6: of a listed person with a rare name, or with a close name in one village.

    people : (n,), people who bear each mention's name.
    """
    rare = np.where(people <= MAX_RARE, p.key, np.uint64(0))
    codes = {"姓名": rare, "村与读音": mixed(p.village, p.near)}
    codes |= {f"村与姓名缺第{i + 1}字": mixed(p.village, code) for i, code in enumerate(p.gapped)}
    parts = []
    for rule, code in codes.items():
        a, b = pairs_in_blocks(code, p.is_watched, p.is_watched, rule=rule, skipped=skipped)
        weak = p.is_weak[a] | p.is_weak[b]
        parts.append((a[weak], b[weak]))
    return _gathered(p, parts)


def _gathered(p: Persons, parts: list[tuple[Index, Index]]) -> tuple[Index, Index]:
    """Distinct pairs of all parts, without those that one number joins already."""
    a, b = unordered(
        np.concatenate([x for x, _ in parts]), np.concatenate([y for _, y in parts]), len(p)
    )
    fresh = (p.id_code[a] != p.id_code[b]) | (p.id_code[a] == 0)
    return a[fresh], b[fresh]


def _masked_pairs(p: Persons, skipped: Skipped) -> list[tuple[Index, Index]]:
    """Pairs of one name whose numbers agree in all digits that both show."""
    shown = p.pattern != _STAR
    shape = shown @ (1 << np.arange(p.pattern.shape[1], dtype=np.int64))
    kinds, counts = np.unique(shape[(shape > 0) & (p.key > 0)], return_counts=True)
    kinds = kinds[np.argsort(-counts, kind="stable")][:_MAX_SHAPES]
    parts = []
    for s, t in combinations_with_replacement(kinds.tolist(), 2):
        common = np.array([bool((s & t) >> i & 1) for i in range(p.pattern.shape[1])])
        if common[_REGION:].sum() < _VISIBLE:
            continue
        here = np.isin(shape, [s, t])
        if not (p.is_weak & here).any():
            continue
        code = np.where(here, _digits(p.pattern, common), np.uint64(0))
        parts.append(
            pairs_in_blocks(
                mixed(p.key, code),
                p.is_weak & here,
                p.is_watched,
                rule="姓名与证号掩码",
                skipped=skipped,
            )
        )
    return parts


def _digits(pattern: NDArray[np.uint8], columns: Flags) -> Codes:
    """Code of the chosen columns of each row."""
    code = np.full(len(pattern), 1469598103934665603, np.uint64)
    for column in np.flatnonzero(columns):
        code = (code ^ pattern[:, column]) * np.uint64(1099511628211)
    return np.maximum(code, np.uint64(1))
