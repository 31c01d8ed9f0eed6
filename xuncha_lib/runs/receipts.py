"""When each file came: the register `received.csv` beside the raw folder, else the day the file was last written."""

from __future__ import annotations

import csv
import os
import stat
from datetime import date, datetime
from pathlib import Path

import duckdb

from xuncha_lib.errors import XunchaError
from xuncha_lib.store import append

REGISTER = "received.csv"
"""Columns path, received_on. A path may be a folder: it stands for everything in it; the longest one that fits counts."""


def read_register(path: Path) -> dict[str, date]:
    """Path → day; {} without a register, an XunchaError naming the line where one cannot be read."""
    if not path.is_file():
        return {}
    found = {}
    with path.open(encoding="utf-8-sig", newline="") as stream:
        for number, row in enumerate(csv.DictReader(stream), 2):
            try:
                found[row["path"].strip().strip("/")] = date.fromisoformat(
                    row["received_on"].strip()
                )
            except (KeyError, ValueError, AttributeError) as error:
                raise XunchaError(
                    f"{path} · 第{number}行", "没有 path 和 received_on 两列，或日期不是 2026-03-01 的写法", "请改正后重试"
                ) from error  # fmt: skip
    return found


def note_receipts(con: duckdb.DuckDBPyConnection, raw: Path) -> None:
    """Fill `receipt` (path, received_on) for every file of the case."""
    known = read_register(raw.parent / REGISTER)
    paths = [p for (p,) in con.execute("SELECT path FROM source_file ORDER BY file_id").fetchall()]
    con.execute("CREATE OR REPLACE TABLE receipt (path VARCHAR, received_on DATE)")
    append(con, "receipt", [(path, _day(raw, path, known)) for path in paths])


def _day(raw: Path, path: str, known: dict[str, date]) -> date | None:
    parts = path.split("/")
    heads = ["/".join(parts[:length]) for length in range(len(parts), 0, -1)]
    found = next((known[head] for head in heads if head in known), None) if known else None
    if found:
        return found
    for head in heads:  # a book inside an archive came with the archive
        try:
            told = os.stat(f"{raw}/{head}")  # noqa: PTH116 (thousands of files)
        except OSError:
            continue
        if stat.S_ISREG(told.st_mode):
            return datetime.fromtimestamp(told.st_mtime).date()
    return None
