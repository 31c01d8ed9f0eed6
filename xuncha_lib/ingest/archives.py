"""Zip archives of books: their members by name, within limits, with a password where one is needed."""

from __future__ import annotations

import contextlib
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from xuncha_lib.errors import UnreadableFile
from xuncha_lib.ingest.aes_zip import METHOD, WrongPassword, unlocked_member
from xuncha_lib.ingest.limits import Limits
from xuncha_lib.ingest.passwords import NEEDED, Passwords

_UNPACK = "请解压后把里面的表格放回原处"
_NAMED_SHEET, _LONGEST_END = b"xl/worksheets/sheet1.xml", 65_557
"""Nearly every workbook names this part in its directory."""
_UTF8, _ENCRYPTED = 0x800, 0x1
_BOOK_PARTS = (
    "[Content_Types].xml",
    "mimetype",
    "META-INF/manifest.xml",
    "xl/workbook.xml",
    "xl/workbook.bin",
    "content.xml",
)


def _directory(data: bytes) -> bytes:
    """The part of a zip that lists its members; nothing where the end is not as expected."""
    end = data.rfind(b"PK\x05\x06", -_LONGEST_END)
    if end < 0 or end + 22 > len(data):
        return b""
    size, start = struct.unpack_from("<II", data, end + 12)
    return data[start : start + size]


def is_archive(data: bytes) -> bool:
    """True for a zip that is no workbook or document itself."""
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")) or _NAMED_SHEET in _directory(data):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {name.replace("\\", "/").lower() for name in archive.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return False
    return not names & {part.lower() for part in _BOOK_PARTS} and not any(
        n.startswith(("xl/", "word/")) for n in names
    )


@dataclass
class Member:
    """A file in an archive. name: with `/`.   size: bytes unpacked."""

    name: str
    size: int
    archive: zipfile.ZipFile
    info: zipfile.ZipInfo
    passwords: list[str]
    why_locked: str

    def read(self) -> bytes:
        """Its content; UnreadableFile says what is wrong."""
        is_locked = bool(self.info.flag_bits & _ENCRYPTED)
        for word in [None, *self.passwords] if is_locked else [None]:
            for form in {word.encode(), word.encode("gb18030")} if word else {None}:
                try:
                    return self._with(form)
                except NotImplementedError:
                    raise UnreadableFile(
                        self.name, "压缩包用了不支持的压缩或加密方式", _UNPACK
                    ) from None
                except (RuntimeError, zlib.error, WrongPassword) as error:
                    if not is_locked:
                        raise self._broken(error) from None
                except (zipfile.BadZipFile, OSError, EOFError, ValueError) as error:
                    if not is_locked or word is None or self.info.compress_type == METHOD:
                        raise self._broken(error) from None
        raise UnreadableFile(self.name, self.why_locked.replace("文件", "压缩包", 1), NEEDED)

    def _with(self, word: bytes | None) -> bytes:
        if self.info.compress_type == METHOD:
            if word is None:
                raise WrongPassword
            return unlocked_member(self.archive, self.info, word)
        with self.archive.open(self.info, pwd=word) as stream:
            return stream.read(self.size + 1)

    def _broken(self, error: Exception) -> UnreadableFile:
        return UnreadableFile(
            self.name, f"压缩包里的这个文件已损坏（{type(error).__name__}）", "请重新拷贝这个压缩包"
        )


def members_of(
    path: str, data: bytes, passwords: Passwords, limits: Limits, depth: int
) -> Iterator[Member]:
    """Files of an archive in order of name; UnreadableFile where it is too deep, too large or too many."""
    if depth >= limits.depth:
        raise UnreadableFile(path, f"压缩包套了{depth}层以上，没有再展开", _UNPACK)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        if len(infos) > limits.members:
            raise UnreadableFile(
                path, f"压缩包里有{len(infos)}个文件，超过{limits.members}个", _UNPACK
            )
        if sum(info.file_size for info in infos) > limits.unpacked:
            raise UnreadableFile(
                path, "压缩包展开后过大，没有展开", "请确认来源；需要时手工解压，只放入表格"
            )
        words, why = passwords.for_file(path), passwords.why(path)
        named = sorted((_name(info), at) for at, info in enumerate(infos))
        for name, at in named:
            yield Member(name, infos[at].file_size, archive, infos[at], words, why)


def _name(info: zipfile.ZipInfo) -> str:
    """Name of a member; Chinese Windows writes it in GBK without saying so."""
    name = info.filename
    if not info.flag_bits & _UTF8:
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("gb18030")
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return "/".join(parts) or "无名"
