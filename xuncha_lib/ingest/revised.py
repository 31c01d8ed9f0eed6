"""What a newer version of a list changed: rows of the old one that are gone, rows of the new one that were not there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable

_SHOWN = 12
"""Row numbers that are written out; the rest is counted."""


def difference(old: Iterable[tuple[int, Hashable]], new: Iterable[tuple[int, Hashable]]) -> str:
    """One sentence; (row number, content) of the data rows of both versions. A changed row is gone here and new there."""
    before, after = list(old), list(new)
    gone = _without(before, Counter(content for _, content in after))
    added = _without(after, Counter(content for _, content in before))
    if not gone and not added:
        return "内容相同"
    parts = [f"旧版有{len(gone)}行不在新版（第{_rows(gone)}行）"] if gone else []
    parts += [f"新版另有{len(added)}行（第{_rows(added)}行）"] if added else []
    return "，".join(parts)


def _without(rows: list[tuple[int, Hashable]], there: Counter[Hashable]) -> list[int]:
    """Numbers of the rows whose content is not there, or not as often."""
    found = []
    for number, content in rows:
        if there[content] > 0:
            there[content] -= 1
        else:
            found.append(number)
    return found


def _rows(numbers: list[int]) -> str:
    more = "等" if len(numbers) > _SHOWN else ""
    return "、".join(map(str, sorted(numbers)[:_SHOWN])) + more
