"""Read a folder of spreadsheets from anywhere: what was opened beside raw calamine and pandas, and whether any file was lost.

    python tests/bench/foreign.py FOLDER [--jobs 2] [--list] [--no-pandas]

`opened`: the cells were reached, whether or not a table we know was in them. The peers read in processes that may die.
"""

import argparse
import io
import multiprocessing
import os
import time
import warnings
from collections import Counter
from pathlib import Path

import duckdb
import python_calamine

from xuncha_lib.ingest import ingest
from xuncha_lib.ingest.files import files_under
from xuncha_lib.settings import Settings

BOOKS = tuple(".xls .xlsx .xlsm .xlsb .ods .et .ett .xltx .xltm .xlam .xla .xlt .xlw .ots".split())
SECONDS = 20.0
OPENED = "opened"


def calamine(path: str) -> None:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(Path(path).read_bytes()))
    for at in range(len(book.sheet_names)):
        book.get_sheet_by_index(at).to_python()


def pandas(path: str) -> None:
    """By the engine that pandas itself chooses for the bytes."""
    import pandas as pd

    warnings.simplefilter("ignore")
    pd.read_excel(path, sheet_name=None, header=None)


def _answer(pipe, read) -> None:
    for stream in (1, 2):  # what a panic or xlrd prints is no figure
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
    while True:
        path = pipe.recv()
        try:
            read(path)
        except BaseException as error:
            pipe.send(f"{type(error).__name__}: {str(error)[:80]}")
        else:
            pipe.send(OPENED)


class Peer:
    """One reader in a process of its own, started again when it dies or hangs."""

    def __init__(self, read) -> None:
        self.read, self.seconds = read, 0.0
        self._start()

    def _start(self) -> None:
        self.pipe, theirs = multiprocessing.Pipe()
        self.process = multiprocessing.Process(
            target=_answer, args=(theirs, self.read), daemon=True
        )
        self.process.start()
        theirs.close()

    def told(self, path: str) -> str:
        began = time.perf_counter()
        try:
            self.pipe.send(path)
            told = self.pipe.recv() if self.pipe.poll(SECONDS) else "too slow"
        except (EOFError, OSError):
            told = "died"
        self.seconds += time.perf_counter() - began
        if told in ("died", "too slow"):
            self.process.kill()
            self.process.join()
            self._start()
        return told


def line(name: str, told: dict[str, str], seconds: float) -> None:
    opened = sum(v == OPENED for v in told.values())
    why = Counter(v.split(":")[0][:40] for v in told.values() if v != OPENED)
    print(
        f"{name:10} opened {opened} of {len(told)} ({opened / max(1, len(told)):.3f}) in {seconds:.1f} s;",
        ", ".join(f"{n} × {w}" for w, n in why.most_common(9)),
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--list", action="store_true", help="list what a peer opens and we do not")
    parser.add_argument("--no-pandas", action="store_true")
    options = parser.parse_args()
    every = files_under(options.folder)
    con, began = duckdb.connect(), time.perf_counter()
    ingest(options.folder, con, settings=Settings(), jobs=options.jobs)
    seconds = time.perf_counter() - began
    rows = con.execute("SELECT path, status, why, reader FROM source_file").fetchall()
    ours = {path: OPENED if reader else why for path, _, why, reader in rows}
    books = [path for path in every if path.lower().endswith(BOOKS)]
    stopped = [path for path, _, why, _ in rows if "已停止" in why or "崩溃" in why]
    mute = [path for path, status, why, _ in rows if status != "read" and not why]
    print(
        f"{len(every)} files, {len(books)} books; lost {len(set(every) - set(ours))}, "
        f"without a reason {len(mute)}, stopped or brought a reader down {len(stopped)} {stopped[:9]}"
    )
    line("we", {path: ours.get(path, "lost") for path in books}, seconds)
    others = [path for path in every if path not in set(books)]
    line("we, others", {path: ours.get(path, "lost") for path in others}, 0.0)
    for read in (calamine,) if options.no_pandas else (calamine, pandas):
        peer = Peer(read)
        told = {path: peer.told(str(options.folder / path)) for path in books}
        line(read.__name__, told, peer.seconds)
        only = [path for path in books if told[path] == OPENED and ours.get(path) != OPENED]
        we = sum(told[path] != OPENED and ours.get(path) == OPENED for path in books)
        print(f"{'':10} opened by {read.__name__} alone {len(only)}, by us alone {we}")
        for path in only if options.list else ():
            print(f"{'':12}{path}: {ours.get(path)}")


if __name__ == "__main__":
    main()
