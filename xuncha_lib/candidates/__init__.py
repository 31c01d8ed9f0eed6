"""Hits → few, ranked, bundled candidates: one per subject, each with its evidence and what may explain it."""

from xuncha_lib.candidates.build import build
from xuncha_lib.candidates.fairness import measure

__all__ = ["build", "measure"]
