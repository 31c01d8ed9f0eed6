"""Rows of either side as arrays, ready to be compared pair by pair."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from xuncha_lib.people.match.arrow import values
from xuncha_lib.people.match.names import Names, read_names
from xuncha_lib.people.match.numbers import BANK, PHONE, STAR, Digits, Ids, plain_numbers, read_ids

Index = NDArray[np.int64]


@dataclass(frozen=True)
class Rows:
    """n rows. `names` are the distinct ones, `name` (n,) points at them; village, town and spelling are 0 where not written;
    villages that sound alike are one village under several spellings.

    phone : (n, 11) and bank : (n, 19) digits, right-aligned, `*` where hidden or missing.
    """

    names: Names
    name: Index
    ids: Ids
    phone: Digits
    bank: Digits
    village: Index
    town: Index
    spelling: Index

    def __len__(self) -> int:
        return len(self.name)


def read_rows(table: pa.Table) -> Rows:
    """Rows of a table with the columns name, i, p, b, village, town as `scan` gives them."""
    table = table.combine_chunks()
    with ThreadPoolExecutor(3) as pool:
        ids = pool.submit(read_ids, _one(table, "i"))
        phone = pool.submit(plain_numbers, _one(table, "p"), PHONE)
        bank = pool.submit(plain_numbers, _one(table, "b"), BANK)
        coded = _one(table, "name").dictionary_encode()
        names = read_names(coded.dictionary)
        return Rows(
            names, values(coded.indices).astype(np.int64), ids.result(), phone.result(), bank.result(),
            *(_numbers(table, name) for name in ("village", "town", "spelling")),
        )  # fmt: skip


def _numbers(table: pa.Table, name: str) -> Index:
    numbers: Index = np.maximum(values(table.column(name)), 0).astype(np.int64)
    return numbers


def _one(table: pa.Table, name: str) -> pa.Array:
    column = table.column(name).cast(pa.string())
    return column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)


def is_known(digits: Digits) -> NDArray[np.bool_]:
    """Rows of which at least one digit can be read."""
    known: NDArray[np.bool_] = (digits != STAR).any(axis=1)
    return known
