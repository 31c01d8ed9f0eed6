"""What the reader of cells does not tell about a workbook: its size unpacked, hidden rows, comments."""

from __future__ import annotations

import html
import io
import posixpath
import re
import xml.etree.ElementTree as ET
import zipfile
import zlib
from dataclasses import dataclass, field

from xuncha_lib.errors import UnreadableFile
from xuncha_lib.ingest.limits import Limits
from xuncha_lib.ingest.readers.marked import marks_of, styles_of
from xuncha_lib.ingest.readers.ods import hidden_in_ods

_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\b[^>]*>")
_WIDEST = 1_000
_NUMBER = re.compile(rb'\br="(\d+)"')
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_COMMENT = re.compile(rb"<(?:\w+:)?comment\b[^>]*>.*?</(?:\w+:)?comment>", re.DOTALL)
_TEXT = re.compile(rb"<(?:\w+:)?t\b[^>]*>(.*?)</(?:\w+:)?t>", re.DOTALL)
_DENSEST = 1_040
"""No byte of a zip unpacks to more."""
_BROKEN = (
    zipfile.BadZipFile,
    OSError,
    EOFError,
    zlib.error,
    ValueError,
    ET.ParseError,
    KeyError,
    NotImplementedError,
    RuntimeError,
)


@dataclass
class Aside:
    """About one sheet. hidden, columns: numbers of hidden rows and columns from 1.   notes: row number → what else is told of it."""

    hidden: frozenset[int] = frozenset()
    notes: dict[int, list[str]] = field(default_factory=dict)
    columns: frozenset[int] = frozenset()


def check_size(path: str, data: bytes, limits: Limits) -> None:
    """UnreadableFile for a book that would unpack to more than a book can be."""
    if not data.startswith(b"PK") or len(data) * _DENSEST <= limits.unpacked:
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(info.file_size for info in archive.infolist())
    except _BROKEN:
        return  # the reader itself will say what is wrong
    if size > limits.unpacked:
        raise UnreadableFile(
            path, f"文件展开后有{size / (1 << 30):.1f}GB，超过上限，没有展开", "请确认来源；需要时打开后另存为 .xlsx"
        )  # fmt: skip


def asides(data: bytes) -> dict[int, Aside]:
    """Sheet position → what is hidden or commented there; only sheets that have any."""
    found: dict[int, Aside] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "content.xml" in names:
                unseen = hidden_in_ods(archive.read("content.xml"))
                return {at: Aside(rows, columns=columns) for at, (rows, columns) in unseen.items()}
            has_comments = any("comments" in name for name in names)
            styles = styles_of(archive.read("xl/styles.xml")) if "xl/styles.xml" in names else {}
            sheets = {n: xml for n in names if n.startswith("xl/worksheets/") and n.endswith(".xml")
                      if b"hidden=" in (xml := archive.read(n)) or has_comments or styles}  # fmt: skip
            if not sheets:
                return {}
            for at, name in enumerate(_order(archive, names)):
                if name in sheets:
                    notes = _notes(archive, names, name) if has_comments else {}
                    for row, told in (marks_of(sheets[name], styles) if styles else {}).items():
                        notes.setdefault(row, []).extend(told)
                    found[at] = Aside(_hidden(sheets[name]), notes, _hidden_columns(sheets[name]))
    except _BROKEN:
        return found
    return found


def _hidden(xml: bytes) -> frozenset[int]:
    if b"hidden=" not in xml:
        return frozenset()
    tags = (tag for tag in _ROW.findall(xml) if _HIDDEN.search(tag))
    return frozenset(int(n[1]) for tag in tags if (n := _NUMBER.search(tag)))


def _hidden_columns(xml: bytes) -> frozenset[int]:
    found: set[int] = set()
    for tag in _COLUMN.findall(xml) if b"hidden=" in xml else ():
        if (
            _HIDDEN.search(tag)
            and (first := _attribute(tag, b"min"))
            and (last := _attribute(tag, b"max"))
        ):
            found |= set(range(int(first), min(int(last), _WIDEST) + 1))
    return frozenset(found)


def _attribute(tag: bytes, name: bytes) -> str:
    m = re.search(rb"\b" + name + rb'="([^"]*)"', tag)
    return html.unescape(m[1].decode("utf-8", "replace")) if m else ""


def _relations(archive: zipfile.ZipFile, names: set[str], part: str) -> dict[str, tuple[str, str]]:
    """Id → (kind, part) of what a part of the book refers to."""
    folder, _, name = part.rpartition("/")
    rels = f"{folder}/_rels/{name}.rels"
    if rels not in names:
        return {}
    found = {}
    for tag in _RELATION.findall(archive.read(rels)):
        target = _attribute(tag, b"Target")
        full = (
            target.lstrip("/")
            if target.startswith("/")
            else posixpath.normpath(f"{folder}/{target}")
        )
        found[_attribute(tag, b"Id")] = (_attribute(tag, b"Type").rsplit("/", 1)[-1], full)
    return found


def _order(archive: zipfile.ZipFile, names: set[str]) -> list[str]:
    """Parts of the sheets in the order of the book."""
    relations = _relations(archive, names, "xl/workbook.xml")
    tags = _SHEET.findall(archive.read("xl/workbook.xml"))
    return [relations.get(_attribute(tag, rb"\w+:id"), ("", ""))[1] for tag in tags]


def _notes(archive: zipfile.ZipFile, names: set[str], sheet: str) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for kind, part in _relations(archive, names, sheet).values():
        if kind == "comments" and part in names:
            for comment in _COMMENT.findall(archive.read(part)):
                row = re.search(rb'\bref="[A-Z]+(\d+)"', comment)
                text = "".join(
                    html.unescape(t.decode("utf-8", "replace")) for t in _TEXT.findall(comment)
                )
                if row and text.strip():
                    found.setdefault(int(row[1]), []).append(" ".join(text.split()))
    return found
