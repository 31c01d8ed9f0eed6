"""A case of a few mentions, written by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import duckdb
import pytest

from xuncha_lib.people import link

MENTION = """
CREATE TABLE mention (
    mention_id BIGINT, name_raw VARCHAR, name VARCHAR, id_raw VARCHAR, id_no VARCHAR, id_state VARCHAR,
    id_mask VARCHAR, phone VARCHAR, bank_no VARCHAR, birth_on DATE, sex VARCHAR, village_code VARCHAR,
    group_no VARCHAR, head_name VARCHAR, name_state VARCHAR, namesakes INTEGER)
"""

Pairs = dict[tuple[int, int], tuple[int, str]]


class People:
    """Mentions 1, 2, 3 … of an empty case, and what `link` makes of them."""

    def __init__(self) -> None:
        self.con = duckdb.connect()
        self.con.execute(MENTION)
        self.count = 0

    def add(self, name: str, *, on: tuple[str, str] | None = None, **fields: Any) -> int:
        """One mention; `on=("death", "deceased")` puts it on a list."""
        self.count += 1
        state = "valid" if "id_no" in fields else "masked" if "id_mask" in fields else "missing"
        row = {
            "mention_id": self.count, "name_raw": name, "name": name, "name_state": "ok", "id_state": state,
        } | fields  # fmt: skip
        columns = ", ".join(row)
        marks = ", ".join("?" for _ in row)
        self.con.execute(f"INSERT INTO mention ({columns}) VALUES ({marks})", list(row.values()))
        if on:
            self.con.execute(f"CREATE TABLE IF NOT EXISTS {on[0]} ({on[1]} BIGINT)")
            self.con.execute(f"INSERT INTO {on[0]} VALUES (?)", [self.count])
        return self.count

    def pairs(self) -> Pairs:
        """Links between different mentions, a < b: (level, why). Symmetry is checked on the way."""
        link(self.con)
        rows = self.con.execute("SELECT a, b, level, why FROM same_person WHERE a <> b").fetchall()
        found = {(a, b): (level, why) for a, b, level, why in rows}
        assert len(found) == len(rows), "at most one row per ordered pair"
        assert all(found[b, a] == found[a, b] for a, b in found), "both directions, the same"
        return {pair: fact for pair, fact in found.items() if pair[0] < pair[1]}

    def level(self, a: int = 1, b: int = 2) -> int | None:
        """Level of one pair, None where it is no pair."""
        return self.pairs().get((a, b), (None, ""))[0]


@pytest.fixture
def people() -> People:
    return People()


@pytest.fixture
def two() -> Callable[[dict[str, Any], dict[str, Any]], int | None]:
    """Level of two mentions given as fields."""

    def judge(first: dict[str, Any], second: dict[str, Any]) -> int | None:
        case = People()
        for fields in (first, second):
            case.add(**fields)
        return case.level()

    return judge
