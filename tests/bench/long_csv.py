"""A csv of any length in bounded memory, beside pandas reading its cells in chunks.

    python tests/bench/long_csv.py [--mb 1000] [--people 600000] [--file KEPT.csv]

Makes a GB18030 roll of payments (or takes the file that is there), takes it into a case in a process of its own and has
pandas read it in another. Told of each: wall and processor seconds, rows a processor second, peak of the memory of every process.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from intake import ROLL, SURNAMES, people

PAGE, TICK = 4096, os.sysconf("SC_CLK_TCK")
OURS = """
import sys, duckdb
from pathlib import Path
from xuncha_lib.ingest import ingest
from xuncha_lib.settings import Settings
raw, work = map(Path, sys.argv[1:])
con = duckdb.connect(str(work / "case.duckdb"))
con.execute("SET enable_progress_bar = false")
told = ingest(raw, con, settings=Settings(), jobs=1, kept=work / "kept")
print(told.rows["read"], told.rows["canonical"], told.problems)
"""
PANDAS = """
import sys, pandas as pd
parts = pd.read_csv(sys.argv[1], dtype=str, encoding="gb18030", chunksize=100_000)
print(sum(map(len, parts)))
"""


def make(path: Path, size: int, count: int) -> None:
    chance = random.Random(5)
    known = [",".join(one) for one in people(chance, count)]
    villages = [f"{first}家{side}村" for first in SURNAMES for side in "东西南北"]
    days = [f"{year}-{month:02}-15" for year in range(2019, 2025) for month in range(1, 13)]
    first = 0
    with path.open("wb") as out:
        out.write((",".join(ROLL) + "\r\n").encode("gb18030"))
        while out.tell() < size:
            lines = []
            for at in range(first, first + 50_000):
                one, amount = chance.randrange(count), chance.randint(3000, 90000) / 100
                place, day = f"{villages[one % 60]},{one % 9 + 1}组", days[at // 120_000 % 72]
                note = "代领" if at % 9973 == 0 else ""
                lines.append(
                    f"{at + 1},{known[one]},{place},农村低保,{amount:.2f},{day},{note}\r\n"
                )
            first += 50_000
            out.write("".join(lines).encode("gb18030"))


class Watch(threading.Thread):
    """Peak of the memory and the processor seconds of a process and those below it, told from /proc twice a second."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.peaks, self.used, self.whole, self.is_over = pid, {}, {}, 0, False

    def run(self) -> None:
        while not self.is_over:
            self.look()
            time.sleep(0.5)

    def look(self) -> None:
        told, mine, now = {}, {self.pid}, 0
        for entry in Path("/proc").glob("[0-9]*/stat"):
            try:
                told[int(entry.parent.name)] = entry.read_text().rpartition(")")[2].split()
            except OSError:
                continue
        for pid in sorted(told):
            if int(told[pid][1]) in mine:
                mine.add(pid)
        for pid in mine & told.keys():
            size = int(told[pid][21]) * PAGE
            now += size
            self.peaks[pid] = max(self.peaks.get(pid, 0), size)
            self.used[pid] = sum(map(int, told[pid][11:13])) / TICK
        self.whole = max(self.whole, now)


def run(what: str, code: str, *args: str) -> None:
    start = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-c", code, *args],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    watch = Watch(child.pid)
    watch.start()
    told = child.communicate()[0].strip()
    watch.is_over = True
    watch.join()
    seconds, used = time.perf_counter() - start, sum(watch.used.values())
    rows = int(told.split()[0]) if told else 0
    peaks = ", ".join(
        f"{size >> 20} MB" for size in sorted(watch.peaks.values(), reverse=True) if size > 50 << 20
    )
    print(
        f"{what}: {told}; {seconds:.1f} s wall, {used:.1f} processor s, {rows / used:,.0f} rows a processor second; processes at their peak {peaks}; all at once {watch.whole >> 20} MB",
        flush=True,
    )
    print(
        "   processor s:",
        ", ".join(f"{one:.1f}" for one in sorted(watch.used.values(), reverse=True) if one > 0.5),
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--mb", type=int, default=1000)
    parser.add_argument("--people", type=int, default=600_000)
    parser.add_argument("--file", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.file and options.file.parent.parent) as folder:
        work = Path(folder)
        path = options.file or work / "raw" / "发放明细.csv"
        path.parent.mkdir(exist_ok=True)
        if not path.exists():
            make(path, options.mb << 20, options.people)
        print(f"{path.stat().st_size >> 20} MB")
        run("intake", OURS, str(path.parent), str(work))
        run("pandas", PANDAS, str(path))


if __name__ == "__main__":
    main()
