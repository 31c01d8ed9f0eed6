"""How two names can relate, the closest first."""

from __future__ import annotations

from enum import IntEnum


class Kind(IntEnum):
    """Relation of two names; the smaller, the closer."""

    EXACT = 0
    SOUND = 1
    NEAR = 2
    GLYPH = 3
    SHIFT = 4
    """One character dropped or added, or two swapped."""
    MASK = 5
    """Part is hidden; what can be read agrees."""
    MIXED = 6
    """Every character equal, of like sound or of like look, but several differ."""
    ONE = 7
    """One character of the given name differs."""
    SURNAME = 8
    """Only the surname agrees: often a member of the household."""
    OTHER = 9
    NONE = 10
    """A name is missing on one side."""
