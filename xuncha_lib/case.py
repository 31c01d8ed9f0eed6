"""Case: the façade an analyst types. Each method is one step of the pipeline; nothing prints."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from xuncha_lib.errors import UnreadableFile, unknown
from xuncha_lib.report.case_file import connect, release, require
from xuncha_lib.report.frames import masked
from xuncha_lib.report.intake import Intake
from xuncha_lib.runs.reviewing import Reviewing
from xuncha_lib.settings import Settings

if TYPE_CHECKING:
    import pandas as pd

    from xuncha_lib.report import RoundPage, VillagePage
    from xuncha_lib.report.pairs import PairCard


class Case(Intake, Reviewing):
    """One case file: a round's material, what was linked in it, what the models found.

    Made by `new_case` or `open_case`; also a context manager. DataFrames come back with every ID, phone and card
    number masked. Steps that write (`ingest`, `link`, `scan`) need the file for themselves.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self._con: duckdb.DuckDBPyConnection | None = None
        self._writes = False

    def __enter__(self) -> Case:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Case({str(self.file)!r})"

    def _repr_html_(self) -> str:
        villages, candidates = self._count("village"), self._count("candidate")
        return f"<p>案卷 {escape(self.file.name)}：{villages}个村，{candidates}条线索候选</p>"

    def _connection(self, *, write: bool = False) -> duckdb.DuckDBPyConnection:
        if self._con is None or (write and not self._writes):
            self.close()
            if write:
                release()
            self._con, self._writes = connect(self.file, read_only=not write), write
        return self._con

    def close(self) -> None:
        """Let go of the file; the next call opens it again."""
        if self._con is not None:
            self._con.close()
            self._con = None

    def query(self, sql: str, *values: Any) -> pd.DataFrame:
        """Rows of a query on the case, text masked; reads only."""
        return masked(self._connection().execute(sql, list(values)).df())

    def _count(self, name: str) -> int:
        if name not in self.tables():
            return 0
        return int(self._connection().execute(f"SELECT count(*) FROM {name}").fetchall()[0][0])

    def ingest(self, raw: str | Path, *, jobs: int | None = None) -> Any:
        """Read everything under a raw folder into the case; the intake summary (what was read and what was not)."""
        from xuncha_lib.ingest import ingest
        from xuncha_lib.runs.steps import kept_beside, note_supply

        con, settings = self._connection(write=True), self.settings
        summary = ingest(
            Path(raw), con, settings=settings, jobs=jobs or 1, kept=kept_beside(self.file)
        )
        note_supply(con, Path(raw), settings)
        return summary

    def link(self) -> pd.DataFrame:
        """Decide who may be the same person; number of pairs by level."""
        from xuncha_lib import people

        con = self._connection(write=True)
        require(con, "mention", "先运行 xuncha ingest（或 case.ingest）")
        people.link(con)
        return self.query(
            "SELECT level, count(*) AS pairs FROM same_person WHERE a <> b GROUP BY level ORDER BY level"
        )

    def scan(self, *models: str, **knobs: float) -> pd.DataFrame:
        """Run the models (all by default) and rebuild the candidates; one row per model: ran, or not run and why.

        knobs: analytic settings moved for this run, e.g. `scan("M11", grace_months=2)`.
        """
        from xuncha_lib import models as catalogue
        from xuncha_lib.runs.steps import beside_of, judge

        con = self._connection(write=True)
        require(con, "same_person", "先运行 case.link")
        beside = beside_of(con, self.file)
        known, broken = catalogue.round_models(beside.models)
        catalogue.prepare(con)
        catalogue.scan(con, models or None, models=known, broken=broken, knobs=knobs)
        judge(con, beside=beside, seconds={})
        return self.runs()

    def try_model(self, path: str | Path, **knobs: float) -> pd.DataFrame:
        """What a model file would find on this case; writes nothing. What is wrong with the file is raised by name."""
        from xuncha_lib.models.workshop import try_model

        return masked(try_model(self._connection(), path, knobs))

    @property
    def settings(self) -> Settings:
        """What the case says about itself: warrant, team, scope, period."""
        if "setting" not in self.tables():
            return Settings()
        rows = dict(self._connection().execute("SELECT key, value FROM setting").fetchall())
        day = {k: date.fromisoformat(v) for k, v in rows.items() if v and k.startswith("period_")}
        if "source_file" in self.tables():
            day = {}  # once something was read, the period on file is that of the material
        return Settings(
            warrant=rows.get("warrant") or "", team=rows.get("team") or "", title=rows.get("title") or "",
            villages=tuple(filter(None, (rows.get("villages") or "").split("、"))),
            period_from=day.get("period_from"), period_to=day.get("period_to"),
        )  # fmt: skip

    def tables(self) -> list[str]:
        """Names of all tables and views of the case."""
        rows = self._connection().execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'main' ORDER BY 1"
        )
        return [name for (name,) in rows.fetchall()]

    def table(self, name: str) -> pd.DataFrame:
        """A table of the case, masked. In canonical tables people are shown as “name（masked ID）”."""
        if name not in self.tables():
            raise unknown("表", name, self.tables())
        from xuncha_lib.tables import load_tables

        known = load_tables().get(name)
        roles = [role.name for role in known.roles] if known and not known.derived else []
        if not roles:
            return self.query(f"SELECT * FROM {name}")
        shown = ", ".join(
            f"(SELECT coalesce(name_raw, name) || coalesce('（' || coalesce(id_no, id_mask) || '）', '') "
            f"FROM mention WHERE mention_id = t.{role}) AS {role}"
            for role in roles
        )
        return self.query(f"SELECT * REPLACE ({shown}) FROM {name} t ORDER BY row_id")

    def villages(self) -> pd.DataFrame:
        """The villages of the round."""
        return self.query("SELECT * FROM village ORDER BY village_code")

    def pairs(self, *, level: int | None = None) -> pd.DataFrame:
        """Pairs that may be one person, side by side, with the reason for the level; each pair once."""
        return self.query(
            """SELECT p.a, p.b, p.level, p.why, p.namesakes, a.name AS name_a, coalesce(a.id_no, a.id_mask) AS id_a,
                      b.name AS name_b, coalesce(b.id_no, b.id_mask) AS id_b
               FROM same_person p JOIN mention a ON a.mention_id = p.a JOIN mention b ON b.mention_id = p.b
               WHERE p.a < p.b AND p.level = coalesce(?, p.level) ORDER BY p.level, p.a, p.b""",
            level,
        )

    def explain(self, pairs: pd.DataFrame) -> list[PairCard]:
        """Rows of `pairs()` (columns a, b: mention ids) side by side, with what speaks for and against in bits."""
        from xuncha_lib.report.pairs import explain_pairs

        ids = zip(pairs["a"].tolist(), pairs["b"].tolist(), strict=True)
        return explain_pairs(self._connection(), list(ids))

    def runs(self) -> pd.DataFrame:
        """Each model for the round: status, why not, hits."""
        return self.query(
            "SELECT model_id, status, why, rows_seen, hits FROM model_run WHERE village_code IS NULL ORDER BY model_id"
        )

    def odd(self, village: str | None = None) -> pd.DataFrame:
        """What the ledger screen finds odd in the books of a village or of all: where to look, not candidates."""
        code = None if village is None else self.page(village).code
        return self.query(
            "SELECT * FROM odd_issue WHERE village_code = coalesce(?, village_code) ORDER BY village_code, rank",
            code,
        )

    def hits(self, *, model: str | None = None) -> pd.DataFrame:
        """Every hit, explained ones too."""
        return self.query(
            "SELECT * FROM hit WHERE model_id = coalesce(?, model_id) ORDER BY hit_id",
            model.upper() if model else None,
        )

    def cited(self) -> pd.DataFrame:
        """Every hit with file, sheet and row of each row it cites, one line per row."""
        return self.query(
            """SELECT h.hit_id, h.model_id, h.village_code, h.reason, h.amount_yuan, h.level, h.explained,
                      o.file, o.sheet, o.row FROM (SELECT *, unnest(evidence) AS row_id FROM hit) h
               JOIN row_origin o USING (row_id) ORDER BY h.hit_id, o.file, o.sheet, o.row"""
        )

    def _code(self, village: str) -> str:
        return self.page(village).code

    def page(self, village: str) -> VillagePage:
        """The page of a village, part by part, for a notebook."""
        from xuncha_lib.report import village_page

        self._let_read()
        return village_page(self.file, village)

    def round(self) -> RoundPage:
        """The page of the round, part by part."""
        from xuncha_lib.report import round_page

        self._let_read()
        return round_page(self.file)

    def _let_read(self) -> None:
        if self._writes:
            self.close()

    def report(self, *villages: str, out: str | Path, jobs: int | None = None) -> list[Path]:
        """Render the report notebooks of some villages (all by default) into a folder; their HTML pages."""
        from xuncha_lib.runs.again import report_case

        self.close()
        return report_case(self.file, Path(out), villages, jobs=jobs)


def open_case(file: str | Path) -> Case:
    """An existing case; UnreadableFile where there is none."""
    path = Path(file)
    if not path.is_file():
        raise UnreadableFile(
            str(path), "没有这个案卷文件", "先用 xc.new_case 或 xuncha ingest 建一个"
        )
    return Case(path)


def new_case(
    file: str | Path,
    *,
    warrant: str = "",
    team: str = "",
    villages: Sequence[str] = (),
    period: tuple[date, date] | None = None,
) -> Case:
    """A new, empty case; an existing file is an error. Without a warrant every page is stamped 未登记授权."""
    path = Path(file)
    if path.exists():
        raise UnreadableFile(str(path), "已有同名文件", "换一个文件名，或用 xc.open_case 打开它")
    path.parent.mkdir(parents=True, exist_ok=True)
    start, end = period or (None, None)
    settings = Settings(
        warrant=warrant, team=team, villages=tuple(villages), period_from=start, period_to=end
    )
    con = connect(path, read_only=False)
    from xuncha_lib.runs.steps import keep_settings

    con.execute("CREATE TABLE setting (key VARCHAR, value VARCHAR)")
    keep_settings(con, settings)
    con.close()
    return Case(path)
