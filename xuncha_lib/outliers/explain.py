"""Nine parts of an explanation for every candidate shown, and the file they are written to."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from xuncha_lib.masks import mask_text
from xuncha_lib.outliers.detect import Detector, shipped_detectors
from xuncha_lib.outliers.rank import Scored

_TEXTS = (
    "reason",
    "claim",
    "figure",
    "reference_group",
    "rarity",
    "checked",
    "clears",
    "recompute",
)
_SCHEMA = pa.schema(
    [
        ("village_id", pa.string()), ("detector", pa.string()), ("score", pa.float64()), ("chance", pa.float64()),
        ("reason", pa.string()), ("objs", pa.list_(pa.string())), ("place", pa.int32()), ("name", pa.string()),
        ("amount_yuan", pa.float64()), ("claim", pa.string()), ("rows", pa.list_(pa.string())), ("figure", pa.string()),
        ("reference_group", pa.string()), ("reference_size", pa.int64()), ("rarity", pa.string()), ("checked", pa.string()),
        ("clears", pa.string()), ("recompute", pa.string()), ("excuses", pa.list_(pa.string())), ("also", pa.list_(pa.string())),
        ("verdicts", pa.int32()), ("not_tested", pa.string()),
        ("value_label", pa.string()), ("own_value", pa.float64()), ("peer_values", pa.list_(pa.float64())),
    ]
)  # fmt: skip
MOST_ROWS = 12


def write_candidates(
    con: duckdb.DuckDBPyConnection,
    lists: list[Scored],
    out: Path,
    verdicts: dict[str, int] | None,
    not_tested: dict[str, str],
) -> None:
    """Write the candidates with their explanations; order: village, place. An empty list gives an empty file."""
    facts = _facts(con, lists)
    rows = _rows_of(con, lists)
    size = con.execute("SELECT n, villages FROM ref_size").fetchone() or (0, 0)
    villages = dict(con.execute("SELECT v, village_id FROM vil").fetchall())
    columns: dict[str, list[Any]] = {name: [] for name in _SCHEMA.names}
    place: dict[int, int] = defaultdict(int)
    untested = "；".join(not_tested.values())
    for one in lists:
        place[one.v] += 1
        told = _tell(one, facts, rows[one.v, one.detector, one.nth], size)
        told |= {
            "village_id": villages[one.v], "detector": one.detector, "score": one.score, "objs": list(one.objs),
            "chance": one.score if verdicts is not None else None, "place": place[one.v], "not_tested": untested,
            "verdicts": (verdicts or {}).get(one.detector, 0),
        }  # fmt: skip
        for name, values in columns.items():
            values.append(told[name])
    out.parent.mkdir(parents=True, exist_ok=True)
    import pyarrow.parquet as pq

    pq.write_table(pa.table(columns, schema=_SCHEMA), out, compression="zstd")


Key = tuple[int, str, int]


def _facts(con: duckdb.DuckDBPyConnection, lists: list[Scored]) -> dict[Key, dict[str, Any]]:
    """What the detector knows about each candidate shown and about those merged into it."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for one in lists:
        for part in (one, *one.also):
            wanted[part.detector].add(part.nth)
    facts: dict[Key, dict[str, Any]] = {}
    for detector in sorted(wanted):
        con.register("wanted", pa.table({"nth": sorted(wanted[detector])}))
        found = con.execute(f"FROM hit_{detector} SEMI JOIN wanted USING (nth) ORDER BY nth")
        names = [column[0] for column in found.description]
        for row in found.fetchall():
            fact = dict(zip(names, row, strict=True))
            facts[fact["v"], detector, fact["nth"]] = fact
        con.unregister("wanted")
    return facts


def _rows_of(con: duckdb.DuckDBPyConnection, lists: list[Scored]) -> dict[Key, list[str]]:
    """Voucher number, day, payee, sum and summary of the entries and bank lines each candidate speaks of."""
    rows: dict[Key, list[str]] = {(one.v, one.detector, one.nth): [] for one in lists}
    keys = list(rows)
    cited = [
        (n, place, obj[0], one.v, obj[2:])
        for n, one in enumerate(lists)
        for place, obj in enumerate([o for o in one.objs if o[:2] in ("e:", "b:")][:MOST_ROWS])
    ]
    if not cited:
        return rows
    n, place, kind, v, ident = zip(*cited, strict=True)
    con.register(
        "cited",
        pa.table({"n": n, "place": place, "kind": kind, "v": pa.array(v, pa.int32()), "id": ident}),
    )
    found = con.execute("""
        SELECT c.n, c.place, concat_ws(' ', CAST(e.d AS VARCHAR), CASE WHEN e.vno IS NOT NULL THEN '凭证' || e.vno || '号' END, e.acc_name, e.payee,
               CASE WHEN e.is_out THEN '支' ELSE '收' END || format('{:.2f}', e.cents / 100.0) || '元', e.summary)
        FROM cited c JOIN e ON c.kind = 'e' AND e.v = c.v AND e.id = c.id
        UNION ALL
        SELECT c.n, c.place, concat_ws(' ', '银行', CAST(b.d AS VARCHAR), b.party, format('{:.2f}', b.cents / 100.0) || '元')
        FROM cited c JOIN bk b ON c.kind = 'b' AND b.v = c.v AND b.id = c.id
        ORDER BY 1, 2
    """)
    for number, _, text in found.fetchall():
        rows[keys[number]].append(mask_text(text))
    con.unregister("cited")
    return rows


def _tell(
    one: Scored, facts: dict[Key, dict[str, Any]], rows: list[str], size: tuple[int, int]
) -> dict[str, Any]:
    detector = shipped_detectors()[one.detector]
    fact = facts[one.v, one.detector, one.nth]
    said = {name: _say(detector, name, fact) for name in ("reason", "figure", "group")}
    also = [
        _say(shipped_detectors()[p.detector], "reason", facts[p.v, p.detector, p.nth])
        for p in one.also
    ]
    excuses = list(fact["excuses"])
    seen = [excuse for p in one.also for excuse in facts[p.v, p.detector, p.nth]["excuses"]]
    ids = [obj[2:] for obj in one.objs if obj.startswith("e:")][:MOST_ROWS]
    reason = said["reason"] + "".join(f"。另：{text}" for text in dict.fromkeys(also))
    rare = float(fact.get("rarity") or 0.0)
    return {
        "name": detector.name, "reason": reason, "claim": said["reason"], "figure": said["figure"],
        "reference_group": said["group"], "reference_size": int(fact.get("n_ref") or size[0]),
        "rarity": f"照常情况下约每{_round(10 ** min(rare, 9))}次才有一次" if rare > 0 else "无法估计罕见程度",
        "checked": f"已查：{detector.checked}。" + (f"可能的说明：{'；'.join(excuses)}" if excuses else "均未能说明"),
        "clears": "；".join(detector.clears), "excuses": list(dict.fromkeys(excuses + seen)), "also": [p.detector for p in one.also],
        "recompute": _recompute(detector, one.objs, ids), "rows": rows or list(one.objs)[:MOST_ROWS],
        "amount_yuan": round((fact["amount"] or 0) / 100, 2),
        "value_label": fact.get("value_label"), "own_value": fact.get("own_value"), "peer_values": fact.get("peer_values"),
    }  # fmt: skip


def _say(detector: Detector, part: str, fact: dict[str, Any]) -> str:
    shown = {
        k: "" if v is None else f"{v:g}" if isinstance(v, float) else v for k, v in fact.items()
    }
    return mask_text(str(getattr(detector, part)).format_map(shown))


def _recompute(detector: Detector, objs: tuple[str, ...], ids: list[str]) -> str:
    listed = ", ".join("'" + i.replace("'", "''") + "'" for i in ids)
    rows = f"SELECT * FROM entries WHERE entry_id IN ({listed}); " if ids else ""
    return f"{rows}-- outliers/detectors/{detector.id}.sql"


def _round(value: float) -> str:
    digits = max(0, len(str(int(value))) - 2)
    return f"{round(int(value), -digits):,}"
