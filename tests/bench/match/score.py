"""Score pairs against the truth: F1, AP, recall at precision, calibration, recall by channel and evidence, levels.

    python tests/bench/match/score.py --pairs pairs.parquet --truth truth.parquet [--json]

"decidable" leaves true links that share only a name out of both sides of the count; "all" keeps them.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import pandas as pd

BINS = ((0.5, 0.9), (0.9, 0.99), (0.99, 1.0))


def curve(score: np.ndarray, true: np.ndarray, links: int) -> dict[str, float]:
    """F1 at .5, the best F1 and its score, AP and recall at precision ≥ .99, over pairs of which `true` are links."""
    order = np.argsort(-score, kind="stable")
    score, true = score[order], true[order]
    hits = np.cumsum(true)
    count = np.arange(1, len(score) + 1)
    last = (
        np.append(score[1:] != score[:-1], True) if len(score) else np.zeros(0, bool)
    )  # ties stand together
    hits, count, score = hits[last], count[last], score[last]
    precision, recall = hits / count, hits / max(links, 1)
    f1 = 2 * hits / (count + links)
    own = score >= 0.5
    sure = recall[precision >= 0.99]
    best = int(f1.argmax()) if len(f1) else 0
    gain = np.diff(recall, prepend=0.0)
    return {
        "f1": float(f1[own][-1]) if own.any() else 0.0,
        "precision": float(precision[own][-1]) if own.any() else 0.0,
        "recall": float(recall[own][-1]) if own.any() else 0.0,
        "best_f1": float(f1[best]) if len(f1) else 0.0,
        "best_at": float(score[best]) if len(f1) else 0.0,
        "ap": float((precision * gain).sum()),
        "recall_at_p99": float(sure.max()) if len(sure) else 0.0,
    }


def join(pairs: pd.DataFrame, truth: pd.DataFrame) -> pd.DataFrame:
    """Pairs, the best score of each, with evidence and channel where they are links."""
    pairs = pairs.sort_values("score", ascending=False, kind="stable").drop_duplicates(
        ["left_id", "right_id"]
    )
    return pairs.merge(truth, on=["left_id", "right_id"], how="left")


def recalls(
    joined: pd.DataFrame, truth: pd.DataFrame, at: float
) -> dict[str, dict[str, tuple[float, int]]]:
    """Recall at a score by channel and by each piece of evidence (village alone apart), with the number of links."""
    found = joined.loc[(joined.score >= at) & joined.evidence.notna(), ["left_id", "right_id"]]
    marked = truth.merge(found.assign(found=True), on=["left_id", "right_id"], how="left")
    marked["found"] = marked.found.eq(True)
    by_channel = marked.groupby("channel").found.agg(["mean", "size"])
    pieces = marked.assign(piece=marked.evidence.str.split("|")).explode("piece")
    pieces.loc[pieces.piece.eq("village") & pieces.evidence.eq("village"), "piece"] = "village only"
    by_piece = pieces.groupby("piece").found.agg(["mean", "size"])
    return {
        name: {k: (float(m), int(n)) for k, m, n in table.itertuples()}
        for name, table in (("channel", by_channel), ("evidence", by_piece))
    }


def calibration(score: np.ndarray, true: np.ndarray) -> dict[str, tuple[float, float, int]]:
    """Per bin: mean stated probability, true share, pairs."""
    rows = {}
    for low, high in BINS:
        inside = (score > low) & (score <= high)
        n = int(inside.sum())
        rows[f"({low}, {high}]"] = (
            float(score[inside].mean()) if n else float("nan"),
            float(true[inside].mean()) if n else float("nan"),
            n,
        )
    return rows


def levels(joined: pd.DataFrame) -> dict[str, tuple[float, int]]:
    """Precision and number of pairs at .5 or more by level; empty when the tool gives none."""
    if "level" not in joined:
        return {}
    sure = joined[joined.score >= 0.5]
    table = sure.assign(true=sure.evidence.notna()).groupby("level").true.agg(["mean", "size"])
    return {level: (float(m), int(n)) for level, m, n in table.itertuples()}


def score(pairs: pd.DataFrame, truth: pd.DataFrame) -> dict:
    """All figures of one tool on one set."""
    joined = join(pairs, truth)
    stated, true = joined.score.to_numpy(float), joined.evidence.notna().to_numpy()
    bare = joined.evidence.eq("name_only").to_numpy()
    everything = curve(stated, true, len(truth))
    return {
        "links": len(truth),
        "name_only": float(truth.evidence.eq("name_only").mean()),
        "pairs": len(joined),
        "decidable": curve(stated[~bare], true[~bare], int(truth.evidence.ne("name_only").sum())),
        "all": everything,
        "calibration": calibration(stated, true),
        "recall": recalls(joined, truth, 0.5),
        "recall_at_best": recalls(joined, truth, everything["best_at"]),
        "levels": levels(joined),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--truth", type=Path, required=True)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = score(pd.read_parquet(options.pairs), pd.read_parquet(options.truth))
    if options.json:
        print(json.dumps(figures, ensure_ascii=False))
        return
    for name, value in figures.items():
        print(name, json.dumps(value, ensure_ascii=False, indent=None))


if __name__ == "__main__":
    main()
