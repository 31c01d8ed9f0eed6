"""One file of the raw folder, read and understood; an archive is as many as it holds."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from xuncha_lib.errors import UnreadableFile
from xuncha_lib.ingest import layouts, petitions, summaries
from xuncha_lib.ingest.archives import Member, is_archive, members_of
from xuncha_lib.ingest.limits import Limits
from xuncha_lib.ingest.long_text import Sizes, read_long
from xuncha_lib.ingest.passwords import Passwords
from xuncha_lib.ingest.readers import is_text_document, read_data
from xuncha_lib.ingest.readers.pieces import survey
from xuncha_lib.ingest.records import FileRead
from xuncha_lib.ingest.sheets import read_grid

_NOT_TABLES = {
    "doc": "文字文档", "wps": "文字文档", "rtf": "文字文档", "pdf": "PDF 文件", "jpg": "图片", "jpeg": "图片", "png": "图片",
    "bmp": "图片", "gif": "图片", "tif": "图片", "tiff": "图片", "heic": "图片", "ppt": "演示文稿", "pptx": "演示文稿",
    "rar": "压缩包", "7z": "压缩包", "mp4": "视频", "mp3": "录音", "m4a": "录音", "amr": "录音", "wav": "录音", "md": "说明文件", "ini": "系统文件",
    "db": "系统文件", "lnk": "快捷方式", "exe": "程序", "json": "数据文件", "toml": "设置文件", "log": "日志", "ofd": "OFD 文件", "dps": "演示文稿",
    "tmp": "临时文件", "url": "快捷方式", "bak": "备份文件", "py": "程序", "yml": "设置文件", "yaml": "设置文件", "parquet": "数据文件",
}  # fmt: skip
RESAVE = "请用 WPS 打开后另存为 .xlsx，再放回原处"
_ADVICE = {"压缩包": "请解压后把里面的表格放回原处", "图片": "如其中有表格，请录入为 .xlsx", "PDF 文件": "如其中有表格，请要电子表格或录入为 .xlsx",
           "文字文档": "如其中有表格，请复制到 .xlsx", "OFD 文件": "如其中有表格，请要电子表格或录入为 .xlsx"}  # fmt: skip

_NO_TABLE = ("not_a_table", "文字文档，不是表格", _ADVICE["文字文档"])

Alive = Callable[[], None]


@dataclass(frozen=True)
class Job:
    """What a reader is told besides the file: the folder, passwords to try, and how much one file may cost.

    folder : where rows wait that are too many to be kept in memory; "" the system's place for such files.
    """

    raw: str
    passwords: Passwords = field(default_factory=Passwords)
    limits: Limits = field(default_factory=Limits)
    folder: str = ""
    sizes: Sizes = field(default_factory=Sizes)


def files_under(raw: Path) -> list[str]:
    """Every file below the folder, relative and with `/`, in sorted order."""
    found, folders = [], [(raw, "")] if raw.is_dir() else []
    while folders:
        folder, prefix = folders.pop()
        with os.scandir(folder) as inside:
            for entry in inside:
                if entry.is_file():
                    found.append(prefix + entry.name)
                elif entry.is_dir(follow_symlinks=False):
                    folders.append((folder / entry.name, f"{prefix}{entry.name}/"))
    return sorted(found)


def why_not_a_table(path: str) -> tuple[str, str]:
    """(why, what to do) for a file that cannot be a table by its name; ("", "") otherwise."""
    name = path.rsplit("/", 1)[-1]
    if name.startswith(("~$", ".~", "~")):
        return "打开表格时留下的锁定文件", ""
    if any(part.startswith(".") for part in path.split("/")) or name.lower() in (
        "thumbs.db",
        "desktop.ini",
    ):
        return "隐藏文件", ""
    kind = _NOT_TABLES.get(name.rsplit(".", 1)[-1].lower() if "." in name else "", "")
    return (f"{kind}，不是表格", _ADVICE.get(kind, "")) if kind else ("", "")


def _nothing() -> None:
    """No one waits for a sign of life."""


def read_one(job: Job, path: str, alive: Alive = _nothing) -> list[FileRead]:
    """One file, read and understood; after an archive the files in it. Never raises for what is in the file."""
    layouts.use(layouts.folder_of(Path(job.raw)))
    place = Path(job.raw) / path
    try:
        if place.stat().st_size >= job.sizes.long:
            with place.open("rb") as stream:
                if found := _long(job, path, stream, alive):
                    return [found]
        data = place.read_bytes()
    except OSError as error:
        why = f"读不出来（{error.strerror}）"
        return [FileRead(path, "", 0, "unreadable", why, "请检查文件是否完整、有无读取权限")]
    return _read(job, path, data, alive, 0)


def given_up(job: Job, path: str, why: str, todo: str) -> FileRead:
    """The entry of a file whose reader was stopped or died."""
    place = Path(job.raw) / path
    try:
        with place.open("rb") as stream:
            return FileRead(
                path, hashlib.file_digest(stream, "sha256").hexdigest(), place.stat().st_size,
                "unreadable", why, todo,
            )  # fmt: skip
    except OSError:
        return FileRead(path, "", 0, "unreadable", why, todo)


def _read(job: Job, path: str, data: bytes, alive: Alive, depth: int) -> list[FileRead]:
    alive()
    found = FileRead(path, hashlib.sha256(data).hexdigest(), len(data), "read")
    found.why, found.todo = why_not_a_table(path)
    if found.why:
        found.status = "not_a_table"
        return [found]
    try:
        if is_archive(data):
            return _archive(job, found, data, alive, depth)
        if is_text_document(data):
            _text_document(job, found, data, alive)
        elif found.path.lower().endswith(".docx"):
            found.status, found.why, found.todo = _NO_TABLE
        else:
            _understand(job, found, data, alive)
    except UnreadableFile as error:
        found.status, found.why, found.todo = "unreadable", error.found, error.todo
    except Exception as error:  # a fault of ours: it costs this file, not the round
        found.sheets = []
        found.status, found.todo = "unreadable", RESAVE
        found.why = f"读取时出错（{type(error).__name__}）"
    return [found]


def _archive(job: Job, found: FileRead, data: bytes, alive: Alive, depth: int) -> list[FileRead]:
    """The archive itself, then each file in it under its own path."""
    inside: list[FileRead] = []
    for member in members_of(found.path, data, job.passwords, job.limits, depth):
        inside += _member(job, f"{found.path}!/{member.name}", member, alive, depth + 1)
    statuses = [one.status for one in inside]
    found.status = next(
        (s for s in ("read", "not_recognised", "unreadable") if s in statuses), "not_a_table"
    )
    found.reader = "archive"
    found.why = f"压缩包，内含{len(inside)}个文件" if inside else "压缩包是空的"
    return [found, *inside]


def _member(job: Job, path: str, member: Member, alive: Alive, depth: int) -> list[FileRead]:
    try:
        data = member.read()
    except UnreadableFile as error:
        return [FileRead(path, "", member.size, "unreadable", error.found, error.todo)]
    if len(data) >= job.sizes.long and (found := _long(job, path, io.BytesIO(data), alive)):
        return [found]
    return _read(job, path, data, alive, depth)


def _long(job: Job, path: str, stream: BinaryIO, alive: Alive) -> FileRead | None:
    """A long text, read piece by piece; None for any other file."""
    if why_not_a_table(path)[0]:
        return None
    try:
        found = read_long(path, stream, job.folder, alive, job.sizes)
    except Exception as error:  # a fault of ours: it costs this file, not the round
        why = f"读取时出错（{type(error).__name__}）"
        stream.seek(0)
        told = survey(stream, alive)
        return FileRead(path, told.sha256, told.bytes, "unreadable", why, RESAVE)
    if found:
        _settle(found)
    return found


def _text_document(job: Job, found: FileRead, data: bytes, alive: Alive) -> None:
    """The tables of a Word document that are any we know; without one it is a text like any other."""
    if data.startswith(b"PK"):
        with suppress(UnreadableFile):
            _understand(job, found, data, alive)
    if found.status not in ("read", "refused") or not found.sheets:
        unknown = next((s.why for s in found.sheets if s.status == "not_recognised"), "")
        found.sheets = []
        found.status, found.why, found.todo = _NO_TABLE
        if unknown:
            found.why += f"；其中的表没有认出（{unknown}）"


def _understand(job: Job, found: FileRead, data: bytes, alive: Alive) -> None:
    """Every sheet of the file into `found`; says so when none is a table we know."""
    found.reader, grids = read_data(found.path, data, job.passwords, job.limits)
    book: dict[tuple[str, str], float] = {}
    for grid in grids:
        found.sheets += read_grid(grid, found.path, book)
        alive()
    summaries.mark(found.sheets)
    _settle(found)


def _settle(found: FileRead) -> None:
    """Say of a file whose sheets are read what it is as a whole."""
    if not any(s.status == "read" for s in found.sheets):
        found.status = "not_recognised"
        found.why = next(
            (s.why for s in found.sheets if s.status == "not_recognised"), "里面没有数据"
        )
        found.todo = "请核对是否为需要的表；若是，按提示补充列名后重新导入"
    if refused := [s.why for s in found.sheets if s.status == "refused"]:
        found.todo = petitions.TODO
        if found.status != "read":
            found.status, found.why = "refused", refused[0]
