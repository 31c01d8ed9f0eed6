"""Who sent what: received, missing, late, doubled; what to ask back; a score that says only how good the material is."""

import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

import xuncha_lib as xc
from xuncha_lib.checklist.supply import load_supply
from xuncha_lib.cli import main
from xuncha_lib.errors import UnknownName, XunchaError
from xuncha_lib.runs.intake import intake_summary

sys.path.insert(0, str(Path(__file__).parents[1] / "ingest"))
from books import IDS, xlsx

HEAD = ["日期", "凭证号", "摘要", "收款人", "收入", "支出", "余额"]
LIST = """
S1: {zh: 收支明细, package: D09, from: 村, kinds: [cashbook, voucher], per: month, need: must}
S2: {zh: 合同台账, package: D10, from: 村, kinds: [contract], per: once, need: must}
S3: {zh: 最低生活保障, package: D05, from: 部门, kinds: [subsidy], programme: B03, per: year, need: must}
S4: {zh: 死亡人口, package: D06, from: 部门, kinds: [death], per: once, need: must, of: round}
S5: {zh: 会议记录, package: D10, from: 村, kinds: [meeting], per: once, need: may}
"""


def ledger(months, year=2023, extra=()):
    rows = [[f"{year}.{m}.5", f"记-{m}", "购办公用品", "张伟", None, 100 + m, 9000] for m in months]
    return {"收支": [HEAD, *rows, *extra]}


@pytest.fixture(scope="module")
def case_file(tmp_path_factory):
    """燕家庄村: a year of books without July, twice; 上洼村: a damaged ID, a total that is wrong, no contract, an unknown sheet."""
    folder = tmp_path_factory.mktemp("supply")
    raw = folder / "raw"
    months = [m for m in range(1, 13) if m != 7]
    xlsx(raw / "孔村镇/燕家庄村/2023年收支明细.xlsx", ledger(months))
    xlsx(
        raw / "孔村镇/燕家庄村/2023年收支明细(改).xlsx",
        ledger(months, extra=[["2023.12.9", "记-13", "购煤", "李四", None, 7, 8000]]),
    )
    contract = ["合同编号", "承包方", "承包面积(亩)", "起始日期", "终止日期", "年承包费"]
    xlsx(
        raw / "孔村镇/燕家庄村/合同台账.xlsx",
        {
            "表": [
                contract,
                ["01", "张伟", 12, "2010.1.1", "2039.12.31", 1200],
                ["02", "李四", 3, "2010.1.1", "2039.12.31", 300],
            ]
        },
    )
    xlsx(
        raw / "孔村镇/上洼村/2023年收支明细.xlsx",
        ledger(range(1, 13), extra=[["合计", None, None, None, None, 999999, None]]),
    )
    xlsx(
        raw / "孔村镇/上洼村/机井清单.xlsx",
        {
            "表": [
                ["编号", "位置", "深度(米)", "出水量"],
                [1, "村南", 80, "好"],
                [2, "村北", 90, "好"],
            ]
        },
    )
    relief = ["村", "姓名", "身份证号", "发放日期", "补贴金额"]
    rows = [
        ["燕家庄村", "张伟", IDS[0], "2023.5.1", 300],
        ["上洼村", "李四", 3.70124e17, "2023.5.1", 300],
        ["上洼村", "王芳", IDS[1], "2023.6.1", 300],
    ]
    xlsx(raw / "民政局/2023年低保发放.xlsx", {"低保": [relief, *rows]})
    (folder / "supply.yml").write_text(LIST, encoding="utf-8")
    (folder / "xuncha.toml").write_text("deadline = 2026-03-01\n", encoding="utf-8")
    register = "path,received_on\n孔村镇,2026-02-20\n民政局,2026-03-05\n孔村镇/燕家庄村/合同台账.xlsx,2026-03-02\n"
    (folder / "received.csv").write_text(register, encoding="utf-8-sig")
    summary = intake_summary(raw, folder / "a.duckdb", jobs=1)
    assert {v["village_name"] for v in summary.as_dict()["supply"]["villages"]} == {
        "燕家庄村",
        "上洼村",
    }
    return folder / "a.duckdb"


@pytest.fixture
def case(case_file):
    with xc.open_case(case_file) as opened:
        yield opened


def test_received_partial_missing_late_and_doubled(case):
    """Each item of the round's own list, per village; late by the register of receipts, the longest path counting."""
    found = {
        (r.village_name, r.zh): r
        for r in case.supply().itertuples()
        if isinstance(r.village_name, str)
    }
    one = found["燕家庄村", "收支明细"]
    assert (one.status, list(one.months_missing), one.is_late) == ("partial", [7], False)
    assert one.doubles[0].startswith("孔村镇/燕家庄村/2023年收支明细.xlsx：")
    assert found["上洼村", "收支明细"].status == "received"
    assert found["燕家庄村", "合同台账"].is_late
    assert found["燕家庄村", "合同台账"].received_on.date() == date(2026, 3, 2)
    assert found["上洼村", "合同台账"].status == "missing"
    assert found["上洼村", "最低生活保障"].is_late
    whole = case.supply().query("village_code.isna()")
    assert whole[["zh", "status"]].values.tolist() == [["死亡人口", "missing"]]


def test_the_newer_version_says_what_changed(case):
    """The older book is kept on file with the rows that differ."""
    ((why,),) = case.query("SELECT why FROM sheet WHERE status = 'superseded'").values.tolist()
    assert "新版另有1行（第13行）" in why


def test_what_to_ask_back_names_file_and_rows(case):
    """Missing, illegible, unread, wrong totals: with the place and what to do."""
    asks = case.asks("上洼村")
    told = {m: g for m, g in asks.groupby("matter")}
    assert "合同台账" in set(told["缺少"].what)
    assert told["没有读入"].file.tolist() == ["孔村镇/上洼村/机井清单.xlsx"]
    assert "999999" in told["合计不一致"].what.iloc[0]
    round_wide = case.asks()
    damaged = round_wide[round_wide.matter == "看不清"]
    assert damaged.what.str.contains("身份证号").any() and damaged.what.str.contains("第3行").any()


def test_scores_compare_material_not_people(case):
    """Between 0 and 100; the village that lacks its contracts and has a wrong total is lower; parts say why."""
    quality = case.quality().set_index("village_name")
    assert quality.score.between(0, 100).all()
    assert quality.score["上洼村"] < quality.score["燕家庄村"]
    assert quality.totals["上洼村"] == 0.0
    assert quality.ids["上洼村"] == 0.5


def test_coverage_by_kind_and_year(case):
    """Rows in the case by village, kind and year; superseded books do not count twice."""
    held = case.coverage().set_index(["village_name", "table"]).rows
    assert held["燕家庄村", "cashbook"] == 12
    assert held["上洼村", "subsidy"] == 2


def test_books_to_send_back(case_file, tmp_path):
    """One per village with what to hand in, and the office's; no ID number, no word about leads; equal cases, equal bytes."""
    out = tmp_path / "清单"
    told = CliRunner().invoke(main, ["supply", str(case_file), "--out", str(out)])
    assert told.exit_code == 0, told.output
    assert "须补：" in told.output and "全轮未收到：死亡人口" in told.output
    names = sorted(p.name for p in out.iterdir())
    assert names == [
        "孔村镇上洼村资料补交清单.xlsx",
        "孔村镇燕家庄村资料补交清单.xlsx",
        "资料收集汇总.xlsx",
    ]
    text = ""
    for path in out.iterdir():
        book = openpyxl.load_workbook(path)
        text += "\n".join(str(c.value) for s in book for row in s.iter_rows() for c in row)
    assert "缺7月" in text and "合同台账" in text
    assert not [n for n in IDS if n in text]
    assert "线索" not in text and "疑似" not in text
    before = {p.name: p.read_bytes() for p in out.iterdir()}
    CliRunner().invoke(main, ["supply", str(case_file), "--out", str(out)])
    assert {p.name: p.read_bytes() for p in out.iterdir()} == before


def test_the_shipped_list_holds_and_mistakes_name_the_nearest(tmp_path):
    """Every item names tables that exist; an unknown key, kind or choice says what was meant."""
    assert len({item.id for item in load_supply()}) == len(load_supply()) > 30
    own = tmp_path / "supply.yml"
    own.write_text(
        "S1: {zh: x, package: D1, from: 村, kinds: [cashbok], per: year, need: must}",
        encoding="utf-8",
    )
    with pytest.raises(UnknownName, match="cashbook"):
        load_supply(own)
    own.write_text(
        "S1: {zh: x, package: D1, from: 村, kinds: [cashbook], per: yaer, need: must}",
        encoding="utf-8",
    )
    with pytest.raises(UnknownName, match="year"):
        load_supply(own)
    own.write_text("S1: {zh: x}", encoding="utf-8")
    with pytest.raises(XunchaError):
        load_supply(own)


def test_an_unknown_village_names_the_nearest(case):
    with pytest.raises(UnknownName, match="上洼村"):
        case.supply("上洼寸")
