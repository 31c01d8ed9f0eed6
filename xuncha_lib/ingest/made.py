"""What the tables of an intake were made of, so that the next one writes only what comes out otherwise."""

from __future__ import annotations

import hashlib

import numpy as np

from xuncha_lib.ingest.gather import Gathered
from xuncha_lib.ingest.records import FileRead
from xuncha_lib.settings import Settings

WHOLE = "*"
"""Stands for all tables together."""

_PART = {"mention": "mentions"}
"""Table → what its rows are called in a pack, where the names differ."""

_DEPENDS = {"business_person": ("business",)}
"""Table → others that complete it, see `COMPANY_FACTS`."""


class Made:
    """For each table a digest of its content and one of its ids: of the intake before, and of the one under way."""

    def __init__(self, before: dict[str, tuple[str, str]] | None = None) -> None:
        """before: what the tables there were made of; none where there are none."""
        self.before, self.now = before or {}, dict[str, tuple[str, str]]()
        self._version = ""

    def begin(self, version: str, settings: Settings) -> None:
        """version: whatever decides, besides files and settings, what comes out; another one changes every digest."""
        self._version = digest(version, repr(settings))

    def whole(self, files: list[FileRead]) -> bool:
        """Note what all files gave; True when it is what the tables there were made of."""
        told = digest(self._version, *map(_told, files)), ""
        is_same = self.before.get(WHOLE) == told
        self.now = dict(self.before) if is_same else {WHOLE: told}
        return is_same

    def contents(self, found: Gathered, codes: list[str | None], names: list[str]) -> set[str]:
        """Note what each table is made of; those whose rows are there already, but for their ids.

        codes : village of every place, in the order of `found`.
        """
        keys = _keys(found, codes)
        for name in names:
            rows = [keys[at] for at in np.flatnonzero(found.counts(_PART.get(name, name))).tolist()]
            self.now[name] = digest(self._version, *rows), ""
        for name, others in _DEPENDS.items():
            self.now[name] = digest(*(self.now[n][0] for n in (name, *others))), ""
        return {n for n in names if self.before.get(n, ("", ""))[0] == self.now[n][0]}

    def ids(self, name: str, columns: list[np.ndarray]) -> bool:
        """Note the ids of a table; True when they are those that are there."""
        self.now[name] = self.now[name][0], digest(*(column.tobytes() for column in columns))
        return self.before.get(name) == self.now[name]


def digest(*parts: str | bytes) -> str:
    """One hash of several texts or bytes, and of where each ends."""
    found = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        found.update(len(data).to_bytes(8, "little"))
        found.update(data)
    return found.hexdigest()


def _told(file: FileRead) -> str:
    """What a file is and what was made of it; with the version of the reader this decides all its rows."""
    sheets = [(s.sheet, s.status, s.table, s.why, s.height) for s in file.sheets]
    return repr((file.path, file.sha256, file.bytes, file.status, file.why, sheets))


def _keys(found: Gathered, codes: list[str | None]) -> list[str]:
    """For each file what decides its rows in the case but for the ids: what was read, and the villages it is about."""
    starts, counts = found.starts("places").tolist(), found.counts("places").tolist()
    return [
        _told(file) + repr(codes[start : start + count])
        for file, start, count in zip(found.files, starts, counts, strict=True)
    ]
