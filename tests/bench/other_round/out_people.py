"""Files about people: village list, committee, relatives, filings, household register, land certificates."""

from __future__ import annotations

from book import Sheet
from desk import Desk
from grid import Column, Grid
from headings import Heads
from out_filings import filings
from people_columns import cadre_columns, kin_columns, land_columns, roster_columns
from records import Rec, Town, Village
from shapes import Habit

COUNTIES = ("沂川县", "汶南区")


def write(desk: Desk) -> None:
    for county in COUNTIES:
        towns = [t for t in desk.world.towns if t.county == county and t.villages]
        if towns:
            village_list(desk, county, towns)
            filings(desk, county, towns)
    for town in desk.world.towns:
        if town.villages:
            {"platform": platform, "handmade": handmade, "voucher": voucher, "sheets": sheets}[
                town.style
            ](desk, town)


def village_list(desk: Desk, county: str, towns: list[Town]) -> None:
    h, _b = desk.kit(f"villages/{county}")
    book = desk.book(
        "县委组织部/沂川县行政村基本情况统计表.xls"
        if county == "沂川县"
        else "区农业农村局/村级基础信息.csv"
    )
    cols: list[Column] = [
        (h("seq"), lambda r: r.n),
        (h("town"), lambda r: r.village.town.name),
        (h("village"), lambda r: r.village.full),
        (h("t.code"), lambda r: r.village.code),
        (h("t.households"), lambda r: len(r.village.homes)),
        (h("t.population"), lambda r: len(r.village.people)),
        (h("t.farmland"), lambda r: r.mu),
        (h("t.spare"), lambda r: r.village.spare_mu),
    ]
    grid = Grid(
        book.sheet("Sheet1"), cols, "沂川县行政村基本情况统计表" if county == "沂川县" else ""
    )
    n = 0
    for town in towns:
        for v in town.villages:
            n += 1
            grid.add(Rec(n=n, village=v, mu=round(sum(x.mu for x in v.homes) + v.spare_mu, 2)))


def mark_first(village: Village) -> None:
    last: object = 0
    for rec in sorted(village.get("land"), key=lambda r: r.home.no if r.home else "~"):
        rec.first = rec.home is not last or not rec.home
        last = rec.home


def land_rows(village: Village) -> list[Rec]:
    mark_first(village)
    return sorted(village.get("land"), key=lambda r: r.home.no if r.home else "~")


def roster_rows(village: Village) -> list[Rec]:
    return sorted(village.get("roster"), key=lambda r: r.home.no)


def merge_down(sheet: Sheet, column: int, first: int, last: int) -> None:
    if last > first > 0:
        sheet.merges.append((first - 1, column, last - 1, column))


def roster_sheet(sheet: Sheet, village: Village, h: Heads, b: Habit, title: str) -> None:
    """One village's register with the household cells merged downwards."""
    grid = Grid(
        sheet,
        roster_columns(h, b, False, False),
        title,
        f"派出所：{village.town.name}派出所|截止日期：2024年12月31日",
    )
    start, home = 0, None
    rows = roster_rows(village)
    for rec in rows:
        number = grid.add(rec)
        if rec.home is not home:
            for c in range(3):
                merge_down(sheet, c, start, number - 1)
            start, home = number, rec.home
    for c in range(3):
        merge_down(sheet, c, start, len(sheet.cells))
    grid.line(f"本村共{len(village.homes)}户{len(rows)}人")


def platform(desk: Desk, town: Town) -> None:
    """Town 1: one book per kind for the town, one book per village for register and land."""
    h, b = desk.kit("platform/people", ids="apos")
    sheet = desk.book(f"{town.name}/组织/{town.name}村级班子成员信息采集表.xls").sheet("采集表")
    grid = Grid(
        sheet,
        cadre_columns(h, b, True),
        f"{town.name}村级班子成员信息采集表",
        "填报单位：石桥镇组织委员|2024年12月",
    )
    kin = Grid(
        desk.book(f"{town.name}/组织/村干部主要社会关系申报汇总.xlsx").sheet("Sheet1"),
        kin_columns(h, b, True),
        "村干部主要社会关系申报汇总表",
    )
    for v in town.villages:
        for rec in v.get("cadre"):
            grid.add(rec)
        for rec in v.get("kin"):
            kin.add(rec)
        h2, b2 = desk.kit(f"roster/{town.name}")
        roster_sheet(
            desk.book(f"公安户籍/{town.name}/{v.full}.xls").sheet(v.full),
            v,
            h2,
            b2,
            f"{v.full}常住人口登记底册",
        )
        h3, b3 = desk.kit(f"land/{town.name}")
        one = Grid(
            desk.book(
                f"自然资源和规划局/确权登记/{town.name}-{v.full}-承包经营权登记簿.xlsx"
            ).sheet("登记簿"),
            land_columns(h3, b3, False, True),
            f"{v.full}农村土地承包经营权登记簿",
            "面积单位：亩|",
        )
        for rec in land_rows(v):
            one.add(rec)
        if v.get("transfer"):
            transfers(one.sheet.book.sheet("流转"), v, b3)


def handmade(desk: Desk, town: Town) -> None:
    """Town 2: a folder per village."""
    for k, v in enumerate(town.villages):
        h, b = desk.kit(f"{town.name}/people/{k % 2}")
        root = f"{town.name}/{k + 1:02d}{v.full}"
        book = desk.book(f"{root}/班子队伍/村干部情况.{'xlsx' if k % 2 else 'et'}")
        grid = Grid(
            book.sheet("人员"), cadre_columns(h, b, False), f"{town.name}{v.full}两委及监委会人员表"
        )
        for rec in v.get("cadre"):
            grid.add(rec)
        grid.line("填表人：            审核人：            填表日期：2025年1月6日")
        kin = Grid(book.sheet("亲属"), kin_columns(h, b, False), f"{v.full}村干部亲属情况")
        for rec in v.get("kin"):
            kin.add(rec)
        roster_sheet(
            desk.book(f"{root}/户籍/人口底册.xlsx").sheet("底册"), v, h, b, f"{v.full}人口底册"
        )
        land = Grid(
            desk.book(f"{root}/土地/确权分户表.xls").sheet("分户"),
            land_columns(h, b, False, False),
            f"{v.full}土地确权分户明细表",
            "单位：亩|",
        )
        sheet, start = land.sheet, 0
        rows = land_rows(v)
        for rec in rows:
            number = land.add(rec)
            if rec.first:
                for c in range(4):
                    merge_down(sheet, c, start, number - 1)
                start = number
        for c in range(4):
            merge_down(sheet, c, start, len(sheet.cells))
        land.total("合计", [h("l.plot_mu")], rows)


def voucher(desk: Desk, town: Town) -> None:
    """Town 3: county exports, mostly csv."""
    h, b = desk.kit("voucher/people")
    grid = Grid(
        desk.book(f"区委组织部/{town.name}村（社区）干部名册.xlsx").sheet("名册"),
        cadre_columns(h, b, True),
        f"{town.name}村（社区）干部名册",
    )
    h2, b2 = desk.kit("voucher/kin", ids="tab")
    kin = Grid(
        desk.book(f"区委组织部/{town.name}村干部近亲属登记.csv").sheet("x"),
        kin_columns(h2, b2, True),
    )
    h3, b3 = desk.kit("voucher/roster", day="compact", ids="eq")
    roster = Grid(
        desk.book(f"区公安分局/{town.name}常住人口.csv").sheet("x"),
        roster_columns(h3, b3, True, True),
    )
    h4, b4 = desk.kit("voucher/land")
    land = Grid(
        desk.book(f"区农业农村局/土地延包/{town.name}承包地块信息.csv").sheet("x"),
        land_columns(h4, b4, True, True),
    )
    for v in town.villages:
        for rec in v.get("cadre"):
            grid.add(rec)
        for rec in v.get("kin"):
            kin.add(rec)
        for rec in roster_rows(v):
            roster.add(rec)
        for rec in land_rows(v):
            land.add(rec)


def sheets(desk: Desk, town: Town) -> None:
    """Town 4: one book, one sheet per village; relatives stacked with separator rows."""
    h, b = desk.kit("sheets/people")
    cadre_book = desk.book(f"{town.name}/干部/各村班子成员.xlsx")
    roster_book, land_book = (
        desk.book(f"{town.name}/人口/各村户籍人口.xlsx"),
        desk.book(f"{town.name}/土地/各村承包地明细.xlsx"),
    )
    kin = Grid(
        desk.book(f"{town.name}/干部/近亲属.xls").sheet("近亲属"),
        kin_columns(h, b, False),
        f"{town.name}村干部近亲属情况汇总",
    )
    h2, b2 = desk.kit("sheets/land")
    for v in town.villages:
        grid = Grid(cadre_book.sheet(v.full), cadre_columns(h, b, False), f"{v.full}班子成员", "")
        for rec in v.get("cadre"):
            grid.add(rec)
        kin.line(v.full)
        for rec in v.get("kin"):
            kin.add(rec)
        roster_sheet(roster_book.sheet(v.full), v, h2, b2, f"{v.full}户籍人口花名册")
        land = Grid(
            land_book.sheet(v.full), land_columns(h2, b2, False, True), f"{v.full}承包地块明细表"
        )
        for rec in land_rows(v):
            land.add(rec)
        transfers(land.sheet, v, b2)


def transfers(sheet: Sheet, village: Village, b: Habit) -> None:
    """A second table below the first: who tills whose land."""
    rows = village.get("transfer")
    if rows:
        sheet.blank()
        sheet.row(["土地流转、代耕登记"])
        sheet.row(
            [
                "转出户",
                "转出户身份证号",
                "转入（代耕）户",
                "转入户身份证号",
                "面积(亩)",
                "起始时间",
                "协议",
            ]
        )
        for r in rows:
            sheet.row(
                [
                    r.owner.name,
                    r.owner.id_no,
                    r.user.name,
                    r.user.id_no,
                    r.mu,
                    b.day(r.since),
                    "有",
                ],
                r,
            )
