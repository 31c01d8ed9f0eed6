"""What a round was taught about its own sheets: `layouts/<table>.yml` beside the raw folder, written by `xuncha teach`.

It goes before what is shipped and survives updates. A file says, for one table, which headings are which field, and which
heads are that table whatever else they resemble:

    table: subsidy
    columns: {amount_yuan: [领取额], beneficiary.name: [领钱人]}
    heads: [[姓名, 身份证号, 领取额]]
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from xuncha_lib.errors import XunchaError, unknown
from xuncha_lib.ingest.headings import JOIN, plain
from xuncha_lib.knowledge import read_yaml
from xuncha_lib.source import content_key

_KEYS = ("table", "columns", "heads")
Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Layouts:
    """words: plain heading → {table: field key}.   heads: (plain headings that must all be there, table), longest first."""

    words: dict[str, dict[str, str]] = field(default_factory=dict)
    heads: tuple[tuple[frozenset[str], str], ...] = ()
    digest: str = ""

    def fields_of(self, heading: str) -> dict[str, str]:
        """Table → field key that a heading was taught to be."""
        if not self.words:
            return {}
        levels = heading.split(JOIN)
        return {
            **self.words.get(plain(levels[-1]), {}),
            **self.words.get(plain("".join(levels)), {}),
        }

    def table_of(self, headings: list[str]) -> str | None:
        """Table that a head was taught to be; None for any other head."""
        if not self.heads:
            return None
        names = {plain(heading.replace(JOIN, "")) for heading in headings}
        return next((table for head, table in self.heads if head <= names), None)


_NONE = Layouts()
_active: tuple[Path | None, Stamp, Layouts] = (None, (), _NONE)


def folder_of(raw: Path) -> Path:
    """Where the layouts of the round of this raw folder are."""
    return raw.resolve().parent / "layouts"


def active() -> Layouts:
    """The layouts in force in this process."""
    return _active[2]


def use(folder: Path) -> Layouts:
    """Put a folder's layouts in force; cheap when nothing changed. A mistake in a file is an XunchaError naming it."""
    global _active
    found = sorted(folder.glob("*.yml")) if folder.is_dir() else []
    stamp = tuple((p.name, p.stat().st_mtime_ns, p.stat().st_size) for p in found)
    if _active[:2] != (folder, stamp):
        _active = (folder, stamp, read_layouts(found))
    return _active[2]


def read_layouts(files: list[Path]) -> Layouts:
    """Layouts of some files; one table per file."""
    words: dict[str, dict[str, str]] = {}
    heads: list[tuple[frozenset[str], str]] = []
    texts = []
    for path in files:
        texts.append(path.read_text(encoding="utf-8"))
        entry = entry_of(path, texts[-1])
        table = entry["table"]
        for key, headings in entry["columns"].items():
            for heading in headings:
                words.setdefault(plain(str(heading)), {})[table] = key
        heads += [(frozenset(plain(str(h)) for h in head), table) for head in entry["heads"]]
    heads.sort(key=lambda one: (-len(one[0]), sorted(one[0]), one[1]))
    return Layouts(words, tuple(heads), content_key(*texts) if texts else "")


def entry_of(path: Path, text: str) -> dict[str, Any]:
    """table, columns (field key → headings) and heads of one file."""
    try:
        entry = {"columns": {}, "heads": [], **(read_yaml(text) or {})}
        columns, heads = dict(entry["columns"]), [list(head) for head in entry["heads"]]
    except (TypeError, ValueError, yaml.YAMLError) as error:
        raise XunchaError(
            str(path), f"读不懂：{str(error).splitlines()[0]}", "请改正或删去这个文件"
        ) from error
    for key in entry:
        if key not in _KEYS:
            raise unknown(f"{path} 的键", key, _KEYS)
    return {"table": str(entry.get("table", "")), "columns": columns, "heads": heads}
