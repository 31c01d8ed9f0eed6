"""Which names of the big side can be one of the small side's, and how common each such class is.

The small side is expanded (look-alikes, masks, dropped and swapped characters); the big side's distinct names go by once.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from xuncha_lib.people.match.chars import MASK, POINTS, characters
from xuncha_lib.people.match.kinds import Kind
from xuncha_lib.people.match.names import (
    LONG,
    Codes,
    Flags,
    Names,
    from_codes,
    pack,
    read_names,
)
from xuncha_lib.people.match.slots import Index, Keys, Lookup

Counts = NDArray[np.float64]

_VARIANT_KINDS = (Kind.GLYPH, Kind.SHIFT, Kind.MASK)
_ANY = np.uint16(MASK)


@dataclass(frozen=True)
class Variants:
    """Written forms other than its own under which a left name may stand on the right.

    key : (v,) distinct, sorted.   start : (v + 1,), where the names of each key begin in `name` and `kind`.
    """

    key: Keys
    start: Index
    name: Index
    kind: NDArray[np.int8]


def _glyphs(names: Names) -> tuple[Codes, Index]:
    """Each character replaced by each of its look-alikes."""
    known = characters()
    found: list[tuple[Codes, Index]] = []
    for place in range(names.codes.shape[1]):
        character = names.codes[:, place].astype(np.int64)
        first, last = known.alike_start[character], known.alike_start[character + 1]
        count = last - first
        owner = np.repeat(np.arange(len(names)), count)
        step = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
        codes = names.codes[owner]
        codes[:, place] = known.alike[np.repeat(first, count) + step] & 0xFFFF
        found.append((codes, owner))
    return np.concatenate([c for c, _ in found]), np.concatenate([o for _, o in found])


def _forms(codes: Codes, size: Index) -> list[tuple[Kind, Codes, Index]]:
    """The other slips of names of two, three and four characters: (kind, codes, row of the name)."""
    zero = np.zeros(len(codes), np.uint16)
    star = np.full(len(codes), _ANY)
    a, b, c, d = codes.T
    long, full = size >= 3, size == 3
    shift, mask = Kind.SHIFT, Kind.MASK
    table: list[tuple[Kind, Flags, tuple[Codes, ...]]] = [
        (shift, long, (a, c, d, zero)), (shift, long, (a, b, d, zero)), (shift, full, (a, c, b, zero)),
        (shift, size == 4, (a, b, c, zero)), (shift, size == 2, (b, a, zero, zero)),
        (shift, full, (b, a, c, zero)), (shift, full, (b, c, zero, zero)),
        (mask, full, (a, star, c, zero)), (mask, full, (a, b, star, zero)),
        (mask, full, (a, star, star, zero)), (mask, size >= 2, (a, star, zero, zero)),
        (mask, full, (star, b, c, zero)), (mask, size == 2, (star, b, zero, zero)),
        (mask, full, (star, star, c, zero)), (mask, size == 2, (a, star, star, zero)),
    ]  # fmt: skip
    return [
        (kind, np.stack(columns, axis=1)[where], np.flatnonzero(where))
        for kind, where, columns in table
    ]


def variants(names: Names) -> Variants:
    """All written forms of distinct names; masked ones only as they stand."""
    clear = ~names.is_masked & (names.codes[:, 0] != LONG) & (names.codes[:, 1] > 0)
    rows = np.flatnonzero(clear)
    some = Names(names.codes[rows], names.key[rows], names.sound[rows], names.near[rows])
    size = (some.codes > 0).sum(axis=1)
    glyphs, owner = _glyphs(some)
    groups = [(Kind.GLYPH, glyphs, owner), *_forms(some.codes, size)]
    masked = np.flatnonzero(names.is_masked)
    key = np.concatenate([*(pack(codes) for _, codes, _ in groups), names.key[masked]])
    name = np.concatenate([*(rows[owner] for *_, owner in groups), masked])
    kind = np.concatenate(
        [
            *(np.full(len(o), k, np.int8) for k, _, o in groups),
            np.full(len(masked), Kind.MASK, np.int8),
        ]
    )
    fits = (key != names.key[name]) | (kind == Kind.MASK)
    key, name, kind = key[fits], name[fits], kind[fits]
    order = np.argsort(key, kind="stable")  # the closest kind of one form stays first
    key, name, kind = key[order], name[order], kind[order]
    one = (
        np.r_[True, (key[1:] != key[:-1]) | (name[1:] != name[:-1])]
        if len(key)
        else np.zeros(0, bool)
    )
    key, name, kind = key[one], name[one], kind[one]
    first = np.flatnonzero(np.r_[True, key[1:] != key[:-1]]) if len(key) else np.zeros(0, np.int64)
    return Variants(key[first], np.r_[first, len(key)].astype(np.int64), name, kind)


@dataclass
class Census:
    """What the big side's names say, gathered as they go by.

    rows : rows with a legible name.   first, given : (65536,) rows by surname and by character of the given name.
    exact, sound, near : rows by place in the Lookup of that kind.   variant : rows by place among `Variants.key`.
    """

    exact: Counts
    sound: Counts
    near: Counts
    variant: Counts
    rows: float = 0.0
    first: Counts = field(default_factory=lambda: np.zeros(POINTS))
    given: Counts = field(default_factory=lambda: np.zeros(POINTS))


class Relations:
    """The left side's distinct names, and the codes by which the big side's names meet them."""

    def __init__(self, names: Names) -> None:
        self.key, place = np.unique(names.key, return_index=True)
        self.names = from_codes(names.codes[place].copy())
        self.variants = variants(self.names)
        self.exact, self.sound = Lookup(self.names.key), Lookup(self.names.sound)
        self.near, self.variant = Lookup(self.names.near), Lookup(self.variants.key)
        lookups = (self.exact, self.sound, self.near, self.variant)
        exact, sound, near, variant = (np.zeros(len(lookup.known)) for lookup in lookups)
        self.census = Census(exact, sound, near, variant)

    def look(self, written: pa.Array) -> tuple[Names, NDArray[np.int32]]:
        """Read a batch of the big side's distinct names; with their codes (n, 4): exact, sound, near, variant, -1 where none."""
        names = read_names(written)
        codes = np.stack(
            [self.exact.find(names.key), self.sound.find(names.sound), self.near.find(names.near), self.variant.find(names.key)],
            axis=1,
        )  # fmt: skip
        return names, codes

    def count(self, names: Names, codes: NDArray[np.int32], rows: Counts) -> None:
        """Take a batch `look` read into the census; `rows` says how many rows bear each name."""
        c = self.census
        for column, total in enumerate((c.exact, c.sound, c.near, c.variant)):
            hit = codes[:, column] >= 0
            total += np.bincount(codes[hit, column], rows[hit], minlength=len(total))
        named = names.key > 0
        c.rows += float(rows[named].sum())
        c.first += np.bincount(names.codes[named, 0], rows[named], minlength=POINTS)
        for place in (1, 2, 3):
            c.given += np.bincount(names.codes[named, place], rows[named], minlength=POINTS)
