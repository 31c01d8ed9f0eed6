"""Mentions without a number that lead to one: 收款人 with an account, and the roll that has account and number."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from xuncha_lib.people.blocks import Index, Skipped, pairs_in_blocks, unordered
from xuncha_lib.people.idno import Relation
from xuncha_lib.people.judge import BORROWED, NONE, Evidence
from xuncha_lib.people.persons import Codes, Persons

_STEPS = 3
"""Links followed from a mention to a number: payee → payee with account → beneficiary with number."""


def borrow_numbers(p: Persons, e: Evidence, level: NDArray[np.int8]) -> Codes:
    """Code of each mention's own number, or of the only one its L2–L4 links of the same name lead to, else 0.

    Links that lead to two numbers lend none: two people of one name cannot be told apart by them.
    """
    kept = (level < NONE) & e.where("equal")
    left, right = np.concatenate([e.a[kept], e.b[kept]]), np.concatenate([e.b[kept], e.a[kept]])
    codes = p.id_code.copy()
    for _ in range(_STEPS):
        lends = (codes[left] == 0) & (codes[right] > 0)
        if not lends.any():
            break
        offers = pd.DataFrame({"who": left[lends], "code": codes[right[lends]]}).drop_duplicates()
        only = offers[~offers["who"].duplicated(keep=False)]
        codes[only["who"].to_numpy()] = only["code"].to_numpy(np.uint64)
        settled = offers["who"].to_numpy()
        open_end = ~np.isin(left, settled)
        left, right = left[open_end], right[open_end]
    return codes


def borrowed_pairs(p: Persons, codes: Codes, skipped: Skipped) -> tuple[Index, Index]:
    """Pairs of one name that one number joins only because a side borrowed it."""
    lent = (codes > 0) & (p.id_code == 0)
    a, b = pairs_in_blocks(codes, lent, p.is_watched, rule="经其他记录的身份证号", skipped=skipped)
    same = p.key[a] == p.key[b]
    return unordered(a[same], b[same], len(p))


def with_numbers(e: Evidence, codes: Codes) -> Evidence:
    """The evidence with what the numbers, own or borrowed, say where the written ones are silent.

    One number under one name is `BORROWED` agreement where nothing better is known; two numbers are two people.
    """
    both = (codes[e.a] > 0) & (codes[e.b] > 0)
    one = (
        both
        & (e.points < 2)
        & (codes[e.a] == codes[e.b])
        & e.where("equal")
        & (e.relation != Relation.APART)
    )
    two = both & (codes[e.a] != codes[e.b]) & (e.relation != Relation.ONE_EDIT)
    relation = np.where(two, np.int8(Relation.APART), e.relation)
    agree = e.agree | np.where(one, np.uint8(BORROWED), np.uint8(0))
    return replace(e, relation=relation, agree=agree, points=e.points + 2 * one.astype(np.int8))
