"""Bank statements."""

from .desk import Desk, body, heading
from .world import Record, Village


def statement(desk: Desk, village: Village, year: int) -> None:
    """The bank's export."""
    state = desk.rng("bank", village.key)
    kind = state.choice(("xlsx", "csv-gb", "xls", "html", "xlsx"))
    name = state.choice(("银行流水", "银行对账单", "账户交易明细"))
    book = desk.book(f"{village.town}/{village.name}/{village.name}{name}{year}", kind)
    hand = desk.dialect("bank", book, village.key)
    hand.sum_form = state.choice(("number", "comma"))
    one_sum = state.random() < 0.35
    money = ["flag", "amount"] if one_sum else ["out", "received"]
    fields = [*"serial day".split(), *money, *"balance counter counter_no note".split()]
    if state.random() < 0.5:
        fields = [*"day note".split(), *money, *"balance counter_no counter serial".split()]
    columns = hand.columns(fields)
    sheet = book.sheet("交易明细")
    if kind in ("xlsx", "xls"):
        heading(
            sheet,
            columns,
            "账户交易明细清单",
            f"户名：{village.town}{village.name}股份经济合作社　账号：9130{state.randrange(10**10):010d}",
        )
    else:
        sheet.head([c.path for c in columns])

    def value(r: Record, field: str) -> object:
        if field == "flag":
            return "支出" if r["out"] else "收入"
        if field in ("out", "received") and not r[field]:
            return ""
        return r[field]

    rows = [r for r in desk.world.rows("bank", village) if r["day"].year == year]
    body(desk, sheet, hand, columns, rows, value)
