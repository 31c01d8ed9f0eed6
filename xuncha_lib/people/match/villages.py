"""Villages under several spellings: the name proper, and the town it is said to lie in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from xuncha_lib.people.match.chars import DROP, POINTS, characters

_UPPER = re.compile(r"^.*(?:省|自治区|[^城]市|(?<=..)(?<!社)区|(?<=..)县)(?=..)")
_TOWN = re.compile(r"^(.{2,5}?(?:街道办事处|街道办|街道|办事处|镇|乡))(?=.{2,})")
_KIND = re.compile(
    r"(?:村民委员会|居民委员会|村委会|居委会|村民委|社区居委会|社区|行政村|自然村|村民小组|村|居|委)$"
)
_GROUP = re.compile(r"(?:第?[一二三四五六七八九十0-9]+(?:组|队|村民小组|小组))$")
_HOME = re.compile("(?<=.)[家嘉加佳]")
_FIRST = 0x3400
_BLANK = re.compile(r"[\s·.,，。、\-—_()（）]+")


@dataclass(frozen=True)
class Village:
    """A village as it is compared: its name without 村, 社区 and the like, and the town before it, "" if not written."""

    name: str
    town: str


def village_of(text: str) -> Village:
    """Village a cell names; the name is "" for an empty cell."""
    plain = _BLANK.sub("", unicodedata.normalize("NFKC", text)).translate(_simple())
    plain = _UPPER.sub("", plain)
    town = _TOWN.match(plain)
    name = plain[town.end() :] if town else plain
    name = _GROUP.sub("", name) or name
    while len(shorter := _KIND.sub("", name)) >= 2 and shorter != name:
        name = shorter
    return Village(
        name, re.sub(r"(?:街道办事处|街道办|街道|办事处|镇|乡)$", "", town[1]) if town else ""
    )


@cache
def _simple() -> dict[int, int]:
    """Characters that are written otherwise in simplified script, and what they are there."""
    fold = characters().fold
    points = np.arange(POINTS)
    other = (fold != points) & (points >= _FIRST) & (fold != DROP) & (fold != ord("*"))
    return dict(zip(points[other].tolist(), fold[other].tolist(), strict=True))


@cache
def _short(name: str) -> str:
    """王家庄 and 王庄 are one name."""
    return _HOME.sub("", name) if len(name) > 2 else name


def number_villages(texts: Sequence[str]) -> dict[str, NDArray[np.int32]]:
    """For each text the number of its village, of its spelling and of its town; 0 = none written.

    Villages that sound alike, or differ by a 家 (王家庄, 王庄), have one number.
    """
    numbers: dict[str, dict[tuple[int, ...] | str, int]] = {
        "number": {"": 0}, "spelling": {"": 0}, "town": {"": 0}
    }  # fmt: skip
    found = {name: np.zeros(len(texts), np.int32) for name in numbers}
    sound = characters().sound
    heard: dict[str, tuple[int, ...]] = {"": ()}
    for i, text in enumerate(texts):
        village = village_of(text)
        short = _short(village.name)
        if short not in heard:
            heard[short] = tuple(sound[[min(ord(c), POINTS - 1) for c in short]].tolist())
        for name, key in (
            ("number", heard[short] or ""),
            ("spelling", short),
            ("town", village.town),
        ):
            found[name][i] = numbers[name].setdefault(key, len(numbers[name]))
    return found
