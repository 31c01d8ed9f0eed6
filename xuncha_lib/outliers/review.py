"""Verdicts of people on earlier candidates, matched to the candidates of this run."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb

from xuncha_lib.errors import UnreadableFile, unknown
from xuncha_lib.outliers.rank import Scored
from xuncha_lib.outliers.verdicts import Learnt, learn

COLUMNS = ("village_id", "detector", "objs", "right")


@dataclass(frozen=True)
class Reviewed:
    """ranked: candidates with the learnt chance as their odds.   unmatched: verdicts nothing answers to."""

    ranked: list[Scored]
    curve: Learnt
    unmatched: int


def apply_verdicts(con: duckdb.DuckDBPyConnection, path: Path, found: list[Scored]) -> Reviewed:
    """Learn from the verdict file and restate every candidate's odds as the learnt chance."""
    ids = dict(con.execute("SELECT v, village_id FROM vil").fetchall())
    by_key: dict[tuple[str, str], list[Scored]] = {}
    for one in found:
        by_key.setdefault((ids[one.v], one.detector), []).append(one)
    matched: list[tuple[Scored, bool]] = []
    unmatched = 0
    for village, detector, objs, right in _read(con, path):
        best = _answering(by_key.get((village, detector), []), set(objs or ()))
        if best is None:
            unmatched += 1
        else:
            matched.append((best, bool(right)))
    curve = learn(
        [one.detector for one, _ in matched],
        [one.odds for one, _ in matched],
        [right for _, right in matched],
    )
    ranked = [
        replace(one, odds=_odds(curve.chance(one.detector, one.odds), one.odds)) for one in found
    ]
    return Reviewed(ranked, curve, unmatched)


def _odds(chance: float, before: float) -> float:
    import math

    return math.log(chance / (1 - chance)) + 1e-6 * before


def _answering(candidates: list[Scored], objs: set[str]) -> Scored | None:
    """The candidate that shares most with the verdict's objects; it may have been merged with others then."""
    shared = [(len(objs & set(one.objs)) / len(one.objs), -one.nth, one) for one in candidates]
    best = max(shared, key=lambda s: s[:2], default=None)
    return best[2] if best and best[0] > 0.5 else None


def _read(con: duckdb.DuckDBPyConnection, path: Path) -> list[tuple[Any, ...]]:
    try:
        found = con.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
    except duckdb.Error as error:
        raise UnreadableFile(
            str(path), "核查结果文件打不开", "应为 parquet，含 " + "、".join(COLUMNS)
        ) from error
    given = {row[0] for row in found}
    for column in COLUMNS:
        if column not in given:
            raise unknown(f"{path.name} 缺少列", column, given)
    return con.execute(
        'SELECT CAST(village_id AS VARCHAR), detector, objs, "right" FROM read_parquet(?) '
        'WHERE "right" IS NOT NULL ORDER BY ALL',
        [str(path)],
    ).fetchall()
