"""Teaching a round its own headings: names checked, files written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from xuncha_lib.errors import unknown
from xuncha_lib.ingest.fields import all_fields
from xuncha_lib.ingest.layouts import Layouts, entry_of, folder_of, use
from xuncha_lib.tables import Table, load_tables

_PARTS = {
    "name": "",
    "id_no": "身份证号",
    "phone": "联系电话",
    "bank_no": "银行账号",
    "birth_on": "出生日期",
    "sex": "性别",
}


def layouts_of(raw: Path) -> Layouts:
    """Put the layouts of a round in force; a table or field that does not exist is an UnknownName naming the nearest."""
    found = use(folder_of(raw))
    for taught in found.words.values():
        for table, key in taught.items():
            field_named(table_named(table, "layouts"), key, "layouts")
    for _, table in found.heads:
        table_named(table, "layouts")
    return found


def table_named(name: str, where: str = "") -> Table:
    """Table by its name or Chinese name; UnknownName with the nearest otherwise."""
    tables = {t.name: t for t in load_tables().values() if not t.derived}
    by_zh = {t.zh: t for t in tables.values()}
    if name not in tables and name not in by_zh:
        raise unknown(f"{where} 资料种类".strip(), name, [*tables, *by_zh])
    return tables.get(name) or by_zh[name]


def field_keys(table: Table) -> dict[str, str]:
    """Field key → Chinese name, of everything a heading of this table may be."""
    zh = {c.name: c.zh for c in table.columns} | {r.name: r.zh for r in table.roles}
    found = {}
    for one in all_fields():
        if one.table == table.name:
            role, _, part = one.key.partition(".")
            found[one.key] = zh.get(role, (*one.words, role)[0]) + _PARTS.get(part, "")
    return found


def field_named(table: Table, name: str, where: str = "") -> str:
    """Field key by its key or Chinese name (a role alone is its name); UnknownName with the nearest otherwise."""
    known = field_keys(table)
    by_zh = {zh: key for key, zh in reversed(known.items())}
    for key in (name, f"{name}.name", f"+{name}", by_zh.get(name, "")):
        if key in known:
            return key
    raise unknown(f"{where} {table.zh}的列".strip(), name, [*known, *by_zh])


def teach(
    folder: Path, table: Table, columns: dict[str, str], head: list[str] | None = None
) -> Path:
    """Add headings (heading → field key) and a head to the round's layouts of a table; the file written."""
    path = folder / f"{table.name}.yml"
    entry: dict[str, Any] = (
        entry_of(path, path.read_text(encoding="utf-8"))
        if path.is_file()
        else {"columns": {}, "heads": []}
    )
    for heading, key in columns.items():
        for other in entry["columns"].values():
            if heading in other:
                other.remove(heading)
        entry["columns"].setdefault(key, []).append(heading)
    if head and head not in entry["heads"]:
        entry["heads"].append(head)
    told = {key: words for key, words in sorted(entry["columns"].items()) if words}
    text = yaml.safe_dump(
        {"table": table.name, "columns": told, "heads": entry["heads"]}, allow_unicode=True, sort_keys=False, width=120
    )  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.tmp")
    draft.write_text(
        f"# {table.kind} {table.zh}：本轮的列名，由 xuncha teach 写入，可以手工修改\n{text}",
        encoding="utf-8",
        newline="\n",
    )
    draft.replace(path)
    return path
