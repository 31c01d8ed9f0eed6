"""Keys under which rows of the two sides meet: one 64-bit number per kind of evidence, and how many rows may share it."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from xuncha_lib.people.match.slots import Index, Keys, Slots

Column: TypeAlias = "NDArray[np.int64]"
Columns: TypeAlias = "dict[str, Column]"

NULL = -1
_MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x165667B19E3779F9))


@dataclass(frozen=True)
class Block:
    """Rows meet that agree on `first` and, where given, `second`; a key with more than `cap` right rows says nothing."""

    zh: str
    first: str
    second: str = ""
    cap: int = 64


BLOCKS = (
    Block("身份证号", "core", cap=400), Block("银行账号", "bank", cap=200), Block("电话", "phone", cap=200),
    Block("姓名和村", "exact", "village"), Block("同音姓名和村", "sound", "village"), Block("近音姓名和村", "near", "village"),
    Block("姓名和出生日期", "near", "birth"), Block("姓名和证号尾数", "near", "tail"), Block("姓名和电话尾数", "near", "phone_tail"),
    Block("姓名和账号尾数", "near", "bank_tail"),
    Block("近似姓名和村", "variant", "village"), Block("近似姓名和出生日期", "variant", "birth"),
    Block("近似姓名和证号尾数", "variant", "tail"), Block("近似姓名和电话尾数", "variant", "phone_tail"),
    Block("近似姓名和账号尾数", "variant", "bank_tail"),
    Block("少见的姓名", "exact", cap=20), Block("少见的同音姓名", "sound", cap=8), Block("少见的近似姓名", "variant", cap=8),
    Block("村和出生日期", "village", "birth", cap=12), Block("村和证号尾数", "village", "tail", cap=12),
    Block("出生日期和证号尾数", "birth", "tail", cap=30), Block("村和电话尾数", "village", "phone_tail", cap=12),
    Block("村和账号尾数", "village", "bank_tail", cap=12),
    Block("姓名和出生年月", "near", "month"), Block("近似姓名和出生年月", "variant", "month"),
    Block("证号头尾", "head", "tail"), Block("姓和证号尾数", "surname", "tail", cap=40),
    Block("姓和村", "surname", "village", cap=40), Block("姓、末字和村", "outer", "village"),
    Block("姓、首字和村", "front", "village"), Block("名和村", "back", "village"),
    Block("姓、末字和证号尾数", "outer", "tail"), Block("姓、末字和出生年月", "outer", "month"),
    Block("名和证号尾数", "back", "tail"), Block("姓和出生日期", "surname", "birth"),
)  # fmt: skip
CAPS = np.array([block.cap for block in BLOCKS])


def _key(block: int, first: Column, second: Column | None) -> Keys:
    mixed: Keys = first.astype(np.uint64) * _MIX[0] + np.uint64(
        (block + 1) * int(_MIX[2]) % (1 << 64)
    )
    if second is not None:
        mixed = mixed + (second.astype(np.uint64) + np.uint64(1)) * _MIX[1]
    mixed ^= mixed >> np.uint64(29)
    mixed *= _MIX[1]
    return mixed ^ (mixed >> np.uint64(32))


def keys_of(
    columns: Columns, *, of: str = "", among: Container[int] = range(len(BLOCKS))
) -> Iterator[tuple[int, Index, Keys]]:
    """Number of the block, rows that have both its fields, and their keys, for every block.

    columns : field → (n,) integers, NULL where unknown. Fields that are not there make no keys.
    of : only blocks of this first field.   among : only blocks of these numbers.
    """
    for number, block in enumerate(BLOCKS):
        if (of and block.first != of) or number not in among:
            continue
        first = columns.get(block.first)
        second = columns.get(block.second) if block.second else None
        if first is None or (block.second and second is None):
            continue
        known = first != NULL if second is None else (first != NULL) & (second != NULL)
        rows = np.flatnonzero(known)
        if len(rows):
            yield number, rows, _key(number, first[rows], None if second is None else second[rows])


class LeftKeys:
    """All keys of the left side: `key` (k,) sorted and distinct, its `block`, and the rows that have it.

    rows[start[i] : start[i + 1]] are the left rows of key i; `slots` finds a key's place.
    """

    def __init__(self, parts: list[tuple[int, Index, Keys]]) -> None:
        key = np.concatenate([k for *_, k in parts]) if parts else np.zeros(0, np.uint64)
        row = np.concatenate([r for _, r, _ in parts]) if parts else np.zeros(0, np.int64)
        block = (
            np.concatenate([np.full(len(r), b, np.int8) for b, r, _ in parts])
            if parts
            else np.zeros(0, np.int8)
        )
        order = np.argsort(key, kind="stable")
        key, row, block = key[order], row[order], block[order]
        first = (
            np.flatnonzero(np.r_[True, key[1:] != key[:-1]]) if len(key) else np.zeros(0, np.int64)
        )
        self.key, self.block, self.rows = key[first], block[first], row
        self.start = np.r_[first, len(key)].astype(np.int64)
        self.slots = Slots(self.key)
        self.blocks = frozenset(np.unique(self.block).tolist())
