"""Hostile village books of another author, read as a black box and compared with their truth row by row and cell by cell.

python tests/bench/habits/run.py [--seeds 1 2 3] [--misses 20] [--work DIR]
"""

import argparse
import datetime as dt
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
from dress import CONTROL, DATA, FOOTER
from make import Book, Maker
from world import DAMAGED

FATES = {"control": "control", "footer": "footer", "reject": "rejected"}
Spot = tuple[str, str, int]


def cli(*words: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "xuncha_lib.cli", *words], check=True, capture_output=True
    )


def export(raw: Path, work: Path) -> Path:
    (work / "xuncha.toml").write_text('warrant = "测字〔2026〕1号"\n', encoding="utf-8")
    case, out = work / "case.duckdb", work / "export"
    cli("ingest", "--raw", str(raw), "--case", str(case))
    cli("export", str(case), "--out", str(out), "--unmask", "--reason", "对照真值")
    return out


class Found:
    """What the export says of each source row."""

    def __init__(self, out: Path) -> None:
        self.rows: dict[Spot, list[dict]] = defaultdict(list)
        self.fates: dict[Spot, Counter] = defaultdict(Counter)
        self.sheets = pq.read_table(out / "sheets.parquet").to_pylist()
        for path in sorted(out.glob("*.parquet")):
            if path.stem in ("sheets", "damaged", "comment"):
                continue
            for row in pq.read_table(path).to_pylist():
                spot = (row["file"], row["sheet"] or "", row["row"])
                if path.stem in FATES:
                    self.fates[spot][FATES[path.stem]] += 1
                else:
                    self.rows[spot].append(row)
                    self.fates[spot]["canonical"] += 1


def bare(village: str | None) -> str:
    return re.sub(r"(村|社区)$", "", village or "")


def is_there(row: dict, place: tuple[str, str]) -> bool:
    return bare(row["village_name"]) == bare(place[0]) and row["town"] in (None, place[1])


def agrees(truth, found, damaged: bool) -> bool:
    if truth is DAMAGED:
        return found is None and damaged
    if truth is None:
        return found in (None, "", 0) or found == Decimal(0)
    if isinstance(found, Decimal | float | int) and not isinstance(truth, str | dt.date):
        return abs(float(found) - float(truth)) < 0.006
    if isinstance(truth, dt.date):
        return found == truth
    return str(found) == str(truth)


def plain_group(text: str | None) -> str | None:
    """第1组, 一组 and 1 are one group; the column keeps what is written."""
    bare_text = re.sub(r"[第组]", "", text or "")
    return (
        str("一二三四五六七八九".find(bare_text) + 1)
        if bare_text in "一二三四五六七八九" and bare_text
        else bare_text or None
    )


class Score:
    def __init__(self, misses: int) -> None:
        self.count, self.misses, self.shown = Counter(), Counter(), misses

    def miss(self, what: str, *told: object) -> None:
        self.misses[what] += 1
        if self.misses[what] <= self.shown:
            print("  ", what, *told)

    def book(self, book: Book, found: Found) -> None:
        for sheet in book.sheets:
            for number, line in enumerate(sheet.lines, 1):
                spot = (book.path, sheet.name, number)
                fates = found.fates.get(spot, Counter())
                if book.expect != "read":
                    self.count["superseded rows"] += line.kind == DATA
                    self.count["superseded, kept out"] += (
                        line.kind == DATA and not fates["canonical"]
                    )
                elif line.kind == DATA:
                    self.data(sheet.table, spot, line, found.rows.get(spot, []), fates)
                elif line.kind in (CONTROL, FOOTER, "nameless") and any(
                    c is not None for c in line.cells
                ):
                    self.other(line, spot, fates)

    def data(self, table: str, spot: Spot, line, rows: list[dict], fates: Counter) -> None:
        self.count["lines"] += 1
        self.count["accounted"] += len(fates) == 1
        right = [row for row in rows if row["table"] == table]
        truths = [line.truth, *line.more]
        for truth in truths:
            self.count["rows"] += 1
            row = max(right, key=lambda one: self.alike(truth, one), default=None)
            if row is None:
                self.miss(
                    f"row not in {table}",
                    spot,
                    dict(fates),
                    [r["table"] for r in rows],
                    line.cells[:6],
                )
                continue
            right.remove(row)
            if line.village[0] and not is_there(row, line.village):
                self.miss("village", spot, row["village_name"], row["town"], line.village)
                continue
            self.count["rows right"] += 1
            self.cells(table, truth, row, spot, line)
        if right:
            self.miss(f"row invented in {table}", spot, len(right), line.cells[:6])

    def alike(self, truth: dict, row: dict) -> int:
        return sum(
            agrees(value, row.get(key), key in row["damaged"]) for key, value in truth.items()
        )

    def cells(self, table: str, truths: dict, row: dict, spot: Spot, line) -> None:
        for key, truth in truths.items():
            self.count["cells"] += 1
            if agrees(
                truth,
                plain_group(row[key]) if key == "group_no" else row.get(key),
                key in row["damaged"],
            ):
                self.count["cells right"] += 1
            else:
                shown = "DAMAGED" if truth is DAMAGED else truth
                self.miss(
                    f"cell {table}.{key}",
                    spot,
                    "truth",
                    shown,
                    "found",
                    row.get(key),
                    row["damaged"],
                    line.cells,
                )

    def other(self, line, spot: Spot, fates: Counter) -> None:
        self.count["other rows"] += 1
        self.count["other accounted"] += len(fates) == 1
        wanted = {CONTROL: {"control"}, FOOTER: {"footer"}, "nameless": {"canonical", "rejected"}}[
            line.kind
        ]
        if fates and set(fates) <= wanted:
            self.count["other right"] += 1
        else:
            self.miss(
                f"{line.kind} row", spot, dict(fates), [c for c in line.cells if c is not None][:6]
            )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument(
        "--misses", type=int, default=2, help="how many of each kind of miss to show"
    )
    parser.add_argument("--work", type=Path, default=None)
    options = parser.parse_args()
    for seed in options.seeds:
        work = Path(options.work or tempfile.mkdtemp()) / f"seed{seed}"
        shutil.rmtree(work, ignore_errors=True)
        raw = work / "raw"
        raw.mkdir(parents=True)
        books = Maker(raw, seed).make()
        found, score = Found(export(raw, work)), Score(options.misses)
        for book in books:
            score.book(book, found)
        read = sum(s["rows"] for s in found.sheets if s["status"] == "read")
        told = sum(1 for s in found.fates)
        c = score.count
        print(
            f"seed {seed}: {len(books)} books; rows in the right table and village {c['rows right']}/{c['rows']} = {c['rows right'] / c['rows']:.4f}; "
            f"cells typed right {c['cells right']}/{c['cells']} = {c['cells right'] / max(1, c['cells']):.4f}; accounted {c['accounted'] + c['other accounted']}/{c['lines'] + c['other rows']}; "
            f"totals and feet right {c['other right']}/{c['other rows']}; old versions kept out {c['superseded, kept out']}/{c['superseded rows']}; rows read {read}, told of {told}"
        )
        print("   misses:", dict(score.misses.most_common(20)))


if __name__ == "__main__":
    main()
