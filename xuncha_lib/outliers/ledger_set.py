"""A ledger set on disk (parquet, one row per thing) as uniform views; what is missing is listed, never an error."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

import duckdb

from xuncha_lib.errors import XunchaError

TABLES: dict[str, dict[str, str]] = {
    "entries": {
        "entry_id": "text", "village_id": "text", "date": "day", "biz_date": "day", "voucher_no": "number",
        "account": "text", "account_name": "text", "side": "text", "amount": "cents", "method": "text",
        "payee": "text", "payee_acct": "text", "summary": "text", "invoice_no": "text",
    },
    "bank": {
        "bank_id": "text", "village_id": "text", "date": "day", "amount": "cents", "counterparty": "text",
    },
    "roster": {
        "village_id": "text", "name": "text", "post": "text", "start": "day", "end": "day", "acct": "text",
    },
    "payees": {"payee": "text", "registered": "day", "legal_rep": "text"},
    "contracts": {
        "contract_id": "text", "village_id": "text", "lessee": "text", "kind": "text", "annual": "cents",
        "start_year": "whole", "end_year": "whole", "due_month": "whole", "remark": "text",
    },
    "balances": {
        "village_id": "text", "account": "text", "account_name": "text", "period": "text",
        "opening": "cents", "closing": "cents",
    },
    "villages": {
        "village_id": "text", "approval_limit": "cents", "township_id": "text", "county_id": "text",
        "population": "whole",
    },
}  # fmt: skip
"""Table → column → kind. cents: whole cents from yuan; day: date; number: last group of digits; whole: integer."""

_TYPE = {
    "text": "VARCHAR",
    "day": "DATE",
    "cents": "BIGINT",
    "number": "INTEGER",
    "whole": "INTEGER",
}


@dataclass
class LedgerSet:
    """What a folder holds. filled: table → columns with at least one value.   rows: table → rows.

    notes: sentences about unreadable files, unknown columns and tables that are not there.
    """

    filled: dict[str, set[str]] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def lacks(self, table: str, columns: list[str]) -> list[str]:
        """Those of `columns` without a single value, as table.column; the table alone when it has no row."""
        if not self.rows.get(table):
            return [table]
        return [f"{table}.{c}" for c in columns if c not in self.filled[table]]


def open_set(
    con: duckdb.DuckDBPyConnection, folder: Path, *, villages: tuple[str, ...] = ()
) -> LedgerSet:
    """Make one view `raw_<table>` per table with every known column; an absent one is all NULL.

    villages : read only these.   Raises XunchaError when there is no entry and no contract to look at.
    """
    if not folder.is_dir():
        raise XunchaError(str(folder), "没有这个文件夹", "--data 应指向账套文件夹")
    found = LedgerSet()
    for table, columns in TABLES.items():
        files = _readable(con, _files(folder, table), found.notes)
        types = _types(con, files) if files else {}
        _name_unknown(table, set(types), set(columns), found.notes)
        _view(con, table, files, types, villages)
        found.rows[table], found.filled[table] = _filled(con, table, files, set(types))
        if not files:
            found.notes.append(f"没有 {table} 表")
    if not found.rows["entries"]:
        raise XunchaError(
            str(folder), "没有可读的分录（entries）", "请放入 entries.parquet 或 entries 文件夹"
        )
    return found


def _filled(
    con: duckdb.DuckDBPyConnection, table: str, files: list[str], given: set[str]
) -> tuple[int, set[str]]:
    """Rows, and the known columns that hold a value, from the files' own statistics where they keep them."""
    if not files:
        return 0, set()
    columns = [c for c in TABLES[table] if c in given]
    told = con.execute(
        "SELECT path_in_schema, sum(num_values - stats_null_count), count(*) = count(stats_null_count) "
        "FROM parquet_metadata(?) GROUP BY ALL",
        [files],
    ).fetchall()
    values = {name: int(n) for name, n, is_complete in told if is_complete}
    unsure = [c for c in columns if c not in values]
    counted = con.execute(
        f"SELECT count(*), {', '.join(f'count({_q(c)})' for c in unsure) or 'NULL'} FROM raw_{table}"
    ).fetchone()
    assert counted is not None
    values |= dict(zip(unsure, counted[1:], strict=bool(unsure)))
    return int(counted[0]), {c for c in columns if values[c]}


def _q(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _files(folder: Path, table: str) -> list[str]:
    single = folder / f"{table}.parquet"
    inside = folder / table
    nested = sorted(inside.rglob("*.parquet")) if inside.is_dir() else []
    return [str(path) for path in ([single] if single.is_file() else []) + nested]


def _readable(con: duckdb.DuckDBPyConnection, files: list[str], notes: list[str]) -> list[str]:
    good = []
    for file in files:
        try:
            con.execute("SELECT 1 FROM parquet_file_metadata(?)", [file])
            good.append(file)
        except duckdb.Error:
            notes.append(f"{Path(file).name}：打不开，不是完好的 parquet 文件，未读入")
    return good


def _types(con: duckdb.DuckDBPyConnection, files: list[str]) -> dict[str, str]:
    described = con.execute(
        "DESCRIBE SELECT * FROM read_parquet(?, union_by_name = true)", [files]
    ).fetchall()
    return {row[0]: str(row[1]) for row in described}


def _name_unknown(table: str, given: set[str], known: set[str], notes: list[str]) -> None:
    for column in sorted(given - known):
        near = get_close_matches(column, known - given, n=1, cutoff=0.6)
        if near:
            notes.append(f"{table}.{column}：没有这个列名，未使用；您是不是要写“{near[0]}”？")


def _view(
    con: duckdb.DuckDBPyConnection,
    table: str,
    files: list[str],
    types: dict[str, str],
    villages: tuple[str, ...],
) -> None:
    wanted = [
        f"{_read(column, kind, types[column]) if column in types else f'NULL::{_TYPE[kind]}'} AS {_q(column)}"
        for column, kind in TABLES[table].items()
    ]
    listed = ", ".join("'" + file.replace("'", "''") + "'" for file in files)
    source = f"FROM read_parquet([{listed}], union_by_name = true)" if files else "WHERE false"
    if files and villages and "village_id" in types:
        ids = ", ".join("'" + v.replace("'", "''") + "'" for v in villages)
        source += f" WHERE CAST(village_id AS VARCHAR) IN ({ids})"
    con.execute(f"CREATE OR REPLACE VIEW raw_{table} AS SELECT {', '.join(wanted)} {source}")


def _read(column: str, kind: str, given: str) -> str:
    name, is_text = _q(column), given == "VARCHAR"
    if kind == "text":
        return f"nullif(trim({name}), '')" if is_text else f"CAST({name} AS VARCHAR)"
    if kind == "day":
        if is_text:
            return f"TRY_CAST(left(replace(replace({name}, '/', '-'), '.', '-'), 10) AS DATE)"
        return (
            f"TRY_CAST({name} AS DATE)" if given.startswith(("DATE", "TIMESTAMP")) else "NULL::DATE"
        )
    if kind == "cents":
        plain = (
            f"TRY_CAST(replace({name}, ',', '') AS DOUBLE)"
            if is_text
            else f"TRY_CAST({name} AS DOUBLE)"
        )
        return f"TRY_CAST(round({plain} * 100) AS BIGINT)"
    if kind == "number" and is_text:
        return f"TRY_CAST(regexp_extract({name}, '(\\d+)\\D*$', 1) AS INTEGER)"
    return f"TRY_CAST({name} AS INTEGER)"
