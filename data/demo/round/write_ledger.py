"""Ledgers, vouchers, cash books and bank statements."""

import random

from .closing import legs
from .desk import Desk, body, footer, heading, total
from .dialect import Column, Dialect
from .sheet import Sheet
from .world import YEARS, Record, Village
from .write_bank import statement
from .write_journal import entries, journal, voucher


def write(desk: Desk) -> None:
    """Every book of every village that keeps one."""
    for village in desk.world.villages:
        if not village.has_books:
            continue
        if village.ledger in ("list", "split", "both"):
            for year in YEARS:
                _list(desk, village, year)
        if village.ledger in ("journal", "both"):
            for year in YEARS:
                journal(desk, village, year)
                _cash_book(desk, village, year)
        for year in YEARS:
            statement(desk, village, year)


def _list_value(form: int):  # type: ignore[no-untyped-def]
    def value(r: Record, name: str) -> object:
        flow, amount = r["flow"], r["amount"]
        bank, cash = legs(r)
        if name == "voucher":
            return voucher(r, form)
        if name == "income":
            return amount if flow == "in" else ""
        if name == "expense":
            return amount if flow == "out" else ""
        if name == "balance":
            return r["after"]
        if name == "payee" and r["worker"] and not r.taken and r["amount"] % 700 == 0:
            return f"{r['payee']}等3人"
        if name in ("handler", "approver", "witness", "slip", "attach") and flow in (
            "draw",
            "deposit",
        ):
            return "" if name in ("approver", "witness") else r[name]
        if name == "summary":
            return r["summary"] + (r["summary_note"] or "")
        moved = {
            "b_in": bank if bank > 0 or (flow == "in" and bank) else "",
            "c_in": cash if cash > 0 else "",
            "b_out": -bank if bank < 0 or (flow == "out" and bank) else "",
            "c_out": -cash if cash < 0 or (flow == "out" and cash) else "",
            "b_bal": r["bank_after"],
            "c_bal": r["cash_after"],
        }
        if name in moved:
            found = moved[name]
            if (flow == "out" and name in ("b_in", "c_in")) or (
                flow == "in" and name in ("b_out", "c_out")
            ):
                return ""
            return found
        return r[name]

    return value


def _list_columns(hand: Dialect, village: Village, state: random.Random) -> list[Column]:
    tail = "handler approver witness slip attach remark".split()
    if village.ledger == "split":
        base = hand.columns(["day", "voucher", "summary", "payee"])
        words = state.choice(
            (("收入", "支出", "结余"), ("收入", "支出", "余额"), ("增加", "减少", "结存"))
        )
        titles = state.choice((("银行存款", "现金"), ("银行存款", "库存现金")))
        split = [
            Column(f"{p}_{key}", (title, word))
            for p, title in zip("bc", titles, strict=True)
            for key, word in zip(("in", "out", "bal"), words, strict=True)
        ]
        return (
            base + split + hand.columns([f for f in tail if f != "attach" or state.random() < 0.8])
        )
    order = state.choice(
        (
            "day voucher summary payee income expense balance method".split(),
            "seq day voucher summary income expense balance payee method".split(),
            "voucher day payee summary method income expense balance".split(),
        )
    )
    return hand.columns(order + tail)


_SUMS = ("income", "expense", "b_in", "b_out", "c_in", "c_out")


def _list(desk: Desk, village: Village, year: int) -> None:
    """The public list of receipts and payments: one sheet, or twelve and a summary."""
    state = desk.rng("list", village.key)
    kind = state.choice(("xlsx", "xlsx", "xlsx", "xls"))
    title = state.choice(("村级财务收支明细表", "村级收支公开明细表", "财务收支明细账"))
    folder = f"{village.town}/{village.name}/" + state.choice(("", "财务/", "账务资料/"))
    book = desk.book(f"{folder}{year}年{title}", kind)
    hand = desk.dialect("list", book, village.key)
    columns = _list_columns(hand, village, state)
    value = _list_value(state.randrange(3))
    rows = entries(desk, village, year)
    if village.ledger != "split":
        rows = [r for r in rows if r["flow"] in ("in", "out")]
    monthly = state.random() < 0.45
    spelled = desk.spell(hand, village)
    sheet = None
    for month in range(1, 13):
        mine = [r for r in rows if r["day"].month == month]
        if monthly or sheet is None:
            sheet = book.sheet(f"{month}月" if monthly else f"{year}年")
            heading(
                sheet,
                columns,
                f"{village.town}{spelled}{year}年{f'{month}月' if monthly else ''}{title}",
                f"编制单位：{spelled}　　　单位：元",
            )
            if month == 1:
                _opening(desk, sheet, hand, columns, village, rows, year)
        if mine:
            body(desk, sheet, hand, columns, mine, value)
        sheet.line(_sum(hand, columns, mine, "本月合计", value))
        sheet.line(
            _sum(hand, columns, [r for r in rows if r["day"].month <= month], "本年累计", value)
        )
        if monthly:
            footer(sheet, state, len(columns))
    if monthly:
        _summary(book.sheet("汇总"), rows, year)


def _sum(hand: Dialect, columns: list[Column], rows: list[Record], word: str, value):  # type: ignore[no-untyped-def]
    cells = total(hand, columns, rows, "", _SUMS, value)
    spot = next(i for i, c in enumerate(columns) if c.field == "summary")
    cells[0 if columns[0].field != "seq" else 1] = ""
    cells[spot] = word
    return cells


def _opening(
    desk: Desk,
    sheet: Sheet,
    hand: Dialect,
    columns: list[Column],
    village: Village,
    rows: list[Record],
    year: int,
) -> None:
    first = entries(desk, village, year)[0]
    bank, cash = first["bank_after"] - legs(first)[0], first["cash_after"] - legs(first)[1]
    found = {"summary": "上年结转", "balance": bank + cash, "b_bal": bank, "c_bal": cash}
    sheet.line([hand.cell(c.field, found.get(c.field)) for c in columns])


def _summary(sheet: Sheet, rows: list[Record], year: int) -> None:
    sheet.wide(f"{year}年收支汇总表", 3)
    sheet.line(["月份", "收入合计", "支出合计"])
    for month in range(1, 13):
        mine = [r for r in rows if r["day"].month == month]
        sheet.line(
            [
                f"{month}月",
                *(sum(r["amount"] for r in mine if r["flow"] == f) / 100 for f in ("in", "out")),
            ]
        )


def _cash_book(desk: Desk, village: Village, year: int) -> None:
    """The cashier's day book, with page carries."""
    state = desk.rng("cash", village.key)
    book = desk.book(
        f"{village.town}/{village.name}/{year}年现金日记账", state.choice(("xlsx", "xls"))
    )
    hand = desk.dialect("cash", book, village.key)
    columns = hand.columns(["day", "voucher", "summary"])
    words = state.choice(
        (
            ("收入（借方）", "支出（贷方）", "余额"),
            ("借方", "贷方", "余额"),
            ("收入", "支出", "结存"),
        )
    )
    columns += [Column(f, (w,)) for f, w in zip(("c_in", "c_out", "c_bal"), words, strict=True)]
    sheet = book.sheet("现金日记账")
    heading(
        sheet, columns, f"{village.town}{desk.spell(hand, village)}{year}年现金日记账", "单位：元"
    )
    rows = [r for r in entries(desk, village, year) if legs(r)[1]]
    cash = rows[0]["cash_after"] - legs(rows[0])[1]
    sheet.line(["", "", "上年结转", "", "", cash / 100])
    value, form = _list_value(state.randrange(3)), 24
    for i in range(0, len(rows), form):
        page = rows[i : i + form]
        if i:
            sheet.line(["", "", "承前页", "", "", (page[0]["cash_after"] - legs(page[0])[1]) / 100])
        body(desk, sheet, hand, columns, page, value)
        if i + form < len(rows):
            sheet.line(["", "", "过次页", "", "", page[-1]["cash_after"] / 100])
