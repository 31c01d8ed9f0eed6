"""Worker processes with a kept kernel each: started early, so that they warm up while the case is being built."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from multiprocessing.util import Finalize

from xuncha_lib.forks import context
from xuncha_lib.runs.steps import Progress
from xuncha_lib.runs.task import Outcome, Task, fail, perform

Report = Callable[[Outcome], None]
ENGINE = ("xuncha_lib.runs.engine", "xuncha_lib.report.export")
"""What a worker imports: once for all of them where no reader has been forked before."""


def counting(progress: Progress, total: int) -> Report:
    """A report that counts outcomes and says so."""
    done = 0

    def tell(_: Outcome) -> None:
        nonlocal done
        done += 1
        progress("生成报告", done, total)

    return tell


def _die_with_parent() -> None:
    """End this process, and with it its kernel, when the main process is gone, however it went."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _begin(isolate: bool) -> None:
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    _die_with_parent()
    from xuncha_lib.runs import engine

    if not isolate:
        # a process that was forked off ends without what `atexit` was told
        Finalize(None, engine.cool, exitpriority=1)
        engine.ready()


def _nothing() -> None:
    """A task that only makes a process start."""


class Workers:
    """A pool of `jobs` processes; use as a context manager."""

    def __init__(self, jobs: int, *, isolate: bool = False) -> None:
        self.jobs, self.isolate = max(jobs, 1), isolate
        self.pool: ProcessPoolExecutor | None = None
        self._starting = threading.Lock()

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    def begin(self) -> None:
        """Start the processes beside what goes on here."""
        threading.Thread(target=self.start, daemon=True).start()

    def start(self, jobs: int | None = None) -> ProcessPoolExecutor:
        """Start the processes without waiting for them to be ready."""
        with self._starting:
            if self.pool is None:
                most = jobs or self.jobs
                self.pool = ProcessPoolExecutor(most, context(*ENGINE), _begin, (self.isolate,))
                for _ in range(most):  # one is started for each task that finds none idle
                    self.pool.submit(_nothing)
            return self.pool

    def stop(self) -> None:
        """Stop the processes; what they have not begun is dropped."""
        with self._starting:
            if self.pool is not None:
                self.pool.shutdown(wait=True, cancel_futures=True)
                self.pool = None

    def run(self, tasks: Iterable[Task], report: Report) -> list[Outcome]:
        """Perform all tasks, reporting each as it ends; outcomes in the order of the tasks.

        A task that takes its process down is failed; the others are done again one at a time.
        """
        todo = list(tasks)
        outcomes: dict[str, Outcome] = {}
        left = self._round(todo, outcomes, report, self.jobs)
        while left:  # a process died: one at a time tells which task it was
            self.pool = None
            left = self._round(left, outcomes, report, 1)
            if left:
                broken = left.pop(0)
                outcomes[broken.id] = fail(broken, "运行这个村的进程中途退出（内存不足或被终止）")
                report(outcomes[broken.id])
        return [outcomes[task.id] for task in todo]

    def _round(
        self, tasks: list[Task], outcomes: dict[str, Outcome], report: Report, jobs: int
    ) -> list[Task]:
        pool = self.start(jobs)
        futures: dict[Future[Outcome], Task] = {pool.submit(perform, task): task for task in tasks}
        left: list[Task] = []
        for future in as_completed(futures):
            task = futures[future]
            try:
                outcomes[task.id] = future.result()
            except BrokenProcessPool:
                left.append(task)
                continue
            except Exception as error:  # whatever it is, it costs one village, not the round
                outcomes[task.id] = fail(task, f"{type(error).__name__}: {error}")
            report(outcomes[task.id])
        return [task for task in tasks if task in left]
