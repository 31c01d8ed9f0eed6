"""What a row below a head is: data, a total, a footer, or a village name between two villages."""

from __future__ import annotations

import re

from xuncha_lib.values import fold

_TOTAL = re.compile(
    r"^(?:(?:本|当|上|前|全|次)?(?:页|月|年|日|季度?|村|组|镇|户|县|社区)|\d{1,4}年?(?:\d{1,2}月)?(?:份|度)?|\d{1,2}月(?:份)?|第?[一二三四五六七八九十\d]{1,3}(?:组|季度|页|村民小组)"
    r"|截[至止].{1,12}|.{1,10}?(?:村|社区|组|镇|居|街道|类|项|户|庄)|.{0,8}?(?:收入|支出|收支|费用|工资|补贴|资金|部分))?(?:小计|合计|总计|累计|共计|总合计|总数|发生额合计)(?:数|金额|人数|户数|\(元\))?(?:[:：(（].*)?$"
)
_CARRY = re.compile(
    r"^(承前页|过次页|转下页|接上页|承上页|结转下页|上年结转|上月结转|结转下年|期初余额|月初余额|年初余额|上月结余|上年结余|上月结存|上期结余|期初结存|本月结余|月末余额|期初数|结转上年|转次页|上年余额|上月余额|年初结余|期初结余|期末余额|期末结余|结转次页|上期结转|余额结转)$"
)
_TOTAL_HINT = re.compile("[计页转余结存数]")
_FOOTER = re.compile(
    r"^(制表|制单人?[:：]|审核人?[:：]|填表|填报|注[:：]|注\d|说明[:：]|备注[:：]|附注|附[:：]|村书记|书记[:：(]|监委会?|村监会|村委会主任|村主任|主任[:：(]|签字|单位负责人|负责人[:：(]|领导|复核[:：]|经办人[:：]|会计[:：]|出纳[:：]|报账员[:：]|联系人[:：]|联系电话[:：]|公示(时间|日期|期)|监督电话|举报电话|以上|以下空白|打印(日期|时间|人)|导出时间|第\d+页|共\d+页|数据来源|(村)?(党支部|村委会?)\(?盖章|盖章|公章|日期[:：]|年月日$|驻村|包村|分管|镇(审核|经办)|此表|本表|(财务|会计)主管|记账[:：]|编制单位|填制)"
)
_SIGNS = re.compile(
    r"(签字|签章|盖章|签名|审核|制表|填表|负责人|主任|书记|经办人|复核)[(（]?[^:：]{0,6}[)）]?[:：]"
)
_VILLAGE_ROW = re.compile(
    r"^(?:[一二三四五六七八九十\d]{1,3}[、.)）])?(?:村名|村别|单位|行政村|村|村\(居\)|村庄|编制单位|填报单位)?[:：]?([一-鿿]{2,20}?(?:村|社区|村委会|居委会|村民委员会|居民委员会|庄|寨|屯))(?:[:：(（].*)?$"
)
_GROUP_ROW = re.compile(r"^第?([一二三四五六七八九十\d]{1,3})(?:村民)?(?:小)?组[:：]?$")


def is_total_word(text: str) -> bool:
    """合计, 本月小计, 承前页: the words a total row begins with."""
    if len(text) > 40 or not _TOTAL_HINT.search(text):
        return False
    word = fold(text)
    return bool(_CARRY.match(word) or _TOTAL.match(word))


def total_kind(texts: list[str]) -> str:
    """'page', 'part', 'sum', 'running', 'carry' or "" by the first texts of a row."""
    for text in texts[:3]:
        if is_total_word(text):
            word = fold(text)
            if _CARRY.match(word):
                return "carry"
            if "累计" in word:
                return "running"
            if "页" in word:
                return "page"
            whole = re.match(r"^(?:合计|总计|共计|全[村镇年]|总合计|总数)", word)
            return "sum" if whole else "part"
    return ""


def may_end_table(text: str) -> bool:
    """True for a cell that makes a row a footer, if its other cells allow it."""
    word = fold(text)
    return bool(_FOOTER.match(word) or (":" in word and _SIGNS.search(word)))


def is_footer(texts: list[str]) -> bool:
    """True for signatures, notes and page marks: few cells, and words that only stand below a table."""
    if len(texts) > 8:
        return False
    first = fold(texts[0])
    if _FOOTER.match(first) and len(texts) <= 8:
        return True
    if len(texts) <= 6 and sum(bool(_SIGNS.search(fold(t))) for t in texts) >= max(
        1, len(texts) // 3
    ):
        return True
    return len(set(texts)) == 1 and len(first) > 20


def is_signature(texts: list[str]) -> bool:
    """制表人： 审核人： 填表日期：: at least half of the cells only wait for a signature."""
    return sum(fold(t).endswith(":") or bool(_SIGNS.search(fold(t))) for t in texts) * 2 >= len(
        texts
    )


def village_row(texts: list[str]) -> str:
    """Village named by a row that holds nothing else; "" for other rows."""
    if len(texts) > 2:
        return ""
    unique = list(dict.fromkeys(texts))
    if len(unique) > 2 or (
        len(unique) == 2
        and not re.match(r"^(村名|村别|单位|行政村|村|序号|\d+)[:：]?$", fold(unique[0]))
    ):
        return ""
    m = _VILLAGE_ROW.match(fold(unique[-1]))
    return m[1] if m and not re.search(r"合计|小计|签|章|情况|明细|名单", m[1]) else ""


def group_row(texts: list[str]) -> str:
    """Villagers' group named by a row that holds nothing else."""
    m = _GROUP_ROW.match(fold(texts[0])) if len(texts) == 1 else None
    return m[1] if m else ""


_SECTION = re.compile(
    r"^[(]?(?:[一二三四五六七八九十]{1,2}|[\dA-Z])?[)、.:]*(?:本[年月期季]|村级|集体|财务|资金)?(收入|支出)(?:部分|类|项目?|明细|情况|合计栏)?[:]?$"
)


def section_row(texts: list[str]) -> str:
    """收入 or 支出 announced by a row that holds nothing else (一、收入部分): it goes for the rows below."""
    m = _SECTION.match(fold("".join(dict.fromkeys(texts)))) if len(texts) <= 2 else None
    return m[1] if m else ""


_CHINESE = {c: i for i, c in enumerate("〇一二三四五六七八九")}


def group_name(text: str) -> str | None:
    """1, 1组, 一组, 第一村民小组, 1队 → 1; 东组 stays 东组."""
    bare = re.sub(r"^第|(村民小组|小组|组|队|社)$", "", fold(text))
    if not bare or bare in ("/", "无"):
        return None
    if re.fullmatch(r"[一二三四五六七八九十]{1,3}", bare):
        tens, ten, ones = bare.rpartition("十")
        number = ((_CHINESE[tens] if tens else 1) * 10 if ten else 0) + (
            _CHINESE[ones] if ones else 0
        )
        return str(number)
    return str(int(bare)) if bare.isdecimal() else fold(text)
