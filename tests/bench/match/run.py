"""Make sets, run the tools on the same files, score them, print one table.

    python tests/bench/match/run.py --sizes 2k 20k --noise medium --seeds 101 102 --tools xuncha splink-strong

Each tool is one process from start to file written; wall and CPU seconds and peak RSS are the whole process tree's
largest member. Sets and pairs stay under --work. --peers names the Python that has Splink, recordlinkage and
rapidfuzz; --xuncha the checkout whose matcher is measured.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd
from score import score

HERE = Path(__file__).resolve().parent
SIZES = {
    "2k": (2_000, 100_000),
    "4k": (4_000, 200_000),
    "20k": (20_000, 1_000_000),
    "40k": (40_000, 20_000_000),
    "40k170m": (40_000, 170_000_000),
}
REPEATED = {"40k170m": "40k"}
"""Sizes made by repeating a smaller set."""
TOOLS = [
    "xuncha",
    "splink-strong",
    "splink-plain",
    "rapidfuzz",
    "recordlinkage",
    "exact-name",
    "exact-id",
]


def command(tool: str, folder: Path, out: Path, options: argparse.Namespace) -> list[str]:
    files = [
        "--left",
        str(folder / "left.parquet"),
        "--right",
        str(folder / "right.parquet"),
        "--out",
        str(out),
    ]
    if tool == "xuncha":
        return [sys.executable, "-m", "xuncha_lib.cli", "match", *files]
    if tool.startswith("splink-"):
        return [
            options.peers,
            str(HERE / "splink_peer.py"),
            "--kind",
            tool.removeprefix("splink-"),
            *files,
        ]
    return [options.peers, str(HERE / "peers.py"), tool, *files]


def measured(line: list[str], xuncha: Path, limit: float) -> dict[str, float]:
    """Run a command: wall and CPU seconds, peak RSS in GB; raises with the end of its output when it fails."""
    start = time.perf_counter()
    environment = os.environ | {"PYTHONPATH": str(xuncha)}
    with tempfile.TemporaryFile("w+") as said:
        job = subprocess.Popen(
            line, env=environment, cwd=xuncha, stdout=said, stderr=subprocess.STDOUT
        )
        pid = 0
        while not pid:
            pid, status, usage = os.wait4(job.pid, os.WNOHANG)
            if time.perf_counter() - start > limit:
                job.kill()
            time.sleep(0.005)
        wall = time.perf_counter() - start
        job.returncode = os.waitstatus_to_exitcode(status)
        if job.returncode:
            said.seek(0)
            short = " ".join(map(str, line[1:4]))
            raise RuntimeError(f"{short} ended with {job.returncode}: {said.read()[-600:]}")
    return {"wall": wall, "cpu": usage.ru_utime + usage.ru_stime, "rss": usage.ru_maxrss / 1024**2}


def made(size: str, noise: str, seed: int, work: Path) -> Path:
    folder = work / f"{size}-{noise}-{seed}"
    if not (folder / "truth.parquet").is_file():
        left, right = SIZES[size]
        if size in REPEATED:
            base = made(REPEATED[size], noise, seed, work)
            line = [sys.executable, str(HERE / "repeat.py"), "--base", str(base)]
            subprocess.run([*line, "--right", str(right), "--out", str(folder)], check=True)
            return folder
        line = [sys.executable, str(HERE / "make.py"), "--left", str(left), "--right", str(right)]
        subprocess.run(
            [*line, "--noise", noise, "--seed", str(seed), "--out", str(folder)], check=True
        )
    return folder


def result(tool: str, folder: Path, options: argparse.Namespace) -> dict:
    """Figures of one tool on one set, kept beside the pairs; made anew unless --keep."""
    out, kept = folder / f"{tool}.parquet", folder / f"{tool}.json"
    if options.keep and kept.is_file():
        return json.loads(kept.read_text())
    out.unlink(missing_ok=True)
    figures = measured(command(tool, folder, out, options), options.xuncha, options.limit)
    figures |= score(pd.read_parquet(out), pd.read_parquet(folder / "truth.parquet"))
    kept.write_text(json.dumps(figures, ensure_ascii=False))
    return figures


def show(rows: list[tuple[str, str, dict]]) -> None:
    print(
        "| set | tool | F1@.5 dec / all | best F1 | AP | R@P99 | P(.5–.9] P(.9–.99] P(.99–1] | wall s | CPU s | GB | ÷ strong: errors, R@P99, wall |"
    )
    print("| --- " * 11 + "|")
    strong = {name: f for name, tool, f in rows if tool == "splink-strong"}
    for name, tool, f in rows:
        d, whole, base = f["decidable"], f["all"], strong.get(name)
        bins = " ".join(f"{stated:.2f}→{true:.2f}" for stated, true, _ in f["calibration"].values())
        ratio = ""
        if base:
            errors = (1 - d["f1"]) / (1 - base["decidable"]["f1"])
            sure = d["recall_at_p99"] / max(base["decidable"]["recall_at_p99"], 1e-9)
            ratio = f"{errors:.2f}, {sure:.2f}, {f['wall'] / base['wall']:.3f}"
        print(
            f"| {name} | {tool} | {d['f1']:.3f} / {whole['f1']:.3f} | {d['best_f1']:.3f} / {whole['best_f1']:.3f} "
            f"| {d['ap']:.3f} / {whole['ap']:.3f} | {d['recall_at_p99']:.3f} / {whole['recall_at_p99']:.3f} | {bins} "
            f"| {f['wall']:.1f} | {f['cpu']:.1f} | {f['rss']:.2f} | {ratio} |"
        )


def details(rows: list[tuple[str, str, dict]]) -> None:
    """Recall at .5 by channel and evidence, and precision by level, a line a tool and set."""
    for name, tool, f in rows:
        for kind in ("channel", "evidence"):
            parts = sorted(f["recall"][kind].items(), key=lambda item: -item[1][1])
            print(
                f"\n{name} {tool} recall by {kind}: "
                + ", ".join(f"{k} {m:.3f} ({n})" for k, (m, n) in parts)
            )
        if f["levels"]:
            print(
                "precision by level: "
                + ", ".join(f"{k} {m:.4f} ({n})" for k, (m, n) in f["levels"].items())
            )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--sizes", nargs="+", choices=SIZES, default=["2k"])
    parser.add_argument(
        "--noise", nargs="+", choices=["easy", "medium", "hard"], default=["medium"]
    )
    parser.add_argument("--seeds", nargs="+", type=int, default=[101])
    parser.add_argument("--tools", nargs="+", choices=TOOLS, default=["xuncha", "splink-strong"])
    parser.add_argument("--peers", default=sys.executable)
    parser.add_argument("--xuncha", type=Path, default=HERE.parents[2])
    parser.add_argument("--work", type=Path, default=HERE.parents[2] / "data/work/match")
    parser.add_argument("--limit", type=float, default=1200, help="seconds a tool may take")
    parser.add_argument("--keep", action="store_true", help="take figures already measured")
    parser.add_argument("--details", action="store_true")
    options = parser.parse_args()
    options.work = options.work.resolve()
    rows = []
    for size in options.sizes:
        for noise in options.noise:
            for seed in options.seeds:
                folder = made(size, noise, seed, options.work)
                for tool in options.tools:
                    try:
                        rows.append((folder.name, tool, result(tool, folder, options)))
                    except RuntimeError as failure:
                        print(folder.name, tool, failure, file=sys.stderr)
    show(rows)
    if options.details:
        details(rows)


if __name__ == "__main__":
    main()
