"""First digits of sums of money against Benford's law; digits are taken from whole cents, never from floats."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

BENFORD = np.log10(1 + 1 / np.arange(1, 10))
"""Expected share of the first digits 1–9."""


def first_digits(cents: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """First digit of each positive amount. cents: int64 (n,). Zero and negative amounts give 0."""
    values = np.asarray(cents, dtype=np.int64).copy()
    values[values < 0] = 0
    for _ in range(18):
        big = values >= 10
        if not big.any():
            break
        values[big] //= 10
    return values


BENFORD_TWO = np.log10(1 + 1 / np.arange(10, 100))
"""Expected share of the first two digits 10–99."""


def first_two_digits(cents: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """First two significant digits of each positive amount. cents: int64 (n,); 5 cents give 50, as 5.0 yuan do."""
    values = np.asarray(cents, dtype=np.int64).copy()
    values[values < 10] *= 10
    for _ in range(17):
        big = values >= 100
        if not big.any():
            break
        values[big] //= 10
    return values


def benford_mad(cents: npt.NDArray[np.int64], *, least: int = 300) -> float:
    """Mean absolute deviation of the nine first-digit shares from Benford's law.

    NaN ("cannot tell") below `least` positive amounts or when they span less than two orders of magnitude.
    .015 is Nigrini's line for nonconformity (Benford's Law, 2012, table 7.1), meant for far larger files.
    """
    positive = np.asarray(cents, dtype=np.int64)
    positive = positive[positive > 0]
    if len(positive) < least or positive.max() < 100 * positive.min():
        return float("nan")
    shares = np.bincount(first_digits(positive), minlength=10)[1:10] / len(positive)
    return float(np.abs(shares - BENFORD).mean())
