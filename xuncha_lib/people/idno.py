"""Resident ID numbers as far as they can be read, and how two written ones can be the same number.

A number as far as it can be read is a *pattern*: 18 characters, `*` where nothing is legible. A masked number,
a number that lost its last three digits in a spreadsheet and a 15-digit number (which has no check digit) are
all patterns, so one comparison serves them all. (Check digits and 15→18 are `xuncha_lib.values`.)
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

LENGTH = 18
UNKNOWN = "*" * LENGTH
_STAR = ord("*")
_REGION = 6
"""Leading digits that half a county shares: they contradict, but alone they confirm nothing."""
_CONFIRMING = 4
"""Visible digits behind the region that must agree before a mask confirms a name."""
_FAR = 4
"""Digits by which a number with a wrong check digit may differ before it is surely another one."""


class Relation(IntEnum):
    """What two patterns say about each other."""

    SILENT = 0
    """Too little is legible on one side."""
    EQUAL = 1
    CONSISTENT = 2
    """All digits legible on both sides agree, and enough of them."""
    ONE_EDIT = 3
    """Two full numbers, one digit replaced or two neighbours swapped."""
    DOUBTFUL = 4
    """They disagree, but a typing error can still explain it."""
    APART = 5
    """They belong to two people."""


def birth(pattern: str) -> date | None:
    """Birth date a number or pattern shows, None when it shows none or an impossible one."""
    text = pattern[6:14]
    if len(text) != 8 or not (text.isascii() and text.isdigit()):
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None


def sex(pattern: str) -> str | None:
    """男 or 女 by the 17th digit, None when it is not legible."""
    return ("女", "男")[int(pattern[16]) % 2] if pattern[16:17].isdigit() else None


def matrix(patterns: Iterable[str | None]) -> NDArray[np.uint8]:
    """Patterns as an (n, 18) array of character codes; None is a row of `*`."""
    text = "".join(pattern or UNKNOWN for pattern in patterns)
    return np.frombuffer(text.encode("ascii"), np.uint8).reshape(-1, LENGTH)


def compare(
    a: NDArray[np.uint8], b: NDArray[np.uint8], *, valid: NDArray[np.bool_]
) -> NDArray[np.int8]:
    """Relation of each row of `a` to the same row of `b`; both of shape (n, 18), as `matrix` gives them.

    valid : (n,), True where both numbers are known to be right, so that any difference but one edit is two people.
    """
    seen = (a != _STAR) & (b != _STAR)
    wrong = seen & (a != b)
    misses = wrong.sum(axis=1)
    confirming = seen[:, _REGION:].sum(axis=1)
    is_full = seen[:, :17].all(axis=1)
    crossed = (a[:, :-1] == b[:, 1:]) & (a[:, 1:] == b[:, :-1])
    swapped = (misses == 2) & (wrong[:, :-1] & wrong[:, 1:] & crossed).any(axis=1)
    one_edit = is_full & ((misses == 1) | swapped)
    far = np.where(is_full & ~valid, _FAR + 1, 2)
    return np.select(
        [
            is_full & (misses == 0), one_edit,
            (misses >= far) | (valid & (misses > 0)), misses > 0, confirming >= _CONFIRMING,
        ],
        [Relation.EQUAL, Relation.ONE_EDIT, Relation.APART, Relation.DOUBTFUL, Relation.CONSISTENT],
        Relation.SILENT,
    ).astype(np.int8)  # fmt: skip
