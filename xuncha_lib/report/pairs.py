"""Two mentions side by side: what differs is marked, what speaks for and against one person is added up in bits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

import duckdb
import pyarrow as pa

from xuncha_lib.errors import XunchaError
from xuncha_lib.masks import mask_card, mask_id, mask_phone
from xuncha_lib.people.level import Level
from xuncha_lib.people.persons import WATCH_ROLES
from xuncha_lib.report.html import Html, table
from xuncha_lib.tables import load_tables

MOST = 200
"""Pairs explained at once."""

_SIDE = """
SELECT CAST(mention_id AS VARCHAR) AS id, coalesce(name, name_raw) AS name, coalesce(id_no, id_mask) AS id_number, phone,
       bank_no AS bank_account, coalesce(town, '') || village_name AS village
FROM mention LEFT JOIN village USING (village_code) WHERE {which} ORDER BY mention_id
"""
_SHOWN = {
    "姓名": "name", "证号": "id_number", "电话": "phone", "账号": "bank_account", "村": "village", "出处": "origin",
}  # fmt: skip
_MASKS = {"id_number": mask_id, "phone": mask_phone, "bank_account": mask_card}


@dataclass(frozen=True)
class PairCard:
    """One pair, explained. left and right: the fields of `_SHOWN`, as they are compared (unmasked).

    fields : (words, bits) for everything that speaks for (+) or against (−).   level : as linked, None for no pair.
    """

    left: dict[str, Any] = field(repr=False)
    right: dict[str, Any] = field(repr=False)
    fields: list[tuple[str, float]]
    text: str
    level: int | None
    why: str

    def _repr_html_(self) -> str:
        rows = []
        for zh, key in _SHOWN.items():
            mine, theirs = _masked(key, self.left[key]), _masked(key, self.right[key])
            if key != "origin" and mine and theirs:
                mine, theirs = _marked(mine, theirs), _marked(theirs, mine)
            else:
                mine, theirs = escape(mine), escape(theirs)
            rows.append((zh, mine, theirs))
        level = Level(self.level) if self.level else None
        head = f"{level.name} {level.zh}：{self.why}" if level else "没有认定为可能的同一人"
        return Html(
            f"<p><b>{escape(head)}</b><br>{escape(self.text)}</p>" + table(("", "甲", "乙"), rows)
        )


def explain_pairs(
    con: duckdb.DuckDBPyConnection, pairs: Sequence[tuple[int, int]]
) -> list[PairCard]:
    """Cards for pairs of mention ids, weights learnt from the whole case. An unknown id is an error.

    The bits explain; the level comes from the written rules (`Level.rule`), never from the bits alone.
    """
    from xuncha_lib.people.match import explain, study

    if len(pairs) > MOST:
        raise XunchaError("explain", f"一次要解释 {len(pairs)} 对", f"请分批，每次不超过 {MOST} 对")
    learnt = study(_side(con, _watched(con)), _side(con, "true")).learnt
    sides = [_in_order(con, [pair[at] for pair in pairs]) for at in (0, 1)]
    left, right = (pa.Table.from_pylist(_numbered(side), _schema()) for side in sides)
    told = explain(left, right, learnt)
    linked = {
        (a, b): (level, why)
        for a, b, level, why in con.execute(
            "SELECT a, b, level, why FROM same_person SEMI JOIN (SELECT unnest(CAST(? AS BIGINT[])) AS a) USING (a)",
            [[a for a, _ in pairs]],
        ).fetchall()
    }
    return [
        PairCard(mine, theirs, one["fields"], one["text"], *linked.get(pair, (None, "")))
        for pair, mine, theirs, one in zip(pairs, *sides, told, strict=True)
    ]


def _schema() -> pa.Schema:
    return pa.schema(
        [
            (name, pa.string())
            for name in ("id", "name", "id_number", "phone", "bank_account", "village")
        ]
    )


def _numbered(side: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A mention may stand in several pairs; ids of the matcher must not repeat."""
    return [row | {"id": str(at)} for at, row in enumerate(side)]


def _side(con: duckdb.DuckDBPyConnection, which: str) -> pa.Table:
    return con.sql(_SIDE.format(which=which)).to_arrow_table()


def _watched(con: duckdb.DuckDBPyConnection) -> str:
    """Condition: the mention stands on a list of people who are looked for."""
    known = load_tables()
    parts = [f"SELECT {role} FROM {name}" for name, role in WATCH_ROLES if name in known]
    return f"mention_id IN ({' UNION '.join(parts)})"


def _in_order(con: duckdb.DuckDBPyConnection, ids: list[int]) -> list[dict[str, Any]]:
    """The mentions in the order asked for, each with the first row it stands in."""
    wanted = ", ".join(str(int(one)) for one in sorted(set(ids)))
    found = (
        con.sql(_SIDE.format(which=f"mention_id IN ({wanted or 'NULL'})"))
        .to_arrow_table()
        .to_pylist()
    )
    by_id = {row["id"]: row | {"origin": ""} for row in found}
    for mention, origin in con.execute(_origins(wanted)).fetchall():
        by_id[str(mention)]["origin"] = origin
    lost = [one for one in ids if str(one) not in by_id]
    if lost:
        raise XunchaError(
            "mention", f"没有编号为 {lost[0]} 的人员记录", "编号见 case.pairs() 的 a、b 两列"
        )
    return [by_id[str(one)] for one in ids]


def _origins(wanted: str) -> str:
    parts = [
        f"SELECT {role.name} AS mention, row_id, '{spec.zh}·{role.zh}' AS role FROM {name} WHERE {role.name} IN ({wanted})"
        for name, spec in load_tables().items()
        for role in spec.roles
    ]
    return (
        "SELECT mention, arg_min(role || ' ' || file || CASE WHEN sheet <> '' THEN ' · ' || sheet ELSE '' END"
        f" || ' 第' || \"row\" || '行', row_id) FROM ({' UNION ALL '.join(parts)}) JOIN row_origin USING (row_id) GROUP BY 1"
    )


def _masked(key: str, value: str | None) -> str:
    if not value:
        return ""
    return value if "*" in value else _MASKS[key](value) if key in _MASKS else value


def _marked(mine: str, theirs: str) -> str:
    """The text with the characters that the other side does not have at that place in <mark>."""
    if len(mine) != len(theirs):
        return f"<mark>{escape(mine)}</mark>"
    return "".join(
        escape(a) if a == b else f"<mark>{escape(a)}</mark>"
        for a, b in zip(mine, theirs, strict=True)
    )
