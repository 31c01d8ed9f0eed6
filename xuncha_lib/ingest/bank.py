"""Bank books: whether 借 is money out (the bank's view) or money in (the village's own ledger)."""

from __future__ import annotations

import itertools
import re

from xuncha_lib.ingest.context import Context
from xuncha_lib.ingest.records import Record
from xuncha_lib.values import fold

_CENT = 0.015


def settle_direction(records: list[Record], headings: str, context: Context) -> None:
    """Swap the two sides of a bank book read the wrong way round.

    Only where the headings say 借 and 贷. The balance decides; without one the title does (日记账 is the village's own).
    """
    if not re.search("借|贷", fold(headings)):
        return
    votes = 0
    for one, two in itertools.pairwise(records):
        before, after = one.values.get("balance_yuan"), two.values.get("balance_yuan")
        if before is None or after is None:
            continue
        forward = (two.values.get("in_yuan") or 0) - (two.values.get("out_yuan") or 0)
        backward = (one.values.get("in_yuan") or 0) - (
            one.values.get("out_yuan") or 0
        )  # newest first
        step = after - before
        votes += abs(step - forward) < _CENT or abs(step + backward) < _CENT
        votes -= abs(step + forward) < _CENT or abs(step - backward) < _CENT
    if votes < 0 or (not votes and any("日记账" in w for w in context.words)):
        for record in records:
            values = record.values
            values["in_yuan"], values["out_yuan"] = values.get("out_yuan"), values.get("in_yuan")
