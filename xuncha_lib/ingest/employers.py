"""The one column of organisations of a list that is about firms, or of people and whom they work for."""

from __future__ import annotations

import re

from xuncha_lib.ingest.tested import LEAST, Columns
from xuncha_lib.values import cell_text, fold

_FIELDS = {
    "business": "company", "social_insurance": "insured_by", "payroll": "employer", "wage": "employer",
}  # fmt: skip
_ORG = re.compile(
    r"[一-鿿]{2}(?:公司|合作社|联合社|经营部|商行|商店|门市部?|超市|厂|店|中心|农场|饭馆|工作室|设计院|事务所|服务部|服务站|加工部|工程队|施工队|运输队|[^市]场|租赁站|经销处|部|行|馆|铺|坊)(?:\d{1,2}|\(.+\))?$"
)
_OFFICE = re.compile(
    r"[一-鿿]{2}(?:局|委员会|村委会|居委会|政府|办事处|学校|小学|中学|幼儿园|卫生院|医院|卫生室|管理站|服务站|水利站|所|办公室|法院|检察院)$"
)
_BANK = re.compile(r"银行|信用社|信用联社|支行|分理处|储蓄|营业所")
_OWN = 0.8
"""Share of different firms in a register: 登记机关 is the same on every row."""
_SHARE, _SAMPLE, _LONG = 0.85, 60, 40


def employed(columns: Columns) -> None:
    """Give the table's column of firms the one free column of organisations, whatever its heading."""
    key = _FIELDS.get(columns.table)
    if not key or key in columns.columns:
        return
    taken = set(columns.columns.values())
    places = [
        at for at, heading in enumerate(columns.headings)
        if heading and at not in taken and columns.seen[at]["n"] and _is_of_firms(columns, at, key)
    ]  # fmt: skip
    if len(places) == 1:
        columns.columns[key] = places[0]


def _is_of_firms(columns: Columns, at: int, key: str) -> bool:
    one = columns.seen[at]
    if key == "company" and one.get("spread", 0.0) < _OWN and "+shareholder" not in columns.columns:
        return False
    told = [fold(text) for text in columns.values(at, cell_text) if text]
    if len(told) < LEAST:
        return False
    words = (_ORG,) if key == "company" else (_ORG, _OFFICE)
    firms = [
        len(t) <= _LONG and not _BANK.search(t) and any(w.search(t) for w in words) for t in told
    ]
    return sum(firms) >= _SHARE * len(told)
