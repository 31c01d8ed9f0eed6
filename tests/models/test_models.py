"""Every model on the cases of its YAML file: what must be found, and what must stay quiet."""

import datetime
from pathlib import Path
from typing import Any

import pytest

from xuncha_lib.models import shipped_models
from xuncha_lib.models.workshop import read_cases, run_case

FOLDER = Path(__file__).parent
CASES = [
    pytest.param(path.stem.split("_")[0], case, id=f"{path.stem.split('_')[0]}-{case['case']}")
    for path in sorted(FOLDER.glob("M*.yml"))
    for case in read_cases(path)
]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.date):
        return value.isoformat()
    return (
        round(float(value), 4)
        if isinstance(value, int | float) and not isinstance(value, bool)
        else value
    )


def _agrees(hit: dict[str, Any], wanted: dict[str, Any]) -> bool:
    """Whether a hit is the wanted one; `explained` and `reason` are matched by part, true = any text."""
    for key, value in wanted.items():
        found = hit[key]
        if key in {"evidence", "context"}:
            if sorted(found) != sorted(value):
                return False
        elif key == "explained" and isinstance(value, bool):
            if (found is not None) != value:
                return False
        elif key in {"reason", "explained", "subject"} and value is not None:
            if str(value) not in str(found):
                return False
        elif key == "amount_yuan" and found is not None:
            if abs(float(found) - float(value)) > 0.005:
                return False
        elif _plain(found) != _plain(value):
            return False
    return True


@pytest.mark.parametrize(("model_id", "case"), CASES)
def test_case(model_id: str, case: dict[str, Any]) -> None:
    hits = run_case(shipped_models()[model_id], case)
    shown = [{k: v for k, v in hit.items() if v is not None} for hit in hits]
    assert len(hits) == len(case["hits"]), shown
    left = list(hits)
    for wanted in case["hits"]:
        wanted = {"explained": False} | wanted
        match = next((hit for hit in left if _agrees(hit, wanted)), None)
        assert match is not None, (wanted, shown)
        left.remove(match)
