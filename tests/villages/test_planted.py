"""Models without a figure of their own in the benchmarks: each finds what is planted, none falls for its look-alikes."""

import subprocess
import sys
from pathlib import Path

import pytest

from score import Item, link, read_run, read_truth  # isort: skip
from xuncha_lib.runs import run

MAKE = Path(__file__).parents[2] / "data" / "demo" / "make.py"
MODELS = [
    "M03",
    "M04",
    "M05",
    "M06",
    "M13",
    "M14",
    "M17",
    "M18",
    "M20",
    "M21",
    "M23",
    "M25",
    "M26",
    "M35",
]


@pytest.fixture(scope="module")
def items(tmp_path_factory: pytest.TempPathFactory) -> list[Item]:
    """The planted items of a round of eight villages, with the candidates that cite them."""
    out = tmp_path_factory.mktemp("planted")
    command = [sys.executable, MAKE, "--out", out, "--seed", "8", "--villages", "8"]
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL)
    run(out / "raw", out / "run", reports=False, jobs=1, case_file=out / "case.duckdb")
    found, _ = read_truth(out / "truth.json")
    link(found, read_run(out / "run"))
    return found


@pytest.mark.parametrize("model", MODELS)
def test_finds_its_cases_and_no_lookalike(items: list[Item], model: str) -> None:
    mine = [item for item in items if item.models[0] == model]
    problems = [item for item in mine if item.kind == "problems"]
    innocents = [item for item in mine if item.kind == "lookalikes"]
    assert problems and innocents
    assert [item.text for item in problems if not item.hits] == []
    shown = [i.text for i in innocents if any(c.model == model and not c.problems for c in i.hits)]
    assert shown == []
