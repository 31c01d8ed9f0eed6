"""Close the books: cash drawn and banked, vouchers numbered, balances, bank statement."""

import random
from collections import defaultdict
from datetime import date, timedelta

from .accounts import Books
from .world import Record, Village, World

_ORDER = {"in": 0, "draw": 1, "out": 2, "deposit": 3}


def close_all(world: World, shelf: dict[str, Books]) -> None:
    """Close every ledger of the round."""
    for village in world.villages:
        if village.has_books:
            rng = world.rng("closing", village.key)
            _bank_receipts(shelf[village.key], rng)
            _draw_cash(world, shelf[village.key], rng)
            _sort(world, village)
            _number(world, village, rng)
            _balances(world, village, rng)
            _statement(world, village, rng)


def _sort(world: World, village: Village) -> None:
    rows = world.rows("ledger", village)
    rows.sort(key=lambda r: (r["day"], r["order"] or _ORDER[r["flow"]]))


def _bank_receipts(books: Books, rng: random.Random) -> None:
    """Cash taken in goes to the bank within three days, as one deposit a receipt."""
    for entry in list(books.world.rows("ledger", books.village)):
        if entry["flow"] == "in" and entry["method"] == "现金" and not entry["kept"]:
            day = entry["day"] + timedelta(days=rng.randrange(0, 4))
            books.enter(
                "deposit",
                min(day, date(entry["day"].year, 12, 31)),
                entry["amount"],
                "",
                "现金存入银行",
                "bank",
                "现金",
                slip="现金存款单",
                of=entry,
            )


def _draw_cash(world: World, books: Books, rng: random.Random) -> None:
    """Petty cash is drawn once a month, before its first payment, enough for the month."""
    monthly: dict[tuple[int, int], list[Record]] = defaultdict(list)
    for entry in world.rows("ledger", books.village):
        if entry["flow"] == "out" and entry["method"] == "现金" and not entry["from_kept"]:
            monthly[entry["day"].year, entry["day"].month].append(entry)
    spare = 0
    for _, entries in sorted(monthly.items()):
        first = min(e["day"] for e in entries)
        spent = sum(e["amount"] for e in entries)
        need = -((spare - spent) // 10000) * 10000
        spare += need - spent
        late = any(e["undrawn"] for e in entries)
        day = max(e["day"] for e in entries) + timedelta(days=1) if late else first
        day = min(day, date(first.year, first.month, 28))
        order = 2.5 if any(e["drawn_after"] for e in entries) else 1
        books.enter("draw", day, need, "", "提取备用金", "cash", slip="现金支票存根", order=order)


def _number(world: World, village: Village, rng: random.Random) -> None:
    single = rng.random() < 0.5
    counters: dict[tuple[int, int, str], int] = defaultdict(int)
    previous = None
    for entry in world.rows("ledger", village):
        entry["word"] = _word(entry, single, village.ledger)
        if entry["with_previous"] and previous:
            entry["word"], entry["no"] = previous["word"], previous["no"]
            continue
        key = (entry["day"].year, entry["day"].month, entry["word"])
        counters[key] += 1 + (entry["skip"] or 0)
        entry["no"] = counters[key]
        if entry["repeat_no"]:
            counters[key] -= 1
            entry["no"] = counters[key]
        previous = entry


def _word(entry: Record, single: bool, ledger: str) -> str:
    moves = entry["flow"] in ("draw", "deposit")
    if moves and ledger in ("list", "both"):
        return "转"
    if single:
        return "记"
    if moves:
        return "银付" if entry["flow"] == "draw" else "现付"
    return ("现" if entry["method"] == "现金" else "银") + ("收" if entry["flow"] == "in" else "付")


def legs(entry: Record) -> tuple[int, int]:
    """What an entry adds to bank and cash, in fen."""
    amount, flow = entry["amount"], entry["flow"]
    if flow == "draw":
        return -amount, amount
    if flow == "deposit":
        return amount, -amount
    signed = amount if flow == "in" else -amount
    return (0, signed) if entry["method"] == "现金" else (signed, 0)


def _balances(world: World, village: Village, rng: random.Random) -> None:
    rows = world.rows("ledger", village)
    low = bank = 0
    for entry in rows:
        bank += legs(entry)[0]
        low = min(low, bank)
    village.opening_bank = bank = -low + rng.randrange(20000, 60000) * 100 + rng.randrange(100)
    village.opening_cash = cash = rng.randrange(18000, 62000)
    for entry in rows:
        b, c = legs(entry)
        bank, cash = bank + b, cash + c
        entry["bank_after"], entry["cash_after"], entry["after"] = bank, cash, bank + cash
        if cash < 0 and not _below_zero_expected(world, village, entry):
            raise AssertionError(f"{village.key}: cash below zero on {entry['day']}")


def _below_zero_expected(world: World, village: Village, entry: Record) -> bool:
    month = (entry["day"].year, entry["day"].month)
    return any(
        e["undrawn"] or e["drawn_after"]
        for e in world.rows("ledger", village)
        if (e["day"].year, e["day"].month) == month
    )


def _statement(world: World, village: Village, rng: random.Random) -> None:
    """The bank's own list of the account, a day late now and then."""
    lines: list[tuple[date, int, Record]] = []
    for i, entry in enumerate(world.rows("ledger", village)):
        amount = legs(entry)[0]
        if amount and not entry["off_bank"]:
            late = rng.random() < 0.15 and entry["flow"] == "out" and entry["day"].day < 27
            day = entry["bank_day"] or entry["day"] + timedelta(days=late)
            lines.append((day, i, entry))
    only = list(world.rows("bank", village))
    lines += [(line["day"], 10**6 + i, line) for i, line in enumerate(only)]
    balance = village.opening_bank
    serial = rng.randrange(10**6, 10**7)
    for day, _, entry in sorted(lines, key=lambda line: line[:2]):
        planted = entry in only
        amount = entry["received"] - entry["out"] if planted else legs(entry)[0]
        balance += amount
        serial += rng.randrange(3, 900)
        if planted:
            entry["balance"], entry["serial"] = balance, f"{day:%Y%m%d}{serial:08d}"
            entry["counter_no"] = _account(village, entry["counter"])
            continue
        moves = {"draw": "现金支取", "deposit": "现金存入"}.get(entry["flow"])
        counter = "" if moves or entry["payee"] in ("银行", "银行结息") else entry["payee"]
        entry["bank_row"] = world.add(
            "bank",
            village,
            day=day,
            out=-amount if amount < 0 else 0,
            received=amount if amount > 0 else 0,
            balance=balance,
            counter=entry["bank_counter"] or counter,
            counter_no=_account(village, counter),
            note=moves or entry["summary"],
            serial=f"{day:%Y%m%d}{serial:08d}",
            entry=entry,
            amount=abs(amount),
        )
    world.rows("bank", village).sort(key=lambda r: (r["day"], r["serial"]))


def _account(village: Village, counter: str) -> str:
    if not counter:
        return ""
    rng = random.Random(village.county + counter)
    return "9130" + "".join(str(rng.randrange(10)) for _ in range(15))
