"""Imported where workers are forked from: they then share what is made here."""

from xuncha_lib.ingest.worker import warm

warm()
