"""64-bit keys of texts and rows that are the same in any process: equal only where what is written is."""

from __future__ import annotations

import hashlib

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

_SHORT = 64
"""Bytes of a text up to which all texts of a column are hashed at once; a few longer ones do not make it slow."""
STEP, MIX = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9)
_LAST = np.uint64(0x94D049BB133111EB)


def mixed(keys: np.ndarray) -> np.ndarray:
    """Each key with every bit of it spread over all others (the finaliser of splitmix64); 0 stays 0."""
    found: np.ndarray = (keys ^ (keys >> np.uint64(30))) * MIX
    found ^= found >> np.uint64(27)
    found *= _LAST
    found ^= found >> np.uint64(31)
    return found


def keys_of(texts: pa.StringArray) -> np.ndarray:
    """A key per text; 0 for an empty one or none."""
    sizes = pc.fill_null(pc.binary_length(texts), 0)
    longest = pc.max(sizes).as_py() or 0
    if longest <= _SHORT:
        return _keys(pc.fill_null(texts, "") if texts.null_count else texts, longest)
    is_long = pc.greater(sizes, _SHORT)
    short = pc.if_else(is_long, "", pc.fill_null(texts, ""))
    found = _keys(short, _SHORT)
    found[is_long.to_numpy(zero_copy_only=False)] = [
        int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little") or 1
        for text in texts.filter(is_long).to_pylist()
    ]
    return found


def _keys(texts: pa.StringArray, longest: int) -> np.ndarray:
    """Sum of the mixed words of 8 bytes, each word told from the same word elsewhere in the text."""
    words = max(1, -(-longest // 8))
    padded = pc.ascii_rpad(texts, width=words * 8, padding="\0").buffers()[2]
    if padded is None:
        return np.zeros(len(texts), dtype=np.uint64)
    cut = np.frombuffer(padded, dtype="<u8", count=len(texts) * words).reshape(len(texts), words)
    found = mixed(cut[:, 0])
    for at in range(1, words):
        word = cut[:, at]
        place = np.uint64(at * int(STEP) % (1 << 64))
        found += np.where(word, mixed(word + place), np.uint64(0))
    return mixed(found)


def rows_of(keys: list[np.ndarray], rows: int) -> np.ndarray:
    """One key per row that depends only on what its cells say, in order."""
    found = np.zeros(rows, dtype=np.uint64)
    for one in keys:
        found = (found * STEP + one) ^ (found >> np.uint64(29))
        found *= MIX
    result: np.ndarray = found ^ (found >> np.uint64(32))
    return result
