"""Small books as villages hand them in, for the tests of ingest."""

from __future__ import annotations

from pathlib import Path

import duckdb
import openpyxl

from xuncha_lib.ingest import ingest
from xuncha_lib.settings import Settings

IDS = ("370124196001010014", "370181198505201232", "370102194912310029", "370123195505050027")


def xlsx(path: Path, sheets: dict[str, list[list[object]]], merges: tuple[str, ...] = ()) -> Path:
    """A workbook; `merges` apply to its first sheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    for area in merges:
        book.worksheets[0].merge_cells(area)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


class Round:
    """An ingested folder and a few questions to it."""

    def __init__(
        self, raw: Path, jobs: int = 1, settings: Settings | None = None, **more: object
    ) -> None:
        self.con = duckdb.connect()
        self.summary = ingest(raw, self.con, settings=settings or Settings(), jobs=jobs, **more)

    def rows(self, query: str) -> list[tuple]:
        return self.con.execute(query).fetchall()

    def one(self, query: str) -> object:
        return self.con.execute(query).fetchone()[0]

    def kinds(self) -> list[str | None]:
        return [name for (name,) in self.rows("SELECT table_name FROM sheet ORDER BY sheet_id")]


def cashbook(
    *, head: tuple[str, ...] = ("日期", "凭证号", "摘要", "收款人", "收入", "支出", "余额")
) -> list[list[object]]:
    """A clean receipts-and-payments list of two entries."""
    return [
        list(head),
        ["2023.5.1", "记-1", "收土地承包费", "张伟", 1000, None, 1000],
        ["2023.5.3", "记-2", "购办公用品", "平阴县宏达商贸有限公司", None, "200.50", "799.50"],
    ]
