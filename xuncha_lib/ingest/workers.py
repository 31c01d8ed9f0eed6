"""Reading in other processes: a file that hangs, eats the memory or brings its reader down costs itself only."""

from __future__ import annotations

import sys
import time
import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from pathlib import Path

from xuncha_lib.forks import READER, context
from xuncha_lib.ingest.files import RESAVE, Job, given_up, read_one
from xuncha_lib.ingest.limits import resident, used
from xuncha_lib.ingest.pack_file import save
from xuncha_lib.ingest.worker import serve

Progress = Callable[[str, int, int], None]
Result = tuple[str, list[str], list[int]]
"""(name of a pack, paths that went into it, entries each of them gave)."""

_TICK = 0.25
_PACKING = 120.0
_STILLBORN = 3


@contextmanager
def _no_main() -> Iterator[None]:
    """A new process must not run the program it was started from a second time."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


class _Worker:
    """One process and what it is at."""

    def __init__(self, job: Job, folder: Path) -> None:
        origin = context(*READER)
        self.asks, theirs = origin.Pipe()
        self.process = origin.Process(target=serve, args=(theirs, job, str(folder)), daemon=True)
        with _no_main():
            self.process.start()
        theirs.close()
        self.paths: list[str] = []
        self.at: int | None = None
        self.live()

    def ask(self, paths: list[str]) -> None:
        self.paths, self.at = paths, None
        self.live()
        with suppress(OSError):  # it died already: heard of at the next turn
            self.asks.send(paths)

    def live(self) -> None:
        """It gave a sign of life."""
        self.since, self.used = time.monotonic(), used(self.process.pid or 0)

    def idle(self) -> tuple[float, float]:
        """Seconds since the last sign of life: by the clock, and of the processor where the system tells."""
        clock = time.monotonic() - self.since
        now = used(self.process.pid or 0)
        return clock, clock if now is None or self.used is None else now - self.used

    def end(self) -> None:
        """Stop it, whatever it is at."""
        self.process.kill()
        self.process.join()
        self.asks.close()


class Workers:
    """Reads files in several processes. Packs are written to `folder`; results come as they are ready."""

    def __init__(self, job: Job, folder: Path, jobs: int) -> None:
        self.job, self.folder, self.jobs = job, folder, jobs
        self.stillborn = 0

    def read(self, chunks: list[list[str]]) -> Iterator[Result]:
        """Every file of every chunk, once."""
        todo = list(reversed(chunks))
        running: list[_Worker] = []
        try:
            while todo or any(worker.paths for worker in running):
                running = [
                    worker for worker in running if worker.process.is_alive() or worker.paths
                ]
                while todo and sum(bool(w.paths) for w in running) < self.jobs:
                    if self.stillborn >= _STILLBORN:
                        yield self._here(todo.pop())
                        continue
                    idle = next((worker for worker in running if not worker.paths), None)
                    if idle is None:
                        idle = _Worker(self.job, self.folder)
                        running.append(idle)
                    idle.ask(todo.pop())
                yield from self._turn(running, todo)
        finally:
            for worker in running:
                worker.end()

    def _turn(self, running: list[_Worker], todo: list[list[str]]) -> Iterator[Result]:
        """Hear what the workers say for a moment, and stop those that take too much."""
        busy = {worker.asks: worker for worker in running if worker.paths}
        for asks in wait(list(busy), _TICK):
            assert isinstance(asks, Connection)
            worker = busy[asks]
            try:
                told, what = asks.recv()
            except (EOFError, OSError):
                worker.process.join()
                yield from self._lost(worker, "读取程序被这个文件弄崩溃了", RESAVE, running, todo)
                continue
            worker.live()
            if told == "at":
                worker.at = what
            elif told == "done":
                paths, worker.paths = worker.paths, []
                yield what[0], paths, what[1]
        for worker in [worker for worker in running if worker.paths]:
            if why := self._too_much(worker):
                yield from self._lost(
                    worker,
                    why,
                    "请打开看看内容是否正常；数据确实很多时请拆成几个文件",
                    running,
                    todo,
                )

    def _too_much(self, worker: _Worker) -> str:
        limits = self.job.limits
        is_reading = worker.at is not None and worker.at >= 0
        clock, busy = worker.idle()
        if busy > (allowed := limits.seconds if is_reading else _PACKING):
            return f"读取超过{allowed:g}秒没有进展，已停止"
        if clock > (allowed := limits.still if is_reading else _PACKING):
            return f"读取停住超过{allowed:g}秒没有进展，已停止"
        if resident(worker.process.pid or 0) > limits.bytes:
            return f"读取时占用内存超过{limits.bytes / (1 << 30):.1f}GB，已停止"
        return ""

    def _lost(
        self, worker: _Worker, why: str, todo: str, running: list[_Worker], chunks: list[list[str]]
    ) -> Iterator[Result]:
        """A worker is gone: the file it was at is given up, the others of its chunk are read again."""
        worker.end()
        running.remove(worker)
        paths, at = worker.paths, worker.at
        if at is None:
            self.stillborn += 1
            chunks.append(paths)
        elif at < 0:  # died while packing: none of them can be told to be the cause
            chunks += [[path] for path in paths] if len(paths) > 1 else []
            if len(paths) == 1:
                yield self._given_up(paths[0], why, todo)
        else:
            yield self._given_up(paths[at], why, todo)
            if rest := [path for i, path in enumerate(paths) if i != at]:
                chunks.append(rest)

    def _given_up(self, path: str, why: str, todo: str) -> Result:
        name = f"x{abs(hash(path)):x}-{time.monotonic_ns():x}.pack"
        save([given_up(self.job, path, why, todo)], self.folder / name)
        return name, [path], [1]

    def _here(self, paths: list[str]) -> Result:
        """Where no other process can be started."""
        found = [read_one(self.job, path) for path in paths]
        name = f"h{time.monotonic_ns():x}.pack"
        save([entry for entries in found for entry in entries], self.folder / name)
        return name, paths, [len(entries) for entries in found]
