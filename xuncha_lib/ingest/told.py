"""What the cells of whole columns tell of the table they stand in, before and after their kinds of content are asked."""

from __future__ import annotations

from xuncha_lib.ingest.coded import Coded
from xuncha_lib.ingest.employers import employed
from xuncha_lib.ingest.guess import Seen
from xuncha_lib.ingest.ledgers import both_sides
from xuncha_lib.ingest.namesakes import named_beside
from xuncha_lib.ingest.tested import Columns
from xuncha_lib.ingest.wholes import whole_amount


def before_content(
    table: str, columns: dict[str, int], headings: list[str], seen: list[Seen], cells: list[Coded]
) -> dict[str, int]:
    """The columns, and those that the arithmetic of a book or the numbers beside them prove."""
    one = Columns(table, dict(columns), headings, seen, cells)
    both_sides(one)
    named_beside(one)
    return one.columns


def after_content(
    table: str, columns: dict[str, int], headings: list[str], seen: list[Seen], cells: list[Coded]
) -> dict[str, int]:
    """The columns, with the whole of several sums for the amount, and with the one column of firms."""
    one = Columns(table, dict(columns), headings, seen, cells)
    whole_amount(one)
    employed(one)
    return one.columns
