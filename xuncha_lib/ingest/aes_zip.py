"""Members of zips locked with AES, as WinRAR, 7-Zip and WPS make them (WinZip AE-1 and AE-2)."""

from __future__ import annotations

import hashlib
import hmac
import struct
import zipfile
import zlib

import numpy as np

METHOD = 99
"""Compression method that zips give for such a member; the real one is in its extra field."""
_EXTRA, _LOCAL = 0x9901, struct.Struct("<26xHH")
_ROUNDS, _CHECK, _MAC, _BLOCK = 1_000, 2, 10, 16


class WrongPassword(Exception):
    """The password does not open the member."""


def unlocked_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, word: bytes) -> bytes:
    """Content of a member; WrongPassword, or zipfile.BadZipFile where it is damaged."""
    strength, method = _how(info)
    locked = _stored(archive, info)
    key_size = 8 + 8 * strength
    salt, rest = locked[: key_size // 2], locked[key_size // 2 :]
    check, body, mac = rest[:_CHECK], rest[_CHECK:-_MAC], rest[-_MAC:]
    keys = hashlib.pbkdf2_hmac("sha1", word, salt, _ROUNDS, 2 * key_size + _CHECK)
    if keys[2 * key_size :] != check:
        raise WrongPassword
    if hmac.new(keys[key_size : 2 * key_size], body, "sha1").digest()[:_MAC] != mac:
        raise zipfile.BadZipFile("the sum of a locked member does not agree")
    return _plain(_opened(body, keys[:key_size]), method, info.file_size)


def _how(info: zipfile.ZipInfo) -> tuple[int, int]:
    """(strength: 1–3, compression method) from the extra field of the member."""
    extra, at = info.extra, 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        if kind == _EXTRA and size >= 7:
            strength, method = struct.unpack_from("<4xBH", extra, at + 4)
            if 1 <= strength <= 3:
                return strength, method
        at += 4 + size
    raise zipfile.BadZipFile("a locked member does not say how")


def _stored(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """The bytes of a member as they stand in the archive."""
    stream = archive.fp
    if stream is None:
        raise zipfile.BadZipFile("the archive is closed")
    stream.seek(info.header_offset)
    name, extra = _LOCAL.unpack(stream.read(_LOCAL.size))
    stream.seek(name + extra, 1)
    found: bytes = stream.read(info.compress_size)
    return found


def _opened(body: bytes, key: bytes) -> bytes:
    """AES in counter mode; the counter is little-endian and begins at 1, which no library has."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes  # seldom needed

    blocks = np.zeros((-(-len(body) // _BLOCK), 2), dtype="<u8")
    blocks[:, 0] = np.arange(1, len(blocks) + 1)
    turn = Cipher(algorithms.AES(key), modes.ECB()).encryptor()
    stream = np.frombuffer(turn.update(blocks.tobytes()), dtype=np.uint8)[: len(body)]
    return (np.frombuffer(body, dtype=np.uint8) ^ stream).tobytes()


def _plain(packed: bytes, method: int, size: int) -> bytes:
    if method == zipfile.ZIP_STORED:
        return packed
    if method == zipfile.ZIP_DEFLATED:
        return zlib.decompressobj(-15).decompress(packed, size + 1)
    raise NotImplementedError(f"compression method {method}")
