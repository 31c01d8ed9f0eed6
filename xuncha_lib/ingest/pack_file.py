"""A pack as one file: a head in JSON, then one Arrow stream per table, read in place."""

from __future__ import annotations

import datetime as dt
import json
import mmap
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import pyarrow as pa

from xuncha_lib.errors import UnreadableFile
from xuncha_lib.ingest.pack import Pack
from xuncha_lib.ingest.records import FileRead, SheetRead

_ALIGN = 64
_ABOUT = [
    f.name
    for f in fields(SheetRead)
    if f.type in ("str", "str | None", "int", "int | None", "bool")
]


def save(pack: Pack, path: Path) -> None:
    """Write the pack."""
    sink = pa.BufferOutputStream()
    places = {}
    for name, table in pack.tables.items():
        start = sink.tell()
        with pa.ipc.new_stream(sink, table.schema) as stream:
            stream.write_table(table)
        sink.write(b"\0" * (-sink.tell() % _ALIGN))
        places[name] = [start, sink.tell()]
    head = {
        "files": [_file_out(file) for file in pack.files],
        "counts": pack.counts,
        "places": places,
    }
    text = json.dumps(head, ensure_ascii=False).encode()
    first = len(text).to_bytes(8, "little") + text
    with path.open("wb") as out:
        out.write(first + b"\0" * (-len(first) % _ALIGN))
        out.write(sink.getvalue())


def load(path: Path) -> Pack:
    """The pack; its tables stay in the file and are read when looked at. UnreadableFile where it is not whole."""
    try:
        with path.open("rb") as stream:
            mapped = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        whole = pa.py_buffer(mapped)
        size = int.from_bytes(whole[:8], "little")
        head = json.loads(bytes(whole[8 : 8 + size]))
        start = 8 + size + -(8 + size) % _ALIGN
        tables = {
            name: pa.ipc.open_stream(whole[start + a : start + b]).read_all()
            for name, (a, b) in head["places"].items()
        }
        files = [_file_in(told) for told in head["files"]]
        return Pack(files, tables, head["counts"], lambda: _rest(mapped))
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowException) as error:
        raise UnreadableFile(str(path), f"读不出来（{error}）", "") from error


def _rest(mapped: mmap.mmap) -> None:
    """Give the pages of a mapped file back, where the system knows how."""
    if sys.platform == "linux":
        mapped.madvise(mmap.MADV_DONTNEED)


def _file_out(file: FileRead) -> dict[str, Any]:
    return {f.name: getattr(file, f.name) for f in fields(FileRead) if f.name != "sheets"} | {
        "sheets": [
            {name: getattr(sheet, name) for name in _ABOUT}
            | {"period": [str(day) if day else None for day in sheet.period[:2]] + [sheet.period[2]], "hints": sheet.hints}
            for sheet in file.sheets
        ]
    }  # fmt: skip


def _file_in(told: dict[str, Any]) -> FileRead:
    sheets = []
    for one in told.pop("sheets"):
        start, end, grain = one.pop("period")
        days = (
            dt.date.fromisoformat(start) if start else None,
            dt.date.fromisoformat(end) if end else None,
        )
        sheets.append(SheetRead(**(one | {"period": (*days, grain), "hints": tuple(one["hints"])})))
    return FileRead(**told, sheets=sheets)
