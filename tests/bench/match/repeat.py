"""Make a roll of any size from a smaller set, by repetition with fresh persons in fresh villages.

    python tests/bench/match/repeat.py --base DIR --right 170000000 --out DIR

The left list, the truth and the first rows are the base's. In every further copy of its roll the characters of given
names and of villages take their neighbour's place in order of frequency (very common names stay: a bigger roll has more
of their bearers), days of birth and serial numbers, phones and cards move on, and check digits follow.
"""

import argparse
import json
import shutil
from pathlib import Path

import duckdb
import noise
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

GROUP = 9  # characters of about one frequency that change places
CHECKS = "10X98765432"
COMMON = 10.0  # a name borne by so many rows in a million stays
SPARED = set(
    "".join(
        [*noise.SUFFIXES, *noise.PREFIXES, *noise.SURNAME_TITLES, "某家庄屯村镇委会东西南北前后"]
    )
)
FIELDS = ["id", "name", "id_number", "phone", "bank_account", "village"]


def text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def rotation(characters: list[str], step: int) -> np.ndarray:
    """Table over code points: each character becomes the one `step` places on in its group."""
    known = np.array([ord(c) for c in characters if "\u3400" <= c <= "\u9fff" and c not in SPARED])
    known = known[: len(known) // GROUP * GROUP].reshape(-1, GROUP)
    table = np.arange(1 << 16, dtype=np.uint32)
    table[known] = np.roll(known, -step, axis=1)
    return table


def turned(column: pa.Array, table: np.ndarray, skip: int, kept: np.ndarray | None) -> pa.Array:
    """The strings with their three-byte characters looked up in `table`, but the first `skip` and those of `kept` rows."""
    column = column.cast(pa.string())
    offsets = np.frombuffer(column.buffers()[1], np.int32)[column.offset :][: len(column) + 1]
    data = np.frombuffer(column.buffers()[2], np.uint8).copy()
    lead = data >= 0xE0
    lead[: offsets[0]] = lead[offsets[-1] :] = False
    for place in range(skip):
        at = offsets[:-1] + 3 * place
        lead[at[at < offsets[1:]]] = False
    if kept is not None:
        edge = np.zeros(len(data) + 1, np.int32)
        np.add.at(edge, offsets[:-1][kept], 1)
        np.add.at(edge, offsets[1:][kept], -1)
        lead &= np.cumsum(edge)[:-1] == 0
    at = np.flatnonzero(lead)
    a, b, c = (data[at + i].astype(np.uint32) for i in range(3))
    new = table[(a & 15) << 12 | (b & 63) << 6 | (c & 63)]
    data[at], data[at + 1], data[at + 2] = 0xE0 | new >> 12, 0x80 | new >> 6 & 63, 0x80 | new & 63
    buffers = [column.buffers()[0], column.buffers()[1], pa.py_buffer(data)]
    return pa.Array.from_buffers(pa.string(), len(column), buffers, offset=column.offset)


def ranked(con: duckdb.DuckDBPyConnection, column: str, first: int) -> list[str]:
    """Characters of a column from place `first` on, the frequent ones first."""
    rows = con.execute(
        f"SELECT c, sum(n) AS total FROM (SELECT unnest(string_split(word[{first}:], '')) AS c, n FROM "
        f"(SELECT {column} AS word, count(*) AS n FROM base WHERE {column} IS NOT NULL GROUP BY ALL HAVING n > 1)) "
        "GROUP BY c ORDER BY total DESC, c"
    ).fetchall()
    return [row[0] for row in rows if row[0]]


def copied(step: int, rows: int) -> str:
    """SQL of the copy number `step`: numbers moved on (what a mask hides stays), names and villages as they were."""
    day = (
        f"lpad(CAST((TRY_CAST(i[13:14] AS INTEGER) + {3 * step - 1}) % 28 + 1 AS VARCHAR), 2, '0')"
    )
    serial = f"lpad(CAST((TRY_CAST(i[15:17] AS INTEGER) + {62 * step - 1}) % 600 + 1 AS VARCHAR), 3, '0')"
    moved = f"i[1:12] || coalesce({day}, i[13:14]) || coalesce({serial}, i[15:17])"
    shift = " + ".join(
        f"{weight} * (ascii(m[{place}]) - ascii(i[{place}]))"
        for place, weight in zip(range(13, 18), (10, 5, 8, 4, 2), strict=True)
    )
    check = f"'{CHECKS}'[((strpos('{CHECKS}', upper(i[18])) - 1 + {shift}) % 11 + 11) % 11 + 1]"
    last = f"CASE WHEN contains(m, '*') OR i[18] = '*' THEN i[18] ELSE {check} END"
    digits = "0123456789"
    other = f"'{digits}', '{digits[step % 10 :] + digits[: step % 10]}'"
    return f"""
    SELECT 'R' || CAST({step * rows} + CAST(id[2:] AS BIGINT) AS VARCHAR) AS id, b.name,
        CASE WHEN strlen(i) = 18 THEN m || {last} ELSE i END AS id_number, phone[1:3] || translate(phone[4:], {other}) AS phone,
        bank_account[1:9] || translate(bank_account[10:], {other}) AS bank_account, village, common.name IS NOT NULL AS kept
    FROM (SELECT *, CASE WHEN strlen(i) = 18 THEN {moved} END AS m FROM (SELECT *, id_number AS i FROM base)) b
        LEFT JOIN common ON b.name = common.name
    """


def repeat(base: Path, right: int, out: Path) -> dict[str, int]:
    """Write the bigger set; returns its sizes."""
    out.mkdir(parents=True, exist_ok=True)
    con = duckdb.connect(config={"memory_limit": "3GB", "preserve_insertion_order": "false"})
    con.execute(
        f"CREATE VIEW base AS SELECT * FROM read_parquet({text(str(base / 'right.parquet'))})"
    )
    rows = con.execute("SELECT count(*) FROM base").fetchone()[0]
    con.execute(
        f"CREATE TABLE common AS SELECT name FROM base WHERE name IS NOT NULL GROUP BY name HAVING count(*) * 1e6 > {COMMON} * {rows}"
    )
    names, villages = ranked(con, "name", 2), ranked(con, "village", 1)
    schema = pa.schema([(field, pa.string()) for field in FIELDS])
    left = right
    with pq.ParquetWriter(out / "right.parquet", schema, compression="zstd") as writer:
        for step in range(-(-right // rows)):
            given, places = rotation(names, step), rotation(villages, step)
            for batch in con.sql(copied(step, rows) if step else "SELECT *, true AS kept FROM base").to_arrow_reader(200_000):  # fmt: skip
                batch = batch.slice(0, left)
                left -= len(batch)
                table = pa.Table.from_batches([batch]).combine_chunks()
                name, village = (table.column(f).chunk(0) for f in ("name", "village"))
                if step:
                    kept = table.column("kept").to_numpy()
                    name, village = turned(name, given, 1, kept), turned(village, places, 0, None)
                table = table.set_column(1, "name", name).set_column(5, "village", village)
                writer.write_table(table.select(FIELDS).cast(schema))
                if not left:
                    break
    for name in ("left.parquet", "truth.parquet"):
        shutil.copyfile(base / name, out / name)
    return {"base": rows, "right": right}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--right", type=int, default=170_000_000)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    print(json.dumps(repeat(options.base, options.right, options.out)))


if __name__ == "__main__":
    main()
