"""Both sides through one set of SQL expressions: cleaned fields, and the integers by which rows meet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from xuncha_lib.errors import UnreadableFile, XunchaError
from xuncha_lib.people.match.arrow import column

COLUMNS = ("id", "name", "id_number", "phone", "bank_account", "village")
CODES = "first second third core birth month head tail phone phone_tail bank bank_tail".split()
"""Integer columns of the view `NAME_codes`."""
BATCH = 1 << 17
"""Rows of the big side held at once."""

_WIDE = "０１２３４５６７８９ＸｘxX×＊●•…·？?#_□○〇oOlI"
_PLAIN = "0123456789XXXX************0001".ljust(len(_WIDE), "1")
_GONE = " \t\r\n\u3000\u00a0\u200b\ufeff'`‘’\"“”-－—.:：;；,，()（）+"


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _clean(column: str, usual: str) -> str:
    """SQL for a number without blanks and the like; the usual lengths are taken as they are."""
    cleaned = f"translate({column}, {_text(_WIDE + _GONE)}, {_text(_PLAIN)})"
    return f"CASE WHEN strlen({column}) IN ({usual}) AND ascii({column}) < 58 THEN {column} ELSE {cleaned} END"


_FIELDS = f"""
SELECT row, id, name, village, {_clean("id_number", "15, 18")} AS i,
    {_clean("split_part(phone, '/', 1)", "11")} AS p, {_clean("bank_account", "16, 19")} AS b
"""

_CODES = """
SELECT row, id, name, village, i, p, b, unicode(name) AS first, unicode(name[2]) AS second, unicode(name[3]) AS third,
    CASE strlen(i) WHEN 18 THEN TRY_CAST(concat(left(i, 6), substr(i, 9, 9)) AS BIGINT) WHEN 15 THEN TRY_CAST(i AS BIGINT) END AS core,
    CASE strlen(i) WHEN 18 THEN TRY_CAST(substr(i, 7, 8) AS INTEGER) WHEN 15 THEN TRY_CAST(concat('19', substr(i, 7, 6)) AS INTEGER) END AS birth,
    CASE WHEN strlen(i) = 18 THEN TRY_CAST(substr(i, 7, 6) AS INTEGER) END AS month,
    CASE WHEN strlen(i) = 18 THEN TRY_CAST(left(i, 10) AS BIGINT) END AS head,
    CASE WHEN strlen(i) > 15 OR (strlen(i) > 7 AND contains(i, '*')) THEN TRY_CAST(replace(upper(right(i, 4)), 'X', '0') AS INTEGER) END AS tail,
    CASE WHEN strlen(p) BETWEEN 7 AND 14 THEN TRY_CAST(p AS BIGINT) END AS phone,
    CASE WHEN strlen(p) >= 7 THEN TRY_CAST(right(p, 4) AS INTEGER) END AS phone_tail,
    CASE WHEN strlen(b) >= 9 THEN TRY_CAST(right(b, 18) AS BIGINT) END AS bank,
    CASE WHEN strlen(b) >= 7 THEN TRY_CAST(right(b, 4) AS INTEGER) END AS bank_tail
"""


def connect(memory_gb: float) -> Any:
    """A DuckDB of its own that keeps within the memory given and spills to the system's temporary folder."""
    con = duckdb.connect(
        config={"memory_limit": f"{memory_gb:.1f}GB", "preserve_insertion_order": "false"}
    )
    con.execute("SET streaming_buffer_size = '200MB'")  # it reads on while we compare
    return con


def open_side(con: Any, name: str, side: pa.Table | Path | str) -> list[str]:
    """Make the views `NAME` (row and the six columns) and `NAME_codes`; returns the columns that are not there.

    Raises:
        UnreadableFile: it cannot be opened.   XunchaError: there is no `id`.
    """
    if isinstance(side, pa.Table):
        side = side.append_column("row", column(np.arange(len(side))))
        con.register(f"{name}_given", side)
        source, row, present = f"{name}_given", "row", set(side.column_names)
    else:
        source = f"read_parquet({_text(str(side))}, file_row_number = true)"
        row, present = "file_row_number", _columns(con, source, side)
    missing = [name for name in COLUMNS if name not in present]
    if "id" in missing:
        raise XunchaError(
            str(side) if isinstance(side, Path) else name, "没有 id 列", "请加上每行唯一的 id"
        )
    kept = ", ".join(
        f"nullif(CAST({c} AS VARCHAR), '') AS {c}" if c in present else f"NULL::VARCHAR AS {c}"
        for c in COLUMNS
    )
    con.execute(f"CREATE VIEW {name} AS SELECT {row} AS row, {kept} FROM {source}")
    con.execute(f"CREATE VIEW {name}_codes AS {_CODES} FROM ({_FIELDS} FROM {name})")
    return missing


def _columns(con: Any, source: str, side: Path | str) -> set[str]:
    try:
        return {row[0] for row in con.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()}
    except duckdb.Error as error:
        why = str(error).splitlines()[0]
        raise UnreadableFile(str(side), why, "请给出可以打开的 parquet 文件") from error


def batches(con: Any, sql: str) -> Any:
    """Record batches of a query, as they come."""
    return con.sql(sql).to_arrow_reader(BATCH)
