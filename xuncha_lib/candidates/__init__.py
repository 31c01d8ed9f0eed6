"""Hits → few, ranked, bundled candidates: one per subject, each with its evidence and what may explain it."""

from xuncha_lib.candidates.build import build

__all__ = ["build"]
