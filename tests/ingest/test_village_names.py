"""Names of villages as people write them: numerals, offices and towns may be part of a name."""

import pytest
from books import IDS, Round, xlsx

from xuncha_lib.ingest.records import SheetRead
from xuncha_lib.ingest.settle import _note_column
from xuncha_lib.ingest.towns import Towns
from xuncha_lib.ingest.villages import Named, Villages, parse_village
from xuncha_lib.settings import read_settings

NAMES = (
    "三官庙 五里堡 十里铺 二十里铺 七贤 九龙口 一心 六合庄 百年 月庄 月牙河 年家庄 站里 驿站 中心 镇东 古镇 集镇 乡里 东街 前街"
    " 局子 人和 太和 单家庄 资庄 及家庄 与山 队里 组庄 户部 院上 部前 其家庄 全福 本务 石桥南 三里河子 丁字 千佛 半壁店 一二三"
).split()


@pytest.mark.parametrize("base", NAMES)
@pytest.mark.parametrize(
    "form",
    ["{}村", "{}村民委员会", "{}村委会", "01{}村", "3、{}村", "三、{}村", "（二）{}村", "石桥镇{}村", "明川县石桥镇{}村"],
)  # fmt: skip
def test_the_name_is_what_stands_before_village(base, form):
    """Numbering is taken off, a numeral of the name stays; a town in front is told apart from a name that looks like one."""
    named = parse_village(form.format(base), is_column=True)
    assert named is not None and named.base == base


@pytest.mark.parametrize("text", ["八里庄社区居委会", "明川县云台街道八里庄社区", "八里庄居委会"])
def test_communities(text):
    """A community is no district."""
    named = parse_village(text, is_column=True)
    assert named is not None and named.base == "八里庄"


@pytest.mark.parametrize(
    "text",
    "本村 各村 示范村 行政村 自然村 重点村 其他 合计 镇政府 农机站 服务中心 村干部 2024年 3月".split(),
)
def test_words_that_are_no_names(text):
    """Kinds of villages, offices, sums and dates."""
    assert parse_village(text, is_column=True) is None


def test_a_counterparty_is_no_village(tmp_path):
    """对方单位名称 holds shops and people: neither read as the village nor taken down as one where a roster tells."""
    xlsx(
        tmp_path / "花名册.xlsx",
        {"s": [["行政区划一览表"], ["乡镇", "村名", "户数", "人口"], ["柳泉镇", "燕家庄村", 210, 700], ["柳泉镇", "后楼村", 150, 480]]},
    )  # fmt: skip
    flows = [
        ["2024-01-03", "购纸", 400, None, 9600, "柳泉镇新华文具店"],
        ["2024-01-05", "电费", 300, None, 9300, "张伟庄"],
        ["2024-02-05", "上级拨款", None, 5000, 14300, "柳泉镇财政所"],
    ]
    (tmp_path / "燕家庄村").mkdir()
    xlsx(
        tmp_path / "燕家庄村" / "银行对账单.xlsx",
        {"s": [["银行存款明细"], ["交易日期", "交易说明", "支付金额", "划入金额", "交易后余额", "对方单位名称"], *flows]},
    )  # fmt: skip
    found = Round(tmp_path)
    assert found.rows("SELECT village_name FROM village ORDER BY 1") == [("后楼村",), ("燕家庄村",)]
    names = "SELECT v.village_name FROM bank_flow JOIN village v USING (village_code)"
    assert found.rows(names) == [("燕家庄村",)] * 3


def test_a_bare_word_in_a_column_is_no_village_beside_a_roster():
    """The roster names the villages of its towns; other towns' villages may still come from columns."""
    villages, sheet = Villages(), SheetRead("s", "read", "bank_flow")
    villages.note(Named("燕家庄", "柳泉镇"), "名册")
    for text, town in (("新华文具店", "柳泉镇"), ("后楼村", "柳泉镇"), ("石桥南", "石桥镇")):
        _note_column(villages, text, town, sheet)
    villages.settle()
    assert {v.name for v in villages.all()} == {"燕家庄村", "后楼村", "石桥南村"}


def test_a_village_only_bureaus_name_is_outside_the_round(tmp_path):
    """A county's roll names everybody's villages; the round is those that hand in books. Without any it is all of them."""
    roll = [["2024年低保金发放表"], ["乡镇", "村", "姓名", "身份证号", "金额"]]
    roll += [["柳泉镇", v, n, i, 300] for v, n, i in zip(("燕家庄村", "后楼村", "前楼村"), ("张伟", "李四", "王芳"), IDS, strict=False)]  # fmt: skip
    xlsx(tmp_path / "低保.xlsx", {"s": roll})
    asked = "SELECT village_name, of_round FROM village ORDER BY 1"
    assert {inside for _, inside in Round(tmp_path).rows(asked)} == {True}

    ledger = [["2024年收支明细"], ["村", "日期", "摘要", "收入", "支出"]]
    ledger += [
        ["燕家庄", "2024-01-03", "购纸", None, 400],
        ["燕家庄", "2024-02-03", "租金", 900, None],
    ]
    xlsx(tmp_path / "账.xlsx", {"s": ledger})
    assert Round(tmp_path).rows(asked) == [("前楼村", False), ("后楼村", False), ("燕家庄村", True)]
    (tmp_path / "xuncha.toml").write_text('villages = ["燕家庄", "后楼村"]', encoding="utf-8")
    named = Round(tmp_path, settings=read_settings(tmp_path / "xuncha.toml")).rows(asked)
    assert named == [("前楼村", False), ("后楼村", True), ("燕家庄村", True)]


@pytest.mark.parametrize(
    "text",
    ["城乡公益性岗位补贴发放明细", "衔接推进乡村振兴补助资金分红台账", "城乡居民养老", "村内街道硬化工程台账", "家电下乡补贴", "城镇居民", "乡镇汇总"],
)  # fmt: skip
def test_words_of_a_title_are_no_town(text):
    assert Towns().first_in(text) == ""


def test_a_column_may_name_any_town():
    """Words of titles are none, but where a town is expected 中心镇 is one."""
    villages = Villages()
    for text in ("中心镇", "城乡", "乡镇"):
        villages.note_town(text)
    assert villages.town_in(["中心镇低保发放表"]) == "中心镇"
    assert villages.town_in(["城乡低保发放表"]) == ""


def test_a_town_only_titles_name_takes_no_village_from_its_town(tmp_path):
    """Whatever a title's words look like, villages that all lie in known towns are not doubled."""
    head, row = ["姓名", "身份证号", "金额"], ["张伟", IDS[0], 300]
    for village in ("燕家庄村", "后楼村"):
        folder = tmp_path / "柳泉镇" / village
        folder.mkdir(parents=True)
        xlsx(folder / "低保.xlsx", {"s": [[f"{village}低保金发放表"], head, row]})
    xlsx(
        tmp_path / "大和乡公益岗.xlsx",
        {
            "s": [
                ["大和乡公益岗"],
                ["村", *head],
                ["燕家庄村", *row],
                ["后楼村", "李四", IDS[1], 300],
            ]
        },
    )
    found = Round(tmp_path)
    assert found.rows("SELECT town, village_name FROM village ORDER BY 2") == [("柳泉镇", "后楼村"), ("柳泉镇", "燕家庄村")]  # fmt: skip
    assert found.rows("SELECT count(*) FROM subsidy WHERE village_code IS NULL") == [(0,)]
