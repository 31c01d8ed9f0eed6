"""The innocent villages: whatever honest books and rolls say, nothing becomes a candidate."""

import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from xuncha_lib.runs import run

MAKE = Path(__file__).parents[2] / "data" / "demo" / "make.py"


@pytest.mark.parametrize(("seed", "options"), [(3, []), (4, ["--lookalikes"])])
def test_clean_villages_yield_nothing(tmp_path, seed, options):
    """Not with plain books (seed 3), and not where everything merely looks odd (seed 4)."""
    command = [
        sys.executable,
        MAKE,
        "--out",
        tmp_path,
        "--seed",
        str(seed),
        "--villages",
        "4",
        "--clean-only",
        *options,
    ]
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL)

    run(
        tmp_path / "raw",
        tmp_path / "run",
        reports=False,
        jobs=1,
        case_file=tmp_path / "case.duckdb",
    )

    found = pq.read_table(tmp_path / "run" / "candidates.parquet").to_pylist()
    assert [(c["village_name"], c["title"]) for c in found] == []
