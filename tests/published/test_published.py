"""Published cases, made again as invented rows: each model the case names finds its rows, the innocent twins stay quiet."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from xuncha_lib.knowledge import read_yaml
from xuncha_lib.models import shipped_models
from xuncha_lib.models.workshop import run_case

CASES = {
    path.stem: read_yaml(path.read_text(encoding="utf-8"))
    for path in sorted(Path(__file__).parent.glob("case*.yml"))
}
RUNS = [
    pytest.param(name, model, id=f"{name}-{model}")
    for name, case in CASES.items()
    for model in case.get("found", {})
]


def _hits(name: str, model: str) -> list[dict[str, Any]]:
    """Hits without an explanation in the data: those that may become leads."""
    case = CASES[name]
    knobs = {"knobs": case["knobs"][model]} if model in case.get("knobs", {}) else {}
    found = run_case(shipped_models()[model], {"case": name, **case["rows"], **knobs, "hits": []})
    return [hit for hit in found if hit["explained"] is None]


def _agrees(hit: dict[str, Any], wanted: dict[str, Any]) -> bool:
    """Whether a hit rests on just the wanted rows, with the sum and the words asked for."""
    return (
        sorted(hit["evidence"]) == sorted(wanted["evidence"])
        and (
            "amount_yuan" not in wanted
            or hit["amount_yuan"] == pytest.approx(wanted["amount_yuan"])
        )
        and str(wanted.get("reason", "")) in hit["reason"]
    )


def _row_ids(rows: dict[str, list[dict[str, Any]]]) -> Iterator[int]:
    yield from (row["row_id"] for table in rows.values() for row in table if "row_id" in row)


@pytest.mark.parametrize(("name", "model"), RUNS)
def test_named_models_find_the_case_and_nothing_else(name: str, model: str) -> None:
    hits = _hits(name, model)
    shown = [(hit["evidence"], hit["amount_yuan"], hit["reason"]) for hit in hits]
    wanted = CASES[name]["found"][model]
    assert len(hits) == len(wanted), shown
    for want in wanted:
        assert any(_agrees(hit, want) for hit in hits), (want, shown)


@pytest.mark.parametrize(("name", "model"), RUNS)
def test_innocent_twins_stay_quiet(name: str, model: str) -> None:
    quiet = set(CASES[name].get("quiet", []))
    assert quiet <= set(_row_ids(CASES[name]["rows"])), "a quiet row that is not there says nothing"
    for hit in _hits(name, model):
        assert not quiet & set(hit["evidence"]), hit["reason"]


@pytest.mark.parametrize("name", CASES)
def test_head_says_what_the_case_is(name: str) -> None:
    case = CASES[name]
    assert case["number"] == int(name[4:6])
    assert case["finding"].isascii() and case["finding"].endswith(".")
    assert set(case["found"]) <= set(shipped_models())
    ids = list(_row_ids(case["rows"]))
    assert len(ids) == len(set(ids)), "a row_id given twice"


def test_all_28_cases_are_here() -> None:
    assert sorted(case["number"] for case in CASES.values()) == list(range(1, 29))
