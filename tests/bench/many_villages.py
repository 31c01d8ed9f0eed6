"""A case of thousands of villages, made by repeating a small one with other villages and people; times prepare, models, candidates.

python tests/bench/many_villages.py CASE --copies 220 --out BIG.duckdb    # 26 × 220 = 5,720 villages
python tests/bench/many_villages.py BIG.duckdb                            # times the steps on it
"""

from __future__ import annotations

import argparse
import resource
import shutil
import time
from pathlib import Path

import duckdb

from xuncha_lib import candidates, models
from xuncha_lib.models.head import choose, shipped_models
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
    return f'"{name}"'


def timed(case: Path, only: list[str]) -> None:
    copy = case.with_suffix(".run.duckdb")
    shutil.copy(case, copy)
    con = duckdb.connect(str(copy), config={"memory_limit": "6GB", "threads": 2})
    print(con.execute("SELECT count(*) FROM village").fetchall()[0][0], "villages", flush=True)
    total = time.perf_counter()
    from xuncha_lib.models.limits import ensure_limits
    from xuncha_lib.outliers.lexicon import load_lexicon

    load_lexicon(con)
    ensure_limits(con)
    for path in sorted((Path(models.__file__).parent / "prepared").glob("*.sql")):
        t = time.perf_counter()
        con.execute(path.read_text(encoding="utf-8"))
        print(f"{path.name:28s} {time.perf_counter() - t:7.2f}", flush=True)
    from xuncha_lib.models.run import run_model, start

    start(con)
    for model in choose(shipped_models(), only or None):
        t = time.perf_counter()
        run_model(con, model, {})
        n, why = con.execute(
            "SELECT hits, why FROM model_run WHERE model_id = ? AND village_code IS NULL",
            [model.id],
        ).fetchall()[0]
        took = time.perf_counter() - t
        if took > 0.5:
            print(f"{model.id:28s} {took:7.2f}  {n} hits {why or ''}", flush=True)
    con.execute("DROP VIEW IF EXISTS temp.same_person")
    t = time.perf_counter()
    candidates.build(con)
    print(f"{'candidates':28s} {time.perf_counter() - t:7.2f}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(
        f"{'total':28s} {time.perf_counter() - total:7.2f} s, peak {peak:.1f} GB, "
        f"{con.execute('SELECT count(*) FROM candidate').fetchall()[0][0]} candidates"
    )
    con.close()
    copy.unlink()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("case", type=Path)
    parser.add_argument("--copies", type=int, default=0)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--models", nargs="*", default=[])
    given = parser.parse_args()
    if given.copies:
        repeat(given.case, given.copies, given.out)
    else:
        timed(given.case, given.models)


if __name__ == "__main__":
    main()
