"""Books with a password to open: .xlsx in an encrypted container, .xls with RC4 or XOR."""

from __future__ import annotations

import io
from collections.abc import Iterator

from xuncha_lib.errors import UnreadableFile
from xuncha_lib.ingest.passwords import NEEDED, Passwords

_DEFAULT = "VelvetSweatshop"
"""What Excel itself uses for books that are only protected against changes; it never asks for it."""


def unlocked(path: str, data: bytes, passwords: Passwords) -> bytes:
    """The book without its password; UnreadableFile when none of the passwords opens it."""
    for opened in _tries(data, [_DEFAULT, *passwords.for_file(path)]):
        if opened is not None and opened != data:
            return opened
    raise UnreadableFile(path, passwords.why(path), NEEDED)


def _tries(data: bytes, words: list[str]) -> Iterator[bytes | None]:
    import msoffcrypto  # seldom needed

    for word in words:
        out = io.BytesIO()
        try:
            book = msoffcrypto.OfficeFile(io.BytesIO(data))
            book.load_key(password=word)
            book.decrypt(out)
        except Exception:  # a wrong password shows in as many ways as there are kinds of encryption
            yield None
        else:
            yield out.getvalue()
