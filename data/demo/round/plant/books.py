"""The books as a whole: December, receipts, balances, numbers (M31, M36, M37, M38)."""

import random
from datetime import date, timedelta

from ..ledger import receive_rent
from ..leases import lease
from ..people import pick
from ..rolls import months
from ..world import Record, Village
from .payments import some_day
from .stage import Stage, innocent, problem, untouched


@problem("M31")
def december_rush(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Nearly half of a year's money goes out in December."""
    books = stage.books(v)
    if not books or getattr(books, "rushed", False):
        return False
    books.rushed = True
    year = rng.choice((2023, 2024))
    spent = sum(r["amount"] for r in stage.world.rows("ledger", v)
                if r["flow"] == "out" and r["day"].year == year)
    total, rows = spent * rng.uniform(0.85, 1.1), []
    count = rng.randrange(5, 8)
    what = rng.sample(("购办公家具", "购便民服务中心电脑、打印机", "更换会议室音响设备", "制作文化墙", "购太阳能路灯灯头",
                       "购保洁三轮车", "印制宣传品", "村委院落绿化", "购置监控设备"), count)
    weights = [rng.uniform(0.7, 1.4) for _ in range(count)]
    for i in range(count):
        shop = stage.market.pick(rng, v, rng.choice(("trade", "service")))
        yuan = total / 100 * weights[i] / sum(weights)
        rows.append(books.enter("out", date(year, 12, rng.randrange(14, 31)),
                                books.amount(yuan * 0.97, yuan * 1.03, shop), shop, what[i], "asset"))
    text = f"{year}年12月集中列支{count}笔，占全年支出四成以上"
    return stage.world.problem(v, "M31", text, rows, [])


def december_settlement(stage: Stage, town: str) -> None:
    """A whole town settles a subsidy in December: a rush nobody made."""
    for v in stage.world.villages:
        books = stage.books(v)
        if not books or v.town != town:
            continue
        rng = stage.world.rng("settlement", v.key)
        amount = books.amount(52000, 96000, "镇财政")
        grant = books.enter("in", date(2024, 12, 9), amount, f"{town}财政所",
                            "收镇拨2024年度户厕改造、清洁取暖补助结算款", "grant")
        row = books.enter("out", date(2024, 12, 16), amount - 31000, "补助资金代发户",
                          "发放2024年度户厕改造、清洁取暖补助(全镇统一结算)", "public", slip="补助发放表")
        stage.world.innocent(v, "M31", "全镇12月统一结算补助", [row], [grant])


@problem("M36")
def spent_from_receipts(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Cash rent never reaches the bank and is spent within days."""
    books, party = stage.books(v), pick(v, rng, "lessee", 30, 60)
    if not books or not party:
        return False
    contract = lease(stage.world, rng, v, rng.choice(("耕地", "坑塘", "果园")), party)
    contract["due"] = rng.choice((2, 4, 8))
    receive_rent(books, contract, 2023)
    day = date(2024, contract["due"], rng.randrange(3, 18))
    receipt = receive_rent(books, contract, 2024, day)
    receipt.values.update(method="现金", kept=True)
    left, spent = receipt["amount"], []
    for i in range(3):
        shop = stage.market.pick(rng, v, "trade")
        amount = left if i == 2 else round(left * rng.uniform(0.3, 0.45) / 100) * 100 + 20
        left -= amount
        spent.append(books.enter("out", day + timedelta(days=i + 1), amount, shop,
                                 rng.choice(("购零星材料", "付机械费", "购工具、油料")), "repair", "现金",
                                 from_kept=True))
    return stage.world.problem(v, "M36 M34", "现金收取承包费未存银行，数日内直接支出", [receipt, *spent], [contract])


@problem("M36")
def inflow_not_booked(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Money came into the account and left it again; the ledger knows of neither."""
    if not stage.books(v):
        return False
    day, amount = some_day(rng), rng.randrange(38, 290) * 10000 + rng.randrange(1, 9) * 1000
    source, note = rng.choice((
        (stage.market.pick(rng, v, "works"), "占地补偿"), (stage.market.pick(rng, v, "farm"), "土地租金"),
        ("中国铁塔股份有限公司", "基站占地费"), (stage.market.pick(rng, v, "works"), "树木款")))
    common = {"planted": True, "entry": None, "amount": amount}
    rows = [
        stage.world.add("bank", v, day=day, out=0, received=amount, counter=source, note=note, **common),
        stage.world.add("bank", v, day=day + timedelta(days=rng.randrange(2, 9)), out=amount, received=0,
                        counter="", note="现金支取", **common),
    ]
    return stage.world.problem(v, "M36", f"银行收到{note}后取现，账上均无记录", rows, [])


@innocent("M36")
def booked_later(stage: Stage, v: Village, rng: random.Random) -> bool:
    """The bank slip reached the agency weeks later."""
    books = stage.books(v)
    if not books:
        return False
    firm = stage.market.pick(rng, v, "farm")
    day = some_day(rng, 1, 10).replace(day=rng.randrange(2, 10))
    row = books.enter("in", day + timedelta(days=rng.randrange(12, 19)), books.amount(2000, 9000, firm), firm,
                      "收占地青苗补偿款", "other_in", bank_day=day)
    found: list[Record] = []
    stage.world.innocent(v, "M36", "到账数周后入账", [row], found)
    stage.after.append(lambda: found.append(row["bank_row"]))
    return True


@innocent("M36")
def cash_banked(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Cash rent paid in at the bank within three days."""
    rows = [r for r in untouched(stage.world.rows("ledger", v))
            if r["flow"] == "in" and r["method"] == "现金" and not r["kept"]]
    if not rows:
        return False
    row, found = rng.choice(rows), list[Record]()
    stage.world.innocent(v, "M36", "现金收入三日内存入银行", [row], found)
    stage.after.append(lambda: found.extend(
        e for e in stage.world.rows("ledger", v) if e["flow"] == "deposit" and e["of"] is row))
    return True


@problem("M37")
def cash_below_zero(stage: Stage, v: Village, rng: random.Random) -> bool:
    """A month's cash is paid out before any was drawn."""
    return _undrawn(stage, v, rng, "undrawn")


@innocent("M37")
def order_within_a_day(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Payment and withdrawal of one day stand in the wrong order."""
    return _undrawn(stage, v, rng, "drawn_after")


def _undrawn(stage: Stage, v: Village, rng: random.Random, flag: str) -> bool:
    books = stage.books(v)
    if not books or v.ledger == "list":
        return False
    used: set[date] = getattr(books, "undrawn_months", set())
    month = rng.choice([m for m in months() if m not in used and (m.year, m.month) != (2023, 1)])
    books.undrawn_months = used | {month}
    entries = [r for r in stage.world.rows("ledger", v) if r["method"] == "现金" and r["flow"] == "out"
               and r["day"].replace(day=1) == month and not r["from_kept"]]
    if not entries:
        return False
    first = min(r["day"] for r in entries)
    if flag == "drawn_after":
        entries = [books.enter("out", first, 140000, entries[0]["payee"], "付清淤用工工资11天", "labour", "现金",
                               worker=True), *entries]
    for entry in entries:
        entry[flag] = True

    def note() -> None:
        low = [r for r in stage.world.rows("ledger", v)
               if r["cash_after"] < 0 and r["day"].replace(day=1) == month and not r.taken]
        if low and flag == "undrawn":
            stage.world.problem(v, "M37", f"{month.year}年{month.month}月库存现金出现负数", low, [])
        elif low:
            stage.world.innocent(v, "M37", "同日凭证先后次序，日终不为负", low, [])

    stage.after.append(note)
    return True


def _middle(stage: Stage, v: Village, rng: random.Random) -> Record | None:
    rows = [r for r in untouched(stage.world.rows("ledger", v))
            if r["flow"] == "out" and 8 <= r["day"].day <= 22 and r["method"] == "银行" and not r["numbered"]]
    return rng.choice(rows) if rows else None


@problem("M38")
def number_missing(stage: Stage, v: Village, rng: random.Random) -> bool:
    """A voucher number is left out."""
    row = _middle(stage, v, rng)
    if not stage.books(v) or not row:
        return False
    _clear_month(stage, v, row)
    row["skip"] = rng.choice((1, 1, 2))

    def note() -> None:
        same = _series(stage, v, row)
        i = same.index(row)
        rows = same[max(0, i - 1): i + 1]
        text = f"{row['word']}字{row['no'] - row['skip']}号凭证缺号"
        stage.world.problem(v, "M38", text, rows, [])

    stage.after.append(note)
    return True


@problem("M38")
def number_twice(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Two unlike vouchers bear one number."""
    row = _middle(stage, v, rng)
    if not stage.books(v) or not row:
        return False
    _clear_month(stage, v, row)
    row["repeat_no"] = True

    def note() -> None:
        same = [r for r in _series(stage, v, row) if r["no"] == row["no"]]
        if len(same) > 1:
            stage.world.problem(v, "M38", f"{row['word']}字{row['no']}号重号", same, [])

    stage.after.append(note)
    return True


@innocent("M38")
def one_voucher_two_lines(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Two lines of one voucher share its number."""
    row = _middle(stage, v, rng)
    books = stage.books(v)
    if not books or not row or v.ledger in ("journal", "both"):
        return False
    _clear_month(stage, v, row)
    twin = books.enter("out", row["day"], books.amount(90, 400, row["payee"]), row["payee"],
                       row["summary"] + "(运费)", row["account"], with_previous=True, order=2.2,
                       remark="与上行为同一凭证")
    row["order"] = 2.1
    for other in stage.world.rows("ledger", v):
        if other["day"] == row["day"] and other["flow"] == "out" and other not in (row, twin):
            other["order"] = 2.3
    return stage.world.innocent(v, "M38", "同一凭证两行明细", [row, twin], [])


@innocent("M38")
def number_void(stage: Stage, v: Village, rng: random.Random) -> bool:
    """A number is missing and the next row says it was cancelled."""
    row = _middle(stage, v, rng)
    if not stage.books(v) or not row:
        return False
    _clear_month(stage, v, row)
    row["skip"] = 1

    def note() -> None:
        row["remark"] = f"{row['word']}字{row['no'] - 1}号凭证打印错误作废，已盖作废章留存"
        row["summary_note"] = f"({row['no'] - 1}号作废)"
        stage.world.innocent(v, "M38", "作废凭证有说明", [row], [])

    stage.after.append(note)
    return True


def _series(stage: Stage, v: Village, row: Record) -> list[Record]:
    return [r for r in stage.world.rows("ledger", v) if r["word"] == row["word"]
            and (r["day"].year, r["day"].month) == (row["day"].year, row["day"].month)]


def _clear_month(stage: Stage, v: Village, row: Record) -> None:
    """No second story about numbers in the month."""
    for r in stage.world.rows("ledger", v):
        if (r["day"].year, r["day"].month) == (row["day"].year, row["day"].month):
            r["numbered"] = True
