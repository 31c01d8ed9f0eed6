"""Notebooks: stored stripped, short cells, and each runs on a small round."""

import json
from pathlib import Path

import pytest

NOTEBOOKS = sorted((Path(__file__).resolve().parents[1] / "notebooks").glob("*.ipynb"))


def cells(path, kind="code"):
    found = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in found if cell["cell_type"] == kind]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_house_rules(path):
    """First cell says what and for whom; one parameters cell; no def or class; at most ten lines a cell."""
    first = json.loads(path.read_text(encoding="utf-8"))["cells"][0]
    assert first["cell_type"] == "markdown"
    assert "给" in "".join(first["source"])
    tagged = [cell for cell in cells(path) if "parameters" in cell["metadata"].get("tags", [])]
    assert len(tagged) == 1
    for cell in cells(path):
        source = "".join(cell["source"])
        assert len(source.splitlines()) <= 10
        assert "def " not in source
        assert "class " not in source
        assert cell["outputs"] == []
        assert cell["execution_count"] is None


@pytest.mark.notebook
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_runs_on_a_small_round(path, small_round, tmp_path):
    """Through our own engine, with the case of the round, a village and a place for results where it asks for them."""
    from xuncha_lib.runs.engine import declared, execute

    known = {
        "case_file": str(small_round.case_file), "village": small_round.result.villages[0]["village_code"],
        "out": str(tmp_path / "结果.xlsx"),
    }  # fmt: skip
    given = {name: value for name, value in known.items() if name in declared(path)}
    execute(path, given, tmp_path / path.name)
