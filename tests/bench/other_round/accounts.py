"""Chart of accounts, and the sides of an entry as a book shows them."""

from __future__ import annotations

from typing import Any

from records import Rec, Village
from shapes import Habit

METHOD = {
    "platform": {"cash": "现金", "bank": "转账", "transfer": "内部划转"},
    "handmade": {"cash": "现金", "bank": "银行", "transfer": "提存"},
    "sheets": {"cash": "现", "bank": "银", "transfer": "转存"},
}


# account kind: (new code, new name, old code, old name)
ACCOUNTS = {
    "grant": ("503", "补助收入", "522", "补助收入"),
    "rent": ("501", "经营收入/发包出租收入", "511", "发包及上交收入"),
    "interest": ("504", "其他收入/利息", "531", "其他收入/利息"),
    "wage": ("513001", "管理费用/干部报酬", "541001", "管理费用/干部报酬"),
    "office": ("513002", "管理费用/办公费", "541002", "管理费用/办公费"),
    "public": ("514001", "公益支出/环境整治维护", "551001", "其他支出/公益支出"),
    "labour": ("514002", "公益支出/用工", "551002", "其他支出/误工用工"),
    "project_small": ("514003", "公益支出/机械费", "551003", "其他支出/机械费"),
    "project": ("153", "在建工程", "154", "在建工程"),
    "special": ("241", "专项应付款", "241", "专项应付款"),
    "special_out": ("241", "专项应付款", "241", "专项应付款"),
    "loan": ("112", "应收款", "112", "应收款"),
    "deposit": ("211", "应付款", "202", "应付款"),
    "cash": ("101", "库存现金", "101", "现金"),
    "bank": ("102", "银行存款", "102", "银行存款"),
}


def inn(r: Rec, b: Habit) -> Any:
    """The receipt column; a movement between cash and bank shows in both columns."""
    return b.yuan(r.inn) if r.inn else b.yuan(abs(r.moved)) if r.method == "transfer" else ""


def out(r: Rec, b: Habit) -> Any:
    return b.yuan(r.out) if r.out else b.yuan(abs(r.moved)) if r.method == "transfer" else ""


def flows_of(village: Village, year: int) -> list[Rec]:
    return [r for r in village.get("flow") if r.date.year == year]


def lines(rec: Rec) -> list[Rec]:
    """Debit line first; money accounts by method."""
    money = "cash" if rec.method == "cash" else "bank"
    if rec.method == "transfer":
        amount = abs(rec.moved)
        pair = [("cash", "bank"), ("bank", "cash")][rec.moved < 0]
    elif rec.out or not rec.inn:
        amount, pair = rec.out, (rec.account, money)
    else:
        amount, pair = rec.inn, (money, rec.account)
    made = []
    for k, (side, dr, cr) in enumerate(((pair[0], amount, 0), (pair[1], 0, amount))):
        line = rec.twin(side=side, dr=dr, cr=cr, line=k + 1)
        line.facts, line.contexts = rec.facts, rec.contexts
        made.append(line)
    return made
