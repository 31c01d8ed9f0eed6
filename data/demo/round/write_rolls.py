"""Subsidy rolls as towns, villages and bureaus keep them."""

import random
from collections import defaultdict

from .desk import Desk, body, footer, heading, row_cells, total
from .dialect import Column, Dialect
from .roll_forms import (
    MONTHLY,
    OFFICE,
    QUARTERLY,
    SHORT,
    TITLES,
    by_period,
    file_kind,
    make_columns,
    period_name,
    unit_line,
)
from .sheet import Sheet
from .world import YEARS, Record


def write(desk: Desk) -> None:
    """Each programme in each town in one of the usual ways, no two towns alike."""
    world = desk.world
    for roll in TITLES:
        towns: dict[tuple[str, str], list[Record]] = defaultdict(list)
        for village in world.villages:
            towns[village.county, village.town] += world.rows(roll, village)
        ways = _ways(desk, roll)
        for i, ((county, town), rows) in enumerate(towns.items()):
            rng = desk.rng("roll", roll, town)
            for year in YEARS:
                mine = [r for r in rows if r["period"].year == year]
                if mine:
                    _WAYS[ways[i % len(ways)]](desk, rng, roll, county, town, year, mine)


def _ways(desk: Desk, roll: str) -> list[str]:
    """Four layouts in an order of chance; monthly rolls have a pivot, quarterly ones quarter files."""
    special = ["pivot"] * (roll in MONTHLY) + ["period-files"] * (roll in QUARTERLY)
    rng = desk.rng("ways", roll)
    usual = rng.sample(
        ["town-periods", "town-villages", "town-stacked", "bureau"], 4 - len(special)
    )
    return rng.sample([*special, *usual], 4)


def _town_periods(
    desk: Desk, rng: random.Random, roll: str, county: str, town: str, year: int, rows: list[Record]
) -> None:
    """One book a year, a sheet a period, a summary at the end."""
    book = desk.book(f"{town}/惠民补贴/{town}{year}年{SHORT[roll]}", file_kind(rng))
    hand, columns = make_columns(
        desk, rng, roll, book, town, town=False, village=True, period=False
    )
    sums = []
    for day, mine in by_period(rows).items():
        sheet = book.sheet(period_name(roll, day))
        heading(
            sheet,
            columns,
            f"{town}{year}年{period_name(roll, day)}{TITLES[roll]}",
            unit_line(roll, town),
        )
        body(desk, sheet, hand, columns, mine)
        sheet.line(total(hand, columns, mine, "合计", ("amount",)))
        footer(sheet, rng, len(columns))
        sums.append((sheet.name, len(mine), sum(r["amount"] for r in mine)))
    sheet = book.sheet("汇总")
    sheet.wide(f"{town}{year}年{SHORT[roll]}发放汇总表", 3)
    sheet.line(["月份" if roll in MONTHLY else "批次", "人（户）次", "金额（元）"])
    for name, count, amount in sums:
        sheet.line([name, count, amount / 100])
    sheet.line(["合计", sum(s[1] for s in sums), sum(s[2] for s in sums) / 100])


def _town_villages(
    desk: Desk, rng: random.Random, roll: str, county: str, town: str, year: int, rows: list[Record]
) -> None:
    """One book a year, a sheet a village."""
    book = desk.book(f"{town}/惠民补贴/{year}年{SHORT[roll]}发放表({town})", file_kind(rng))
    periods = roll not in ("land_subsidy", "weifang")
    hand, columns = make_columns(
        desk, rng, roll, book, town, town=False, village=False, period=periods
    )
    for village in dict.fromkeys(r.village for r in rows):
        mine = sorted((r for r in rows if r.village is village), key=lambda r: r["period"])
        sheet = book.sheet(desk.spell(hand, village))
        heading(
            sheet, columns, f"{town}{village.name}{year}年{TITLES[roll]}", unit_line(roll, town)
        )
        body(desk, sheet, hand, columns, mine)
        sheet.line(total(hand, columns, mine, rng.choice(("合计", "合  计")), ("amount",)))
        footer(sheet, rng, len(columns))


def _town_stacked(
    desk: Desk, rng: random.Random, roll: str, county: str, town: str, year: int, rows: list[Record]
) -> None:
    """One sheet a year, villages under each other, each with a name row and a subtotal."""
    book = desk.book(f"{town}/惠民补贴/{town}{year}年度{SHORT[roll]}明细", file_kind(rng))
    periods = roll not in ("land_subsidy", "weifang")
    hand, columns = make_columns(
        desk, rng, roll, book, town, town=False, village=False, period=periods
    )
    sheet = book.sheet(rng.choice(("Sheet1", "明细", f"{year}年")))
    heading(sheet, columns, f"{town}{year}年度{TITLES[roll]}", unit_line(roll, town))
    for village in dict.fromkeys(r.village for r in rows):
        mine = sorted((r for r in rows if r.village is village), key=lambda r: r["period"])
        sheet.wide(desk.spell(hand, village), len(columns))
        body(desk, sheet, hand, columns, mine)
        sheet.line(total(hand, columns, mine, "小计", ("amount",)))
    sheet.line(total(hand, columns, rows, "总计", ("amount",)))
    footer(sheet, rng, len(columns))


def _bureau(
    desk: Desk, rng: random.Random, roll: str, county: str, town: str, year: int, rows: list[Record]
) -> None:
    """The bureau's flat export."""
    kind = rng.choice(("csv-gb", "csv-gb", "csv-utf8", "xlsx", "html", "tab"))
    folder = f"{county}{OFFICE[roll]}"
    book = desk.book(f"{folder}/{town}{SHORT[roll]}{year}", kind)
    hand, columns = make_columns(desk, rng, roll, book, town, town=True, village=True, period=True)
    sheet = book.sheet("导出数据")
    sheet.head([c.path[-1:] for c in columns])
    body(desk, sheet, hand, columns, rows)


def _period_files(
    desk: Desk, rng: random.Random, roll: str, county: str, town: str, year: int, rows: list[Record]
) -> None:
    """A file a quarter."""
    for day, mine in by_period(rows).items():
        quarter = f"{year}年{period_name(roll, day)}"
        book = desk.book(
            f"{county}{OFFICE[roll]}/{SHORT[roll]}/{quarter}{town}{SHORT[roll]}", file_kind(rng)
        )
        hand, columns = make_columns(
            desk, rng, roll, book, town, town=False, village=True, period=False
        )
        sheet = book.sheet(rng.choice(("Sheet1", "花名册")))
        heading(sheet, columns, f"{town}{quarter}{TITLES[roll]}", unit_line(roll, town))
        body(desk, sheet, hand, columns, mine)
        sheet.line(total(hand, columns, mine, "合计", ("amount",)))


def _pivot(
    desk: Desk, rng: random.Random, roll: str, county: str, town: str, year: int, rows: list[Record]
) -> None:
    """One row a person and a column a month."""
    book = desk.book(f"{town}/惠民补贴/{year}年{SHORT[roll]}按月发放台账", "xlsx")
    hand = desk.dialect(roll, book, town)
    base = hand.columns("seq village name id_no payee card phone".split())
    months = hand.rng.choice(("{m}月", "{y}{m:02d}", "{y}年{m}月"))
    heads = [months.format(y=year, m=m) for m in range(1, 13)]
    groups: dict[tuple[object, ...], list[dict[int, Record]]] = defaultdict(list)
    for r in rows:
        key = (
            r.village.key,
            r["name"],
            r["id_no"],
            r["payee"],
            r["card"],
            r["status"],
            r["remark"],
        )
        slots = groups[key]
        slot = next((s for s in slots if r["period"].month not in s), None)
        if slot is None:
            slots.append(slot := {})
        slot[r["period"].month] = r
    sheet = book.sheet(f"{year}年")
    group = "发放金额（元）"
    sheet.wide(f"{town}{year}年{TITLES[roll]}", len(base) + 14)
    sheet.head([*(c.path for c in base), *((group, h) for h in heads), ("小计",), ("备注",)])
    i = 0
    for slots in groups.values():
        for slot in slots:
            i += 1
            _pivot_row(desk, sheet, hand, base, slot, i)


def _pivot_row(
    desk: Desk, sheet: Sheet, hand: Dialect, base: list[Column], slot: dict[int, Record], i: int
) -> None:
    records = list(slot.values())
    first = records[0]
    cells = row_cells(desk, hand, base, first, i)
    cells += [slot[m]["amount"] / 100 if m in slot else "" for m in range(1, 13)]
    note = "；".join(
        t
        for t in dict.fromkeys(
            (first["status"] if first["status"] != "成功" else "", first["remark"])
        )
        if t
    )
    cells += [sum(r["amount"] for r in records) / 100, note]
    row = sheet.put(first, cells)
    for other in records[1:]:
        other.places.append(type(first.places[-1])(sheet.book.path, sheet.name, row))


_WAYS = {
    "town-periods": _town_periods,
    "town-villages": _town_villages,
    "town-stacked": _town_stacked,
    "bureau": _bureau,
    "period-files": _period_files,
    "pivot": _pivot,
}
