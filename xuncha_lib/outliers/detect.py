"""The detectors: one SQL file each, with a head that says what it needs, what it means and what would clear it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from xuncha_lib.errors import BadModel, unknown
from xuncha_lib.knowledge import read_yaml
from xuncha_lib.outliers.ledger_set import TABLES, LedgerSet
from xuncha_lib.outliers.reasons import Reason, explained_sql
from xuncha_lib.outliers.steps import join_steps, split_steps

FOLDER = Path(__file__).with_name("detectors")
_HEAD = re.compile(r"\A\s*/\*---\n(.*?)\n---\*/", re.S)
_REQUIRED = {"name", "needs", "reason", "figure", "group", "checked", "clears", "source"}
LEAST_LOG_ODDS = -2.5
"""Candidates under this are dropped at once: nobody would be shown them."""
SLOPE = 1.6
"""Detectors add up evidence cautiously; on invented books their sums deserve this much more trust (BENCHMARKS.md)."""


USUAL_FOUND, LEAST_FOUND = 0.9, 0.6
"""Share of like cases whose partner is found: the share a missing one is judged by, and that under which it says nothing."""


@dataclass(frozen=True)
class Detector:
    """needs: table → columns without which it cannot test.   reason, figure, group: sentences with {facts}.

    keeps: its steps that are yardsticks from other villages, kept in a reference file.
    checked: what it looked at that could explain the oddity.   clears: what would settle it.
    """

    id: str
    name: str
    needs: dict[str, list[str]]
    keeps: tuple[str, ...]
    uses: dict[str, list[str]]
    reason: str
    figure: str
    group: str
    checked: str
    clears: tuple[str, ...]
    source: str
    sql: str

    def missing(self, ledgers: LedgerSet) -> list[str]:
        """Tables and columns without which it cannot test, as table or table.column."""
        return [
            gap for table, columns in self.needs.items() for gap in ledgers.lacks(table, columns)
        ]

    def blind(self, ledgers: LedgerSet) -> list[str]:
        """Tables and columns it would have used and does without."""
        return [
            gap for table, columns in self.uses.items() for gap in ledgers.lacks(table, columns)
        ]


@cache
def shipped_detectors() -> dict[str, Detector]:
    """Name → detector, in order of name; a head that breaks the grammar is a BadModel."""
    return {path.stem: read_detector(path) for path in sorted(FOLDER.glob("*.sql"))}


def read_detector(path: Path) -> Detector:
    """One detector file."""
    text = path.read_text(encoding="utf-8")
    found = _HEAD.match(text)
    head: Any = read_yaml(found[1]) if found else None
    if not found or not isinstance(head, dict):
        raise BadModel(path.name, "没有 /*--- … ---*/ 文件头", "请照其它检测器补上")
    lacking = _REQUIRED - set(head)
    if lacking:
        raise BadModel(path.name, f"文件头缺少 {'、'.join(sorted(lacking))}", "请补上")
    for key in head:
        if key not in _REQUIRED | {"uses", "keeps"}:
            raise unknown(f"{path.name} 的文件头", key, _REQUIRED | {"uses", "keeps"})
    for table, columns in {**head["needs"], **head.get("uses", {})}.items():
        if table not in TABLES:
            raise unknown(f"{path.name} 用到的表", table, TABLES)
        for column in columns:
            if column not in TABLES[table]:
                raise unknown(f"{path.name} 用到的列 {table}.", column, TABLES[table])
    return Detector(
        id=path.stem,
        name=head["name"],
        needs=head["needs"],
        keeps=tuple(head.get("keeps", ())),
        uses=head.get("uses", {}),
        reason=head["reason"],
        figure=head["figure"],
        group=head["group"],
        checked=head["checked"],
        clears=tuple(head["clears"]),
        source=head["source"],
        sql=text[found.end() :],
    )


def with_kept_steps(con: duckdb.DuckDBPyConnection, detector: Detector) -> str:
    """The detector's query with the steps it keeps read from tables ref_<id>_<step>; missing tables are made."""
    steps, rest = split_steps(detector.sql)
    have = {row[0] for row in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    for n, (name, _) in enumerate(steps):
        table = f"ref_{detector.id}_{name}"
        if name in detector.keeps:
            if table not in have:
                con.execute(f"CREATE TABLE {table} AS {join_steps(steps[: n + 1], f'FROM {name}')}")
            steps[n] = (name, f"FROM {table}")
    return join_steps(steps, rest)


def weigh_absence(con: duckdb.DuckDBPyConnection, detector: str, *, rests_on_absence: bool) -> None:
    """In `raw_hit`, make "nothing found beside it" weigh what the detector's own linking is worth.

    found_share: share (0–1) of like cases in which the partner is found; null where the row rests on something
    else. Under USUAL_FOUND the log-odds fall by log(share not found / usual share not found); under LEAST_FOUND
    the rows go, and table `untold_<detector>` (v, found_share) names their villages.
    """
    untold = f"untold_{detector}"
    if not rests_on_absence:
        con.execute(f"CREATE OR REPLACE TEMP TABLE {untold} (v INTEGER, found_share DOUBLE)")
        return
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE {untold} AS SELECT v, min(found_share) AS found_share "
        f"FROM raw_hit WHERE found_share < {LEAST_FOUND} GROUP BY v"
    )
    con.execute(f"DELETE FROM raw_hit WHERE found_share < {LEAST_FOUND}")
    con.execute(
        f"UPDATE raw_hit SET lo = lo - ln((1 - found_share) / {1 - USUAL_FOUND}) "
        f"WHERE found_share < {USUAL_FOUND}"
    )


def run_detector(
    con: duckdb.DuckDBPyConnection,
    detector: Detector,
    reasons: tuple[Reason, ...],
    *,
    keep: bool = False,
) -> int:
    """Make table `hit_<id>`: the detector's columns, nth (stable number), off, excuses, score. Returns its rows.

    keep: take the yardsticks it `keeps` from tables ref_<id>_<step>, making those that are not there.
    score: chance of being right before any verdict, 0–1, after what explains the oddity was taken off.
    """
    table = f"hit_{detector.id}"
    sql = with_kept_steps(con, detector) if keep else detector.sql
    con.execute(f"CREATE OR REPLACE TEMP TABLE raw_hit AS FROM ({sql}) WHERE len(objs) > 0")
    columns = {row[0] for row in con.execute("DESCRIBE raw_hit").fetchall()}
    weigh_absence(con, detector.id, rests_on_absence="found_share" in columns)
    con.execute(f"DELETE FROM raw_hit WHERE lo <= {LEAST_LOG_ODDS}")
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE {table} AS "
        f"SELECT *, row_number() OVER (ORDER BY v, objs) AS nth, CAST(round({SLOPE} * (lo - off), 4) AS DOUBLE) AS odds FROM "
        f"({explained_sql('raw_hit', detector.id, columns, reasons)})"
    )
    counted = con.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(counted[0]) if counted else 0
