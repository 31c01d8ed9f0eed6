"""What the ledger screen says of the rows a hit rests on: told with the candidate, and counted once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import duckdb

Hit = dict[str, Any]
WEIGHT = 0.5
"""Part of the screen's chance that counts: it reads the same rows as the model, so it is no second witness."""
UNLIKE = 4
"""An issue over more than this many times the rows of a hit, or the other way round, is another matter."""


def corroborate(con: duckdb.DuckDBPyConnection, hits: Iterable[Hit]) -> None:
    """Give each hit `odd`: (name, chance) of the likeliest issue of the screen on its rows, or None.

    They speak of one matter when they share at least half of the rows of the smaller. Without `odd_issue` nothing is said.
    """
    issues: dict[str, list[tuple[str, float, set[int]]]] = defaultdict(list)
    made = con.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'odd_issue'"
    ).fetchone()
    if made and made[0]:
        rows = con.execute(
            "SELECT village_code, name, score, row_ids FROM odd_issue ORDER BY village_code, rank"
        )
        for village, name, chance, row_ids in rows.fetchall():
            issues[village].append((name, chance, set(row_ids)))
    for hit in hits:
        cited = {int(row) for row in hit["evidence"]}
        found = [
            (name, chance)
            for name, chance, row_ids in issues[hit["village_code"]]
            if _is_one_matter(cited, row_ids)
        ]
        hit["odd"] = max(found, key=lambda pair: pair[1], default=None)


def _is_one_matter(one: set[int], other: set[int]) -> bool:
    small, large = sorted((len(one), len(other)))
    return bool(small) and 2 * len(one & other) >= small and large <= UNLIKE * small


def raised(chance: float, hit: Hit) -> float:
    """The chance of a hit once the screen is heard."""
    odd = hit.get("odd")
    return chance + (1.0 - chance) * WEIGHT * odd[1] if odd else chance


def told(hits: Iterable[Hit]) -> str:
    """One sentence on what the screen says of a candidate's rows; empty when it says nothing."""
    best: dict[str, float] = {}
    for hit in hits:
        if odd := hit.get("odd"):
            best[odd[0]] = max(best.get(odd[0], 0.0), odd[1])
    if not best:
        return ""
    parts = [f"“{name}”（可信度{chance:.0%}）" for name, chance in sorted(best.items())]
    return f"账目筛查的数据显示同一事项：{'、'.join(parts)}。"
