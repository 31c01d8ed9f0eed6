"""The matcher as its users see it: two tables in, pairs with probability, level and reason out; any pair explained."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from xuncha_lib.errors import XunchaError
from xuncha_lib.people.match.arrow import column, strings
from xuncha_lib.people.match.engine import Met, Model, meet, placed
from xuncha_lib.people.match.evidence import gather_evidence, has_number
from xuncha_lib.people.match.judge import Judged, judge
from xuncha_lib.people.match.levels import levels
from xuncha_lib.people.match.rarity import Floats
from xuncha_lib.people.match.rows import Rows, is_known
from xuncha_lib.people.match.scan import connect, open_side
from xuncha_lib.people.match.score import score
from xuncha_lib.people.match.slots import Index
from xuncha_lib.people.match.weights import Weights
from xuncha_lib.people.match.words import as_sentence, bit_words, reasons

Side: TypeAlias = "pa.Table | Path | str"
LEAST = 0.05
SCHEMA = pa.schema(
    [("left_id", pa.string()), ("right_id", pa.string()), ("score", pa.float64()), ("level", pa.string()), ("why", pa.string())]
)  # fmt: skip
MEMORY_GB = 3.0
"""Memory DuckDB may use unless told otherwise; arrays come on top."""


@dataclass(frozen=True)
class Learnt:
    """What one run learnt: enough to explain any pair of rows later."""

    model: Model
    weights: Weights
    prior: float


@dataclass(frozen=True)
class Study:
    """A finished run. `pairs` has the columns of SCHEMA, ids in the type given; `notes` says what could not be compared, in numbers."""

    pairs: pa.Table
    notes: dict[str, Any]
    learnt: Learnt


def study(
    left: Side, right: Side, *, least: float = LEAST, memory_gb: float | None = None
) -> Study:
    """Match two tables (columns: id, name, id_number, phone, bank_account, village; all but id may be missing).

    least : probability from which a pair is kept.   memory_gb : memory DuckDB may use.

    Raises:
        UnreadableFile: a file cannot be opened.   XunchaError: no id column, or ids of the left side repeat.
    """
    con = connect(memory_gb or MEMORY_GB)
    try:
        met = meet(con, left, right)
        judged = judge(met)
        pairs = _pairs(met, judged, least)
        for at, side in enumerate((left, right)):
            pairs = _as_given(pairs, at, side)
        return Study(pairs, _notes(met), Learnt(met.model, judged.weights, judged.prior))
    finally:
        con.close()


def match(
    left: Side,
    right: Side,
    *,
    out: Path | str | None = None,
    least: float = LEAST,
    memory_gb: float | None = None,
) -> pa.Table | Path:
    """Pairs of rows that may be one person, as a table, or written to the parquet file `out`.

    The notes of `study` are in the schema's metadata under `xuncha`.
    """
    done = study(left, right, least=least, memory_gb=memory_gb)
    pairs = done.pairs.replace_schema_metadata(
        {"xuncha": json.dumps(done.notes, ensure_ascii=False)}
    )
    if out is None:
        return pairs
    pq.write_table(pairs, str(out), compression="zstd")
    return Path(out)


def _as_given(pairs: pa.Table, at: int, side: Side) -> pa.Table:
    schema = side.schema if isinstance(side, pa.Table) else pq.read_schema(str(side))
    given = schema.field("id").type
    if pa.types.is_integer(given):
        pairs = pairs.set_column(at, pairs.field(at).name, pairs.column(at).cast(given))
    return pairs


def _pairs(met: Met, judged: Judged, least: float) -> pa.Table:
    """The pairs to be shown: by left row, the likeliest first."""
    e, probability = judged.evidence, judged.probability
    kept = np.flatnonzero(probability >= least)
    kept = kept[np.lexsort((e.right[kept], -probability[kept], e.left[kept]))]
    e, probability = e.take(kept), probability[kept]
    level = levels(e, met.left.ids, met.right.ids, probability)
    namesakes: Floats = met.background.rarity.classes[met.left.name[e.left], 0]
    names = strings([f"L{n}" for n in range(7)])
    columns = [
        met.left_table.column("id").take(column(e.left)), met.kept.rows.column("id").take(column(e.right)),
        column(probability), names.take(column(level)), reasons(e, namesakes),
    ]  # fmt: skip
    return pa.table(dict(zip(SCHEMA.names, columns, strict=True))).cast(SCHEMA)


def _silent(rows: Rows) -> Index:
    """Rows with neither a name nor a number to go by."""
    named = rows.names.key[rows.name] > 0
    return np.flatnonzero(~(named | has_number(rows) | is_known(rows.phone) | is_known(rows.bank)))


def _notes(met: Met) -> dict[str, Any]:
    named = met.left.names.key[met.left.name] > 0
    return {
        "left_rows": len(met.left), "right_rows": met.kept.total, "pairs_compared": len(met.kept.left),
        "left_not_comparable": len(_silent(met.left)), "left_without_name": int((~named).sum()),
        "missing_columns": met.missing, "too_many_alike": met.kept.full,
    }  # fmt: skip


def explain(left_rows: pa.Table, right_rows: pa.Table, learnt: Learnt) -> list[dict[str, Any]]:
    """Bits of the i-th left row against the i-th right row, for every i.

    Returns a dict per pair: fields [(words, bits)], total (bits), probability (of this pair alone, without rivals),
    text ("姓名同音 +9.1，…").

    Raises:
        XunchaError: the two tables differ in length.
    """
    if len(left_rows) != len(right_rows):
        raise XunchaError(
            "explain",
            f"左 {len(left_rows)} 行，右 {len(right_rows)} 行",
            "两边逐行对应，行数必须相同",
        )
    model = learnt.model
    con = connect(1.0)
    try:
        sides = []
        for name, rows in (("l", left_rows), ("r", right_rows)):
            open_side(con, name, rows)
            sides.append(placed(con, name, model))
    finally:
        con.close()
    rows = np.arange(len(left_rows))
    left, background = model.at_home(sides[0])
    e = gather_evidence(left, sides[1], background, rows, rows)
    bits = score(e, learnt.weights)
    odds = bits.odds(learnt.prior)
    fields = bit_words(e, bits)
    return [
        {"fields": f, "total": float(t), "probability": float(o / (1 + o)), "text": as_sentence(f)}
        for f, t, o in zip(fields, bits.total, odds, strict=True)
    ]
