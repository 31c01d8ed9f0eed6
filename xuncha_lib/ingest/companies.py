"""Registered firms: whether they exist, and who stands or stood behind them, one row per person."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from xuncha_lib import values as v
from xuncha_lib.ingest.context import Context
from xuncha_lib.ingest.extract import Damage, as_day, person_from
from xuncha_lib.ingest.headings import company_in
from xuncha_lib.ingest.records import Person
from xuncha_lib.ingest.special import Derived, Values
from xuncha_lib.values import fold

_INACTIVE = re.compile(r"注销|吊销|清算|迁出|停业|歇业|撤销|解散|关闭|除名|非正常|废止")
_ACTIVE = re.compile(r"存续|在业|开业|正常|在营|营业|登记成立|有效|确立|迁入")
_LEFT = re.compile(
    r"^(否|非现任|离任|卸任|退出|退股|退社|历史|前任|无效|注销)$|[已曾](于.{0,12})?(退出|退股|退社|退伙|离任|卸任|免职|辞任|辞职|离职|转让|变更)|"
    r"曾任|^原(股东|法定|监事|执行|经理|董事|理事|负责人|出资)|历史(股东|成员|人员|高管)|前(股东|法定代表人)|"
    r"\d[日月年]?(退出|退股|退社|离任|卸任|免职|转让)|(退出|退股|退社|离任|卸任|股权转让)于?[12]\d{3}"
)
"""Words that tell that a person is no longer with the firm."""
_STILL = re.compile("未退|拟退|申请退|不再退|部分转让")
_DAY = re.compile(r"((?:19|20)\d{2})[-./年](\d{1,2})(?:[-./月](\d{1,2}))?")
_CODE_IN_TITLE = re.compile(r"(?<![0-9A-Z])[0-9A-HJ-NPQRTUWXY]{18}(?![0-9A-Z])")
_KEPT = ("uscc", "company", "company_org", "company_kind", "state", "is_active", "founded_on", "closed_on",
         "capital_yuan", "phone", "address")  # fmt: skip
_LISTS = {
    "shareholders": "股东",
    "members": "成员",
    "directors": "主要人员",
    "supervisors": "监事",
    "managers": "经理",
}
_PAREN = re.compile(r"\((.*?)\)")


def company_around(values: Values, context: Context) -> None:
    """Company and its code from the title, for a list of members that names them only there."""
    if not values.get("company") and not values.get("uscc"):
        values["company"] = next(
            (name for text in context.words if (name := company_in(text))), None
        )
        code = _CODE_IN_TITLE.search(fold(" ".join(context.titles)))
        values["uscc"] = code[0] if code else None


def settle_state(values: Values, damage: Damage) -> None:
    """Normalised name and credit code of the firm, and whether it still exists."""
    if code := values.get("uscc"):
        values["uscc"], why = v.uscc_of(str(code))
        if why:
            damage("uscc", str(code), why)
    if name := values.get("company"):
        values["company_org"] = v.organisation_name(name)
    state = str(values.get("state") or "")
    if _INACTIVE.search(state):
        values["is_active"] = False
    elif _ACTIVE.search(state):
        values["is_active"] = True
    elif values.get("closed_on"):
        values["is_active"] = False


def company(
    values: Values, people: dict[str, Person], extras: Values, damage: Damage
) -> list[Derived]:
    """State of the firm into `values`, and one row per person of the firm."""
    settle_state(values, damage)
    base = {key: values[key] for key in _KEPT if values.get(key) is not None}
    found: list[Derived] = []

    def add(person: Person | None, role: str, share: float | None = None, **more: Any) -> None:
        if person and person.name_state in ("ok", "masked", "damaged", "several"):
            told = base | {"person_role": role, "share_pct": share} | more
            found.append(("business_person", told, {"person": person}))

    add(people.get("legal_person"), _head_role(values))
    if extras.get("shareholder"):
        cells = {"name": extras["shareholder"], "id_no": extras.get("shareholder_id")}
        head = people.get("legal_person")
        if (
            head and head.name_state == "empty"
        ):  # 证件号码 in a list of shareholders is the shareholder's
            cells["id_no"] = cells["id_no"] or head.id_raw
            del people["legal_person"]
        share = extras.get("share_pct")
        add(person_from(cells, "shareholder", damage), str(extras.get("shareholder_role") or "股东"),
            share * 100 if share is not None and 0 < share <= 1 else share, **stay(values, extras))  # fmt: skip
    for key, role in _LISTS.items():
        for text, share in _people_in(str(extras.get(key) or "")):
            add(person_from({"name": text}, key, damage), role, share)
    return found


def stay(values: Values, extras: Values) -> Values:
    """From when to when a shareholder or officer was with the firm, and whether still; told by columns or in words."""
    told = [
        fold(str(text))
        for text in (extras.get("shareholder_role"), extras.get("person_state"), values.get("note"))
        if text
    ]
    left_on = extras.get("until")
    words = next((text for text in told if _LEFT.search(text) and not _STILL.search(text)), "")
    if words and not left_on:
        left_on = _day_in(words) or extras.get("changed_on") or _day_in(" ".join(told))
    found = {
        "since_on": extras.get("since"),
        "until_on": left_on,
        "is_current": False if words or left_on else None,
        "note": values.get("note"),
    }
    return {key: value for key, value in found.items() if value is not None}


def _day_in(text: str) -> dt.date | None:
    """The last day or month named in the text."""
    days = [as_day(*parts) for parts in _DAY.findall(text)]
    return max((day for day in days if day), default=None)


def is_company_row(values: Values, above: Values) -> bool:
    """False for a line that only adds a person to the company of the line above, or to a list of members."""
    told = any(values.get(k) for k in ("state", "founded_on", "company_kind", "scope", "address"))
    return told and any(values.get(k) != above.get(k) for k in ("company", "uscc"))


def _head_role(values: Values) -> str:
    kind = str(values.get("company_kind") or "") + str(values.get("company") or "")
    return "经营者" if "个体" in kind else "理事长" if "合作社" in kind else "法定代表人"


def _people_in(text: str) -> list[tuple[str, float | None]]:
    """张三(60%)、李四40% → [(张三, 60), (李四, 40)]; organisations are left out."""
    found = []
    for part in v.split_names(re.sub(r"\s{2,}", "、", text)):
        share = re.search(r"([\d.]+)%", part)
        name = re.sub(r"[\d.]+%?|万元?|元|占股?|持股|[:：]", "", _PAREN.sub("", fold(part)))
        name = re.sub(r"^(股东|监事|理事长?|经理|成员|董事长?|执行董事|总经理|出资)", "", name)
        if 2 <= len(name) <= 15 and not v.is_organisation(name):
            found.append((name, float(share[1]) if share else None))
    return found
