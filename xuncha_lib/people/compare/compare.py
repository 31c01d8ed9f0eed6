"""Compare two lists: every person on the left ends as matched, to be told apart, not found, or not comparable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from xuncha_lib.people.compare.lists import read_people
from xuncha_lib.people.level import Level
from xuncha_lib.people.match import match

FATES = {
    "matched": "对上", "possible": "待补充信息", "not_found": "未对上", "not_comparable": "无法比对",
}  # fmt: skip
"""What may become of a person, with the word the book uses; every person has exactly one."""

MANY_NAMESAKES = 3
"""A bare name that more people on the other side bear says nothing about any of them."""

_FIELDS = ("id_number", "phone", "bank_account", "village")

_ALONE = """
SELECT l.n, CASE
    WHEN l.name_state = 'empty' AND l.id_number IS NULL THEN '没有姓名，也没有证号'
    WHEN NOT {numbered} AND l.name_state = 'empty' THEN '没有姓名，证号看不清'
    WHEN NOT {numbered} AND l.name_state = 'masked' THEN '姓名有遮挡，又没有可对照的证号、电话或账号'
    WHEN NOT {numbered} AND l.name_state = 'damaged' THEN '姓名有看不清的字，又没有可对照的证号、电话或账号'
    WHEN NOT {numbered} AND l.name_state = 'title' THEN '只写了称呼或单位，没有姓名和证号'
    WHEN NOT {numbered} AND l.name_state = 'several' THEN '一格写了几个人，只取得第一人，又没有证号'
    WHEN NOT {shared} AND NOT {names} THEN '两份名单没有可以对照的共同栏目'
    WHEN NOT {shared} AND coalesce(o.bearers, 0) > {many}
        THEN '只能比姓名，另一份名单里同名的有' || o.bearers || '人'
END AS why
FROM {side}_person l LEFT JOIN (
    SELECT name, count(*) AS bearers FROM (SELECT DISTINCT name, id_number, village FROM {other}_person) GROUP BY name
) o USING (name)
"""
"""Why a person cannot be compared; NULL where it can. numbered, shared, names: conditions on l, see `_conditions`."""


@dataclass(frozen=True)
class Comparison:
    """What came of comparing. Tables are read with `query`; all of them lie in memory until `close`.

    left_person, right_person : see `lists.PERSON_SCHEMA`, with n, fate (`FATES`) and why.
    pair : left, right (n of either side), level 1–6, score 0–1, why, namesakes (people of that name on the right).
    left_out, right_out : files, sheets and rows of which nobody could be read.
    """

    con: duckdb.DuckDBPyConnection
    left_files: tuple[Path, ...]
    right_files: tuple[Path, ...]

    def counts(self, side: str = "left") -> dict[str, int]:
        """People of a side by fate; adds up to everybody read."""
        rows = self.con.execute(f"SELECT fate, count(*) FROM {side}_person GROUP BY 1").fetchall()
        return dict.fromkeys(FATES, 0) | dict(rows)

    def query(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        """Rows as dictionaries, unmasked: for what is written, not for what is shown."""
        found = self.con.execute(sql, list(values))
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def close(self) -> None:
        """Forget the people."""
        self.con.close()


def compare_lists(left: Sequence[Path], right: Sequence[Path], *, jobs: int = 1) -> Comparison:
    """Who on the left is on the right. Any files intake can read, headings recognised as there.

    Raises XunchaError for a file that does not exist.
    """
    con = duckdb.connect(":memory:")
    for side, files in (("left", left), ("right", right)):
        read_people(con, files, side, jobs=jobs)
    pairs = match(_side(con, "left"), _side(con, "right"))
    con.register("found", pairs)
    con.execute(
        """CREATE TABLE pair AS
        SELECT CAST(left_id AS BIGINT) AS "left", CAST(right_id AS BIGINT) AS "right", CAST(right(level, 1) AS INTEGER) AS level,
               score, why, (SELECT count(*) FROM (SELECT DISTINCT name, id_number, village FROM right_person) o
                            WHERE o.name = l.name) AS namesakes
        FROM found JOIN left_person l ON l.n = CAST(left_id AS BIGINT)
        ORDER BY 1, 3, 4 DESC, 2"""
    )
    con.unregister("found")
    for side, other in (("left", "right"), ("right", "left")):
        _give_fates(con, side, other)
    return Comparison(con, tuple(left), tuple(right))


def _side(con: duckdb.DuckDBPyConnection, side: str) -> pa.Table:
    """The table the matcher takes."""
    columns = "CAST(n AS VARCHAR) AS id, name, id_number, phone, bank_account, village"
    return con.sql(f"SELECT {columns} FROM {side}_person ORDER BY n").to_arrow_table()


def _conditions(con: duckdb.DuckDBPyConnection, other: str) -> dict[str, str]:
    """SQL conditions: the person has a number; has any field but the name that the other side has too; names can meet."""
    filled = con.execute(
        f"SELECT {', '.join(f'count({field})' for field in (*_FIELDS, 'name'))} FROM {other}_person"
    ).fetchall()[0]
    shared = [f"l.{field} IS NOT NULL" for field, n in zip(_FIELDS, filled, strict=False) if n]
    return {
        "numbered": "(l.id_state IN ('valid', 'old15', 'check_failed', 'masked') OR l.phone IS NOT NULL OR l.bank_account IS NOT NULL)",
        "shared": f"({' OR '.join(shared) or 'false'})",
        "names": "(l.name IS NOT NULL)" if filled[-1] else "false",
    }


def _give_fates(con: duckdb.DuckDBPyConnection, side: str, other: str) -> None:
    alone = _ALONE.format(side=side, other=other, many=MANY_NAMESAKES, **_conditions(con, other))
    con.execute(
        f"""CREATE OR REPLACE TABLE {side}_person AS
        SELECT p.*, b.level, CASE WHEN b.level <= {int(Level.L4)} THEN 'matched' WHEN a.why IS NOT NULL THEN 'not_comparable'
                         WHEN b.level IS NOT NULL THEN 'possible' ELSE 'not_found' END AS fate, a.why
        FROM {side}_person p JOIN ({alone}) a USING (n)
        LEFT JOIN (SELECT "{side}" AS n, min(level) AS level FROM pair GROUP BY 1) b USING (n)
        ORDER BY p.n"""
    )
