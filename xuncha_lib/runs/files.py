"""Files that are whole or absent, whenever the process is killed."""

from __future__ import annotations

from pathlib import Path


def draft_of(path: Path) -> Path:
    """Where a file is written before it takes its place; `sweep` removes what was left there."""
    return path.with_name(f".{path.name}.tmp")


def put_text(path: Path, text: str) -> None:
    """Write a text file in one step (UTF-8, Unix line ends)."""
    draft = draft_of(path)
    draft.write_text(text, encoding="utf-8", newline="\n")
    draft.replace(path)


def sweep(folder: Path) -> None:
    """Remove what an interrupted run left half-written."""
    for path in folder.glob(".*.tmp*"):
        path.unlink(missing_ok=True)
