"""The amount of a roll that states parts and their whole: the whole is what was paid."""

from __future__ import annotations

import itertools
import re

import numpy as np

from xuncha_lib.ingest.tested import LEAST, OUTRIGHT, Columns, fitting, numbers_of, told

_TABLE, _AMOUNT, _STATED = "subsidy", "amount_yuan", "+pivot_sum"
_HOLDS, _DIFFERS = 0.95, 0.2
"""Share of the rows in which the parts add up, and in which the whole is more than the one part."""
_PAID = re.compile("实|应|合|总|共|到手|到账|打卡")
"""Headings of what was paid in the end: nothing beside them is."""
_TOTAL = re.compile("合计|一共|总共|总计|总数|总额|总金额|总钱|共计|共领|共发")
_OTHER = re.compile(
    "累计|标准|限|亩|面积|人|口|户|天|次|月|年|扣|代缴|欠|已|以前|上[期次]|余|比例|率"
)
"""Headings of numbers that are no part of this payment, nor its whole."""
_OWN_SHARE = re.compile("自筹|自付|自缴|承担|个人|价|售|销|贷|投资|造|本金")
"""Headings of a price or of what the person pays himself."""
_PRICED = frozenset(
    (
        "price_yuan",
        "machine_kind",
        "machine_model",
        "bought_on",
        "dealer",
        "loan_yuan",
        "finished_on",
    )
)
"""Where one of these stands, a larger sum is what was bought or built, not what was paid as a subsidy."""
_TIMES = 6.0
"""How many times the part the whole may be where only its heading tells."""
_CENT, _PARTS, _MOST = 0.011, 2, 8


def whole_amount(columns: Columns) -> None:
    """Give the amount the column that is the sum of others, or that says it is the whole of what was taken for it."""
    if columns.table != _TABLE or _PRICED & columns.columns.keys() or _STATED in columns.columns:
        return
    own = columns.columns.get(_AMOUNT)
    if own is not None and _says_paid(columns.headings[own]):
        return
    places = [at for at in columns.free_sums() if _may_be(columns, at)]
    read = {at: numbers_of(columns.cells[at]) for at in _sums(columns, places)}
    if len(read) > _MOST or (own is not None and own not in read):
        return
    found = [at for at in places if _is_whole(read, at, own)]
    if not found and own is not None:
        found = [
            at for at in places
            if _TOTAL.search(columns.headings[at]) and _covers(read[at], read[own])
        ]  # fmt: skip
    if len(found) == 1:
        columns.columns[_AMOUNT] = found[0]
    elif own is not None and "standard_yuan" not in columns.columns:
        _times(columns, own, read)


def _times(columns: Columns, own: int, read: dict[int, np.ndarray]) -> None:
    """What was taken for the amount is the rate, where it times a free number, or the area, is another free column."""
    taken = [columns.columns[k] for k in ("area_mu", "+months") if k in columns.columns]
    found = []
    for at in read:
        for base in {*columns.free_sums(), *taken} - {at, own}:
            times = numbers_of(columns.cells[base])
            rows = (read[own] > 0) & (times > 0) & (np.abs(times - 1) > _CENT) & (read[at] > 0)
            if at == own or np.count_nonzero(rows) < LEAST:
                continue
            if fitting(read[own], times, read[at], rows) >= _HOLDS:
                found.append(at)
    if len(set(found)) == 1:
        columns.columns["standard_yuan"], columns.columns[_AMOUNT] = own, found[0]


def _says_paid(heading: str) -> bool:
    return bool(_PAID.search(heading)) or told(_TABLE, _AMOUNT, heading) >= OUTRIGHT


def _may_be(columns: Columns, at: int) -> bool:
    """A column that may be a sum of this payment, by its heading."""
    heading = columns.headings[at]
    return bool(heading) and not _OTHER.search(heading) and not _OWN_SHARE.search(heading)


def _sums(columns: Columns, places: list[int]) -> list[int]:
    """Columns of money: those nobody took, the amount so far and the parts that have a field."""
    keys = (_AMOUNT, "living_yuan", "care_yuan")
    return sorted({*places, *(columns.columns[k] for k in keys if k in columns.columns)})


def _is_whole(read: dict[int, np.ndarray], at: int, own: int | None) -> bool:
    """True for the sum of two or three others, of which the amount so far is one."""
    others = [place for place in read if place != at]
    for count in range(_PARTS, _PARTS + 2):
        for parts in itertools.combinations(others, count):
            if own is not None and own not in parts:
                continue
            if _adds(read[at], [read[p] for p in parts]):
                return True
    return False


def _adds(whole: np.ndarray, parts: list[np.ndarray]) -> bool:
    rows = ~np.isnan(whole) & (whole > 0)
    count = np.count_nonzero(rows)
    told = [np.nan_to_num(part)[rows] for part in parts]
    if count < LEAST or any(np.count_nonzero(p) < _DIFFERS * count for p in told):
        return False
    holds = np.abs(sum(told) - whole[rows]) <= _CENT
    return bool(np.mean(holds) >= _HOLDS)


def _covers(whole: np.ndarray, part: np.ndarray) -> bool:
    """True where the whole stands on every row that has the part, is never less and now and then more."""
    rows = ~np.isnan(part)
    if np.count_nonzero(rows) < LEAST or np.any(np.isnan(whole[rows])):
        return False
    more = whole[rows] - part[rows]
    is_near = np.median(whole[rows]) <= _TIMES * max(np.median(part[rows]), _CENT)
    is_none = np.mean(part[rows] == 0) > 1 - _HOLDS
    return bool(
        np.all(more > -_CENT) and np.mean(more > _CENT) >= _DIFFERS and (is_near or is_none)
    )
