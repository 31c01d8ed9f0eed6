"""Score xuncha on invented rounds: generate, run, compare with the truth, one line a round.

    python tests/bench/rounds.py --seeds 11 12 --generator demo --generator other [--misses] [--decisions 125]

Generators: `demo` (data/demo/make.py) and `other` (tests/bench/other_round/make.py, another author's habits).
The rounds are kept under --work and made again only when they are not there.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

from decide import decide, forget

ROOT = Path(__file__).resolve().parents[2]
GENERATORS = {
    "demo": [ROOT / "data/demo/make.py"],
    "demo-strange": [ROOT / "data/demo/make.py", "--stranger", "1"],
    "other": [ROOT / "tests/bench/other_round/make.py"],
    "other-rare": [ROOT / "tests/bench/other_round/make.py", "--rare-headings"],
}
SCORER = ROOT / "tests/villages/score.py"


def call(*command: object) -> float:
    """Run a command of this Python; seconds it took."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *map(str, command)], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def score(run: Path, truth: Path) -> dict[str, float]:
    command = [sys.executable, str(SCORER), "--run", str(run), "--truth", str(truth), "--json"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--seeds", type=int, nargs="+", default=[11])
    parser.add_argument("--generator", action="append", choices=GENERATORS, default=None)
    parser.add_argument("--villages", type=int, default=26)
    parser.add_argument("--work", type=Path, default=ROOT / "data/work/rounds")
    parser.add_argument(
        "--misses", action="store_true", help="also list what was missed and what was false"
    )
    parser.add_argument(
        "--decisions",
        type=int,
        default=0,
        help="decide this many from the truth, run and score again",
    )
    parser.add_argument("--order", choices=("rank", "random"), default="rank")
    options = parser.parse_args()
    for name in options.generator or ["demo", "other"]:
        for seed in options.seeds:
            folder = options.work / f"{name}-{seed}-{options.villages}"
            if not (folder / "truth.json").is_file():
                call(
                    *GENERATORS[name],
                    "--out",
                    folder,
                    "--seed",
                    seed,
                    "--villages",
                    options.villages,
                )
            forget(folder / "run.duckdb")
            command = [
                "-m",
                "xuncha_lib.cli",
                "run",
                "--raw",
                folder / "raw",
                "--out",
                folder / "run",
            ]
            seconds = call(*command, "--force", "--no-reports")
            figures = score(folder / "run", folder / "truth.json")
            peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            print(
                name,
                seed,
                f"{seconds:.1f} s",
                f"{peak:.0f} MB",
                json.dumps(figures, ensure_ascii=False),
                flush=True,
            )
            if options.decisions:
                told = decide(
                    folder / "run",
                    folder / "run.duckdb",
                    folder / "truth.json",
                    options.decisions,
                    options.order,
                )
                seconds = call(*command, "--no-reports")
                figures = score(folder / "run", folder / "truth.json")
                print(
                    name,
                    seed,
                    "after",
                    told,
                    f"{seconds:.1f} s",
                    json.dumps(figures, ensure_ascii=False),
                    flush=True,
                )
            if options.misses:
                call_misses = [
                    "--run",
                    str(folder / "run"),
                    "--truth",
                    str(folder / "truth.json"),
                    "--misses",
                ]
                subprocess.run([sys.executable, str(SCORER), *call_misses], check=True)


if __name__ == "__main__":
    main()
