"""Close a village's ledger: withdrawals, deposits, order, balances, voucher numbers, bank statement."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from datetime import date, timedelta

from money import post, workday
from records import Rec, Village, World


def close_all(world: World, mark_gaps: Callable[[Village], None]) -> None:
    for village in world.villages:
        rng = random.Random(f"{world.seed}/close/{village.code}")
        deposits(village, rng)
        flows = sorted(village.get("flow"), key=lambda r: (r.date, r.order))
        flows = with_cash(village, flows, rng)
        balances(village, flows, rng)
        village.tables["flow"] = flows
        mark_gaps(village)
        number(village, flows)
        statement(village, flows)


def deposits(village: Village, rng: random.Random) -> None:
    """Cash received goes to the bank within three working days, in full."""
    for rec in list(village.get("flow")):
        if rec.inn and rec.method == "cash" and not rec.keep_cash:
            day = workday(rec.date + timedelta(days=rec.bank_after or rng.randint(0, 2)))
            day = min(day, date(rec.date.year, 12, 31))
            made = post(
                village,
                day,
                "to_bank",
                "现金存入银行",
                out=rec.inn,
                method="transfer",
                payee="",
                slip="现金缴款单",
            )
            made.order = 10**6 + rec.order


def move(village: Village, day: date, amount: float, order: int) -> Rec:
    return Rec(
        village=village,
        date=day,
        account="to_cash",
        summary="提取现金备用",
        out=0,
        inn=0,
        moved=amount,
        method="transfer",
        payee="",
        slip="现金支票存根",
        handler=village.get("cadre")[4].name,
        approver=village.get("cadre")[0].name,
        witness=village.get("cadre")[5].name,
        attach=1,
        order=order,
    )


def with_cash(village: Village, flows: list[Rec], rng: random.Random) -> list[Rec]:
    """Insert withdrawals so that cash never runs out (unless a fact says it did)."""
    cash = float(rng.randint(600, 1500))
    village.memo["cash0"] = cash
    pending = till = 0.0
    done: list[Rec] = []
    for rec in flows:
        if rec.account == "to_bank":
            rec.moved, rec.out = -rec.out, 0.0
            cash, pending = cash + rec.moved, pending + rec.moved
        elif rec.method == "cash" and rec.inn:
            cash += rec.inn
            pending += 0 if rec.keep_cash else rec.inn
            till += rec.inn if rec.keep_cash else 0
        elif rec.method == "cash":
            need = rec.out - (cash - pending - till)
            if need > 0 and not rec.overdraw and not rec.from_till:
                amount = math.ceil((need + 700) / 500) * 500
                step = move(village, rec.date, amount, rec.order)
                if rec.late_draw:
                    done.append(rec)
                    cash += amount - rec.out
                    for item in rec.facts:
                        item.fact(step)
                    done.append(step)
                    continue
                done.append(step)
                cash += amount
            till -= rec.out if rec.from_till else 0
            cash -= rec.out
        done.append(rec)
    return done


def balances(village: Village, flows: list[Rec], rng: random.Random) -> None:
    """Running balances of cash and bank; the opening bank balance makes the bank never negative."""
    low = bank = 0.0
    for rec in flows:
        bank += flow_of(rec)[1]
        low = min(low, bank)
    bank = village.memo["bank0"] = round(-low + rng.uniform(20000, 60000), 2)
    cash = village.memo["cash0"]
    holder: Rec | None = None
    for rec in flows:
        dc, db = flow_of(rec)
        cash, bank = round(cash + dc, 2), round(bank + db, 2)
        rec.cash, rec.bank = cash, bank
        if rec.overdraw:
            holder = rec
        elif cash < 0 and holder and not rec.facts:
            for item in holder.facts:
                item.fact(rec)
        assert bank >= 0, (village.name, rec.summary)
        assert cash >= 0 or rec.overdraw or rec.late_draw or village.memo.get("overdrawn"), (
            village.name,
            rec.summary,
            cash,
        )


def flow_of(rec: Rec) -> tuple[float, float]:
    """(change of cash, change of bank)."""
    if rec.method == "transfer":
        return rec.moved, -rec.moved
    if rec.method == "cash":
        return rec.inn - rec.out, 0.0
    return 0.0, rec.inn - rec.out


def word_of(rec: Rec) -> str:
    if rec.method == "transfer":
        return "银付" if rec.moved > 0 else "现付"
    return ("现" if rec.method == "cash" else "银") + ("收" if rec.inn and rec.inn > 0 else "付")


def number(village: Village, flows: list[Rec]) -> None:
    """Voucher numbers by the town's habit; rec.skip jumps over numbers, rec.same repeats the last one."""
    style = village.town.style
    last: dict[tuple[object, ...], int] = {}
    for rec in flows:
        word = word_of(rec) if style == "sheets" else "记"
        key = (
            (rec.date.year, word)
            if style in ("handmade",)
            else (rec.date.year, rec.date.month, word)
        )
        if rec.same and last.get(key):
            rec.word, rec.no = word, last[key]
            continue
        last[key] = last.get(key, 0) + 1 + (rec.skip or 0)
        rec.word, rec.no = word, last[key]


def statement(village: Village, flows: list[Rec]) -> None:
    """The bank's view of the same flows, plus inflows the ledger books late or never (table `bank_only`)."""
    lines = []
    for rec in flows:
        change = flow_of(rec)[1]
        if change:
            who = rec.payee if rec.method == "bank" else village.full + "股份经济合作社"
            text = {"to_cash": "现金支取", "to_bank": "现金存入"}.get(
                rec.account, rec.bank_text or rec.summary[:12]
            )
            day = rec.bank_date or rec.date
            line = Rec(date=day, change=change, who=who, text=text, order=rec.order)
            for item in rec.facts + rec.contexts:
                item.seen_in(line)
            lines.append(line)
    lines += village.get("bank_only")
    lines.sort(key=lambda r: (r.date, r.order or 0))
    bank = village.memo["bank0"]
    for line in lines:
        bank = round(bank + line.change, 2)
        line.balance = bank
    village.tables["bank"] = lines
