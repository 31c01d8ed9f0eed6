"""The 1+X list: every form stands in one state, and only what was really checked reads as nothing found."""

import duckdb
import openpyxl
import pytest

from xuncha_lib.checklist import load_checklist
from xuncha_lib.models import prepare, shipped_models
from xuncha_lib.models.blank import blank_case
from xuncha_lib.report.forms import STATES, prepare_forms


@pytest.fixture
def con():
    """Two villages. M11 ran, but V2 handed in nothing for it; M34 did not run; V1 has a candidate of M12."""
    case = blank_case()
    case.execute(
        "INSERT INTO village (village_code, village_name) VALUES ('V1', '甲村'), ('V2', '乙村')"
    )
    case.execute("CREATE TABLE hit (model_id VARCHAR, village_code VARCHAR, explained VARCHAR)")
    prepare(case)
    case.execute(
        "CREATE TABLE model_run (model_id VARCHAR, village_code VARCHAR, status VARCHAR, why VARCHAR)"
    )
    case.execute(
        """INSERT INTO model_run VALUES ('M11', NULL, 'ran', NULL), ('M11', 'V2', 'not_run', '缺T17死亡信息'),
           ('M12', NULL, 'ran', NULL), ('M34', NULL, 'not_run', '缺标准 cash_single_yuan')"""
    )
    case.execute(
        "CREATE TABLE candidate (village_code VARCHAR, forms VARCHAR[], rank INT, status VARCHAR)"
    )
    case.execute(
        """INSERT INTO candidate VALUES ('V1', ['F07', 'F68'], 1, '候选'), ('V1', ['F07'], 2, '属实'), ('V2', ['F07'], 26, '不属实')"""
    )
    models = {key: shipped_models()[key] for key in ("M11", "M12", "M34")}
    prepare_forms(case, models)
    return case


def states(con, village):
    rows = con.execute(
        "SELECT form, state, source, ranks, why FROM report_form WHERE village_code = ?", [village]
    )
    return {row[0]: row[1:] for row in rows.fetchall()}


def test_states(con):
    """Found; found though on no list; checked; checked in part; not checked, with the reason; needs people."""
    one, two = states(con, "V1"), states(con, "V2")
    common = {form for form, (_, _, is_common) in load_checklist().forms.items() if is_common}
    assert set(one) == common | {"F68"} and set(two) == common
    assert one["F07"] == ("found", "通", [1, 2], None)
    assert one["F68"][:2] == ("found", "候选")
    assert two["F07"][0] == "clear", "what was dismissed is not a candidate"
    assert (one["F05"][0], two["F05"][0]) == ("clear", "not_checked")
    assert two["F05"][3] == "缺T17死亡信息"
    assert (one["F06"][0], two["F06"][0]) == ("clear", "part")
    assert one["F21"][0] == "not_checked" and "缺标准" in one["F21"][3]
    assert one["F56"][0] == "people"


def test_in_page_register_and_round(small_round):
    """The same counts in all three; pages keep their size."""
    con = duckdb.connect(str(small_round.case_file), read_only=True)
    village = small_round.result.villages[0]
    folder = small_round.out / "villages" / village["folder"]
    counts = dict(
        con.execute(
            "SELECT state, count(*) FROM report_form WHERE village_code = ? GROUP BY 1",
            [village["village_code"]],
        ).fetchall()
    )
    page = (folder / "report.html").read_text(encoding="utf-8")
    for state, n in counts.items():
        assert f"{STATES[state]}<br>{n}项" in page
    sheet = openpyxl.load_workbook(folder / "register.xlsx")["1+X清单"]
    listed = [
        row[4].value for row in sheet.iter_rows(min_row=3) if str(row[0].value).startswith("F")
    ]
    assert {STATES[state]: n for state, n in counts.items()} == {
        s: listed.count(s) for s in set(listed)
    }
    assert "1+X 清单" in (small_round.out / "round.html").read_text(encoding="utf-8")
    for path in small_round.out.rglob("report.*"):
        assert path.stat().st_size <= (40_960 if path.suffix == ".html" else 61_440), path
