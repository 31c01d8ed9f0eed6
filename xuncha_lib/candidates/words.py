"""The sentences of a candidate, and the words none of them may contain."""

from __future__ import annotations

import re
from collections.abc import Iterable

VERDICT_WORDS = (
    "违规",
    "违纪",
    "违法",
    "贪污",
    "套取",
    "冒领",
    "骗取",
    "侵占",
    "受贿",
    "行贿",
    "犯罪",
    "挪用",
    "串通",
    "涉嫌",
)
"""Words that judge. A candidate is a lead for a person, so the tool itself never writes them."""

_VERDICT = re.compile("|".join(VERDICT_WORDS))


def verdict_words(text: str) -> list[str]:
    """The judging words in a text, in order; empty when the text is fit to show."""
    return _VERDICT.findall(text)


def join_unique(lists: Iterable[Iterable[str]]) -> list[str]:
    """The words of several lists, each once, in order of first appearance."""
    return list(dict.fromkeys(word for words in lists for word in words))


def summary(reasons: list[str], *, most: int = 4) -> str:
    """One paragraph from the hits' reason sentences, the leading one first."""
    unique = list(dict.fromkeys(reasons))
    text = "。另：".join(reason.rstrip("。") for reason in unique[:most])
    rest = len(unique) - most
    return f"{text}。" if rest <= 0 else f"{text}。另有{rest}条同一对象的线索。"
