"""The raw folder: which files are tables, and reading them in one process or several."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from xuncha_lib.errors import UnreadableFile
from xuncha_lib.ingest import layouts, petitions
from xuncha_lib.ingest.readers import read_file
from xuncha_lib.ingest.records import FileRead
from xuncha_lib.ingest.sheets import read_grid

Progress = Callable[[str, int, int], None]

_WORTH_A_POOL = 120
"""Fewer files are read sooner in this process than a pool of workers starts."""

_NOT_TABLES = {
    "doc": "文字文档", "docx": "文字文档", "wps": "文字文档", "rtf": "文字文档", "pdf": "PDF 文件", "jpg": "图片", "jpeg": "图片", "png": "图片",
    "bmp": "图片", "gif": "图片", "tif": "图片", "tiff": "图片", "heic": "图片", "ppt": "演示文稿", "pptx": "演示文稿", "zip": "压缩包",
    "rar": "压缩包", "7z": "压缩包", "mp4": "视频", "mp3": "录音", "m4a": "录音", "amr": "录音", "wav": "录音", "md": "说明文件", "ini": "系统文件",
    "db": "系统文件", "lnk": "快捷方式", "exe": "程序", "json": "数据文件", "toml": "设置文件", "log": "日志", "ofd": "OFD 文件", "dps": "演示文稿",
    "tmp": "临时文件", "url": "快捷方式", "bak": "备份文件", "py": "程序", "yml": "设置文件", "yaml": "设置文件", "parquet": "数据文件",
}  # fmt: skip
_RESAVE = "请用 WPS 打开后另存为 .xlsx，再放回原处"
_ADVICE = {"压缩包": "请解压后把里面的表格放回原处", "图片": "如其中有表格，请录入为 .xlsx", "PDF 文件": "如其中有表格，请要电子表格或录入为 .xlsx",
           "文字文档": "如其中有表格，请复制到 .xlsx", "OFD 文件": "如其中有表格，请要电子表格或录入为 .xlsx"}  # fmt: skip


def files_under(raw: Path) -> list[str]:
    """Every file below the folder, relative and with `/`, in sorted order."""
    return sorted(p.relative_to(raw).as_posix() for p in raw.rglob("*") if p.is_file())


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


def read_one(raw: str, path: str) -> FileRead:
    """One file, read and understood. Never raises for what is in the file."""
    place = Path(raw) / path
    layouts.use(layouts.folder_of(Path(raw)))
    try:
        data = place.read_bytes()
    except OSError as error:
        why = f"读不出来（{error.strerror}）"
        return FileRead(path, "", 0, "unreadable", why, "请检查文件是否完整、有无读取权限")
    found = FileRead(path, hashlib.sha256(data).hexdigest(), len(data), "read")
    found.why, found.todo = why_not_a_table(path)
    if found.why:
        found.status = "not_a_table"
        return found
    if b"W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t" in data[:200_000] or b"word/document.xml" in data:
        found.status, found.why = "not_a_table", "文字文档，不是表格"
        found.todo = _ADVICE["文字文档"]
        return found
    try:
        _understand(found, place)
    except UnreadableFile as error:
        found.status, found.why, found.todo = "unreadable", error.found, error.todo
    except Exception as error:  # a fault of ours: it costs this file, not the round
        found.sheets = []
        found.status, found.why, found.todo = (
            "unreadable",
            f"读取时出错（{type(error).__name__}）",
            _RESAVE,
        )
    return found


def _understand(found: FileRead, place: Path) -> None:
    """Every sheet of the file into `found`; says so when none is a table we know."""
    found.reader, grids = read_file(place)
    book: dict[tuple[str, str], float] = {}
    for grid in grids:
        found.sheets += read_grid(grid, found.path, book)
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


def read_all(
    raw: Path, paths: list[str], jobs: int, progress: Progress | None
) -> Iterator[FileRead]:
    """Every file in order; several processes when there are enough files for them."""
    todo = list(paths)
    done = 0
    if jobs > 1 and len(todo) >= _WORTH_A_POOL and _pools_work():
        try:
            for one in _pooled(raw, todo, jobs):
                done += 1
                if progress:
                    progress("读取", done, len(paths))
                yield one
            return
        except (
            BrokenProcessPool
        ):  # a reader took its process down: go on one by one, each in a process of its own
            for path in todo[done:]:
                done += 1
                yield _alone(raw, path)
            return
    for path in todo:
        done += 1
        if progress:
            progress("读取", done, len(paths))
        yield read_one(str(raw), path)


def _pools_work() -> bool:
    """False where a new process cannot load the running program (typed at a prompt, or without a main guard)."""
    program = getattr(sys.modules.get("__main__"), "__file__", None)
    if program and not Path(program).exists():
        return False
    try:
        with ProcessPoolExecutor(1, mp_context=_context()) as pool:
            return pool.submit(int).result() == 0
    except (BrokenProcessPool, RuntimeError):
        return False


def _context() -> Any:
    """Fork is quick and safe before threads start; Windows and macOS only know spawn."""
    return get_context("forkserver" if sys.platform == "linux" else "spawn")


def _pooled(raw: Path, paths: list[str], jobs: int) -> Iterator[FileRead]:
    with ProcessPoolExecutor(jobs, mp_context=_context()) as pool:
        yield from pool.map(
            read_one,
            [str(raw)] * len(paths),
            paths,
            chunksize=max(1, min(20, len(paths) // (jobs * 4))),
        )


def _alone(raw: Path, path: str) -> FileRead:
    try:
        with ProcessPoolExecutor(1, mp_context=_context()) as pool:
            return pool.submit(read_one, str(raw), path).result()
    except BrokenProcessPool:
        data = (raw / path).read_bytes()
        return FileRead(path, hashlib.sha256(data).hexdigest(), len(data), "unreadable", "读取程序被这个文件弄崩溃了",
                        _RESAVE)  # fmt: skip
