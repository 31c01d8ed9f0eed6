"""The accounting program's export."""

from .accounts import ACCOUNTS
from .desk import Desk, heading
from .world import Record, Village


def entries(desk: Desk, village: Village, year: int) -> list[Record]:
    """The year's entries in voucher order."""
    return [r for r in desk.world.rows("ledger", village) if r["day"].year == year]


def voucher(entry: Record, form: int) -> str:
    """A voucher number in the book's style."""
    return (
        f"{entry['word']}-{entry['no']}",
        f"{entry['word']}{entry['no']:03d}",
        f"{entry['word']}字{entry['no']}号",
    )[form]


def account(entry: Record, key: str = "") -> tuple[str, str]:
    """Code and name of an account in the chart of the entry's year."""
    old_code, old, code, new = ACCOUNTS[key or entry["account"]]
    return (old_code, old) if entry["day"].year == 2023 else (code, new)


def sides(entry: Record) -> list[tuple[str, int, int]]:
    """Account key, debit and credit of the lines of a voucher."""
    flow, amount = entry["flow"], entry["amount"]
    purse = "cash" if entry["method"] == "现金" else "bank"
    if flow == "draw":
        return [("cash", amount, 0), ("bank", 0, amount)]
    if flow == "deposit":
        return [("bank", amount, 0), ("cash", 0, amount)]
    if flow == "in":
        return [(purse, amount, 0), (entry["account"], 0, amount)]
    return [(entry["account"], amount, 0), (purse, 0, amount)]


def journal(desk: Desk, village: Village, year: int) -> None:
    """The accounting program's export: two lines a voucher."""
    state = desk.rng("journal", village.key)
    kind = state.choice(("xlsx", "xls", "csv-gb", "tab"))
    book = desk.book(
        f"{village.town}/{village.name}/{year}年{state.choice(('序时账', '凭证列表', '记账凭证导出'))}",
        kind,
    )
    hand = desk.dialect("journal", book, village.key)
    hand.sum_form = "number"
    fields = state.choice(
        (
            "day voucher summary account_code account debit credit payee attach maker checker".split(),
            "day voucher account_code account summary debit credit attach payee maker checker".split(),
        )
    )
    columns = hand.columns(fields)
    sheet = book.sheet("凭证列表")
    if kind != "csv-gb":
        heading(
            sheet,
            columns,
            f"{year}年序时账",
            f"核算单位：{village.town}{desk.spell(hand, village)}经济合作社　单位：元",
        )
    else:
        sheet.head([c.path for c in columns])
    form = state.randrange(3)
    rows = [
        r
        for r in entries(desk, village, year)
        if village.ledger != "both" or r["flow"] in ("in", "out") or r["word"] == "转"
    ]
    maker, checker = state.sample(("刘芳", "孙丽", "赵静", "周敏"), 2)
    for entry in rows:
        for line, (key, debit, credit) in enumerate(sides(entry)):
            code, name = account(entry, key)
            found = {
                "day": entry["day"],
                "voucher": voucher(entry, form),
                "account_code": code,
                "account": name,
                "summary": entry["summary"] + (entry["summary_note"] or ""),
                "debit": debit or "",
                "credit": credit or "",
                "payee": entry["payee"],
                "attach": entry["attach"] if line == 0 else "",
                "maker": maker,
                "checker": checker,
            }
            if entry["remark"] and line == 0:
                found["summary"] += f"（{entry['remark']}）"
            sheet.put(entry, [hand.cell(c.field, found[c.field], entry) for c in columns])
