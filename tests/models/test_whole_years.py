"""Models that need whole years of several villages: their rows are made here instead of being written out."""

from datetime import date
from typing import Any

from xuncha_lib.models import shipped_models
from xuncha_lib.models.workshop import run_case


def _year(village: str, december: list[tuple[float, str]], first: int) -> list[dict[str, Any]]:
    """Four ordinary payments a month, and what December adds."""
    rows = [
        (date(2023, month, 3 + 5 * k), 300 + 7 * month + 11 * k, f"零星事项{'甲乙丙丁'[k]}")
        for month in range(1, 13)
        for k in range(4)
    ] + [(date(2023, 12, 10 + n), yuan, summary) for n, (yuan, summary) in enumerate(december)]
    return [
        {"row_id": first + n, "village_code": village, "entry_on": day, "summary": summary,
         "payment_yuan": yuan, "payee_name": f"{village}店{n}"}
        for n, (day, yuan, summary) in enumerate(rows)
    ]  # fmt: skip


def _round(*added: list[tuple[float, str]]) -> dict[str, Any]:
    rows = [
        row
        for n in range(5)
        for row in _year(f"V{n}", added[n] if n < len(added) else [], 1000 * n)
    ]
    return {"case": "整年", "cashbook": rows, "hits": []}


def _hits(case: dict[str, Any]) -> list[dict[str, Any]]:
    return run_case(shipped_models()["M31"], case)


def test_a_rush_in_one_village() -> None:
    (hit,) = _hits(_round([(30000.0, "购办公家具"), (26000.0, "制作文化墙面")]))
    assert hit["village_code"] == "V0"
    assert hit["explained"] is None
    assert {48, 49} <= set(hit["evidence"])
    assert len(hit["evidence"]) <= 10


def test_quiet_without_a_rush() -> None:
    assert _hits(_round()) == []


def test_works_paid_by_contract_are_no_rush() -> None:
    """innocent: 工程款按进度年底结算."""
    assert _hits(_round([(90000.0, "付道路硬化工程进度款")])) == []


def test_the_whole_town_paid_in_december() -> None:
    """innocent: 全镇同期普遍集中支出; every village alike is no outlier at all."""
    same = [(30000.0, "发放一次性种粮补助款")]
    assert _hits(_round(same, same, same, same, same)) == []


def test_late_grants_explain_it() -> None:
    """innocent: 上级资金年底到账后拨付."""
    case = _round([(30000.0, "购保洁三轮车")])
    case["cashbook"].append(
        {"row_id": 9999, "village_code": "V0", "entry_on": date(2023, 12, 2), "summary": "收上级财政拨款",
         "receipt_yuan": 30000, "payee_name": "财政所"}
    )  # fmt: skip
    (hit,) = _hits(case)
    assert hit["explained"]


def test_digits_need_many_rows() -> None:
    assert run_case(shipped_models()["M30"], _round()) == []
