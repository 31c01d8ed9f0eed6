"""The people of one side: files of any kind → one row per person and place, and what could not be read."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from xuncha_lib.errors import XunchaError
from xuncha_lib.ingest import ingest
from xuncha_lib.people.compare.bare import Bare, bare_people
from xuncha_lib.settings import Settings
from xuncha_lib.tables import Table, load_tables

PERSON_SCHEMA = pa.schema([
    ("file", pa.string()), ("sheet", pa.string()), ("row", pa.int64()), ("role", pa.string()), ("name", pa.string()),
    ("name_state", pa.string()), ("id_number", pa.string()), ("id_state", pa.string()), ("phone", pa.string()),
    ("bank_account", pa.string()), ("village", pa.string()), ("town", pa.string()), ("facts", pa.string()),
])  # fmt: skip
"""One person in one row of one sheet. id_number: as far as it can be read, `*` for the rest."""

_FACTS = 4
"""Columns of the row that are shown beside the person."""

_PERSONS = """
SELECT o.file, o.sheet, o."row", string_agg(DISTINCT p.role, '、' ORDER BY p.role) AS role, any_value(m.name_raw) AS name,
       coalesce(m.name_state, 'empty') AS name_state, coalesce(m.id_no, m.id_mask) AS id_number,
       coalesce(m.id_state, 'missing') AS id_state, max(m.phone) AS phone, max(m.bank_no) AS bank_account,
       any_value(v.village_name) AS village, any_value(v.town) AS town, any_value(p.facts) AS facts
FROM ({parts}) p LEFT JOIN mention m USING (mention_id) JOIN row_origin o USING (row_id) LEFT JOIN village v USING (village_code)
GROUP BY o.file, o.sheet, o."row", m.name, m.name_state, coalesce(m.id_no, m.id_mask), m.id_state
ORDER BY o.file, o.sheet, o."row", role
"""


_NAMELESS = """
SELECT file, o.sheet, o."row", '人员', NULL, 'empty', NULL, 'missing', NULL, NULL, NULL, NULL, any_value(value)
FROM reject JOIN row_origin o USING (row_id) JOIN source_row USING (row_id) JOIN sheet s USING (sheet_id)
WHERE list_contains(?, s.table_name) GROUP BY ALL ORDER BY ALL
"""
"""Rows of lists of people that intake could not keep."""


_NOBODY = (None, "empty", None, "missing", None, None)
"""Name to bank account of a row that names nobody."""


def read_people(
    con: duckdb.DuckDBPyConnection, files: Sequence[Path], side: str, *, jobs: int
) -> None:
    """Fill `<side>_person` (PERSON_SCHEMA + n, its place from 0) and `<side>_out` (file, sheet, row, what, why).

    Everybody in every row is taken: the three people of a subsidy row are three. A file that does not exist is an error;
    one that cannot be read is listed in `<side>_out`.
    """
    for file in files:
        if not file.is_file():
            raise XunchaError(str(file), "没有这个文件", "请核对路径")
    with _folder_of(files) as folder, duckdb.connect(":memory:") as inner:
        ingest(folder, inner, settings=Settings(), jobs=jobs)
        people, out = _known(inner), _left_out(inner)
        bare = [(path, bare_people(folder / path)) for path in _without_people(inner, people)]
    told = {path for path, found in bare if found}
    people += [_bare_row(path, one) for path, found in bare for one in found]
    out = [row for row in out if row[0] not in told]
    table = pa.Table.from_pylist(
        [dict(zip(PERSON_SCHEMA.names, row, strict=True)) for row in people], PERSON_SCHEMA
    )
    con.register("incoming", table)
    con.execute(
        f"CREATE OR REPLACE TABLE {side}_person AS SELECT row_number() OVER () - 1 AS n, * FROM incoming"
    )
    con.unregister("incoming")
    con.execute(
        f'CREATE OR REPLACE TABLE {side}_out (file VARCHAR, sheet VARCHAR, "row" BIGINT, what VARCHAR, why VARCHAR)'
    )
    if out:
        con.executemany(f"INSERT INTO {side}_out VALUES (?, ?, ?, ?, ?)", out)


@contextmanager
def _folder_of(files: Sequence[Path]) -> Iterator[Path]:
    """A folder that holds just these files, numbered so that two of one name stay two."""
    with tempfile.TemporaryDirectory(prefix="xuncha-") as made:
        folder = Path(made)
        for number, file in enumerate(files, 1):
            place = folder / (file.name if len(files) == 1 else f"{number}/{file.name}")
            place.parent.mkdir(exist_ok=True)
            try:
                os.link(file.resolve(), place)
            except OSError:  # another disk, or a system without links
                shutil.copyfile(file, place)
        yield folder


def _parts(table: Table) -> list[str]:
    """SELECTs, one per role: who, where, the first filled columns of the row in words; and rows that name nobody."""
    words = [f"'{c.zh} ' || CAST({c.name} AS VARCHAR)" for c in table.columns][:12]
    facts = f"array_to_string(list_slice(list_filter([{', '.join(words)}], lambda x: x IS NOT NULL), 1, {_FACTS}), '；')"
    facts = facts if words else "NULL"
    found = [
        f"SELECT {role.name} AS mention_id, row_id, '{role.zh}' AS role, {facts} AS facts "
        f"FROM {table.name} WHERE {role.name} IS NOT NULL"
        for role in table.roles
    ]
    people = [role for role in table.roles if not role.is_party]
    if people:
        nobody = " AND ".join(f"{role.name} IS NULL" for role in table.roles)
        found.append(
            f"SELECT NULL, row_id, '{people[0].zh}', {facts} FROM {table.name} WHERE {nobody}"
        )
    return found


def _known(con: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    """Everybody in every row, and the rows that name nobody: they cannot be compared, but they were there."""
    parts = [part for table in load_tables().values() for part in _parts(table)]
    named = con.execute(_PERSONS.format(parts=" UNION ALL ".join(parts))).fetchall()
    tables = [
        table.name
        for table in load_tables().values()
        if any(not role.is_party for role in table.roles)
    ]
    return named + con.execute(_NAMELESS, [tables]).fetchall()


def _left_out(con: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    """Files, sheets and rows of which nobody could be read, with the reason."""
    return con.execute(
        """SELECT path, '', NULL, '整个文件', concat_ws('；', why, todo) FROM source_file WHERE status <> 'read'
        UNION ALL SELECT path, sheet, NULL, '整张表', s.why FROM sheet s JOIN source_file f USING (file_id)
        WHERE s.status = 'not_recognised' AND f.status = 'read'
        ORDER BY ALL"""
    ).fetchall()


def _without_people(con: duckdb.DuckDBPyConnection, people: list[tuple[Any, ...]]) -> list[str]:
    """Files that opened but gave nobody."""
    named = {row[0] for row in people}
    opened = con.execute(
        "SELECT path FROM source_file WHERE status IN ('read', 'not_recognised') ORDER BY 1"
    )
    return [path for (path,) in opened.fetchall() if path not in named]


def _bare_row(path: str, one: Bare) -> tuple[Any, ...]:
    p = one.person
    who = (
        (p.name_raw or None, p.name_state, p.id_no or p.id_mask, p.id_state, p.phone, p.bank_no)
        if p
        else _NOBODY
    )
    return (
        path,
        one.sheet,
        one.row,
        "人员",
        *who,
        one.village or None,
        one.town or None,
        one.facts or None,
    )
