"""Sounds of written syllables: marks taken off, and the syllables that villages hear as one."""

from __future__ import annotations

import unicodedata

_FOLDS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"))


def plain_reading(marked: str) -> str:
    """First reading of a list like "shàn,dān,chán", without tone, ü as v; "" for none."""
    text = unicodedata.normalize("NFD", marked.split(",")[0])
    kept = "".join(c for c in text if not unicodedata.combining(c) or c == "\u0308")
    kept = kept.replace("u\u0308", "v")
    return kept if kept.isascii() and kept.isalpha() else ""


def near_reading(syllable: str) -> str:
    """The syllable with zh/z, ch/c, sh/s, ng/n, n/l and r/y taken as one."""
    for wide, narrow in _FOLDS:
        syllable = syllable.replace(wide, narrow)
    first = {"r": "y", "n": "l"}.get(syllable[:1], syllable[:1])
    return first + syllable[1:]
