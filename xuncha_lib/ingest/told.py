"""What the cells of whole columns tell of the table they stand in, before and after their kinds of content are asked."""

from __future__ import annotations

from collections.abc import Callable

from xuncha_lib.ingest.coded import Coded
from xuncha_lib.ingest.employers import employed
from xuncha_lib.ingest.guess import Seen
from xuncha_lib.ingest.ledgers import both_sides
from xuncha_lib.ingest.namesakes import named_beside
from xuncha_lib.ingest.tested import Columns
from xuncha_lib.ingest.wholes import whole_amount

Step = Callable[[Columns], None]
BEFORE: tuple[Step, ...] = (both_sides, named_beside)
"""Columns that the arithmetic of a book or the numbers beside them prove."""
AFTER: tuple[Step, ...] = (whole_amount, employed)
"""The whole of several sums for the amount, and the one column of firms."""


def told_by(
    steps: tuple[Step, ...],
    table: str, columns: dict[str, int], headings: list[str], seen: list[Seen], cells: list[Coded],
) -> dict[str, int]:  # fmt: skip
    """The columns, and what the steps tell of them."""
    one = Columns(table, dict(columns), headings, seen, cells)
    for step in steps:
        step(one)
    return one.columns
