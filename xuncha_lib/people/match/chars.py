"""What is known about single characters, as tables over the code points of the basic plane."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from xuncha_lib.people.match.readings import near_reading

Table = NDArray[np.uint16]

POINTS = 0x10000
DROP, MASK, BRACKET, LATIN = 0, ord("*"), ord("("), ord("a")
"""What `Characters.fold` says of a character that is no part of a name; LATIN also stands for lost ones."""

_MASKS = "*＊某×xX✕╳○〇●■_＿?？□�◯◇"
_BRACKETS = "()（）[]【】〔〕<>《》「」/／、,，;；:：|"
_FIRST = 0x3400


@dataclass(frozen=True)
class Characters:
    """Tables of shape (65536,), by code point.

    fold : the character it is compared as (simplified, one spelling), or DROP, MASK, BRACKET, LATIN.
    spelling : fold for the first character of a name (付 for 傅).   sound, near : number of its syllable without
    tone, and of its near-sound class; 0 for none.   surname_sound, surname_near : the same as a surname.
    alike : (n,) sorted pairs a << 16 | b, both ways.   alike_start : (65537,), where the pairs of `a` begin.
    """

    fold: Table
    spelling: Table
    sound: Table
    near: Table
    surname_sound: Table
    surname_near: Table
    alike: NDArray[np.uint32]
    alike_start: NDArray[np.int64]


def _fold(written: Table, simple: Table) -> Table:
    fold = np.arange(POINTS, dtype=np.uint16)
    fold[written] = simple
    for point in [*range(0xF900, 0xFB00), *range(0x2F00, 0x2FE0)]:
        form = unicodedata.normalize("NFKC", chr(point))
        fold[point] = fold[ord(form)] if len(form) == 1 and ord(form) < POINTS else point
    fold[:0x2E80] = DROP
    fold[0x3000:0x3040] = DROP
    fold[0xFE00:0x10000] = DROP
    fold[0xD800:0xE000] = np.arange(0xD800, 0xE000)  # stands for the rare planes, see `names`
    fold[0xE000:0xF900] = MASK  # private use: a character lost on the way
    for letters in (range(0x41, 0x5B), range(0x61, 0x7B), range(0xFF21, 0xFF3B), range(0xFF41, 0xFF5B)):  # fmt: skip
        fold[list(letters)] = LATIN
    fold[[ord(c) for c in _MASKS]] = MASK
    fold[[ord(c) for c in _BRACKETS]] = BRACKET
    return fold


def _alike(kept: dict[str, Table]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Both directions of the stored pairs: they are steps within the neighbours of each character."""
    count = kept["alike_count"].astype(np.int64)
    a = np.repeat(np.arange(len(count)), count)
    total = np.cumsum(kept["alike_step"].astype(np.int64))
    start = np.cumsum(count) - count
    before = np.repeat(np.r_[0, total][start], count)
    b = a + total - before
    x, y = kept["common"][a].astype(np.uint32), kept["common"][b].astype(np.uint32)
    pairs = np.sort(np.r_[x << 16 | y, y << 16 | x])
    return pairs, np.searchsorted(pairs >> 16, np.arange(POINTS + 1)).astype(np.int64)


@cache
def characters() -> Characters:
    """The tables, read once from the file that data/characters/make.py writes."""
    with np.load(Path(__file__).with_name("characters.npz")) as stored:
        kept = {name: stored[name] for name in stored.files}
    syllables = kept["syllables"].tobytes().decode("ascii").split("\n")
    classes = sorted({near_reading(s) for s in syllables})
    number = {name: i + 1 for i, name in enumerate(classes)}
    near_of = np.arange(POINTS, dtype=np.uint16)
    near_of[1 : len(syllables) + 1] = [number[near_reading(s)] for s in syllables]
    sound = np.zeros(POINTS, np.uint16)
    sound[_FIRST : _FIRST + len(kept["reading"])] = kept["reading"]
    sound = np.where(sound == 0, np.arange(POINTS, dtype=np.uint16), sound)
    surname = sound.copy()
    surname[kept["surname"]] = kept["surname_reading"]
    spelling = np.arange(POINTS, dtype=np.uint16)
    spelling[kept["spelling"][:, 0]] = kept["spelling"][:, 1]
    alike, start = _alike(kept)
    fold = _fold(kept["written"], kept["simple"])
    return Characters(
        fold, spelling, sound, near_of[sound], surname, near_of[surname], alike, start
    )
