"""Columns whose headings nobody listed: told by likeness of meaning, by their values, and by what they have to do with each other."""

import pytest
from books import IDS

from xuncha_lib.ingest.coded import code
from xuncha_lib.ingest.morphemes import likeness, parts
from xuncha_lib.ingest.profile import profile
from xuncha_lib.ingest.recognise import recognise


def told(title, **columns):
    """Heading → field of the table that a block of these columns is; `table` is the table itself."""
    cells = [code(list(column)) for column in columns.values()]
    verdict = recognise(
        list(columns), [profile(one) for one in cells], ((title, 1.0),), cells=cells
    )
    headings = list(columns)
    return {"table": verdict.table} | {headings[at]: key for key, at in verdict.columns.items()}


NAMES = ["张伟", "李秀英", "王芳", "刘洋", "陈静", "杨磊"]
DAYS = [f"2021-0{m}-15" for m in range(1, 7)]
PLOTS = ["村东机动地", "南洼果园", "北坡荒地", "旧校舍", "西沟鱼塘", "门面房"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("未交款", "欠缴"),
        ("全年营业额", "年经营收入"),
        ("出编日期", "退出时间"),
        ("资产品名", "资产名称"),
    ],
)
def test_headings_that_mean_the_same_are_alike(one, other):
    assert likeness(parts(one), parts(other)) >= 0.6


def test_what_any_heading_may_hold_makes_nothing_alike():
    assert likeness(parts("车辆状况"), parts("合同状况")) < 0.7
    assert likeness(parts("资金方式"), parts("付款方式")) == 0.0
    assert likeness(parts("公布起始"), parts("公示截止")) == 0.0


def test_values_name_a_column(tmp_path):
    found = told(
        "合同台账",
        发包标的=PLOTS, 承租人=NAMES, 签订日期=DAYS, 年租金=[1000, 2000, 1500, 800, 900, 700],
        竞拍与否=["公开竞价", "公开竞价", "协商", "公开竞价", "协商", "公开竞价"], 当下=["在租", "在租", "到期", "在租", "终止", "在租"],
    )  # fmt: skip
    assert (found["竞拍与否"], found["当下"]) == ("bidding", "state")


def test_an_unlike_column_without_values_stays_unread():
    found = told(
        "合同台账", 发包标的=PLOTS, 承租人=NAMES, 签订日期=DAYS, 年租金=[1000, 2000, 1500, 800, 900, 700],
        经度=[117.1, 117.2, 117.3, 117.4, 117.5, 117.6],
    )  # fmt: skip
    assert "经度" not in found


def test_values_take_a_column_from_a_field_that_never_holds_them():
    found = told(
        "合同台账", 发包标的=PLOTS, 承租人=NAMES, 签订日期=DAYS, 年租金=[1000, 2000, 1500, 800, 900, 700],
        交款时间方式=["公开竞价", "公开竞价", "协商", "公开竞价", "协商", "公开竞价"],
    )  # fmt: skip
    assert found["交款时间方式"] == "bidding"


def test_rate_times_area_tells_which_area_is_paid_for():
    own = [5.0, 6.0, 7.0, 8.0, 9.0, 4.0]
    paid = [5.0, 4.0, 7.0, 6.5, 9.0, 3.0]
    found = told(
        "耕地地力保护补贴发放表",
        姓名=NAMES, 身份证号=[*IDS, *IDS][:6], 证载亩数=own, 享受面积=paid, 每亩补助=[125.4] * 6,
        补贴金额=[round(125.4 * mu, 2) for mu in paid],
    )  # fmt: skip
    assert (found["享受面积"], found["证载亩数"]) == ("area_mu", "contract_mu")


def test_the_yearly_rent_is_what_area_and_price_make():
    area, price = [10, 20, 30, 12, 8, 25], [300, 420, 350, 500, 410, 380]
    rent = [a * p for a, p in zip(area, price, strict=True)]
    found = told(
        "合同台账", 发包标的=PLOTS, 承租方=NAMES, 面积=area, 租金标准=price, 年租金=rent, 签订日期=DAYS,
    )  # fmt: skip
    assert (found["租金标准"], found["年租金"]) == ("unit_yuan", "annual_yuan")


def test_days_in_their_order():
    later = [f"2021-1{m % 3}-20" for m in range(6)]
    found = told(
        "公开目录", 公布内容=[f"{m}月财务收支" for m in range(1, 7)], 公布起始=DAYS, 撤除日期=later
    )
    assert (found["公布起始"], found["撤除日期"]) == ("from_on", "until_on")


def test_signs_are_no_name_beside_words():
    found = told(
        "固定资产台账", 资产序码=[f"GD00{i}" for i in range(6)], 资产品名=["办公楼", "水泵", "电脑", "变压器", "打印机", "路灯"],
        入账原值=[100000, 2000, 3000, 40000, 1500, 600], 取得日期=DAYS,
    )  # fmt: skip
    assert (found["资产品名"], found["资产序码"]) == ("asset_name", "asset_no")


@pytest.mark.parametrize("heading", ["保障对象所属村", "建设地"])
def test_villages_under_any_heading(heading):
    villages = ["燕家庄村", "范家台村"] * 6
    people = [f"张{c}" for c in "伟芳静磊洋敏丽强军平明华"]
    found = told(
        "农村低保金发放花名册", **{heading: villages}, 姓名=people, 发放金额=list(range(300, 312)),
    )  # fmt: skip
    assert found[heading] == "+village"


def test_a_members_list_is_no_list_of_cooperatives():
    found = told(
        "村党组织领办合作社成员出资清单",
        合作社名称=["燕家庄丰收农业种植专业合作社"] * 6, 成员姓名=NAMES, 证件号=[*IDS, *IDS][:6],
        出资额=[10000, 20000, 5000, 5000, 8000, 6000], 持股比例=[20, 40, 10, 10, 12, 8], 入社日期=DAYS,
    )  # fmt: skip
    assert found["table"] == "business"
    assert (found["成员姓名"], found["证件号"]) == ("+shareholder", "+shareholder_id")


def test_a_labour_list_is_paid_by_the_sum_not_by_the_day():
    found = told(
        "燕家庄村用工发放明细",
        用工日期=DAYS, 姓名=NAMES, 身份证号=[*IDS, *IDS][:6], 用工事由=["清理河道", "栽树", "打扫街道", "清理河道", "栽树", "修路"],
        天数=[1, 2, 1, 3, 2, 1], 日工资=[100] * 6, 金额=[100, 200, 100, 300, 200, 100],
    )  # fmt: skip
    assert found["table"] == "wage"
    assert (found["用工日期"], found["金额"], found["用工事由"]) == ("paid_on", "net_yuan", "post")


def test_the_one_person_of_a_roll_is_whom_it_is_about():
    found = told(
        "持证残疾人基础信息",
        持证人=NAMES, 持证人身份编号=[*IDS, *IDS][:6], 残疾人证编号=[f"{i}42" for i in IDS] + ["1", "2"], 残疾种类=["肢体", "视力"] * 3,
        残疾级别=["一级", "二级"] * 3, 初领日期=DAYS,
    )  # fmt: skip
    assert (found["table"], found["持证人"]) == ("disability", "person.name")


def test_the_end_of_something_is_never_guessed():
    found = told(
        "农村低保家庭成员台账", 户主=NAMES, 姓名=NAMES, 身份证号=[*IDS, *IDS][:6], 与户主关系=["本人"] * 6, 准入时间=DAYS,
    )  # fmt: skip
    assert "准入时间" not in found
