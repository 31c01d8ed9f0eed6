"""Files with a password, made for the tests: books in an encrypted container, members of a zip."""

import io
import zipfile
import zlib

from msoffcrypto.format.ooxml import OOXMLFile


def locked_book(data: bytes, password: str) -> bytes:
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt(password, out)
    return out.getvalue()


def _crc(old: int, byte: int) -> int:
    return (zlib.crc32(bytes([byte]), old ^ 0xFFFFFFFF) ^ 0xFFFFFFFF) & 0xFFFFFFFF


def _encrypt(data: bytes, password: bytes) -> bytes:
    """The classic cipher of zip."""
    keys = [0x12345678, 0x23456789, 0x34567890]

    def update(byte):
        keys[0] = _crc(keys[0], byte)
        keys[1] = (((keys[1] + (keys[0] & 0xFF)) & 0xFFFFFFFF) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = _crc(keys[2], keys[1] >> 24)

    for byte in password:
        update(byte)
    out = bytearray()
    for byte in data:
        k = keys[2] | 2
        out.append(byte ^ (((k * (k ^ 1)) >> 8) & 0xFF))
        update(byte)
    return bytes(out)


def locked_zip(name: str, data: bytes, password: bytes) -> bytes:
    """An archive with one stored member under a password."""
    crc = zlib.crc32(data)
    body = _encrypt(bytes(11) + bytes([crc >> 24]) + data, password)
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(name, body)
    whole = bytearray(plain.getvalue())
    for mark, flags, sums in ((b"PK\x03\x04", 6, 14), (b"PK\x01\x02", 8, 16)):
        at = whole.index(mark)
        whole[at + flags] |= 1
        whole[at + sums : at + sums + 4] = crc.to_bytes(4, "little")
        whole[at + sums + 8 : at + sums + 12] = len(data).to_bytes(4, "little")
    return bytes(whole)
