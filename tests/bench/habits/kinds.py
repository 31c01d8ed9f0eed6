"""Kinds of tables: columns as accountants head them, and rows with their truth. Every field is (key, headings, how it is drawn)."""

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass

from world import Hand, Person

USES = (
    "购办公用品",
    "付打印费",
    "拨保洁员工资",
    "付村道维修款",
    "购防汛物资",
    "付电费",
    "付水费",
    "付挖机费",
    "报销差旅费",
    "付会议室维修",
    "慰问困难党员",
    "购垃圾桶",
)
GAINS = (
    "收机动地承包费",
    "收上级运转经费",
    "收门面房租金",
    "收光伏分红",
    "收鱼塘承包费",
    "银行结息",
)
SHOPS = (
    "柳河镇惠民超市",
    "济水建筑工程有限公司",
    "宏图广告店",
    "鑫源农资经营部",
    "顺达运输队",
    "供电公司柳河供电所",
)
PROGRAMMES = {
    "低保": "低保金",
    "高龄津贴": "高龄津贴",
    "耕地地力保护补贴": "地力补贴",
    "残疾人两项补贴": "残补",
    "临时救助": "临时救助",
}


@dataclass
class Draw:
    """What a row is made of. fields: key → (as written, truth)."""

    chance: random.Random
    hand: Hand
    people: list[Person]
    year: int
    unit: float = 1.0
    month: int | None = None

    def someone(self) -> Person:
        return self.chance.choice(self.people)

    def day(self) -> dt.date:
        month = self.month or self.chance.randint(1, 12)
        return dt.date(self.year, month, self.chance.randint(1, 28))

    def sum(self, low: int, high: int) -> float:
        whole = self.chance.randint(low, high)
        return (
            float(whole) if self.chance.random() < 0.6 else whole + self.chance.randint(1, 99) / 100
        )

    def person(self, role: str, one: Person, parts: str = "name id_no phone bank_account") -> dict:
        found = {f"{role}_name": (self.hand.name(one.name), one.name)}
        if "id_no" in parts:
            found[f"{role}_id_number"] = self.hand.id_no(one.id_no)
        if "phone" in parts:
            found[f"{role}_phone"] = (self.hand.phone(one.phone), one.phone)
        if "bank_account" in parts:
            found[f"{role}_bank_account"] = self.hand.card(one.card)
        return found

    def yuan(self, amount: float) -> tuple:
        return self.hand.yuan(amount, self.unit), amount


@dataclass(frozen=True)
class Kind:
    """table: canonical name.   heads: key → headings to choose from; order is that of the sheet.   sums: columns with totals.   levels: key → heading above it."""

    table: str
    titles: tuple[str, ...]
    heads: dict[str, tuple[str, ...]]
    row: Callable[[Draw, int], dict]
    sums: tuple[str, ...] = ()
    levels: dict[str, str] | None = None


def _money_row(d: Draw, at: int, receipt: str, payment: str) -> dict:
    amount = d.sum(20, 9000)
    if d.chance.random() < 0.02:
        amount = -amount
    is_in = d.chance.random() < 0.25
    word = d.chance.choice(GAINS if is_in else USES)
    month = d.day()
    blank = d.chance.choice((None, None, "", 0 if d.unit == 1 else None))
    return {
        "entry_on": (d.hand.date(month), month),
        "voucher_no": (
            v := d.chance.choice((f"记-{at}", f"{at:03}", f"记字第{at}号", f"记{at}")),
            v,
        ),
        "summary": (word + str(at), word + str(at)),
        receipt: d.yuan(amount) if is_in else (blank, None),
        payment: (blank, None) if is_in else d.yuan(amount),
    }


def cashbook(d: Draw, at: int) -> dict:
    row = _money_row(d, at, "receipt_yuan", "payment_yuan")
    shop = d.chance.choice((*SHOPS, d.someone().name))
    handler = d.someone()
    return row | {
        "payee_name": (shop, shop), "handler_name": (d.hand.name(handler.name), handler.name),
        "note": (n := d.chance.choice((None, None, None, "补票", "现金付讫")), n),
    }  # fmt: skip


def journal(d: Draw, at: int) -> dict:
    return _money_row(d, at, "receipt_yuan", "payment_yuan")


def bank(d: Draw, at: int) -> dict:
    day, amount, is_in = d.day(), d.sum(10, 90_000), d.chance.random() < 0.4
    other = d.chance.choice((*SHOPS, d.someone().name))
    return {
        "txn_on": (d.hand.date(day), day), "serial_no": (s := f"{d.year}{at:010}", s), "summary": (t := d.chance.choice(("转账", "代发", "网银汇款", "结息", "手续费")), t),
        "in_yuan": d.yuan(amount) if is_in else (None, None), "out_yuan": (None, None) if is_in else d.yuan(amount),
        "balance_yuan": d.yuan(d.sum(1000, 900_000)), "counterparty_name": (other, other),
    }  # fmt: skip


ACCOUNTS = (
    ("101", "库存现金"),
    ("102", "银行存款"),
    ("112", "应收款"),
    ("211", "应付款"),
    ("501", "经营收入"),
    ("513", "管理费用"),
    ("514", "公益支出"),
    ("10201", "银行存款/基本户"),
)


def voucher(d: Draw, at: int) -> dict:
    day, amount, is_debit = d.day(), d.sum(10, 50_000), at % 2
    number, name = d.chance.choice(ACCOUNTS)
    word = d.chance.choice(USES)
    return {
        "entry_on": (d.hand.date(day), day), "voucher_no": (v := f"记-{(at + 1) // 2}", v), "summary": (word, word),
        "account_code": (int(number) if d.chance.random() < 0.3 and not d.hand.text_only else number, number), "account_name": (name, name),
        "debit_yuan": d.yuan(amount) if is_debit else (None, None), "credit_yuan": (None, None) if is_debit else d.yuan(amount),
    }  # fmt: skip


def subsidy(d: Draw, at: int) -> dict:
    one, amount = (
        d.people[at % len(d.people)],
        float(d.chance.choice((80, 100, 165, 300, 420, 560, 1180.5))),
    )
    day = d.day()
    return d.person("beneficiary", one) | {
        "amount_yuan": d.yuan(amount), "paid_on": (d.hand.date(day), day), "group_no": (d.hand.group(g := d.chance.randint(1, 9)), str(g)),
        "note": (n := d.chance.choice((None, None, None, None, "补发", "退回", "已故")), n),
    }  # fmt: skip


def farmland(d: Draw, at: int) -> dict:
    one, area = d.people[at % len(d.people)], d.chance.randint(4, 190) / 10
    return d.person("head", one, "id_no phone bank_account") | {
        "area_mu": (d.hand.mu(area), area), "standard_yuan": (152.6, 152.6), "amount_yuan": d.yuan(round(area * 152.6, 2)),
    }  # fmt: skip


def contract(d: Draw, at: int) -> dict:
    who = d.chance.choice((*SHOPS[:4], d.someone().name))
    signed = d.day()
    until = dt.date(d.year + d.chance.randint(1, 30), 12, 31)
    area = d.chance.randint(5, 900) / 10
    what = d.chance.choice(("东坡机动地", "村西鱼塘", "旧小学校舍", "沿街门面房3间", "北岭果园"))
    return {
        "contract_no": (c := f"{d.year}-{at:02}", c), "object_name": (what, what), "lessee_name": (who, who), "area_mu": (d.hand.mu(area), area),
        "signed_on": (d.hand.date(signed), signed), "starts_on": (d.hand.date(signed), signed), "ends_on": (d.hand.date(until), until),
        "annual_yuan": d.yuan(d.sum(500, 60_000)), "total_yuan": d.yuan(d.sum(60_000, 900_000)),
    }  # fmt: skip


def asset(d: Draw, at: int) -> dict:
    bought, worth = d.day(), d.sum(600, 400_000)
    what = d.chance.choice(("办公桌椅", "电脑", "村委办公楼", "路灯", "健身器材", "变压器", "机井"))
    keeper = d.someone()
    return {
        "asset_no": (a := f"GD{at:04}", a), "asset_name": (what, what), "original_yuan": d.yuan(worth), "acquired_on": (d.hand.date(bought), bought),
        "keeper_name": (d.hand.name(keeper.name), keeper.name), "place": (p := d.chance.choice(("村委大院", "文化广场", "三组路口")), p), "state": (s := d.chance.choice(("在用", "闲置", "报废")), s),
    }  # fmt: skip


def project(d: Draw, at: int) -> dict:
    started, price = d.day(), float(d.chance.randint(3, 180) * 1000)
    ended = started + dt.timedelta(d.chance.randint(20, 200))
    what = f"{d.chance.choice(('村内道路硬化', '排水沟清淤', '文化广场改造', '自来水管网维修', '路灯安装'))}工程{at}"
    return {
        "project_name": (what, what), "winner_name": (w := d.chance.choice(("济水建筑工程有限公司", "鲁源路桥工程有限公司", "柳河镇建筑队")), w),
        "contract_yuan": d.yuan(price), "settled_yuan": d.yuan(price + 500), "paid_yuan": d.yuan(price), "started_on": (d.hand.date(started), started), "finished_on": (d.hand.date(ended), ended),
    }  # fmt: skip


def committee(d: Draw, at: int) -> dict:
    one, since = (
        d.people[at % len(d.people)],
        dt.date(d.year - d.chance.randint(1, 9), d.chance.randint(1, 12), 8),
    )
    post = d.chance.choice(
        ("党支部书记、村委会主任", "村委会副主任", "两委委员", "妇联主席", "村监会主任", "报账员")
    )
    return d.person("person", one, "id_no phone") | {
        "post": (post, post),
        "started_on": (d.hand.date(since), since),
    }


def wage(d: Draw, at: int) -> dict:
    one, basic = d.people[at % len(d.people)], float(d.chance.choice((1500, 2000, 2600, 3200)))
    return d.person("person", one, "id_no bank_account") | {
        "post": (p := d.chance.choice(("书记", "主任", "文书", "保洁员", "网格员")), p), "basic_yuan": d.yuan(basic), "merit_yuan": d.yuan(basic / 4), "net_yuan": d.yuan(basic * 1.25),
    }  # fmt: skip


def party(d: Draw, at: int) -> dict:
    one = d.people[at % len(d.people)]
    joined = dt.date(d.chance.randint(1965, 2020), d.chance.randint(1, 12), d.chance.randint(1, 28))
    return d.person("person", one, "id_no phone") | {
        "joined_on": (d.hand.date(joined), joined),
        "dues_yuan": (x := d.chance.choice((1, 2, 5)), float(x)),
    }


def death(d: Draw, at: int) -> dict:
    one, day = d.people[at % len(d.people)], d.day()
    return d.person("deceased", one, "id_no") | {
        "deceased_sex": (one.sex, one.sex),
        "died_on": (d.hand.date(day), day),
        "address": (a := f"{d.chance.randint(1, 9)}组", a),
    }


def balance(d: Draw, at: int) -> dict:
    number, name = (
        ACCOUNTS[at % len(ACCOUNTS)] if at < len(ACCOUNTS) else (f"5140{at}", f"公益支出/第{at}项")
    )
    four = [d.sum(0, 90_000) for _ in range(4)]
    keys = ("opening_yuan", "debit_yuan", "credit_yuan", "closing_yuan")
    return {"account_code": (number, number), "account_name": (name, name)} | {
        k: d.yuan(v) for k, v in zip(keys, four, strict=True)
    }


def compensation(d: Draw, at: int) -> dict:
    one, area = d.people[at % len(d.people)], d.chance.randint(2, 60) / 10
    land, crop = float(round(area * 52_000)), float(d.chance.randint(2, 90) * 100)
    return d.person("payee", one, "id_no bank_account") | {
        "taken_mu": (d.hand.mu(area), area), "land_yuan": d.yuan(land), "crop_yuan": d.yuan(crop), "total_yuan": d.yuan(land + crop),
    }  # fmt: skip
