"""Published cases about quantity: rows grown from the numbers of the case file, and exactly the planted ones found."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from xuncha_lib.knowledge import read_yaml
from xuncha_lib.models import shipped_models
from xuncha_lib.models.blank import blank_case
from xuncha_lib.models.workshop import run_case
from xuncha_lib.people import link
from xuncha_lib.values import check_digit
from xuncha_lib.values.identity import id_number_of

Rows = dict[str, list[dict[str, Any]]]


def _grow(stem: str) -> dict[str, Any]:
    text = Path(__file__).with_name(f"{stem}.yml").read_text(encoding="utf-8")
    return read_yaml(text)["grow"]


def _hits(model: str, rows: Rows, **more: str) -> list[dict[str, Any]]:
    return run_case(shipped_models()[model], {"case": model, **rows, **more, "hits": []})


def _evidence(hits: list[dict[str, Any]]) -> list[int]:
    return sorted(row for hit in hits if hit["explained"] is None for row in hit["evidence"])


def _relief(row: int, person: int) -> dict[str, Any]:
    return {
        "row_id": row, "beneficiary": person, "programme": "农村低保", "programme_code": "B03",
        "paid_on": date(2022, 6 + row % 3, 15), "amount_yuan": 380 + row % 90,
    }  # fmt: skip


def _five_registers(count: int) -> Rows:
    """A roll of `count` persons, five of whom stand on one other register each, beside many others who are on no roll."""
    base = 10_000
    return {
        "subsidy": [_relief(n, n) for n in range(1, count + 1)],
        "committee": [{"row_id": base + 1, "person": 101, "post": "村委会委员", "started_on": date(2018, 1, 1)}],
        "payroll": [
            {"row_id": base + 100 + n, "person": 202 if n == 0 else base + n, "employer": "石桥镇中学", "category": "事业",
             "state": "在职", "entered_on": date(2008, 9, 1)} for n in range(60)
        ],
        "death": [
            {"row_id": base + 200 + n, "deceased": 303 if n == 0 else base + 100 + n, "died_on": date(2021, 3, 1 + n % 28)}
            for n in range(60)
        ],
        "vehicle": [
            {"row_id": base + 300 + n, "owner": 404 if n == 0 else base + 200 + n, "vehicle_kind": "小型轿车", "state": "正常",
             "registered_on": date(2019, 3, 1 + n % 28), "value_yuan": 60000} for n in range(60)
        ],
        "business": [
            {"row_id": base + 400 + n, "company": f"石桥{n}号贸易有限公司", "company_org": f"石桥{n}号贸易", "state": "存续",
             "legal_person": 505 if n == 0 else base + 300 + n, "company_kind": "有限责任公司", "is_active": True,
             "founded_on": date(2017, 3, 1), "capital_yuan": 500000} for n in range(60)
        ],
    }  # fmt: skip


FIVE = {"M08": 101, "M10": 202, "M11": 303, "M16": 404, "M19": 505}
NEEDED = {"M08": "committee", "M10": "payroll", "M11": "death", "M16": "vehicle", "M19": "business"}


@pytest.mark.parametrize("model", FIVE)
def test_case08_each_register_leaves_its_one_person(model: str) -> None:
    rows = _five_registers(_grow("case08_many_kinds_many_rows")["payments"])
    assert _evidence(_hits(model, rows)) == [FIVE[model]]


@pytest.mark.parametrize("model", FIVE)
def test_case08_a_register_not_handed_in_is_named(model: str) -> None:
    rows = _five_registers(600)
    del rows[NEEDED[model]]
    assert _hits(model, rows, not_run="缺T") == []


def test_case09_what_drops_out_says_why() -> None:
    grow = _grow("case09_funnel")
    kin, filed = grow["kin"], grow["filed"]
    rows: Rows = {
        "subsidy": [_relief(n, n) for n in range(1, grow["payments"] + 1)],
        "committee": [{"row_id": 9001, "person": 8001, "post": "村委会主任", "started_on": date(2018, 1, 1)}],
        "relative": [
            {"row_id": 9100 + n, "cadre": 8001, "relative": n, "relation": "妹妹"} for n in range(1, kin + 1)
        ],
        "relief_filing": [
            {"row_id": 9200 + n, "worker": 8001, "relative": n, "relation": "兄妹", "programme": "农村低保",
             "filed_on": date(2021, 1, 5)} for n in range(1, filed + 1)
        ],
    }  # fmt: skip
    hits = _hits("M09", rows)
    assert len(hits) == kin
    assert _evidence(hits) == list(range(filed + 1, kin + 1))
    assert all("备案" in hit["explained"] for hit in hits if hit["explained"])


def _contracts(grow: dict[str, int]) -> Rows:
    """Leases of ponds, farmland and hills; the first owe rent, the last run over their term, the rest are in order."""
    count, late, over = grow["contracts"], grow["arrears"], grow["over_term"]
    rows = []
    for n in range(1, count + 1):
        years = 35 if n > count - over else 5 + n % 15
        owed = 700 + 10 * n if n <= late else 0
        rows.append({
            "row_id": n, "village_code": f"V{n % 12}", "object_name": f"{n}号{('鱼塘', '机动地', '旱地')[n % 3]}",
            "lessee_name": f"承包户{n}", "signed_on": date(2015, 1, 1), "starts_on": date(2015, 1, 1),
            "ends_on": date(2014 + years, 12, 31), "annual_yuan": 2000.0 + n, "due_yuan": 16000.0 + 8 * n,
            "received_yuan": 16000.0 + 8 * n - owed, "arrears_yuan": owed,
        })  # fmt: skip
    limits = {"lease_max_years": 20, "family_contract_max_years": 30, "family_contract_woodland_max_years": 70, "waste_land_max_years": 50}  # fmt: skip
    known = [
        {"name": name, "place": "*", "valid_from": date(1990, 1, 1), "value": value, "unit": "年"}
        for name, value in limits.items()
    ]
    return {"contract": rows, "limit_value": known}


def test_case18_just_the_arrears_and_the_long_terms() -> None:
    grow = _grow("case18_contracts_cleared")
    count, late, over = grow["contracts"], grow["arrears"], grow["over_term"]
    assert (late / count, over / count) == (0.22, 0.048)
    rows = _contracts(grow)
    assert _evidence(_hits("M45", rows)) == list(range(1, late + 1))
    assert _evidence(_hits("M42", rows)) == list(range(count - over + 1, count + 1))


def _linked(mentions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Links that linkage finds between different mentions, each once: [{a, b, level}]."""
    con = blank_case()
    for n, mention in enumerate(mentions, 1):
        row = {"mention_id": n, "name_raw": mention["name"], "name_state": "ok"} | mention
        marks = ", ".join("?" * len(row))
        con.execute(f"INSERT INTO mention ({', '.join(row)}) VALUES ({marks})", list(row.values()))
    link(con)
    found = con.execute("SELECT a, b, level FROM same_person WHERE a < b ORDER BY ALL").fetchall()
    return [dict(zip(("a", "b", "level"), row, strict=True)) for row in found]


def _number(n: int) -> str:
    body = f"3701241958{1 + n % 12:02d}{1 + n % 28:02d}{100 + n:03d}"
    return body + check_digit(body)


def _altered(number: str, way: str) -> str:
    if way == "digit":
        return number[:15] + str((int(number[15]) + 3) % 10) + number[16:]
    if way == "swapped":
        return number[:8] + number[9] + number[8] + number[10:]
    return number[:15] + "000"


@pytest.mark.parametrize("way", ["digit", "swapped", "cut"])
@pytest.mark.parametrize("n", [3, 18, 64])
def test_case27_an_altered_number_is_seen_and_linked_only_at_level_3(way: str, n: int) -> None:
    right = _number(n)
    read = id_number_of(_altered(right, way))
    assert read.state in {"check_failed", "damaged"}
    fields = {"id_state": read.state} | (
        {"id_mask": read.mask} if read.state == "damaged" else {"id_no": read.number}
    )
    person = {"name": "欧阳建平", "village_code": "V1"}
    links = _linked([person | {"id_no": right, "id_state": "valid"}, person | fields])
    assert links == [{"a": 1, "b": 2, "level": 3}]


def test_case27_a_stranger_near_an_altered_number_is_not_linked() -> None:
    right = _number(3)
    known = {"name": "欧阳建平", "id_no": right, "id_state": "valid", "village_code": "V1"}
    other = {"name": "司徒春生", "id_no": _altered(right, "digit"), "id_state": "check_failed", "village_code": "V1"}  # fmt: skip
    assert _linked([known, other]) == []


@pytest.fixture(scope="module")
def namesakes() -> list[dict[str, Any]]:
    """Two of three with a number of their own, the third with a name only; two or three to a village."""
    grow = _grow("case28_one_name_many_villages")
    return [
        {"mention_id": n + 1, "name": grow["name"], "village_code": f"V{n % grow['villages']}"}
        | ({"id_no": _number(n), "id_state": "valid"} if n % 3 else {"id_state": "missing"})
        for n in range(grow["times"])
    ]


def _name_rolls(namesakes: list[dict[str, Any]], rolled: list[dict[str, Any]]) -> Rows:
    """`rolled` on a relief roll, the last but one of the namesakes registered dead, the last in a post."""
    *_, dead, official = namesakes
    limits = ("exclusive_relief_with_support_months", "exclusive_support_with_nursing_months", "housing_again_years")  # fmt: skip
    return {
        "mention": namesakes,
        "same_person": _linked(namesakes),
        "subsidy": [
            _relief(m["mention_id"], m["mention_id"]) | {"village_code": m["village_code"]} for m in rolled
        ],
        "committee": [
            {"row_id": 900, "village_code": official["village_code"], "person": official["mention_id"], "post": "村委会委员",
             "started_on": date(2018, 1, 1)}
        ],
        "death": [
            {"row_id": 901, "village_code": dead["village_code"], "deceased": dead["mention_id"], "died_on": date(2019, 1, 1)}
        ],
        "limit_value": [
            {"name": name, "place": "*", "valid_from": date(2000, 1, 1), "value": 1, "unit": "月"} for name in limits
        ],
    }  # fmt: skip


@pytest.mark.parametrize("model", ["M08", "M11", "M12", "M13", "M15"])
def test_case28_one_name_on_many_rolls_is_no_hit(
    model: str, namesakes: list[dict[str, Any]]
) -> None:
    assert _hits(model, _name_rolls(namesakes, namesakes[:-2])) == []


@pytest.mark.parametrize(("model", "nth"), [("M08", -1), ("M11", -2)])
def test_case28_the_one_who_really_is_there_is_found_among_them(
    model: str, nth: int, namesakes: list[dict[str, Any]]
) -> None:
    hits = _hits(model, _name_rolls(namesakes, namesakes))
    assert _evidence(hits) == [namesakes[nth]["mention_id"]]
