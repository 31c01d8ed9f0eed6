"""The page of one village: what the report notebook calls, one method per part. Reads the case, writes nothing in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, wraps
from pathlib import Path
from typing import Any

import duckdb

from xuncha_lib.errors import UnknownName, unknown
from xuncha_lib.report import background, findings
from xuncha_lib.report.case_file import shared
from xuncha_lib.report.html import Html, masthead, style
from xuncha_lib.report.html import page as page_of
from xuncha_lib.report.odd import odd_figures
from xuncha_lib.report.register import write_register

Row = dict[str, Any]
PUT_ASIDE = frozenset({"不属实", "数据错误"})
"""Statuses of candidates that reviewers have dismissed."""
PAGE_BYTES = 39_500
"""A page stays under 40 KB, so that a round of thousands of villages can be sent and searched."""
LEAST_ROOM = 6_000
"""Bytes the candidates may always take; the charts of the ledger screen come after them."""


def _once(part: Callable[[VillagePage], Html]) -> Callable[[VillagePage], Html]:
    """A part that is made once: it is asked for when its room is measured, and again when it is shown."""

    @wraps(part)
    def told(page: VillagePage) -> Html:
        if part.__name__ not in page.parts:
            page.parts[part.__name__] = part(page)
        return page.parts[part.__name__]

    return told


@dataclass(frozen=True)
class VillagePage:
    """A village of a case, read-only. Sections return HTML with every ID, phone and card number masked.

    parts, answers : sections made and queries answered so far; the case does not change under a page.
    """

    con: duckdb.DuckDBPyConnection
    code: str
    parts: dict[str, Html] = field(default_factory=dict, repr=False, compare=False)
    answers: dict[tuple[Any, ...], list[Row]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def rows(self, query: str, *values: Any) -> list[Row]:
        """Rows of a query as dicts, the caller's own; `?` are values."""
        asked = (query, *values)
        if asked not in self.answers:
            found = self.con.execute(query, list(values))
            names = [column[0] for column in found.description]
            self.answers[asked] = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        return [dict(row) for row in self.answers[asked]]

    def own(self, table: str, order: str = "ALL") -> list[Row]:
        """This village's rows of a table."""
        return self.rows(
            f"SELECT * FROM {table} WHERE village_code = ? ORDER BY {order}", self.code
        )

    @cached_property
    def village(self) -> Row:
        """The village's own row."""
        return self.own("village")[0]

    @cached_property
    def settings(self) -> dict[str, str]:
        """What the round says about itself."""
        return {row["key"]: row["value"] for row in self.rows("SELECT key, value FROM setting")}

    @cached_property
    def names(self) -> dict[tuple[str, str], str]:
        """(kind, key) → Chinese name of models, aspects, forms, levels."""
        return {(r["kind"], r["key"]): r["zh"] for r in self.rows("SELECT * FROM report_name")}

    @cached_property
    def found(self) -> list[Row]:
        """The village's candidates, first things first, each with its `reasons` and `evidence`."""
        candidates = self.own("candidate", "rank")
        reasons = self.own("report_reason", "candidate_id, place")
        evidence = self.rows(
            """SELECT e.* FROM evidence e JOIN candidate c USING (candidate_id) WHERE c.village_code = ?
               ORDER BY e.candidate_id, e.role = '佐证', e.model_id <> c.model_id, e.file, e.sheet, e.row, e.model_id""",
            self.code,
        )
        for item in candidates:
            own = [r for r in reasons if r["candidate_id"] == item["candidate_id"]]
            lead = [r for r in own if r["model_id"] == item["model_id"]]
            item["reasons"] = lead + [r for r in own if r["model_id"] != item["model_id"]]
            item["evidence"] = _distinct(
                e for e in evidence if e["candidate_id"] == item["candidate_id"]
            )
        return candidates

    @cached_property
    def live(self) -> list[Row]:
        """Candidates that reviewers have not put aside."""
        return [item for item in self.found if item["status"] not in PUT_ASIDE]

    @cached_property
    def not_run(self) -> list[Row]:
        """Models that could not be run for this village, each with `why`."""
        return self.rows(
            """SELECT model_id, string_agg(DISTINCT why, '；' ORDER BY why) AS why FROM model_run
               WHERE status = 'not_run' AND (village_code IS NULL OR village_code = ?)
               GROUP BY model_id ORDER BY model_id""",
            self.code,
        )

    @property
    def stamp(self) -> str:
        """The authority line of every page."""
        warrant = self.settings.get("warrant")
        return f"授权文号：{warrant}" if warrant else "未登记授权"

    @property
    def title(self) -> str:
        """Name of the village."""
        return str(self.village["village_name"])

    @property
    def where(self) -> str:
        """Town and county."""
        parts = (self.village["town"], self.village["county"])
        return " · ".join(part for part in parts if part)

    def style(self) -> Html:
        """The style sheet, so that the executed notebook looks like the page."""
        return Html(f"<style>{style()}</style>")

    @_once
    def answer(self) -> Html:
        """First screen: how many, what to check first, and the sign that this is not a verdict."""
        return Html(
            masthead(self.title, self.where, self.stamp, "../../index.html") + findings.answer(self)
        )

    def candidates(self) -> Html:
        """Each candidate with reasons, evidence, what may explain it and how to check; in the room the rest leaves."""
        return findings.candidates(
            self, max(PAGE_BYTES - self._bytes - len(self._odd.encode()), LEAST_ROOM)
        )

    @cached_property
    def _bytes(self) -> int:
        return sum(len(part.encode()) for part in self._rest)

    @cached_property
    def _odd(self) -> str:
        return odd_figures(self, PAGE_BYTES - self._bytes - findings.least_bytes(self))

    @cached_property
    def _rest(self) -> tuple[str, ...]:
        """All other parts, to know how much room they leave."""
        return (
            page_of("", "", assets="../../assets"), self.answer(), self.explained(), self.aspects(), background.charts(self),
            self.portrait(), self.quality(), self.models_not_run(), self.scope_and_inputs(), self.parameters(),
        )  # fmt: skip

    @_once
    def explained(self) -> Html:
        """Hits that something in the data already explains."""
        return findings.explained(self)

    @_once
    def aspects(self) -> Html:
        """Candidates and amounts by aspect."""
        return findings.aspects(self)

    def charts(self) -> Html:
        """The months of the books, and this village among its peers."""
        return background.charts(self, self._odd)

    @_once
    def portrait(self) -> Html:
        """The village and the tables it handed in."""
        return background.portrait(self)

    @_once
    def quality(self) -> Html:
        """What was not recognised, rejected, damaged, or could not be compared."""
        return background.quality(self)

    @_once
    def models_not_run(self) -> Html:
        """Which models did not run here and why."""
        return background.models_not_run(self)

    @_once
    def scope_and_inputs(self) -> Html:
        """Authority, scope and the files with their hashes."""
        return background.scope_and_inputs(self)

    @_once
    def parameters(self) -> Html:
        """Versions and settings under which the page was made."""
        return background.parameters(self)

    def register(self, folder: str | Path) -> Html:
        """Write register.xlsx into a folder; an empty folder name writes nothing."""
        if not folder:
            return Html("<p>未指定输出文件夹，没有生成台账。</p>")
        path = write_register(self, Path(folder) / "register.xlsx")
        return Html(f'<p><a href="{path.name}">线索台账 {path.name}</a></p>')


def _distinct(evidence: Any) -> list[Row]:
    """Each row of evidence once, though several models may cite it."""
    seen: dict[tuple[str, str, int], Row] = {}
    for row in evidence:
        seen.setdefault((row["file"], row["sheet"], row["row"]), row)
    return list(seen.values())


def village_page(case_file: str | Path, village: str) -> VillagePage:
    """The page of a village, given by code or by name; a name shared by two villages needs the code."""
    con = shared(Path(case_file))
    found = con.execute(
        "SELECT village_code, village_name, town FROM village WHERE village_code = ? OR village_name = ? "
        "OR village_name = ? || '村' ORDER BY village_code = ? DESC, village_code",
        [village] * 4,
    ).fetchall()
    if not found:
        names = con.execute("SELECT village_name FROM village").fetchall()
        raise unknown("村", village, {name for (name,) in names})
    if len(found) > 1 and found[0][0] != village:
        choices = "、".join(f"{town}{name}（{code}）" for code, name, town in found)
        raise UnknownName(f"村“{village}”", f"有{len(found)}个同名村：{choices}", "请写村代码")
    return VillagePage(con, found[0][0])
