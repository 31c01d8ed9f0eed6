"""What the tables of a pack hold."""

from __future__ import annotations

from functools import cache

import pyarrow as pa

from xuncha_lib.ingest.schema import ARROW
from xuncha_lib.tables import load_tables

_TEXT = pa.string()
PARTS: dict[str, dict[str, pa.DataType]] = {
    "rows": {"sheet": pa.int32(), "number": pa.int32(), "fate": pa.int8(), "hidden": pa.bool_(), "content": pa.uint64()},
    "places": {"sheet": pa.int32(), "village": _TEXT, "town": _TEXT},
    "mentions": {
        "low": pa.uint64(), "high": pa.uint64(), "place": pa.int32(), "name_raw": _TEXT, "name": _TEXT, "name_state": _TEXT,
        "id_raw": _TEXT, "id_no": _TEXT, "id_state": _TEXT, "id_mask": _TEXT, "phone": _TEXT, "bank_no": _TEXT,
        "birth_on": pa.date32(), "sex": _TEXT, "group_no": _TEXT, "head_name": _TEXT,
    },
    "reject": {"row": pa.int32(), "column": _TEXT, "value": _TEXT, "why": _TEXT},
    "damaged": {"row": pa.int32(), "column": _TEXT, "value": _TEXT, "why": _TEXT},
    "control_total": {"row": pa.int32(), "column": _TEXT, "stated": pa.float64(), "summed": pa.float64(), "agrees": pa.bool_()},
    "footer": {"row": pa.int32(), "text": _TEXT},
    "comment": {"row": pa.int32(), "text": _TEXT},
}  # fmt: skip
"""Tables every pack has, besides those of the canonical rows. `sheet`, `row` and `place` count from 0 within the file."""


@cache
def schema_of(name: str) -> pa.Schema:
    """Schema of a part, or of the rows of a canonical table: row, place, mentions by role, values."""
    if name in PARTS:
        return pa.schema(list(PARTS[name].items()))
    table = load_tables()[name]
    roles = {role.name for role in table.roles}
    kinds = {n: pa.int32() if n in roles else ARROW.get(kind, pa.float64())
             for n, kind in table.sql_columns().items() if n not in ("row_id", "village_code")}  # fmt: skip
    return pa.schema([("_row", pa.int32()), ("_place", pa.int32()), *kinds.items()])
