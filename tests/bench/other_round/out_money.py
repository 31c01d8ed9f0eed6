"""Ledgers and bank statements, one shape per town."""

from __future__ import annotations

from typing import Any

from accounts import ACCOUNTS, METHOD, flows_of, inn, lines, out
from desk import Desk
from grid import Column, Grid
from headings import Heads
from records import Rec, Town, Village
from shapes import Habit, chinese_sum


def write(desk: Desk) -> None:
    for town in desk.world.towns:
        for k, village in enumerate(town.villages):
            {
                "platform": platform,
                "handmade": handmade,
                "voucher": voucher,
                "sheets": lambda *_: None,
            }[town.style](desk, town, village, k)
        if town.style == "sheets" and town.villages:
            sheets(desk, town)
        if town.style in ("platform", "voucher"):
            for k, village in enumerate(town.villages):
                bank(desk, town, village, k)


def platform(desk: Desk, town: Town, village: Village, k: int) -> None:
    """The 三资 platform's export: one flat list with two balances."""
    h, b = desk.kit(f"ledger/{town.name}", day="dash", money="num")
    sheet = desk.book(
        f"{town.name}/三资平台/{village.full}2024年收支流水.{'xls' if k % 3 == 1 else 'xlsx'}"
    ).sheet("收支流水")
    cols: list[Column] = [
        (h("date"), lambda r: b.day(r.date)),
        (h("voucher"), lambda r: f"{r.word}-{r.no}"),
        (h("summary"), lambda r: r.summary),
        (h("in"), lambda r: inn(r, b)),
        (h("out"), lambda r: out(r, b)),
        (h("cash_balance"), lambda r: b.yuan(r.cash)),
        (h("bank_balance"), lambda r: b.yuan(r.bank)),
        (h("payee"), lambda r: r.payee),
        (h("method"), lambda r: METHOD["platform"][r.method]),
        (h("handler"), lambda r: r.handler),
        (h("approver"), lambda r: r.approver),
        (h("slip"), lambda r: r.slip),
        (h("invoice"), lambda r: r.invoice),
        (h("attach"), lambda r: r.attach or ""),
        (h("remark"), lambda r: r.remark),
    ]
    grid = Grid(
        sheet,
        cols,
        f"{town.name}{village.full}股份经济合作社收支流水（2024年度）",
        "导出时间：2025-01-08|单位：元",
    )
    cells: list[Any] = [None] * len(cols)
    cells[2], cells[5], cells[6] = "上年结转", village.memo["cash0"], village.memo["bank0"]
    sheet.row(cells)
    for rec in flows_of(village, 2024):
        grid.add(rec)
    grid.line("—— 以上数据由农村集体“三资”监管平台导出 ——")


def handmade(desk: Desk, town: Town, village: Village, k: int) -> None:
    """Month sheets typed by the town's bookkeeper, with 本月合计 and 本年累计."""
    h, b = desk.kit(f"ledger/{town.name}/{k % 2}", money="num" if k % 2 else "comma")
    root = f"{town.name}/{k + 1:02d}{village.full}/财务"
    book = desk.book(f"{root}/2024年收支明细账.xlsx")
    cols: list[Column] = [
        ("月", lambda r: r.date.month),
        ("日", lambda r: r.date.day),
        (h("voucher"), lambda r: r.no),
        (h("summary"), lambda r: r.summary),
        (h("payee"), lambda r: r.payee),
        (h("in"), lambda r: inn(r, b)),
        (h("out"), lambda r: out(r, b)),
        (h("balance"), lambda r: b.yuan(round(r.cash + r.bank, 2))),
        (h("method"), lambda r: METHOD["handmade"][r.method]),
        (h("handler"), lambda r: r.handler),
        (h("approver"), lambda r: r.approver),
        (h("witness"), lambda r: r.witness),
        (h("attach"), lambda r: r.attach or ""),
        (h("slip"), lambda r: r.slip),
        (h("invoice"), lambda r: r.invoice),
        (h("remark"), lambda r: r.remark),
    ]
    flows = flows_of(village, 2024)
    for month in range(1, 13):
        grid = Grid(
            book.sheet(f"{month}月"),
            cols,
            f"{village.full}2024年{month}月份财务收支明细",
            f"编制单位：{town.name}经管站|单位：元",
        )
        if month == 1:
            cells: list[Any] = [None] * len(cols)
            cells[3], cells[7] = (
                "上年结转",
                b.yuan(round(village.memo["cash0"] + village.memo["bank0"], 2)),
            )
            grid.sheet.row(cells)
        for rec in [r for r in flows if r.date.month == month]:
            grid.add(rec)
        sums(grid, b, h, "本月合计", [r for r in flows if r.date.month == month])
        if month > 1:
            sums(grid, b, h, "本年累计", [r for r in flows if r.date.month <= month])
        grid.line("会计：            出纳：            村监会主任（签字）：")
    cash_book(desk, root, village, flows)


def sums(grid: Grid, b: Habit, h: Heads, words: str, recs: list[Rec]) -> None:
    cells: list[Any] = [None] * len(grid.columns)
    cells[3], cells[5], cells[6] = (
        words,
        b.yuan(sum(r.inn or (abs(r.moved) if r.method == "transfer" else 0) for r in recs)),
        b.yuan(sum(r.out or (abs(r.moved) if r.method == "transfer" else 0) for r in recs)),
    )
    grid.sheet.row(cells)


def cash_book(desk: Desk, root: str, village: Village, flows: list[Rec]) -> None:
    """The cashier's journal of the till with page carries."""
    _, b = desk.kit("cashbook", money="num")
    cols: list[Column] = [
        ("月", lambda r: r.date.month),
        ("日", lambda r: r.date.day),
        ("凭证号", lambda r: r.no),
        ("摘要", lambda r: r.summary),
        ("对方科目", lambda r: ACCOUNTS.get(r.account, ("", "银行存款"))[1]),
        ("收入(借方)", lambda r: b.yuan(r.inn or max(r.moved or 0, 0) or "")),
        ("支出(贷方)", lambda r: b.yuan(r.out or max(-(r.moved or 0), 0) or "")),
        ("余额", lambda r: b.yuan(r.cash)),
    ]
    grid = Grid(
        desk.book(f"{root}/现金日记账2024.xls").sheet("现金日记账"),
        cols,
        f"{village.full}现金日记账",
        "2024年|单位：元",
    )
    grid.sheet.row([None, None, None, "上年结转", None, None, None, village.memo["cash0"]])
    rows = [r for r in flows if r.method != "bank"]
    for k, rec in enumerate(rows):
        if k and k % 30 == 0:
            last = rows[k - 1].cash
            grid.sheet.row([None, None, None, "过次页", None, None, None, last])
            grid.sheet.row([None, None, None, "承前页", None, None, None, last])
        grid.add(*[rec])


def voucher(desk: Desk, town: Town, village: Village, k: int) -> None:
    """Accounting program's journal: two lines per voucher; old chart before 2024."""
    h, b = desk.kit(f"journal/{town.name}", day="dash", money="num")
    for year in village.years:
        how = "csv" if k % 3 == 2 else "xlsx"
        sheet = desk.book(
            f"区农业农村局/代理记账中心/{town.name}/{village.full}_序时账_{year}.{how}"
        ).sheet("凭证列表")
        new = year >= 2024
        cols: list[Column] = [
            (h("date"), lambda r: b.day(r.date)),
            (h("word"), lambda r: r.word),
            (h("number") if h("number") != h("word") else "号", lambda r: r.no),
            (h("line"), lambda r: r.line),
            (h("summary"), lambda r: r.summary),
            (h("code"), lambda r, n=new: ACCOUNTS[r.side][0 if n else 2]),
            (h("account"), lambda r, n=new: ACCOUNTS[r.side][1 if n else 3]),
            (h("debit"), lambda r: b.yuan(r.dr) if r.dr else ""),
            (h("credit"), lambda r: b.yuan(r.cr) if r.cr else ""),  # type: ignore[misc]
            ("往来单位(人)", lambda r: r.payee),
            (h("attach"), lambda r: r.attach or ""),
            (h("invoice"), lambda r: r.invoice),
            (h("slip"), lambda r: r.slip),
            ("经手人", lambda r: r.handler),
            (h("maker"), lambda r: "李会"),
            ("审核人", lambda r: "周审"),
            (h("remark"), lambda r: r.remark),
        ]
        grid = Grid(
            sheet,
            cols,
            f"{village.full}序时账" if how == "xlsx" else "",
            f"账套：{village.full}股份经济合作社|{year}年" if how == "xlsx" else "",
        )
        for rec in flows_of(village, year):
            for line in lines(rec):
                grid.add(line)


def sheets(desk: Desk, town: Town) -> None:
    """One book for the whole town, a sheet per village, with capital sums and a hidden draft sheet."""
    h, b = desk.kit(f"ledger/{town.name}", money="num")
    book = desk.book(f"{town.name}/经管站/2024各村收支账.xlsx")
    for village in town.villages:
        cols: list[Column] = [
            (h("date"), lambda r: b.day(r.date)),
            (h("voucher"), lambda r: f"{r.word}{r.no}"),
            (h("summary"), lambda r: r.summary),
            (h("payee"), lambda r: r.payee),
            (h("in"), lambda r: inn(r, b)),
            (h("out"), lambda r: out(r, b)),
            (
                "大写",
                lambda r: chinese_sum(r.out) if r.out and r.out == int(r.out) and r.out > 0 else "",
            ),
            (h("balance"), lambda r: b.yuan(round(r.cash + r.bank, 2))),
            (h("method"), lambda r: METHOD["sheets"][r.method]),
            (h("handler"), lambda r: r.handler),
            (h("witness"), lambda r: r.witness),
            (h("approver"), lambda r: r.approver),
            (h("slip"), lambda r: r.slip),
            (h("attach"), lambda r: r.attach or ""),
            (h("invoice"), lambda r: r.invoice),
            (h("remark"), lambda r: r.remark),
        ]
        grid = Grid(
            book.sheet(village.full),
            cols,
            f"{village.full}2024年度村级收支账",
            "记账单位：泉庄街道经管站|单位：元",
        )
        cells: list[Any] = [None] * len(cols)
        cells[2], cells[7] = "上年结转", round(village.memo["cash0"] + village.memo["bank0"], 2)
        grid.sheet.row(cells)
        flows = flows_of(village, 2024)
        for rec in flows:
            grid.add(rec)
        cells = [None] * len(cols)
        cells[2], cells[4], cells[5] = (
            "合计",
            round(sum(r.inn or (abs(r.moved) if r.method == "transfer" else 0) for r in flows), 2),
            round(sum(r.out or (abs(r.moved) if r.method == "transfer" else 0) for r in flows), 2),
        )
        grid.sheet.row(cells)
    draft = book.sheet("草稿")
    draft.is_hidden = True
    draft.row(["草稿 勿打印"])


def bank(desk: Desk, town: Town, village: Village, k: int) -> None:
    """The bank's own list: 借 is money out."""
    h, b = desk.kit(
        f"bank/{town.name}", day="dash" if town.style == "platform" else "compact", money="num"
    )
    path = (
        f"{town.name}/银行对账/{village.full}基本户流水.csv"
        if town.style == "platform"
        else f"区农商行/{village.full}.xls"
    )
    cols: list[Column] = [
        (h("bank.date"), lambda r: b.day(r.date)),
        (h("bank.out"), lambda r: b.yuan(-r.change) if r.change < 0 else ""),
        (h("bank.in"), lambda r: b.yuan(r.change) if r.change > 0 else ""),
        (h("bank.balance"), lambda r: b.yuan(r.balance)),
        (h("bank.who"), lambda r: r.who),
        (h("bank.summary"), lambda r: r.text),
    ]
    lead = (
        []
        if town.style == "platform"
        else [f"账户名称：{village.full}股份经济合作社    币种：人民币"]
    )
    sheet = desk.book(path).sheet("交易明细")
    if lead:
        sheet.row(lead)
    grid = Grid(sheet, cols)
    for rec in [r for r in village.get("bank") if r.date.year == 2024]:
        grid.add(rec)
