"""Names of villages as people write them: numerals, offices and towns may be part of a name."""

import pytest

from xuncha_lib.ingest.villages import parse_village

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
