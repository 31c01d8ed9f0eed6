"""A remark under a heading nobody knows is still a remark: most innocent explanations are written there."""

from __future__ import annotations

from xuncha_lib.tables import load_tables

SPARSE = 0.6
RARE = 0.25
"""A remark column is mostly empty; an address or an account name is not."""


def with_remark(
    table: str, columns: dict[str, int], headings: list[str], seen: list[dict[str, float]]
) -> dict[str, int]:
    """The columns, and as `note` the rightmost unassigned, sparse one of Chinese text where the table has none yet."""
    spec = load_tables().get(table)
    if spec is None or "note" in columns or all(column.name != "note" for column in spec.columns):
        return dict(columns)
    taken = set(columns.values())
    for at in reversed(range(len(headings))):
        if at not in taken and headings[at] and _is_remark(seen[at]):
            return {**columns, "note": at}
    return dict(columns)


def _is_remark(one: dict[str, float]) -> bool:
    kinds = ("name", "org", "village", "town", "relation")
    # a bank or a village is soon named in a sentence; a column of them is fuller than one of remarks
    least = 0.5 if one.get("filled", 1.0) > RARE else 0.8
    is_other = max(one.get(kind, 0.0) for kind in kinds) >= least
    is_text = bool(one["n"]) and one.get("han", 0.0) >= 0.8
    return is_text and not is_other and one.get("filled", 1.0) <= SPARSE
