"""A case of thousands of villages, made by repeating a small one with other villages and people; times prepare, models, candidates.

python tests/bench/many_villages.py CASE --copies 220 --out BIG.duckdb    # 26 × 220 = 5,720 villages
python tests/bench/many_villages.py BIG.duckdb                            # times the steps on it
"""

from __future__ import annotations

import argparse
import resource
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from xuncha_lib import candidates
from xuncha_lib.models.head import choose, shipped_models
from xuncha_lib.models.limits import ensure_limits
from xuncha_lib.models.run import run_model, start
from xuncha_lib.models.shared import PREPARED
from xuncha_lib.outliers.lexicon import load_lexicon
from xuncha_lib.tables import load_tables

_KEYS = {"row_id", "mention_id", "sheet_id", "file_id", "a", "b"}


def columns(con: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    return [row[0] for row in con.execute(f"DESCRIBE {table}").fetchall()]


def repeat(source: Path, copies: int, out: Path) -> None:
    """Every ingest and people table `copies` times: keys shifted, village codes and numbers of people made different."""
    out.unlink(missing_ok=True)
    con = duckdb.connect(str(out))
    con.execute(f"ATTACH '{source}' AS small (READ_ONLY)")
    roles = {t.name: {r.name for r in t.roles} for t in load_tables().values()}
    base = [
        "source_file",
        "sheet",
        "source_row",
        "reject",
        "control_total",
        "footer",
        "damaged",
        "village",
        "mention",
        "same_person",
        "identity_conflict",
    ]
    most = con.execute("SELECT max(row_id) + 1 FROM small.source_row").fetchall()[0][0] * 4
    for table in [*base, *roles]:
        parts = ", ".join(
            _shifted(name, table, roles.get(table, set()), most)
            for name in columns(con, f"small.{table}")
        )
        con.execute(
            f"CREATE TABLE {table} AS SELECT {parts} FROM small.{table}, range({copies}) t(c)"
        )
    for table in ("setting", "org_alias", "not_compared", "village_unknown"):
        con.execute(f"CREATE TABLE {table} AS FROM small.{table}")
    con.execute(
        f"INSERT INTO org_alias SELECT org || c, canonical || c, why FROM small.org_alias, range({copies}) t(c)"
    )
    con.execute(
        'CREATE VIEW row_origin AS SELECT row_id, path AS file, sheet, "row" FROM source_row JOIN sheet USING (sheet_id) JOIN source_file USING (file_id)'
    )
    con.close()


def _shifted(name: str, table: str, roles: set[str], most: int) -> str:
    """SQL for a column of copy number c: keys moved apart, places, numbers and firms made different."""
    if name in _KEYS or name in roles:
        return f'"{name}" + c * {most}::BIGINT AS "{name}"'
    if name == "village_code":
        return "village_code || '_' || c AS village_code"
    if table == "mention" and name in ("id_no", "phone", "bank_no"):
        return f"left({name}, 4) || lpad(CAST(c AS VARCHAR), 3, '0') || substr({name}, 8) AS {name}"
    if name.endswith("_org") or name in ("company", "uscc", "village_name", "town", "county"):
        return f'"{name}" || c AS "{name}"'
    if name == "summary":  # a village words half of its entries in its own way
        return "CASE WHEN row_id % 2 = 0 THEN summary || '（' || c || '组）' ELSE summary END AS summary"
    return f'"{name}"'


def spent() -> float:
    """CPU seconds of this process so far."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


@contextmanager
def step(name: str, least: float = 0.0) -> Iterator[None]:
    """Print what a step took, wall and CPU seconds, unless it took less CPU than `least`."""
    wall, cpu = time.perf_counter(), spent()
    yield
    wall, cpu = time.perf_counter() - wall, spent() - cpu
    if cpu >= least:
        print(f"{name:28s} {wall:7.2f} s {cpu:7.2f} CPU", flush=True)


def timed(case: Path, only: list[str], least: float) -> None:
    copy = case.with_suffix(".run.duckdb")
    shutil.copy(case, copy)
    con = duckdb.connect(str(copy), config={"memory_limit": "6GB", "threads": 2})
    print(con.execute("SELECT count(*) FROM village").fetchall()[0][0], "villages", flush=True)
    with step("total"):
        load_lexicon(con)
        ensure_limits(con)
        for path in sorted(PREPARED.glob("*.sql")):
            with step(path.name, least):
                con.execute(path.read_text(encoding="utf-8"))
        start(con)
        for model in choose(shipped_models(), only or None):
            with step(model.id, least):
                run_model(con, model, {})
        con.execute("DROP VIEW IF EXISTS temp.same_person")
        with step("candidates"):
            candidates.build(con)
    failed = "SELECT model_id, why FROM model_run WHERE village_code IS NULL AND status <> 'ran'"
    print(con.execute(failed).fetchall())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    counts = con.execute("SELECT (SELECT count(*) FROM hit), (SELECT count(*) FROM candidate)")
    print("peak {:.1f} GB, {} hits, {} candidates".format(peak, *counts.fetchall()[0]))
    con.close()
    copy.unlink()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("case", type=Path)
    parser.add_argument("--copies", type=int, default=0)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--models", nargs="*", default=[])
    parser.add_argument(
        "--least", type=float, default=0.5, help="CPU seconds of a step worth a line"
    )
    given = parser.parse_args()
    if given.copies:
        repeat(given.case, given.copies, given.out)
    else:
        timed(given.case, given.models, given.least)


if __name__ == "__main__":
    main()
