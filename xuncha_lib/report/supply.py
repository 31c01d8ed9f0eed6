"""Who sent what: the checklist of materials, the coverage of villages × kinds × years, quality, and what to ask back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from xuncha_lib.checklist.supply import Item
from xuncha_lib.store import append
from xuncha_lib.tables import Table, load_tables

_DAYS = (
    "entry_on", "txn_on", "paid_on", "period_from", "period_on", "month_on", "held_on", "from_on", "bought_on",
)  # fmt: skip
"""Columns that say which year a row belongs to, the nearest first; else the month of its sheet does."""
_LEDGERS = ("cashbook", "voucher", "cash_journal", "bank_flow")
STATUS_ZH = {"received": "已收", "partial": "月份不全", "missing": "未收到"}


def build_supply(con: duckdb.DuckDBPyConnection, items: Sequence[Item]) -> None:
    """Make supply, coverage, supply_ask and supply_quality from what was read. Needs `receipt`."""
    con.execute("CREATE OR REPLACE TEMP TABLE held AS " + _held())
    con.execute(
        "CREATE OR REPLACE TEMP TABLE supply_item (item VARCHAR, zh VARCHAR, package VARCHAR, source VARCHAR, kinds VARCHAR[], "
        "per VARCHAR, is_must BOOLEAN, of_round BOOLEAN, programme VARCHAR)"
    )
    rows = [
        (i.id, i.zh, i.package, i.source, list(i.kinds), i.per, i.is_must, i.of_round, i.programme)
        for i in items
    ]
    append(con, "supply_item", rows)
    con.execute("CREATE OR REPLACE TEMP TABLE supply_year AS " + _years())
    con.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def _held() -> str:
    """Rows by table, village, year, month, programme, sheet and file."""
    tables = [table for table in load_tables().values() if not table.derived]
    rows = " UNION ALL ".join(map(_held_of, tables))
    return f"""
    SELECT t.kind, t."table", t.village_code, year(coalesce(t.day, s.period_on)) AS year,
           month(coalesce(t.day, s.period_on)) AS month, t.programme, s.sheet_id, f.path AS file, count(*) AS rows
    FROM ({rows}) t JOIN source_row r USING (row_id) JOIN sheet s USING (sheet_id)
    JOIN source_file f USING (file_id) GROUP BY ALL"""


def _held_of(table: Table) -> str:
    own = {column.name for column in table.columns}
    days = ", ".join([name for name in _DAYS if name in own] + ["NULL::DATE"])
    programme = "programme_code" if "programme_code" in own else "NULL::VARCHAR"
    return (
        f"SELECT '{table.kind}' AS kind, '{table.name}' AS \"table\", row_id, village_code, "
        f"coalesce({days}) AS day, {programme} AS programme FROM {table.name}"
    )


def _years() -> str:
    """Years of the round: those of the ledgers that hold a tenth of the fullest year, within the period on file."""
    ledgers = ", ".join(f"'{name}'" for name in _LEDGERS)
    return f"""
    WITH n AS (SELECT year, sum(rows) AS rows FROM held WHERE "table" IN ({ledgers}) AND year IS NOT NULL GROUP BY year),
         p AS (SELECT year(TRY_CAST(max(value) FILTER (key = 'period_from') AS DATE)) AS first,
                      year(TRY_CAST(max(value) FILTER (key = 'period_to') AS DATE)) AS last FROM setting)
    SELECT year FROM n, p WHERE rows * 10 >= (SELECT max(rows) FROM n) AND year BETWEEN coalesce(first, year) AND coalesce(last, year)
    ORDER BY year"""


def supply_summary(con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """The supply part of `xuncha ingest --json`: years, per village its score and what is missing, and the round's own items."""
    villages = con.execute(
        """SELECT v.village_code, v.village_name, v.town, q.score,
                  coalesce(count(s.item) FILTER (s.status = 'received'), 0), coalesce(count(s.item) FILTER (s.status = 'partial'), 0),
                  coalesce(count(s.item) FILTER (s.status = 'missing'), 0), coalesce(count(s.item) FILTER (s.is_late), 0),
                  coalesce(count(s.item) FILTER (len(s.doubles) > 0), 0),
                  coalesce(list(s.zh || coalesce(' ' || s.year, '') ORDER BY s.item, s.year)
                           FILTER (s.status = 'missing' AND s.is_must), [])
           FROM (FROM village WHERE of_round) v LEFT JOIN supply_quality q USING (village_code) LEFT JOIN supply s USING (village_code)
           GROUP BY ALL ORDER BY v.village_code"""
    ).fetchall()
    names = (
        "village_code",
        "village_name",
        "town",
        "score",
        "received",
        "partial",
        "missing",
        "late",
        "duplicate",
        "missing_musts",
    )
    round_items = con.execute(
        "SELECT zh, year, status, is_late, is_must FROM supply WHERE village_code IS NULL ORDER BY item, year"
    ).fetchall()
    years = con.execute(
        "SELECT DISTINCT year FROM supply WHERE year IS NOT NULL ORDER BY 1"
    ).fetchall()
    return {
        "years": [year for (year,) in years],
        "villages": [dict(zip(names, row, strict=True)) for row in villages],
        "round": [dict(zip(("item", "year", "status", "late", "must"), row, strict=True)) for row in round_items],
        "asks": con.execute("SELECT count(*) FROM supply_ask").fetchall()[0][0],
    }  # fmt: skip
