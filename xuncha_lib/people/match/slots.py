"""Where 64-bit numbers stand among known ones."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]
Index = NDArray[np.int64]

_SPREAD = np.uint64(0x9E3779B97F4A7C15)


def distinct(keys: Keys) -> Keys:
    """The keys sorted, each once; by sorting, which beats the hashing of numpy's unique."""
    ordered = np.sort(keys)
    return ordered[np.r_[True, ordered[1:] != ordered[:-1]]] if len(ordered) else ordered


class Slots:
    """Sorted distinct numbers that spread evenly over 64 bits, found by their first bits instead of by halving."""

    def __init__(self, known: Keys) -> None:
        bits = min(24, max(16, len(known).bit_length() + 2))
        self._shift = np.uint64(64 - bits)
        slot = (known >> self._shift).astype(np.int64)
        start = np.flatnonzero(np.r_[True, slot[1:] != slot[:-1]]) if len(known) else slot
        self._most = int(np.diff(np.r_[start, len(known)]).max(initial=0))
        self._seen = np.zeros(1 << bits, bool)
        self._first = np.zeros(1 << bits, np.int32)
        self._seen[slot[start]] = True
        self._first[slot[start]] = start
        self._known = np.r_[known, np.zeros(max(self._most, 1), np.uint64)]
        self._size = len(known)

    def find(self, keys: Keys) -> tuple[Index, Index]:
        """Which of the keys are known, and where: (places in `keys`, places among the known)."""
        slot = keys >> self._shift
        maybe = np.flatnonzero(self._seen[slot])
        place, some = self._first[slot[maybe]].astype(np.int64), keys[maybe]
        same = self._known[place] == some
        for _ in range(1, self._most):
            rest = np.flatnonzero(~same)
            rest = rest[self._known[place[rest]] < some[rest]]
            if not len(rest):
                break
            place[rest] += 1
            same[rest] = self._known[place[rest]] == some[rest]
        same &= place < self._size
        return maybe[same], place[same]


class Lookup:
    """The same for numbers that need not be spread, 0 standing for none; `known` are the distinct ones, sorted."""

    def __init__(self, known: Keys) -> None:
        self.known = distinct(known[known > 0])
        spread = self.known * _SPREAD
        order = np.argsort(spread)
        self._slots, self._place = Slots(spread[order]), order.astype(np.int32)

    def find(self, keys: Keys) -> NDArray[np.int32]:
        """Index of each key among `known`, -1 where it is not."""
        found = np.full(len(keys), -1, np.int32)
        at, place = self._slots.find(keys * _SPREAD)
        found[at] = self._place[place]
        return found
