"""The tables of the last intake as a file beside the packs: a case begins as a copy of it."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import duckdb

from xuncha_lib.ingest.made import Made
from xuncha_lib.store import OFFLINE

NAMES = ("tables.duckdb", "tables.duckdb.wal", "tables.json")


class TablesFile:
    """`folder`: where it is. While it is being written, or when its content is not the one noted, it counts as gone."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.tables, self._wal, self._note = (folder / name for name in NAMES)

    def open(self) -> tuple[duckdb.DuckDBPyConnection, Made]:
        """Connection to the tables to change, and of what they were made; both empty where none are whole."""
        before = self._read()
        self._note.unlink(missing_ok=True)
        if not before:
            self._drop()
        try:
            return duckdb.connect(str(self.tables), config=OFFLINE), Made(before)
        except duckdb.Error:
            self._drop()
            return duckdb.connect(str(self.tables), config=OFFLINE), Made()

    def _drop(self) -> None:
        for path in (self.tables, self._wal):
            path.unlink(missing_ok=True)

    def _read(self) -> dict[str, tuple[str, str]]:
        try:
            told = json.loads(self._note.read_text(encoding="utf-8"))
            if self._wal.exists() or told["sha256"] != _sha256(self.tables):
                return {}
            return {name: (content, ids) for name, (content, ids) in told["made"].items()}
        except (OSError, ValueError, KeyError, TypeError):
            return {}

    def put(self, made: Made, case: Path) -> None:
        """After the connection was closed: note what the tables were made of, and make the case a copy of them."""
        note = {"sha256": _sha256(self.tables), "made": made.now}
        self._note.write_text(json.dumps(note), encoding="utf-8")
        draft = case.with_name(f".{case.name}.tmp")
        shutil.copyfile(self.tables, draft)
        draft.replace(case)


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
