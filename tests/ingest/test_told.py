"""Columns under headings nobody knows, told by organisations, by the arithmetic of a book or a roll, and by the numbers beside them."""

import pytest
from test_second_look import DAYS, NAMES, told

FIRMS = [
    "平安县宏远建筑工程有限公司", "平安县青石徐氏商店", "平安县顺通机械租赁站", "青石果蔬种植专业合作社",
    "平安县云台张氏农资经营部", "平安县盛达养殖场",
]  # fmt: skip
NUMBERS = [f"370124196{i}010100{i}4" for i in range(6)]
CODES = [f"9237012{i}MF2BC28E5C" for i in range(6)]


def test_the_firms_of_a_register_under_any_heading():
    found = told(
        "工商登记信息", 统一社会信用代码=CODES, 叫啥=FIRMS, 法定代表人=NAMES, 成立日期=DAYS
    )
    assert found["叫啥"] == "company"


def test_what_is_the_same_on_every_row_is_no_firm_of_the_register():
    found = told(
        "工商登记信息", 统一社会信用代码=CODES, 归谁管=["平安县青石市场服务中心"] * 6, 法定代表人=NAMES, 成立日期=DAYS,
    )  # fmt: skip
    assert found.get("归谁管") != "company"


@pytest.mark.parametrize("values", [FIRMS, FIRMS[:2] * 3])
def test_who_pays_the_insurance_under_any_heading(values):
    found = told("社会保险缴费明细", 姓名=NAMES, 身份证号=NUMBERS, 在哪交的=values, 险种=["养老保险"] * 6)  # fmt: skip
    assert found["在哪交的"] == "insured_by"


def test_a_bank_employs_nobody():
    found = told("公职人员名册", 姓名=NAMES, 身份证号=NUMBERS, 在编类别=["事业编制"] * 6, 哪个行=["平安农村商业银行营业部"] * 6)  # fmt: skip
    assert "employer" not in found.values()


IN = [0, 500, 0, 1200.5, 0, 0]
OUT = [120, None, 80.5, None, 300, 45]
LEFT = [880, 1380, 1299.5, 2500, 2200, 2155]
TEXTS = ["付电费", "收承包款", "付报刊费", "收租金", "付修缮费", "付水费"]


def test_the_balance_tells_what_went_out():
    found = told("村财务收支公示", 日期=DAYS, 摘要=TEXTS, 收入=IN, 那个数=OUT, 余额=LEFT)
    assert found["那个数"] == "payment_yuan"


def test_the_balance_is_what_agrees_with_both_sides():
    found = told("现金日记账", 日期=DAYS, 摘要=TEXTS, 收入=IN, 支出=OUT, 兜里=LEFT, 单子=[3, 1, 2, 1, 4, 1])  # fmt: skip
    assert found["兜里"] == "balance_yuan"
    assert "单子" not in {k for k, v in found.items() if v == "balance_yuan"}


def test_a_number_the_balance_denies_is_no_side():
    found = told("村财务收支公示", 日期=DAYS, 摘要=TEXTS, 收入=IN, 那个数=[9, 8, 7, 6, 5, 4], 余额=LEFT)  # fmt: skip
    assert found.get("那个数") not in ("payment_yuan", "receipt_yuan")


def test_without_a_balance_the_gaps_tell_the_other_side_though_totals_fill_both():
    days, texts = [*DAYS, None], [*TEXTS, "本月合计"]
    came, went = ["-", 500, "-", 1200.5, "-", "-", 1700.5], [120, "-", 80.5, "-", 300, 45, 545.5]
    found = told("村财务收支公示", 日期=days, 摘要=texts, 收入=came, 经手=[*NAMES, None], 那个数=went)  # fmt: skip
    assert found["那个数"] == "payment_yuan"


PARTS = ([151, 0, 151, 0, 151, 151], [0, 144, 144, 144, 0, 144])
WHOLE = [151, 144, 295, 144, 151, 295]


def test_the_sum_of_the_parts_is_the_amount():
    found = told("残疾人两项补贴发放表", 姓名=NAMES, 身份证号=NUMBERS, 困难钱=PARTS[0], 护理钱=PARTS[1], 一块儿给=WHOLE)  # fmt: skip
    assert found["一块儿给"] == "amount_yuan"


def test_what_is_bought_is_not_what_is_paid_for_it():
    price = [2400, 5600, 9800, 3100, 4500, 7700]
    found = told(
        "农机购置补贴公示表", 姓名=NAMES, 身份证号=NUMBERS, 机具品目=["旋耕机"] * 6, 中央补贴资金=[600, 900, 1100, 700, 800, 1000],
        自己出=[1800, 4700, 8700, 2400, 3700, 6700], 销售总额=price,
    )  # fmt: skip
    assert found["销售总额"] != "amount_yuan"


def test_a_rate_that_times_the_area_is_another_column_is_no_amount():
    area = [6.1, 2.89, 7.5, 8.45, 7.04, 2.32]
    found = told(
        "耕地地力保护补贴发放表", 姓名=NAMES, 身份证号=NUMBERS, 补贴面积=area, 每亩补贴额=[138.5] * 6,
        领多少=[round(138.5 * mu, 2) for mu in area],
    )  # fmt: skip
    assert (found["领多少"], found["每亩补贴额"]) == ("amount_yuan", "standard_yuan")


def test_the_names_that_go_with_the_numbers_are_theirs():
    heads = ["张伟", "张伟", "王芳", "王芳", "陈静", "陈静"]
    found = told("户籍人口花名册", 户主=heads, 家里谁=NAMES, 身份证号=NUMBERS, 关系=["户主", "妻"] * 3)  # fmt: skip
    assert found["家里谁"] == "person.name"


def test_names_and_numbers_of_two_people_are_not_crossed():
    others = ["赵敏", "孙刚", "周强", "吴霞", "郑军", "冯涛"]
    found = told(
        "农村低保发放花名册", 哪个=NAMES, 身份证号=NUMBERS, 金额=[300, 310, 320, 330, 340, 350], 领款人=others,
        领款人身份证号=NUMBERS[::-1], 办事的=others[::-1],
    )  # fmt: skip
    assert (found["哪个"], found["领款人"]) == ("beneficiary.name", "payee.name")
    assert "办事的" not in {k for k, v in found.items() if v.endswith(".name")}
