"""Subsidy rolls, each programme in its bureau's own shape."""

from __future__ import annotations

from desk import Desk
from grid import Grid, seq_column
from records import Town, Village
from roll_sheets import cells, flat, monthly, pivot, rows_of, stacked

BUREAU = {"沂川县": "县民政局", "汶南区": "区民政局"}


def write(desk: Desk) -> None:
    for county in ("沂川县", "汶南区"):
        villages = [v for v in desk.world.villages if v.town.county == county]
        if villages:
            (first_county if county == "沂川县" else second_county)(desk, county, villages)
    for town in desk.world.towns:
        if town.villages:
            for year in (2023, 2024) if town.county == "沂川县" else (2024,):
                land(desk, town, year)


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
