"""The peers: one process each, same parquet in, same pairs out (left_id, right_id, score).

    python tests/bench/match/peers.py rapidfuzz --left F --right F --out F

splink-strong and splink-plain live in splink_peer.py. Every process does its own cleaning.
"""

import argparse
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
from prepare import prepare


def cleaned(
    left: Path, right: Path
) -> tuple[duckdb.DuckDBPyConnection, pd.DataFrame, pd.DataFrame]:
    con = duckdb.connect()
    tables = [
        prepare(con, side, str(path), True) for side, path in (("left", left), ("right", right))
    ]
    return con, *(con.table(t).df() for t in tables)


def _exact(left: Path, right: Path, column: str) -> pd.DataFrame:
    con = duckdb.connect()
    query = f"""
        SELECT l.id AS left_id, r.id AS right_id, 1.0 AS score
        FROM read_parquet('{left}') l JOIN read_parquet('{right}') r USING ({column}) WHERE {column} <> ''"""
    return con.execute(query).df()


def exact_name(left: Path, right: Path) -> pd.DataFrame:
    return _exact(left, right, "name")


def exact_id(left: Path, right: Path) -> pd.DataFrame:
    return _exact(left, right, "id_number")


def _points(a: pd.DataFrame, b: pd.DataFrame, name: np.ndarray) -> np.ndarray:
    """Hand-written bonus points an analyst would add to a name similarity of 0–1."""
    score = 0.45 * name
    for column, bonus, malus in (
        ("id_full", 0.5, 0.35), ("phone", 0.3, 0.03), ("bank", 0.3, 0.03), ("village", 0.15, 0.12),
        ("last4", 0.2, 0.2), ("birth", 0.15, 0.25),
    ):  # fmt: skip
        one, other = a[column].to_numpy(object), b[column].to_numpy(object)
        both = pd.notna(one) & pd.notna(other)
        score += np.where(both & (one == other), bonus, 0) - np.where(
            both & (one != other), malus, 0
        )
    return np.clip(score, 0, 1)


def rapidfuzz(left: Path, right: Path) -> pd.DataFrame:
    """Levenshtein similarity ≥ .66 of all distinct names by cdist, then points."""
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.process import cdist

    _, a, b = cleaned(left, right)
    names, where = np.unique(b["name"].fillna("").to_numpy(str), return_inverse=True)
    order = np.argsort(where, kind="stable")
    start = np.searchsorted(where[order], np.arange(len(names) + 1))
    parts = []
    mine = a["name"].fillna("").to_numpy(str)
    for first in range(0, len(a), 200):
        similar = cdist(mine[first : first + 200], names, scorer=Levenshtein.normalized_similarity,
                        score_cutoff=0.66, workers=-1)  # fmt: skip
        row, column = np.nonzero(similar)
        count = start[column + 1] - start[column]
        offset = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        right_rows = order[np.repeat(start[column], count) + offset]
        left_rows = np.repeat(row, count) + first
        one, other = (
            a.iloc[left_rows].reset_index(drop=True),
            b.iloc[right_rows].reset_index(drop=True),
        )
        score = _points(one, other, np.repeat(similar[row, column], count))
        found = pd.DataFrame(
            {"left_id": one.unique_id, "right_id": other.unique_id, "score": score}
        )
        parts.append(found[found.score > 0.3])
    return pd.concat(parts)


def recordlinkage(left: Path, right: Path) -> pd.DataFrame:
    """Blocks on name, id and pinyin with village; compares and classifies with ECM."""
    import recordlinkage as rl

    _, a, b = cleaned(left, right)
    a, b = a.set_index("unique_id"), b.set_index("unique_id")
    index = rl.Index()
    for rule in (["name"], ["id_full"], ["phone"], ["bank"], ["py", "village"]):
        index.block(rule)
    pairs = index.index(a, b)
    keys = [pairs.get_level_values(i) for i in (0, 1)]
    compare = rl.Compare()
    for column in ("name", "py", "id_full", "phone", "bank", "village", "last4", "birth"):
        compare.exact(column, column, label=column)
    features = compare.compute(pairs, a, b)
    model = rl.ECMClassifier(binarize=None)
    model.fit(features)
    score = model.prob(features)
    return pd.DataFrame({"left_id": keys[0], "right_id": keys[1], "score": score.to_numpy()})


PEERS = {
    "exact-name": exact_name,
    "exact-id": exact_id,
    "rapidfuzz": rapidfuzz,
    "recordlinkage": recordlinkage,
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("peer", choices=PEERS)
    for name in ("left", "right", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    options = parser.parse_args()
    pairs = PEERS[options.peer](options.left, options.right)
    pairs.to_parquet(options.out, index=False)


if __name__ == "__main__":
    main()
