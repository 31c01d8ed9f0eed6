"""Names of people: what they are compared by, and the ways in which two written names can be one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import opencc
from pypinyin.constants import PINYIN_DICT

from xuncha_lib.knowledge import read_yaml

_MASKS = "*＊某×xX○〇□?？●■_"
_DROPPED = " \t\r\n\u3000\u00a0\u200b\ufeff·•‧・∙.．。-—'’"
_FOLDS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"))


@dataclass(frozen=True)
class NameKey:
    """A name as it is compared. Never shown: the written name is.

    key: simplified, one spelling per character, no blanks, `*` for what is masked.   sound: pinyin without tones,
    one syllable per character.   near: the same with zh/z, ch/c, sh/s, n/l, ng/n and r/y taken as one.
    """

    key: str
    surname: str
    sound: str
    near: str


@dataclass(frozen=True)
class _Characters:
    readings: dict[str, str]
    compound: frozenset[str]
    variants: dict[str, str]
    keep: frozenset[str]
    spellings: dict[str, str]
    look_alike: frozenset[tuple[str, str]]


@cache
def _characters() -> _Characters:
    entry: dict[str, Any] = read_yaml(
        (Path(__file__).parent / "characters.yml").read_text(encoding="utf-8")
    )
    pairs = {
        (a, b) for group in entry["look_alike"].split() for a in group for b in group if a != b
    }
    return _Characters(
        readings=entry["surname_readings"],
        compound=frozenset(entry["compound_surnames"]),
        variants={pair[0]: pair[1] for pair in entry["variants"].split()},
        keep=frozenset(entry["keep"]),
        spellings={pair[0]: pair[1] for pair in entry["surname_spellings"].split()},
        look_alike=frozenset(pairs),
    )


@cache
def _simplifier() -> Any:
    return opencc.OpenCC("t2s")


def _simple(text: str) -> dict[int, str]:
    """Translation table for the distinct characters of a text."""
    known = _characters()
    found = sorted(set(text) - set("\n"))
    simplified = _simplifier().convert("\n".join(found)).split("\n") if found else []
    table = {
        ord(c): c if c in known.keep else known.variants.get(c, known.variants.get(s, s))
        for c, s in zip(found, simplified, strict=True)
    }
    table.update({ord(c): "" for c in _DROPPED if c != "\n"})
    table.update({ord(c): "*" for c in _MASKS})
    return table


def _syllable(character: str) -> str:
    """Commonest reading without tone; the character itself when it has none."""
    marked = PINYIN_DICT.get(ord(character), character).split(",")[0]
    plain = unicodedata.normalize("NFD", marked)
    return "".join(c for c in plain if not unicodedata.combining(c) or c == "\u0308").replace(
        "u\u0308", "v"
    )


def _near(syllable: str) -> str:
    for wide, narrow in _FOLDS:
        syllable = syllable.replace(wide, narrow)
    if syllable[:1] == "r":
        return "y" + syllable[1:]
    return "l" + syllable[1:] if syllable[:1] == "n" else syllable


def name_keys(names: Sequence[str]) -> list[NameKey]:
    """Keys of many names at once, in their order."""
    if not names:
        return []
    text = unicodedata.normalize("NFKC", "\n".join(n.replace("\n", " ") for n in names))
    known, keys = _characters(), text.translate(_simple(text)).split("\n")
    readings = {c: _syllable(c) for c in set("".join(keys))}
    near = {sound: _near(sound) for sound in {*readings.values(), *known.readings.values()}}
    found = []
    for key in keys:
        surname = key[:2] if len(key) > 2 and key[:2] in known.compound else key[:1]
        surname = known.spellings.get(surname, surname)
        given = key[len(surname) :]
        sounds = [
            known.readings.get(surname)
            or " ".join(readings.get(c) or _syllable(c) for c in surname)
        ]
        sounds += [readings[c] for c in given]
        sound = " ".join(sounds)
        found.append(
            NameKey(
                surname + given,
                surname,
                sound,
                " ".join(near.get(s) or _near(s) for s in sound.split()),
            )
        )
    return found


def name_key(name: str) -> NameKey:
    """Key of one name."""
    return name_keys([name])[0]


@dataclass(frozen=True)
class NameMatch:
    """How two names relate. kind: equal, sound, near_sound, look_alike, one_character, masked, married,
    unnamed, other.

    why: Chinese words for a reader, "" for equal.   `is_compatible`: an equal ID number under both is one person.
    """

    kind: str
    why: str = ""

    @property
    def is_compatible(self) -> bool:
        """Whether both names can be one person's when the ID number says so."""
        return self.kind != "other"

    @property
    def is_close(self) -> bool:
        """Whether they sound or look the same: a likely slip even without an ID number."""
        return self.kind in {"sound", "near_sound", "look_alike"}


_OTHER = NameMatch("other", "姓名不同")
_MARRIED = re.compile(r"^(.)?(.)氏$")


def compare(a: NameKey, b: NameKey) -> NameMatch:
    """Relation of two names; symmetric up to the order of the characters in `why`."""
    if not (a.key and b.key):
        return NameMatch("unnamed", "一方未写姓名")
    if "*" in a.key or "*" in b.key:
        return _compare_masked(a, b)
    if a.key == b.key:
        return NameMatch("equal")
    if a.sound == b.sound:
        return NameMatch("sound", f"姓名同音（{_odd(a.key, b.key)}）")
    if a.near == b.near:
        return NameMatch("near_sound", f"姓名近音（{_odd(a.key, b.key)}）")
    if len(a.key) == len(b.key):
        odd = [(x, y) for x, y in zip(a.key, b.key, strict=True) if x != y]
        if len(odd) == 1:
            if odd[0] in _characters().look_alike:
                return NameMatch("look_alike", f"姓名形近（{odd[0][0]}/{odd[0][1]}）")
            if len(a.key) > 2:
                return NameMatch("one_character", f"姓名差一字（{odd[0][0]}/{odd[0][1]}）")
        if sorted(a.key) == sorted(b.key):
            return NameMatch("one_character", "姓名字序颠倒")
    elif _lacks_one(a.key, b.key):
        return NameMatch("one_character", "姓名多（少）一字")
    return _compare_married(a, b)


def _odd(a: str, b: str) -> str:
    odd = [(x, y) for x, y in zip(a, b, strict=False) if x != y]
    return f"{''.join(x for x, _ in odd)}/{''.join(y for _, y in odd)}"


def _lacks_one(a: str, b: str) -> bool:
    """One name is the other with a single character left out, and the surname stands."""
    short, long = sorted((a, b), key=len)
    if len(long) - len(short) != 1 or len(short) < 2 or short[0] != long[0]:
        return False
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def _compare_masked(a: NameKey, b: NameKey) -> NameMatch:
    """王*国, 王某某: the visible characters agree. 某 may stand for one character or two."""
    x, y = a.key, b.key
    agree = len(x) == len(y) and all(p == q or "*" in (p, q) for p, q in zip(x, y, strict=True))
    bare = x[0] == y[0] and (not x[1:].strip("*") or not y[1:].strip("*"))
    return NameMatch("masked", "姓名有遮挡，可见部分相同") if agree or bare else _OTHER


def _compare_married(a: NameKey, b: NameKey) -> NameMatch:
    for x, y in ((a, b), (b, a)):
        match = _MARRIED.match(x.key)
        if match and y.surname in (match.group(1), match.group(2)):
            return NameMatch("married", f"旧式称谓（{x.key}）")
    return _OTHER
