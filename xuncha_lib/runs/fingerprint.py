"""What a run is made of, as hashes: the raw files, the settings, the code. Same key, same candidates."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from xuncha_lib.errors import XunchaError
from xuncha_lib.settings import Settings

LIBRARY = Path(__file__).resolve().parents[1]
PROJECT = LIBRARY.parent
NOTEBOOKS = PROJECT / "notebooks"
_CODE = {".py", ".sql", ".yml", ".css", ".csv"}


@dataclass(frozen=True)
class Input:
    """One file as received.   path: relative to the raw folder, `/` separators."""

    path: str
    bytes: int
    sha256: str


def file_sha256(path: Path) -> str:
    """SHA-256 of a file in hex, read in pieces."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def require_files(raw: Path) -> None:
    """An XunchaError for an empty or missing folder."""
    if not raw.is_dir():
        raise XunchaError(str(raw), "没有这个文件夹", "请给出存放原始资料的文件夹")
    if not any(p.is_file() for p in raw.rglob("*")):
        raise XunchaError(str(raw), "文件夹里没有文件", "请先放入村和部门报送的资料")


def list_inputs(raw: Path) -> list[Input]:
    """Every file under the raw folder, in order of path; an empty or missing folder is an XunchaError."""
    require_files(raw)
    paths = sorted(
        (p for p in raw.rglob("*") if p.is_file()), key=lambda p: p.relative_to(raw).as_posix()
    )
    return [Input(p.relative_to(raw).as_posix(), p.stat().st_size, file_sha256(p)) for p in paths]


def digest(*parts: Any) -> str:
    """SHA-256 in hex of anything JSON can hold (dates as text); line ends of text do not matter."""
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _text_digest(paths: list[Path], root: Path) -> str:
    return digest([
        [p.relative_to(root).as_posix(), hashlib.sha256(p.read_bytes().replace(b"\r\n", b"\n")).hexdigest()]
        for p in paths
    ])  # fmt: skip


@cache
def code_digest() -> str:
    """Hash of the library's source and of the shipped limits: what decides which candidates come out."""
    source = [p for p in LIBRARY.rglob("*") if p.suffix in _CODE]
    limits = list((PROJECT / "data" / "limits").glob("*.csv"))
    return _text_digest(sorted([*source, *limits]), PROJECT)


def notebook_digest(path: Path) -> str:
    """Hash of one report notebook."""
    return _text_digest([path], path.parent)


def beside(raw: Path) -> list[Path]:
    """What a round keeps beside its raw folder and ingest reads: taught layouts, its own list of materials, receipts."""
    home = raw.resolve().parent
    found = [*(home / "layouts").glob("*.yml"), home / "supply.yml", home / "received.csv"]
    return sorted(path for path in found if path.is_file())


def run_key(
    inputs: list[Input],
    settings: Settings,
    limits: Path | None,
    raw: Path,
    models: Path | None = None,
) -> str:
    """Key of a run: equal keys mean that nothing which could change a candidate has changed."""
    local = sorted(limits.glob("*.csv")) if limits else []
    own = sorted(p for p in models.glob("M[0-9]*") if p.suffix in _CODE) if models else []
    return digest(
        [asdict(entry) for entry in inputs], asdict(settings), code_digest(),
        _text_digest(local, limits) if limits else "", _text_digest(beside(raw), raw.resolve().parent),
        _text_digest(own, models) if models else "",
    )  # fmt: skip
