"""The process that reads files: it may hang or die without harm to the one that asks."""

from __future__ import annotations

import gc
import os
import uuid
from multiprocessing.connection import Connection
from pathlib import Path

from xuncha_lib.ingest.fields import words
from xuncha_lib.ingest.files import Job, read_one
from xuncha_lib.ingest.pack_file import save


def warm() -> None:
    """Make what every file needs, once for all workers where the system can share it."""
    words()
    gc.collect()
    gc.freeze()


def serve(asks: Connection, job: Job, folder: str) -> None:
    """Read the files asked for, until None.

    Asked with a list of paths, answers ("at", place in the list) as it begins a file, ("alive", 0) while a long one
    goes on, and ("done", (name of the pack in `folder`, entries each path gave)).
    """
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what a panic prints says nothing to an inspector
    gc.disable()  # many small values and no cycles: a third of the time otherwise
    warm()
    while (paths := asks.recv()) is not None:
        found = []
        for at, path in enumerate(paths):
            asks.send(("at", at))
            found.append(read_one(job, path, lambda: asks.send(("alive", 0))))
        asks.send(("at", -1))
        name = f"{uuid.uuid4().hex}.pack"
        save([entry for entries in found for entry in entries], Path(folder) / name)
        asks.send(("done", (name, [len(entries) for entries in found])))
        del found
