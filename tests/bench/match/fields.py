"""How a list writes ID numbers, phones, cards and villages, and what it gets wrong.

Numbers are n × width ASCII matrices. Every function also says what each cell is still good for as evidence:
0 nothing, 1 exact, 2 masked, 3 mistyped, 4 fifteen digits.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import shapes
import sounds
from noise import Table
from people import Places

STAR, LOWER_X = ord("*"), ord("x")
# What the mask of a list leaves visible, as (from, to); the last one also drops stars.
VISIBLE = [
    (6, 14),
    (6, 14),
    (6, 14),
    (14, 17),
    (10, 14),
    (3, 14),
    (12, 18),
    (0, 14),
    (6, 16),
    (6, 14),
]
VILLAGE_STYLES = 9


@dataclass
class Level:
    """How bad the lists are; shares of rows or of lists."""

    left_names: float
    right_names: float
    left_id: tuple[
        float, float
    ]  # shares of lists with full and with masked numbers; the rest have none
    right_id: tuple[float, float]
    left_wrong: float
    right_wrong: float
    left_phone: float
    left_bank: float
    left_village: float
    public: float  # lists with every name masked
    village_slip: float


LEVELS = {
    "easy": Level(0.13, 0.03, (0.52, 0.18), (0.84, 0.1), 0.03, 0.01, 0.4, 0.2, 0.85, 0.03, 0.03),
    "medium": Level(
        0.29, 0.05, (0.42, 0.22), (0.76, 0.15), 0.09, 0.03, 0.25, 0.12, 0.58, 0.05, 0.07
    ),
    "hard": Level(0.42, 0.1, (0.28, 0.27), (0.66, 0.2), 0.14, 0.05, 0.2, 0.09, 0.52, 0.08, 0.11),
}


@dataclass
class Habits:
    """Per list: how it writes each field."""

    id_style: np.ndarray  # 0 none, 1 full, 2 masked
    mask: np.ndarray
    phone: np.ndarray  # share of rows with one
    bank: np.ndarray
    village: np.ndarray
    village_style: np.ndarray
    names: np.ndarray  # noisy share
    public: np.ndarray
    wrong: float
    slip: float

    @classmethod
    def draw(cls, level: Level, side: str, count: int, rng: np.random.Generator) -> "Habits":
        full, masked = level.left_id if side == "left" else level.right_id
        even = rng.permutation((np.arange(count) + 0.5) / count)
        style = np.where(even < full, 1, np.where(even < full + masked, 2, 0))
        names = (level.left_names if side == "left" else level.right_names) * rng.uniform(
            0.4, 1.6, count
        )
        shares = {
            "left": (level.left_phone, level.left_bank, level.left_village),
            "right": (0.4, 0.55, 0.91),
        }[side]
        phone, bank, village = (_spread(share, count, rng) for share in shares)
        return cls(
            style, rng.integers(0, len(VISIBLE), count), phone, bank, village,
            rng.integers(0, 6, count), names, rng.permutation(np.arange(count) < level.public * count),
            level.left_wrong if side == "left" else level.right_wrong, level.village_slip,
        )  # fmt: skip


def _spread(share: float, count: int, rng: np.random.Generator) -> np.ndarray:
    """Most lists have a column or not: shares near 0 or near .95 whose mean is `share`."""
    has = rng.permutation((np.arange(count) + 0.5) / count) < share / 0.95
    return np.where(has, rng.uniform(0.9, 1.0, count), 0.0)


class Writer:
    """Writes the cells of rows that belong to lists with habits."""

    def __init__(self, habits: Habits, places: Places, rng: np.random.Generator):
        self.habits, self.rng = habits, rng
        self.villages = pa.array(_village_names(places, rng))

    def ids(self, number: np.ndarray, head: np.ndarray, year: np.ndarray, lists: np.ndarray):
        """Cells (n × 18 ASCII, all zero = missing) and their evidence; `head` is the household head's number."""
        rng, habits, n = self.rng, self.habits, len(number)
        style = habits.id_style[lists]
        cells, kind = number.copy(), np.ones(n, dtype=np.int8)
        luck = rng.random(n) / habits.wrong
        for low, high, damage in ((0, 0.3, _typo), (0.3, 0.45, _swap), (0.45, 0.5, _shorter)):
            rows = np.flatnonzero((luck >= low) & (luck < high))
            cells[rows], kind[rows] = damage(cells[rows], rng), 3
        rows = np.flatnonzero(
            (luck >= 0.5) & (luck < 0.65)
        )  # a number column: fifteen significant digits
        cells[rows, 15:], kind[rows] = ord("0"), 3
        rows = np.flatnonzero((luck >= 0.65) & (luck < 0.72))
        cells[rows], kind[rows] = 0, 0
        cells[rows, :11] = np.frombuffer(b"3.70124E+17", dtype=np.uint8)
        rows = np.flatnonzero((luck >= 0.72) & (luck < 0.85))
        same = (head[rows] == number[rows]).all(1)
        cells[rows], kind[rows] = head[rows], np.where(same, 1, 0)
        rows = np.flatnonzero((luck >= 0.85) & (luck < 1.25) & (year < 1985) & (style == 1))
        cells[rows], kind[rows] = _fifteen(number[rows]), 4
        masked = np.flatnonzero((style == 2) & (luck >= 0.85))
        cells[masked] = self._mask(number[masked], habits.mask[lists[masked]])
        kind[masked] = 2
        ends_x = np.flatnonzero((cells[:, 17] == ord("X")) & (rng.random(n) < 0.2))
        cells[ends_x, 17] = np.where(rng.random(len(ends_x)) < 0.8, LOWER_X, STAR)
        none = (style == 0) | (rng.random(n) < 0.04)
        cells[none], kind[none] = 0, 0
        return cells, kind

    def _mask(self, number, shape):
        result = number.copy()
        for i, (low, high) in enumerate(VISIBLE):
            rows = np.flatnonzero(shape == i)
            result[rows, low:high] = STAR if i % 4 else ord("X") if i == 8 else STAR
            if i == len(VISIBLE) - 1:  # 370124****0014
                result[rows, 10:14] = number[rows, 14:18]
                result[rows, 14:] = 0
        return result

    def phones(self, phone, lists):
        cells, kind = self._digits(phone, 11), np.ones(len(phone), dtype=np.int8)
        mask = (self.habits.mask[lists] < 2) & (self.habits.id_style[lists] == 2)
        cells[mask, 3:7] = STAR
        kind[mask] = 2
        return self._present(cells, kind, self.habits.phone[lists])

    def banks(self, bank, lists):
        """Cards of 19 digits: some lost their last four to a number column, some masked."""
        cells = self._digits(bank, 18)
        cells = np.concatenate([cells, _luhn(cells)[:, None]], axis=1)
        kind = np.ones(len(bank), dtype=np.int8)
        luck = self.rng.random(len(bank))
        lost = luck < 0.015
        cells[lost, 15:], kind[lost] = ord("0"), 3
        mask = (self.habits.mask[lists] == 3) & (self.habits.id_style[lists] == 2)
        cells[mask, 6:15], kind[mask] = STAR, 2
        return self._present(cells, kind, self.habits.bank[lists])

    def _digits(self, value, width):
        return (
            (value[:, None] // 10 ** np.arange(width - 1, -1, -1, dtype=np.int64)) % 10 + 48
        ).astype(np.uint8)

    def _present(self, cells, kind, share):
        n = len(cells)
        typo = np.flatnonzero(self.rng.random(n) < self.habits.wrong * 0.15)
        cells[typo], kind[typo] = _typo(cells[typo], self.rng), 3
        none = self.rng.random(n) >= share
        cells[none], kind[none] = 0, 0
        return cells, kind

    def village(self, village, lists):
        """A pyarrow string column and whether each row states its village."""
        rng, n = self.rng, len(village)
        style = self.habits.village_style[lists]
        style = np.where(rng.random(n) < 0.06, rng.integers(0, 7, n), style)
        style = np.where(
            rng.random(n) < self.habits.slip, rng.integers(7, VILLAGE_STYLES, n), style
        )
        stated = rng.random(n) < self.habits.village[lists]
        index = pa.array((village * VILLAGE_STYLES + style).astype(np.int32), mask=~stated)
        return pa.DictionaryArray.from_arrays(index, self.villages).cast(
            pa.string()
        ), stated.astype(np.int8)


def _village_names(places: Places, rng: np.random.Generator) -> list[str]:
    sound = Table(
        sounds.homophones()
        | {k: v for k, v in shapes.lookalikes().items() if k not in sounds.READINGS}
    )
    width = 8
    codes = np.zeros((len(places.stem), width), dtype=np.uint32)
    for i, stem in enumerate(places.stem):
        codes[i, : len(stem)] = [ord(c) for c in stem]
    wrong = np.ascontiguousarray(sound.change(codes, rng)).view(f"<U{width}").ravel()
    names = []
    for stem, town, slip in zip(places.stem, places.town, wrong, strict=True):
        names += [
            stem, stem + "村", f"{town}镇{stem}村", stem + "村委会", f"{town}镇{stem}", stem + "村",
            stem + " 村", slip + "村", (stem.replace("家", "") if len(stem) > 2 else stem) + "村",
        ]  # fmt: skip
    return names


def _typo(cells, rng):
    """One digit replaced by another."""
    result, rows = cells.copy(), np.arange(len(cells))
    place = rng.integers(4, max(5, cells.shape[1] - 1), len(cells))
    result[rows, place] = 48 + (result[rows, place] - 48 + rng.integers(1, 10, len(cells))) % 10
    return result


def _swap(cells, rng):
    """Two neighbours in the wrong order."""
    result, rows = cells.copy(), np.arange(len(cells))
    place = rng.integers(6, cells.shape[1] - 2, len(cells))
    result[rows, place], result[rows, place + 1] = cells[rows, place + 1], cells[rows, place]
    return result


def _shorter(cells, rng):
    """One digit left out."""
    place = rng.integers(6, cells.shape[1] - 1, len(cells))
    index = np.arange(cells.shape[1])[None, :]
    index = np.minimum(index + (index >= place[:, None]), cells.shape[1] - 1)
    result = np.take_along_axis(cells, index, 1)
    result[:, -1] = 0
    return result


def _fifteen(number):
    result = np.zeros_like(number)
    result[:, :6], result[:, 6:15] = number[:, :6], number[:, 8:17]
    return result


def _luhn(cells):
    digits = (cells - 48).astype(int)
    digits[:, ::-1][:, ::2] *= 2
    return ((10 - (digits // 10 + digits % 10).sum(1) % 10) % 10 + 48).astype(np.uint8)


def column(cells: np.ndarray) -> pa.Array:
    """ASCII cells as a string column, empty cells missing."""
    text = np.ascontiguousarray(cells).view(f"S{cells.shape[1]}").ravel()
    return pa.array(text, mask=cells[:, 0] == 0).cast(pa.string())
