"""Who is who in the case: names, ID numbers, levels of certainty, and organisations under several spellings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xuncha_lib.people.level import Level

if TYPE_CHECKING:
    from xuncha_lib.people.linking import link

__all__ = ["Level", "link"]


def __getattr__(name: str) -> Any:
    """`link` is loaded when first used: it brings pandas, which the matcher does without."""
    if name == "link":
        from xuncha_lib.people.linking import link

        return link
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
