"""First digits and robust distances."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from xuncha_lib.outliers.digits import (
    BENFORD,
    BENFORD_TWO,
    benford_mad,
    first_digits,
    first_two_digits,
)
from xuncha_lib.outliers.robust import robust_z


@given(st.lists(st.integers(1, 10**12), min_size=1, max_size=50))
def test_first_digit_is_that_of_the_text(cents: list[int]) -> None:
    assert first_digits(np.array(cents)).tolist() == [int(str(c)[0]) for c in cents]


def test_benford_sums_to_one_and_fits_powers() -> None:
    assert abs(BENFORD.sum() - 1) < 1e-12
    powers = np.array([int(1.07**n * 100) for n in range(340)], dtype=np.int64)
    assert benford_mad(powers) < 0.006


def test_too_few_or_too_narrow_cannot_tell() -> None:
    assert np.isnan(benford_mad(np.arange(1, 100)))
    assert np.isnan(benford_mad(np.arange(500, 1000)))


def test_robust_z() -> None:
    values = np.array([1.0, 1.1, 0.9, 1.0, 1.05, 0.95, 1.0, 9.0])
    assert robust_z(values)[-1] > 10
    assert np.isnan(robust_z(values[:5])).all()
    assert np.isnan(robust_z(np.ones(9))).all()
    assert (robust_z(np.ones(9), floor=0.1) == 0).all()


@given(st.lists(st.integers(1, 10**12), min_size=1, max_size=50))
def test_first_two_digits_are_those_of_the_text(cents: list[int]) -> None:
    assert first_two_digits(np.array(cents)).tolist() == [int(f"{c}0"[:2]) for c in cents]
    assert abs(BENFORD_TWO.sum() - 1) < 1e-12
