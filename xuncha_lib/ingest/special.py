"""What single kinds of table need beyond their columns: signed amounts, split dates, lists of people in a cell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from xuncha_lib import values as v
from xuncha_lib.ingest.context import Context, Period, programme_around, programme_of
from xuncha_lib.ingest.extract import Plan
from xuncha_lib.ingest.records import Person
from xuncha_lib.tables import Table
from xuncha_lib.values import Cell, cell_text, fold
from xuncha_lib.values.cells import EMPTY_WORDS

Values = dict[str, Any]
Derived = tuple[str, Values, dict[str, Person]]
"""(table, values, people) of a row that another row gives besides itself."""

_WORD_NO = re.compile(r"^([一-鿿]{1,4}?)字?(?:第)?[-－—#]?(\d+)号?$")
_IN = re.compile(r"收|存|转入|^入|贷|^C|增加|借款收")
_OUT = re.compile(r"支|付|取|转出|^出|借|^D|减少")
_LEDGER_IN = re.compile(r"收|借|^入|增加")


def signed(table: Table, values: Values, extras: Values, context: Context) -> None:
    """One amount column and its side (or its sign, or the title) → the two money columns of the table."""
    spec = table.recognise.get("signed")
    amount = extras.get("amount")
    if not spec or amount is None or any(values.get(side) for side in spec["sides"]):
        return
    first, second = spec["sides"]
    side = fold(str(extras.get("side") or ""))
    if table.name == "bank_flow":
        is_first = bool(_IN.search(side)) if side else amount > 0
        if side and not _IN.search(side) and not _OUT.search(side):
            is_first = amount > 0
    elif side:
        is_first = bool(_LEDGER_IN.search(side))
    else:
        titles = "".join((*context.titles[:2], context.sheet, context.stem))
        spends, earns = re.search("支出|付款|开支|报销", titles), re.search("收入|收款", titles)
        is_first = amount > 0 if bool(spends) == bool(earns) else bool(earns)
    values[first if is_first else second] = (
        abs(amount) if not side or table.name == "bank_flow" else amount
    )


def voucher_number(values: Values) -> None:
    """记-12, 现付3, 记字第12号: the word before the number, when it has no column of its own."""
    number = values.get("voucher_no")
    if number and not values.get("voucher_word") and (m := _WORD_NO.match(fold(number))):
        values["voucher_word"] = m[1]


def two_purses(values: Values, extras: Values) -> None:
    """Cash and bank side by side: one receipt, one payment, one balance, and the method where only one moved."""
    moved = set()
    for side in ("receipt", "payment", "balance"):
        parts = {
            purse: extras[f"{purse}_{side}"]
            for purse in ("cash", "bank")
            if extras.get(f"{purse}_{side}") is not None
        }
        if parts and values.get(f"{side}_yuan") is None:
            values[f"{side}_yuan"] = round(sum(parts.values()), 2)
        if side != "balance":
            moved |= {purse for purse, amount in parts.items() if amount}
    for purse in ("cash", "bank"):
        values[f"{purse}_balance_yuan"] = extras.get(f"{purse}_balance")
    if len(moved) == 1 and not values.get("method"):
        values["method"] = "现金" if "cash" in moved else "银行"


def account_path(values: Values, extras: Values) -> None:
    """总账科目 and 明细科目 as one path."""
    parts = [str(extras[k]) for k in ("account_upper", "account_lower") if extras.get(k)]
    if parts and not values.get("account_name"):
        values["account_name"] = "/".join(parts)


def balance_sides(values: Values, extras: Values) -> None:
    """Opening and closing balances given in two columns → one amount and its side."""
    for name in ("opening", "closing"):
        debit, credit = extras.get(f"{name}_debit"), extras.get(f"{name}_credit")
        if values.get(f"{name}_yuan") is None and (debit is not None or credit is not None):
            is_debit = bool(debit) or not credit
            values[f"{name}_yuan"] = (debit or 0.0) if is_debit else credit
            if name == "closing" or not values.get("side"):
                values["side"] = (
                    ("借" if is_debit else "贷") if (debit or credit) else values.get("side")
                )


_PRICE = re.compile(r"^(.*?)[:：(（\s报价为]*([\d,]+(?:\.\d+)?)\s*(万元|万|元)?[)）]?$")


def bids(values: Values, extras: Values, winner: Values, unit_scale: float) -> list[Derived]:
    """投标单位及报价 (甲48.2、乙48.9) → one bid per bidder; without a unit the scale is told from the winning price."""
    text = "、".join(str(t) for t in (values.get("bidders_text"), extras.get("losers_text")) if t)
    entries = []
    for part in re.split(r"[、;；\n/]|(?<!\d),|,(?!\d{3})|，", text):
        m = _PRICE.match(fold(part))
        name = (m[1] if m else fold(part)).strip(" :：(（")
        if len(name) >= 2:
            entries.append((name, float(m[2].replace(",", "")) if m else None, m[3] if m else None))
    won = values.get("bid_yuan") or values.get("ceiling_yuan") or values.get("contract_yuan")
    found: list[Derived] = []
    for name, price, unit in entries:
        if price is not None:
            price *= (
                10_000
                if unit and unit.startswith("万")
                else 1
                if unit
                else _guess_scale(price, won, unit_scale)
            )
        org = v.organisation_name(name) if v.is_organisation(name) or len(name) > 4 else None
        is_winner = bool(winner.get("winner_org") and org and winner["winner_org"] == org)
        found.append((
            "bid",
            {"project_name": values.get("project_name"), "bidder_name": name, "bidder_org": org, "opened_on": extras.get("opened_on"),
             "price_yuan": None if price is None else round(price, 2), "is_winner": is_winner},
            {},
        ))  # fmt: skip
    return found


def _guess_scale(price: float, won: float | None, unit_scale: float) -> float:
    if won and price:
        return min((1.0, 10_000.0), key=lambda s: abs(price * s / won - 1))
    return 10_000.0 if unit_scale == 1 and price < 1_000 else unit_scale


def subsidy(values: Values, extras: Values, context: Context, period: Period) -> None:
    """Programme and time of a payment, from its row, else from the words around the table."""
    code, name = programme_of(str(values["programme"])) if values.get("programme") else ("", "")
    if not code:
        code, name = programme_around(context)
    values.setdefault("programme", name or None)
    values["programme_code"] = code or None
    paid = values.get("paid_on")
    if isinstance(paid, Period):  # 2024年1季度 in the column of the payment date
        values["paid_on"] = None
        values.setdefault("period_from", paid.start)
        values.setdefault("period_to", paid.end.replace(day=1) if paid.end else None)
    term = extras.get("term")
    if term:
        values.setdefault("period_from", term[0].replace(day=1) if term[0] else None)
        values.setdefault(
            "period_to", term[1].replace(day=1) if term[1] else values.get("period_from")
        )
    if period.start and not values.get("period_from"):
        values["period_from"], values["period_to"] = (
            period.start,
            period.end.replace(day=1) if period.end else None,
        )
    if (
        not values.get("paid_on")
        and not values.get("period_from")
        and (year := v.year_in(str(extras.get("year") or "")))
    ):
        values["period_from"], values["period_to"] = (
            v.month_of(f"{year}.01")[0],
            v.month_of(f"{year}.12")[0],
        )
    _settle_day(values, code)


def both_parts(values: Values, extras: Values) -> None:
    """生活补贴 and 护理补贴: the payment is the sum that is stated, else that of the two."""
    if values.get("amount_yuan") is None and extras.get("pivot_sum"):
        values["amount_yuan"] = extras["pivot_sum"]
    parts = [values[k] for k in ("living_yuan", "care_yuan") if values.get(k) is not None]
    if parts and values.get("amount_yuan") is None:
        values["amount_yuan"] = round(sum(parts), 2)


def _settle_day(values: Values, code: str) -> None:
    """Without a day of payment: of one-off relief (B05) the day it was granted, of a house (B08) the day it was done, of a month the month."""
    if not values.get("paid_on") and code == "B05":
        values["paid_on"] = values.get("approved_on") or values.get("applied_on")
    if not values.get("paid_on") and code == "B08" and not values.get("period_from"):
        values["paid_on"] = values.get("finished_on")
    start = values.get("period_from")
    if not values.get("paid_on") and start and start == values.get("period_to"):
        values["paid_on"] = start


def hired(values: Values, extras: Values) -> None:
    """The term of a post; it is the time of the payment only where nothing else tells one."""
    start, end = extras.get("hire") or (None, None)
    values.setdefault("hired_on", start)
    values.setdefault("hired_until", end)
    if start and end and not values.get("paid_on") and not values.get("period_from"):
        values["period_from"], values["period_to"] = start.replace(day=1), end.replace(day=1)


def period_in_order(values: Values) -> None:
    """A term that ends before it starts was read from two columns taken for each other (生效 and 失效)."""
    start, end = values.get("starts_on"), values.get("ends_on")
    if start and end and start > end:
        values["starts_on"], values["ends_on"] = end, start


def area_by_unit(values: Values, extras: Values) -> None:
    """A column of units (亩, ㎡, 间) beside the area says what the number is: floor space is no land."""
    unit = str(extras.get("area_unit") or "")
    if not unit or "亩" in unit or values.get("area_mu") is None:
        return
    number = values.pop("area_mu")
    if unit.lower() in ("㎡", "m2", "m²", "平方米", "平方", "平米", "平"):
        values.setdefault("area_m2", number)
    elif unit == "公顷":
        values["area_mu"] = number * 15


def term_text(values: Values, plan: Plan, row: Mapping[int, Cell]) -> None:
    """The term of a contract as written: a column of its own, else an end or a number of years that is none (长期)."""
    told = ((n, plan.columns.get(n)) for n in ("ends_on", "term_years") if n not in values)
    for _, place in (("term", plan.extras.get("term")), *told):
        if place and (text := cell_text(row[place[0]])) and text not in EMPTY_WORDS:
            values["term_text"] = text
            return


def list_kind(context: Context) -> str:
    """Which of the three lists of paid staff a file is: 基本, 新增 or 退出."""
    text = "".join(context.words)
    if re.search(r"退出|减少|减员|注销", text):
        return "退出"
    return "新增" if re.search(r"新增|增加|增员", text) else "基本"


def post_of(values: Values, extras: Values) -> None:
    """党内职务 and 村委职务 as one post: 支部书记、村委会主任."""
    parts = [cell_text(extras[k]) for k in ("party_post", "committee_post") if extras.get(k)]
    if parts and not values.get("post"):
        values["post"] = "、".join(dict.fromkeys(p for p in parts if p))
