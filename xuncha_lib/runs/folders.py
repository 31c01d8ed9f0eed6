"""Names of village folders: readable, legal on Windows, never two alike."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_ILLEGAL = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?\Z")
_LONGEST = 60


def safe_name(text: str) -> str:
    """A folder name any system takes: no reserved character or name, no dot or space at the end."""
    name = _ILLEGAL.sub("_", text).strip(" .")[:_LONGEST].rstrip(" .") or "_"
    return f"_{name}" if _RESERVED.match(name) else name


def village_folders(villages: Sequence[tuple[str, str, str]]) -> dict[str, str]:
    """Code → folder name `<town>-<village>` of (code, town, village); the code is added where two are alike."""
    plain = {code: safe_name(f"{town}-{name}" if town else name) for code, town, name in villages}
    alike = Counter(name.casefold() for name in plain.values())
    return {
        code: name if alike[name.casefold()] == 1 else f"{name}-{safe_name(code)}"
        for code, name in plain.items()
    }
