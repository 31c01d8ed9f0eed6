"""The rows of a table while they are found and after: a file of a million lines is a few stretches of them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np


class Body:
    """Rows of a sheet in ascending order, counted from 0."""

    def __init__(self) -> None:
        self._parts: list[np.ndarray] = []

    def __len__(self) -> int:
        return sum(map(len, self._parts))

    def __iter__(self) -> Iterator[int]:
        return iter(self.rows.tolist())

    @property
    def rows(self) -> np.ndarray:
        """All of them."""
        if len(self._parts) != 1:
            self._parts = [np.concatenate([np.zeros(0, dtype=np.int64), *self._parts])]
        return self._parts[0]

    @property
    def last(self) -> int:
        """The last one, -1 when there is none."""
        return int(self._parts[-1][-1]) if self else -1

    def add(self, rows: np.ndarray) -> None:
        """Rows below all others."""
        if len(rows):
            self._parts.append(rows)

    def pop(self) -> int:
        """Take away the last one."""
        found = self.last
        self._parts[-1] = self._parts[-1][:-1]
        if not len(self._parts[-1]):
            self._parts.pop()
        return found
