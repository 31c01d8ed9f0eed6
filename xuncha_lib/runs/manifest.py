"""manifest.json: what a run was made of and what came out; and the check whether that still holds."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from xuncha_lib.errors import UnreadableFile
from xuncha_lib.runs.files import put_text
from xuncha_lib.runs.fingerprint import code_digest, file_sha256, list_inputs
from xuncha_lib.runs.steps import Beside

NAME = "manifest.json"


def read_manifest(out: Path) -> dict[str, Any]:
    """The manifest of a run; UnreadableFile where there is none."""
    path = out / NAME
    try:
        note: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise UnreadableFile(str(path), "没有这个文件", "请给出 xuncha run 的输出文件夹") from error
    except ValueError as error:
        raise UnreadableFile(str(path), "内容损坏", "请重新运行 xuncha run") from error
    return note


def write_manifest(out: Path, note: dict[str, Any]) -> None:
    """Write it through a temporary file, so that it is whole or absent."""
    text = json.dumps(note, ensure_ascii=False, indent=1, default=str)
    put_text(out / NAME, text + "\n")


def verify(out: Path) -> list[str]:
    """What changed since the run, one Chinese line each; empty when inputs, code and results are as recorded."""
    note = read_manifest(out)
    changes = [f"运行没有完成（状态：{note['state']}）"] if note["state"] != "done" else []
    if note["code"] != code_digest():
        changes.append("程序或标准已更新：重新运行可能得到不同结果")
    if _has_new_reviews(note):
        changes.append("复核记录有新增或变化：重新运行会更新状态和排序")
    changes += _inputs_changed(note)
    for name, sha256 in _results(note).items():
        path = out / name
        if not path.is_file():
            changes.append(f"结果缺失：{name}")
        elif file_sha256(path) != sha256:
            changes.append(f"结果被改动：{name}")
    return changes


def _has_new_reviews(note: dict[str, Any]) -> bool:
    from xuncha_lib.candidates.review_log import review_folder

    folder = review_folder(Path(note["case_file"]))
    keys = {Beside(reviews=folder, learning=learning).review_key for learning in (True, False)}
    return note.get("reviews") not in keys


def _inputs_changed(note: dict[str, Any]) -> list[str]:
    raw = Path(note["raw"])
    if not raw.is_dir():
        return [f"原始资料文件夹已不在：{raw}"]
    now = {entry.path: entry.sha256 for entry in list_inputs(raw)}
    then = {entry["path"]: entry["sha256"] for entry in note["inputs"]}
    lines = [f"资料缺失：{path}" for path in sorted(set(then) - set(now))]
    lines += [f"新增资料：{path}" for path in sorted(set(now) - set(then))]
    return lines + [
        f"资料被改动：{path}" for path in sorted(set(now) & set(then)) if now[path] != then[path]
    ]


def _results(note: dict[str, Any]) -> dict[str, str]:
    found = dict(note["files"])
    for village in note["villages"]:
        folder = f"villages/{village['folder']}"
        found |= {f"{folder}/{name}": sha256 for name, sha256 in village["files"].items()}
    return found


def inputs_note(inputs: list[Any]) -> list[dict[str, Any]]:
    """Inputs as the manifest lists them."""
    return [asdict(entry) for entry in inputs]
