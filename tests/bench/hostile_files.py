"""Read a folder of spreadsheets from anywhere: what was opened beside raw calamine, and whether any file was lost.

    python tests/bench/hostile_files.py FOLDER [--jobs 2] [--list]

`opened`: the cells were reached, whether or not a table we know was in them.
"""

import argparse
import io
import multiprocessing
import time
from collections import Counter
from pathlib import Path

import duckdb
import python_calamine

from xuncha_lib.ingest import ingest
from xuncha_lib.ingest.files import files_under
from xuncha_lib.settings import Settings

BOOKS = (".xls", ".xlsx", ".xlsm", ".xlsb", ".ods", ".et", ".xltx", ".xlam", ".xla", ".xlt")


def raw(path: str) -> str:
    """What calamine alone makes of the file, in a process that may die."""
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(Path(path).read_bytes()))
        for at in range(len(book.sheet_names)):
            book.get_sheet_by_index(at).to_python()
    except BaseException as error:
        return f"{type(error).__name__}: {str(error)[:80]}"
    return "opened"


def _into(pipe, path: str) -> None:
    pipe.send(raw(path))


def raw_alone(path: str, seconds: float = 20) -> str:
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.Process(target=_into, args=(theirs, path))
    process.start()
    theirs.close()
    told = "killed"
    try:
        told = ours.recv() if ours.poll(seconds) else "too slow"
    except EOFError:
        told = "died"
    process.kill()
    process.join()
    return told


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument(
        "--list", action="store_true", help="also list what calamine opens and we do not"
    )
    options = parser.parse_args()
    paths = [p for p in files_under(options.folder) if p.lower().endswith(BOOKS)]
    con = duckdb.connect()
    start = time.perf_counter()
    ingest(options.folder, con, settings=Settings(), jobs=options.jobs)
    seconds = time.perf_counter() - start
    rows = con.execute("SELECT path, status, why, reader FROM source_file").fetchall()
    ours = {path: ("opened" if reader else why, status) for path, status, why, reader in rows}
    alone = {path: raw_alone(str(options.folder / path)) for path in paths}
    lost = [path for path in files_under(options.folder) if path not in ours]
    mute = [path for path, status, why, _ in rows if status != "read" and not why]
    count = Counter((alone[p] == "opened", ours[p][0] == "opened") for p in paths if p in ours)
    print(
        f"{len(paths)} books of {len(ours)} files in {seconds:.1f} s; lost {len(lost)}, without a reason {len(mute)}"
    )
    print(
        f"calamine opened {sum(v == 'opened' for v in alone.values())}, we opened {sum(n for (_, we), n in count.items() if we)}"
    )
    print(
        f"only calamine {count[True, False]}, only we {count[False, True]}, neither {count[False, False]}"
    )
    print(
        "calamine:",
        Counter(v.split(":")[0] for v in alone.values() if v != "opened").most_common(8),
    )
    print(
        "we:",
        Counter(ours[p][0][:40] for p in paths if p in ours and ours[p][0] != "opened").most_common(
            12
        ),
    )
    if options.list:
        for path in paths:
            if alone[path] == "opened" and ours[path][0] != "opened":
                print("  ", path, ours[path])


if __name__ == "__main__":
    main()
