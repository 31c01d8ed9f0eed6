"""Headings as they are compared: one spelling, without brackets, units and marks."""

from __future__ import annotations

import re
from functools import lru_cache

from xuncha_lib.values import fold

JOIN = "\x1f"
"""Stands between the levels of a heading inside ingest; shown as `/`."""

_UNIT_BRACKETS = re.compile(
    r"\((?:单位:?)?(?:人民币)?(元|万元|千元|亩|㎡|m2|平方米|平米|人|个|户|岁|周岁|张|年|月|天|次|件|件次|%|公顷|元/[^()]*"
    r"|必填|选填|大写|小写|盖章|章|签章|手印|按手印|年月日?|yyyy[^()]*|男/女|是/否|√|填写[^()]*|[^()]*选择)\)"
)
_NOISE = re.compile(r"[:*★☆#·。\s]|^\(?\d{1,2}[.、)]|^[一二三四五六七八九十]{1,2}、")
_MARKS = re.compile(r"[()\[\]【】〔〕{}<>《》/\\、,，;；\-—_“”\"'`+|]")

_SAME = tuple(
    (re.compile(pattern), word)
    for pattern, word in (
        ("帐", "账"), ("座落", "坐落"), ("年月日|时间|日期", "日期"), ("钱数|款额|数额|资金额|款数", "金额"), ("号码", "号"),
        ("居民身份证|公民身份证|公民身份(?=号)|身份证件|身份证明", "身份证"), ("身份证(编码|编号|号)?", "身份证号"),
        ("联系方式|联络方式|联络电话|移动电话|手机号|联系号|电话号|手机", "电话"), ("街镇|镇街|乡镇街道|镇街道|乡镇办", "乡镇"),
        ("村居委会|村居民委员会|村民委员会|村社区|村居", "村"), ("银行卡号|存折账号|卡折号", "银行账号"),
        ("^(?:所属|所在|所处)", ""),
    )
)  # fmt: skip
"""Spellings of one thing, made one on both sides before words are compared."""


_TURNS = tuple(
    re.compile(pattern)
    for pattern in (
        "欠",
        "未",
        "不(?!动产)",
        "扣",
        "减",
        "退(?![耕休役伍])",
        "变更|签证|增减",
        "对[方手]",
    )
)
"""What turns the meaning of the rest: 欠租金额 is no rent, 核减面积 no area that is paid for, 对方单位名称 not one's own."""


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """A heading or alias without brackets, marks and case, common synonyms made one."""
    bare = _MARKS.sub("", _NOISE.sub("", _UNIT_BRACKETS.sub("", fold(text).lower())))
    for pattern, word in _SAME:
        bare = pattern.sub(word, bare)
    return bare


def variants(text: str) -> tuple[str, ...]:
    """The heading with the words in its brackets, and without them."""
    folded = _UNIT_BRACKETS.sub("", fold(text).lower())
    short = re.sub(r"\([^()]*\)", "", folded)
    found = dict.fromkeys((plain(folded), plain(short)))
    return tuple(t for t in found if t) or ("",)


def turns(text: str) -> int:
    """Which of _TURNS the text has, as bits."""
    return sum(1 << at for at, pattern in enumerate(_TURNS) if pattern.search(text))


_COMPANY = re.compile(
    r"^[《“]?(?:关于)?([一-鿿()（）]{4,40}?(?:合作社联合社|专业合作社|合作社|有限责任公司|有限公司|公司))"
)


def company_in(text: str) -> str:
    """Company a title or file name begins with: the members' list of a cooperative names it only there."""
    m = _COMPANY.match(text)
    return m[1] if m else ""
