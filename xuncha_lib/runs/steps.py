"""Raw folder → finished case file: every step before the reports, each timed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields, is_dataclass
from pathlib import Path
from typing import Any

import duckdb

from xuncha_lib.report.case_file import connect
from xuncha_lib.runs.files import draft_of
from xuncha_lib.settings import Settings

Progress = Callable[[str, int, int], None]
"""(what, done, of how many); of 0 = not countable."""


def silent(_what: str, _done: int, _total: int) -> None:
    """Progress for nobody."""


@contextmanager
def timed(seconds: dict[str, float], step: str) -> Iterator[None]:
    """Add the block's wall time to `seconds`."""
    start = time.perf_counter()
    yield
    seconds[step] = round(time.perf_counter() - start, 3)


def as_json(value: Any) -> Any:
    """A step's summary in a form JSON can hold."""
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return value


def build_case(
    raw: Path,
    case_file: Path,
    key: str,
    *,
    settings: Settings,
    limits: Path | None,
    jobs: int,
    progress: Progress = silent,
) -> tuple[dict[str, float], Any]:
    """Make the case anew beside `case_file` and put it there when it is complete; (seconds by step, intake).

    A reader of the old case keeps what it has; a crash leaves the old case as it was.
    """
    draft = case_file.with_name(f".{case_file.name}.new")
    case_file.parent.mkdir(parents=True, exist_ok=True)
    for leftover in (draft, draft.with_name(f"{draft.name}.wal")):
        leftover.unlink(missing_ok=True)
    seconds: dict[str, float] = {}
    con = connect(draft, read_only=False)
    try:
        intake = ingest_into(
            con, raw, settings=settings, jobs=jobs, progress=progress, seconds=seconds
        )
        analyse(con, limits=limits, seconds=seconds, progress=progress)
        con.execute("INSERT INTO setting VALUES ('run_key', ?)", [key])
        con.execute("CHECKPOINT")
    finally:
        con.close()
    draft.replace(case_file)
    return seconds, as_json(intake)


def ingest_into(
    con: duckdb.DuckDBPyConnection,
    raw: Path,
    *,
    settings: Settings,
    jobs: int,
    progress: Progress,
    seconds: dict[str, float],
) -> Any:
    """First step: files → rows; the settings go into the table `setting`. The intake summary."""
    from xuncha_lib.checklist.supply import load_supply
    from xuncha_lib.ingest import ingest
    from xuncha_lib.report.supply import build_supply
    from xuncha_lib.runs.receipts import note_receipts

    progress("读取资料", 0, 0)
    with timed(seconds, "ingest"):
        summary = ingest(raw, con, settings=settings, jobs=jobs, progress=progress)
    with timed(seconds, "supply"):
        if settings.deadline:
            con.execute("INSERT INTO setting VALUES ('deadline', ?)", [str(settings.deadline)])
        con.execute("INSERT INTO setting VALUES ('raw_folder', ?)", [str(raw.resolve())])
        note_receipts(con, raw)
        build_supply(con, load_supply(raw.resolve().parent / "supply.yml"))
    return summary


def keep_settings(con: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Write what is set into `setting`, for a case into which nothing has been read yet."""
    for field in fields(settings):
        value = getattr(settings, field.name)
        if value not in ("", None, ()):
            text = "、".join(str(v) for v in value) if isinstance(value, tuple) else str(value)
            con.execute("DELETE FROM setting WHERE key = ?", [field.name])
            con.execute("INSERT INTO setting VALUES (?, ?)", [field.name, text])


def analyse(
    con: duckdb.DuckDBPyConnection,
    *,
    limits: Path | None,
    seconds: dict[str, float],
    progress: Progress,
) -> None:
    """Link people, run the models, build candidates, and compute what the pages show."""
    from xuncha_lib import candidates, models, people
    from xuncha_lib.models.limits import SHIPPED, load_limits
    from xuncha_lib.report.prepare import prepare

    progress("核对人员身份", 0, 0)
    with timed(seconds, "link"):
        people.link(con)
    progress("运行模型", 0, 0)
    with timed(seconds, "scan"):
        load_limits(con, (SHIPPED, limits) if limits else (SHIPPED,))
        models.prepare(con)
        models.scan(con)
    progress("整理线索候选", 0, 0)
    with timed(seconds, "candidates"):
        candidates.build(con)
    with timed(seconds, "pages"):
        prepare(con)


def write_tables(con: duckdb.DuckDBPyConnection, out: Path) -> list[Path]:
    """candidates.parquet and evidence.parquet, in one fixed order and through temporary files."""
    queries = {
        "candidates.parquet": """SELECT candidate_id, village_code, village_name, town, county, model_ids, model_id,
            category, aspects, forms, title, summary, subject, amount_yuan, first_on, last_on, level, namesakes, score,
            rank, innocent, checks AS "check", status, subject_kind, why, chance
            FROM candidate ORDER BY village_code, rank, candidate_id""",
        "evidence.parquet": """SELECT e.candidate_id, e.model_id, e.role, e.file, e.sheet, e.row, e.summary
            FROM evidence e JOIN candidate c USING (candidate_id)
            ORDER BY c.village_code, c.rank, e.candidate_id, e.role = '佐证', e.model_id, e.file, e.sheet, e.row""",
    }
    out.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, query in queries.items():
        draft = draft_of(out / name)
        quoted = str(draft).replace("'", "''")
        con.execute(f"COPY ({query}) TO '{quoted}' (FORMAT parquet)")
        draft.replace(out / name)
        paths.append(out / name)
    return paths
