"""What the words around a table say: period, unit, programme; from its titles, sheet, file and folders."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

from xuncha_lib.ingest.headings import JOIN
from xuncha_lib.knowledge import read_yaml
from xuncha_lib.values import fold, year_in
from xuncha_lib.values.dates import plain_digits

_UNIT = re.compile(r"单位[:：]?(?:人民币)?\(?(万元|千元|元)")
_AREA_UNIT = re.compile(r"(平方米|㎡|m2|公顷)")
_HEAD_UNIT = re.compile(r"\((?:单位:?)?(?:人民币)?(万元|千元|元|亿元)[^()]*\)|(万元|千元)$|^(万元)")
SCALES = {"元": 1.0, "千元": 1e3, "万元": 1e4, "亿元": 1e8, "": 1.0}
_YEAR_MONTHS = re.compile(
    r"(20\d{2})[年./-]?(1[0-2]|0?[1-9])(?:月份?)?(?:[-~至—到]|月[-~至—到])(?:20\d{2}年)?(1[0-2]|0?[1-9])月"
)
_YEAR_MONTH = re.compile(
    r"(?<!\d)(20\d{2})(?:年(?:度)?|[.\-_/])(1[0-2]|0?[1-9])(?:月|(?![\d.季]))|(?<!\d)(20\d{2})(0[1-9]|1[0-2])(?!\d)"
)
_MONTHS = re.compile(r"(?<![\d.])(1[0-2]|0?[1-9])月?(?:份)?[-~至—到](1[0-2]|0?[1-9])月")
_MONTH = re.compile(r"(?<![\d.])(1[0-2]|0?[1-9])月(?!\d{1,2}日)")
_WRITTEN = re.compile(
    r"(?:填表|填报|填写|填制|制表|打印|编制|编报|审核|上报|报送|报表|导出|查询|出表|生成|统计|公示|更新|截[止至])(?:日期|时间|日)?[:：]?\s*(?:19|20)\d{2}[年./-]?\d{1,2}(?:[月./-]\d{1,2}日?|月)?"
)
"""When a table was written says nothing of the months it is about."""
_YEARS = re.compile(
    r"(?<!\d)((?:19|20)\d{2})年?[-~至—到]((?:19|20)\d{2})(?!\d|年?\d{1,2}月)(?![./-]\d)"
)
"""2010-2024: rows of many years."""
_QUARTER = re.compile(r"第?([1-4一二三四])季度")
_HALF = re.compile(r"(上|下)半年")


@dataclass(frozen=True)
class Period:
    """The time a table is about. grain: month, quarter, half, year or ""."""

    start: dt.date | None = None
    end: dt.date | None = None
    grain: str = ""


@dataclass(frozen=True)
class Context:
    """The words around a table, nearest first."""

    titles: tuple[str, ...]
    sheet: str
    stem: str
    folders: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """Titles, sheet, file, folders; the last folder first."""
        return (*self.titles, self.sheet, self.stem, *reversed(self.folders))

    def weighted(self) -> tuple[tuple[str, float], ...]:
        """(text, weight) for telling the kind of a table."""
        titles = [(t, 1.0) for t in self.titles if len(t) <= 80]
        return (*titles, (self.sheet, 0.9), (self.stem, 0.8), *((f, 0.45) for f in self.folders))


def context_of(path: str, sheet: str, titles: list[str]) -> Context:
    """Context of a table in the file `path` (relative to the raw folder)."""
    parts = PurePosixPath(path)
    folders = tuple(PurePosixPath(p[:-1]).stem if p.endswith("!") else p for p in parts.parts[:-1])
    return Context(tuple(t for t in titles if t), sheet, parts.stem, folders)


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(1)


def _span(year: int, first: int, last: int, grain: str) -> Period:
    return Period(dt.date(year, first, 1), _month_end(year, max(first, last)), grain)


@lru_cache(maxsize=5_000)
def find_period(text: str, year: int | None) -> Period:
    """The period a text names; a month without a year takes `year`."""
    text = _WRITTEN.sub("", plain_digits(fold(text)))
    if (m := _YEARS.search(text)) and m[1] != m[2]:
        return Period()
    if m := _YEAR_MONTHS.search(text):
        return _span(int(m[1]), int(m[2]), int(m[3]), "quarter")
    if m := _YEAR_MONTH.search(text):
        month = int(m[2] or m[4])
        return _span(int(m[1] or m[3]), month, month, "month")
    year = year_in(text) or year
    if year is None:
        return Period()
    if m := _QUARTER.search(text):
        quarter = "1234".find(m[1]) + 1 or "一二三四".find(m[1]) + 1
        return _span(year, quarter * 3 - 2, quarter * 3, "quarter")
    if m := _HALF.search(text):
        return _span(year, 1, 6, "half") if m[1] == "上" else _span(year, 7, 12, "half")
    if m := _MONTHS.search(text):
        return _span(year, int(m[1]), int(m[2]), "quarter")
    if m := _MONTH.search(text):
        return _span(year, int(m[1]), int(m[1]), "month")
    return _span(year, 1, 12, "year") if year_in(text) else Period()


def period_around(context: Context) -> Period:
    """The finest period named nearest to the table: a sheet called 5月 in a book of 2023 is May 2023."""
    told = [_WRITTEN.sub("", plain_digits(fold(text))) for text in context.words]
    year = next((y for text in (*told, *context.words) if (y := year_in(text))), None)
    best = Period()
    for text in context.words:
        found = find_period(text, year)
        if not found.grain:
            continue
        if not best.grain or (best.grain == "year" and found.grain != "year" and found.start and best.start
                              and found.start.year == best.start.year):  # fmt: skip
            best = found
    return best


def year_around(context: Context) -> int | None:
    """The year named nearest to the table."""
    return next((y for text in context.words if (y := year_in(text))), None)


def unit_around(context: Context) -> str:
    """Money unit named in a title (单位：万元); "" when none is."""
    for text in context.titles:
        if m := _UNIT.search(fold(text)):
            return m[1]
    return ""


def scale_of(heading: str, unit: str) -> float:
    """Yuan per unit of a money column: its own bracket wins over the title."""
    folded = fold(heading.replace(JOIN, ""))
    if m := _HEAD_UNIT.search(folded):
        return SCALES[m[1] or m[2] or m[3]]
    return SCALES.get(unit, 1.0) if "元/" not in folded else 1.0


def area_unit(heading: str) -> str:
    """Unit of an area column: ㎡, 公顷 or 亩; 亩 too where the heading names both and the row must tell."""
    folded = fold(heading.replace(JOIN, "")).lower()
    m = _AREA_UNIT.search(folded)
    return "亩" if not m or "亩" in folded else "公顷" if m[1] == "公顷" else "㎡"


@cache
def programmes() -> list[tuple[str, str, tuple[str, ...]]]:
    """(code, name, words) of every subsidy programme we know, as written in programmes.yml."""
    entry: dict[str, Any] = read_yaml(
        (Path(__file__).parent / "programmes.yml").read_text(encoding="utf-8")
    )
    return [
        (code, one["name"], tuple(one["words"])) for code, group in entry.items() for one in group
    ]


@lru_cache(maxsize=5_000)
def programme_of(text: str) -> tuple[str, str]:
    """(code, name) of the programme with the longest word in the text; ("", "") when none is in it."""
    text = fold(text)
    best = ("", "", 0)
    for code, name, words in programmes():
        for word in words:
            if len(word) > best[2] and word in text:
                best = (code, name, len(word))
    return best[0], best[1]


@cache
def initials() -> dict[str, tuple[str, str]]:
    """Pinyin initials → (code, name): offices' systems export 低保 as DB202407. Initials of two programmes say nothing."""
    from pypinyin import Style, lazy_pinyin

    found: dict[str, tuple[str, str]] = {}
    for code, name, words in programmes():
        for word in words:
            letters = "".join(lazy_pinyin(word, style=Style.FIRST_LETTER)).upper()
            found[letters] = (
                (code, name) if found.get(letters, (code, name)) == (code, name) else ("", "")
            )
    return found


def programme_around(context: Context) -> tuple[str, str]:
    """Programme named nearest to the table, in words or, failing that, by pinyin initials."""
    for text in context.words:
        code, name = programme_of(text)
        if code:
            return code, name
    for text in context.words:
        for letters in re.findall("[A-Z]{2,}", fold(text).upper()):
            code, name = initials().get(letters, ("", ""))
            if code:
                return code, name
    return "", ""
