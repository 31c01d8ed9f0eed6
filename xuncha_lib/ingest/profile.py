"""What the cells of a column look like, whatever its heading says."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from functools import lru_cache
from itertools import accumulate, chain

import numpy as np

from xuncha_lib.ingest.coded import Coded
from xuncha_lib.ingest.surnames import SURNAMES
from xuncha_lib.values import (
    Cell,
    cell_text,
    date_of,
    fold,
    is_organisation,
    is_valid_uscc,
    number_of,
)
from xuncha_lib.values.cells import EMPTY_WORDS, NO, YES

_SAMPLE = 12
_ENOUGH = 200
"""Characters of a cell that tell its kind; some patterns are slow on whole pages."""
_ID = re.compile(r"^\d{6}(18|19|20)\d{9}[\dX]$|^\d{15}$|^\d{6}[\d*×X]{8,11}[\dX*]$|^\d\.\d+E\+17$")
_PHONE = re.compile(r"^(\+?86)?1[3-9]\d[-\d]{8,10}$|^0\d{2,3}-?\d{7,8}$")
_CARD = re.compile(r"^\d{16,21}$|^\d\.\d+E\+1[5-9]$")
_PLATE = re.compile(
    r"^[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z]·?[A-Z0-9*]{5,6}$"
)
_USCC = re.compile(r"^[0-9A-HJ-NPQRTUWXY]{18}$")
_NAME = re.compile(r"^[一-鿿]{2,4}(\(.*\))?$|^[一-鿿]+·[一-鿿]+$|^[一-鿿][*某×]{1,2}[一-鿿]?$")
_VILLAGE = re.compile(r"(村|社区|居委会|村委会|庄|屯|寨|店|家|民委员会)$")
_MONTH = re.compile(r"^((19|20)\d{2}[-./年]?)?\d{1,2}月?份?$|^(19|20)\d{2}(0[1-9]|1[0-2])$")
_PERIOD = re.compile(
    r"\d{4}.*[-至~—到].*(?:\d{4}|长期)|^(?:\d{4}年?)?(?:第?[1-4一二三四]季度|[上下]半年)$|^(?:\d{4}[年./-]?)?\d{1,2}月?[-至~—到]\d{1,2}月份?$"
)
_VOUCHER = re.compile(r"^(记|现|银|转|收|付|现收|现付|银收|银付)字?第?-?\d+号?$")
_ACCOUNT = re.compile(r"^\d{3,4}([.-]?\d{2,3}){0,5}$")
_ACCOUNT_NAME = re.compile(
    r"银行存款|库存现金|应收款|应付款|费用|收入|支出|资本|公积|资产|收益|工资|款项|借款|成本|折旧|福利|内部往来"
)
_RELATION = re.compile(
    r"^(户主|本人|配偶|妻|妻子|夫|丈夫|子|长子|次子|三子|女|长女|次女|三女|儿子|女儿|父|母|父亲|母亲|孙子|孙女|孙|儿媳|女婿|兄|弟|姐|妹|哥哥|弟弟|姐姐|妹妹|岳父|岳母|公公|婆婆|外孙|外孙女|祖父|祖母|侄子|侄女|外甥|叔|伯|舅|姑|姨|之.|[一-鿿]?[子女父母夫妻兄弟姐妹媳]|\d{2})$"
)
_AGE = re.compile(r"^\d{1,3}(周?岁)?$")
_GROUP = re.compile(r"^第?[一二三四五六七八九十\d]{1,3}(村民)?(组|小组|队|社)?$|(组|队|社)$")
_MEASURE = re.compile(
    r"^(亩|平方米|平米|㎡|M2|处|间|口|座|眼|米|个|台|辆|公里|套|株|棵|宗|块|元|万元|项|次|人|吨|公斤|斤|年|月|栋|幢|片)$"
)
_AREA = re.compile(r"^[\d.]+(亩([\d.]+分)?|分|平方米|平米|㎡|M2|M²|公顷)$")
_SIDE = re.compile(
    r"^(收入?|支出?|付出?|存入?|取|支取|转入|转出|入账?|出账?|借方?|贷方?|[CD]|收款|付款|增加?|减少?)$"
)
_NUMERAL = re.compile(
    r"[\d〇零○O一二两三四五六七八九十百千万亿壹贰弍叁参肆伍陆柒捌玖拾佰仟萬廿卅半*×∞]"
)
"""Without any of these a text holds no number, day, ID number or mask."""
_CAPITAL = re.compile(
    r"^[零壹贰弍叁参肆伍陆柒捌玖拾佰仟萬万亿]+[元圆][零壹贰弍叁参肆伍陆柒捌玖角分整正]*$"
)
_NO_ORG = re.compile(
    r"^[^公司社店厂]*\d|[元圆角分][整正]?$|(?:工程|项目|改造|装修|整修|硬化|绿化|亮化|建设)$"
)
"""A day, the number of a paper, a piece of work: long, but no organisation."""
_BIDDERS = re.compile(r"[一-鿿].*\d.*[、,，;；\n/].*\d")


def _kinds(text: str, is_number: bool) -> tuple[str, ...]:
    """Every kind of content the cell could be."""
    folded = fold(text).upper()
    if folded in EMPTY_WORDS:
        return ("empty",)
    if not _NUMERAL.search(folded):
        return _words_only(folded)
    found = []
    if _ID.match(folded):
        found.append("id_no")
    if _CARD.match(folded):
        found.append("bank_no")
    if _PHONE.match(folded):
        found.append("phone")
    if _PLATE.match(folded):
        found.append("plate")
    if (
        _USCC.match(folded)
        and (is_valid_uscc(folded) or not folded.isdecimal())
        and "id_no" not in found
    ):
        found.append("uscc")
    if folded in YES or folded in NO:
        found.append("flag")
    if folded in ("男", "女") or folded in ("1", "2"):
        found.append("sex")
    if folded.isdecimal() and len(folded) > 10:  # too long for a number or a day
        return (*found, *_texts(folded))
    if _AREA.match(folded):
        found.append("area")
    if is_number or number_of(folded)[0] is not None:
        digits = folded.lstrip("-").partition(".")[0]
        if len(digits) < 11 or _CAPITAL.match(folded):
            found.append("number")
        if digits.isdecimal() and digits == folded and len(digits) < 7:
            found.append("int")
    return (*found, *_dates(folded, is_number), *_texts(folded))


def _words_only(text: str) -> tuple[str, ...]:
    """Kinds of a text without any numeral: no number, no day."""
    found = []
    if _PLATE.match(text):
        found.append("plate")
    if _USCC.match(text):
        found.append("uscc")
    if text in YES or text in NO:
        found.append("flag")
    if text in ("男", "女"):
        found.append("sex")
    return (*found, *_texts(text))


def _dates(text: str, is_number: bool) -> list[str]:
    found = []
    if _MONTH.match(text):
        found.append("month")
    value, why = date_of(text, 2023)
    plain_int = (
        text.isdecimal() and len(text) != 8 and not (len(text) == 6 and text[:2] in ("19", "20"))
    )
    if (value or "没有年份" in why or "分不清" in why) and not plain_int:
        found.append("date")
    elif value and text.isdecimal() and len(text) == 5 and is_number:
        found.append("serial")
    if _PERIOD.search(text) and "date" not in found:
        found.append("period")
    if re.fullmatch(r"(19|20)\d{2}年?度?", text):
        found.append("year")
    return found


_NO_NAMES = frozenset(
    "成功 全部 全额 全年 党员 党费 常住 常驻 高龄 高级 危房 时间 应发 应收 应付 计生 连续 单人 单独 单位 安置 安全 平整 花生 水稻 水田 苗木 白杨 路灯 "
    "路面 车辆 车库 房屋 房租 农户 农民 权属 商铺 商店 经营 干部 干果 宣传 支付 支出 温室 冷库 左右 方式 项目 广场 荆条 桑树 柏树 柳树 杨树 石料".split()
)
"""Words of lists that begin with a surname: what a column of them says is no name."""


def _texts(text: str) -> list[str]:
    found = []
    if text.isascii():
        patterns = (
            ("voucher", _VOUCHER),
            ("account_code", _ACCOUNT),
            ("relation", _RELATION),
            ("age", _AGE),
            ("group", _GROUP),
        )
        return [kind for kind, pattern in patterns if pattern.search(text)]
    if (
        _NAME.match(text)
        and text[0] in SURNAMES
        and text not in _NO_NAMES
        and not is_organisation(text)
    ):
        found.append("name")
    if is_organisation(text) and not _NO_ORG.search(text):
        found.append("org")
    if _VILLAGE.search(text) and len(text) >= 2:
        found.append("village")
    if text.endswith("支部") and ("村" in text or "社区" in text):
        found.append("branch")
    for kind, pattern in (("voucher", _VOUCHER), ("account_code", _ACCOUNT), ("account", _ACCOUNT_NAME),
                          ("relation", _RELATION), ("age", _AGE), ("group", _GROUP), ("bidders", _BIDDERS),
                          ("measure", _MEASURE), ("side", _SIDE)):  # fmt: skip
        if pattern.search(text):
            found.append(kind)
    if re.search(r"(镇|乡|街道|办事处)$", text):
        found.append("town")
    if re.search(r"[一-鿿]", text):
        found.append("han")
    return found


def profile(column: Coded) -> dict[str, float]:
    """Share of the column's filled cells that look like each kind; `n` = how many are filled in the sample.

    distinct: of the sample.   spread: different values of the whole column per filled cell (0–1).
    """
    filled = np.flatnonzero(column.filled())
    step = max(1, len(filled) // _SAMPLE)
    sample = column.at(filled[::step][:_SAMPLE])
    counts: dict[str, float] = {
        "n": float(len(sample)),
        "filled": len(filled) / len(column) if len(column) else 0.0,
    }
    share = 1 / len(sample) if sample else 0.0
    counts["distinct"] = len(set(map(cell_text, sample))) * share
    counts["spread"] = min(1.0, len(column.kept) / max(len(filled), 1))
    counts.update(_shares(tuple(map(_kinds_of, sample))))
    return counts


@lru_cache(maxsize=20_000)
def _shares(kinds: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, float], ...]:
    """Kind → share of the cells, given the kinds of each; many columns of a round look alike."""
    sums = list(accumulate([1 / len(kinds)] * len(kinds), initial=0.0)) if kinds else []
    counted = Counter(chain.from_iterable(kinds))
    return tuple((kind, sums[times]) for kind, times in counted.items())


@lru_cache(maxsize=30_000, typed=True)
def _kinds_of(cell: Cell) -> tuple[str, ...]:
    if isinstance(cell, dt.date):
        return ("date",)
    is_number = isinstance(cell, float | int) and not isinstance(cell, bool)
    return _kinds(cell_text(cell)[:_ENOUGH], is_number)


_EXPECTED: dict[str, tuple[str, ...]] = {
    "name": ("name",), "party": ("name", "org"), "org": ("org",), "id_no": ("id_no",), "phone": ("phone",),
    "bank_no": ("bank_no",), "birth_on": ("date", "serial"), "sex": ("sex",), "date": ("date", "serial", "month"),
    "month": ("month", "date", "int"), "yuan": ("number",), "mu": ("number", "area"), "number": ("number",), "int": ("number",),
    "uscc": ("uscc", "bank_no", "id_no"), "plate": ("plate",), "village": ("village",), "town": ("town",),
    "relation": ("relation",), "side": ("side",), "seq": ("int",), "age": ("age",), "group": ("group",), "account_code": ("account_code",),
    "account": ("account", "han"), "flag": ("flag", "sex"), "bidders": ("bidders",), "period": ("period", "month"), "names": ("name", "han"),
    "year": ("year",), "month_no": ("int",), "day_no": ("int",),
}  # fmt: skip
"""Field type → kinds of content that support it."""

_STRONG = {"id_no": 0.42, "phone": 0.38, "bank_no": 0.36, "plate": 0.45, "uscc": 0.42, "sex": 0.2, "name": 0.25, "org": 0.25,
           "village": 0.2, "date": 0.2, "birth_on": 0.2, "party": 0.2, "bidders": 0.3, "period": 0.25, "relation": 0.25,
           "town": 0.25}  # fmt: skip
"""What full support adds to a heading's similarity; 0.15 for the rest."""

_SOFT = frozenset("text code any flag village group account names relation town party org".split())


def fit(seen: dict[str, float], kind: str) -> float:
    """Support (up to 0.45) or contradiction (down to -0.6) of the content for a field type; 0 for an empty column."""
    if not seen["n"]:
        return 0.0
    base = 1 - seen.get("empty", 0.0)
    if not base:
        return 0.0
    if kind == "blank":
        return -0.5
    if kind in ("text", "code", "any"):
        return _fit_words(seen, kind)
    share = min(1.0, max(seen.get(k, 0.0) for k in _EXPECTED[kind]) / base)
    if kind in ("yuan", "mu") and seen.get("phone", 0.0) + seen.get("bank_no", 0.0) > 0.5:
        share = 0.0
    if (
        kind == "bank_no" and seen.get("id_no", 0.0) / base > 0.5
    ):  # an ID number is as long as a card's
        share = 0.0
    if kind == "village":
        other = max(seen.get("measure", 0.0), seen.get("org", 0.0) - share, seen.get("number", 0.0))
        if other / base > 0.3 and share < 0.5:
            return -0.7
        if (
            seen.get("name", 0.0) / base > 0.7 and share < 0.5
        ):  # 东桥 reads like a name, but a village stands on many rows
            return -0.4 if seen.get("distinct", 0.0) > 0.75 else 0.0
    if kind in ("name", "party") and seen.get("measure", 0.0) / base > 0.5:
        return -0.5
    if kind == "name" and seen.get("org", 0.0) / base > 0.5:
        return -0.5
    if kind in ("birth_on", "date") and seen.get("serial", 0.0) > 0.5:
        return 0.1
    if share >= 0.5:
        return _STRONG.get(kind, 0.15) * share
    return -(0.25 if kind in _SOFT else 0.6) * (1 - 2 * share)


def _fit_words(seen: dict[str, float], kind: str) -> float:
    """Contradiction (down to -0.4) of content that is not just words, for a column of words or codes."""
    odd = max(seen.get(k, 0.0) for k in ("id_no", "plate", "uscc", "phone"))
    if kind == "text":
        odd = max(
            odd,
            seen.get("bank_no", 0.0),
            0.6 * min(seen.get("date", 0.0), seen.get("number", 1.0)),
        )
        odd = max(odd, 0.5 * seen.get("number", 0.0) * (1 - seen.get("han", 0.0)))
    else:
        odd = max(seen.get("date", 0.0) * (1 - seen.get("int", 0.0)), seen.get("name", 0.0)) * 0.8
    return -0.4 * odd
