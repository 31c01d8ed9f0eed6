"""A sheet that repeats what the other sheets of its book say (汇总 beside 1月 … 12月) must not count twice."""

from __future__ import annotations

import re

from xuncha_lib.ingest.at_once import numbers
from xuncha_lib.ingest.records import SheetRead
from xuncha_lib.tables import load_tables

_NAME = re.compile(r"汇总|合计|总表|总计|全年|累计|汇总表")
_MONTHS = 3
"""So many monthly sheets beside it make a sheet called 汇总 a summary, whatever it adds up to."""
_SHARED = 0.6
_NEAR = 0.005


def mark(sheets: list[SheetRead]) -> None:
    """Set aside the summaries of a book, each with whether it agrees with the sheets it sums up."""
    for one in sheets:
        if one.status != "read" or not _NAME.search(one.sheet) or one.period[2] == "month":
            continue
        parts = [
            s
            for s in sheets
            if s is not one
            and s.status == "read"
            and s.table == one.table
            and not _NAME.search(s.sheet)
        ]
        if len(parts) < 2:
            continue
        months = {s.period[0] for s in parts if s.period[2] == "month"}
        stated, summed = _amount([one]), _amount(parts)
        agrees = bool(stated) and abs(stated - summed) <= _NEAR * abs(stated)
        if agrees or len(months) >= _MONTHS or _shared(one, parts) >= _SHARED:
            one.status = "superseded"
            told = (
                "金额与各表相加一致"
                if agrees
                else f"本表金额{stated:.2f}，各表相加{summed:.2f}，不一致"
            )
            one.why = f"是同一工作簿其他{len(parts)}张表的汇总，不重复计入；{told if stated or summed else '没有金额可比'}"


def _amount(sheets: list[SheetRead]) -> float:
    """Sum of the first money column that the sheets hold."""
    names = [c.name for c in load_tables()[sheets[0].table or ""].columns if c.type == "yuan"]
    for name in names:
        columns = [
            b.values[name]
            for s in sheets
            for b in s.blocks
            if b.table == s.table and name in b.values
        ]
        if columns:
            return float(sum(numbers(c, 0.0).sum() for c in columns))
    return 0.0


def _shared(one: SheetRead, parts: list[SheetRead]) -> float:
    """Share of the people of a sheet who are in the others too; 0 without people."""
    own, others = _people([one]), _people(parts)
    return len(own & others) / len(own) if own else 0.0


def _people(sheets: list[SheetRead]) -> set[tuple[str, str]]:
    return {
        (person.name, person.id_no or "")
        for sheet in sheets
        for block in sheet.blocks
        for column in block.people.values()
        for person in column.cells
        if person is not None
    }
