"""Where a row came from: the thread on which every figure hangs."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row of one sheet as a spreadsheet shows it.

    file : path relative to the raw folder, `/` separators.   sheet : "" for csv.   row : counts from 1.
    """

    file: str
    sheet: str
    row: int

    def __str__(self) -> str:
        return f"{self.file} · {self.sheet or '（无工作表）'} · 第{self.row}行"


def content_key(*parts: object) -> str:
    """Sixteen hex digits that depend only on what the parts say, not on where or when they were read."""
    text = "\x1f".join("" if part is None else str(part) for part in parts)
    return hashlib.blake2b(text.encode("utf-8"), digest_size=8).hexdigest()
