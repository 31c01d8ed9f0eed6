"""Subsidy rolls as towns, villages and bureaus keep them."""

import random
from collections import defaultdict
from datetime import date

from .desk import Desk, body, footer, heading, row_cells, total
from .dialect import Column, Dialect
from .sheet import Book, Sheet
from .world import YEARS, Record

TITLES = {
    "dibao": "农村最低生活保障金发放表", "tekun": "特困人员供养金发放表", "canji": "困难残疾人生活补贴和重度残疾人护理补贴发放表",
    "gaoling": "高龄津贴发放花名册", "gangwei": "城乡公益性岗位补贴发放表", "hulin": "生态护林员管护补助发放表",
    "linshi": "临时救助资金发放明细表", "weifang": "农村危房改造补助资金发放花名册", "land_subsidy": "耕地地力保护补贴发放清册",
}
SHORT = {
    "dibao": "农村低保", "tekun": "特困供养", "canji": "残疾人两项补贴", "gaoling": "高龄津贴", "gangwei": "公益岗补贴",
    "hulin": "护林员补助", "linshi": "临时救助", "weifang": "危房改造", "land_subsidy": "耕地地力保护补贴",
}
OFFICE = {
    "dibao": "民政局", "tekun": "民政局", "canji": "民政局", "gaoling": "民政局", "linshi": "民政局", "gangwei": "人社局",
    "hulin": "自然资源局", "weifang": "住建局", "land_subsidy": "财政局",
}
OWN = {
    "dibao": ("certificate", "heads", "grade"), "tekun": ("way", "ability", "care"),
    "canji": ("certificate", "level", "living", "nursing"), "gaoling": ("age", "monthly"),
    "gangwei": ("work", "days"), "hulin": ("work", "forest"), "linshi": ("reason", "applied"),
    "weifang": ("grade", "way", "kind"), "land_subsidy": ("contract_area", "area", "rate"),
}
MONTHLY = ("dibao", "gangwei")
QUARTERLY = ("tekun", "canji", "gaoling")


def write(desk: Desk) -> None:
    """Each programme in each county or town in one of the usual ways."""
    world = desk.world
    for roll in TITLES:
        towns: dict[tuple[str, str], list[Record]] = defaultdict(list)
        for village in world.villages:
            towns[village.county, village.town] += world.rows(roll, village)
        for (county, town), rows in towns.items():
            rng = desk.rng("roll", roll, town)
            ways = ["town-periods", "town-villages", "town-stacked", "bureau"]
            if roll in MONTHLY:
                ways += ["town-periods", "pivot"]
            if roll in QUARTERLY:
                ways += ["period-files"]
            way = rng.choice(ways)
            for year in YEARS:
                mine = [r for r in rows if r["period"].year == year]
                if mine:
                    _WAYS[way](desk, rng, roll, county, town, year, mine)


def fields(rng: random.Random, roll: str, *, town: bool, village: bool, period: bool) -> list[str]:
    """The columns one desk keeps, in its order."""
    own = list(OWN[roll])
    where = (["town"] if town else []) + (["village"] if village else [])
    when = ["period"] if period else []
    style = rng.randrange(3)
    if style == 0:
        person = ["name", "id_no"] if roll in ("land_subsidy", "weifang") else ["head", "head_id", "name", "id_no"]
        return ["seq", "status", *where, *person, "payee", "payee_id", "card", "bank", "phone", *own, "amount", *when, "remark"]
    if style == 1:
        return ["seq", *when, *where, "group", "name", "id_no", *own, "amount", "payee", "card", "phone", "remark"]
    return ["seq", *where, "name", "id_no", "phone", *own, *when, "card", "payee", "amount", "sign", "remark"]


def _kind(rng: random.Random) -> str:
    return rng.choice(("xlsx",) * 7 + ("xls",))


def _make(desk: Desk, rng: random.Random, roll: str, book: Book, where: str, **wants: bool) -> tuple[Dialect, list[Column]]:
    hand = desk.dialect(roll, book, where)
    state = random.Random(f"{desk.world.seed}{roll}{where}")
    names = fields(state, roll, **wants)
    groups = {"area": "补贴核算", "rate": "补贴核算", "amount": "补贴核算"} if roll == "land_subsidy" and state.random() < 0.4 else {}
    if roll == "canji" and state.random() < 0.5:
        groups = {"living": "其中", "nursing": "其中"}
    return hand, hand.columns(names, groups)


def _unit(roll: str, town: str) -> str:
    return f"编制单位：{town}{'财政所' if roll == 'land_subsidy' else '民政办'}　　　　单位：{'亩、' if roll == 'land_subsidy' else ''}元"


def _period_name(roll: str, day: date) -> str:
    if roll in QUARTERLY:
        return f"{(day.month + 2) // 3}季度"
    return f"{day.month}月" if roll in (*MONTHLY, "linshi") else {1: "上半年", 7: "下半年"}.get(day.month, f"{day.month}月")


def _by_period(rows: list[Record]) -> dict[date, list[Record]]:
    found: dict[date, list[Record]] = defaultdict(list)
    for r in rows:
        found[r["period"]].append(r)
    return dict(sorted(found.items()))


def _town_periods(desk: Desk, rng: random.Random, roll: str, county: str, town: str, year: int, rows: list[Record]) -> None:
    """One book a year, a sheet a period, a summary at the end."""
    book = desk.book(f"{town}/惠民补贴/{town}{year}年{SHORT[roll]}", _kind(rng))
    hand, columns = _make(desk, rng, roll, book, town, town=False, village=True, period=False)
    sums = []
    for day, mine in _by_period(rows).items():
        sheet = book.sheet(_period_name(roll, day))
        heading(sheet, columns, f"{town}{year}年{_period_name(roll, day)}{TITLES[roll]}", _unit(roll, town))
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


def _town_villages(desk: Desk, rng: random.Random, roll: str, county: str, town: str, year: int, rows: list[Record]) -> None:
    """One book a year, a sheet a village."""
    book = desk.book(f"{town}/惠民补贴/{year}年{SHORT[roll]}发放表({town})", _kind(rng))
    periods = roll not in ("land_subsidy", "weifang")
    hand, columns = _make(desk, rng, roll, book, town, town=False, village=False, period=periods)
    for village in dict.fromkeys(r.village for r in rows):
        mine = sorted((r for r in rows if r.village is village), key=lambda r: r["period"])
        sheet = book.sheet(desk.spell(hand, village))
        heading(sheet, columns, f"{town}{village.name}{year}年{TITLES[roll]}", _unit(roll, town))
        body(desk, sheet, hand, columns, mine)
        sheet.line(total(hand, columns, mine, rng.choice(("合计", "合  计")), ("amount",)))
        footer(sheet, rng, len(columns))


def _town_stacked(desk: Desk, rng: random.Random, roll: str, county: str, town: str, year: int, rows: list[Record]) -> None:
    """One sheet a year, villages under each other, each with a name row and a subtotal."""
    book = desk.book(f"{town}/惠民补贴/{town}{year}年度{SHORT[roll]}明细", _kind(rng))
    periods = roll not in ("land_subsidy", "weifang")
    hand, columns = _make(desk, rng, roll, book, town, town=False, village=False, period=periods)
    sheet = book.sheet(rng.choice(("Sheet1", "明细", f"{year}年")))
    heading(sheet, columns, f"{town}{year}年度{TITLES[roll]}", _unit(roll, town))
    for village in dict.fromkeys(r.village for r in rows):
        mine = sorted((r for r in rows if r.village is village), key=lambda r: r["period"])
        sheet.wide(desk.spell(hand, village), len(columns))
        body(desk, sheet, hand, columns, mine)
        sheet.line(total(hand, columns, mine, "小计", ("amount",)))
    sheet.line(total(hand, columns, rows, "总计", ("amount",)))
    footer(sheet, rng, len(columns))


def _bureau(desk: Desk, rng: random.Random, roll: str, county: str, town: str, year: int, rows: list[Record]) -> None:
    """The bureau's flat export."""
    kind = rng.choice(("csv-gb", "csv-gb", "csv-utf8", "xlsx", "html", "tab"))
    folder = f"{county}{OFFICE[roll]}"
    book = desk.book(f"{folder}/{town}{SHORT[roll]}{year}", kind)
    hand, columns = _make(desk, rng, roll, book, town, town=True, village=True, period=True)
    sheet = book.sheet("导出数据")
    sheet.head([c.path[-1:] for c in columns])
    body(desk, sheet, hand, columns, rows)


def _period_files(desk: Desk, rng: random.Random, roll: str, county: str, town: str, year: int, rows: list[Record]) -> None:
    """A file a quarter."""
    for day, mine in _by_period(rows).items():
        quarter = f"{year}年{_period_name(roll, day)}"
        book = desk.book(f"{county}{OFFICE[roll]}/{SHORT[roll]}/{quarter}{town}{SHORT[roll]}", _kind(rng))
        hand, columns = _make(desk, rng, roll, book, town, town=False, village=True, period=False)
        sheet = book.sheet(rng.choice(("Sheet1", "花名册")))
        heading(sheet, columns, f"{town}{quarter}{TITLES[roll]}", _unit(roll, town))
        body(desk, sheet, hand, columns, mine)
        sheet.line(total(hand, columns, mine, "合计", ("amount",)))


def _pivot(desk: Desk, rng: random.Random, roll: str, county: str, town: str, year: int, rows: list[Record]) -> None:
    """One row a person and a column a month."""
    book = desk.book(f"{town}/惠民补贴/{year}年{SHORT[roll]}按月发放台账", "xlsx")
    hand = desk.dialect(roll, book, town)
    base = hand.columns(["seq", "village", "name", "id_no", "payee", "card", "phone"])
    months = hand.rng.choice(("{m}月", "{y}{m:02d}", "{y}年{m}月"))
    heads = [months.format(y=year, m=m) for m in range(1, 13)]
    groups: dict[tuple[object, ...], list[dict[int, Record]]] = defaultdict(list)
    for r in rows:
        key = (r.village.key, r["name"], r["id_no"], r["payee"], r["card"], r["status"], r["remark"])
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


def _pivot_row(desk: Desk, sheet: Sheet, hand: Dialect, base: list[Column], slot: dict[int, Record], i: int) -> None:
    records = list(slot.values())
    first = records[0]
    cells = row_cells(desk, hand, base, first, i)
    cells += [slot[m]["amount"] / 100 if m in slot else "" for m in range(1, 13)]
    note = "；".join(t for t in dict.fromkeys((first["status"] if first["status"] != "成功" else "", first["remark"])) if t)
    cells += [sum(r["amount"] for r in records) / 100, note]
    row = sheet.put(first, cells)
    for other in records[1:]:
        other.places.append(type(first.places[-1])(sheet.book.path, sheet.name, row))


_WAYS = {
    "town-periods": _town_periods, "town-villages": _town_villages, "town-stacked": _town_stacked,
    "bureau": _bureau, "period-files": _period_files, "pivot": _pivot,
}
