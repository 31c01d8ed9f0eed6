"""The ledger screen: all villages of a ledger set in one pass, a short list of candidates for each."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from xuncha_lib.outliers.bank import match_bank
from xuncha_lib.outliers.detect import Detector, run_detector, shipped_detectors
from xuncha_lib.outliers.explain import write_candidates
from xuncha_lib.outliers.ledger_set import LedgerSet, open_set
from xuncha_lib.outliers.lexicon import load_lexicon
from xuncha_lib.outliers.rank import (
    Scored,
    crowding,
    demoted,
    flooded,
    put_behind,
    reordered,
    short_lists,
)
from xuncha_lib.outliers.reasons import SHIPPED, Reason, read_reasons
from xuncha_lib.outliers.reference import load_reference, save_reference
from xuncha_lib.outliers.review import apply_verdicts

MEMORY = "6GB"
"""What DuckDB may hold before it writes to a temporary folder; the process stays under 8 GB."""
MOST_NAMED = 5
"""Villages named in a sentence on what could not be tested."""
HERE = Path(__file__).parent
CALENDAR = Path(__file__).resolve().parents[2] / "data" / "holidays.csv"
TABLE_NAMES = {
    "entries": "分录", "bank": "银行流水", "roster": "岗位名册", "payees": "收款单位登记",
    "contracts": "合同台账", "balances": "科目余额", "villages": "村名单",
}  # fmt: skip


@dataclass
class Screened:
    """What a run did. not_tested: detector → why it could not test.   blind: detector → what it did without.

    floods: detector → candidates a village, where that led to demotion.   seconds: step → wall time.
    explained: reason → candidates whose score it lowered, shown or not.
    verdicts: detector → verdicts used, empty without a verdict file.   unmatched: verdicts no candidate answers to.
    """

    villages: int = 0
    candidates: int = 0
    not_tested: dict[str, str] = field(default_factory=dict)
    blind: dict[str, str] = field(default_factory=dict)
    floods: dict[str, float] = field(default_factory=dict)
    explained: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    verdicts: dict[str, int] = field(default_factory=dict)
    unmatched: int = 0
    seconds: dict[str, float] = field(default_factory=dict)


def screen(
    data: Path,
    out: Path,
    *,
    verdicts: Path | None = None,
    reference: Path | None = None,
    villages: tuple[str, ...] = (),
    threads: int | None = None,
    reasons: Path = SHIPPED,
) -> Screened:
    """Read a ledger set, write one row per candidate to `out` (parquet) and say what could not be tested.

    verdicts : file of village_id, detector, objs, right; then `chance` is filled and ranks.
    reference : yardsticks kept from another run; written when the file is not there yet, read when it is.
    reasons : another file of reasons, to see what a change would do before it is saved.
    villages : only these are read, with `reference` for their peers.
    """
    told, clock = Screened(), _Clock()
    with TemporaryDirectory(prefix="xuncha-") as spill, duckdb.connect() as con:
        _configure(con, Path(spill), threads)
        ledgers = open_set(con, data, villages=villages)
        told.notes = list(ledgers.notes)
        prepare(con, told, reference=reference)
        clock.mark(told.seconds, "prepare")
        found = _detect(
            con, ledgers, told, reasons=read_reasons(reasons), keep=reference is not None
        )
        if reference and not reference.exists():
            save_reference(con, reference)
        clock.mark(told.seconds, "detect")
        found = _guarded(found, told)
        lists = short_lists(found)
        if verdicts:
            learnt = apply_verdicts(con, verdicts, found)
            told.verdicts, told.unmatched = learnt.curve.n, learnt.unmatched
            lists = reordered(lists, learnt.ranked)
        told.candidates = len(lists)
        write_candidates(con, lists, out, told.verdicts if verdicts else None, told.not_tested)
        clock.mark(told.seconds, "list")
    return told


def _guarded(found: list[Scored], told: Screened) -> list[Scored]:
    """The candidates with detectors that flood the villages demoted, which `told.floods` then names."""
    told.floods = flooded(found, told.villages)
    found = demoted(found, told.floods)
    listed = short_lists(found)
    crowds = crowding(listed, told.villages)
    told.floods |= crowds
    return put_behind(found, listed, crowds)


def _configure(con: duckdb.DuckDBPyConnection, spill: Path, threads: int | None) -> None:
    con.execute("SET preserve_insertion_order = false")
    con.execute(f"SET memory_limit = '{MEMORY}'")
    quoted = str(spill).replace("'", "''")
    con.execute(f"SET temp_directory = '{quoted}'")
    if threads:
        con.execute(f"SET threads = {threads}")


def prepare(
    con: duckdb.DuckDBPyConnection, told: Screened, *, reference: Path | None = None
) -> None:
    """From the raw views to the tables the detectors read, yardsticks and bank pairs included."""
    load_lexicon(con)
    _run(con, "prepare.sql")
    if (twice := con.execute("SELECT count(*) FROM twice").fetchone()) and twice[0]:
        _run(con, "clean.sql")
        told.notes.append(f"{twice[0]}个村的账疑似重复导入，相同的行只算一次")
    counted = con.execute("SELECT count(*) FROM vil").fetchone()
    told.villages = counted[0] if counted else 0
    _day_off(con, told)
    _run(con, "tables.sql")
    if reference and reference.exists():
        load_reference(con, reference)
    else:
        _run(con, "reference.sql")
    _run(con, "bank.sql")
    _run(con, "bulk.sql")
    match_bank(con)


def _run(con: duckdb.DuckDBPyConnection, name: str) -> None:
    con.execute((HERE / "sql" / name).read_text(encoding="utf-8"))


def _day_off(con: duckdb.DuckDBPyConnection, told: Screened) -> None:
    """Table day_off(d, is_off, name): the days on which the official calendar departs from the week."""
    con.execute(
        "CREATE OR REPLACE TABLE day_off AS SELECT day AS d, kind = '休息' AS is_off, name FROM read_csv(?, "
        "columns = {'day': 'DATE', 'kind': 'VARCHAR', 'name': 'VARCHAR'}, header = true)",
        [str(CALENDAR)],
    )
    con.execute(
        "CREATE OR REPLACE TABLE calendar_year AS SELECT DISTINCT year(d) AS y FROM day_off"
    )
    missing = con.execute(
        "SELECT year(d), count(*) FROM e WHERE year(d) NOT IN (FROM calendar_year) GROUP BY 1 ORDER BY 1"
    ).fetchall()
    for year, n in missing:
        told.notes.append(
            f"{year}年没有放假安排（{n}笔分录），休息日只按周末判断，请在 data/holidays.csv 补上"
        )


def _detect(
    con: duckdb.DuckDBPyConnection,
    ledgers: LedgerSet,
    told: Screened,
    *,
    reasons: tuple[Reason, ...],
    keep: bool,
) -> list[Scored]:
    found: list[Scored] = []
    explained: Counter[str] = Counter()
    for detector in shipped_detectors().values():
        if gaps := detector.missing(ledgers):
            told.not_tested[detector.id] = f"未能检验“{detector.name}”：没有{_named(gaps)}"
            continue
        if gaps := detector.blind(ledgers):
            told.blind[detector.id] = f"“{detector.name}”缺少{_named(gaps)}，结果较粗"
        start = time.perf_counter()
        run_detector(con, detector, reasons, keep=keep)
        if untold := _untold(con, detector):
            told.not_tested[detector.id] = untold
        found += _candidates(con, detector)
        explained.update(
            dict(
                con.execute(
                    f"SELECT unnest(excuses) AS why, count(*) FROM hit_{detector.id} GROUP BY 1"
                ).fetchall()
            )
        )
        told.seconds[detector.id] = round(time.perf_counter() - start, 2)
    told.explained = dict(sorted(explained.items()))
    return found


def _untold(con: duckdb.DuckDBPyConnection, detector: Detector) -> str:
    """In which villages the detector cannot tell, because its links find too few partners; empty when nowhere."""
    rows = con.execute(
        f"SELECT village_id, found_share FROM untold_{detector.id} JOIN vil USING (v) ORDER BY 1"
    ).fetchall()
    if not rows:
        return ""
    shown = "、".join(village for village, _ in rows[:MOST_NAMED])
    more = "等" if len(rows) > MOST_NAMED else ""
    low, high = (round(100 * pick(share for _, share in rows)) for pick in (min, max))
    share = f"{low}%" if low == high else f"{low}%至{high}%"
    return (
        f"{len(rows)}个村（{shown}{more}）部分或全部未能检验“{detector.name}”：同类事项只有{share}能在账册间对上，"
        "查不到不能说明问题，请补齐可以比对的资料后再检验"
    )


def _candidates(con: duckdb.DuckDBPyConnection, detector: Detector) -> list[Scored]:
    rows = con.execute(
        f"SELECT v, nth, odds, objs FROM hit_{detector.id} "
        "QUALIFY row_number() OVER (PARTITION BY v ORDER BY odds DESC, nth) <= 30 ORDER BY nth"
    ).fetchall()
    return [Scored(v, detector.id, nth, odds, tuple(objs)) for v, nth, odds, objs in rows]


def _named(gaps: list[str]) -> str:
    words = []
    for gap in gaps:
        table, _, column = gap.partition(".")
        words.append(f"{TABLE_NAMES[table]}的 {column} 列" if column else TABLE_NAMES[table])
    return "、".join(words)


class _Clock:
    def __init__(self) -> None:
        self.last = time.perf_counter()

    def mark(self, seconds: dict[str, float], name: str) -> None:
        now = time.perf_counter()
        seconds[name] = round(timedelta(seconds=now - self.last).total_seconds(), 2)
        self.last = now
