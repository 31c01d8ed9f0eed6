"""Close a village's books: booking days, voucher numbers, bank rows, identifiers, truth."""

import calendar
from collections import defaultdict
from datetime import date, timedelta

from book import Entry, Village
from habits import next_workday


def booking(v: Village, entry: Entry) -> date:
    """The day of booking: never before the paper, the year's books mostly closed in the year."""
    when, rng = entry.when, v.rng
    if v.habit.booking == "daily":
        booked = next_workday(when + timedelta(int(rng.expovariate(1 / 4))))
    else:
        end = calendar.monthrange(when.year, when.month)[1]
        booked = date(
            when.year, when.month, 15 if v.habit.booking == "half" and when.day <= 14 else end
        )
        if rng.random() < 0.12:
            booked = next_workday(when + timedelta(rng.randrange(15, 40)))
    if booked.year > when.year and rng.random() < 0.9:
        booked = date(when.year, 12, 31)
    return max(booked, when)


def book_days(v: Village) -> None:
    days: dict[str, date] = {}
    for entry in v.entries:
        entry.booked = booking(v, entry)
        if entry.group:
            entry.booked = days.setdefault(entry.group, entry.booked)
    v.rng.shuffle(v.entries)
    v.entries.sort(key=lambda e: (e.booked, e.group or ""))


def number_vouchers(v: Village) -> list[int]:
    """Numbers run from 1 in each month; entries of one batch share one; gaps as agreed."""
    months: dict[str, list[list[Entry]]] = defaultdict(list)
    for entry in v.entries:
        month = months[entry.booked.strftime("%Y%m")]
        if month and entry.group and month[-1][0].group == entry.group and len(month[-1]) < 40:
            month[-1].append(entry)
        else:
            month.append([entry])
    numbers: dict[int, int] = {}
    gaps = defaultdict(list)
    for gap in v.gaps:
        gaps[gap.month].append(gap)
    for month, vouchers in months.items():
        after = {
            max(1, min(len(vouchers) - 1, int(len(vouchers) * gap.share))): gap
            for gap in gaps[month]
        }
        number = 0
        for place, voucher in enumerate(vouchers):
            if place in after:
                gap = after[place]
                gap.numbers = list(range(number + 1, number + 1 + gap.count))
                number += gap.count
                voucher[0].summary += gap.note
            elif place and v.rng.random() < v.habit.voids / len(vouchers):
                number += 1
            number += 1
            numbers.update((id(entry), number) for entry in voucher)
    return [numbers[id(entry)] for entry in v.entries]


def short(v: Village, name: str) -> str:
    """A counterparty as the bank prints it: without the place in front, where that is the custom."""
    if v.habit.short_names and len(name) > 6:
        for place in (v.town.name, v.name):
            name = name.removeprefix(place)
    return name


def bank_day(v: Village, entry: Entry) -> date:
    lag = entry.bank.get("lag")
    if lag is None:
        lag = (
            v.rng.choice([-1, 0, 0, 1, 1, 2, 3, 5])
            if v.rng.random() < 0.94
            else v.rng.randrange(6, 12)
        )
    return next_workday(entry.when + timedelta(lag))


def bank_rows(v: Village) -> list[list]:
    """[day, signed amount, counterparty, entry or None], one transfer a batch."""
    rows, batches = list(v.extra_bank), {}
    for entry in v.entries:
        how = entry.bank
        if entry.method == "现金" and not how.get("batch"):
            continue
        if how.get("none"):
            continue
        amount = how.get("amount", entry.amount) * (1 if entry.side == "收入" else -1)
        if how.get("batch"):
            row = batches.setdefault(
                how["batch"],
                [
                    bank_day(v, entry),
                    0.0,
                    "代发工资户" if entry.key in ("pay", "wage") else short(v, entry.payee),
                    entry,
                ],
            )
            row[1] = round(row[1] + amount, 2)
            continue
        when = bank_day(v, entry)
        row = [when, round(amount, 2), short(v, how.get("to", entry.payee)), entry]
        rows.append(row)
        if how.get("returned"):
            rows += [
                [next_workday(when + timedelta(2)), -row[1], row[2], None],
                [next_workday(when + timedelta(6)), row[1], row[2], None],
            ]
    rows += batches.values()
    v.rng.shuffle(rows)
    rows.sort(key=lambda row: row[0])
    return rows


def truth_objects(
    v: Village, objs: list, bank_ids: dict[int, str], bank_of: dict[int, str]
) -> list[str]:
    found = []
    for o in objs:
        if isinstance(o, Entry):
            found.append(f"e:{o.ident}")
        elif o[0] == "p":
            found.append(f"p:{v.id}:{o[1]}")
        elif o[0] == "b":
            found.append(f"b:{bank_ids[id(o[1])]}")
        elif o[0] == "bank_of":
            found += [f"b:{bank_of[id(o[1])]}"] if id(o[1]) in bank_of else []
        elif o[0] == "v":
            found += [f"v:{v.id}:{o[1].month}:{n}" for n in o[1].numbers]
        elif o[0] == "k":
            found.append(f"k:{o[1]}:{o[2]}")
        else:
            found.append(f"m:{v.id}:{o[1]}")
    return found


def close(v: Village, profile: str) -> dict[str, list[tuple]]:
    """Rows of every table for this village, worn down as the profile says."""
    rng = v.rng
    book_days(v)
    numbers = number_vouchers(v)
    for n, entry in enumerate(v.entries):
        entry.ident = f"{v.id}-{n + 1:05d}"
    rows = bank_rows(v)
    bank_ids = {id(row): f"{v.id}-B{n + 1:05d}" for n, row in enumerate(rows)}
    bank_of = {id(row[3]): bank_ids[id(row)] for row in rows if row[3] is not None}
    messy, nobiz, entries = profile == "messy", profile == "nobiz", []
    for entry, number in zip(v.entries, numbers, strict=True):
        payee = None if messy and rng.random() < 0.12 else entry.payee
        invoice = None if messy and rng.random() < 0.35 else entry.invoice
        acct = None if messy else entry.acct
        biz = None if nobiz else entry.when
        entries.append(
            (
                entry.ident,
                v.id,
                entry.booked,
                biz,
                number,
                entry.account[0],
                entry.account[1],
                entry.side,
                entry.amount,
                entry.method,
                payee,
                acct,
                entry.summary,
                invoice,
            )
        )
    truth = []
    for number, (scheme, kind, objs, note) in enumerate(v.truth):
        found = truth_objects(v, objs, bank_ids, bank_of)
        if found:
            truth.append((f"{v.id}-{number + 1:02d}", v.id, scheme, kind, found, note))
    firms = {
        s.name: (s.name, s.registered, s.rep)
        for group in v.vendors.values()
        for s in group
        if s.listed
    }
    return {
        "entries": entries,
        "bank": [(bank_ids[id(row)], v.id, row[0], row[1], row[2]) for row in rows],
        "roster": [
            (v.id, name, post, start, end, None if messy else acct)
            for name, post, start, end, acct in v.roster
        ],
        "payees": list(firms.values()),
        "contracts": v.contracts,
        "villages": [(v.id, float(v.limit), v.town.id, v.town.county, v.population)],
        "truth": truth,
    }
