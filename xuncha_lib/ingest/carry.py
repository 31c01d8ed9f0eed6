"""What is written once for several rows: blank cells that take their value from the row above."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from xuncha_lib.ingest.coded import Coded, constant, last_seen, recode
from xuncha_lib.ingest.extract import Plan
from xuncha_lib.ingest.frame import Frame
from xuncha_lib.values import fold

_CARRIED = {
    "household": ("head", "household_no"), "land": ("contractor", "contractor_code"), "relative": ("cadre",),
    "relief_filing": ("worker",), "bid": ("project_name", "opened_on"), "subsidy": ("head",),
    "voucher": ("entry_on", "voucher_word", "voucher_no", "summary", "attachments"),
    "business": ("company", "uscc", "legal_person"),
}  # fmt: skip
"""Table → the columns and roles that a blank cell takes from the row above."""

_LINES = {"relative": "relative", "relief_filing": "relative", "bid": "bidder", "land": "member"}
"""Table → the role that a continuing row still names."""

_HEADS = ("户主", "本人或户主", "户主本人")


DITTO = frozenset(("〃", "″", "〞", "”", "“", '"', "''", "同上", "同前", "々", "〃〃"))


_DITTOS = pa.array(sorted(DITTO), pa.string())


def undittoed(column: Coded) -> Coded:
    """The column with marks of repetition (〃, 同上) as what they repeat: the last cell above that is none."""
    marks = dittos(column)
    if not marks:
        return column
    says = ~np.isin(column.codes, marks) & column.filled()
    above = np.maximum.accumulate(np.where(says, np.arange(len(column)), -1))
    repeats = np.isin(column.codes, marks) & (above >= 0)
    return Coded(np.where(repeats, column.codes[above], column.codes), column.kept)


def dittos(column: Coded) -> list[int]:
    """Cells of the column that are marks of repetition."""
    if column.arrow is None:
        if DITTO.isdisjoint(column.cells):
            return []
        return [
            at for at, cell in enumerate(column.cells) if isinstance(cell, str) and cell in DITTO
        ]
    is_mark = pc.is_in(column.arrow, value_set=_DITTOS).to_numpy(zero_copy_only=False)
    return np.flatnonzero(is_mark).tolist()


def line_columns(plan: Plan) -> list[int]:
    """Columns one of which is filled on a row that only adds a member, a plot, a bidder or a shareholder to the row above."""
    name = plan.table.name
    places = list(plan.roles.get(_LINES.get(name, ""), {}).values())
    if name == "land":
        places += [at for n, (at, _) in plan.columns.items() if n.startswith("plot")]
    if name == "business" and "shareholder" in plan.extras:
        places.append(plan.extras["shareholder"][0])
    return places


def carried_columns(plan: Plan) -> list[int]:
    """Columns whose value a row below may take over."""
    names = _carried(plan)
    found = [plan.columns[n][0] for n in names if n in plan.columns]
    return found + [at for n in names for at in plan.roles.get(n, {}).values()]


def _carried(plan: Plan) -> tuple[str, ...]:
    if plan.table.name == "subsidy" and "beneficiary" not in plan.roles:
        return ()
    return _CARRIED.get(plan.table.name, ())


def fill_from_above(frame: Frame, starts: np.ndarray) -> None:
    """Complete rows from the ones above. starts: for each row the first row of its village."""
    plan = frame.plan
    if plan.table.name in ("household", "subsidy"):
        _own_head(frame, starts)
    if plan.table.name == "voucher" and "voucher_no" in frame.values:
        starts = np.maximum(starts, _entry_starts(frame, starts))
    for name in _carried(plan):
        have = frame.people if name in plan.roles else frame.values
        if (name in plan.roles or name in plan.columns) and name in have:
            is_filled = have[name].filled()
            frame.remember(is_filled)
            have[name] = frame.fill_down(have[name], last_seen(is_filled, starts))


def _entry_starts(frame: Frame, starts: np.ndarray) -> np.ndarray:
    """First row of each voucher: a number other than the one above begins a new one."""
    numbers = frame.values["voucher_no"]
    is_set = numbers.filled()
    before = np.concatenate(([-1], last_seen(is_set, starts)[:-1])).astype(np.int64)
    before = np.where(before >= starts, before, -1)
    values = numbers.cells
    same = np.array([v == w for v, w in _pairs(values, numbers.codes, before)], dtype=bool)
    begins = is_set & ~same
    frame.remember(begins)
    frame.remembered.update(before[np.flatnonzero(begins)[-1:]].tolist())
    frame.remembered.discard(-1)
    found: np.ndarray = np.maximum.accumulate(np.where(begins, np.arange(len(begins)), 0))
    return found


def _pairs(values: list[Any], codes: np.ndarray, before: np.ndarray) -> list[tuple[Any, Any]]:
    above = np.where(before >= 0, codes[before], -1)
    return [
        (values[code], values[up] if up >= 0 else ())
        for code, up in zip(codes.tolist(), above.tolist(), strict=True)
    ]


def _own_head(frame: Frame, starts: np.ndarray) -> None:
    """户主 in the relation column: the person is the head, and, without a column of heads, of the rows below too."""
    person = frame.people.get("person")
    other = frame.people.get("beneficiary")
    if person is not None and other is not None:
        person = frame.either(person, other)
    person = other if person is None else person
    relation = frame.values.get("relation")
    if person is None or relation is None:
        return
    is_head = relation.where(lambda text: fold(str(text or "")) in _HEADS) & person.filled()
    head = frame.people.get("head") or constant(None, len(frame))
    own = Coded(np.where(is_head, person.codes, len(person.cells)), [*person.cells, None])
    head = frame.either(head, own)
    if frame.plan.table.name == "household" and "head" not in frame.plan.roles:
        seen = last_seen(is_head, starts)
        frame.remember(is_head)
        numbers = recode(frame.column("household_no"), lambda number: number)
        same = (seen >= 0) & (numbers.codes == numbers.codes[seen])
        head = frame.fill_down(head, np.where(same, seen, -1))
    frame.people["head"] = head
