"""The data rows of a table by column: values, helping values and persons, changed by functions written for one row."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from xuncha_lib.ingest.coded import Coded, code, combine, constant
from xuncha_lib.ingest.extract import FLAT, Convert, Plan, masked, party, person_of
from xuncha_lib.tables import PERSON_FIELDS
from xuncha_lib.values import Cell, cell_text

_MANY = 5_000

Values = dict[str, Any]
Change = Callable[[Values, Values], None]
"""Changes the values of one row, given them and the helping values; empty ones are absent."""


class Frame:
    """rows: where each data row stands in the body.   cells: its columns as found, at those rows."""

    def __init__(self, plan: Plan, cells: list[Coded], rows: np.ndarray) -> None:
        self.plan, self.cells, self.rows = plan, cells, rows
        self.damage: list[tuple[int, int, str, str, str]] = []
        self._step = 0
        self.values: dict[str, Coded] = {}
        self.extras: dict[str, Coded] = {}
        self.people: dict[str, Coded] = {}
        for name, (at, convert) in plan.columns.items():
            self.values[name] = self.converted(name, cells[at], convert)
        for name, (at, convert) in plan.extras.items():
            self.extras[name] = cells[at].map(
                lambda cell, convert=convert: None if cell is None else convert(cell)[0]  # type: ignore[misc]
            )
        for role in plan.table.roles:
            if parts := plan.roles.get(role.name):
                self._person(role.name, parts, is_party=role.is_party)

    def __len__(self) -> int:
        return len(self.rows)

    # -- reading --------------------------------------------------------------------------------------------------

    def converted(self, name: str, cells: Coded, convert: Convert) -> Coded:
        """Values of a column; what cannot be told is noted as damage."""
        told = converted(cells.cells, convert)
        whys = [why for _, why in told]
        if any(whys):
            self._note(cells, whys, lambda at: [(name, cell_text(cells.cells[at]), whys[at])])
        return Coded(cells.codes, [value for value, _ in told])

    def _note(
        self, column: Coded, said: list[Any], tell: Callable[[int], list[tuple[str, str, str]]]
    ) -> None:
        """Note the damage of every row whose value has something said of it, in the order of reading."""
        self._step += 1
        is_harmed = np.array([bool(one) for one in said], dtype=bool)[column.codes]
        for row in np.flatnonzero(is_harmed).tolist():
            for name, value, why in tell(int(column.codes[row])):
                self.damage.append((row, self._step, name, masked(value), why))

    def note(self, row: int, column: str, value: str, why: str) -> None:
        """Note the damage of one row."""
        self.damage.append((row, self._step + 1, column, masked(value), why))

    def _person(self, role: str, parts: dict[str, int], *, is_party: bool) -> None:
        blank = constant("", len(self))
        both = combine([
            self.cells[parts[part]].map(cell_text) if part in parts else blank for part in PERSON_FIELDS
        ])  # fmt: skip
        told = [person_of(texts) for texts in both.cells]
        harms = [harm for _, harm in told]
        if any(harms):
            self._note(
                both,
                harms,
                lambda at: [(f"{role}_{FLAT[p]}", raw, why) for p, raw, why in harms[at]],
            )
        people = Coded(both.codes, [person for person, _ in told])
        if is_party:
            name = self.cells[parts["name"]] if "name" in parts else constant(None, len(self))
            named = combine([name, people])
            sides = [party(cell, person) for cell, person in named.cells]
            self.values[f"{role}_name"] = Coded(named.codes, [one for one, _, _ in sides])
            self.values[f"{role}_org"] = Coded(named.codes, [one for _, one, _ in sides])
            accounts = [
                person.bank_no if org and person else None
                for (_, person), (_, org, _) in zip(named.cells, sides, strict=True)
            ]
            self.values[f"{role}_account"] = Coded(named.codes, accounts)
            people = Coded(named.codes, [one for _, _, one in sides])
        self.people[role] = people

    # -- changing -------------------------------------------------------------------------------------------------

    def column(self, name: str) -> Coded:
        """Values of a column, empty where the table has none."""
        return self.values.get(name) or constant(None, len(self))

    def has(self, *names: str) -> bool:
        """True when any of the values, or helping values (+name), is read at all."""
        return any(n[1:] in self.extras if n[0] == "+" else n in self.values for n in names)

    def apply(self, change: Change, reads: Iterable[str]) -> None:
        """Change every row, looking only at the values and helping values (+name) it says it reads."""
        keys = [n for n in dict.fromkeys(reads) if self.has(n)]
        if not len(self):
            return
        found = [self.extras[n[1:]] if n[0] == "+" else self.values[n] for n in keys]
        both = combine(found or [constant(None, len(self))])
        after: list[Values] = []
        for told in both.cells if found else [()]:
            values: Values = {}
            extras: Values = {}
            for name, value in zip(keys, told, strict=True):
                if value is not None:
                    (extras if name[0] == "+" else values)[name.removeprefix("+")] = value
            change(values, extras)
            after.append(values)
        kept = [n for n in keys if n[0] != "+"]
        for name in dict.fromkeys([*kept, *(n for values in after for n in values)]):
            self.values[name] = Coded(both.codes, [values.get(name) for values in after])

    def either(self, first: Coded, second: Coded) -> Coded:
        """The first column, and the second where the first is blank."""
        codes = np.where(first.filled(), first.codes, second.codes + len(first.cells))
        return Coded(codes, [*first.cells, *second.cells]).compact()

    def fill_down(self, column: Coded, seen: np.ndarray) -> Coded:
        """The column with each blank taken from row seen[i], where that is not -1."""
        takes = ~column.filled() & (seen >= 0)
        if not takes.any():
            return column
        return Coded(np.where(takes, column.codes[seen], column.codes), column.cells)

    def as_dicts(self) -> list[tuple[Values, Values, dict[str, Any]]]:
        """(values, helping values, persons) of each row, for tables that are read line by line."""

        def rows(columns: dict[str, Coded]) -> list[Values]:
            lists = [column.tolist() for column in columns.values()]
            told = zip(*lists, strict=True) if lists else [()] * len(self)
            return [
                {n: x for n, x in zip(columns, one, strict=True) if x is not None} for one in told
            ]

        return list(zip(rows(self.values), rows(self.extras), rows(self.people), strict=True))


_PLAIN = r"^-?[0-9]{1,11}(\.[0-9]{1,2})?$"


def converted(cells: list[Cell], convert: Convert) -> list[tuple[Any, str]]:
    """(value, why) of each cell. Long columns of plain amounts are read at once."""
    scale = getattr(convert, "scale", None)
    if scale != 1.0 or len(cells) < _MANY or not all(type(c) is str or c is None for c in cells):
        return [(None, "") if cell is None else convert(cell) for cell in cells]
    texts = pa.array(cells, pa.string())
    is_plain = pc.fill_null(pc.match_substring_regex(texts, _PLAIN), False)
    numbers = pc.if_else(is_plain, texts, None).cast(pa.float64()).to_pylist()
    return [
        (number, "") if number is not None else (None, "") if cell is None else convert(cell)
        for number, cell in zip(numbers, cells, strict=True)
    ]


def by_column(rows: list[Values]) -> dict[str, Coded]:
    """Dicts of one row each, turned into columns."""
    names = dict.fromkeys(name for row in rows for name in row)
    return {name: code([row.get(name) for row in rows]) for name in names}
