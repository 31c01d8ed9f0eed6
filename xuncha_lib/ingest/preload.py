"""Imported where workers are forked from: they then share what is made here."""

import atexit
import gc

from xuncha_lib.ingest.worker import warm

warm()
atexit.register(gc.unfreeze)  # what is still frozen at the end is told of as leaked
