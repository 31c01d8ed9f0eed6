"""What several test modules share: one small invented round, run once per test process."""

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import settings

# The same examples everywhere: a run must not go red by luck. To search for new ones: --hypothesis-profile=default
settings.register_profile("fixed", derandomize=True, deadline=None)
settings.load_profile("fixed")

ROOT = Path(__file__).resolve().parents[1]


def make_round(out, villages=4, seed=7):
    """Write an invented round below `out`; its raw folder."""
    maker = ROOT / "data" / "demo" / "make.py"
    command = [sys.executable, str(maker), "--out", str(out), "--seed", str(seed)]
    subprocess.run([*command, "--villages", str(villages)], check=True, capture_output=True)
    return out / "raw"


@pytest.fixture(scope="session")
def small_round(tmp_path_factory):
    """Four invented villages, run: .raw, .out, .case_file, .result."""
    from xuncha_lib.runs import run

    folder = tmp_path_factory.mktemp("round")
    raw = make_round(folder)
    result = run(raw, folder / "run", jobs=2)
    return SimpleNamespace(raw=raw, out=folder / "run", case_file=result.case_file, result=result)
