"""Personalised lists: each rule gives its list to the village it is meant for, to no other, and says when it cannot tell."""

import pytest

from xuncha_lib.checklist import assign_lists, load_checklist, load_lists
from xuncha_lib.models import prepare
from xuncha_lib.models.blank import blank_case

TABLES = {
    "X01": "INSERT INTO petition_count (village_code, cases, repeats) VALUES ('V1', 10, 4), ('V2', 10, 1)",
    "X02": """INSERT INTO cashbook (row_id, village_code, entry_on, summary, payment_yuan, payee_name, slip_kind)
              VALUES (1, 'V1', '2024-01-05', '购物资', 100, '甲', '白条'), (2, 'V2', '2024-01-05', '购物资', 100, '甲', '发票');
              INSERT INTO bank_flow (row_id, village_code, txn_on, out_yuan) VALUES (3, 'V2', '2024-01-05', 100)""",
    "X03": """INSERT INTO project (row_id, village_code, project_name, contract_yuan, signed_on)
              SELECT i, CASE WHEN i <= 5 THEN 'V1' ELSE 'V2' END, '工程' || i, 1000, DATE '2024-03-01' FROM range(1, 7) t(i)""",
    "X04": """INSERT INTO cashbook (row_id, village_code, entry_on, summary, receipt_yuan)
              VALUES (1, 'V1', '2024-01-05', '收租金', 100), (2, 'V2', '2024-01-05', '收租金', 100);
              INSERT INTO asset (row_id, village_code, asset_name, original_yuan) VALUES (3, 'V1', '沿街门面房', 2000000)""",
    "X05": """INSERT INTO cashbook (row_id, village_code, entry_on, summary, receipt_yuan)
              VALUES (1, 'V1', '2024-01-05', '收到征地补偿款', 90000), (2, 'V2', '2024-01-05', '收租金', 100)""",
    "X06": """INSERT INTO committee (row_id, village_code, person, post, started_on, ended_on)
              VALUES (1, 'V1', 1, '党支部书记', '2022-01-01', '2023-01-01'), (2, 'V1', 2, '党支部书记', '2023-01-01', NULL),
                     (3, 'V2', 3, '党支部书记', '2015-01-01', NULL);
              INSERT INTO mention (mention_id, name) VALUES (1, '王一'), (2, '李二'), (3, '赵三');
              INSERT INTO cashbook (row_id, village_code, entry_on, payment_yuan) VALUES (9, 'V1', '2024-01-05', 1)""",
    "X08": "INSERT INTO project (row_id, village_code, project_name, fund_source) VALUES (1, 'V1', '大棚', '衔接资金'), (2, 'V2', '路', '自筹')",
    "X09": "INSERT INTO contract (row_id, village_code, object_name, area_mu) VALUES (1, 'V1', '北山荒山', 500), (2, 'V2', '机动地', 500)",
    "X10": """INSERT INTO trial_balance (row_id, village_code, account_name, closing_yuan) VALUES (1, 'V1', '短期借款', 500000), (2, 'V2', '短期借款', 100);
              INSERT INTO village_roster (row_id, village_code, income_yuan) VALUES (3, 'V1', 100000), (4, 'V2', 100000)""",
    "X11": """INSERT INTO committee (row_id, village_code, person, post, started_on)
              VALUES (1, 'V1', 1, '党支部书记', '2010-01-01'), (2, 'V2', 2, '党支部书记', '2022-01-01');
              INSERT INTO mention (mention_id, name) VALUES (1, '王一'), (2, '李二');
              INSERT INTO cashbook (row_id, village_code, entry_on, payment_yuan) VALUES (9, 'V1', '2024-01-05', 1)""",
    "X12": "INSERT INTO village_roster (row_id, village_code, village_name, aka) VALUES (1, 'V1', '新村', '东村、西村'), (2, 'V2', '乙村', NULL)",
}  # fmt: skip


def case_of(sql=""):
    """Two villages and the rows given, prepared."""
    con = blank_case()
    con.execute(
        "INSERT INTO village (village_code, village_name, county) VALUES ('V1', '甲村', '乙县'), ('V2', '乙村', '乙县')"
    )
    con.execute("CREATE TABLE hit (model_id VARCHAR, village_code VARCHAR, explained VARCHAR)")
    con.execute(sql or "SELECT 1")
    prepare(con)
    assign_lists(con)
    return con


@pytest.mark.parametrize("key", TABLES)
def test_who_gets_which_list(key):
    con = case_of(TABLES[key])
    told = con.execute(
        "SELECT village_code, fits, why FROM village_list WHERE list_id = ? ORDER BY 1", [key]
    ).fetchall()
    assert [row[:2] for row in told] == [("V1", True), ("V2", False)], told
    assert all(row[2] for row in told)


def test_empty_tables_mean_cannot_tell_never_no():
    con = case_of()
    told = con.execute("SELECT DISTINCT fits FROM village_list").fetchall()
    assert told == [(None,)]
    reasons = dict(
        con.execute("SELECT list_id, any_value(why) FROM village_list GROUP BY 1").fetchall()
    )
    assert len(reasons) == 12
    assert all("无法判断：缺T" in why for why in reasons.values()), reasons


def test_where_people_live_is_told_by_the_register_only():
    """X07: half of those on the register are noted as living elsewhere, and the income is among the lowest fifth."""
    rows = """INSERT INTO household (row_id, village_code, person, note) VALUES (1, 'V0', 1, '长期外出'), (2, 'V1', 2, NULL);
              INSERT INTO village (village_code) SELECT 'V' || i FROM range(0, 12) t(i) WHERE i NOT IN (1, 2);
              INSERT INTO cashbook (row_id, village_code, entry_on, summary, receipt_yuan)
              SELECT 10 + i, 'V' || i, DATE '2024-01-05', '收租金', 1000 + 100 * i FROM range(0, 12) t(i)"""
    con = case_of(rows)
    told = dict(
        con.execute("SELECT village_code, fits FROM village_list WHERE list_id = 'X07'").fetchall()
    )
    assert told["V0"] is True and told["V1"] is False and told["V5"] is None


def test_a_rule_that_fails_is_told_and_the_others_go_on(monkeypatch):
    prepare_sql, lists = load_lists()
    broken = lists | {
        "X05": lists["X05"].__class__("X05", "征地拆迁村", (), ("money",), "SELECT nonsense")
    }
    monkeypatch.setattr("xuncha_lib.checklist.lists.load_lists", lambda: (prepare_sql, broken))
    con = case_of(TABLES["X05"])
    assert (
        "规则出错"
        in con.execute("SELECT any_value(why) FROM village_list WHERE list_id = 'X05'").fetchall()[
            0
        ][0]
    )
    assert con.execute("SELECT count(*) FROM village_list").fetchall() == [(24,)]


def test_every_list_adds_forms_of_the_checklist():
    _, lists = load_lists()
    assert list(lists) == [f"X{n:02d}" for n in range(1, 13)]
    assert all(set(item.forms) <= set(load_checklist().forms) for item in lists.values())
