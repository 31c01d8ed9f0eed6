"""Which people of a sheet were numbered already, when it comes in pieces."""

from __future__ import annotations

import numpy as np

_MOST = 6_000_000
"""Keys that are remembered; whoever comes after them may be numbered twice, which is put right when the case is made."""


class Known:
    """Numbers by 64-bit key, in sorted arrays: twelve bytes for each."""

    def __init__(self, most: int = _MOST) -> None:
        self.most = most
        self.keys, self.numbers = np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int32)

    def find(self, keys: np.ndarray) -> np.ndarray:
        """Number of each key, -1 where it is new."""
        found = np.full(len(keys), -1, dtype=np.int64)
        if len(self.keys):
            at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
            is_known = self.keys[at] == keys
            found[is_known] = self.numbers[at[is_known]]
        return found

    def add(self, keys: np.ndarray, numbers: np.ndarray) -> None:
        """Remember new keys, as many as there is room for."""
        room = self.most - len(self.keys)
        order = np.argsort(keys[:room])
        new = keys[:room][order]
        at = np.searchsorted(self.keys, new)
        self.keys = np.insert(self.keys, at, new)
        self.numbers = np.insert(self.numbers, at, numbers[:room][order].astype(np.int32))


def numbered(
    keys: np.ndarray, earliest: np.ndarray, start: int, known: Known | None
) -> tuple[np.ndarray, np.ndarray]:
    """(number of each of these different keys, where the new ones are first met, in order).

    earliest : where each key is first met; new keys are numbered in this order, from `start`.
    """
    number = np.full(len(keys), -1, dtype=np.int64) if known is None else known.find(keys)
    new = np.flatnonzero(number < 0)
    new = new[np.argsort(earliest[new])]
    number[new] = start + np.arange(len(new))
    if known is not None:
        known.add(keys[new], number[new])
    return number, earliest[new]
