"""Whether two summaries speak of one thing or of two: the wording with which equal payments explain themselves."""

from __future__ import annotations

import re
from functools import lru_cache

_NUMERALS = "0-9０-９一二三四五六七八九十百两"
_FIGURE = re.compile(rf"[{_NUMERALS}]+(?:\.[0-9]+)?[^\W\d_]?")
_FILLER = set(
    "付支收到给的了及和与等款费用金额元报销购买发放村委会用补交本次项目结算情况一笔条号据"
)
_NOISE = re.compile(r"[\s，。、,.:：;；（）()\-—/“”\"'·]+")


_COUNTER = re.compile(r"[（(][0-9一二三四五六七八九十]{1,2}[)）]|之[一二三四五六七八九十]|[①-⑩]")


def without_counter(text: str) -> str:
    """Text without bare counters, (一) (2) 之三 ③: they number the parts of one thing and name no other thing."""
    return _COUNTER.sub("", text)


@lru_cache(maxsize=60_000)
def figures(text: str) -> frozenset[str]:
    """Figures with the character behind them: 3月, 二组, 20盏; what months, groups, parts and quantities are named by."""
    return frozenset(_FIGURE.findall(_NOISE.sub("", text)))


@lru_cache(maxsize=60_000)
def content(text: str) -> frozenset[str]:
    """Characters that carry meaning: without figures, punctuation and the words of every payment."""
    plain = _FIGURE.sub("", _NOISE.sub("", text))
    return frozenset(plain) - _FILLER


def same_object(a: str, b: str) -> str:
    """How two summaries of equal payments relate.

    'same'     one says no more than the other, figures alike.
    'figures'  alike but for the months, groups, parts or quantities they name.
    'other'    each names something the other does not.
    'unknown'  one of them says nothing.
    """
    a, b = sorted((a, b))
    left, right = content(a), content(b)
    if not left or not right:
        return "same" if _NOISE.sub("", a) == _NOISE.sub("", b) and a else "unknown"
    if figures(a) != figures(b) and figures(a) and figures(b):
        return "figures"
    if left <= right or right <= left:
        return "same"
    return (
        "same"
        if len(left & right) / len(left | right) >= 0.8 and not _opposed(left, right)
        else "other"
    )


def _opposed(left: frozenset[str], right: frozenset[str]) -> bool:
    """东 against 西, 南 against 北 …: one character that makes it another place."""
    places = set("东西南北前后左右上下中内外新老")
    return bool((left - right) & places) and bool((right - left) & places)


def likeness(a: str, b: str) -> float:
    """Share of meaningful characters two summaries have in common, 0–1."""
    left, right = content(a), content(b)
    return len(left & right) / len(left | right) if left | right else 0.0
