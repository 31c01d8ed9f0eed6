"""A pack as one file: Arrow streams, one or more per table, read in place; at the end a head in JSON and its length."""

from __future__ import annotations

import datetime as dt
import json
import mmap
import shutil
import sys
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from xuncha_lib.errors import UnreadableFile
from xuncha_lib.ingest.pack import Pack, pack
from xuncha_lib.ingest.pack_schema import schema_of
from xuncha_lib.ingest.records import FileRead, SheetRead, Stored

_ALIGN, _SIZE = 64, 8
_ABOUT = [
    f.name
    for f in fields(SheetRead)
    if f.type in ("str", "str | None", "int", "int | None", "bool")
]


class PackFile:
    """A pack while it is written. places: table → where its streams begin and end."""

    def __init__(self, path: Path) -> None:
        self.path, self._out = path, path.open("wb")
        self.places: dict[str, list[tuple[int, int]]] = {}

    def put(self, tables: dict[str, pa.Table]) -> None:
        """Add rows to some tables. Blank columns are left out: most tables have dozens of them."""
        for name, whole in tables.items():
            table = whole.select(
                [n for n in whole.column_names if whole[n].null_count < len(whole)]
            )
            sink = pa.BufferOutputStream()
            with pa.ipc.new_stream(sink, table.schema) as stream:
                stream.write_table(table)
            self._out.write(b"\0" * (-self._out.tell() % _ALIGN))
            start = self._out.tell()
            self._out.write(sink.getvalue())
            self.places.setdefault(name, []).append((start, self._out.tell()))

    def take(self, stored: Stored) -> None:
        """Add all that is in another file, which goes away."""
        self._out.write(b"\0" * (-self._out.tell() % _ALIGN))
        start = self._out.tell()
        if start:
            with Path(stored.path).open("rb") as source:
                shutil.copyfileobj(source, self._out, 1 << 22)
            Path(stored.path).unlink()
        else:
            self._out.close()
            Path(stored.path).replace(self.path)
            self._out = self.path.open("ab")
        for name, places in stored.places.items():
            self.places.setdefault(name, []).extend((start + a, start + b) for a, b in places)

    def end(self, files: list[FileRead], counts: dict[str, list[int]]) -> None:
        """Write what the files are, and close."""
        told = {"files": [_file_out(f) for f in files], "counts": counts, "places": self.places}
        text = json.dumps(told, ensure_ascii=False).encode()
        self._out.write(text + len(text).to_bytes(_SIZE, "little"))
        self._out.close()

    def close(self) -> None:
        """Close without a head: for what another pack takes over."""
        self._out.close()


def save(files: list[FileRead], path: Path) -> None:
    """Write what was found in some files. Their rows are let go."""
    out, counts = PackFile(path), dict[str, list[int]]()
    try:
        for first, end in _runs(files):
            stored, files[first].stored = files[first].stored, None
            if stored is None:
                found = pack(files[first:end])
                out.put(found.tables)
                told = found.counts
            else:
                out.take(stored)
                told = {name: [count] for name, count in stored.counts.items()}
            for name, own in told.items():
                counts.setdefault(name, [0] * len(files))[first:end] = own
        out.end(files, counts)
    finally:
        out.close()


def _runs(files: list[FileRead]) -> list[tuple[int, int]]:
    """Neighbours that are packed together; a file whose rows are stored already stands alone."""
    found: list[tuple[int, int]] = []
    for at, file in enumerate(files):
        if found and file.stored is None and files[at - 1].stored is None:
            found[-1] = (found[-1][0], at + 1)
        else:
            found.append((at, at + 1))
    return found


def load(path: Path) -> Pack:
    """The pack; its tables stay in the file and are read when looked at. UnreadableFile where it is not whole."""
    try:
        with path.open("rb") as stream:
            mapped = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        whole = pa.py_buffer(mapped)
        end = len(whole) - _SIZE
        size = int.from_bytes(whole[end:], "little")
        head = json.loads(bytes(whole[max(0, end - size) : end]))
        tables = {
            name: pa.concat_tables(
                [_whole(pa.ipc.open_stream(whole[a:b]).read_all(), name) for a, b in places]
            )
            for name, places in head["places"].items()
        }
        files = [_file_in(told) for told in head["files"]]
        return Pack(files, tables, head["counts"], lambda: _rest(mapped))
    except (OSError, ValueError, KeyError, TypeError, IndexError, pa.ArrowException) as error:
        raise UnreadableFile(str(path), f"读不出来（{error}）", "") from error


@cache
def _blank(kind: pa.DataType, rows: int) -> pa.Array:
    return pa.nulls(rows, kind)


def _whole(table: pa.Table, name: str) -> pa.Table:
    """The table with its blank columns; all of them share a few blank cells."""
    schema = schema_of(name)
    rows = 1 << max(10, (len(table) - 1).bit_length())
    columns = [
        table[field.name]
        if field.name in table.column_names
        else pa.chunked_array([_blank(field.type, rows).slice(0, len(table))])
        for field in schema
    ]
    return pa.Table.from_arrays(columns, schema=schema)


def _rest(mapped: mmap.mmap) -> None:
    """Give the pages of a mapped file back, where the system knows how."""
    if sys.platform == "linux":
        mapped.madvise(mmap.MADV_DONTNEED)


def _file_out(file: FileRead) -> dict[str, Any]:
    return {f.name: getattr(file, f.name) for f in fields(FileRead) if f.name not in ("sheets", "stored")} | {
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
