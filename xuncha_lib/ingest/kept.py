"""What was read before: packs beside the case, so that a file that did not change is not read again."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from xuncha_lib.errors import UnreadableFile
from xuncha_lib.ingest.pack import Pack
from xuncha_lib.ingest.pack_file import load

_LIBRARY = Path(__file__).resolve().parents[1]
_KNOWING = ("ingest", "tables", "values", "masks.py", "knowledge.py", "source.py")
_LAID_OUT = "2"


@cache
def knowledge() -> str:
    """Hash of all that decides what a file is understood as: readers, tables, values."""
    paths = [
        p
        for name in _KNOWING
        for p in ([_LIBRARY / name] if "." in name else (_LIBRARY / name).rglob("*"))
    ]
    found = hashlib.sha256(_LAID_OUT.encode())
    for path in sorted(paths):
        if path.suffix in (".py", ".yml", ".csv"):
            found.update(path.relative_to(_LIBRARY).as_posix().encode())
            found.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return found.hexdigest()


@dataclass(frozen=True)
class Entry:
    """Where a file's result is: in which pack, from which place, how many entries (an archive has several).

    lock  : "" none; "untried" a password is needed and none was given; "tried" those given did not open everything.
    stamp : size and times of the file when its content was known to be this; empty when they would not tell.
    """

    sha256: str
    pack: str
    first: int
    count: int
    lock: str = ""
    stamp: tuple[int, ...] = ()


class Kept:
    """A folder of packs and an index of them; without a folder, a temporary one that goes away with `close`."""

    def __init__(self, folder: Path | None, about: str = "") -> None:
        """about: whatever else decides what comes out; another value makes all that is kept worthless."""
        self._is_temporary = folder is None
        self.folder = folder or Path(tempfile.mkdtemp(prefix="xuncha-"))
        self.folder.mkdir(parents=True, exist_ok=True)
        self._version = hashlib.sha256(f"{knowledge()}\0{about}".encode()).hexdigest()
        self._packs: dict[str, Pack] = {}
        self.entries: dict[str, Entry] = self._read_index()

    def _read_index(self) -> dict[str, Entry]:
        try:
            told: dict[str, Any] = json.loads(
                (self.folder / "index.json").read_text(encoding="utf-8")
            )
            if told["version"] != self._version:
                return {}
            return {
                path: Entry(sha256, pack, first, count, lock, tuple(stamp))
                for path, (sha256, pack, first, count, lock, stamp) in told["files"].items()
            }
        except (OSError, ValueError, KeyError, TypeError):
            return {}

    def pack(self, name: str) -> Pack:
        """A pack of the folder; UnreadableFile where it is gone or broken."""
        if name not in self._packs:
            self._packs[name] = load(self.folder / name)
        return self._packs[name]

    def usable(self, path: str, *, has_passwords: bool) -> bool:
        """True when the result of reading the file is still there, and reading it again could not open more."""
        entry = self.entries.get(path)
        if entry is None or entry.lock == "tried" or (entry.lock and has_passwords):
            return False
        try:
            return entry.first + entry.count <= len(self.pack(entry.pack).files)
        except UnreadableFile:
            return False

    def save(self, entries: dict[str, Entry]) -> None:
        """Keep these files and nothing else."""
        self.entries = entries
        if self._is_temporary:
            return
        used = {entry.pack for entry in entries.values()} | {"index.json"}
        told = {
            "version": self._version,
            "files": {path: list(vars(e).values()) for path, e in entries.items()},
        }
        draft = self.folder / ".index.new"
        draft.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        draft.replace(self.folder / "index.json")
        for path in self.folder.iterdir():
            if path.name not in used:
                path.unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the packs, and of a temporary folder."""
        self._packs.clear()
        if self._is_temporary:
            shutil.rmtree(self.folder, ignore_errors=True)
