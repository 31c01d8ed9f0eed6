"""A whole folder: what is known already is taken over, the rest is read by workers."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from xuncha_lib.forks import READER, warm_up
from xuncha_lib.ingest.files import Job
from xuncha_lib.ingest.kept import Entry, Kept
from xuncha_lib.ingest.pack import Pack
from xuncha_lib.ingest.records import FileRead
from xuncha_lib.ingest.workers import Workers

Progress = Callable[[str, int, int], None]

_MOST_FILES, _MOST_BYTES = 32, 8 << 20
_LOCKED = "密码"
_SETTLED = 3_000_000_000
"""Nanoseconds: the coarsest clock of a file system (FAT) ticks every two seconds."""


def read_round(
    job: Job, paths: list[str], kept: Kept, jobs: int, progress: Progress | None
) -> tuple[list[tuple[Pack, int]], int]:
    """(pack and place of every entry in order of path, how many files were taken over)."""
    entries, stamps, todo = _known(job, paths, kept)
    unchanged = len(entries)
    if todo:
        done = unchanged
        is_open = bool(job.passwords.entries)
        for name, chunk, counts in Workers(job, kept.folder, jobs).read(_chunks(todo, jobs)):
            first = 0
            for path, count in zip(chunk, counts, strict=True):
                inside = kept.pack(name).files[first : first + count]
                entries[path] = Entry(
                    inside[0].sha256, name, first, count, _lock(inside, is_open), stamps[path]
                )
                first += count
            done += len(chunk)
            if progress:
                progress("读取", done, len(paths))
    ordered = {path: entries[path] for path in paths}
    kept.save(ordered)
    order = [
        (kept.pack(entry.pack), at)
        for entry in ordered.values()
        for at in range(entry.first, entry.first + entry.count)
    ]
    return order, unchanged


def _lock(inside: list[FileRead], has_passwords: bool) -> str:
    if not any(file.status == "unreadable" and _LOCKED in file.why for file in inside):
        return ""
    return "tried" if has_passwords else "untried"


def _known(
    job: Job, paths: list[str], kept: Kept
) -> tuple[dict[str, Entry], dict[str, tuple[int, ...]], list[tuple[str, int]]]:
    """(files whose result is kept, stamp of every file, (path, bytes) of the files to read)."""
    entries, todo = {}, []
    has_passwords = bool(job.passwords.entries)
    told = {path: stamp_of(f"{job.raw}/{path}") for path in paths}
    stamps = {path: stamp for path, (stamp, _) in told.items()}
    if stamps != {path: entry.stamp for path, entry in kept.entries.items()}:
        warm_up(*READER)  # most likely something is to be read
    for path, (_, size) in told.items():
        place = f"{job.raw}/{path}"
        if kept.usable(path, has_passwords=has_passwords):
            before = kept.entries[path]
            is_same = bool(before.stamp) and before.stamp == stamps[path]
            if is_same or before.sha256 == _sha256(place):
                entries[path] = replace(before, stamp=stamps[path])
                continue
        todo.append((path, size))
    return entries, stamps, todo


def _sha256(place: str) -> str:
    """Hash of a file; "" where it cannot be read."""
    try:
        with Path(place).open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def stamp_of(place: str) -> tuple[tuple[int, ...], int]:
    """(size and times of a file, its size); no stamp for a file so new that the next change might not show in it."""
    try:
        told = os.stat(place)  # noqa: PTH116 (thousands of files: a third of the time)
    except OSError:
        return (), 0
    if max(told.st_mtime_ns, told.st_ctime_ns) > time.time_ns() - _SETTLED:
        return (), told.st_size
    return (told.st_size, told.st_mtime_ns, told.st_ctime_ns), told.st_size


def _chunks(todo: list[tuple[str, int]], jobs: int) -> list[list[str]]:
    """Files in order, a few at a time: as many as make a pack worth its while, and enough for every worker."""
    most = max(1, min(_MOST_FILES, len(todo) // (jobs * 4)))
    found: list[list[str]] = []
    size = 0
    for path, bytes_ in todo:
        if not found or len(found[-1]) >= most or size + bytes_ > _MOST_BYTES:
            found.append([])
            size = 0
        found[-1].append(path)
        size += bytes_
    return found
