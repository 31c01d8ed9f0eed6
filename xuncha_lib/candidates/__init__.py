"""Hits → few, ranked, bundled candidates: one per subject, each with its evidence and what may explain it."""

from xuncha_lib.candidates.build import build
from xuncha_lib.candidates.fairness import measure
from xuncha_lib.candidates.odd import Screening, mark_candidates, screen_case

__all__ = ["Screening", "build", "mark_candidates", "measure", "screen_case"]
