"""Candidates → pages and registers. Light to import: kernels load it, so nothing here loads pandas or the catalogue."""

from __future__ import annotations

from xuncha_lib.report.round import RoundPage, round_page
from xuncha_lib.report.village import VillagePage, village_page

__all__ = ["RoundPage", "VillagePage", "round_page", "village_page"]
