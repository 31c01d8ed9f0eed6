"""Text files too long to be read at once: their records, some at a time."""

from __future__ import annotations

import codecs
import csv
import hashlib
import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np

from xuncha_lib.ingest.readers.delimited import FIELD
from xuncha_lib.ingest.readers.encoded import GB, UTF8, utf16_of

_CHUNK = 4 << 20
_QUOTE, _LINE = ord('"'), ord("\n")


@dataclass(frozen=True)
class Survey:
    """What only the whole of a file tells."""

    sha256: str
    bytes: int
    encoding: str


def survey(stream: BinaryIO, alive: Callable[[], None]) -> Survey:
    """Go through a file once; it is left at its beginning."""
    digest, size, encoding = hashlib.sha256(), 0, ""
    decoder = codecs.getincrementaldecoder("utf-8")()
    stream.seek(0)
    while data := stream.read(_CHUNK):
        if not size and (told := utf16_of(data)):
            encoding = told
        digest.update(data)
        size += len(data)
        if not encoding and not _continues(decoder, data):
            encoding = GB
        alive()
    if not encoding:
        encoding = UTF8 if _continues(decoder, b"", final=True) else GB
    stream.seek(0)
    return Survey(digest.hexdigest(), size, encoding)


def _continues(decoder: codecs.IncrementalDecoder, data: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(data, final)
    except UnicodeDecodeError:
        return False
    return True


class Records:
    """The records of a delimited text. encoding: of the bytes that are given out, UTF-8 or GB18030."""

    def __init__(self, stream: BinaryIO, encoding: str, delimiter: str) -> None:
        """encoding: that of the stream."""
        self._stream, self._delimiter = stream, delimiter
        self._decoder: codecs.IncrementalDecoder | None = None
        is_plain = encoding in (UTF8, GB) and not (encoding == GB and delimiter == "|")
        if not is_plain:  # in GB18030 a | may end a character
            self._decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
        self.encoding = encoding if is_plain else UTF8
        self._rest = b""
        self._is_first, self.is_over = True, False

    def read(self, size: int) -> bytes:
        """Whole records of about `size` bytes; all that is left where no record ends before."""
        parts, length = [self._rest], len(self._rest)
        while True:
            while length < size and (more := self._more(size - length)):
                parts.append(more)
                length += len(more)
            data = b"".join(parts)
            if self.is_over:
                return data
            if end := self._end(data):
                self._rest = data[end:]
                return data[:end]
            parts, size = [data], size * 2

    def _more(self, size: int) -> bytes:
        data = b""
        while not data and not self.is_over:
            raw = self._stream.read(size)
            self.is_over = not raw
            told = self._decoder
            data = told.decode(raw, not raw).encode(errors="replace") if told else raw
        if self._is_first and data:
            self._is_first = False
            data = data.removeprefix(codecs.BOM_UTF8) if self.encoding == UTF8 else data
        return data

    def _end(self, data: bytes) -> int:
        """Where the last whole record ends; 0 when none does."""
        if b"\n" not in data:
            return self._end_told(data) if b"\r" in data[:-1] else 0
        if b'"' not in data:
            return data.rfind(b"\n") + 1
        seen = np.frombuffer(data, dtype=np.uint8)
        quotes = np.flatnonzero(seen == _QUOTE)
        if not self._are_regular(seen, quotes):
            return self._end_told(data)
        ends = np.flatnonzero(seen == _LINE)
        whole = ends[np.searchsorted(quotes, ends) % 2 == 0]
        return int(whole[-1]) + 1 if len(whole) else 0

    def _are_regular(self, seen: np.ndarray, quotes: np.ndarray) -> bool:
        """True when every quote opens or closes a cell, or is doubled: then their number tells what is quoted."""
        edges = np.array([ord(mark) for mark in f'{self._delimiter}\r\n"'], dtype=np.uint8)
        opens, closes = quotes[0::2], quotes[1::2]
        before = seen[opens[opens > 0] - 1]
        after = seen[closes[closes < len(seen) - 1] + 1]
        return bool(np.isin(before, edges).all() and np.isin(after, edges).all())

    def _end_told(self, data: bytes) -> int:
        """As `_end`, told by reading: every line is looked at. The last record may go on and does not count."""
        csv.field_size_limit(FIELD)
        lines = data.splitlines(keepends=True)
        texts = (line.decode(self.encoding, errors="replace") for line in lines)
        reader = csv.reader(texts, delimiter=self._delimiter)
        ended, before = 0, 0
        for _ in reader:
            ended, before = before, reader.line_num
        return sum(map(len, itertools.islice(lines, ended)))
