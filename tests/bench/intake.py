"""Speed of the intake, beside pandas + openpyxl in the same run.

    python tests/bench/intake.py [--files 200] [--rows 170] [--csv-rows 500000] [--folder RAW --jobs 2]

xlsx: books of one core through the whole reader (bytes → understood rows in Arrow).   csv: rows of a GB18030 file, the same way.
folder: a whole intake into a case file, then a second one with three files changed; wall and processor seconds.
"""

import argparse
import gc
import random
import resource
import shutil
import tempfile
import time
from pathlib import Path

import duckdb
import pandas as pd
import xlsxwriter

from xuncha_lib.ingest import ingest
from xuncha_lib.ingest.files import Job, read_one
from xuncha_lib.ingest.pack import pack
from xuncha_lib.ingest.worker import warm
from xuncha_lib.settings import Settings

SURNAMES, GIVEN = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林",
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国",
)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ROLL = [
    "序号",
    "姓名",
    "身份证号",
    "银行账号",
    "联系电话",
    "村名",
    "组别",
    "补贴项目",
    "补贴金额",
    "发放日期",
    "备注",
]
FLOW = ["交易日期", "流水号", "摘要", "对方户名", "收入金额", "支出金额", "账户余额"]


def people(chance: random.Random, count: int) -> list[tuple[str, ...]]:
    found = []
    for _ in range(count):
        first = f"370124{chance.randint(1930, 2004)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}{chance.randint(0, 999):03}"
        check = "10X98765432"[sum(w * int(d) for w, d in zip(WEIGHTS, first, strict=True)) % 11]
        name = chance.choice(SURNAMES) + chance.choice(GIVEN) + chance.choice(GIVEN)
        found.append(
            (
                name,
                first + check,
                f"62284802{chance.randrange(10**11):011}",
                f"13{chance.randrange(10**9):09}",
            )
        )
    return found


def roll(
    chance: random.Random, known: list[tuple[str, ...]], rows: int, village: str
) -> list[list[object]]:
    days = [f"2023-{month:02}-15" for month in range(1, 13)]
    return [
        [
            i + 1,
            *chance.choice(known),
            village,
            f"{chance.randint(1, 9)}组",
            "农村低保",
            chance.randint(3000, 90000) / 100,
            chance.choice(days),
            None,
        ]
        for i in range(rows)
    ]


def flow(chance: random.Random, known: list[tuple[str, ...]], rows: int) -> list[list[object]]:
    found, balance = [], 100_000.0
    for i in range(rows):
        amount, is_in = chance.randint(100, 999_999) / 100, chance.random() < 0.5
        balance = round(balance + (amount if is_in else -amount), 2)
        sides = [amount, None] if is_in else [None, amount]
        found.append(
            [
                f"2023.{i * 12 // rows + 1}.{chance.randint(1, 28)}",
                str(20230000000000 + i),
                "收承包费" if is_in else "付工资",
                chance.choice(known)[0],
                *sides,
                balance,
            ]
        )
    return found


def books(folder: Path, files: int, rows: int) -> list[str]:
    """Books of one sheet with a title, half rolls and half bank books, each with its own people."""
    chance = random.Random(7)
    names = []
    for at in range(files):
        village = f"{chance.choice(SURNAMES)}家{'东西南北'[at % 4]}村"
        known = people(chance, rows)
        is_roll = at % 2
        lines = roll(chance, known, rows, village) if is_roll else flow(chance, known, rows)
        name = f"{village}2023年{'低保发放' if is_roll else '银行流水'}{at}.xlsx"
        with xlsxwriter.Workbook(folder / name) as book:
            sheet = book.add_worksheet()
            head = ROLL if is_roll else FLOW
            sheet.merge_range(
                0,
                0,
                0,
                len(head) - 1,
                f"{village}2023年{'农村低保发放明细表' if is_roll else '银行流水明细'}",
            )
            for i, line in enumerate([head, *lines], 1):
                sheet.write_row(i, 0, line)
        names.append(name)
    return names


def cpu(what, *args) -> float:
    gc.collect()
    start = time.process_time()
    what(*args)
    return time.process_time() - start


def read_all(folder: Path, names: list[str]) -> None:
    job = Job(str(folder))
    for at in range(0, len(names), 32):
        pack([entry for name in names[at : at + 32] for entry in read_one(job, name)])


def with_pandas(folder: Path, names: list[str]) -> None:
    for name in names:
        if name.endswith(".csv"):
            pd.read_csv(folder / name, encoding="gb18030", dtype=str)
        else:
            pd.read_excel(folder / name, engine="openpyxl", header=1, dtype=str)


def long_files(folder: Path, rows: int) -> dict[str, str]:
    chance = random.Random(8)
    known = people(chance, 20_000)
    made = {
        "发放": (ROLL, roll(chance, known, rows, "王家村")),
        "流水": (FLOW, flow(chance, known, rows)),
    }
    for name, (head, lines) in made.items():
        frame = pd.DataFrame(lines, columns=head)
        frame.to_csv(folder / f"{name}明细.csv", index=False, encoding="gb18030")
    return {name: f"{name}明细.csv" for name in made}


def whole(folder: Path, jobs: int, work: Path) -> None:
    """A round, then the same again with three files changed."""
    raw = work / "raw"
    shutil.copytree(folder, raw)
    for turn in ("first", "second"):
        if turn == "second":
            for path in [p for p in sorted(raw.rglob("*.csv")) if p.is_file()][:3]:
                path.write_bytes(path.read_bytes() + b"\n")
        (work / "case.duckdb").unlink(missing_ok=True)
        con = duckdb.connect(str(work / "case.duckdb"))
        used, start = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
        told = ingest(raw, con, settings=Settings(), jobs=jobs, kept=work / "kept")
        seconds, now = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF)
        con.close()
        main = now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime
        print(
            f"{turn}: {sum(told.files.values())} files, {told.rows['read']} rows, {told.unchanged} unchanged: {seconds:.1f} s wall, {main:.1f} s of the main process"
        )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--files", type=int, default=200)
    parser.add_argument("--rows", type=int, default=170)
    parser.add_argument("--csv-rows", type=int, default=500_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    gc.disable()
    warm()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        names = books(work, options.files, options.rows)
        read_all(work, names[:20])
        ours = cpu(read_all, work, names)
        some = names[: max(10, options.files // 10)]
        theirs = cpu(with_pandas, work, some) * len(names) / len(some)
        print(
            f"xlsx of {options.rows} rows: {len(names) / ours:.0f} a second of one core; pandas + openpyxl (cells only) {len(names) / theirs:.0f}"
        )
        for kind, name in long_files(work, options.csv_rows).items():
            ours, theirs = cpu(read_all, work, [name]), cpu(with_pandas, work, [name])
            print(
                f"csv {kind} GB18030: {options.csv_rows / ours:,.0f} rows a processor second; pandas (cells only) {options.csv_rows / theirs:,.0f}"
            )
        if options.folder:
            whole(options.folder, options.jobs, work / "round")


if __name__ == "__main__":
    main()
