"""Two lists of people compared on request: the book, the line in the register, the figures."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from xuncha_lib.people.compare import FATES, Comparison, compare_lists
from xuncha_lib.report.comparison import SIDES, frame, write_comparison
from xuncha_lib.report.requests import register_request

if TYPE_CHECKING:
    import pandas as pd

LOG = "比对登记.jsonl"
"""The register beside the book."""


@dataclass(frozen=True)
class CompareResult:
    """What was written, under which request number, and how many people ended how (by side and fate)."""

    path: Path
    number: str
    counts: dict[str, dict[str, int]]
    found: Comparison
    is_named: bool

    def told(self) -> list[str]:
        """One Chinese line per side."""
        return [
            f"{zh} {sum(self.counts[side].values())} 人次："
            + "，".join(f"{word} {self.counts[side][fate]}" for fate, word in FATES.items())
            for side, zh in SIDES.items()
        ]

    def _repr_html_(self) -> str:
        lines = [f"比对编号 {self.number}", *self.told(), f"结果：{self.path.name}"]
        return "<br>".join(map(escape, lines))

    def table(self, fate: str = "matched", side: str = "left") -> pd.DataFrame:
        """Rows of one sheet of the book, masked as there: matched and possible are pairs, the others people of a side."""
        return frame(self.found, fate, side, named=self.is_named)


def compare(
    left: Path | str | Sequence[Path | str],
    right: Path | str | Sequence[Path | str],
    *,
    out: Path | str,
    reason: str = "",
    jobs: int | None = None,
) -> CompareResult:
    """Who of the left list(s) is on the right one(s): writes the book `out` and a line in the register beside it.

    reason : why it is asked for; without one the names are masked too.   Raises XunchaError for a missing file.
    """
    lefts, rights = _files(left), _files(right)
    found = compare_lists(lefts, rights, jobs=jobs or os.cpu_count() or 1)
    at, path = datetime.now(), Path(out)
    counts = {side: found.counts(side) for side in SIDES}
    log = path.with_name(LOG)
    number = register_request(log, lefts, rights, path, reason=reason, counts=counts["left"], at=at)
    write_comparison(found, path, number=number, reason=reason, at=at)
    return CompareResult(path, number, counts, found, bool(reason))


def _files(given: Path | str | Sequence[Path | str]) -> list[Path]:
    return [Path(given)] if isinstance(given, str | Path) else [Path(file) for file in given]
