"""What we know about each kind of table: one YAML file each, read by ingest, the database, the reports and the docs.

A file names the canonical `table`, its `kind` (T01…T26, or B01…B15 for a register of one programme), its Chinese name, `persons`, `parties` and `columns`.
A person role `payee` becomes the column `payee` (a mention id). A party role may be a person or an organisation:
`payee` (mention id, NULL for an organisation), `payee_name` (as written), `payee_org` (normalised, NULL for a person),
`payee_account` (of an organisation; a person's is in the mention).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from xuncha_lib.errors import XunchaError, unknown
from xuncha_lib.knowledge import read_yaml

SQL_TYPES = {
    "text": "VARCHAR", "code": "VARCHAR", "yuan": "DECIMAL(18,2)", "mu": "DECIMAL(14,3)", "date": "DATE",
    "month": "DATE", "int": "BIGINT", "number": "DOUBLE", "flag": "BOOLEAN",
}  # fmt: skip
"""Column type → DuckDB type. yuan: two decimals, in yuan; mu: 亩; month: first day of it; flag: NULL = not filled."""

PERSON_FIELDS = ("name", "id_no", "phone", "bank_no", "birth_on", "sex")
"""What a person role may carry; all of it lives in `mention`, never in the canonical table."""

PARTY_PARTS = ("name", "org", "account")
"""What a party has in the canonical table itself: its name as written; of an organisation its normal name and its account."""

_KEYS = {"table", "kind", "zh", "grain", "persons", "parties", "columns", "recognise", "derived"}


@dataclass(frozen=True)
class Column:
    """A canonical column: its Chinese name, type and the headings it is known by."""

    name: str
    zh: str
    type: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Role:
    """A person or party in a row; `aliases[field]` are the headings of its name, ID number, phone …"""

    name: str
    zh: str
    is_party: bool
    aliases: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """One kind of table. `recognise` holds the words ingest uses; `derived` tables have no files of their own."""

    name: str
    kind: str
    zh: str
    roles: tuple[Role, ...]
    columns: tuple[Column, ...]
    recognise: dict[str, Any] = field(default_factory=dict)
    derived: bool = False

    def sql_columns(self) -> dict[str, str]:
        """Column name → DuckDB type, in the order of the database table."""
        found = {"row_id": "BIGINT", "village_code": "VARCHAR"}
        for role in self.roles:
            found[role.name] = "BIGINT"
            if role.is_party:
                found |= dict.fromkeys((f"{role.name}_{part}" for part in PARTY_PARTS), "VARCHAR")
        return found | {column.name: SQL_TYPES[column.type] for column in self.columns}

    def ddl(self) -> str:
        """CREATE TABLE statement of the canonical table."""
        body = ", ".join(f"{name} {kind}" for name, kind in self.sql_columns().items())
        return f"CREATE TABLE IF NOT EXISTS {self.name} ({body})"


def _role(name: str, entry: dict[str, Any], *, is_party: bool) -> Role:
    aliases = {part: tuple(entry.get(part, ())) for part in PERSON_FIELDS if entry.get(part)}
    return Role(name, entry["zh"], is_party, aliases)


def read_table(path: Path) -> Table:
    """Read one table file; an unknown key or column type is an XunchaError naming the file."""
    entry = read_yaml(path.read_text(encoding="utf-8"))
    if surplus := set(entry) - _KEYS:
        raise unknown(f"{path.name} 的键", sorted(surplus)[0], _KEYS)
    columns = []
    for name, spec in (entry.get("columns") or {}).items():
        if spec["type"] not in SQL_TYPES:
            raise unknown(f"{path.name} · {name} 的类型", spec["type"], SQL_TYPES)
        columns.append(Column(name, spec["zh"], spec["type"], tuple(spec.get("aliases", ()))))
    roles = [_role(n, e, is_party=False) for n, e in (entry.get("persons") or {}).items()]
    roles += [_role(n, e, is_party=True) for n, e in (entry.get("parties") or {}).items()]
    return Table(
        entry["table"], entry["kind"], entry["zh"], tuple(roles), tuple(columns),
        entry.get("recognise") or {}, bool(entry.get("derived", False)),
    )  # fmt: skip


@cache
def load_tables() -> dict[str, Table]:
    """All shipped table kinds by canonical name, in the order of their file names."""
    tables = [read_table(path) for path in sorted(Path(__file__).parent.glob("*.yml"))]
    named = {table.name: table for table in tables}
    if len(named) != len(tables):
        raise XunchaError("xuncha_lib/tables", "两个文件写了同一个 table 名", "请改名")
    return named
