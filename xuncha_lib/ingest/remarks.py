"""A remark under a heading nobody knows is still a remark: most innocent explanations are written there."""

from __future__ import annotations

from xuncha_lib.tables import Table

SPARSE = 0.6
"""A remark column is mostly empty; an address or an account name is not."""


def add_remark(
    table: Table, columns: dict[str, int], headings: list[str], seen: list[dict[str, float]]
) -> None:
    """Take the rightmost unassigned, sparse column of Chinese text for `note`, where the table has none yet."""
    if "note" in columns or all(column.name != "note" for column in table.columns):
        return
    taken = set(columns.values())
    for at in reversed(range(len(headings))):
        one = seen[at]
        is_other = max(
            one.get(kind, 0.0) for kind in ("name", "org", "village", "town", "relation")
        )
        if (
            at not in taken
            and headings[at]
            and one["n"]
            and one.get("filled", 1.0) <= SPARSE
            and one.get("han", 0.0) >= 0.8
            and is_other < 0.5
        ):
            columns["note"] = at
            return
