"""Cells as text: one spelling for full-width forms, numbers, dates and the words that mean empty."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from functools import lru_cache

Cell = str | float | int | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None

EMPTY_WORDS = frozenset(
    ("", "/", "//", "\\", "无", "暂无", "没有", "-", "--", "—", "——", "－", "–", "─", "空", "null", "NULL", "None", "N/A",
     "n/a", "#N/A", "nan", "NaN", "不详", "未填", "无。", "·", ".", "…", "……", "待补", "〃")
)  # fmt: skip
YES = frozenset(("是", "√", "✓", "✔", "有", "1", "Y", "y", "YES", "Yes", "yes", "TRUE", "True", "true", "对", "已", "☑", "中标",
                 "已备案", "v", "V", "●", "中选", "成交", "第一中标候选人", "入围并中标"))  # fmt: skip
NO = frozenset(("否", "×", "✗", "✘", "0", "N", "n", "NO", "No", "no", "FALSE", "False", "false", "未", "☐", "未中标", "未备案",
                "不是", "X", "x", "落选", "未中选", "○"))  # fmt: skip
_EXACT_DIGITS = 10**15  # a spreadsheet keeps 15 significant digits of a number


def fold(text: str) -> str:
    """NFKC (full-width forms become half-width) without any white space inside."""
    return "".join(text.split()) if text.isascii() else _folded(text)


@lru_cache(maxsize=60_000)
def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


_STOPS = re.compile(r"(?<=\d)[。·•､](?=\d)")
_ASIDE = re.compile(r"(?<=[\w*])\((?![亿万千]?元?\))[^()]*[一-鿿][^()]*\)$")


def without_slips(text: str) -> str:
    """Folded text without what slips in beside a number: a Chinese stop for its point, a remark in brackets behind it."""
    return _ASIDE.sub("", _STOPS.sub(".", text))


def cell_text(cell: Cell) -> str:
    """The cell as one line of text.

    A number of more than 15 digits has lost its tail in the spreadsheet and is shown as such (3.70124196001010E+17).
    """
    if type(cell) is str:  # first: most cells are
        return cell.strip()
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float | int):
        if abs(cell) >= _EXACT_DIGITS:
            return f"{cell:.14E}"
        return str(int(cell)) if cell == int(cell) else repr(cell)
    if isinstance(cell, dt.datetime):
        midnight = not (cell.hour or cell.minute or cell.second)
        return cell.date().isoformat() if midnight else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, dt.date | dt.time) else str(cell)


def is_blank(cell: Cell) -> bool:
    """True for an empty cell; the words for empty (无, /) are not blank."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def flag_of(cell: Cell) -> tuple[bool | None, str]:
    """Yes, no, or (None, "") when not filled: an empty box is not a no."""
    if isinstance(cell, bool):
        return cell, ""
    text = fold(cell_text(cell))
    if text in YES:
        return True, ""
    if text in NO:
        return False, ""
    if text in ("无", "没有"):
        return False, ""
    if text in EMPTY_WORDS:
        return None, ""
    if text.startswith(("未", "否", "不", "无")):
        return False, ""
    if text.startswith(("已", "是", "有")):
        return True, ""
    return None, f"“{text[:20]}”看不出是或否"
