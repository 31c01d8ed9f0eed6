"""Files with a password, made for the tests: books in an encrypted container, members of a zip."""

import hashlib
import hmac
import io
import struct
import zipfile
import zlib

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
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


def _aes(data: bytes, password: bytes) -> bytes:
    """Salt, check, data and sum of a member locked with AES-256, block by block."""
    salt = bytes(range(16))
    keys = hashlib.pbkdf2_hmac("sha1", password, salt, 1000, 66)
    body = b""
    for at in range(0, len(data), 16):
        turn = Cipher(algorithms.AES(keys[:32]), modes.ECB()).encryptor()
        mask = turn.update((at // 16 + 1).to_bytes(16, "little"))
        body += bytes(a ^ b for a, b in zip(data[at : at + 16], mask, strict=False))
    return salt + keys[64:] + body + hmac.new(keys[32:64], body, "sha1").digest()[:10]


def aes_zip(name: str, data: bytes, password: bytes) -> bytes:
    """An archive with one member locked as WinRAR and 7-Zip do it."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = _aes(squeeze.compress(data) + squeeze.flush(), password)
    extra = struct.pack("<HHH2sBH", 0x9901, 7, 2, b"AE", 3, zipfile.ZIP_DEFLATED)
    written = name.encode()
    facts = struct.pack(
        "<HHHHIIIHH", 0x801, 99, 0, 33, 0, len(body), len(data), len(written), len(extra)
    )
    local = struct.pack("<4sH", b"PK\x03\x04", 51) + facts + written + extra + body
    entry = struct.pack("<4sHH", b"PK\x01\x02", 51, 51) + facts + bytes(14) + written + extra
    end = struct.pack("<4s4xHHIIH", b"PK\x05\x06", 1, 1, len(entry), len(local), 0)
    return local + entry + end
