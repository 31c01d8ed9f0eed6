"""Subsidy rolls, each programme in its bureau's own shape."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from desk import Desk
from grid import Column, Grid, seq_column
from headings import Heads
from records import Rec, Town, Village
from shapes import Habit, mask

BUREAU = {"沂川县": "县民政局", "汶南区": "区民政局"}


def rows_of(
    villages: list[Village], programme: str, fits: Callable[[Rec], bool] = lambda r: True
) -> list[Rec]:
    return [
        r
        for v in villages
        for r in sorted(v.get("roll"), key=lambda r: (r.year, r.month, r.group))
        if r.programme == programme and fits(r)
    ]


def write(desk: Desk) -> None:
    for county in ("沂川县", "汶南区"):
        villages = [v for v in desk.world.villages if v.town.county == county]
        if villages:
            (first_county if county == "沂川县" else second_county)(desk, county, villages)
    for town in desk.world.towns:
        if town.villages:
            for year in (2023, 2024) if town.county == "沂川县" else (2024,):
                land(desk, town, year)


def cells(h: Heads, b: Habit, *fields: str) -> list[Column]:
    """Columns by short name."""
    table: dict[str, Column] = {
        "village": (h("village"), lambda r: r.village.full),
        "town": (h("town"), lambda r: r.village.town.name),
        "group": (h("group"), lambda r: b.group(r.group) if r.group else ""),
        "head": (h("head"), lambda r: b.name(r.head.name, r)),
        "head_id": (h("head_id"), lambda r: b.idno(r.head.id_no, r)),
        "name": (h("roll.name"), lambda r: b.name(r.name, r)),
        "id": (h("roll.id"), lambda r: b.idno(r.id_no, r)),
        "holder": (h("head"), lambda r: b.name(r.name, r)),
        "masked": (h("roll.id"), lambda r: mask(r.id_no)),
        "payee": (h("roll.payee"), lambda r: b.name(r.payee, r)),
        "payee_id": (h("roll.payee_id"), lambda r: b.idno(r.payee_id, r)),
        "card": (h("card"), lambda r: b.card(r.card)),
        "bank": (h("bank"), lambda r: r.bank),
        "phone": (h("phone"), lambda r: b.phone(r.phone)),
        "amount": (h("roll.amount"), lambda r: b.yuan(r.amount)),
        "status": (h("roll.status"), lambda r: r.status),
        "remark": (h("remark"), lambda r: r.remark),
        "persons": (h("roll.persons"), lambda r: r.persons),
        "level": (h("roll.level"), lambda r: r.level),
        "std": (h("roll.std"), lambda r: r.std),
        "area": (h("roll.area"), lambda r: r.area),
        "days": (h("roll.days"), lambda r: r.days),
        "post": (h("roll.post"), lambda r: r.post),
        "cert": (h("roll.cert"), lambda r: b.idno(r.cert, r) if not r.tagged else r.cert),
        "kind": (h("roll.project"), lambda r: r.kind),
        "reason": (h("roll.reason"), lambda r: r.reason),
        "batch": (h("roll.batch"), lambda r: r.batch),
        "month": (h("roll.month"), lambda r: f"{r.year}{r.month:02d}"),
        "month_cn": (h("roll.month"), lambda r: f"{r.year}年{r.month}月"),
        "quarter": (h("roll.month"), lambda r: f"{r.year}年{(r.month + 2) // 3}季度"),
        "day": (h("roll.day"), lambda r: b.day(r.day)),
        "care": ("供养方式", lambda r: r.care),
        "project": (h("roll.project"), lambda r: r.project),
    }
    return [table[f] for f in fields]


def flat(
    desk: Desk,
    path: str,
    key: str,
    recs: list[Rec],
    fields: str,
    title: str = "",
    unit: str = "",
    style: str = "",
    how: str = "",
    foot: str = "",
    total: bool = True,
    **habit: Any,
) -> None:
    """One sheet, one row per record."""
    h, b = desk.kit(key, style, **habit)
    (seq, _) = seq_column(h("seq"))
    grid = Grid(
        desk.book(path, how).sheet("Sheet1"), [seq, *cells(h, b, *fields.split())], title, unit
    )
    for rec in recs:
        grid.add(rec)
    if total and title:
        grid.total("合计", [h("roll.amount")])
    if foot:
        grid.line(foot)


def monthly(
    desk: Desk,
    path: str,
    key: str,
    recs: list[Rec],
    months: range,
    fields: str,
    title: str,
    unit: str,
    groups: list[tuple[str, int]] | None = None,
    **habit: Any,
) -> None:
    """A sheet per month, the month only in sheet name and title, plus a 汇总 sheet."""
    h, b = desk.kit(key, **habit)
    book = desk.book(path)
    sums = []
    for month in months:
        mine = [r for r in recs if r.month == month]
        (seq, _) = seq_column(h("seq"))
        grid = Grid(
            book.sheet(f"{month}月"),
            [seq, *cells(h, b, *fields.split())],
            title.format(m=month),
            unit,
            groups,
        )
        for rec in mine:
            grid.add(rec)
        grid.total("合计", [h("roll.amount")])
        grid.line("分管领导：            科室负责人：            制表人：王海")
        sums.append((month, len(mine), sum(r.amount for r in mine)))
    sheet = book.sheet("汇总")
    sheet.title(title.format(m=f"{months[0]}-{months[-1]}"), 3)
    sheet.row(["月份", "发放户（人）数", "发放金额合计"])
    for month, n, total in sums:
        sheet.row([f"{month}月", n, round(total, 2)])
    sheet.row(["合计", sum(s[1] for s in sums), round(sum(s[2] for s in sums), 2)])


def stacked(
    desk: Desk,
    path: str,
    key: str,
    villages: list[Village],
    recs: list[Rec],
    fields: str,
    title: str,
    unit: str,
    sheet_name: str = "Sheet1",
    book: Any = None,
    **habit: Any,
) -> None:
    """Villages one below the other: name row, rows, 小计; page carries in between."""
    h, b = desk.kit(key, **habit)
    book = book or desk.book(path)
    seq, reset = seq_column(h("seq"))
    grid = Grid(book.sheet(sheet_name), [seq, *cells(h, b, *fields.split())], title, unit)
    for v in villages:
        mine = [r for r in recs if r.village is v]
        if mine:
            reset()
            grid.line(v.full)
            for k, rec in enumerate(mine):
                if k and k % 60 == 0:
                    grid.total("本页合计", [h("roll.amount")], mine[k - 60 : k], at=1)
                grid.add(rec)
            grid.total("小计", [h("roll.amount"), h("roll.area")], mine, at=1)
    grid.total("总计", [h("roll.amount"), h("roll.area")], recs, at=1)
    grid.line("注：本表一式三份，财政所、经管站、村委各存一份。")


def pivot(desk: Desk, path: str, key: str, recs: list[Rec], title: str) -> None:
    """One row per award, a column per month."""
    h, b = desk.kit(key, ids="plain", money="num")
    awards: dict[int, list[Rec]] = {}
    for rec in recs:
        awards.setdefault(id(rec.award), []).append(rec)
    months = [f"2024{m:02d}" for m in range(1, 13)]
    cols = cells(
        h, b, "village", "name", "id", "level", "care", "payee", "card", "status", "remark"
    )
    by_month: list[Column] = [(m, lambda r, m=m: r.by.get(m, "")) for m in months]  # type: ignore[misc]
    (seq, _) = seq_column(h("seq"))
    grid = Grid(
        desk.book(path).sheet("发放汇总"),
        [seq, *cols[:7], *by_month, ("小计", lambda r: sum(r.by.values())), *cols[7:]],
        title,
        "单位：元|",
    )
    for group in awards.values():
        line = group[0].twin(by={f"{r.year}{r.month:02d}": r.amount for r in group})
        line.facts = list(dict.fromkeys(i for r in group for i in r.facts))
        line.contexts = list(dict.fromkeys(i for r in group for i in r.contexts))
        grid.add(line)


def first_county(desk: Desk, county: str, villages: list[Village]) -> None:
    root = f"{BUREAU[county]}/2024年"
    recs = rows_of(villages, "dibao")
    for half, months in (("上半年", range(1, 7)), ("下半年", range(7, 13))):
        monthly(
            desk,
            f"{root}低保/{half}农村低保金社会化发放.xlsx",
            "dibao/1",
            recs,
            months,
            "town village name id persons level std amount payee card status remark",
            "沂川县2024年{m}月农村低保金发放花名册",
            "编制单位：沂川县民政局|单位：元",
            [("", 3), ("保障对象", 2), ("保障情况", 3), ("", 1), ("发放账户", 2), ("", 2)],
            ids="plain",
            money="num",
        )
    flat(
        desk,
        f"{root}特困/特困人员供养金发放明细.xls",
        "tekun/1",
        rows_of(villages, "tekun"),
        "town village name id care level amount payee card month_cn status remark",
        "2024年特困人员基本生活费和照料护理费发放明细",
        "单位：元|",
        foot="制表：            复核：",
    )
    flat(
        desk,
        f"{root}临时救助台账.xlsx",
        "linshi/1",
        rows_of(villages, "linshi"),
        "batch village head name id reason amount day card status",
        "沂川县2024年临时救助发放台账",
        "|金额单位：元",
    )
    canji = rows_of(villages, "canji")
    for q in range(4):
        monthly(
            desk,
            f"{root}残疾人两补/{'一二三四'[q]}季度.xls",
            "canji/1",
            canji,
            range(q * 3 + 1, q * 3 + 4),
            "village name id cert level kind amount payee payee_id card status remark",
            "2024年{m}月残疾人两项补贴发放表",
            "|单位：元",
        )
    book = desk.book(f"{root}高龄津贴(按季).xlsx")
    for q in range(4):
        mine = rows_of(villages, "gaoling", lambda r, q=q: r.month == q * 3 + 3)  # type: ignore[misc]
        stacked(
            desk,
            "",
            "gaoling/1",
            villages,
            mine,
            "name id level std amount card payee status remark",
            f"2024年第{'一二三四'[q]}季度80周岁以上老年人高龄津贴发放名册",
            "沂川县民政局|单位：元",
            f"{q + 1}季度",
            book,
        )
    flat(
        desk,
        "县住建局/2024年农村危房改造补助资金发放.xlsx",
        "weigai/1",
        rows_of(villages, "weigai"),
        "town village name id level kind amount day card payee",
        "2024年度农村危房改造补助资金发放表",
        "单位：元|",
    )
    for town in dict.fromkeys(v.town for v in villages):
        mine = rows_of(town.villages, "gongyi")
        monthly(
            desk,
            f"县人社局/乡村公益性岗位/{town.name}岗位补贴.xlsx",
            "gongyi/1",
            mine,
            range(1, 13),
            "village post name id days std amount card status remark",
            town.name + "2024年{m}月乡村公益性岗位补贴考勤发放表",
            "单位：元|",
        )
    flat(
        desk,
        "县自然资源和规划局/林业/2024生态护林员劳务报酬.xls",
        "hulin/1",
        rows_of(villages, "hulin"),
        "village name id area quarter amount card remark",
        "2024年生态护林员劳务报酬发放表",
        "单位：亩、元|",
        foot="填表人：",
    )
    flat(
        desk,
        "县自然资源和规划局/林业/退耕还林补助2024.xlsx",
        "tuigeng/1",
        rows_of(villages, "tuigeng"),
        "town village holder id area std amount card day",
        "2024年退耕还林补助兑现表",
        "单位：亩、元|",
    )


def second_county(desk: Desk, county: str, villages: list[Village]) -> None:
    root = f"{BUREAU[county]}/一卡通导出"
    dibao = rows_of(villages, "dibao")
    for month in range(1, 13):
        flat(
            desk,
            f"{root}/DB/DB2024{month:02d}.csv",
            "dibao/2",
            [r for r in dibao if r.month == month],
            "town village name id persons level amount payee card month day status remark",
            style="pinyin",
            day="compact",
            ids="tab",
            money="num",
        )
    pivot(
        desk,
        f"{root}/特困供养2024年度发放.xlsx",
        "tekun/2",
        rows_of(villages, "tekun"),
        "汶南区2024年特困供养资金发放汇总",
    )
    flat(
        desk,
        f"{root}/临时救助2024.csv",
        "linshi/2",
        rows_of(villages, "linshi"),
        "town village name id reason batch amount payee card status remark",
        ids="eq",
        money="num",
    )
    flat(
        desk,
        f"{root}/残疾人两项补贴（1-12月）.xlsx",
        "canji/2",
        rows_of(villages, "canji"),
        "month kind village group name id cert level amount payee payee_id card status remark",
        "残疾人两项补贴资金发放明细(2024年1-12月)",
        "|单位：元",
    )
    flat(
        desk,
        "区卫健局/高龄津贴公示版.csv",
        "gaoling/2",
        rows_of(villages, "gaoling"),
        "town village name masked level quarter amount card status",
        ids="plain",
        money="num",
    )
    own = [v for v in villages if v.town.style == "sheets"]
    for k, rec in enumerate(rows_of(own, "weigai")):
        flat(
            desk,
            f"泉庄街道/危房改造/{k + 1:02d}-{rec.name}-{('表1', '发放表')[k % 3 == 2]}.xlsx",
            "weigai/file",
            [rec],
            "village name id level kind amount day card payee",
            "农村危房改造补助资金到户发放表",
            "单位：元|",
            foot="村委会（盖章）：        领款人签字：",
            total=False,
        )
    flat(
        desk,
        "区住建局/危改2024.xls",
        "weigai/2",
        rows_of([v for v in villages if v not in own], "weigai"),
        "town village head head_id name id kind level amount payee card day",
        "汶南区2024年农村危房改造资金拨付明细",
        "|单位：元",
    )
    flat(
        desk,
        "区人社局/GYXGW_2024.xlsx",
        "gongyi/2",
        rows_of(villages, "gongyi"),
        "town village name id post month days amount card status remark",
        style="pinyin",
        ids="plain",
        money="num",
    )
    flat(
        desk,
        "区林业局/护林员补助.csv",
        "hulin/2",
        rows_of(villages, "hulin"),
        "village name id area quarter amount card remark",
        money="comma",
    )
    flat(
        desk,
        "区林业局/退耕还林（还草）政策补助.xlsx",
        "tuigeng/2",
        rows_of(villages, "tuigeng"),
        "town village name id area std amount card",
        "退耕还林政策补助资金兑付清册（2024年度）",
        "单位：元|",
    )


def land(desk: Desk, town: Town, year: int) -> None:
    """The land-protection subsidy, one shape per town."""
    recs = rows_of(town.villages, "gengdi", lambda r: r.year == year)
    if town.style == "platform":
        h, b = desk.kit("gengdi/platform", money="num")
        book = desk.book(f"县财政局/耕地地力保护补贴/{year}/{town.name}.xlsx")
        for v in town.villages:
            (seq, _) = seq_column(h("seq"))
            grid = Grid(
                book.sheet(v.full),
                [
                    seq,
                    *cells(
                        h,
                        b,
                        "holder",
                        "id",
                        "group",
                        "area",
                        "std",
                        "amount",
                        "payee",
                        "card",
                        "phone",
                        "remark",
                    ),
                ],
                f"{year}年耕地地力保护补贴面积及资金公示表",
                f"{town.name}{v.full}|单位：亩、元/亩、元",
            )
            for k, rec in enumerate(r for r in recs if r.village is v):
                number = grid.add(rec)
                if any("M24" in i.models for i in rec.facts) or k == 40:
                    grid.sheet.hidden_rows.append(number)
            grid.sheet.hidden_cols.append(9)
            grid.total("合计", [h("roll.area"), h("roll.amount")])
            grid.line("村书记（签字）：           村监委会主任（签字）：")
    elif town.style == "handmade":
        stacked(
            desk,
            f"县财政局/耕地地力保护补贴/{year}/{town.name}{year}年地力补贴（汇总）.xls",
            "gengdi/handmade",
            town.villages,
            recs,
            "name id group area amount card payee remark",
            f"{town.name}{year}年耕地地力保护补贴发放清册",
            "补贴标准：137元/亩|单位：亩、元",
        )
    elif town.style == "voucher":
        flat(
            desk,
            f"区财政局/惠农补贴/{town.name}_耕地地力_{year}.csv",
            "gengdi/voucher",
            recs,
            "village holder id payee payee_id card area std amount status remark",
            ids="eq",
            money="num",
        )
    else:
        flat(
            desk,
            f"{town.name}/财政所/{year}年耕地地力补贴.et",
            "gengdi/sheets",
            recs,
            "village group name id area std amount card day remark",
            f"{town.name}{year}年度耕地地力保护补贴发放表",
            "|单位：亩、元",
        )
