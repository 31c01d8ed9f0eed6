"""Rows above the first head anybody knows are read or reported, never passed over."""

from books import IDS, Round, xlsx

A, B = IDS[:2]
KNOWN = [
    ["周家庄村农村低保发放表"], ["姓名", "身份证号", "补贴金额"], ["张伟", A, 300], ["李四", B, 310],
]  # fmt: skip


def test_a_table_nobody_knows_above_one_we_know_is_reported(tmp_path):
    above = [["甲方乙方"], ["件头", "搬数", "几时"], ["黑箱子", 3, "2023-01-05"], ["白箱子", 4, "2023-02-05"]]  # fmt: skip
    xlsx(tmp_path / "a.xlsx", {"s": [*above, *KNOWN]})
    found = Round(tmp_path)
    told = found.rows("SELECT status, table_name, header_row, rows FROM sheet ORDER BY header_row")
    assert [one[:3] for one in told] == [("not_recognised", None, 2), ("read", "subsidy", 6)]
    assert found.rows("SELECT amount_yuan::INT FROM subsidy ORDER BY 1") == [(300,), (310,)]


def test_facts_of_a_title_are_no_rows(tmp_path):
    above = [["周家庄村"], ["人口", 1200, "户数", 320], ["党员", 45, "面积", 2100]]
    xlsx(tmp_path / "a.xlsx", {"s": [*above, *KNOWN]})
    found = Round(tmp_path)
    assert found.rows("SELECT status, table_name, header_row FROM sheet") == [
        ("read", "subsidy", 5)
    ]
