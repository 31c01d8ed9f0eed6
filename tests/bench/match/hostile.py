"""The matcher's opponent: tricky pairs and broken lists by hand, each with the answer a careful person gives.

    python tests/bench/match/hostile.py [--xuncha CHECKOUT] [--only pairs|lists] [--tool TOOL]

Pairs are put into an ordinary roll (30,000 rows, two villages of their own) a few at a time, so that no two of a run
share a surname. Prints what failed and how many held; exit code 1 when something failed.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
import unicodedata
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from hostile_lists import FIELDS, Broken, lists
from hostile_pairs import CLERK, HOME, OTHER, cases
from make import Bench
from people import World
from run import TOOLS, command

HERE = Path(__file__).resolve().parent
LIMIT = 180


def villagers(name: str, count: int, prefix: str, seed: int) -> pa.Table:
    """Rows of an ordinary village: its people, a few with the clerk's phone."""
    world = World(1, np.random.default_rng(seed))
    world.places.stem[:] = name.removesuffix("村")
    world.clans[0] = [world.surnames.index(surname) for surname in "王宋李"]
    people = world.block(0, 1, count)
    n = len(people.name)
    text = np.ascontiguousarray(people.name).view(f"<U{people.name.shape[1]}").ravel()
    numbers = np.ascontiguousarray(people.number).view("S18").ravel().astype("U18")
    phones = np.where(np.arange(n) % 12 == 0, CLERK, people.phone.astype("U11"))
    values = {
        "id": [f"{prefix}{i}" for i in range(n)], "name": text.tolist(), "id_number": numbers.tolist(),
        "phone": phones.tolist(), "bank_account": [None] * n, "village": [name] * n,
    }  # fmt: skip
    return pa.table({k: pa.array(v, pa.string()) for k, v in values.items()})


def background(work: Path) -> tuple[pa.Table, pa.Table]:
    """An ordinary left list and roll, of the generator, with the two villages of the cases in the roll."""
    folder = work / "background"
    if not (folder / "truth.parquet").is_file():
        Bench(1500, 30_000, "easy", 77).write(folder)
    left, right = (pq.read_table(folder / f"{side}.parquet") for side in ("left", "right"))
    return left, pa.concat_tables(
        [right, villagers(HOME, 700, "H", 5), villagers(OTHER, 500, "O", 6)]
    )


def run(
    left: pa.Table, right: pa.Table, options: argparse.Namespace
) -> tuple[int, str, pd.DataFrame | None, float]:
    """Exit code, what was said, pairs (None without a file) and seconds of one run of the matcher."""
    with tempfile.TemporaryDirectory(dir=options.work) as folder:
        folder = Path(folder)
        pq.write_table(left, folder / "left.parquet")
        pq.write_table(right, folder / "right.parquet")
        out = folder / "out.parquet"
        line = command(options.tool, folder, out, options)
        start = time.perf_counter()
        environment = os.environ | {"PYTHONPATH": str(options.xuncha)}
        try:
            done = subprocess.run(
                line,
                env=environment,
                cwd=options.xuncha,
                capture_output=True,
                text=True,
                timeout=LIMIT,
            )
        except subprocess.TimeoutExpired:
            return 124, "", None, LIMIT
        seconds = time.perf_counter() - start
        pairs = pd.read_parquet(out) if out.is_file() else None
        return done.returncode, done.stdout + done.stderr, pairs, seconds


def _marks(case: tuple) -> set[str]:
    """What makes two cases meet: first characters of names, runs of four in numbers, phones and cards."""
    marks = set()
    for side in case[1:3]:
        marks.add((side["name"] or " ")[0])
        tail = unicodedata.normalize("NFKC", side["id"] or "")[6:]
        marks |= {tail[i : i + 4] for i in range(len(tail) - 3) if tail[i : i + 4].isdigit()}
        marks |= {side[field] for field in ("phone", "bank") if side[field]}
    return marks


def batches() -> list[list[int]]:
    """Indices of cases, no two of a batch with anything in common."""
    found: list[tuple[set[str], list[int]]] = []
    for i, case in enumerate(cases()):
        marks = _marks(case)
        home = next((b for b in found if not b[0] & marks), None)
        if home is None:
            home = (set(), [])
            found.append(home)
        home[0].update(marks)
        home[1].append(i)
    return [indices for _, indices in found]


def table(cells: list[dict], prefix: str, numbers: list[int]) -> pa.Table:
    columns = {"id": pa.array([f"{prefix}{i}" for i in numbers])}
    for field, key in zip(FIELDS[1:], ("name", "id", "phone", "bank", "village"), strict=True):
        columns[field] = pa.array([cell[key] for cell in cells], pa.string())
    return pa.table(columns)


def verdict(answer: str, score: float, level: str) -> bool:
    if answer == "same":
        return score >= 0.5
    if answer == "different":
        return score < 0.5
    if answer == "conflict":
        return level != "L1"
    if answer == "weak":
        return level not in {"L1", "L2", "L3", "L4"}
    return score < 0.9 and (score < 0.5 or level not in {"L1", "L2", "L3", "L4"})


def try_pairs(options: argparse.Namespace) -> list[tuple[str, str]]:
    """(title, complaint) of every case that failed."""
    left, right = background(options.work)
    all_cases, failed = cases(), []
    for batch in batches():
        chosen = [all_cases[i] for i in batch]
        mine = table([c[1] for c in chosen], "LX", batch)
        theirs = table([c[2] for c in chosen], "RX", batch)
        code, said, pairs, _ = run(
            pa.concat_tables([mine, left]), pa.concat_tables([theirs, right]), options
        )
        if code or pairs is None:
            failed += [(c[0], f"ended with {code}: {said[-200:]}") for c in chosen]
            continue
        for i, (title, one, other, answer) in zip(batch, chosen, strict=True):
            failed += judge(i, title, one, other, answer, pairs)
    return failed


def judge(
    i: int, title: str, one: dict, other: dict, answer: str, pairs: pd.DataFrame
) -> list[tuple[str, str]]:
    """Complaints about one case: its own pair, and partners at .9 that nobody put there."""
    mine = pairs[pairs.left_id == f"LX{i}"]
    pair = mine[mine.right_id == f"RX{i}"]
    score = float(pair.score.iloc[0]) if len(pair) else 0.0
    level = str(pair.level.iloc[0]) if len(pair) and "level" in pair else "-"
    why = str(pair.why.iloc[0]) if len(pair) and "why" in pair else ""
    complaints = []
    if not verdict(answer, score, level):
        shown = (
            " | ".join(str(v or "") for v in one.values()),
            " | ".join(str(v or "") for v in other.values()),
        )
        complaints.append(
            (title, f"want {answer}, got {score:.3f} {level} — {shown[0]} ⇔ {shown[1]} — {why}")
        )
    stray = mine[(mine.right_id != f"RX{i}") & (mine.score >= 0.9)]
    if len(stray):
        complaints.append(
            (
                title,
                f"{len(stray)} partners at .9 that are strangers, e.g. {stray.right_id.iloc[0]}",
            )
        )
    return complaints


def try_list(broken: Broken, options: argparse.Namespace) -> str:
    code, said, pairs, seconds = run(broken.left, broken.right, options)
    if "Traceback" in said:
        return f"traceback: {said.strip().splitlines()[-1][:200]}"
    if code == 124:
        return f"not done after {LIMIT} s"
    if code or pairs is None:
        explained = broken.may_refuse and any("\u4e00" <= c <= "\u9fff" for c in said)
        return (
            ""
            if explained
            else f"ended with {code}, wrote {'no' if pairs is None else 'a'} file: {said[-200:]}"
        )
    complaint = broken.rule(pairs, broken.left, broken.right)
    return complaint or (f"{seconds:.0f} s" if seconds > 60 else "")


def try_again(options: argparse.Namespace) -> list[tuple[str, str]]:
    """The ordinary lists twice and in another order must give the same pairs and probabilities."""
    left, right = background(options.work)
    turned = [t.take(pa.array(np.random.default_rng(3).permutation(len(t)))) for t in (left, right)]
    answers = []
    for sides in ((left, right), (left, right), turned):
        code, said, pairs, _ = run(*sides, options)
        if code or pairs is None:
            raise SystemExit(
                f"the matcher does not run on ordinary lists: ended with {code}: {said[-300:]}"
            )
        answers.append(pairs.set_index(["left_id", "right_id"]).score.sort_index())
    failed = []
    for title, other in (
        ("the same lists again", answers[1]),
        ("rows in another order", answers[2]),
    ):
        both = pd.concat([answers[0], other], axis=1, keys=["one", "other"]).fillna(0.0)
        apart = int(((both.one - both.other).abs() > 0.01).sum())
        if apart:
            failed.append((title, f"{apart} of {len(both)} pairs differ by more than .01"))
    return failed


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--xuncha", type=Path, default=HERE.parents[2])
    parser.add_argument("--work", type=Path, default=HERE.parents[2] / "data/work/hostile")
    parser.add_argument("--tool", choices=TOOLS, default="xuncha")
    parser.add_argument("--peers", default=sys.executable)
    parser.add_argument("--only", choices=["pairs", "lists"])
    options = parser.parse_args()
    options.work = options.work.resolve()
    options.work.mkdir(parents=True, exist_ok=True)
    failed = try_again(options)
    total = 2
    if options.only != "lists":
        failed += try_pairs(options)
        total += len(cases())
    if options.only != "pairs":
        left, right = background(options.work)
        for broken in lists(left, right):
            complaint = try_list(broken, options)
            total += 1
            if complaint:
                failed.append((broken.title, complaint))
    for title, complaint in failed:
        print(f"- {title}: {complaint}")
    print(f"{total - len({t for t, _ in failed})} of {total} held")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
