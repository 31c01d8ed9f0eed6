"""Which pairs are worth comparing: those that share a code, and never more than a block may cost."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Index = NDArray[np.intp]
Flags = NDArray[np.bool_]

MAX_PAIRS = 250_000
"""Pairs one block may give: 700 mentions that share a name and a village, or an ID number."""


@dataclass
class Skipped:
    """Blocks too large to compare: (rule, a mention of it, mentions, whether its listed people were compared)."""

    blocks: list[tuple[str, int, int, bool]] = field(default_factory=list)


def pairs_in_blocks(
    code: NDArray[np.uint64], seeds: Flags, listed: Flags, *, rule: str, skipped: Skipped
) -> tuple[Index, Index]:
    """All pairs (i, j) with the same code of which at least one is a seed; code 0 pairs with nothing.

    A block of more than MAX_PAIRS is compared only for its listed people; if these are too many as well it is left
    out. Either way it is noted in `skipped`.
    """
    code = np.where(code > 0, code, np.uint64(0))
    rows = np.flatnonzero(code)
    place, kinds = pd.factorize(code[rows])
    size = np.bincount(place, minlength=len(kinds))
    seeded = np.bincount(place, weights=seeds[rows], minlength=len(kinds))
    watched = np.bincount(place, weights=(listed & seeds)[rows], minlength=len(kinds))
    large = seeded * size > MAX_PAIRS
    narrow = large & (watched * size <= MAX_PAIRS)
    for block in np.flatnonzero(large):
        compared = bool(narrow[block] and watched[block])
        skipped.blocks.append(
            (rule, int(rows[np.argmax(place == block)]), int(size[block]), compared)
        )
    keep = ~large[place]
    pairs = _pairs(place[keep], rows[keep], seeds)
    if not narrow.any():
        return pairs
    keep = narrow[place]
    more = _pairs(place[keep], rows[keep], listed & seeds)
    return np.concatenate([pairs[0], more[0]]), np.concatenate([pairs[1], more[1]])


def _pairs(block: Index, rows: Index, seeds: Flags) -> tuple[Index, Index]:
    """Pairs of `rows` with equal `block`; the first of each pair is a seed. Cost: the number of pairs."""
    order = np.lexsort((~seeds[rows], block))  # seeds first, so that each pair is met once
    rows, block = rows[order], block[order]
    left: Index = np.flatnonzero(seeds[rows])
    ends = np.searchsorted(block, block[left], side="right")
    partners = ends - left - 1
    first = np.repeat(left, partners)
    start = np.repeat(np.cumsum(partners) - partners, partners)
    second = first + 1 + np.arange(len(first)) - start
    return rows[first], rows[second]


def unordered(first: Index, second: Index, n: int) -> tuple[Index, Index]:
    """Distinct pairs with the smaller index first, in order."""
    low, high = np.minimum(first, second), np.maximum(first, second)
    packed = np.sort((low.astype(np.int64) * n + high)[low != high])
    packed = packed[np.diff(packed, prepend=-1) > 0]
    return (packed // n).astype(np.intp), (packed % n).astype(np.intp)
