"""First digits and equal amounts of a payment file, to be compared with published figures.

    python tests/bench/benford.py corporate_payment.parquet [--column Amount]

Nigrini's corporate payments (positive amounts): n = 185,083, MAD .002336614, chi-square 32,100.90 (digits from whole
cents; 32,086.8 by truncating floats). Prints n, MAD, chi-square of the first two digits and the amounts that occur most.
"""

import argparse
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from xuncha_lib.outliers.digits import BENFORD_TWO, first_two_digits


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--column", default="Amount")
    options = parser.parse_args()
    yuan = (
        pq.read_table(options.file, columns=[options.column])[options.column]
        .to_numpy()
        .astype(float)
    )
    cents = np.rint(yuan * 100).astype(np.int64)
    cents = cents[cents > 0]
    digits = first_two_digits(cents)
    shares = np.bincount(digits, minlength=100)[10:] / len(digits)
    expected = BENFORD_TWO * len(digits)
    chi2 = float((((shares * len(digits)) - expected) ** 2 / expected).sum())
    print(f"n {len(digits):,}   MAD {np.abs(shares - BENFORD_TWO).mean():.9f}   chi2 {chi2:,.2f}")
    order = np.argsort(-(shares - BENFORD_TWO), kind="stable")[:5]
    print(
        "most over:",
        ", ".join(f"{d + 10} ({shares[d]:.5f} against {BENFORD_TWO[d]:.5f})" for d in order),
    )
    amounts, counts = np.unique(cents, return_counts=True)
    for n in np.lexsort((amounts, -counts))[:10]:
        print(f"{amounts[n] / 100:>12,.2f} {counts[n]:>7,}")


if __name__ == "__main__":
    main()
