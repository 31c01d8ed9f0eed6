"""Tables that report pages read, made once per case for all villages; and one hash per village of what its page shows."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb

from xuncha_lib.candidates.rank import LEVEL_ZH
from xuncha_lib.checklist import load_checklist
from xuncha_lib.ingest.teaching import field_keys
from xuncha_lib.models import Model, shipped_models
from xuncha_lib.report.forms import prepare_forms
from xuncha_lib.store import append
from xuncha_lib.tables import Table, load_tables

_PAGE_TABLES = {
    "report_month": "*", "report_flag": "* EXCLUDE row_id", "report_indicator": "*", "report_peer": "*",
    "report_aspect": "*", "report_reject": "*", "report_unread": "*", "report_total": "*", "report_identity": "*",
    "report_explained": "*", "report_pending": "*", "report_reason": "* EXCLUDE place", "report_file": "*", "report_holding": "*",
    "village": "*", "candidate": "*", "report_form": "*", "report_list": "*",
    "odd_issue": "* EXCLUDE row_ids", "report_odd_dot": "*",
}  # fmt: skip
"""Table → the columns that show on a page. Row numbers do not: they move when another village hands in a file."""


def prepare(con: duckdb.DuckDBPyConnection, models: Mapping[str, Model] | None = None) -> None:
    """Fill the `report_…` tables from the case; candidates must have been built."""
    _names(con, models or shipped_models())
    _holdings(con)
    con.execute((Path(__file__).with_name("prepare.sql")).read_text(encoding="utf-8"))
    prepare_forms(con, models or shipped_models())
    _digests(con)


def _names(con: duckdb.DuckDBPyConnection, models: Mapping[str, Model]) -> None:
    """Chinese names of models, aspects, forms and levels, so that a page need not load the catalogue."""
    con.execute("CREATE OR REPLACE TABLE report_name (kind VARCHAR, key VARCHAR, zh VARCHAR)")
    checklist = load_checklist()
    rows = [("model", model.id, model.name) for model in models.values()]
    rows += [("category", m.id, checklist.categories[m.category]) for m in models.values()]
    rows += [("basis", model.id, "；".join(model.basis)) for model in models.values()]
    rows += [("aspect", key, zh) for key, zh in checklist.aspects.items()]
    rows += [("form", key, form[0]) for key, form in checklist.forms.items()]
    rows += [("level", str(level), zh) for level, zh in LEVEL_ZH.items()]
    rows += [("column", key, zh) for key, zh in _summed(con).items()]
    append(con, "report_name", rows)


def _summed(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Chinese names of the columns that carry a written total, by table.column."""
    found = {}
    for name, column in con.execute(
        'SELECT DISTINCT s.table_name, c."column" FROM control_total c JOIN source_row USING (row_id) '
        "JOIN sheet s USING (sheet_id) WHERE s.table_name IS NOT NULL AND c.\"column\" <> '' ORDER BY ALL"
    ).fetchall():
        zh = field_keys(load_tables()[name])
        found[f"{name}.{column}"] = zh.get(column) or zh.get(f"+{column}") or column
    return found


def _holdings(con: duckdb.DuckDBPyConnection) -> None:
    """report_holding: rows, yuan and dates per village and table.   report_file: rows per village and file."""
    tables = [table for table in load_tables().values() if not table.derived]
    con.execute(
        "CREATE OR REPLACE TABLE report_holding AS SELECT * FROM ("
        + " UNION ALL ".join(_holding(table) for table in tables)
        + ") ORDER BY village_code, kind, zh"
    )
    rows = " UNION ALL ".join(f"SELECT village_code, row_id FROM {table.name}" for table in tables)
    con.execute(
        f"""CREATE OR REPLACE TABLE report_file AS
        SELECT k.village_code, f.path, any_value(f.sha256) AS sha256, any_value(f.bytes) AS bytes,
               count(DISTINCT s.sheet_id) AS sheets, count(DISTINCT k.row_id) AS rows
        FROM ({rows}) k JOIN source_row r USING (row_id) JOIN sheet s USING (sheet_id) JOIN source_file f USING (file_id)
        WHERE k.village_code IS NOT NULL GROUP BY k.village_code, f.path ORDER BY ALL"""
    )


def _holding(table: Table) -> str:
    yuan = next((c.name for c in table.columns if c.type == "yuan"), None)
    day = next((c.name for c in table.columns if c.type in {"date", "month"}), None)
    span = f"min({day}), max({day})" if day else "NULL::DATE, NULL::DATE"
    total = f"sum({yuan})::DOUBLE" if yuan else "NULL::DOUBLE"
    label = next((c.zh for c in table.columns if c.name == yuan), "")
    return (
        f"SELECT village_code, '{table.kind}' AS kind, '{table.zh}' AS zh, count(*) AS rows, '{label}' AS label, "
        f"{total} AS yuan, {span.split(', ')[0]} AS first_on, {span.split(', ')[1]} AS last_on "
        f"FROM {table.name} WHERE village_code IS NOT NULL GROUP BY village_code"
    )


def _digests(con: duckdb.DuckDBPyConnection) -> None:
    """report_digest: one hash per village over everything its page shows, of peers too."""
    parts = [
        f"SELECT village_code, '{name}' AS part, md5(string_agg(t::VARCHAR, '|' ORDER BY t::VARCHAR)) AS hash "
        f"FROM (SELECT {columns} FROM {name}) t WHERE village_code IS NOT NULL GROUP BY village_code"
        for name, columns in _PAGE_TABLES.items()
    ]
    parts.append(
        "SELECT c.village_code, 'evidence', md5(string_agg(concat_ws('|', e.candidate_id, e.model_id, e.role, e.file, "
        "e.sheet, e.row, e.summary), '|' ORDER BY e.candidate_id, e.model_id, e.role, e.file, e.sheet, e.row)) "
        "FROM evidence e JOIN candidate c USING (candidate_id) GROUP BY c.village_code"
    )
    parts.append(
        "SELECT v.village_code, 'models', md5(string_agg(concat_ws('|', r.model_id, r.status, r.why), '|' "
        "ORDER BY r.model_id, r.status)) FROM village v JOIN model_run r "
        "ON r.village_code IS NULL OR r.village_code = v.village_code GROUP BY v.village_code"
    )
    parts.append(
        "SELECT p.village_code, 'peers', md5(string_agg(i.indicator || i.value, '|' ORDER BY i.indicator, i.value)) "
        "FROM report_peer p JOIN report_peer q USING (peer_group) JOIN report_indicator i "
        "ON i.village_code = q.village_code GROUP BY p.village_code"
    )
    con.execute(
        "CREATE OR REPLACE TABLE report_digest AS SELECT village_code, md5(string_agg(part || hash, '|' ORDER BY part)) "
        f"AS digest FROM ({' UNION ALL '.join(parts)}) WHERE village_code IS NOT NULL GROUP BY village_code ORDER BY 1"
    )
