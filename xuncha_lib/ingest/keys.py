"""64-bit keys of texts and rows that are the same in any process: equal only where what is written is."""

from __future__ import annotations

import hashlib
import itertools

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

_SHORT, _MIDDLE = 24, 64
"""Bytes of a text up to which texts are hashed at once, in two lots; the few longer ones are hashed one by one."""
STEP, MIX = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9)
_LAST = np.uint64(0x94D049BB133111EB)
_27, _30, _31 = np.uint64(27), np.uint64(30), np.uint64(31)


def mixed(keys: np.ndarray) -> np.ndarray:
    """Each key with every bit of it spread over all others (the finaliser of splitmix64); 0 stays 0."""
    found: np.ndarray = keys >> _30
    found ^= keys
    found *= MIX
    found ^= found >> _27
    found *= _LAST
    found ^= found >> _31
    return found


def keys_of(texts: pa.StringArray) -> np.ndarray:
    """A key per text; 0 for an empty one or none."""
    ends = np.frombuffer(texts.buffers()[1], dtype=np.int32)[texts.offset :][: len(texts) + 1]
    sizes = np.diff(ends)
    if not len(sizes):
        return np.zeros(0, dtype=np.uint64)
    if sizes.max() <= _SHORT:
        found = _keys(texts, _SHORT)
        found[sizes == 0] = 0
        return found
    found = np.zeros(len(texts), dtype=np.uint64)
    for least, most in itertools.pairwise((0, _SHORT, _MIDDLE)):
        there = np.flatnonzero((sizes > least) & (sizes <= most))
        if len(there):
            found[there] = _keys(texts.take(pa.array(there)), most)
    long = np.flatnonzero(sizes > _MIDDLE)
    if not len(long):
        return found
    found[long] = [
        int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little") or 1
        for text in texts.take(pa.array(long)).to_pylist()
    ]
    return found


def _keys(texts: pa.StringArray, longest: int) -> np.ndarray:
    """Sum of the mixed words of 8 bytes, each word told from the same word elsewhere in the text."""
    whole = pc.fill_null(texts, "") if texts.null_count else texts
    padded = pc.ascii_rpad(whole, width=longest, padding="\0").buffers()[2]
    words = np.frombuffer(padded, dtype="<u8").reshape(len(texts), longest // 8)
    return combined(np.array([words[:, at] for at in range(longest // 8)]))


def combined(keys: np.ndarray, counts: np.ndarray | None = None) -> np.ndarray:
    """One key per column of a matrix of keys, told by which keys are in it and where.

    counts : which of the keys are there at all, as booleans; the others change nothing.
    """
    places = np.arange(1, len(keys) + 1, dtype=np.uint64) * STEP
    found = mixed(keys + places[:, np.newaxis])
    if counts is not None:
        found *= counts
    whole: np.ndarray = found.sum(axis=0, dtype=np.uint64)
    return mixed(whole)
