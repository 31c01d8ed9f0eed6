"""Work on parts of the big side on all cores: the results come in the order of the parts, whatever the number of threads."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

_Part = TypeVar("_Part")
_Result = TypeVar("_Result")

MOST = 8


def workers() -> int:
    """Threads worth starting on this machine."""
    return max(1, min(os.cpu_count() or 1, MOST))


def in_order(
    work: Callable[[_Part], _Result], parts: Iterable[_Part], threads: int | None = None
) -> Iterator[_Result]:
    """Results of `work` on every part; only a few parts are under way or waiting at once."""
    count = threads or workers()
    waiting: deque[Future[_Result]] = deque()
    with ThreadPoolExecutor(count) as pool:
        for part in parts:
            waiting.append(pool.submit(work, part))
            if len(waiting) > count:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
