"""What a case says about the material itself: what came, what was understood, what to take out of it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xuncha_lib.errors import NotAllowed, unknown
from xuncha_lib.report.case_file import require
from xuncha_lib.settings import Settings

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

STATUSES = ("read", "not_recognised", "unreadable", "not_a_table", "empty", "superseded", "refused")
"""What may become of a file or a sheet."""


class Intake(ABC):
    """The part of a Case that looks at the intake."""

    file: Path

    @abstractmethod
    def query(self, sql: str, *values: Any) -> pd.DataFrame:
        """Rows of a query on the case."""

    @abstractmethod
    def _connection(self, *, write: bool = False) -> duckdb.DuckDBPyConnection: ...

    @abstractmethod
    def _let_read(self) -> None: ...

    @property
    @abstractmethod
    def settings(self) -> Settings:
        """What the case says about itself."""

    def files(self, *, status: str | None = None) -> pd.DataFrame:
        """Every file received and what became of it."""
        return self._by_status("SELECT * FROM source_file", "path", status)

    def sheets(self, *, status: str | None = None) -> pd.DataFrame:
        """Every sheet: table kind, or why it was not recognised and what it is nearest to."""
        return self._by_status(
            "SELECT f.path AS file, s.* EXCLUDE file_id FROM sheet s JOIN source_file f USING (file_id)",
            "file, sheet_id",
            status,
        )

    def _by_status(self, sql: str, order: str, status: str | None) -> pd.DataFrame:
        if status is None:
            return self.query(f"{sql} ORDER BY {order}")
        wanted = status.replace(" ", "_")
        if wanted not in STATUSES:
            raise unknown("状态", status, STATUSES)
        return self.query(f"FROM ({sql}) WHERE status = ? ORDER BY {order}", wanted)

    def rejects(self) -> pd.DataFrame:
        """Rows that could not be kept, each with the column, the value and why."""
        return self.query(
            "SELECT o.file, o.sheet, o.row, r.column_zh, r.value, r.why FROM reject r JOIN row_origin o USING (row_id) "
            "ORDER BY o.file, o.sheet, o.row"
        )

    def supply(self, village: str | None = None) -> pd.DataFrame:
        """The checklist of materials: what came, what is missing, late or doubled; of one village (name or code) or of all."""
        return self._of(village, "supply", "village_code NULLS FIRST, item, year")

    def asks(self, village: str | None = None) -> pd.DataFrame:
        """What to ask back, one line each: missing, months missing, doubled, not read, illegible, totals that do not agree."""
        return self._of(
            village, "supply_ask", "village_code NULLS FIRST, place, item, file, sheet, what"
        )

    def coverage(self) -> pd.DataFrame:
        """Villages × table kinds × years: rows and files held."""
        return self._of(None, "coverage", "village_code, kind, year")

    def quality(self) -> pd.DataFrame:
        """Quality of what each village handed in, 0–100, and its five parts (0–1); higher is better. Says nothing of people."""
        return self._of(None, "supply_quality", "town, village_code")

    def _of(self, village: str | None, table: str, order: str) -> pd.DataFrame:
        require(self._connection(), table, "先运行 xuncha ingest（或 case.ingest）")
        rows = f"SELECT v.village_name, v.town, t.* FROM {table} t LEFT JOIN village v USING (village_code)"
        if village is None:
            return self.query(f"{rows} ORDER BY {order}")
        named = (
            self._connection().execute("SELECT village_code, village_name FROM village").fetchall()
        )
        found = [code for code, name in named if village in (code, name)]
        if not found:
            raise unknown("村", village, {name for _, name in named})
        return self.query(f"{rows} WHERE list_contains(?, t.village_code) ORDER BY {order}", found)

    def supply_summary(self) -> dict[str, Any]:
        """Per village its score and counts, and the round's own items: the `supply` part of `xuncha ingest --json`."""
        from xuncha_lib.report.supply import supply_summary

        con = self._connection()
        require(con, "supply", "先运行 xuncha ingest（或 case.ingest）")
        return supply_summary(con)

    def supply_books(self, out: str | Path) -> list[Path]:
        """Excel books of the checklist into a folder: the office's, then one per village to send back."""
        from xuncha_lib.report.supply_book import write_village_books

        self._let_read()
        con = self._connection()
        require(con, "supply", "先运行 xuncha ingest（或 case.ingest）")
        return write_village_books(con, Path(out))

    def export(self, out: str | Path, *, unmask: bool = False, reason: str = "") -> list[Path]:
        """Every table as Parquet into a folder, persons written out, with each row's file, sheet and row; the files.

        ID numbers, phones and accounts are masked. unmask: in the clear; NotAllowed without a warrant on file and a
        reason. Each export is noted in the access log beside the case.
        """
        from xuncha_lib.report.access_log import note
        from xuncha_lib.report.parquet import write_parquet

        self._let_read()
        con = self._connection()
        require(con, "mention", "先运行 xuncha ingest（或 case.ingest）")
        warrant = self.settings.warrant
        if unmask and not (warrant and reason.strip()):
            raise NotAllowed(
                "导出不遮盖的证号、电话、账号",
                "没有写明事由" if warrant else "没有登记授权文号",
                "请用 --reason 写明事由" if warrant else "请在 xuncha.toml 写明 warrant 后重新导入",
            )
        paths = write_parquet(con, Path(out), unmask=unmask)
        act = "导出（不遮盖）" if unmask else "导出（遮盖）"
        note(self.file, act, reason=reason.strip(), warrant=warrant, files=len(paths))
        return paths
