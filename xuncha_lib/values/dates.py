"""Dates, months and periods in all the ways they are written by hand and by machine."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from xuncha_lib.values.cells import EMPTY_WORDS, Cell, cell_text, fold, without_slips

_DAY_ZERO = dt.date(1899, 12, 30)  # serial 45047 = 2023-05-01
_SERIALS = range(3_654, 73_415)  # 1910-01-01 … 2100-12-31
_YEARS = range(1850, 2101)
_CHINESE = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "○": 0,
    "O": 0,
    "0": 0,
    "元": 1,
}
_CHINESE_YEAR = re.compile(r"([〇零○O0一二三四五六七八九]{4})年")
_CHINESE_SMALL = re.compile(r"([一二三四五六七八九十廿卅]{1,3})(?=[月日号])")
_TIME = re.compile(r"[T ]?\d{1,2}:\d{2}(:\d{2})?(\.\d+)?Z?$")
_GAP = re.compile(r"(?<=\d)\s+(?=\d)")
_DASH = re.compile(r"(?<=\d)[—–](?=\d)")
_FULL = re.compile(r"^(\d{4})[-./年、,](\d{1,2})[-./月、,](\d{1,2})[日号]?$")
_SHORT_YEAR = re.compile(r"^(\d{2})[-./年](\d{1,2})[-./月](\d{1,2})[日号]?$")
_MONTH = re.compile(r"^(\d{4})[-./年、](\d{1,2})月?(?:份)?$")
_EIGHT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_SIX = re.compile(r"^(\d{2})(\d{2})(\d{2})$")
_MONTH_DAY = re.compile(r"^(\d{1,2})[-./月](\d{1,2})[日号]?$")
_AMERICAN = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})$")
_YEAR = re.compile(r"^(\d{4})年?(?:度)?$")
_MONTH_ONLY = re.compile(r"^(\d{1,2})月(?:份)?$")
_ANY_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d{3})")
_QUARTER = re.compile(r"^(?:(\d{4})年?)?第?([1-4一二三四])季度?$")
_QUARTERS = {"1": 1, "2": 2, "3": 3, "4": 4, "一": 1, "二": 2, "三": 3, "四": 4}
_HALF = re.compile(r"^(?:(\d{4})年?)?(上|下)半年$")
_OPEN = frozenset(("长期", "永久", "至今", "现在", "现任", "在任", "在职", "今", "目前"))


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None


def _small(text: str) -> int:
    """一 … 三十一 as a number."""
    text = text.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _CHINESE.get(text, 0)
    return (_CHINESE.get(tens, 1) if tens else 1) * 10 + (_CHINESE.get(ones, 0) if ones else 0)


def plain_digits(text: str) -> str:
    """Chinese numerals of years, months and days as digits: 二〇二三年五月一日 → 2023年5月1日."""
    text = _CHINESE_YEAR.sub(lambda m: "".join(str(_CHINESE[c]) for c in m[1]) + "年", text)
    return _CHINESE_SMALL.sub(lambda m: str(_small(m[1])), text)


def _century(two: int) -> int:
    return two + (2000 if two <= 49 else 1900)


@lru_cache(maxsize=50_000)
def _parse(text: str, year: int | None) -> tuple[dt.date | None, str]:
    text = plain_digits(_GAP.sub(".", _TIME.sub("", text.strip())))
    text = _DASH.sub("-", without_slips(fold(text)).rstrip("。.,，;；、 "))
    if text in EMPTY_WORDS or text in _OPEN:
        return None, ""
    found: dt.date | None = None
    if (m := _FULL.match(text)) or (m := _EIGHT.match(text)):
        found = _day(int(m[1]), int(m[2]), int(m[3]))
    elif m := _MONTH.match(text):
        found = _day(int(m[1]), int(m[2]), 1)
    elif m := _SHORT_YEAR.match(text):
        found = _day(_century(int(m[1])), int(m[2]), int(m[3]))
    elif m := _AMERICAN.match(text):
        found = _day(int(m[3]), int(m[1]), int(m[2])) or _day(int(m[3]), int(m[2]), int(m[1]))
    elif m := _SIX.match(text):
        found = _six(text, m)
    elif m := _YEAR.match(text):
        found = _day(int(m[1]), 1, 1)
    elif text.isdecimal() and int(text) in _SERIALS:
        found = _DAY_ZERO + dt.timedelta(int(text))
    elif (m := _QUARTER.match(text) or _HALF.match(text)) and (m[1] or year):
        found = _part_of_year(int(m[1] or year or 0), m[2])[0]
    elif m := (_MONTH_DAY.match(text) or _MONTH_ONLY.match(text)):
        if year is None:
            return None, f"“{text}”没有年份"
        found = _day(year, int(m[1]), int(m[2]) if m.re is _MONTH_DAY else 1)
    return (found, "") if found else (None, f"“{text[:20]}”不是有效日期")


def _part_of_year(year: int, part: str) -> tuple[dt.date, dt.date]:
    """First day of the first and of the last month of a quarter (1 … 四) or a half (上, 下)."""
    first, months = (
        (1 if part == "上" else 7, 6) if part in "上下" else (_QUARTERS[part] * 3 - 2, 3)
    )
    return dt.date(year, first, 1), dt.date(year, first + months - 1, 1)


def _six(text: str, m: re.Match[str]) -> dt.date | None:
    """230501 is a day, 202305 a month."""
    if text[:2] in ("19", "20") and 1 <= int(text[4:]) <= 12:
        return _day(int(text[:4]), int(text[4:]), 1)
    return _day(_century(int(m[1])), int(m[2]), int(m[3]))


def date_of(cell: Cell, year: int | None = None) -> tuple[dt.date | None, str]:
    """Day of the cell; a month counts as its first day, 5.1 takes its year from the sheet.

    The number 2023.1 may be January or a 2023.10 that lost its zero: it has no value, and the reason says so.
    """
    if isinstance(cell, dt.datetime):
        return cell.date(), ""
    if isinstance(cell, dt.date):
        return cell, ""
    if isinstance(cell, (bool, dt.time | dt.timedelta)):
        return None, f"“{cell}”不是日期"
    if isinstance(cell, float) and cell != int(cell):
        if cell in range(1850, 2101) or int(cell) in _YEARS:
            return _decimal_month(cell)
        if int(cell) in _SERIALS:  # a day with a time of day
            return _DAY_ZERO + dt.timedelta(int(cell)), ""
    text = cell_text(cell)
    return _parse(text, year) if text else (None, "")


def _decimal_month(cell: float) -> tuple[dt.date | None, str]:
    text = f"{cell:.4f}".rstrip("0")
    head, _, tail = text.partition(".")
    if tail == "1":
        return None, f"数字{head}.1分不清是{head}年1月还是10月"
    day = int(tail[2:].ljust(2, "0")) if len(tail) > 2 else 1  # 2023.0501
    found = _day(int(head), int(tail[:2]), day)
    return (found, "") if found else (None, f"“{text}”不是有效日期")


def month_of(cell: Cell, year: int | None = None) -> tuple[dt.date | None, str]:
    """First day of the month the cell names."""
    found, why = date_of(cell, year)
    return (found.replace(day=1) if found else None), why


_RANGE = re.compile(r"^(.+?)(?:至|到|—+|–|－|~|～|--|起至)(.+)$")
_DASHED = re.compile(
    r"^(\d{4}[./年]\d{1,2}(?:[./月]\d{1,2}日?)?月?|\d{4}年?|\d{8}|\d{6})-(\d{4}[./年]\d{1,2}(?:[./月]\d{1,2}日?)?月?|\d{4}年?|\d{8}|\d{6})$"
)
_SAME_YEAR = re.compile(
    r"^(\d{4}[年./-]?\d{1,2}月?)(?:至|到|-|—+|–|－|~|～)(\d{1,2}月份?)$|^(\d{1,2})月?(?:至|到|-|—+|–|－|~|～)(\d{1,2}月份?)$"
)
"""2024年4-12月, 4-12月."""
_ISO_RANGE = re.compile(r"^(\d{4}-\d{1,2}-\d{1,2})-(\d{4}-\d{1,2}-\d{1,2})$")


def period_of(cell: Cell, year: int | None = None) -> tuple[dt.date | None, dt.date | None, str]:
    """(start, end, why) of 2010.1.1-2039.12.31, 2023年1月至6月, 2021年起; an end without a day is the last of its month."""
    text = without_slips(plain_digits(fold(cell_text(cell)))).strip("()自从")
    if text in EMPTY_WORDS:
        return None, None, ""
    if (part := _QUARTER.match(text) or _HALF.match(text)) and (part[1] or year):
        first, last = _part_of_year(int(part[1] or year or 0), part[2])
        return first, _close(f"{last:%Y%m}", last), ""
    if (part := _SAME_YEAR.match(text)) and (part[1] or year):
        start, why = date_of(part[1] if part[1] else f"{year}.{part[3]}", year)
        end, why_end = date_of((part[2] or part[4]).rstrip("份"), start.year if start else year)
        return start, _close(part[2] or part[4], end) if end else None, why or why_end
    match = _DASHED.match(text) or _ISO_RANGE.match(text) or _RANGE.match(text)
    if not match:
        start, why = date_of(text.rstrip("起").removesuffix("以来"), year)
        return start, None, why
    left, right = match[1].strip("自从起"), match[2].strip("止")
    start, why = date_of(left, year)
    if right in _OPEN:
        return start, None, why
    end, why_end = date_of(right, start.year if start else year)
    if end:
        end = _close(right, end)
    return start, end, why or why_end


def _close(text: str, end: dt.date) -> dt.date:
    """Last day of what `text` names: a day, a month or a year."""
    if _YEAR.match(text):
        return dt.date(end.year, 12, 31)
    if _MONTH.match(text) or _MONTH_ONLY.match(text) or re.fullmatch(r"\d{6}", text):
        return (end.replace(day=28) + dt.timedelta(4)).replace(day=1) - dt.timedelta(1)
    return end


def year_in(text: str) -> int | None:
    """The first year 1950–2099 named in a title, sheet name or file name."""
    for m in _ANY_YEAR.finditer(plain_digits(fold(text))):
        if 1950 <= int(m[1]) <= 2099:
            return int(m[1])
    return None
