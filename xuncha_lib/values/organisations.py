"""Organisations: told from persons, and brought to one spelling."""

from __future__ import annotations

import re
from functools import lru_cache

from xuncha_lib.values.cells import fold

_WORDS = re.compile(
    r"公司|合作社|商店|商行|商贸|工厂|[一-鿿]厂$|经营部|门市|超市|饭店|酒店|酒家|餐馆|餐厅|饭庄|宾馆|中心|村委|居委|村民委员会|委员会|政府|[一-鿿]{2,}局"
    r"|[一-鿿]{2,}站$|银行|信用社|学校|小学|中学|幼儿园|医院|卫生室|诊所|服务队|施工队|工程队|建筑队|部$|队$|店$|行$(?<!银行)|馆$|坊$|铺$|场$|社$|院$|所$|厅$|办$|协会|基金|集团"
    r"|事务所|联社|农场|养殖场|合伙|工作室|苗圃|加油站|财政|服务部|维修|批发|市场|广告|印刷|传媒|五金|建材|电力|供电|水务|自来水|联通|移动通信|电信|邮政"
    r"|国网|保险|党支部|党委|街道办|办事处|合作联|股份|供销|大队|小组$|村集体|公路|税务|国库|基地|车队|园区|工程处|养护|殡仪"
)
_VILLAGE = re.compile(r"^[一-鿿]{2,}(村|社区|镇|乡|街道|村民小组)$")
_SURNAME_NOT_ORG = re.compile(r"^[一-鿿]{2,3}$")
_PERSON_END = re.compile(r"^[一-鿿]{2,4}$")


@lru_cache(maxsize=50_000)
def is_organisation(text: str) -> bool:
    """True when a payee, bidder or lessee as written is an organisation and not a person."""
    text = fold(text)
    if (
        len(text) <= 3
        and _SURNAME_NOT_ORG.match(text)
        and not re.search(
            r"公司|村委|银行|政府|超市|饭店|学校|小学|中学|商店|[厂店]$|局$|队$", text
        )
    ):
        return False
    if _WORDS.search(text) or _VILLAGE.match(text):
        return True
    return len(text) > 6 and not re.search(r"[、/,，;；()·*]", text)


_PREFIX = re.compile(r"^(中国)?(山东省)?(济南市)?")
_LEGAL_FORMS = (
    ("有限责任公司", "有限公司"), ("股份有限公司", "股份公司"), ("农民专业合作社联合社", "合作联社"),
    ("农民专业合作社", "专业合作社"), ("村民委员会", "村委会"), ("居民委员会", "居委会"),
)  # fmt: skip


@lru_cache(maxsize=50_000)
def organisation_name(text: str) -> str:
    """One spelling of an organisation: no spaces or brackets, province and city dropped, legal form in its short form."""
    text = re.sub(r"[\s()（）【】\[\]〔〕“”\"'‘’《》·.,，。、:：-]", "", fold(text)).upper()
    text = re.sub(r"(已注销|注销|吊销|个体工商户|个体)$", "", text)
    bare = _PREFIX.sub("", text)
    text = bare if len(bare) >= 4 else text
    for long, short in _LEGAL_FORMS:
        text = text.replace(long, short)
    return text


_USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def is_valid_uscc(code: str) -> bool:
    """Unified social credit code (GB 32100) whose last character passes."""
    if len(code) != 18 or any(c not in _USCC for c in code):
        return False
    total = sum(_USCC.index(c) * w for c, w in zip(code, _USCC_WEIGHTS, strict=False))
    return _USCC[(31 - total % 31) % 31] == code[17]


_MISREAD = str.maketrans("OIZSV", "0125U")
"""Letters a credit code never has, and what they are misread for."""


@lru_cache(maxsize=50_000)
def uscc_of(text: str) -> tuple[str, str]:
    """(code, why it is doubtful) of a unified social credit code as written; 15-digit registration numbers pass as they are.

    A letter the alphabet leaves out (O, I, Z, S, V) is read as its look-alike where the check character then passes.
    """
    code = re.sub(r"[\s-]", "", fold(text)).upper()
    if len(code) != 18:
        return code, "" if len(code) == 15 and code.isdecimal() else "统一社会信用代码不是18位"
    read = code if is_valid_uscc(code) else code.translate(_MISREAD)
    return (read, "") if is_valid_uscc(read) else (code, "统一社会信用代码校验位不符")
