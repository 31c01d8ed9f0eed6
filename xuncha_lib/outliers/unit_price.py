"""What was bought, how much of it and at what price each, as a summary tells it."""

from __future__ import annotations

import re
from typing import NamedTuple

_UNITS = (
    "盏|台|套|张|把|吨|立方米|立方|方|平方米|平方|㎡|米|块|棵|株|袋|个|桶|只|件|本|辆|箱|根|副|组|双|条|部|面|扇|车|公斤|斤|"
    "份|具|顶|床|樘|座|眼|盆|捆|卷|瓶|杆|枚|付"
)
_ANY_UNIT = (
    rf"(?:{_UNITS}|[^\W\d_天日月人次期户年季批号组处桌餐元万](?=[，,×xX*@（(；;]|单价|每|$))"
)
"""A known unit, or one character where a unit stands: before a comma, a multiplication sign, a price or the end."""
COUNTED = (
    rf"\p{{Nd}}(?:{_UNITS}|[^天日月人次期户年季批号组处桌餐元万](?:[，,×xX*@（(；;]|单价|每|$))"
)
"""What every text without spaces has in which `bought` finds something, for searching many in SQL; most others lack it."""
_NUMBER = r"(\d+(?:\.\d+)?)"
_AFTER = re.compile(
    rf"(?:购置|采购|购买|购入|购|买|付|更换|安装|定制|定做|制作|添置|配备)*([^，。、；（(,]{{2,18}}?)"
    rf"(?:共|计|合计)?[（(]?(?<![\d.]){_NUMBER}\s*({_ANY_UNIT})"
)
_BEFORE = re.compile(
    rf"(?:购置|采购|购买|购入|购|买|更换|安装|定制|制作|添置|配备){_NUMBER}\s*({_ANY_UNIT})(?:的)?([^\d，。、；（(,]{{2,14}})"
)
_TAIL = re.compile(r"(款|费用|费|货款|金额|一批|等)+$")
_HEAD = re.compile(
    r"^(付|支付|支|村里|村委|本村|村|为.{0,6}(购|买)|新|购置|采购|购买|购入|购|买|更换|安装|定制|定做|制作|添置|配备)+"
)


class Bought(NamedTuple):
    """One thing bought. item: name without verbs; quantity > 0; unit as written, ㎡ and 平方 as 平方米."""

    item: str
    quantity: float
    unit: str


_SAME = {"㎡": "平方米", "平方": "平方米", "立方": "立方米", "方": "立方米", "株": "棵", "只": "个"}


def plain_unit(unit: str) -> str:
    """One word for one unit: ㎡ and 平方 are 平方米, 株 is 棵."""
    return _SAME.get(unit, unit)


def bought(summary: str) -> Bought | None:
    """The purchase a summary speaks of, None when it names none or more than one."""
    text = re.sub(r"[\s　]+", "", summary)
    found = _BEFORE.findall(text)
    if len(found) == 1:
        number, unit, item = found[0]
    else:
        after = _AFTER.findall(text)
        if len(after) != 1:
            return None
        item, number, unit = after[0]
    item = _TAIL.sub("", _HEAD.sub("", item))
    if len(item) < 2 or float(number) <= 0:
        return None
    return Bought(item, float(number), plain_unit(unit))
