"""Names as integers: up to four characters in one number, and the same by sound and by near sound."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from xuncha_lib.people.match.arrow import column, strings
from xuncha_lib.people.match.chars import BRACKET, LATIN, MASK, POINTS, characters

Keys = NDArray[np.uint64]
Codes = NDArray[np.uint16]
Flags = NDArray[np.bool_]

WIDTH = 4
LONG = 0xFFFF
"""First code of a name of more than four characters; the other three are a hash of it."""

_SHIFTS = np.array([48, 32, 16, 0], np.uint64)
_BEHIND = np.uint64(0x0000FFFFFFFFFFFF)
_OFFICES = (
    "同志 主任 书记 会计 村长 组长 队长 先生 女士 老师 支书 社长 经理 镇长 乡长 局长 科长 校长 所长 站长 医生 师傅"
).split()
"""What may stand behind a bare surname; 文书, 委员 and 出纳 are left out, the first being a given name too."""
_TITLES = (
    "同志 主任 书记 会计 村长 组长 队长 户主 先生 女士 老师 支书 文书 出纳 委员 社长 经理 镇长 乡长 局长 科长 校长 所长 站长 "
    "医生 师傅 村民 本人 代 等 等人 代领 代收 已故 死亡"
).split()
_NOBODY = (
    "不详 合计 小计 总计 共计 累计 无名 未知 暂无 待定 待查 同上 空白 本户 全体 全村 集体 无名氏 匿名 姓名 户主 村民 某人 "
    "负责人 经办人 领款人 收款人 无 空 略 缺"
).split()
"""What stands in a column of names and is none."""
_TAIL = re.compile(f"(?:{'|'.join(sorted(_TITLES, key=len, reverse=True))})$")
_HEAD = re.compile(r"^(?:户主|姓名|村民|领款人|收款人|经办人)[:：\s]*")
_INSIDE = re.compile(r"[(（\[【〔<《「].*?(?:[)）\]】〕>》」]|$)")
_MORE = re.compile(r"[、/,，;；|].*$")
_LETTERS = re.compile(r"[A-Za-zＡ-Ｚａ-ｚ]+")


@dataclass(frozen=True)
class Names:
    """Names in the order given; `codes` (n, 4) folded code points, 0 behind the end, the others (n,).

    key : codes packed, 0 where nothing is legible.   sound, near : syllables packed, 0 for masked names.
    """

    codes: Codes
    key: Keys
    sound: Keys
    near: Keys

    def __len__(self) -> int:
        return len(self.key)

    @property
    def is_masked(self) -> Flags:
        """Part of the name is hidden or lost."""
        masked: Flags = (self.codes == MASK).any(axis=1) & (self.key > 0)
        return masked


def pack(codes: Codes) -> Keys:
    """Four codes of 16 bits as one integer; shape (n, 4) → (n,)."""
    packed: Keys = (codes.astype(np.uint64) << _SHIFTS).sum(axis=1, dtype=np.uint64)
    return packed


def code_points(array: pa.Array) -> tuple[NDArray[np.int64], NDArray[np.uint16]]:
    """Row and code point of every character of a string array, in order; what lies beyond the plane is folded in."""
    array = array.cast(pa.large_string())
    offsets = np.frombuffer(array.buffers()[1], np.int64)[array.offset :][: len(array) + 1]
    data = np.frombuffer(array.buffers()[2] or b"", np.uint8)[offsets[0] : offsets[-1]]
    if not len(data):
        return np.zeros(0, np.int64), np.zeros(0, np.uint16)
    starts = np.flatnonzero((data & 0xC0) != 0x80)
    padded = np.r_[data, np.zeros(3, np.uint8)].astype(np.uint32)
    b0, b1, b2, b3 = (padded[starts + i] for i in range(4))
    point = np.select(
        [b0 < 0x80, b0 < 0xE0, b0 < 0xF0],
        [b0, (b0 & 31) << 6 | (b1 & 63), (b0 & 15) << 12 | (b1 & 63) << 6 | (b2 & 63)],
        (b0 & 7) << 18 | (b1 & 63) << 12 | (b2 & 63) << 6 | (b3 & 63),
    )
    point = np.where(point >= POINTS, 0xD800 + (point & 0x7FF), point).astype(np.uint16)
    row = np.repeat(np.arange(len(array)), np.diff(offsets))
    return row[starts], point


def read_names(array: pa.Array) -> Names:
    """Names of a string array (nulls are empty)."""
    codes, rest = _folded(array)
    if len(rest):
        cleaned = [_clean(text) for text in array.take(column(rest)).to_pylist()]
        again, still = _folded(strings(cleaned), plain=True)
        for i in still:
            again[i] = _long(cleaned[i])
        codes[rest] = again
    return from_codes(codes)


def from_codes(codes: Codes) -> Names:
    """Names whose folded characters are known, shape (n, 4)."""
    known = characters()
    codes[:, 0] = known.spelling[codes[:, 0]]
    codes[((codes == MASK) | (codes == 0)).all(axis=1)] = 0
    codes[np.isin(pack(codes), _nobody())] = 0
    titled = np.isin(
        pack(codes) & _BEHIND, _offices()
    )  # 钟老师: of the name only the surname is left
    codes[titled, 1], codes[titled, 2] = MASK, 0
    key = pack(codes)
    sounds, nears = known.sound[codes], known.near[codes]
    sounds[:, 0], nears[:, 0] = known.surname_sound[codes[:, 0]], known.surname_near[codes[:, 0]]
    clear = ~(codes == MASK).any(axis=1) & (codes[:, 0] != LONG)
    return Names(codes, key, np.where(clear, pack(sounds), 0), np.where(clear, pack(nears), 0))


@cache
def _offices() -> Keys:
    codes, _ = _folded(strings(["王" + office for office in _OFFICES]), plain=True)
    return pack(codes) & _BEHIND


@cache
def _nobody() -> Keys:
    codes, _ = _folded(strings(_NOBODY), plain=True)
    codes[:, 0] = characters().spelling[codes[:, 0]]
    return pack(codes)


def _folded(array: pa.Array, *, plain: bool = False) -> tuple[Codes, NDArray[np.int64]]:
    """Codes (n, 4), and the rows that need cleaning: brackets, letters, more characters than a name has.

    plain : cleaned already; a compound surname makes four characters.
    """
    row, point = code_points(array)
    folded = characters().fold[point]
    keep = folded != 0
    row, folded = row[keep], folded[keep]
    first = np.searchsorted(row, np.arange(len(array)))
    place = np.arange(len(row)) - first[row]
    size = np.bincount(row, minlength=len(array))
    codes = np.zeros((len(array), WIDTH), np.uint16)
    fits = place < WIDTH
    codes[row[fits], place[fits]] = folded[fits]
    odd = size > (WIDTH if plain else WIDTH - 1)
    odd[row[(folded == BRACKET) | (folded == LATIN)]] = True
    return codes, np.flatnonzero(odd)


def _clean(text: str) -> str:
    """The name alone: no brackets, titles or second names; letters amid characters are one lost character."""
    name = _HEAD.sub("", _MORE.sub("", _INSIDE.sub("", text))) or text
    if any(c >= "\u3400" for c in name):
        name = _LETTERS.sub(lambda m: m[0] if set(m[0]) <= set("xX") else "*", name)
    name = re.sub(r"[\s\d·•.。’'-]+", "", name)
    while len(shorter := _TAIL.sub("", name)) >= 2 and shorter != name:
        name = shorter
    return name[1:] if len(name) == 4 and name[0] in "老小" else name


def _long(text: str) -> Codes:
    """Codes of a name of more than four characters, or in Latin letters: equal only to itself."""
    low = zlib.crc32(text.lower().encode())
    first = LATIN if text.isascii() else zlib.adler32(text.encode()) | 0x8000
    return np.array([LONG, first & 0xFFFF, low >> 16 or 1, low & 0xFFFF], np.uint16)
