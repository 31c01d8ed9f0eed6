"""Card forms: labels and values over several rows, one or many on a sheet, with a small list inside."""

# ruff: noqa: E501  (one row per line)

import datetime as dt

from books import IDS, Round, xlsx

A, B, C, D = IDS
PEOPLE = "SELECT row, m.name, m.id_no, relation, h.name, h.id_no FROM household JOIN source_row USING (row_id) JOIN mention m ON m.mention_id = person LEFT JOIN mention h ON h.mention_id = head ORDER BY ALL"
MEMBERS = ["姓名", "性别", "与户主关系", "身份证号", "备注"]


def household(name, number, members, *, no="001"):
    """A household on one card, the members below."""
    return [
        ["户主姓名", name, "身份证号", number], ["户号", no, "家庭人口", len(members)], ["家庭住址", "燕家庄村12号", "联系电话", "13805310000"],
        MEMBERS, *members,
    ]  # fmt: skip


def test_one_household_per_file(tmp_path):
    """H05: the members carry the head's household; the rows of the card all count as read."""
    members = [["张伟", "男", "户主", A, None], ["李梅", "女", "妻", B, None]]
    xlsx(
        tmp_path / "燕家庄村/001-张伟-表1.xlsx",
        {"Sheet1": [["一户一表"], *household("张伟", A, members)]},
    )
    members = [["王芳", "女", "户主", C, None], ["赵强", "男", "子", D, "外出"]]
    xlsx(
        tmp_path / "燕家庄村/002-王芳-表1.xlsx",
        {"Sheet1": [["一户一表"], *household("王芳", C, members, no="002")]},
    )
    found = Round(tmp_path)
    assert found.rows(PEOPLE) == [
        (6, "张伟", A, "户主", "张伟", A), (6, "王芳", C, "户主", "王芳", C),
        (7, "李梅", B, "妻", "张伟", A), (7, "赵强", D, "子", "王芳", C),
    ]  # fmt: skip
    assert found.rows("SELECT DISTINCT household_no FROM household ORDER BY 1") == [
        ("001",),
        ("002",),
    ]
    assert found.one("SELECT count(DISTINCT village_name) FROM village") == 1
    assert found.summary.rows == {
        "read": 10,
        "canonical": 10,
        "control": 0,
        "footer": 0,
        "rejected": 0,
    }


def test_a_head_who_is_not_among_the_members(tmp_path):
    """The card names the head, the list only the others: the head is a person of the household too."""
    members = [["李梅", "女", "妻", B, None], ["张小", "男", "子", C, None]]
    xlsx(
        tmp_path / "燕家庄村/张伟.xlsx",
        {"Sheet1": [["农户登记卡"], *household("张伟", A, members)]},
    )
    assert Round(tmp_path).rows(PEOPLE) == [
        (2, "张伟", A, "户主", "张伟", A), (6, "李梅", B, "妻", "张伟", A), (7, "张小", C, "子", "张伟", A)]  # fmt: skip


def test_many_households_on_one_sheet(tmp_path):
    """A title before each or a blank row between them; signatures are no members."""
    one = household("张伟", A, [["张伟", "男", "户主", A, None], ["李梅", "女", "妻", B, None]])
    two = household(
        "王芳", C, [["王芳", "女", "户主", C, None], ["赵强", "男", "子", D, None]], no="002"
    )
    foot = [["调查人：孙六", None, "户主签字："]]
    xlsx(
        tmp_path / "燕家庄村农户登记.xlsx",
        {"Sheet1": [["燕家庄村农户登记卡"], *one, *foot, [], ["燕家庄村农户登记卡"], *two, *foot]},
    )
    found = Round(tmp_path)
    assert [(name, head) for _, name, _, _, head, _ in found.rows(PEOPLE)] == [
        ("张伟", "张伟"), ("李梅", "张伟"), ("王芳", "王芳"), ("赵强", "王芳")]  # fmt: skip
    assert found.summary.rows["footer"] == 2
    assert found.summary.rows["rejected"] == 0


def test_labels_and_values_in_one_cell(tmp_path):
    """姓名：张伟  性别：男 in one cell, two or three pairs a row."""
    rows = [
        ["农村低保家庭申请审批表"], [f"申请人姓名：张伟    性别：男    身份证号：{A}"], ["家庭住址：燕家庄村2组", None, "联系电话：13805310000"],
        ["保障人数：2人", None, "月保障金额：560元"], ["批准日期：2024年3月1日"],
        ["姓名", "与申请人关系", "身份证号"], ["张伟", "本人", A], ["李梅", "妻子", B],
        ["村民委员会（盖章）：", None, "经办人：孙六"],
    ]  # fmt: skip
    xlsx(tmp_path / "燕家庄村/低保申请审批表-张伟.xlsx", {"Sheet1": rows})
    found = Round(tmp_path)
    assert found.rows("SELECT row, m.name, m.id_no, amount_yuan, people, approved_on FROM subsidy JOIN source_row USING (row_id) JOIN mention m ON m.mention_id = beneficiary") == [
        (2, "张伟", A, 560, 2, dt.date(2024, 3, 1))]  # fmt: skip
    assert [(row, name, relation) for row, name, _, relation, *_ in found.rows(PEOPLE)] == [
        (7, "张伟", "本人"), (8, "李梅", "妻子")]  # fmt: skip
    assert found.summary.rows == {
        "read": 7,
        "canonical": 6,
        "control": 0,
        "footer": 1,
        "rejected": 0,
    }


def test_contract_cards(tmp_path):
    """合同登记卡: two pairs a row, both parties with a phone; several cards one below the other."""

    def card(no, who, number, rent):
        return [
            ["合同登记卡"], ["合同编号", no, "签订日期", "2020.1.5"], ["发包方", "燕家庄村民委员会", "联系电话", "13805310001"],
            ["承包方", who, "身份证号", number], ["联系电话", "13805310002", "承包面积(亩)", 12], ["起始日期", "2020.1.1", "终止日期", "2029.12.31"],
            ["年承包费(元)", rent, "合同标的", "村北机动地"], ["备注", None],
        ]  # fmt: skip

    xlsx(
        tmp_path / "燕家庄村合同卡.xlsx",
        {"Sheet1": [*card("HT-1", "张伟", A, 3000), [], *card("HT-2", "李四", B, 4000)]},
    )
    found = Round(tmp_path)
    assert found.rows("SELECT row, contract_no, lessee_name, m.id_no, m.phone, annual_yuan, area_mu, ends_on FROM contract JOIN source_row USING (row_id) JOIN mention m ON m.mention_id = lessee ORDER BY 1") == [
        (4, "HT-1", "张伟", A, "13805310002", 3000, 12, dt.date(2029, 12, 31)),
        (13, "HT-2", "李四", B, "13805310002", 4000, 12, dt.date(2029, 12, 31)),
    ]  # fmt: skip
    assert found.summary.rows == {
        "read": 14,
        "canonical": 12,
        "control": 0,
        "footer": 2,
        "rejected": 0,
    }


def test_project_card_with_the_bids_inside(tmp_path):
    """项目登记卡: the list of bidders takes the project's name from the card; merged words beside it are no values."""
    rows = [
        ["燕家庄村工程项目登记卡"], ["项目名称", "村内道路硬化", None, "资金来源", "上级补助"], ["预算金额(万元)", 20, None, "发包方式", "邀请招标"],
        ["中标单位", "平阴县宏达建筑有限公司", None, "中标价(万元)", 18.5], ["开工日期", "2023.3.1", None, "竣工日期", "2023.6.1"],
        ["投标情况", "投标单位", "投标报价(万元)", "是否中标"], [None, "平阴县宏达建筑有限公司", 18.5, "是"], [None, "平阴县广源建筑有限公司", 19.2, "否"],
        ["验收意见", "同意验收，质量合格。"],
    ]  # fmt: skip
    xlsx(tmp_path / "燕家庄村道路硬化.xlsx", {"Sheet1": rows}, merges=("A6:A8",))
    found = Round(tmp_path)
    assert found.rows("SELECT project_name, winner_name, bid_yuan, ceiling_yuan, started_on FROM project") == [
        ("村内道路硬化", "平阴县宏达建筑有限公司", 185000, 200000, dt.date(2023, 3, 1))]  # fmt: skip
    assert found.rows("SELECT row, project_name, bidder_name, price_yuan, is_winner FROM bid JOIN source_row USING (row_id) ORDER BY 1") == [
        (7, "村内道路硬化", "平阴县宏达建筑有限公司", 185000, True), (8, "村内道路硬化", "平阴县广源建筑有限公司", 192000, False)]  # fmt: skip


def test_relatives_of_a_cadre(tmp_path):
    """A cadre's report: the relatives below are the cadre's, not a household."""
    rows = [
        ["村干部家庭成员及近亲属报告表"], ["姓名", "张伟", "职务", "村委会主任"], ["身份证号", A, "政治面貌", "中共党员"],
        ["亲属姓名", "与本人关系", "身份证号", "工作单位及职务"], ["李梅", "妻子", B, "务农"], ["张强", "弟弟", C, "个体"],
    ]  # fmt: skip
    xlsx(tmp_path / "燕家庄村/张伟.xlsx", {"Sheet1": rows})
    assert Round(tmp_path).rows("SELECT c.name, c.id_no, r.name, relation FROM relative JOIN mention c ON c.mention_id = cadre JOIN mention r ON r.mention_id = relative.relative ORDER BY relative.row_id") == [
        ("张伟", A, "李梅", "妻子"), ("张伟", A, "张强", "弟弟")]  # fmt: skip


def test_a_list_below_words_about_it_is_no_card(tmp_path):
    """The account above a statement, the unit above a roll: the tables stay what they are."""
    rows = [
        ["账号：3700", None, "户名：燕家庄村委会"], ["开户行：农商行", None, "币种：人民币"], ["起始日期：2023.1.1", None, "终止日期：2023.12.31"],
        ["交易日期", "摘要", "收入", "支出", "余额", "对方户名"], ["2023.5.1", "收承包费", 900, None, 900, "张伟"], ["2023.5.2", "付电费", None, 30, 870, "供电公司"],
    ]  # fmt: skip
    xlsx(tmp_path / "燕家庄村银行流水.xlsx", {"Sheet1": rows})
    rows = [
        ["单位：燕家庄村", None, "单位：元"],
        ["日期：2023.5", None, "制表人：孙六"],
        ["姓名", "身份证号", "补贴金额"],
        ["张伟", A, 100],
        ["李梅", B, 100],
    ]
    xlsx(tmp_path / "燕家庄村低保.xlsx", {"Sheet1": rows})
    found = Round(tmp_path)
    assert sorted(found.kinds()) == ["bank_flow", "subsidy"]
    assert found.summary.rows["canonical"] == 4


def test_a_card_nobody_knows_says_what_it_lacks(tmp_path):
    """No guess: the sheet is listed with the nearest kind and the line to teach."""
    rows = [
        ["基本情况卡"], ["姓名", "张伟", "身份证号", A], ["性别", "男", "出生日期", "1960.1"], ["民族", "汉", "联系电话", "13805310000"],
        ["爱好", "下棋", "家庭住址", "燕家庄村"],
    ]  # fmt: skip
    xlsx(tmp_path / "燕家庄村/卡.xlsx", {"Sheet1": rows})
    found = Round(tmp_path)
    assert found.kinds() == [None]
    assert "最接近" in found.one("SELECT why FROM sheet")
