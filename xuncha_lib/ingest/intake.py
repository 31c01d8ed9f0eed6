"""A whole folder: what is known already is taken over, the rest is read by workers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from xuncha_lib.ingest.files import Job
from xuncha_lib.ingest.kept import Entry, Kept
from xuncha_lib.ingest.pack import Pack
from xuncha_lib.ingest.workers import Workers

Progress = Callable[[str, int, int], None]

_MOST_FILES, _MOST_BYTES = 32, 8 << 20
_LOCKED = "密码"


def read_round(
    job: Job, paths: list[str], kept: Kept, jobs: int, progress: Progress | None
) -> tuple[list[tuple[Pack, int]], int]:
    """(pack and place of every entry in order of path, how many files were taken over)."""
    entries, todo = _known(job, paths, kept)
    unchanged = len(entries)
    if todo:
        done = unchanged
        for name, chunk, counts in Workers(job, kept.folder, jobs).read(_chunks(todo, jobs)):
            first = 0
            for path, count in zip(chunk, counts, strict=True):
                entries[path] = _entry(kept.pack(name), name, first, count)
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


def _entry(pack: Pack, name: str, first: int, count: int) -> Entry:
    inside = pack.files[first : first + count]
    is_final = not any(file.status == "unreadable" and _LOCKED in file.why for file in inside)
    return Entry(inside[0].sha256, name, first, count, is_final)


def _known(
    job: Job, paths: list[str], kept: Kept
) -> tuple[dict[str, Entry], list[tuple[str, int]]]:
    """(files whose result is kept, (path, bytes) of the others)."""
    entries, todo = {}, []
    for path in paths:
        place = Path(job.raw) / path
        try:
            size = place.stat().st_size
            if path in kept.entries and kept.usable(path, _sha256(place)):
                entries[path] = kept.entries[path]
                continue
        except OSError:
            size = 0
        todo.append((path, size))
    return entries, todo


def _sha256(place: Path) -> str:
    with place.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


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
