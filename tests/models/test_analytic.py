"""M29 and M32 compare villages: their rows are made here. Neither may ever stand as a lead by itself."""

from datetime import date, timedelta
from typing import Any

import pytest

from xuncha_lib.candidates.build import LEAST_CHANCE
from xuncha_lib.errors import XunchaError
from xuncha_lib.models import shipped_models
from xuncha_lib.models.M32_holiday_spending import rest_days
from xuncha_lib.models.workshop import run_case

VILLAGES = [f"V{n}" for n in range(9)]
LIMIT = [
    {"name": "approval_yuan", "place": "*", "valid_from": date(2000, 1, 1), "value": 2000.0, "unit": "元"}
]  # fmt: skip


def _book(
    village: str, sums: list[float], what: str = "零星事项", day: date = date(2023, 3, 1)
) -> list[dict[str, Any]]:
    first = 1 + 1000 * VILLAGES.index(village)
    return [
        {"row_id": first + n, "village_code": village, "entry_on": day + timedelta(days=n % 25), "payment_yuan": yuan,
         "summary": f"{what}{chr(0x4E00 + 7 * n)}", "payee_name": f"{village}店{n}"}
        for n, yuan in enumerate(sums)
    ]  # fmt: skip


def _hits(model: str, *books: list[dict[str, Any]], **more: Any) -> list[dict[str, Any]]:
    case = {"case": model, "cashbook": [row for book in books for row in book], "hits": [], **more}
    hits = run_case(shipped_models()[model], case)
    assert all(hit["p"] < LEAST_CHANCE for hit in hits)
    return hits


def _uneven(count: int = 70) -> list[float]:
    return [203.0 + 37 * n for n in range(count)]


def test_round_thousands_in_one_village() -> None:
    books = [_book(v, _uneven()) for v in VILLAGES[1:]]
    (hit,) = _hits("M29", _book("V0", [1000.0 * (1 + n % 9) for n in range(70)]), *books)
    assert (hit["village_code"], hit["subject_key"]) == ("V0", "round_sums")
    assert len(hit["evidence"]) == 10


def test_every_village_pays_round_sums() -> None:
    assert (
        _hits("M29", *[_book(v, [1000.0 * (1 + n % 9) for n in range(70)]) for v in VILLAGES]) == []
    )


def test_standard_sums_are_left_out() -> None:
    """innocent: 补贴工资保险等按标准发放."""
    books = [_book(v, _uneven()) for v in VILLAGES[1:]]
    assert (
        _hits("M29", _book("V0", [1000.0 * (1 + n % 9) for n in range(70)], "发放工资"), *books)
        == []
    )


def test_many_sums_just_below_the_limit_on_file() -> None:
    sums = [1900.0 + n for n in range(22)] + [2050.0, 2100.0]
    (hit,) = _hits("M29", _book("V0", sums), limit_value=LIMIT)
    assert hit["subject_key"] == "edge_sums"
    assert "在案审批限额" in hit["reason"]


def test_without_a_limit_round_figures_stand_in_and_it_says_so() -> None:
    (hit,) = _hits("M29", _book("V0", [4600.0 + 10 * n for n in range(22)]))
    assert "5,000" in hit["reason"]
    assert "没有在案限额" in hit["reason"]


def test_as_many_above_the_limit() -> None:
    """innocent: 笔数少; both sides of the limit alike."""
    sums = [1900.0 + n for n in range(14)] + [2001.0 + n for n in range(12)]
    assert _hits("M29", _book("V0", sums), limit_value=LIMIT) == []
    assert _hits("M29", _book("V0", [1900.0 + n for n in range(8)]), limit_value=LIMIT) == []


def test_calendar_knows_days_off_and_days_worked_instead() -> None:
    off = rest_days()
    assert {date(2023, 1, 22), date(2024, 10, 1), date(2023, 9, 30)} <= off
    assert date(2023, 10, 7) not in off


def _meals(village: str, first: date) -> list[dict[str, Any]]:
    return _book(village, [180.0 + 11 * n for n in range(24)], "付餐费", first)


def test_meals_on_holidays_in_one_village() -> None:
    ordinary = [_meals(v, date(2023, 3, 1)) for v in VILLAGES[1:]]
    (hit,) = _hits("M32", _meals("V0", date(2023, 9, 25)), *ordinary)
    assert hit["village_code"] == "V0"
    assert hit["first_on"] == date(2023, 9, 29)


@pytest.mark.parametrize("words", ["防汛值班餐费", "防火值守用工"])
def test_duty_on_holidays(words: str) -> None:
    """innocent: 防汛值班等节日必须的工作."""
    ordinary = [_meals(v, date(2023, 3, 1)) for v in VILLAGES[1:]]
    duty = _book("V0", [180.0 + 11 * n for n in range(24)], words, date(2023, 9, 25))
    assert _hits("M32", duty, *ordinary) == []


def test_every_village_works_on_holidays() -> None:
    """innocent: 村里活动多在节日."""
    assert _hits("M32", *[_meals(v, date(2023, 9, 25)) for v in VILLAGES]) == []


def test_years_without_a_calendar_are_not_called_quiet() -> None:
    with pytest.raises(XunchaError, match="放假安排"):
        _hits("M32", _meals("V0", date(1999, 9, 25)))


@pytest.mark.parametrize("model", ["M29", "M32"])
def test_without_a_ledger_it_did_not_run(model: str) -> None:
    assert (
        _hits(
            model,
            not_run="缺T05",
            death=[{"row_id": 1, "deceased": 2, "died_on": date(2023, 1, 1)}],
        )
        == []
    )
