"""Where the data rows of a table belong: village, town, group and household head, as the rows say it."""

from __future__ import annotations

from typing import Any

import numpy as np

from xuncha_lib.ingest.coded import Coded, combine, constant
from xuncha_lib.ingest.frame import Frame
from xuncha_lib.ingest.rows import group_name
from xuncha_lib.values import cell_text
from xuncha_lib.values.cells import EMPTY_WORDS


class Stretches:
    """Rows between two rows that name a village, a group or a side."""

    def __init__(self) -> None:
        self._from: list[tuple[int, str, str]] = [(0, "", "")]
        self._villages: list[int] = [0]
        self._sides: list[tuple[int, str | None]] = [(0, None)]
        self._has_side = False

    def below(self, rows: np.ndarray) -> Stretches:
        """The same for the rows that follow, with these above them; where each of them belongs is not needed again."""
        found = Stretches()
        since = int(np.searchsorted(rows, self.start))
        _, village, group = self._from[-1]
        found._from = [(0, "", ""), (since, village, group)]
        found._villages = [0, since]
        found._sides, found._has_side = [(0, self._sides[-1][1])], self._has_side
        return found

    @property
    def start(self) -> int:
        """First row of the body after the last village named so far."""
        return self._villages[-1]

    def village(self, row: int, name: str) -> None:
        """A village begins below this row of the body."""
        self._from.append((row, name, ""))
        self._villages.append(row)

    def group(self, row: int, name: str) -> None:
        """A villagers' group begins below this row of the body."""
        self._from.append((row, self._from[-1][1], name))

    def side(self, row: int, word: str) -> None:
        """Receipts or payments begin below this row of the body."""
        self._sides.append((row, word))
        self._has_side = True

    def sides(self, rows: np.ndarray) -> Coded | None:
        """Side announced above each of these rows of the body; None where no row announced any."""
        if not self._has_side:
            return None
        begins = np.array([row for row, _ in self._sides])
        codes = np.searchsorted(begins, rows, side="right") - 1
        return Coded(codes, [word for _, word in self._sides])

    def starts(self, rows: np.ndarray) -> np.ndarray:
        """For each of these rows of the body, which of them is the first of its village."""
        first = np.searchsorted(rows, np.array(self._villages))
        found: np.ndarray = first[np.searchsorted(self._villages, rows, side="right") - 1]
        return found

    def named(self, rows: np.ndarray) -> tuple[Coded, Coded]:
        """(village, group) named above each of these rows of the body."""
        begins = np.array([row for row, _, _ in self._from])
        codes = np.searchsorted(begins, rows, side="right") - 1
        return (
            Coded(codes, [village for _, village, _ in self._from]),
            Coded(codes, [group for _, _, group in self._from]),
        )


def place_rows(frame: Frame, stretches: Stretches) -> tuple[Coded, Coded, Coded]:
    """((village text, town text), group, household head) of each row; the group also goes into the values."""
    village, group = stretches.named(frame.rows)
    nothing = constant(None, len(frame))
    found = combine([
        frame.column("village_name"), _extra(frame, "village"), village, frame.column("town"), _extra(frame, "town"),
    ])  # fmt: skip
    is_company = frame.plan.table.name == "business"
    told = found.map(
        lambda p: (str(p[0] or "") or p[1] or p[2] or "", str(p[3] or "") or p[4] or "")
    )
    if not is_company and not all(place[0] for place in told.cells):
        told = combine([told, frame.column("address"), _extra(frame, "address")]).map(_by_address)
    names = combine([frame.column("group_no"), _extra(frame, "group_no"), group])
    groups = names.map(lambda p: group_name(str(p[0])) if p[0] else group_name(p[1] or p[2]))
    if any(column.name == "group_no" for column in frame.plan.table.columns) and any(groups.cells):
        own = combine([frame.column("group_no"), groups])
        frame.values["group_no"] = own.map(lambda p: (p[0] or p[1]) if p[1] else p[0])
    people = [frame.people.get(role) for role in ("head", "contractor")]
    heads = [person for person in people if person is not None]
    head = frame.either(heads[0], heads[1]) if len(heads) == 2 else heads[0] if heads else nothing
    return told, groups, head.map(lambda person: person.name if person else None)


def _extra(frame: Frame, name: str) -> Coded:
    """Text of a helping column, empty words left out."""
    place = frame.plan.extras.get(name)
    if place is None:
        return constant("", len(frame))

    def text(cell: Any) -> str:
        found = cell_text(cell)
        return "" if found in EMPTY_WORDS else found

    return frame.cells[place[0]].map(text)


def _by_address(told: tuple[Any, ...]) -> tuple[str, str]:
    """Where nothing else names the village, the address may: marked with @."""
    (village, town), address, other = told
    if not village:
        village = f"@{address or other}"
    return ("" if village == "@" else village), town
