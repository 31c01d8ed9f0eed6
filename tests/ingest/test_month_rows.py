"""A month alone on a row goes for the rows below and is nobody."""

import pytest
from books import IDS, Round, xlsx

from xuncha_lib.ingest.month_rows import month_row

A, B = IDS[:2]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("3月", (None, 3)), ("2024年1月", (2024, 1)), ("12月份", (None, 12)), ("3月合计", None), ("3月5日", None),
        ("13月", None), ("2024年", None),
    ],
)  # fmt: skip
def test_what_names_a_month(text, told):
    assert month_row([text]) == told
    assert month_row([text, "张伟"]) is None


def test_the_months_of_a_wage_book(tmp_path):
    rows = [
        ["2023年11月"], ["张伟", "书记", 2000, 2000], ["李四", "会计", 1800, 1800], ["本月合计", None, 3800, 3800],
        ["12月份"], ["张伟", "书记", 2100, 2100], ["2024年1月"], ["张伟", "书记", 2200, 2200],
    ]  # fmt: skip
    head = ["姓名", "职务", "应发工资", "实发工资"]
    xlsx(tmp_path / "周家庄村工资.xlsx", {"s": [["周家庄村2023年工资发放表"], head, *rows]})
    found = Round(tmp_path)
    told = (
        "SELECT name, month_on::VARCHAR, net_yuan::INT FROM wage "
        "JOIN mention ON mention_id = person ORDER BY 2, 3 DESC"
    )
    assert found.rows(told) == [
        ("张伟", "2023-11-01", 2000), ("李四", "2023-11-01", 1800), ("张伟", "2023-12-01", 2100), ("张伟", "2024-01-01", 2200),
    ]  # fmt: skip
    assert found.rows("SELECT count(*) FROM source_row WHERE fate = 'footer'") == [(3,)]


def test_the_months_of_a_roll(tmp_path):
    rows = [["1月"], ["张伟", A, 300], ["李四", B, 300], ["2月"], ["张伟", A, 310]]
    head = ["姓名", "身份证号", "补贴金额"]
    xlsx(tmp_path / "低保.xlsx", {"s": [["周家庄村2023年农村低保发放表"], head, *rows]})
    found = Round(tmp_path)
    told = (
        "SELECT name, period_from::VARCHAR, period_to::VARCHAR, amount_yuan::INT FROM subsidy "
        "JOIN mention ON mention_id = beneficiary"
    )
    assert sorted(found.rows(told)) == [
        ("张伟", "2023-01-01", "2023-01-01", 300), ("张伟", "2023-02-01", "2023-02-01", 310),
        ("李四", "2023-01-01", "2023-01-01", 300),
    ]  # fmt: skip
