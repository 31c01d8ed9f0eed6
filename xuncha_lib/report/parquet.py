"""The rows of a case as Parquet files: each canonical row with its persons, its village and the cell it stands in.

By default ID numbers, days of birth, phones, cards and accounts are masked, also inside free text. Whoever asks for them in the clear
has a warrant on file and gives a reason; both are checked by `Case.export`, which also logs the act.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from xuncha_lib.masks import mask_card, mask_id, mask_phone, mask_text
from xuncha_lib.tables import Table, load_tables
from xuncha_lib.values import is_valid_id

PERSON = {
    "name": "coalesce(nullif(m.name, ''), m.name_raw)", "name_raw": "m.name_raw",
    "id_number": "CASE m.id_state WHEN 'damaged' THEN NULL WHEN 'other' THEN nullif(m.id_raw, '') ELSE coalesce(m.id_no, m.id_mask) END",
    "id_state": "m.id_state", "phone": "m.phone", "bank_account": "m.bank_no", "birth_on": "m.birth_on", "sex": "m.sex",
}  # fmt: skip
"""What is written of a person: `<role>_<key>` → SQL over the mention. id_state: valid, old15, check_failed, masked, damaged, missing, other."""

_PLACE = "f.path AS file, s.sheet, r.row"
_FROM = "JOIN source_row r USING (row_id) JOIN sheet s USING (sheet_id) JOIN source_file f USING (file_id)"
_BASE = {
    "reject": f'SELECT {_PLACE}, x.column_zh AS "column", x.value, x.why FROM reject x {_FROM}',
    "damaged": f'SELECT {_PLACE}, x."column", x.value, x.why FROM damaged x {_FROM}',
    "control": f'SELECT {_PLACE}, x."column", x.stated, x.summed, x.agrees FROM control_total x {_FROM}',
    "footer": f"SELECT {_PLACE}, x.text FROM footer x {_FROM}",
    "comment": f"SELECT {_PLACE}, x.text FROM comment x {_FROM}",
    "sheets": """SELECT f.path AS file, coalesce(s.sheet, '') AS sheet, s.table_name AS "table", s.kind,
        coalesce(s.status, f.status) AS status, coalesce(nullif(s.why, ''), f.why) AS why, s.nearest, s.missing,
        s.header_row, s.header_rows, coalesce(s.is_hidden, false) AS hidden, s.unit, v.village_name, v.town,
        s.period_on, coalesce(s.rows, 0) AS rows
        FROM source_file f LEFT JOIN sheet s USING (file_id) LEFT JOIN village v USING (village_code)""",
}
"""File → query, for what is not a canonical row. reject: whole rows; damaged: single cells of rows that were kept."""

_BATCH = 100_000


def _columns(table: Table) -> list[str]:
    """Select list of a canonical table with its mentions written out; what the row itself says of its village is `…_raw`."""
    found = []
    for role in table.roles:
        one = {key: sql.replace("m.", f"{role.name}_m.") for key, sql in PERSON.items()}
        if role.is_party:
            one["name"] = f"coalesce({one['name']}, t.{role.name}_name)"
            one["org"] = f"t.{role.name}_org"
            one["bank_account"] = f"coalesce({one['bank_account']}, t.{role.name}_account)"
        found += [f'{sql} AS "{role.name}_{key}"' for key, sql in one.items()]
    for column in table.columns:
        name = f"{column.name}_raw" if column.name in ("village_name", "town") else column.name
        found.append(f't."{column.name}" AS "{name}"')
    return found


def table_query(table: Table) -> str:
    """One canonical table: kind, village, its columns, file, sheet, row, damaged (list of column names)."""
    people = " ".join(
        f"LEFT JOIN mention {r.name}_m ON {r.name}_m.mention_id = t.{r.name}" for r in table.roles
    )
    shown = (
        f"'{table.name}' AS \"table\"", f"'{table.kind}' AS kind", "t.village_code", "v.village_name", "v.town",
        *_columns(table), _PLACE, "coalesce(d.damaged, []) AS damaged",
    )  # fmt: skip
    return (
        f"SELECT {', '.join(shown)} FROM {table.name} t {_FROM} "
        f"LEFT JOIN village v ON v.village_code = t.village_code {people} "
        'LEFT JOIN (SELECT row_id, list(DISTINCT "column" ORDER BY "column") AS damaged FROM damaged GROUP BY row_id) d '
        "USING (row_id) ORDER BY t.row_id, t.rowid"
    )


def write_parquet(con: duckdb.DuckDBPyConnection, out: Path, *, unmask: bool = False) -> list[Path]:
    """Every canonical table as `<table>.parquet`, and reject, damaged, control, footer, sheets; equal cases give equal files.

    Empty tables are written too: no rows is an answer, no file is none.
    """
    out.mkdir(parents=True, exist_ok=True)
    found = []
    for name, table in load_tables().items():
        codes = {c.name for c in table.columns if c.type == "code"}
        found.append(_write(con, table_query(table), out / f"{name}.parquet", codes, unmask))
    for name, query in _BASE.items():
        order = "f.file_id, s.sheet_id" if name == "sheets" else "x.row_id, x.rowid"
        found.append(
            _write(con, f"{query} ORDER BY {order}", out / f"{name}.parquet", set(), unmask)
        )
    return found


def _write(
    con: duckdb.DuckDBPyConnection, query: str, path: Path, codes: set[str], unmask: bool
) -> Path:
    draft = path.with_name(f".{path.name}.tmp")
    reader = con.sql(query).to_arrow_reader(_BATCH)
    with pq.ParquetWriter(draft, reader.schema) as writer:
        for batch in reader:
            writer.write_batch(batch if unmask else _masked(batch, codes))
    draft.replace(path)
    return path


def _masked(batch: pa.RecordBatch, codes: set[str]) -> pa.RecordBatch:
    """The batch with every personal number masked; each distinct text is looked at once.

    Days of birth go too: they are the very digits that the mask of an ID number hides.
    """
    columns = []
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        mask = _mask_of(name, codes) if pa.types.is_string(column.type) else None
        if mask:
            coded = column.dictionary_encode()
            texts = [None if t is None else mask(t) for t in coded.dictionary.to_pylist()]
            column = pa.array(texts, pa.string()).take(coded.indices)
        elif name.endswith("_birth_on"):
            column = pa.nulls(len(column), column.type)
        columns.append(column)
    return pa.RecordBatch.from_arrays(columns, schema=batch.schema)


def _mask_of(name: str, codes: set[str]) -> Callable[[str], str] | None:
    """How a column is masked; None for those that hold no personal number. The path of a file stays what it is."""
    by_end: dict[str, Any] = {
        "id_number": mask_id, "phone": mask_phone, "bank_account": mask_card, "account_no": mask_card,
        "bond_account": mask_card,
    }  # fmt: skip
    for end, mask in by_end.items():
        if name == end or name.endswith(f"_{end}"):
            found: Callable[[str], str] = mask
            return found
    if name in codes:
        return _mask_code
    return None if name in ("table", "kind", "village_code", "file", "id_state") else mask_text


def _mask_code(text: str) -> str:
    """A code is shown, unless it begins with an ID number (a disability certificate does)."""
    return mask_id(text) if is_valid_id(text[:18]) else text
