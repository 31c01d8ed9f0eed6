"""From the cells of a recognised table to canonical values and persons, column by column."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from xuncha_lib import values as v
from xuncha_lib.ingest.context import area_unit, find_period, scale_of
from xuncha_lib.ingest.plain_person import plain_person
from xuncha_lib.ingest.records import Person, key_of
from xuncha_lib.masks import mask_text
from xuncha_lib.tables import PERSON_FIELDS, Table
from xuncha_lib.values import Cell, cell_text
from xuncha_lib.values.cells import EMPTY_WORDS

Convert = Callable[[Cell], tuple[Any, str]]
FLAT = {
    "name": "name",
    "id_no": "id_number",
    "phone": "phone",
    "bank_no": "bank_account",
    "birth_on": "birth_on",
    "sex": "sex",
}
"""Person part → how it is called when a role is written out (beneficiary_id_number)."""


def _text(cell: Cell) -> tuple[Any, str]:
    text = cell_text(cell)
    return (None if text in EMPTY_WORDS else text), ""


def _code(cell: Cell) -> tuple[Any, str]:
    if isinstance(cell, str) and cell.isascii() and cell.isalnum() and cell not in EMPTY_WORDS:
        return cell, ""
    text = v.fold(cell_text(cell))
    if text in EMPTY_WORDS:
        return None, ""
    return (
        (None, "号码被存成数字，末尾几位已丢失")
        if re.fullmatch(r"\d\.\d+E\+\d+", text)
        else (text, "")
    )


_INT_END = 2**31 - 1


def _int(cell: Cell) -> tuple[Any, str]:
    value, why = v.number_of(cell)
    if value is not None and not abs(value) < _INT_END:
        return None, "数值过大，可能是证件号或账号错列"
    return (None if value is None else round(value)), why


@dataclass(frozen=True)
class _Yuan:
    """Reads amounts of a column. scale: yuan per unit."""

    scale: float

    def __call__(self, cell: Cell) -> tuple[Any, str]:
        return v.yuan_of(cell, self.scale)


@dataclass(frozen=True)
class _Mu:
    """Reads areas of a column. unit: as the heading has it; scale: mu per unit."""

    unit: str
    scale: float

    def __call__(self, cell: Cell) -> tuple[Any, str]:
        return v.mu_of(cell, self.unit)


def converter(kind: str, heading: str, unit: str, year: int | None) -> Convert:
    """Function from a cell to (value, why) for a column type, with the unit of its heading or of the sheet."""
    if kind == "yuan":
        return _Yuan(scale_of(heading, unit))
    if kind == "mu":
        area = area_unit(heading)
        return _Mu(area, v.mu_per(area))
    if kind == "date":
        return lambda cell: v.date_of(cell, year)
    if kind == "month":
        return lambda cell: v.month_of(cell, year)
    if kind == "period":
        return lambda cell: _period(cell, year)
    plain: dict[str, Convert] = {
        "int": _int,
        "number": v.number_of,
        "flag": v.flag_of,
        "code": _code,
    }
    return plain.get(kind, _text)


_DAY = re.compile(r"\d{4}[-./年]\d{1,2}[-./月]\d{1,2}(?!\d|月)")
"""A whole day, even one that does not exist (2023.4.31), is no period."""


def _paid(cell: Cell, year: int | None) -> tuple[Any, str]:
    """Day of a payment; a quarter or half year in its place is a Period."""
    day, why = v.date_of(cell, year)
    if (
        why
        and not _DAY.search(cell_text(cell))
        and (found := find_period(cell_text(cell), year)).grain
    ):
        return found, ""
    return day, why


def _period(cell: Cell, year: int | None) -> tuple[Any, str]:
    start, end, why = v.period_of(cell, year)
    return ((start, end) if start or end else None), why


def resolve_tenths(cells: list[Cell]) -> list[Cell]:
    """The numbers 2023.1 of a column as January or October, where the column tells: padded months, or its order."""
    months = [c for c in cells if isinstance(c, float) and 1900 < c < 2100 and c != int(c)]
    if not any(f"{c:.4f}".rstrip("0").endswith(".1") for c in months):
        return cells
    is_padded = any(f"{c:.4f}".rstrip("0").split(".")[1].startswith("0") for c in months)
    found = list(cells)
    before: float | None = None
    for i, cell in enumerate(cells):
        if not isinstance(cell, float) or cell == int(cell) or not 1900 < cell < 2100:
            continue
        year = int(cell)
        if f"{cell:.4f}".rstrip("0").endswith(".1"):
            after = next(
                (
                    c
                    for c in cells[i + 1 :]
                    if isinstance(c, float) and c != cell and 1900 < c < 2100
                ),
                None,
            )
            if is_padded or (before is not None and int(before) == year and _month(before) >= 9):
                found[i] = f"{year}.10"
            elif (
                after is not None
                and int(after) == year
                and 2 <= _month(after) <= 9
                and (before is None or before < year)
            ):
                found[i] = f"{year}.01"
        else:
            before = cell
    return found


def _month(value: float) -> int:
    digits = f"{value:.4f}".rstrip("0").split(".")[1]
    return int(digits[:2]) if len(digits) > 1 else int(digits)


@dataclass
class Plan:
    """How to read the rows of a recognised table. columns: name → (column index, converter).

    roles: role → part → column index.   extras: +name → (column index, converter).
    """

    table: Table
    columns: dict[str, tuple[int, Convert]]
    roles: dict[str, dict[str, int]]
    extras: dict[str, tuple[int, Convert]]

    def places(self) -> dict[str, int]:
        """Key of each field (name, +name, role.part) → its column."""
        found = {name: at for name, (at, _) in self.columns.items()}
        found |= {f"+{name}": at for name, (at, _) in self.extras.items()}
        return found | {
            f"{r}.{part}": at for r, own in self.roles.items() for part, at in own.items()
        }


def plan_of(
    table: Table, found: dict[str, int], headings: list[str], unit: str, year: int | None
) -> Plan:
    """Plan from the fields recognised and where they are."""
    types = {c.name: c.type for c in table.columns}
    extra_types = {name: spec["type"] for name, spec in table.recognise.get("extra", {}).items()}
    plan = Plan(table, {}, {}, {})
    for key, at in found.items():
        role, dot, part = key.partition(".")
        if dot:
            plan.roles.setdefault(role, {})[part] = at
        elif key.startswith("+"):
            kind = extra_types.get(key[1:], "text")
            plan.extras[key[1:]] = (at, converter(kind, headings[at], unit, year))
        else:
            plan.columns[key] = (at, converter(types[key], headings[at], unit, year))
    if table.name == "subsidy":
        if "paid_on" in plan.columns:
            plan.columns["paid_on"] = (plan.columns["paid_on"][0], lambda cell: _paid(cell, year))
        _settle_accounts(plan.roles)
    return plan


def _settle_accounts(roles: dict[str, dict[str, int]]) -> None:
    """One account on a roll with a payee is the payee's; what a missing beneficiary leaves behind is the head's."""
    own = roles.get("beneficiary", {})
    payee, head = roles.get("payee", {}), roles.get("head", {})
    if "name" in payee and "bank_no" not in payee and "bank_no" in own:
        payee["bank_no"] = own.pop("bank_no")
    heir = head or payee
    if own and heir and "name" not in own and not ("id_no" in own and "id_no" in heir):
        for part, at in own.items():
            heir.setdefault(part, at)
        del roles["beneficiary"]


Damage = Callable[[str, str, str], None]
"""Called with (column, value as found, why)."""

Harm = tuple[tuple[str, str, str], ...]
"""(part, value as found, why) of each part of a person that cannot be told."""


def person_from(cells: dict[str, Cell], role: str, damage: Damage) -> Person | None:
    """As `person_of`, from cells; the damage is reported under the role's columns."""
    person, harm = person_of(tuple([cell_text(cells.get(part)) for part in PERSON_FIELDS]))
    for part, raw, why in harm:
        damage(f"{role}_{FLAT[part]}", raw, why)
    return person


@lru_cache(maxsize=40_000)
def person_of(texts: tuple[str, ...]) -> tuple[Person | None, Harm]:
    """Person from the texts of its parts (name, id_no, phone, bank_no, birth_on, sex), and what is damaged in it.

    The same person is on many lists: each spelling is understood once.
    """
    if plain := plain_person(texts):
        return plain, ()
    raw, number_text, phone_text, bank_text, birth_text, sex_text = texts
    name, number = v.person_name_of(raw), v.id_number_of(number_text)
    bank, bank_why = v.bank_no_of(bank_text)
    if name.state == "empty" and number.state == "missing" and not bank:
        return None, ()
    birth = v.date_of(birth_text)[0] if birth_text else None
    sex = v.sex_of(sex_text)[0] if sex_text else None
    is_sure = number.state in ("valid", "old15")
    harm = []
    if name.state == "damaged":
        harm.append(("name", raw, "姓名里有看不清的字"))
    if number.state == "damaged":
        harm.append(("id_no", "", "身份证号被存成数字，末尾几位已丢失"))
    if bank_why:
        harm.append(("bank_no", "", bank_why))
    told = (
        raw, name.name, "title" if name.state == "ok" and v.is_organisation(raw) else name.state, number.raw, number.number or None,
        number.state, number.mask or None, v.phone_of(phone_text)[0], bank,
        birth or (number.birth_on if is_sure else None), sex or (number.sex if is_sure else None),
    )  # fmt: skip
    return Person(*told, key_of(told)), tuple(harm)


def party(name_cell: Cell, person: Person | None) -> tuple[str | None, str | None, Person | None]:
    """(name as written, organisation name or None, person or None) of a party that may be either."""
    text = cell_text(name_cell)
    if text in EMPTY_WORDS:
        return None, None, person
    if v.is_organisation(text):
        return text, v.organisation_name(text), None
    return text, None, person


def masked(value: str) -> str:
    """A value fit for a list of rejects."""
    return mask_text(value)[:60]


assert set(FLAT) == set(PERSON_FIELDS)


def as_day(year: Any, month: Any, day: Any) -> dt.date | None:
    """Date from separate cells; None when they do not make one."""
    try:
        return dt.date(int(year), int(month), int(day or 1))
    except (TypeError, ValueError):
        return None
