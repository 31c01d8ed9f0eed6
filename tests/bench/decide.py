"""Decide on candidates of a scored run as a careful team would: from the truth, first things first in every village.

    python tests/bench/decide.py --run RUN --case CASE --truth truth.json --decisions 125 [--order rank|random]

`rank` takes the first candidate of every village, then the second, and so on; `random` takes them in seeded disorder.
Only the review log is written; `xuncha run` afterwards takes it in.
"""

import argparse
import random
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests/villages")]

from score import link, read_run, read_truth  # noqa: E402

from xuncha_lib import open_case  # noqa: E402
from xuncha_lib.candidates.review_log import review_folder  # noqa: E402


def decide(run: Path, case_file: Path, truth: Path, most: int, order: str) -> tuple[int, int]:
    """Number confirmed and dismissed."""
    items, _ = read_truth(truth)
    candidates = read_run(run)
    link(items, candidates)
    candidates.sort(key=lambda c: (c.rank, c.town, c.village))
    if order == "random":
        random.Random(0).shuffle(candidates)
    with open_case(case_file) as case:
        for candidate in candidates[:most]:
            if candidate.problems:
                case.review("confirm", candidate.id, by="甲")
            else:
                case.review("dismiss", candidate.id, code="FP12", by="甲")
    right = sum(bool(c.problems) for c in candidates[:most])
    return right, min(most, len(candidates)) - right


def forget(case_file: Path) -> None:
    """Remove the log of an earlier simulation."""
    shutil.rmtree(review_folder(case_file), ignore_errors=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    for name in ("--run", "--case", "--truth"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--decisions", type=int, default=125)
    parser.add_argument("--order", choices=("rank", "random"), default="rank")
    options = parser.parse_args()
    print(decide(options.run, options.case, options.truth, options.decisions, options.order))


if __name__ == "__main__":
    main()
