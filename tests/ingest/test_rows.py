"""Rows, totals, villages, months and versions: every non-empty row below a head has one fate."""

import datetime as dt

from books import IDS, Round, cashbook, xlsx

A, B, C = IDS[:3]


def test_titles_units_totals_and_footers(tmp_path):
    rows = [
        ["孔村镇燕家庄村2023年5月收支明细表"], ["编制单位：燕家庄村　单位：万元"], *cashbook()[:1],
        ["5.1", "记-1", "收土地承包费", "张伟", 0.1, None, 0.1], ["5.3", "记-2", "购办公用品", "宏达商贸有限公司", None, 0.02, 0.08],
        ["合计", None, None, None, 0.1, 0.02, None], ["制表人：李四", None, "审核人："], ["注：本表数据来自三资平台"],
    ]  # fmt: skip
    xlsx(tmp_path / "收支.xlsx", {"5月": rows}, merges=("A1:G1", "A2:G2"))
    found = Round(tmp_path)
    assert found.summary.rows == {
        "read": 5,
        "canonical": 2,
        "control": 1,
        "footer": 2,
        "rejected": 0,
    }
    assert found.rows("SELECT entry_on, receipt_yuan, payment_yuan FROM cashbook") == [
        (dt.date(2023, 5, 1), 1000, None), (dt.date(2023, 5, 3), None, 200),
    ]  # fmt: skip
    assert found.rows('SELECT "column", stated, agrees FROM control_total') == [
        ("receipt_yuan", 1000, True),
        ("payment_yuan", 200, True),
    ]
    assert found.rows("SELECT village_name, town FROM village") == [("燕家庄村", "孔村镇")]
    assert found.rows("SELECT row FROM source_row ORDER BY 1") == [(4,), (5,), (6,), (7,), (8,)]


def test_cash_and_bank_side_by_side(tmp_path):
    rows = [
        ["日期", "凭证号", "摘要", "银行存款", None, None, "库存现金", None, None],
        [None, None, None, "增加", "减少", "结存", "增加", "减少", "结存"],
        ["2023.5.1", "记1", "提取备用金", None, 500, 1500, 500, None, 600], ["2023.5.2", "记2", "付水电费", None, None, 1500, None, 80, 520],
    ]  # fmt: skip
    xlsx(
        tmp_path / "燕家庄村收支明细.xlsx",
        {"2023年": rows},
        merges=("D1:F1", "G1:I1", "A1:A2", "B1:B2", "C1:C2"),
    )
    found = Round(tmp_path)
    assert found.rows("SELECT receipt_yuan, payment_yuan, balance_yuan, method FROM cashbook") == [
        (500, 500, 2100, None), (None, 80, 2020, "现金"),
    ]  # fmt: skip


def test_three_persons_of_a_roll_and_merged_heads(tmp_path):
    rows = [
        ["户主姓名", "户主身份证号", "享受人", "享受人身份证号", "收款人", "收款人身份证号", "银行账号", "发放金额", "所属月份"],
        ["张伟", A, "张伟", A, "张伟", A, "6228480260123456782", 300, "2023.5"], [None, None, "李四", B, "张伟", A, "6228480260123456782", 300, "2023.5"],
    ]  # fmt: skip
    xlsx(tmp_path / "农村低保发放表.xlsx", {"5月": rows}, merges=("A2:A3", "B2:B3"))
    found = Round(tmp_path)
    people = found.rows(
        "SELECT b.name, p.name, h.name, p.bank_no, b.bank_no, paid_on, programme_code FROM subsidy s JOIN mention b ON b.mention_id = beneficiary "
        "JOIN mention p ON p.mention_id = payee JOIN mention h ON h.mention_id = head ORDER BY row_id"
    )
    day = dt.date(2023, 5, 1)
    assert people == [
        ("张伟", "张伟", "张伟", "6228480260123456782", None, day, "B03"), ("李四", "张伟", "张伟", "6228480260123456782", None, day, "B03"),
    ]  # fmt: skip


def test_months_side_by_side(tmp_path):
    rows = [
        ["姓名", "身份证号", "202301", "202302", "202303", "小计"],
        ["张伟", A, 100, None, 100, 200],
        ["李四", B, 90, 90, 0, 180],
    ]
    xlsx(tmp_path / "高龄津贴.xlsx", {"2023": rows})
    found = Round(tmp_path)
    assert found.rows("SELECT row_id, month(period_from), amount_yuan FROM subsidy ORDER BY 1, 2") == [
        (1, 1, 100), (1, 3, 100), (2, 1, 90), (2, 2, 90),
    ]  # fmt: skip
    assert found.summary.rows["canonical"] == 2


def test_villages_stacked_on_one_sheet_and_repeated_heads(tmp_path):
    head = ["序号", "姓名", "身份证号", "补贴金额"]
    rows = [["孔村镇2023年5月高龄津贴发放表"], head, ["燕家庄村"], [1, "张伟", A, 100], [None, "小计", None, 100], head, ["周家庄村"],
            [1, "李四", B, 80], [None, "小计", None, 80], [None, "合计", None, 180]]  # fmt: skip
    xlsx(tmp_path / "高龄.xlsx", {"Sheet1": rows}, merges=("A3:D3",))
    found = Round(tmp_path)
    assert found.rows("SELECT village_name, amount_yuan FROM subsidy JOIN village USING (village_code) ORDER BY row_id") == [
        ("燕家庄村", 100), ("周家庄村", 80),
    ]  # fmt: skip
    assert [agrees for (agrees,) in found.rows("SELECT agrees FROM control_total")] == [
        True,
        True,
        True,
    ]


def test_one_village_in_three_spellings_two_villages_of_one_name(tmp_path):
    roster = [
        ["乡镇", "村名", "总户数", "总人口"],
        ["孔村镇", "燕家庄村", 100, 300],
        ["洪范镇", "燕家庄村", 80, 200],
        ["孔村镇", "周家庄村", 90, 210],
    ]
    xlsx(tmp_path / "村庄名册.xlsx", {"名册": roster})
    roll = [
        ["村(居)委会", "姓名", "身份证号", "补贴金额"],
        ["周家庄", "张伟", A, 1],
        ["周家庄村委会", "李四", B, 2],
        ["燕家庄村", "王五", C, 3],
    ]
    xlsx(tmp_path / "2023年5月高龄津贴.xlsx", {"全县": roll})
    xlsx(tmp_path / "洪范镇" / "2023年6月高龄津贴.xlsx", {"发放": roll[:1] + roll[3:]})
    found = Round(tmp_path)
    assert found.one("SELECT count(*) FROM village") == 3
    assert found.rows("SELECT village_name, town, amount_yuan FROM subsidy LEFT JOIN village USING (village_code) ORDER BY row_id") == [
        ("周家庄村", "孔村镇", 1), ("周家庄村", "孔村镇", 2), (None, None, 3), ("燕家庄村", "洪范镇", 3),
    ]  # fmt: skip
    assert found.rows("SELECT text, rows FROM village_unknown") == [("燕家庄村", 1)]


def test_the_newer_version_is_used(tmp_path):
    xlsx(tmp_path / "燕家庄村2023年收支明细.xlsx", {"Sheet1": cashbook()})
    newer = cashbook()
    newer[2][5] = 210
    xlsx(
        tmp_path / "燕家庄村2023年收支明细(改).xlsx",
        {"Sheet1": [*newer, ["2023.5.9", "记-3", "付电费", "供电公司", None, 60, 739]]},
    )
    found = Round(tmp_path)
    assert found.rows("SELECT path, sheet.status FROM sheet JOIN source_file USING (file_id) ORDER BY 1") == [
        ("燕家庄村2023年收支明细(改).xlsx", "read"), ("燕家庄村2023年收支明细.xlsx", "superseded"),
    ]  # fmt: skip
    assert found.one("SELECT count(*) FROM cashbook") == 3


def test_dates_split_in_columns_and_the_year_in_the_title(tmp_path):
    rows = [["燕家庄村现金日记账"], ["2023年"], ["月", "日", "凭证号", "摘要", "对方科目", "收入", "支出", "余额"],
            [None, None, None, "上年结转", None, None, None, 100], [5, 1, "记1", "提现", "银行存款", 500, None, 600],
            [None, 3, "记2", "付误工费", "管理费用", None, 80, 520], [None, None, None, "本月合计", None, 500, 80, 520]]  # fmt: skip
    xlsx(tmp_path / "现金日记账.xlsx", {"Sheet1": rows})
    found = Round(tmp_path)
    assert found.rows("SELECT entry_on, receipt_yuan, payment_yuan FROM cash_journal") == [
        (dt.date(2023, 5, 1), 500, None), (dt.date(2023, 5, 3), None, 80),
    ]  # fmt: skip
    assert found.summary.rows["control"] == 2


def test_the_trap_of_october(tmp_path):
    rows = [
        ["姓名", "身份证号", "补贴金额", "发放月份"],
        *[[f"张{c}", A, 10, 2023 + m] for c, m in (("一", 0.09), ("二", 0.1), ("三", 0.11))],
    ]
    xlsx(tmp_path / "高龄津贴.xlsx", {"Sheet1": rows})
    assert [
        d.month for (d,) in Round(tmp_path).rows("SELECT paid_on FROM subsidy ORDER BY row_id")
    ] == [9, 10, 11]


def test_bidders_in_one_cell(tmp_path):
    rows = [["项目名称", "投标单位及报价", "中标单位", "中标价(万元)"],
            ["道路硬化", "宏达建筑有限公司48.2、昌盛建筑有限公司48.9；永兴建筑有限公司49.1万元", "宏达建筑有限公司", 48.2]]  # fmt: skip
    xlsx(tmp_path / "燕家庄村工程项目台账.xlsx", {"Sheet1": rows})
    found = Round(tmp_path)
    assert found.rows("SELECT bidder_name, price_yuan, is_winner FROM bid ORDER BY price_yuan") == [
        ("宏达建筑有限公司", 482000, True), ("昌盛建筑有限公司", 489000, False), ("永兴建筑有限公司", 491000, False),
    ]  # fmt: skip
    assert found.one("SELECT bid_yuan FROM project") == 482000


def test_shareholders_complete_each_other(tmp_path):
    register = [["企业名称", "统一社会信用代码", "法定代表人", "经营状态", "成立日期", "注册资本(万元)"],
                ["宏达商贸有限公司", "91370124MA3C0ABC96", "张伟", "注销", "2019-05-01", 50]]  # fmt: skip
    holders = [
        ["企业名称", "股东姓名", "股东证件号", "持股比例"],
        ["宏达商贸有限责任公司", "李四", B, "60%"],
        [None, "王五", C, "40%"],
    ]
    xlsx(tmp_path / "市场主体.xlsx", {"主体": register, "股东": holders})
    found = Round(tmp_path)
    assert found.rows("SELECT name, person_role, share_pct, is_active FROM business_person JOIN mention ON person = mention_id ORDER BY row_id") == [
        ("张伟", "法定代表人", None, False), ("李四", "股东", 60, False), ("王五", "股东", 40, False),
    ]  # fmt: skip


def test_hidden_rows_are_read_and_named(tmp_path):
    path = xlsx(tmp_path / "燕家庄村收支.xlsx", {"Sheet1": cashbook(), "旧": cashbook()})
    import openpyxl

    book = openpyxl.load_workbook(path)
    book["Sheet1"].row_dimensions[3].hidden = True
    book["旧"].sheet_state = "hidden"
    book.save(path)
    assert [
        h for (h,) in Round(tmp_path).rows("SELECT is_hidden FROM source_row ORDER BY row_id")
    ] == [False, True, True, True]


def test_a_bank_book_is_read_from_the_side_that_its_balance_tells(tmp_path):
    head = ["日期", "摘要", "借方", "贷方", "余额", "对方户名"]
    xlsx(
        tmp_path / "燕家庄村银行存款日记账.xlsx",
        {
            "Sheet1": [
                head,
                ["2023.5.1", "收承包费", 100, None, 600, "张伟"],
                ["2023.5.2", "付电费", None, 50, 550, "供电公司"],
            ]
        },
    )
    xlsx(
        tmp_path / "燕家庄村账户交易明细.xlsx",
        {
            "Sheet1": [
                head,
                ["2023.5.1", "收承包费", None, 100, 600, "张伟"],
                ["2023.5.2", "付电费", 50, None, 550, "供电公司"],
            ]
        },
    )
    found = Round(tmp_path)
    assert found.rows("SELECT DISTINCT in_yuan, out_yuan FROM bank_flow ORDER BY 1") == [
        (100, None),
        (None, 50),
    ]


def test_who_left_a_firm_is_not_current(tmp_path):
    head = ["企业名称", "统一社会信用代码", "股东姓名", "股东证件号", "人员身份", "说明"]
    firm = ["平阴县宏达商贸有限公司", "91370124MA3C0ABC96"]
    xlsx(
        tmp_path / "股东信息.xlsx",
        {
            "甲": [
                head,
                [*firm, "张伟", IDS[0], "股东", None],
                [*firm, "李四", IDS[1], "股东", "2019-05-10已退出(股权转让)"],
                [*firm, "王五", IDS[2], "原股东", "2018年3月变更"],
                [*firm, "赵六", IDS[3], "股东", "拟退股"],
            ],
            "乙": [
                [*head[:5], "退股日期"],
                [*firm, "孙七", None, "股东", "2020.6.1"],
                [*firm, "周八", None, "股东", None],
            ],
        },
    )
    assert Round(tmp_path).rows(
        """SELECT name, strftime(until_on, '%Y-%m-%d'), is_current FROM business_person
           JOIN mention ON mention_id = person ORDER BY business_person.row_id"""
    ) == [
        ("张伟", None, None), ("李四", "2019-05-10", False), ("王五", "2018-03-01", False), ("赵六", None, None),
        ("孙七", "2020-06-01", False), ("周八", None, None),
    ]  # fmt: skip


def test_the_term_of_a_contract_is_kept_as_written(tmp_path):
    xlsx(
        tmp_path / "合同台账.xlsx",
        {
            "a": [
                ["合同编号", "乙方", "标的", "合同期限", "年租金"],
                ["1", "张伟", "门面房", "长期", 3000],
                ["2", "李四", "鱼塘", "2020.1.1-2029.12.31", 500],
            ],
            "b": [
                ["合同编号", "乙方", "标的", "起始日期", "终止日期", "年租金"],
                ["3", "王五", "荒山", "2020.1.1", "至政策变动", 500],
                ["4", "王五", "塘坝", "2020.1.1", "2025.1.1", 500],
                ["5", "王五", "果园", "2020.1.1", "2026.1.1", 500],
            ],
        },
    )
    assert Round(tmp_path).rows(
        "SELECT term_text, ends_on IS NULL FROM contract ORDER BY row_id"
    ) == [
        ("长期", True),
        ("2020.1.1-2029.12.31", False),
        ("至政策变动", True),
        (None, False),
        (None, False),
    ]


def test_a_term_is_read_in_order():
    """生效 and 失效 differ in one character: whatever the columns were taken for, a term ends after it starts."""
    from datetime import date

    from xuncha_lib.ingest.special import period_in_order

    values = {"starts_on": date(2031, 7, 31), "ends_on": date(2023, 8, 1)}
    period_in_order(values)

    assert values == {"starts_on": date(2023, 8, 1), "ends_on": date(2031, 7, 31)}
