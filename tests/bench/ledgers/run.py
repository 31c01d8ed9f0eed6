"""Make ledger sets, rank them with xuncha and with peers, print one table; every figure from this run.

python tests/bench/ledgers/run.py --villages 200 --seeds 1 2 --profiles base messy nobiz clean [--peer-python PY] [--verdicts]
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
from score import measure

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
DEFAULT_PEERS = "tests ecod-pooled ecod-village iforest-pooled iforest-village sklearn-pooled sklearn-village".split()


def timed(command: list, env: dict | None = None, cwd: Path | None = None) -> dict[str, float]:
    """Run a whole process: wall seconds, CPU seconds, peak memory in GB."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [str(c) for c in command], stdout=subprocess.DEVNULL, env=env, cwd=cwd
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"failed: {' '.join(map(str, command))}")
    return {
        "wall": time.perf_counter() - start,
        "cpu": usage.ru_utime + usage.ru_stime,
        "gb": usage.ru_maxrss / 2**20,
    }


def product(root: Path, data: Path, out: Path, *more: object) -> dict[str, float]:
    env = os.environ | {"PYTHONPATH": str(root)}
    return timed(
        [sys.executable, "-m", "xuncha_lib.cli", "outliers", "--data", data, "--out", out, *more],
        env,
        root,
    )


def line(name: str, cost: dict, figures: dict, peer: float | None) -> str:
    ratio = f"{figures['AP'] / peer:.1f}" if peer else ""
    shown = [
        "AP",
        "AP_strict",
        "recall",
        "macro",
        "worst",
        "first_pooled",
        "first_each",
        "false_a_village",
        "false_clean",
        "alike_a_village",
    ]
    values = [f"{figures[k]:.3f}" if figures[k] is not None else "-" for k in shown]
    return " | ".join(
        [
            "",
            name,
            *values,
            ratio,
            f"{cost['wall']:.1f}",
            f"{cost['cpu']:.1f}",
            f"{cost['gb']:.2f}",
            "",
        ]
    ).strip()


HEAD = "| method | AP | AP strict | recall@20 | macro | worst | P@1 pooled | P@1 each | false a village | false clean | look-alikes | AP ÷ best peer | wall s | CPU s | GB |"


def schemes(figures: dict) -> str:
    return " · ".join(
        f"{s} {r:.2f}/{figures['cases_per_scheme'][s]}" for s, r in figures["per_scheme"].items()
    )


def calibration(figures: dict) -> str:
    return " · ".join(
        f"{c['tenth'] / 10:.1f}: {c['stated']:.2f} v {c['right']:.2f} (n {c['n']})"
        for c in figures["calibration"]
    )


def one(options: argparse.Namespace, profile: str, seed: int) -> None:
    data = options.work / f"{profile}-{options.villages}-{seed}"
    if not (data / "truth.parquet").is_file():
        timed(
            [
                sys.executable,
                HERE / "make.py",
                "--villages",
                options.villages,
                "--seed",
                seed,
                "--profile",
                profile,
                "--out",
                data,
            ]
        )
    rows, best = [], 0.0
    for method in options.peers:
        out = data / f"peer-{method}.parquet"
        cost = timed(
            [
                options.peer_python,
                HERE / "peers.py",
                "--data",
                data,
                "--method",
                method,
                "--out",
                out,
            ]
        )
        figures = measure(data, out)
        best = max(best, figures["AP"])
        rows.append((method, cost, figures))
    ours = data / "xuncha.parquet"
    notes = []
    if not options.only_peers:
        cost = product(options.root, data, ours)
        figures = measure(data, ours)
        rows.append(("xuncha", cost, figures))
        notes = [
            "schemes: " + schemes(figures),
            "detectors: " + json.dumps(figures["detectors"]),
            "calibration: " + calibration(figures),
        ]
        if options.verdicts and profile != "clean":
            said = data / "verdicts.parquet"
            timed(
                [
                    sys.executable,
                    HERE / "score.py",
                    "--data",
                    data,
                    "--candidates",
                    ours,
                    "--write-verdicts",
                    said,
                ]
            )
            cost = product(options.root, data, data / "xuncha-v.parquet", "--verdicts", said)
            leave = set(pq.read_table(said)["village_id"].to_pylist())
            figures = measure(data, data / "xuncha-v.parquet", leave)
            rows += [
                (
                    "xuncha, same villages",
                    {"wall": 0, "cpu": 0, "gb": 0},
                    measure(data, ours, leave),
                ),
                ("xuncha + verdicts", cost, figures),
            ]
            notes.append("calibration after verdicts: " + calibration(figures))
    print(
        f"\n## {profile}, {options.villages} villages, seed {seed}: {rows[0][2]['cases']} cases\n\n{HEAD}\n{'|---' * 15}|"
    )
    for name, cost, figures in rows:
        print(line(name, cost, figures, best))
    print("\n" + "\n".join(notes), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--villages", type=int, default=200)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument(
        "--profiles", nargs="+", choices=["base", "messy", "nobiz", "clean"], default=["base"]
    )
    parser.add_argument("--peers", nargs="*", default=DEFAULT_PEERS)
    parser.add_argument("--peer-python", default=sys.executable, help="a Python that has pyod")
    parser.add_argument("--root", type=Path, default=ROOT, help="the checkout of xuncha to measure")
    parser.add_argument("--work", type=Path, default=ROOT / "data/work/ledgers")
    parser.add_argument(
        "--verdicts", action="store_true", help="also rerun with the verdicts of 26 villages"
    )
    parser.add_argument("--only-peers", action="store_true")
    options = parser.parse_args()
    options.work, options.root = options.work.resolve(), options.root.resolve()
    for profile in options.profiles:
        for seed in options.seeds:
            one(options, profile, seed)
    print(
        f"\npeak of this scorer {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GB"
    )


if __name__ == "__main__":
    main()
