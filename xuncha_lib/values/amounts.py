"""Money in yuan, land in mu, floor space in square metres."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, wraps

from xuncha_lib.values.cells import EMPTY_WORDS, Cell, cell_text, fold, without_slips

Parsed = tuple[float | None, str]
"""A value, or None and why not; both empty when the cell is."""

MU_M2 = 10_000 / 15  # one mu in square metres
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")}
_DIGITS |= {c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")} | {
    "〇": 0,
    "两": 2,
    "贰": 2,
    "弍": 2,
    "参": 3,
    "○": 0,
}
_PLACES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_GROUPS = {"万": 10**4, "萬": 10**4, "亿": 10**8}
_FRACTIONS = {"角": 0.1, "毛": 0.1, "分": 0.01}
_CHINESE = re.compile(
    r"^[零〇○一二两三四五六七八九十百千万亿壹贰弍叁参肆伍陆柒捌玖拾佰仟萬元圆块角毛分整正]+$"
)
_NUMBER = re.compile(r"^([+-]?)(\d+(?:,\d{3})+(?:\.\d+)?|\d*\.?\d+|\d+\.)(?:[Ee]([+-]?\d{1,2}))?$")
_PLAIN = re.compile(r"^-?[0-9]{1,11}(?:\.[0-9]{1,4})?$")
"""What most columns of amounts hold: nothing to be told apart."""
_UNIT = re.compile(r"\(?(亿元?|万元?|千元|元|圆|块|rmb|RMB|人民币)\)?(整|正)?$")
_SCALES = {"亿": 1e8, "万": 1e4, "千": 1e3}
_ILLEGIBLE = re.compile(r"[×xX*?？□]{2,}|^[?？□×]$|#{2,}")


def chinese_number(text: str) -> float | None:
    """壹仟贰佰叁拾肆元伍角 → 1234.5; None when the text is not a Chinese numeral."""
    if not text or not _CHINESE.match(text) or not any(c in _DIGITS or c in "十拾" for c in text):
        return None
    total, section, digit, fraction = 0, 0, 0, 0.0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _PLACES:
            section += (digit or 1) * _PLACES[char]
            digit = 0
        elif char in _GROUPS:
            total = (
                (total + section + digit) * _GROUPS[char]
                if char == "亿"
                else total + (section + digit) * 10_000
            )
            section = digit = 0
        elif char in "元圆块":
            section += digit
            digit = 0
        elif char in _FRACTIONS:
            fraction += digit * _FRACTIONS[char]
            digit = 0
    return round(total + section + digit + fraction, 2)


def _plain(text: str) -> float | None:
    """A number with thousands marks, sign, accounting brackets or a trailing minus."""
    if text.startswith("(") and text.endswith(")"):
        inner = _plain(text[1:-1])
        return None if inner is None else -inner
    if text.endswith("-"):
        text = f"-{text[:-1]}"
    m = _NUMBER.match(text)
    if not m:
        return None
    value = float(m[2].replace(",", "")) * 10.0 ** int(m[3] or 0)
    return -value if m[1] == "-" else value


_CURRENCY = re.compile(r"^(?:人民币|RMB|CNY)[:：]?", re.IGNORECASE)
_BELOW = re.compile(r"^(?:红字|负)(?=\d)")
_EACH = re.compile(r"(?<=[\d元])(?:/|每)[月年人户次天日亩]$|\.-$")


def _bare(text: str) -> str:
    """红字300, 人民币300元, 300元/月, 300(含补发100): the amount with its sign and unit alone."""
    return _BELOW.sub("-", _EACH.sub("", _CURRENCY.sub("", without_slips(text))))


@lru_cache(maxsize=50_000)
def _amount(text: str) -> tuple[float | None, float | None, str]:
    """(value, scale named in the cell itself or None, why)."""
    text = (
        fold(text)
        .replace("，", ",")
        .replace("−", "-")
        .replace("－", "-")
        .replace("—", "-")
        .lstrip("¥￥$约共计:：")
    )
    if text in EMPTY_WORDS or not text.strip("-"):
        return None, None, ""
    if _ILLEGIBLE.search(text):
        return None, None, f"“{text[:20]}”看不清"
    text = _bare(text)
    value = chinese_number(text)
    if value is not None:
        return value, 1.0, ""
    bare, scale = text, None
    if m := _UNIT.search(text):
        bare = text[: m.start()]
        scale = _SCALES.get(m[1][0], 1.0)
    value = _plain(bare.replace("，", ","))
    if value is None and (m := re.match(r"^(-?[\d.]+)万([\d.]+)元?$", text)):
        return float(m[1]) * 10_000 + float(m[2]), 1.0, ""
    if value is None:
        return None, None, f"“{text[:20]}”不是金额"
    return value, scale, ""


def _within(most: float) -> Callable[[Callable[..., Parsed]], Callable[..., Parsed]]:
    """Refuse what is too large to be meant: an ID or card number in an amount column, 1E+99."""

    def guard(parse: Callable[..., Parsed]) -> Callable[..., Parsed]:
        @wraps(parse)
        def checked(*cell: object, **unit: object) -> Parsed:
            value, why = parse(*cell, **unit)
            if value is not None and not abs(value) <= most:
                return None, "数值过大，可能是证件号或账号错列"
            return value, why

        return checked

    return guard


@_within(1e12)
def yuan_of(cell: Cell, scale: float = 1.0) -> tuple[float | None, str]:
    """Yuan, rounded to the cent. `scale`: yuan per unit of the column (10 000 for 万元); a unit in the cell wins."""
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return round(cell * scale, 2), ""
    if isinstance(cell, str) and _PLAIN.match(cell):
        return round(float(cell) * scale, 2), ""
    value, own, why = _amount(cell_text(cell))
    return (None if value is None else round(value * (own or scale), 2)), why


@_within(1e15)
def number_of(cell: Cell) -> tuple[float | None, str]:
    """A plain number; a unit behind it (3人, 12个月, 20年, 35%) is dropped."""
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return float(cell), ""
    text = fold(cell_text(cell))
    value, own, why = _amount(text)
    if value is None and why and (m := re.match(r"^第?([+-]?[\d,.]+)(?:[^\d]{1,4})$", text)):
        value, own, why = _amount(m[1])
    if (
        value is None
        and why
        and (m := re.match(r"^([零〇一二两三四五六七八九十百千]+)(?:[^\d]{1,3})$", text))
    ):
        value, own, why = chinese_number(m[1]), None, ""
    return (None if value is None else value * (own or 1.0)), why


_HALF_MU = re.compile(r"^(\d+)亩半$")
_MU_FEN = re.compile(r"^(\d+\.?\d*|\.\d+)亩(?:(\d+\.?\d*)分)?(?:(\d+\.?\d*)厘)?$")
_AREA = re.compile(
    r"^(\d[\d,]*\.?\d*|\.\d+)(亩|㎡|m2|m²|平方米|平米|平方|公顷|ha|分)?(?:地)?$", re.IGNORECASE
)
_AREA_MU = {"亩": 1.0, "公顷": 15.0, "ha": 15.0, "分": 0.1}


@_within(1e8)
def mu_of(cell: Cell, unit: str = "亩") -> tuple[float | None, str]:
    """Land area in mu (1 mu = 666.67 m²). `unit` of the column: 亩, ㎡ or 公顷; a unit in the cell wins."""
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return round(float(cell) * mu_per(unit), 3), ""
    text = without_slips(fold(cell_text(cell))).lstrip("约共计")
    if text in EMPTY_WORDS:
        return None, ""
    if m := _HALF_MU.match(text):
        return float(m[1]) + 0.5, ""
    if m := _MU_FEN.match(text):
        return round(float(m[1]) + float(m[2] or 0) / 10 + float(m[3] or 0) / 100, 3), ""
    if m := _AREA.match(text):
        return round(float(m[1].replace(",", "")) * mu_per((m[2] or unit).lower()), 3), ""
    value = chinese_number(text.rstrip("亩"))
    return (value, "") if value is not None else (None, f"“{text[:20]}”不是面积")


def mu_per(unit: str) -> float:
    """Mu in one unit of area."""
    return _AREA_MU.get(unit, 1 / MU_M2 if unit not in ("", "亩") else 1.0)


def area_m2_of(cell: Cell) -> tuple[float | None, str]:
    """Floor space in square metres."""
    text = fold(cell_text(cell))
    for tail in ("平方米", "平米", "平方", "㎡", "m2", "m²"):
        text = text.removesuffix(tail)
    return number_of(text)
