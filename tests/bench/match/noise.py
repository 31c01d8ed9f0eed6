"""What happens to a name between two lists: one slip a row, drawn from a named channel.

Works on matrices of code points (rows × WIDTH, zero after the end), a channel at a time.
"""

import numpy as np
import shapes
import sounds
from people import WIDTH

# Weights of the channels among noisy names; `share` of all names of a list are noisy.
CHANNELS = {
    "homophone": 22, "near_homophone": 6, "glyph": 17, "mask": 26, "title": 8, "variant": 5,
    "traditional": 5, "dropped": 2.5, "added": 1.5, "swapped": 2, "spaced": 9, "lost": 2.5,
    "pinyin": 1.5, "two_slips": 3, "former": 1.5,
}  # fmt: skip
SUFFIXES = "(已故) （已故） (代) 代领 (户主) （户主） 等2人 (党员) 本人 (亡) 、 书记 主任 会计 同志 （代） (低保) (补) 大爷 老师".split()
PREFIXES = "老 小 原名 户主".split()
SURNAME_TITLES = "书记 主任 会计 支书 队长 老师".split()
PINYIN = {c: s for c, s in sounds.READINGS.items()}


class Table:
    """Character → alternatives, as arrays to draw from."""

    def __init__(self, alternatives: dict[str, list[str]]):
        self.start = np.zeros(0x30000, dtype=np.int32)
        self.count = np.zeros(0x30000, dtype=np.int32)
        flat: list[int] = []
        for character, others in alternatives.items():
            self.start[ord(character)], self.count[ord(character)] = len(flat), len(others)
            flat += [ord(o) for o in others]
        self.flat = np.array(flat, dtype=np.uint32)

    def change(self, name: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """Replace one character of each row, the early alternatives preferred; rows without one stay."""
        chance = rng.random(name.shape) * (self.count[name] > 0)
        chance[:, 0] *= 0.55  # surnames are copied with more care
        place = chance.argmax(1)
        rows = np.arange(len(name))
        old = name[rows, place]
        many = self.count[old]
        which = (rng.random(len(name)) ** 1.7 * many).astype(np.int64)
        new = np.where(
            many > 0, self.flat[np.minimum(self.start[old] + which, len(self.flat) - 1)], old
        )
        changed = name.copy()
        changed[rows, place] = new
        return changed


def _codes(text: str) -> list[int]:
    return [ord(c) for c in text]


def lengths(name: np.ndarray) -> np.ndarray:
    return (name > 0).sum(1)


def compact(name: np.ndarray) -> np.ndarray:
    """Shift characters left over the gaps."""
    order = np.argsort(name == 0, axis=1, kind="stable")
    return np.take_along_axis(name, order, 1)


def append(name: np.ndarray, words: list[str], rng: np.random.Generator) -> np.ndarray:
    wide = np.concatenate([name, np.zeros((len(name), 6), dtype=np.uint32)], axis=1)
    which, length = rng.integers(0, len(words), len(name)), lengths(name)
    for i, word in enumerate(words):
        rows = np.flatnonzero(which == i)
        for j, code in enumerate(_codes(word)):
            wide[rows, length[rows] + j] = code
    return wide[:, :WIDTH]


def prepend(name: np.ndarray, words: list[str], rng: np.random.Generator) -> np.ndarray:
    which = rng.integers(0, len(words), len(name))
    result = name.copy()
    for i, word in enumerate(words):
        rows, width = np.flatnonzero(which == i), len(word)
        result[rows, width:] = name[rows, : WIDTH - width]
        result[rows, :width] = _codes(word)
    return result


class Slips:
    """Applies channels to names; `pool` are given-name characters for additions and former names."""

    def __init__(self, rng: np.random.Generator, pool: np.ndarray):
        self.rng, self.pool = rng, pool
        self.tables = {
            "homophone": Table(sounds.homophones()),
            "near_homophone": Table(sounds.near_homophones()),
            "glyph": Table(shapes.lookalikes()),
            "variant": Table(shapes.variants()),
            "traditional": Table(shapes.traditional()),
        }

    def apply(self, name: np.ndarray, share: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Names with slips and the channel of each row ('' = as it was); `share` is each row's chance."""
        rng, n = self.rng, len(name)
        weights = np.array(list(CHANNELS.values()), dtype=float)
        which = rng.choice(len(weights), n, p=weights / weights.sum())
        which = np.where(rng.random(n) < share, which, -1)
        result, channel = name.copy(), np.full(n, "", dtype="U14")
        for i, kind in enumerate(CHANNELS):
            rows = np.flatnonzero(which == i)
            if not len(rows):
                continue
            result[rows] = self.one(kind, name[rows])
            channel[rows] = kind
        channel[(result == name).all(1)] = ""
        return result, channel

    def one(self, kind: str, name: np.ndarray) -> np.ndarray:
        if kind in self.tables:
            return self.tables[kind].change(name, self.rng)
        return getattr(self, "_" + kind)(name)

    def _two_slips(self, name):
        first = self.tables["glyph"].change(name, self.rng)
        return self.tables["homophone"].change(first, self.rng)

    def _mask(self, name):
        rng, n, length = self.rng, len(name), lengths(name)
        star = np.array(_codes("*＊×某x○"), dtype=np.uint32)[
            rng.choice(6, n, p=[0.5, 0.1, 0.15, 0.15, 0.05, 0.05])
        ]
        shape, result, rows = (
            rng.choice(5, n, p=[0.5, 0.12, 0.2, 0.08, 0.1]),
            name.copy(),
            np.arange(n),
        )
        middle = (shape == 0) & (length > 2)
        last = (shape == 1) | ((shape == 0) & (length == 2))
        result[rows[middle], 1] = star[middle]
        result[rows[last], length[last] - 1] = star[last]
        rest = (shape == 2) | (
            shape == 4
        )  # 张** with as many marks as characters, or 张某 whatever the length
        for j in range(1, WIDTH):
            inside = rest & (j < length)
            result[inside, j] = star[inside]
        short = shape == 4
        result[short, 1] = ord("某")
        result[short, 2:] = 0
        first = (shape == 3) & (length > 1)
        result[first, 0] = star[first]
        return result

    def _title(self, name):
        luck = self.rng.random(len(name))
        result = append(name, SUFFIXES, self.rng)
        before = luck < 0.18
        result[before] = prepend(name[before], PREFIXES, self.rng)
        only = luck > 0.9  # 张书记: the given name is gone
        bare = name[only].copy()
        bare[:, 1:] = 0
        result[only] = append(bare, SURNAME_TITLES, self.rng)
        return result

    def _dropped(self, name):
        length, result = lengths(name), name.copy()
        place = 1 + (self.rng.random(len(name)) * (length - 1)).astype(int)
        rows = np.flatnonzero(length > 2)
        result[rows, place[rows]] = 0
        return compact(result)

    def _added(self, name):
        n = len(name)
        result = np.concatenate([name[:, :1], np.zeros((n, 1), np.uint32), name[:, 1:-1]], axis=1)
        result[:, 1] = self.pool[self.rng.integers(0, len(self.pool), n)]
        double = self.rng.random(n) < 0.4  # 丽 → 丽丽
        length = lengths(name)
        rows = np.flatnonzero(double & (length < WIDTH))
        result[rows] = name[rows]
        result[rows, length[rows]] = name[rows, length[rows] - 1]
        return result

    def _swapped(self, name):
        length, result = lengths(name), name.copy()
        rows = np.flatnonzero(length > 1)
        end = length[rows] - 1
        result[rows, end], result[rows, end - 1] = name[rows, end - 1], name[rows, end]
        return result

    def _spaced(self, name):
        n, result = len(name), np.zeros_like(name)
        kind = self.rng.choice(_codes("   　\u00a0\t"), n).astype(np.uint32)
        place = np.where(self.rng.random(n) < 0.8, 1, lengths(name))
        for row_place in range(1, 7):
            rows = np.flatnonzero(place == row_place)
            result[rows, :row_place] = name[rows, :row_place]
            result[rows, row_place] = kind[rows]
            result[rows, row_place + 1 :] = name[rows, row_place:-1]
        rows = np.flatnonzero(place > 6)
        result[rows] = name[rows]
        return result

    def _lost(self, name):
        """A character outside the old code page: ?, □, a private code point or nothing."""
        rng, n, result = self.rng, len(name), name.copy()
        place = 1 + (rng.random(n) * np.maximum(lengths(name) - 1, 0)).astype(int)
        marks = np.array(_codes("?？□\ue5d2\uf8f0�"), dtype=np.uint32)
        result[np.arange(n), np.minimum(place, WIDTH - 1)] = marks[rng.integers(0, len(marks), n)]
        return result

    def _pinyin(self, name):
        result = name.copy()
        for row in range(len(name)):
            text = "".join(map(chr, name[row][name[row] > 0]))
            place = 1 + int(self.rng.integers(0, max(1, len(text) - 1)))
            written = "".join(PINYIN.get(c, c) if i == place else c for i, c in enumerate(text))[
                :WIDTH
            ]
            result[row] = 0
            result[row, : len(written)] = _codes(written)
        return result

    def _former(self, name):
        """Another given name altogether: a former name or a nickname."""
        result = name.copy()
        result[:, 1:3] = self.pool[self.rng.integers(0, len(self.pool), (len(name), 2))]
        result[:, 3:] = 0
        return result
