"""Numbers as they can be read: ID numbers, phones and cards as right-aligned rows of characters, `*` where hidden."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Digits = NDArray[np.uint8]
Flags = NDArray[np.bool_]

ID, PHONE, BANK = 18, 11, 19
STAR, ZERO, NINE, X = ord("*"), ord("0"), ord("9"), ord("X")
_IDLE = 8
"""So many equal last digits are a placeholder, 13800000000."""
_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2], np.float32)
_PLACES = np.r_[11 * 10 ** np.arange(16, -1, -1, dtype=np.int64), 1]
_CHECKS = np.frombuffer(b"10X98765432", np.uint8)


@dataclass(frozen=True)
class Ids:
    """ID numbers: `digits` (n, 18), all `*` where nothing is known; the rest (n,).

    is_full : 18 characters, none hidden, with a possible day of birth.   is_right : and the check digit passes, or
    the number came with 15 digits.   has_date : the eight digits of the birth date can be read.
    slipped : as many as 17 or 19 digits were written; they stand right-aligned, the first of 19 is lost.
    """

    digits: Digits
    is_full: Flags
    is_right: Flags
    is_old: Flags
    has_date: Flags
    slipped: Flags

    def __len__(self) -> int:
        return len(self.digits)

    def packed(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """One integer for each full number, equal where the numbers are."""
        shown = self.digits[rows].astype(np.int64) - ZERO
        shown[:, -1] = np.where(shown[:, -1] == X - ZERO, 10, shown[:, -1])
        packed: NDArray[np.int64] = shown @ _PLACES
        return packed


def _bytes(array: pa.Array) -> tuple[NDArray[np.int64], NDArray[np.int64], Digits]:
    """Start and length of each string, and all their bytes."""
    array = array.cast(pa.large_string())
    offsets = np.frombuffer(array.buffers()[1], np.int64)[array.offset :][: len(array) + 1]
    data = np.frombuffer(array.buffers()[2] or b"", np.uint8)
    return offsets[:-1], np.diff(offsets), data


def aligned(array: pa.Array, width: int, *, right: bool) -> Digits:
    """Bytes of each string as (n, width), padded with `*`; the last ones are kept if `right`, else the first."""
    start, size, data = _bytes(array)
    edge = np.full(width, STAR, np.uint8)
    windows = np.lib.stride_tricks.sliding_window_view(np.r_[edge, data, edge], width)
    digits: Digits = windows[start + size if right else start + width]
    place = np.arange(width)
    outside = place < (width - size)[:, None] if right else place >= size[:, None]
    digits[outside] = STAR
    return digits


def _shown(digits: Digits) -> Digits:
    """Whatever is no digit is hidden."""
    return np.where((digits >= ZERO) & (digits <= NINE), digits, STAR).astype(np.uint8)


def plain_numbers(array: pa.Array, width: int) -> Digits:
    """Phones or cards, right-aligned; all hidden where fewer than four digits, or only one kind of digit, is left."""
    digits = _shown(aligned(array, width, right=True))
    seen = digits != STAR
    highest, lowest = digits.max(axis=1), np.where(seen, digits, 255).min(axis=1)
    tail = (digits[:, -_IDLE:] == digits[:, -1:]).all(axis=1)
    idle = tail | (seen.sum(axis=1) < 4) | (highest == lowest)
    digits[idle] = STAR
    return digits


def _old(digits: Digits) -> Digits:
    """15 digits, left-aligned in (n, 18), as the 18 they would be."""
    century = np.tile(np.frombuffer(b"19", np.uint8), (len(digits), 1))
    first = np.concatenate([digits[:, :6], century, digits[:, 6:15]], axis=1)
    return np.concatenate([first, check_digits(first)[:, None]], axis=1)


def check_digits(first17: Digits) -> Digits:
    """Check characters of (n, 17) digits."""
    total = (first17.astype(np.float32) - np.float32(ZERO)) @ _WEIGHTS  # whole numbers, exact
    checks: Digits = _CHECKS[total.astype(np.int64) % 11]
    return checks


def read_ids(array: pa.Array) -> Ids:
    """ID numbers of a string array that holds digits, X and `*` (see `scan`)."""
    _, size, _ = _bytes(array)
    left, right = aligned(array, ID, right=False), aligned(array, ID, right=True)
    digits = np.where((size == ID)[:, None], left, right)
    hidden = (_shown(left) == STAR) & (np.arange(ID) < size[:, None])
    hidden[:, -1] &= left[:, -1] != X
    short = (size != ID) & hidden.any(
        axis=1
    )  # 370124***0014: what stands before the stars is the head
    digits[short] = _spread(left[short], right[short], size[short])
    old = (size == 15) & ~hidden.any(axis=1)
    digits[old] = _old(left[old])
    is_x = digits[:, -1] == X
    digits = _shown(digits)
    digits[is_x & (size > 0), -1] = X
    odd = (left == ord("E")).any(axis=1)  # 3.7E+17: a spreadsheet kept nothing
    odd |= ~short & ~old & (size != ID) & (size != 17) & (size != 19)
    digits[odd] = STAR
    return _judged(digits, old, (size == 17) | (size == 19))


def _spread(left: Digits, right: Digits, size: NDArray[np.int64]) -> Digits:
    """Shorter or longer masks stretched to 18: the head left-aligned, the tail right-aligned."""
    shown = (_shown(left) != STAR) & (np.arange(ID) < size[:, None])
    head = np.where(shown.all(axis=1), ID, np.argmin(shown, axis=1))
    back = (_shown(right)[:, ::-1] != STAR) | (
        np.c_[right[:, -1:] == X, np.zeros((len(right), ID - 1), bool)]
    )
    tail = np.where(back.all(axis=1), 0, np.argmin(back, axis=1))
    tail = np.minimum(tail, size - head)
    place = np.arange(ID)
    kept = np.where(place < head[:, None], left, STAR)
    return np.where(place >= ID - tail[:, None], right, kept).astype(np.uint8)


def _judged(digits: Digits, old: Flags, slipped: Flags) -> Ids:
    number = digits.astype(np.int64) - ZERO
    seen = digits != STAR
    year = number[:, 6:10] @ np.array([1000, 100, 10, 1])
    month, day = number[:, 10:12] @ np.array([10, 1]), number[:, 12:14] @ np.array([10, 1])
    has_date = seen[:, 6:14].all(axis=1)
    real = (year >= 1880) & (year <= 2030) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
    complete = seen.all(axis=1) & ~slipped
    zeros = (digits[:, 6:14] == ZERO).all(axis=1)
    nothing = zeros | complete & (digits[:, :17] == digits[:, :1]).all(axis=1)
    digits[nothing | (seen.sum(axis=1) < 4)] = STAR
    complete &= ~nothing
    rounded = complete & (digits[:, 15:] == ZERO).all(
        axis=1
    )  # fifteen digits are what a spreadsheet keeps
    passes = complete & (check_digits(np.where(seen, digits, ZERO)[:, :17]) == digits[:, 17])
    digits[rounded & ~passes, 15:] = STAR
    complete &= ~rounded | passes
    good = complete & real
    return Ids(digits, good, good & (passes | old), old, has_date & real & ~slipped, slipped)
