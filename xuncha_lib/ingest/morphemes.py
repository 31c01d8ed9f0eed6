"""Headings compared by what their parts mean: 作物名称 is 种植作物, 未交款 is 欠缴金额. Only for what letters leave open."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache
from pathlib import Path

from xuncha_lib.ingest.headings import JOIN, plain
from xuncha_lib.knowledge import read_yaml


@cache
def _one() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Wordings that mean the same, and the sign they become."""
    text = (Path(__file__).parent / "morphemes.yml").read_text(encoding="utf-8")
    return tuple(
        (re.compile("|".join(words)), "" if sign == "无" else sign)
        for sign, words in read_yaml(text).items()
    )


_WEAK = dict.fromkeys("类名状式号款日单级性的数总别目有", 0.35)
"""Signs that stand in headings of every kind weigh little: 车辆状况 and 合同状况 have nothing in common."""


@lru_cache(maxsize=20_000)
def parts(text: str) -> str:
    """The signs of a heading or alias."""
    bare = plain(text.replace(JOIN, ""))
    for pattern, sign in _one():
        bare = pattern.sub(sign, bare)
    return bare


def _weight(text: str) -> float:
    return sum(_WEAK.get(sign, 1.0) for sign in text)


def likeness(heading: str, word: str) -> float:
    """0–1: signs both have, by weight; nothing where they share only what any heading may have."""
    if {"起", "止"} <= {*heading, *word} and not {"起", "止"} <= {*heading} & {*word}:
        return 0.0
    one, other = Counter(heading), Counter(word)
    shared = "".join((one & other).elements())
    if not any(sign not in _WEAK for sign in shared):
        return 0.0
    whole = _weight(heading) + _weight(word)
    return 2 * _weight(shared) / whole if whole else 0.0
