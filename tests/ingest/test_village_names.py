"""Names of villages as people write them: numerals, offices and towns may be part of a name."""

import pytest
from books import Round, xlsx

from xuncha_lib.ingest.records import SheetRead
from xuncha_lib.ingest.settle import _note_column
from xuncha_lib.ingest.villages import Named, Villages, parse_village

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
