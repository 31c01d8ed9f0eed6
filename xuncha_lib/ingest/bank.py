"""Bank books: whether 借 is money out (the bank's view) or money in (the village's own ledger)."""

from __future__ import annotations

import re

import numpy as np

from xuncha_lib.ingest.at_once import numbers
from xuncha_lib.ingest.context import Context
from xuncha_lib.ingest.frame import Frame
from xuncha_lib.values import fold

_CENT = 0.015


def is_reversed(frame: Frame, headings: str, context: Context) -> bool:
    """True for a bank book whose two sides were read the wrong way round.

    Only where the headings say 借 and 贷. The balance decides; without one the title does (日记账 is the village's own).
    """
    if not re.search("借|贷", fold(headings)):
        return False
    votes = _votes(frame)
    return votes < 0 or (not votes and any("日记账" in w for w in context.words))


def reverse(frame: Frame) -> None:
    """Swap the two sides of a bank book."""
    values = frame.values
    values["in_yuan"], values["out_yuan"] = frame.column("out_yuan"), frame.column("in_yuan")


def _votes(frame: Frame) -> int:
    """Rows whose balance follows from the sides as read, less those where it follows from the sides swapped."""
    balance = numbers(frame.column("balance_yuan"), np.nan)
    moved = numbers(frame.column("in_yuan"), 0.0) - numbers(frame.column("out_yuan"), 0.0)
    step, forward, backward = np.diff(balance), moved[1:], moved[:-1]  # backward: newest first
    for_it = (np.abs(step - forward) < _CENT) | (np.abs(step + backward) < _CENT)
    against = (np.abs(step + forward) < _CENT) | (np.abs(step - backward) < _CENT)
    return int(for_it.sum()) - int(against.sum())
