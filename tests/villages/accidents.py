"""What a good auditor would flag in rows nobody planted: must come out empty."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from statistics import median
from typing import Any

MEANS_TESTED = ("dibao", "tekun", "linshi", "weifang", "gangwei", "hulin")
ROLLS = (*MEANS_TESTED, "canji", "gaoling", "land_subsidy")
FIRM_WORDS = ("公司", "经营部", "合作社")


def accidents(world: Any) -> list[str]:
    """One line for every suspicious thing in rows that belong to no item."""
    return [
        f"{village.key} {line}"
        for village in world.villages
        for check in (_rolls, _persons, _ledger, _numbers, _contracts, _projects, _wealth)
        for line in check(world, village)
    ]


def _free(world: Any, table: str, village: Any) -> list[Any]:
    return [r for r in world.rows(table, village) if not r.taken]


def _rolls(world: Any, village: Any) -> Iterator[str]:
    cards: dict[str, set[int]] = defaultdict(set)
    for roll in ROLLS:
        seen = Counter((r["id_no"], r["period"]) for r in _free(world, roll, village))
        if roll != "linshi":
            yield from (f"{roll} twice {key}" for key, n in seen.items() if n > 1)
        for r in _free(world, roll, village):
            died = r["person"].died
            if died and r["period"] > died:
                yield f"{roll} after death {r['name']} {r['period']} {died}"
            cards[r["card"]].add(id(r["person"].household))
    yield from (f"card of {len(who)} households" for who in cards.values() if len(who) > 1)
    months: dict[Any, set[str]] = defaultdict(set)
    for roll in ("gangwei", "hulin", "dibao", "tekun"):
        for r in _free(world, roll, village):
            months[r["id_no"]].add(roll)
    yield from (f"several programmes {who} {what}" for who, what in months.items() if len(what) > 1)
    land = {r["id_no"]: r["area"] for r in world.rows("land", village)}
    for r in _free(world, "land_subsidy", village):
        if r["area"] > land.get(r["household"].head.number, 0) + 0.05:
            yield f"land {r['name']} {r['area']}"


def _persons(world: Any, village: Any) -> Iterator[str]:
    cadres = {c.person.number for c in village.cadres if c.until is None}
    kin = {p.number for c in village.cadres for _, p, _ in c.relatives}
    paid = {r["id_no"] for r in world.rows("payroll", village)}
    for roll in MEANS_TESTED:
        for r in _free(world, roll, village):
            for word, group in (("cadre", cadres), ("relative", kin), ("payroll", paid)):
                if r["id_no"] in group and not (word == "cadre" and _before_office(village, r)):
                    yield f"{word} on {roll} {r['name']}"


def _before_office(village: Any, row: Any) -> bool:
    return any(c.person.number == row["id_no"] and row["period"] <= c.since for c in village.cadres)


def _ledger(world: Any, village: Any) -> Iterator[str]:
    out = [r for r in _free(world, "ledger", village) if r["flow"] == "out"]
    groups: dict[str, list[Any]] = defaultdict(list)
    for r in out:
        groups[r["payee"]].append(r)
        if r["method"] == "现金" and r["amount"] > 100000 and not r["worker"]:
            yield f"cash to {r['payee']} {r['amount']}"
    for payee, rows in groups.items():
        rows = [
            r
            for r in rows
            if not r["periodic"] and r["account"] != "wages" and "保洁员" not in r["summary"]
        ]
        for a, b in pairwise(sorted(rows, key=lambda r: (r["amount"], r["day"]))):
            if a["amount"] == b["amount"] and abs(a["day"] - b["day"]) <= timedelta(days=90):
                yield f"twice {payee} {a['amount']}"
        for a, b in pairwise(sorted(rows, key=lambda r: r["day"])):
            for top in (1000, 2000, 5000, 10000):
                if (
                    all(0.6 * top <= r["amount"] / 100 < top for r in (a, b))
                    and a["amount"] + b["amount"] > top * 100
                    and (b["day"] - a["day"]).days <= 10
                ):
                    yield f"split under {top} {payee} {a['day']}"
    for year in (2023, 2024):
        mine = [r for r in out if r["day"].year == year]
        late = sum(r["amount"] for r in mine if r["day"].month == 12)
        if late > 0.3 * sum(r["amount"] for r in mine):
            yield f"December {year}"
    for r in _free(world, "ledger", village):
        if r["bank_after"] < 0 or (r["cash_after"] < 0 and r["flow"] != "out"):
            yield f"below zero {r['day']}"


def _numbers(world: Any, village: Any) -> Iterator[str]:
    books: dict[Any, list[Any]] = defaultdict(list)
    for r in world.rows("ledger", village):
        books[r["day"].year, r["day"].month, r["word"]].append(r)
    for key, rows in books.items():
        for a, b in pairwise(rows):
            odd = b["no"] - a["no"] != 1 or b["day"] < a["day"]
            if odd and not (a.taken or b.taken or b["skip"] or a["skip"]):
                yield f"numbers {key} {a['no']} {b['no']}"


def _contracts(world: Any, village: Any) -> Iterator[str]:
    kin = {p.number for c in village.cadres for p in (c.person, *(k for _, k, _ in c.relatives))}
    neighbours = [v for v in world.villages if v.town == village.town]
    for r in _free(world, "contracts", village):
        if r["party_id"] in kin:
            yield f"lessee {r['party']}"
        peers = [
            p["price"]
            for v in neighbours
            for p in _free(world, "contracts", v)
            if p["kind"] == r["kind"]
        ]
        if r["price"] < 0.6 * median(peers):
            yield f"cheap {r['object']}"
        if village.has_books and len(r["receipts"] or []) < 2:
            yield f"unpaid {r['object']} {r['start']} {r['remark']}"
        if r["end"].year < 2027 or not r["decided"] < r["signed"] <= r["start"]:
            yield f"dates {r['object']}"
        if r["kind"] == "房屋" and r["years"] > 20:
            yield f"long {r['object']}"


def _projects(world: Any, village: Any) -> Iterator[str]:
    firms = {r["company"]: r for r in world.tables["firms"]}
    people: dict[str, set[str]] = defaultdict(set)
    for r in world.tables["firm_people"]:
        people[r["company"]].add(r["id_no"])
    kin = {p.number for c in village.cadres for p in (c.person, *(k for _, k, _ in c.relatives))}
    for r in _free(world, "projects", village):
        names = [b["company"] for b in r["bids"] if not b.taken]
        marks = [
            people[n] | {firms[n]["legal_id"], firms[n]["phone"], firms[n]["address"]}
            for n in names
        ]
        if any(a & b for i, a in enumerate(marks) for b in marks[i + 1 :]):
            yield f"linked {r['project']}"
        if names and people[r["winner"]] & kin:
            yield f"builder {r['project']}"
        if r["paid"] > r["final"] or r["final"] > r["price"]:
            yield f"paid {r['project']}"
        if any(p["day"] < r["signed"] for p in r["payments"]):
            yield f"early {r['project']}"


def _wealth(world: Any, village: Any) -> Iterator[str]:
    poor = {
        id(r["person"].household) for roll in ("dibao", "tekun") for r in world.rows(roll, village)
    }
    for r in _free(world, "vehicles", village):
        if id(r["person"].household) in poor:
            yield f"car {r['owner']}"
    official = {r["id_no"] for r in world.rows("payroll", village) if r["state"] == "在职"}
    holders = {id(r["firm"]) for r in world.rows("firm_people", village) if r.taken}
    for r in _free(world, "firms", village):
        if id(r["person"].household) in poor and r["person"].household:
            yield f"firm {r['company']}"
        if r["legal_id"] in official and id(r) not in holders:
            yield f"official {r['company']}"
