"""All 65 models: each finds what is planted for it in the demo round, and is silent on its look-alikes."""

import importlib.util
import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest

from score import Candidate, Item, link, read_run, read_truth  # isort: skip
from xuncha_lib.models import shipped_models
from xuncha_lib.runs import run

MAKE = Path(__file__).parents[2] / "data" / "demo" / "make.py"
DIGITS = "M30"  # counts first digits of 300 payments and more: only in a round of thick ledgers
MODELS = sorted(set(shipped_models()) - {DIGITS})
_HITS = """
SELECT h.hit_id, h.model_id, v.village_name, coalesce(v.town, ''), f.path, s.sheet, r.row
FROM hit h JOIN village v USING (village_code), unnest(h.evidence) AS e(row_id)
JOIN source_row r ON r.row_id = e.row_id JOIN sheet s USING (sheet_id) JOIN source_file f USING (file_id)
WHERE h.explained IS NULL
"""


def _made(out: Path, *options: str) -> SimpleNamespace:
    """A round made and run: .items with the candidates that cite them, .models of a candidate, .hits."""
    command = [sys.executable, str(MAKE), "--out", str(out), *options]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    run(out / "raw", out / "run", reports=False, jobs=1, case_file=out / "case.duckdb")
    items, _ = read_truth(out / "truth.json")
    link(items, read_run(out / "run"))
    with duckdb.connect(out / "case.duckdb", read_only=True) as con:
        models = dict(con.execute("SELECT candidate_id, model_ids FROM candidate").fetchall())
        rows = con.execute(_HITS).fetchall()
        ran = con.execute("SELECT DISTINCT model_id FROM model_run WHERE status = 'ran'").fetchall()
    hints = json.loads((out / "truth.json").read_text(encoding="utf-8"))["hints"]
    return SimpleNamespace(
        items=items, models=models, hits=_hits(rows), hints=hints, ran={m for (m,) in ran}
    )


def _hits(rows: list[tuple]) -> dict[tuple[str, str, str], list[Candidate]]:
    """Hits by (model, town, village), each with the rows it cites."""
    found: dict[int, Candidate] = {}
    by = defaultdict(list)
    for hit, model, village, town, file, sheet, row in rows:
        if hit not in found:
            found[hit] = Candidate(str(hit), village, town, 0, model, "")
            by[model, town, village].append(found[hit])
        found[hit].cited.add((file.replace("\\", "/"), sheet or "", row))
    return by


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    return _made(tmp_path_factory.mktemp("planted"), "--seed", "8", "--villages", "10")


@pytest.fixture(scope="module")
def thick(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    options = ("--seed", "8", "--villages", "9", "--thick", "--only", DIGITS)
    return _made(tmp_path_factory.mktemp("thick"), *options)


def _is_hit(made: SimpleNamespace, hint: dict, model: str) -> bool:
    rows = [
        {(p["file"], p["sheet"], p["row"]) for p in (r, *r.get("also", []))} for r in hint["rows"]
    ]
    return any(
        sum(bool(places & hit.cited) for places in rows) >= 3
        for hit in made.hits[model, hint["town"], hint["village"]]
    )


def _check(made: SimpleNamespace, model: str) -> None:
    mine = [item for item in made.items if item.models[0] == model]
    problems = [item for item in mine if item.kind == "problems"]
    hints = [hint for hint in made.hints if hint["models"] == [model]]
    innocents = [item for item in mine if item.kind == "lookalikes"]
    assert problems or hints, "nothing planted"
    assert innocents, "no look-alike"
    assert model in made.ran
    assert [item.text for item in problems if not _found(made, item, model)] == []
    assert [hint["case"] for hint in hints if not _is_hit(made, hint, model)] == []
    assert [item.text for item in innocents if _is_shown(made, item, model)] == []


def _found(made: SimpleNamespace, item: Item, model: str) -> bool:
    """A candidate that cites the rows, and the model is one of those that say so."""
    return any(model in made.models[c.id] for c in item.hits)


def _is_shown(made: SimpleNamespace, item: Item, model: str) -> bool:
    return any(model in made.models[c.id] and not c.problems for c in item.hits)


@pytest.mark.parametrize("model", MODELS)
def test_finds_its_cases_and_no_lookalike(made: SimpleNamespace, model: str) -> None:
    _check(made, model)


def test_first_digits(thick: SimpleNamespace) -> None:
    _check(thick, DIGITS)


def test_every_model_has_a_plant() -> None:
    """A model that is added must come with a planted case and a look-alike."""
    spec = importlib.util.spec_from_file_location("demo_plants", MAKE)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["demo_plants"] = module
    spec.loader.exec_module(module)
    from round.plant.stage import INNOCENTS, PROBLEMS

    assert set(PROBLEMS) == set(shipped_models())
    assert set(INNOCENTS) | {"M31"} == set(
        shipped_models()
    )  # a whole town's December stands for M31
