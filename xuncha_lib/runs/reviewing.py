"""Reviewing a case: decisions go into the log at once, and every later look at the candidates takes them in."""

from __future__ import annotations

import getpass
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xuncha_lib.candidates.decisions import OPEN, Judge, Verdict, decisions_of
from xuncha_lib.candidates.keys import HitKey
from xuncha_lib.candidates.learn import learn
from xuncha_lib.candidates.review_log import (
    REASON_CODES,
    Entry,
    append_entry,
    file_of,
    problems,
    read_log,
    review_folder,
)
from xuncha_lib.errors import UnknownName, XunchaError, unknown
from xuncha_lib.report.case_file import require

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

    from xuncha_lib.runs.panel import ReviewPanel

FEWEST = 4
"""Characters of a candidate's id that are enough, when only one begins with them."""


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError) as error:
        raise XunchaError(
            "复核人", "没有填写，本机也没有用户名", "用 --by 姓名 说明是谁复核的"
        ) from error


class Reviewing:
    """What a case can do about review. `Case` is built on it."""

    file: Path

    def query(self, sql: str, *values: Any) -> pd.DataFrame:
        """Rows of a query on the case."""
        raise NotImplementedError

    def _connection(self, *, write: bool = False) -> duckdb.DuckDBPyConnection:
        raise NotImplementedError

    def candidates(self, village: str | None = None) -> pd.DataFrame:
        """Candidates of a village (name or code) or of all, first things first, with their status as of now."""
        code = None if village is None else self._code(village)
        found = self.query(
            "SELECT * FROM candidate WHERE village_code = coalesce(?, village_code) ORDER BY village_code, rank",
            code,
        )
        verdicts = self.verdicts()
        found["status"] = [verdicts[key].status for key in found["candidate_id"]]
        found["review"] = [verdicts[key].text for key in found["candidate_id"]]
        return found

    def _code(self, village: str) -> str:
        raise NotImplementedError

    def evidence(self, candidate_id: str) -> pd.DataFrame:
        """File, sheet and row of everything a candidate rests on, and what the row says."""
        return self.query(
            "SELECT role, model_id, file, sheet, row, summary FROM evidence WHERE candidate_id = ? "
            "ORDER BY role = '佐证', file, sheet, row",
            self._full_id(candidate_id),
        )

    def _keys(self) -> dict[str, list[HitKey]]:
        """Candidate → keys of its hits, the leading one first."""
        found: dict[str, list[HitKey]] = defaultdict(list)
        require(self._connection(), "candidate_key", "先运行 xuncha scan 或 xuncha run")
        rows = self._connection().execute(
            "SELECT candidate_id, model_id, village, matter, rows, p FROM candidate_key ORDER BY candidate_id, n"
        )
        for key, model, village, matter, content, p in rows.fetchall():
            found[key].append(HitKey(model, village, matter, tuple(content), p))
        return found

    def verdicts(self) -> dict[str, Verdict]:
        """Candidate → what reviewers have said of it so far, read from the log."""
        judge = Judge(decisions_of(read_log(review_folder(self.file))))
        return {key: judge.verdict(key, hits) for key, hits in self._keys().items()}

    def _full_id(self, candidate_id: str, more: set[str] | None = None) -> str:
        """The id meant, from its beginning; what only the log knows is in `more`."""
        rows = self._connection().execute("SELECT candidate_id FROM candidate").fetchall()
        known = {key for (key,) in rows} | (more or set())
        if candidate_id in known:
            return candidate_id
        near = sorted(key for key in known if key.startswith(candidate_id))
        if len(near) == 1 and len(candidate_id) >= FEWEST:
            return near[0]
        if len(near) > 1:
            raise UnknownName(f"候选编号“{candidate_id}”", f"有{len(near)}条以它开头", "请多写几位")
        raise unknown("候选编号", candidate_id, known)

    def review(
        self,
        act: str,
        candidate_id: str | None = None,
        *,
        code: str = "",
        note: str = "",
        by: str = "",
    ) -> tuple[str, Verdict]:
        """Write a decision into the log of the reviewer; the candidate's full id and what is now said of it.

        act  : confirm | dismiss | more | undo (takes back this reviewer's latest decision, of all or on the candidate).
        code : FP01–FP12, why it is dismissed.   by : the reviewer, default the user of this computer.
        An unknown act, code or candidate is an UnknownName; nothing is written then. When this returns, the decision
        is on disk. The ranking takes it in at the next `xuncha run`, `scan` or `report`.
        """
        folder, reviewer = review_folder(self.file), by.strip() or _user()
        own = decisions_of(read_log(folder)).by_reviewer.get(file_of(folder, reviewer).stem, ())
        if candidate_id is None:
            if act != "undo" or not own:
                raise XunchaError(f"复核 {act}", "没有写候选编号", "用 list 查看编号")
            candidate_id = own[-1].candidate_id
        full = self._full_id(candidate_id, {entry.candidate_id for entry in own})
        if act == "undo" and full not in {entry.candidate_id for entry in own}:
            raise XunchaError(
                f"撤回 {full}", f"{reviewer}没有可撤回的复核", "用 log 查看是谁复核的"
            )
        append_entry(folder, self._draft(act, full, reviewer, code.upper().strip(), note))
        judge = Judge(decisions_of(read_log(folder)))
        return full, judge.verdict(full, self._keys().get(full, []))

    def _undone(self, candidate_id: str, own: Sequence[Entry], reviewer: str) -> str:
        """The id under which this reviewer decided on a candidate: today's, or the one it had then."""
        marks = {mark for key in self._keys().get(candidate_id, ()) for mark in key.marks}
        for entry in reversed(own):
            if entry.candidate_id == candidate_id or marks & set(entry.matters):
                return entry.candidate_id
        raise XunchaError(
            f"撤回 {candidate_id}", f"{reviewer}没有可撤回的复核", "用 log 查看是谁复核的"
        )

    def _draft(self, act: str, candidate_id: str, reviewer: str, code: str, note: str) -> Entry:
        shown = self.query(
            "SELECT village_name, title FROM candidate WHERE candidate_id = ?", candidate_id
        ).to_dict("records")
        place = shown[0] if shown else {"village_name": "", "title": ""}
        keys = self._keys().get(candidate_id, [])
        models: dict[str, float] = {}
        for key in keys:
            models[key.model_id] = max(models.get(key.model_id, 0.0), key.p)
        return Entry(
            0, f"{datetime.now():%Y-%m-%d %H:%M:%S}", reviewer, act, candidate_id, code, note, place["village_name"],
            place["title"], tuple(models.items()), tuple(dict.fromkeys(mark for key in keys for mark in key.marks)),
            tuple(sorted({row for key in keys for row in key.rows})),
        )  # fmt: skip

    def reviews(self) -> pd.DataFrame:
        """Every decision that stands, in order of time; also on candidates the case no longer has."""
        import pandas as pd

        columns = [
            "at",
            "reviewer",
            "act",
            "candidate_id",
            "village",
            "title",
            "code",
            "reason",
            "note",
        ]
        entries = [
            entry
            for own in decisions_of(read_log(review_folder(self.file))).by_reviewer.values()
            for entry in own
        ]
        rows = [
            (e.at, e.reviewer, e.act, e.candidate_id, e.village, e.title, e.code, REASON_CODES.get(e.code, ""), e.note)
            for e in sorted(entries, key=lambda e: (e.at, e.reviewer, e.n))
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=columns)

    def rates(self) -> pd.DataFrame:
        """Confirmation rate of each model with the number of decisions behind it; never of a person."""
        import pandas as pd

        found = learn(decisions_of(read_log(review_folder(self.file)))).rates.values()
        columns = ["model_id", "decided", "confirmed", "prior", "rate"]
        rows = [
            (r.model_id, r.decided, r.confirmed, round(r.prior, 3), round(r.rate, 3)) for r in found
        ]
        return pd.DataFrame(rows, columns=columns)

    def check_reviews(self) -> pd.DataFrame:
        """What is wrong with the review log: lines changed, removed or added by other means. Empty when all is well."""
        import pandas as pd

        return pd.DataFrame(problems(review_folder(self.file)), columns=["file", "found"])

    def review_panel(self, village: str | None = None, *, by: str = "") -> ReviewPanel:
        """Review by click: shown in a notebook, one candidate at a time."""
        from xuncha_lib.runs.panel import ReviewPanel

        return ReviewPanel(self, village, by=by)

    def open_candidates(self, village: str | None = None) -> pd.DataFrame:
        """Candidates nobody has decided on yet, those first that are worth most of a person's time."""
        found = self.candidates(village)
        return found[found["status"] == OPEN].sort_values(["rank", "village_code"], kind="stable")
