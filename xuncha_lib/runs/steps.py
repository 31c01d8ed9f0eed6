"""Raw folder → finished case file: every step before the reports, each timed."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, fields, is_dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from xuncha_lib.report.case_file import connect
from xuncha_lib.runs.files import draft_of
from xuncha_lib.settings import Settings
from xuncha_lib.source import content_key
from xuncha_lib.store import bound_memory

if TYPE_CHECKING:
    from xuncha_lib.candidates import Screening


@dataclass(frozen=True)
class Beside:
    """What a round has besides its raw folder.

    limits: folder of local limits.   models: folder of its own models.   reviews: folder of the review log.
    learning: whether confirmation rates move the ranking.
    """

    limits: Path | None = None
    models: Path | None = None
    reviews: Path | None = None
    learning: bool = True

    @property
    def review_key(self) -> str:
        """Changes with every decision."""
        from xuncha_lib.candidates.review_log import heads

        return content_key(
            sorted(heads(self.reviews).items()) if self.reviews else [], self.learning
        )


_NEEDED = ("ingest", "people.linking", "models", "candidates", "report.prepare")
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
    beside: Beside,
    jobs: int,
    password_file: Path | None = None,
    is_fresh: bool = False,
    progress: Progress = silent,
    when_read: Callable[[], None] | None = None,
) -> tuple[dict[str, float], Any]:
    """Make the case anew beside `case_file` and put it there when it is complete; (seconds by step, intake).

    A reader of the old case keeps what it has; a crash leaves the old case as it was. is_fresh: read every file again.
    when_read: called when every file is in the case.
    """
    draft = _draft_beside(case_file)
    if is_fresh:
        shutil.rmtree(kept_beside(case_file), ignore_errors=True)
    for name in _NEEDED:
        import_module(f"xuncha_lib.{name}")  # while what readers are forked from gets ready
    seconds: dict[str, float] = {}
    intake = ingest_anew(
        draft, raw, settings=settings, jobs=jobs, progress=progress, seconds=seconds,
        kept=kept_beside(case_file), password_file=password_file,
    )  # fmt: skip
    if when_read:
        when_read()
    con = connect(draft, read_only=False)
    bound_memory(con)
    try:
        analyse(con, beside=beside, seconds=seconds, progress=progress)
        con.execute("INSERT INTO setting VALUES ('run_key', ?)", [key])
        con.execute("CHECKPOINT")
    finally:
        con.close()
    draft.replace(case_file)
    return seconds, as_json(intake)


def _draft_beside(case_file: Path) -> Path:
    """Where the case is made; nothing is there yet."""
    case_file.parent.mkdir(parents=True, exist_ok=True)
    draft = case_file.with_name(f".{case_file.name}.new")
    for leftover in (draft, draft.with_name(f"{draft.name}.wal")):
        leftover.unlink(missing_ok=True)
    return draft


def ingest_anew(
    case_file: Path,
    raw: Path,
    *,
    settings: Settings,
    jobs: int,
    progress: Progress,
    seconds: dict[str, float],
    kept: Path,
    password_file: Path | None = None,
) -> Any:
    """First step: files → rows, in a new case file; the settings go into its table `setting`. The intake summary.

    kept: folder of what was read before.   password_file: passwords of books and archives.
    """
    from xuncha_lib.ingest import ingest_file, read_passwords

    progress("读取资料", 0, 0)
    with timed(seconds, "ingest"):
        summary = ingest_file(
            raw, case_file, settings=settings, jobs=jobs, progress=progress, kept=kept,
            passwords=read_passwords(password_file),
        )  # fmt: skip
    con = connect(case_file, read_only=False)
    try:
        with timed(seconds, "supply"):
            note_supply(con, raw, settings)
    finally:
        con.close()
    return summary


def note_supply(con: duckdb.DuckDBPyConnection, raw: Path, settings: Settings) -> None:
    """What an intake says besides the rows: deadline, raw folder, who sent what."""
    from xuncha_lib.checklist.supply import load_supply
    from xuncha_lib.report.supply import build_supply
    from xuncha_lib.runs.receipts import note_receipts

    if settings.deadline:
        con.execute("INSERT INTO setting VALUES ('deadline', ?)", [str(settings.deadline)])
    con.execute("INSERT INTO setting VALUES ('raw_folder', ?)", [str(raw.resolve())])
    note_receipts(con, raw)
    build_supply(con, load_supply(raw.resolve().parent / "supply.yml"))


def kept_beside(case_file: Path) -> Path:
    """Folder of what was read for a case; it holds names and numbers in the clear, as the case does."""
    return case_file.with_name(f"{case_file.stem}.intake")


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
    beside: Beside,
    seconds: dict[str, float],
    progress: Progress,
) -> None:
    """Link people, run the models, build candidates, and compute what the pages show."""
    from xuncha_lib import candidates, models, people
    from xuncha_lib.models.limits import SHIPPED, load_limits

    progress("核对人员身份", 0, 0)
    with timed(seconds, "link"):
        people.link(con)
    progress("运行模型", 0, 0)
    with timed(seconds, "prepare"):
        load_limits(con, (SHIPPED, beside.limits) if beside.limits else (SHIPPED,))
        models.prepare(con)
        known, broken = models.round_models(beside.models)
    with closing(candidates.Screening(con)) as screening:
        with timed(seconds, "scan"):
            models.scan(con, models=known, broken=broken)
        judge(con, beside=beside, seconds=seconds, progress=progress, screening=screening)


def judge(
    con: duckdb.DuckDBPyConnection,
    *,
    beside: Beside,
    seconds: dict[str, float],
    progress: Progress = silent,
    screening: Screening | None = None,
) -> None:
    """From hits and decisions to candidates and what the pages show; notes in the case what it rests on.

    screening: the screen of the ledgers, if it was begun already.
    """
    from xuncha_lib import candidates, models
    from xuncha_lib.report.prepare import prepare

    known, _ = models.round_models(beside.models)
    key = (
        beside.review_key
    )  # before the log is read: a decision made meanwhile will be missed by the key, not lost
    progress("整理线索候选", 0, 0)
    with timed(seconds, "screen"):
        candidates.screen_case(con, screening)
    with timed(seconds, "candidates"):
        candidates.build(con, models=known, reviews=beside.reviews, learning=beside.learning)
        candidates.measure(con, known)
        candidates.mark_candidates(con)
    with timed(seconds, "pages"):
        prepare(con, known)
    notes = {
        "review_key": key, "learning": "1" if beside.learning else "0",
        "models_folder": str(beside.models.resolve()) if beside.models else "",
    }  # fmt: skip
    for name, value in notes.items():
        con.execute("DELETE FROM setting WHERE key = ?", [name])
        con.execute("INSERT INTO setting VALUES (?, ?)", [name, value])


def beside_of(con: duckdb.DuckDBPyConnection, case_file: Path) -> Beside:
    """What the case says it was made with; the review log is the one that lies beside it now."""
    from xuncha_lib.candidates.review_log import review_folder

    rows = con.execute("SELECT key, value FROM setting WHERE key IN ('learning', 'models_folder')")
    noted = dict(rows.fetchall())
    models = Path(noted["models_folder"]) if noted.get("models_folder") else None
    return Beside(None, models, review_folder(case_file), noted.get("learning") != "0")


def judged_anew(case_file: Path, beside: Beside) -> bool:
    """Bring the candidates of a case up to the decisions in the log; whether there was anything to do.

    It is done on a copy that takes the case's place when it is complete: a reader keeps what it has.
    """
    con = connect(case_file)
    try:
        noted = con.execute("SELECT value FROM setting WHERE key = 'review_key'").fetchall()
    finally:
        con.close()
    if noted and noted[0][0] == beside.review_key:
        return False
    draft = case_file.with_name(f".{case_file.name}.new")
    draft.with_name(f"{draft.name}.wal").unlink(missing_ok=True)
    shutil.copyfile(case_file, draft)
    con = connect(draft, read_only=False)
    try:
        judge(con, beside=beside, seconds={})
        con.execute("CHECKPOINT")
    finally:
        con.close()
    draft.replace(case_file)
    return True


def write_tables(con: duckdb.DuckDBPyConnection, out: Path) -> list[Path]:
    """candidates.parquet and evidence.parquet, in one fixed order and through temporary files."""
    queries = {
        "candidates.parquet": """SELECT candidate_id, village_code, village_name, town, county, model_ids, model_id,
            category, aspects, forms, title, summary, subject, amount_yuan, first_on, last_on, level, namesakes, score,
            rank, innocent, checks AS "check", status, subject_kind, why, chance, review
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
