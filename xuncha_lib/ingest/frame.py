"""The data rows of a table by column: values, helping values and persons, changed by functions written for one row."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from xuncha_lib.ingest.at_once import told
from xuncha_lib.ingest.coded import Coded, code, combine, constant
from xuncha_lib.ingest.extract import FLAT, Convert, Plan, masked, party, person_of
from xuncha_lib.ingest.fates import as_text
from xuncha_lib.tables import PERSON_FIELDS
from xuncha_lib.values import cell_text

Values = dict[str, Any]
Change = Callable[[Values, Values], None]
"""Changes the values of one row, given them and the helping values; empty ones are absent."""


class Frame:
    """rows: where each data row stands in the body.   cells: its columns as found, at those rows."""

    def __init__(self, plan: Plan, cells: list[Coded], rows: np.ndarray) -> None:
        self.plan, self.cells, self.rows = plan, cells, rows
        self.damage: list[tuple[int, int, str, str, str]] = []
        self.remembered: set[int] = set()
        self._step = 0
        self.values: dict[str, Coded] = {}
        self.extras: dict[str, Coded] = {}
        self.people: dict[str, Coded] = {}
        self.types = {column.name: column.type for column in plan.table.columns}
        for name, (at, convert) in plan.columns.items():
            self.values[name] = self.converted(name, cells[at], convert)
        extra = plan.table.recognise.get("extra", {})
        for name, (at, convert) in plan.extras.items():
            kind = extra[name]["type"] if name in extra else "text"
            self.extras[name] = told(cells[at], kind, convert)[0]
        for role in plan.table.roles:
            if parts := plan.roles.get(role.name):
                self._person(role.name, parts, is_party=role.is_party)

    def __len__(self) -> int:
        return len(self.rows)

    # -- reading --------------------------------------------------------------------------------------------------

    def converted(self, name: str, cells: Coded, convert: Convert) -> Coded:
        """Values of a column; what cannot be told is noted as damage."""
        values, whys = told(cells, self.types[name], convert)
        if whys:
            self._note(cells, whys, lambda at: [(name, cell_text(cells.cells[at]), whys[at])])
        return values

    def _note(
        self, column: Coded, said: Iterable[int], tell: Callable[[int], list[tuple[str, str, str]]]
    ) -> None:
        """Note the damage of every row whose cell something is said of, in the order of reading."""
        self._step += 1
        is_said = np.zeros(column.size, dtype=bool)
        is_said[list(said)] = True
        for row in np.flatnonzero(is_said[column.codes]).tolist():
            for name, value, why in tell(int(column.codes[row])):
                self.damage.append((row, self._step, name, masked(value), why))

    def note(self, row: int, column: str, value: str, why: str) -> None:
        """Note the damage of one row."""
        self.damage.append((row, self._step + 1, column, masked(value), why))

    def _person(self, role: str, parts: dict[str, int], *, is_party: bool) -> None:
        blank = constant("", len(self))
        both = combine([
            _texts(self.cells[parts[part]]) if part in parts else blank for part in PERSON_FIELDS
        ])  # fmt: skip
        found = list(map(person_of, both.cells))
        harms = {at: harm for at, (_, harm) in enumerate(found) if harm}
        if harms:
            self._note(
                both,
                harms,
                lambda at: [(f"{role}_{FLAT[p]}", raw, why) for p, raw, why in harms[at]],
            )
        people = Coded(both.codes, [person for person, _ in found])
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
        for row in both.cells if found else [()]:
            values: Values = {}
            extras: Values = {}
            for name, value in zip(keys, row, strict=True):
                if value is not None:
                    (extras if name[0] == "+" else values)[name.removeprefix("+")] = value
            change(values, extras)
            after.append(values)
        kept = [n for n in keys if n[0] != "+"]
        for name in dict.fromkeys([*kept, *(n for values in after for n in values)]):
            self.values[name] = Coded(both.codes, [values.get(name) for values in after])

    def either(self, first: Coded, second: Coded) -> Coded:
        """The first column, and the second where the first is blank."""
        codes = np.where(first.filled(), first.codes, second.codes + first.size)
        return Coded(codes, [*first.cells, *second.cells]).compact()

    def remember(self, is_set: np.ndarray) -> None:
        """Note the last row where `is_set`: a row further down may take its value from there."""
        self.remembered.update(np.flatnonzero(is_set)[-1:].tolist())

    def fill_down(self, column: Coded, seen: np.ndarray) -> Coded:
        """The column with each blank taken from row seen[i], where that is not -1."""
        takes = ~column.filled() & (seen >= 0)
        if not takes.any():
            return column
        return Coded(np.where(takes, column.codes[seen], column.codes), column.kept)

    def as_dicts(self) -> list[tuple[Values, Values, dict[str, Any]]]:
        """(values, helping values, persons) of each row, for tables that are read line by line."""

        def rows(columns: dict[str, Coded]) -> list[Values]:
            lists = [column.tolist() for column in columns.values()]
            cells = zip(*lists, strict=True) if lists else [()] * len(self)
            return [
                {n: x for n, x in zip(columns, one, strict=True) if x is not None} for one in cells
            ]

        return list(zip(rows(self.values), rows(self.extras), rows(self.people), strict=True))


def _texts(column: Coded) -> Coded:
    """The column as text, empty where it is blank."""
    return as_text(column) if column.arrow is None else column.map(cell_text)


def by_column(rows: list[Values]) -> dict[str, Coded]:
    """Dicts of one row each, turned into columns."""
    names = dict.fromkeys(name for row in rows for name in row)
    return {name: code([row.get(name) for row in rows]) for name in names}
