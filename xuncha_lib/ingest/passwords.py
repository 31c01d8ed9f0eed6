"""Passwords of books and archives: given in a file, tried where they may fit, never written anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from xuncha_lib.errors import XunchaError

NEEDED = "请向提供单位要密码，写进密码文件后用 --password-file 重新读入；或去掉密码后另存为 .xlsx"
LOCKED = "文件设有打开密码"
WRONG = "文件设有打开密码，给出的密码都打不开"


@dataclass(frozen=True)
class Passwords:
    """entries: (pattern of the path or file name, or "" for any file, password), in the order in which they are tried."""

    entries: tuple[tuple[str, str], ...] = ()

    def __repr__(self) -> str:
        return f"Passwords({len(self.entries)})"

    def for_file(self, path: str) -> list[str]:
        """Passwords to try on a file: those given for it first, then those given for any."""
        names = (path, path.rsplit("/", 1)[-1])
        own = [
            word
            for pattern, word in self.entries
            if pattern and any(fnmatchcase(n, pattern) for n in names)
        ]
        return list(dict.fromkeys([*own, *(word for pattern, word in self.entries if not pattern)]))

    def why(self, path: str) -> str:
        """What to say of a file that none of them opens."""
        return WRONG if self.for_file(path) else LOCKED


def read_passwords(path: Path | None) -> Passwords:
    """Lines of `pattern<TAB>password`, or a bare password to try on every file; XunchaError where there is no such file."""
    if path is None:
        return Passwords()
    try:
        data = path.read_bytes()
    except OSError as error:
        raise XunchaError(str(path), "密码文件读不出来", "请检查 --password-file 的路径") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", errors="replace")
    found = []
    for line in text.splitlines():
        pattern, tab, word = line.partition("\t")
        if line.strip():
            found.append(
                (pattern.strip(), word.strip()) if tab and word.strip() else ("", line.strip())
            )
    return Passwords(tuple(found))
