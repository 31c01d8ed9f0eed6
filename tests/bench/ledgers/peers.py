"""Rank a ledger set with other people's detectors: same input, same output columns.

python tests/bench/ledgers/peers.py --data DIR --method ecod-pooled --out C.parquet   (needs pyod for its methods)
"""

import argparse
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from features import table


def pyod(name: str):
    if name == "ecod":
        from pyod.models.ecod import ECOD

        return ECOD()
    from pyod.models.iforest import IForest

    return IForest(random_state=0)


class Sklearn:
    """scikit-learn's forest with PyOD's way of being asked: a larger score is odder."""

    def fit(self, matrix):
        from sklearn.ensemble import IsolationForest

        self.decision_scores_ = -IsolationForest(random_state=0).fit(matrix).score_samples(matrix)
        return self


def detector(name: str):
    return Sklearn() if name == "sklearn" else pyod(name)


def scores(name: str, pooled: bool, starts: np.ndarray, matrix: np.ndarray) -> np.ndarray:
    if pooled:
        return detector(name).fit(matrix).decision_scores_
    parts = np.split(matrix, starts[1:])
    return np.concatenate([detector(name).fit(part).decision_scores_ for part in parts])


def run(data: Path, method: str, out: Path, top: int) -> None:
    name, scope = method.rsplit("-", 1)
    villages, entries, matrix = table(data)
    starts = np.flatnonzero(np.r_[True, villages[1:] != villages[:-1]])
    found = scores(name, scope == "pooled", starts, matrix)
    keep = []
    for begin, end in zip(starts, [*starts[1:], len(found)], strict=True):
        keep += (begin + np.argsort(-found[begin:end], kind="stable")[:top]).tolist()
    rows = [
        {
            "village_id": villages[i],
            "score": float(found[i]),
            "detector": method,
            "chance": None,
            "reason": method,
            "objs": [f"e:{entries[i]}"],
        }
        for i in keep
    ]
    schema = pa.schema(
        [
            ("village_id", pa.string()),
            ("score", pa.float64()),
            ("detector", pa.string()),
            ("chance", pa.float64()),
            ("reason", pa.string()),
            ("objs", pa.list_(pa.string())),
        ]
    )
    pq.write_table(pa.Table.from_pylist(rows, schema), out)


METHODS = [
    f"{name}-{scope}" for name in ("ecod", "iforest", "sklearn") for scope in ("pooled", "village")
]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--method", choices=[*METHODS, "tests"], required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--top", type=int, default=20)
    options = parser.parse_args()
    if options.method == "tests":
        import rules

        rules.run(options.data, options.out, options.top)
    else:
        run(options.data, options.method, options.out, options.top)


if __name__ == "__main__":
    main()
