"""Trial balances of every ledger at four year ends, by double entry. Money is in fen."""

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from .accounts import ACCOUNTS
from .closing import legs
from .world import Record, Village, World

YEARS = (2021, 2022, 2023, 2024)
KEPT = ("cash", "bank", "loan", "asset", "project", "payable", "special", "debt")
_EQUITY = {"capital": ("资本", "311"), "surplus": ("收益分配", "322")}
OWED, OWING = "应收款", "应付款"
_CREDIT = ("payable", "special", "debt", OWING)


@dataclass
class Sheet:
    """One account over the four years: what it opens with, and each year's debit and credit."""

    opening: int = 0
    debit: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    credit: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    def closing(self, year: int) -> int:
        """What stands at the end of a year; debit is positive."""
        past = range(YEARS[0], year + 1)
        return self.opening + sum(self.debit[y] - self.credit[y] for y in past)


def build(world: World) -> None:
    """Balance every ledger; `village.parties` are the debtors and creditors of a story."""
    for village in world.villages:
        if village.has_books:
            _village(world, village, world.rng("balances", village.key))


def _village(world: World, village: Village, rng: random.Random) -> None:
    book: dict[str, Sheet] = defaultdict(Sheet)
    for entry in world.rows("ledger", village):
        _post(book, entry)
    for year in YEARS[:2]:
        _early(book, year, rng)
    _parties(book, village, rng)
    for key, opening in (("bank", village.opening_bank), ("cash", village.opening_cash)):
        book[key].opening = opening - book[key].closing(YEARS[1])
    cards = sum(r["cost"] for r in world.rows("assets", village))
    book["asset"].opening = cards - sum(book["asset"].debit.values())
    book["special"].opening -= 6800000
    book["capital"].opening = -cards - 4200000
    book["surplus"].opening = -sum(sheet.opening for sheet in book.values())
    for year in YEARS:
        for key, sheet in book.items():
            _write(world, village, year, key, sheet)


def _post(book: dict[str, Sheet], entry: Record) -> None:
    """An entry of the ledger; income and expense end in the surplus."""
    year, amount, flow = entry["day"].year, entry["amount"], entry["flow"]
    for key, moved in zip(("bank", "cash"), legs(entry), strict=True):
        _move(book[key], year, moved)
    if flow in ("in", "out"):
        other = entry["account"] if entry["account"] in KEPT else "surplus"
        _move(book[other], year, -amount if flow == "in" else amount)


def _move(sheet: Sheet, year: int, amount: int) -> None:
    (sheet.debit if amount > 0 else sheet.credit)[year] += abs(amount)


def _early(book: dict[str, Sheet], year: int, rng: random.Random) -> None:
    """The years before the round: grants in, cash drawn and spent."""
    income, drawn = rng.randrange(9, 16) * 1000000, rng.randrange(15, 40) * 100000
    spent, used = round(income * rng.uniform(0.8, 0.95)), drawn - rng.randrange(3000)
    for key, amounts in {
        "bank": (income, -spent, -drawn),
        "cash": (drawn, -used),
        "surplus": (-income, spent, used),
    }.items():
        for amount in amounts:
            _move(book[key], year, amount)


def _parties(book: dict[str, Sheet], village: Village, rng: random.Random) -> None:
    """Debtors and creditors who pay and are paid every year, and those of a story."""
    usual = {(OWED, "承包户往来"): (180000, 640000), (OWING, "代收水费"): (90000, 260000)}
    for (kind, party), (low, high) in usual.items():
        stands = [rng.randrange(low, high) for _ in range(5)]
        _stand(book, kind, party, stands)
    for kind, party, stands in village.parties:
        _stand(book, kind, party, stands)


def _stand(book: dict[str, Sheet], kind: str, party: str, stands: list[int]) -> None:
    """A party's balance before the first year and at the end of each."""
    sign = 1 if kind == OWED else -1
    sheet = book[f"{kind}/{party}"]
    sheet.opening = sign * stands[0]
    for year, before, after in zip(YEARS, stands, stands[1:], strict=False):
        _move(sheet, year, sign * (after - before))
        _move(book["surplus"], year, -sign * (after - before))


def _name(key: str, year: int) -> tuple[str, str, str]:
    """Name of the account, name of the party below it, and code."""
    if key in _EQUITY:
        return _EQUITY[key][0], "", _EQUITY[key][1]
    kind, _, party = key.partition("/")
    account = {OWED: "loan", OWING: "payable"}.get(kind, kind)
    old_code, old, code, new = ACCOUNTS[account]
    name, number = (new, code) if year >= 2024 else (old, old_code)
    top, _, below = name.partition("/")
    below = "" if account in ("bank", "cash", "asset", "project") else below
    return top, party or below, number


def _write(world: World, village: Village, year: int, key: str, sheet: Sheet) -> None:
    top, party, code = _name(key, year)
    opening = sheet.closing(year) - sheet.debit[year] + sheet.credit[year]
    if not (opening or sheet.debit[year] or sheet.credit[year]):
        return
    sign = -1 if key.split("/")[0] in (*_CREDIT, *_EQUITY) else 1
    world.add(
        "balances",
        village,
        year=year,
        day=date(year, 12, 31),
        top=top,
        account_name=party or top,
        is_party=bool(party),
        account_code=code,
        side="贷" if sign < 0 else "借",
        b_opening=sign * opening,
        b_debit=sheet.debit[year],
        b_credit=sheet.credit[year],
        b_closing=sign * sheet.closing(year),
    )
