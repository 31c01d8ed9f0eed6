"""Readers: bytes → sheets. The bytes decide which one, never the extension."""

from __future__ import annotations

import xml.etree.ElementTree as ET
import zipfile
import zlib

from xuncha_lib.errors import UnreadableFile
from xuncha_lib.ingest.grid import Grid
from xuncha_lib.ingest.limits import Limits
from xuncha_lib.ingest.passwords import Passwords
from xuncha_lib.ingest.readers.biff import workbook_stream
from xuncha_lib.ingest.readers.book import read_book
from xuncha_lib.ingest.readers.delimited import read_delimited
from xuncha_lib.ingest.readers.encoded import encoding_of, start_of
from xuncha_lib.ingest.readers.html import read_html
from xuncha_lib.ingest.readers.locked import unlocked
from xuncha_lib.ingest.readers.ods import MARKS, read_ods
from xuncha_lib.ingest.readers.package import check_size
from xuncha_lib.ingest.readers.word import read_word
from xuncha_lib.ingest.readers.xml2003 import read_xml2003

_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
_BOOKS = (_OLE, _ZIP, b"\x09\x08", b"\x09\x04", b"\x09\x02")
_BLANK = b"\0 \r\n\t"
_SAVE_AS = "请用 WPS 或 Excel 打开后另存为 .xlsx，再放回原处"
_PACKAGE, _WORD = (name.encode("utf-16-le") for name in ("EncryptedPackage", "WordDocument"))


def read_data(
    path: str, data: bytes, passwords: Passwords | None = None, limits: Limits | None = None
) -> tuple[str, list[Grid]]:
    """(reader, sheets) of a file. UnreadableFile says what is wrong with it and what to do."""
    words, most = passwords or Passwords(), limits or Limits()
    if not (data[:99].strip(_BLANK) or data.strip(_BLANK)):
        raise UnreadableFile(path, "文件是空的", "请重新拷贝这个文件")
    if data.startswith(_OLE) and _PACKAGE in data:
        data = unlocked(path, data, words)
    if data.startswith(_ZIP) and is_text_document(data):
        check_size(path, data, most)
        return "word", _word(path, data)
    if data.startswith(_BOOKS):
        check_size(path, data, most)
        return "book", _guarded(path, data, words)
    if _is_binary(data):
        raise UnreadableFile(path, "内容不是表格，文件可能已损坏", _SAVE_AS)
    encoding = encoding_of(data)
    kinds = _markup(start_of(data, encoding))
    if "xml2003" in kinds:
        return "xml2003", read_xml2003(data.decode(encoding, errors="replace"))
    if "ods" in kinds and (grids := _flat(data, encoding)):
        return "ods", grids
    if "html" in kinds:
        return "html", read_html(data.decode(encoding, errors="replace"))
    return "delimited", read_delimited(data, encoding)


def is_delimited(start: bytes, encoding: str) -> bool:
    """True where `read_data` takes a file that begins like this for delimited text. encoding: that of the whole file."""
    is_text = bool(start.strip(_BLANK)) and not start.startswith(_BOOKS) and not _is_binary(start)
    return is_text and not _markup(start_of(start, encoding))


def _markup(text: str) -> set[str]:
    """Kinds of markup that a text may be, by its start."""
    start = text[:200_000].lower()
    told = {
        "xml2003": "urn:schemas-microsoft-com:office:spreadsheet" in start[:4096],
        "ods": any(mark in start[:4096] for mark in MARKS),
        "html": "<table" in start or "<html" in start[:4096],
    }
    return {kind for kind, is_there in told.items() if is_there}


def _is_binary(data: bytes) -> bool:
    is_marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return b"\0" in data[:4096] and not is_marked and not _looks_utf16(data)


def is_text_document(data: bytes) -> bool:
    """True for Word; a workbook in which somebody pasted a Word text is none."""
    if data.startswith(_ZIP):
        return b"word/document.xml" in data and b"xl/workbook." not in data
    return data.startswith(_OLE) and _WORD in data and not workbook_stream(data)


def _word(path: str, data: bytes) -> list[Grid]:
    try:
        return read_word(data)
    except (zipfile.BadZipFile, zlib.error, KeyError, ET.ParseError, OSError, EOFError):
        raise UnreadableFile(path, "文字文档已损坏", "请用 WPS 打开后另存") from None


def _looks_utf16(data: bytes) -> bool:
    head = data[:400]
    return head[1::2].count(0) * 5 > len(head) or b"\t\0" in head or b",\0" in head


def _flat(data: bytes, encoding: str) -> list[Grid]:
    """Sheets of a flat OpenDocument file; none where it is no such thing."""
    try:
        return read_ods(data.decode(encoding, errors="replace").encode("utf-8"))
    except (ET.ParseError, ValueError):
        return []


def _guarded(path: str, data: bytes, passwords: Passwords) -> list[Grid]:
    """Sheets of a workbook; whatever the reader throws becomes one UnreadableFile."""
    try:
        return read_book(path, data)
    except (KeyboardInterrupt, SystemExit, UnreadableFile):
        raise
    except BaseException as error:  # a panic of the Rust reader is not an Exception
        if "assword" in f"{type(error).__name__}{error}" or "ncrypt" in str(error):
            return _guarded(path, unlocked(path, data, passwords), Passwords())
        found = f"文件已损坏或不是表格（{str(error)[:80]}）"
        raise UnreadableFile(path, found, _SAVE_AS) from None
