"""Contracts, assets, works with their bidders, and co-op member lists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from desk import Desk
from grid import Column, Grid, seq_column
from headings import Heads
from records import Rec, Town, Village
from shapes import Habit


def write(desk: Desk) -> None:
    for town in desk.world.towns:
        if town.villages:
            contracts(desk, town)
            assets(desk, town)
            works(desk, town)
    coops(desk)


def contract_columns(h: Heads, b: Habit, with_village: bool, one_term: bool) -> list[Column]:
    out: list[Column] = [(h("c.no"), lambda r: r.no)]
    if with_village:
        out.append((h("village"), lambda r: r.village.full))
    out += [
        (h("c.object"), lambda r: r.object),
        (h("c.kind"), lambda r: r.kind),
        (h("c.party"), lambda r: b.name(r.party_name, r)),
        (h("c.party_id"), lambda r: b.idno(r.party_id, r)),
        (h("phone"), lambda r: b.phone(r.phone)),
        (h("c.area"), lambda r: r.area),
        (h("c.unit"), lambda r: r.unit),
        (h("c.signed"), lambda r: b.day(r.signed)),
    ]
    if one_term:
        out.append(
            (
                h("c.term"),
                lambda r: (
                    f"{r.start.year}.{r.start.month}.{r.start.day}-{r.end.year}.{r.end.month}.{r.end.day}"
                ),
            )
        )
    else:
        out += [(h("c.start"), lambda r: b.day(r.start)), (h("c.end"), lambda r: b.day(r.end))]
    return [
        *out,
        (h("c.price"), lambda r: r.price),
        (h("c.annual"), lambda r: b.yuan(r.annual)),
        (h("c.total"), lambda r: b.yuan(r.total)),
        (h("c.mode"), lambda r: r.mode),
        (h("c.due"), lambda r: b.yuan(r.due)),
        (h("c.got"), lambda r: b.yuan(r.got)),
        (h("c.owed"), lambda r: b.yuan(r.owed)),
        (h("c.voted"), lambda r: b.day(r.voted)),
        (h("c.open"), lambda r: r.open),
        (h("c.state"), lambda r: r.state),
        (h("remark"), lambda r: r.remark),
    ]


def contracts(desk: Desk, town: Town) -> None:
    h, b = desk.kit(f"contract/{town.name}", money="num", ids="plain")
    if town.style == "handmade":
        for k, v in enumerate(town.villages):
            grid = Grid(
                desk.book(f"{town.name}/{k + 1:02d}{v.full}/合同/承包租赁合同台账.xlsx").sheet(
                    "合同"
                ),
                contract_columns(h, b, False, True),
                f"{v.full}集体资产资源承包租赁合同台账",
                f"{v.full}|单位：元、亩、平方米",
            )
            for rec in v.get("contract"):
                grid.add(rec)
            grid.total("合计", [h("c.annual"), h("c.due"), h("c.got"), h("c.owed")])
        return
    if town.style == "sheets":
        book = desk.book(f"{town.name}/经管站/农村集体经济合同登记簿.xlsx")
        for v in town.villages:
            grid = Grid(
                book.sheet(v.full),
                contract_columns(h, b, False, False),
                f"{v.full}集体经济合同登记簿",
            )
            for rec in v.get("contract"):
                grid.add(rec)
        return
    path = (
        f"{town.name}/三资平台/合同管理导出.xls"
        if town.style == "platform"
        else f"区农业农村局/合同清理/{town.name}农村集体合同台账.xlsx"
    )
    groups = (
        None
        if town.style == "platform"
        else [
            ("", 2),
            ("标的", 2),
            ("承包方信息", 3),
            ("", 2),
            ("期限", 3),
            ("价款", 4),
            ("缴款情况", 3),
            ("程序", 2),
            ("", 2),
        ]
    )
    grid = Grid(
        desk.book(path).sheet("合同"),
        contract_columns(h, b, True, False),
        f"{town.name}农村集体经济合同台账",
        "|单位：元",
        groups,
    )
    for v in town.villages:
        for rec in v.get("contract"):
            grid.add(rec)


def assets(desk: Desk, town: Town) -> None:
    h, b = desk.kit(f"asset/{town.name}", money="num")

    def columns(with_village: bool) -> list[Column]:
        lead: list[Column] = [(h("village"), lambda r: r.village.full)] if with_village else []
        return [
            *lead,
            (h("a.no"), lambda r: r.no),
            (h("a.name"), lambda r: r.name),
            (h("a.kind"), lambda r: r.kind),
            (h("a.cost"), lambda r: r.cost),
            (h("a.dep"), lambda r: r.dep),
            (h("a.net"), lambda r: r.net),
            (h("a.date"), lambda r: b.day(r.date)),
            (h("a.place"), lambda r: r.place),
            (h("a.state"), lambda r: r.state),
            (h("a.keeper"), lambda r: r.keeper),
        ]

    if town.style == "handmade":
        for k, v in enumerate(town.villages):
            grid = Grid(
                desk.book(f"{town.name}/{k + 1:02d}{v.full}/资产/固定资产登记.xlsx").sheet("资产"),
                columns(False),
                f"{v.full}固定资产登记簿",
                "单位：元|",
            )
            for rec in v.get("asset"):
                grid.add(rec)
            grid.total("合计", [h("a.cost"), h("a.net")])
        return
    grid = Grid(
        desk.book(f"{town.name}/资产清查/固定资产清查明细.xlsx").sheet("明细"),
        columns(True),
        f"{town.name}村集体固定资产清查明细表",
        "单位：元|",
    )
    for v in town.villages:
        for rec in v.get("asset"):
            grid.add(rec)


def works(desk: Desk, town: Town) -> None:
    """Projects: two sheets in half of the towns, bids in one cell in the other half; one town in 万元."""
    h, b = desk.kit(f"project/{town.name}", money="num")
    wan = town.style == "sheets"
    yuan: Callable[[Any], Any] = b.wan if wan else b.yuan
    tail = "(万元)" if wan else ""
    one_cell = town.style in ("handmade", "sheets")
    (seq, _) = seq_column(h("seq"))
    cols: list[Column] = [
        seq,
        (h("village"), lambda r: r.village.full),
        (h("p.name"), lambda r: r.name),
        (h("p.fund"), lambda r: r.fund),
        (h("p.vote"), lambda r: b.day(r.vote)),
        (h("p.budget") + tail, lambda r: yuan(r.budget)),
        (h("p.method"), lambda r: r.method),
    ]
    if one_cell:
        cols.append(
            (
                h("p.bidder") + "及报价" + (tail or "(元)"),
                lambda r: "、".join(
                    f"{x.name}{x.price / 10000:.4g}" if wan else f"{x.name}{x.price:.0f}"
                    for x in r.bids
                ),
            )
        )
    cols += [
        (h("p.winner"), lambda r: r.winner_name),
        (h("p.price") + tail, lambda r: yuan(r.price)),
        (h("p.signed"), lambda r: b.day(r.signed)),
        (h("p.begin"), lambda r: b.day(r.begin)),
        (h("p.finish"), lambda r: b.day(r.finish)),
        (h("p.accept"), lambda r: b.day(r.accept)),
        (h("p.settle") + tail, lambda r: yuan(r.settle)),
        (h("p.paid") + tail, lambda r: yuan(r.paid)),
        (h("remark"), lambda r: r.remark),
    ]
    paths = {
        "platform": "县农业农村局/工程项目/石桥镇村级工程项目台账.xlsx",
        "handmade": f"{town.name}/工程/村级小型工程登记.xls",
        "voucher": f"区农业农村局/项目库/{town.name}.xlsx",
        "sheets": f"{town.name}/经管站/工程项目一览表.xlsx",
    }
    book = desk.book(paths[town.style])
    grid = Grid(
        book.sheet("项目"),
        cols,
        f"{town.name}2024年村级工程建设项目台账",
        f"填报单位：{town.name}|{'单位：万元' if wan else '单位：元'}",
    )
    projects = [r for v in town.villages for r in v.get("project")]
    for rec in projects:
        grid.add(rec)
    if not one_cell:
        bid: list[Column] = [
            (h("village"), lambda r: r.village.full),
            (h("p.name"), lambda r: r.project.name),
            ("开标日期", lambda r: b.day(r.day)),
            (h("p.bidder"), lambda r: r.name),
            (h("p.bid"), lambda r: b.yuan(r.price)),
            (h("p.won"), lambda r: "是" if r.won else "否"),
            (h("phone"), lambda r: r.firm.phone),
        ]
        second = Grid(book.sheet("开标记录"), bid, f"{town.name}村级工程开标情况记录表")
        for rec in projects:
            for line in rec.bids:
                second.add(line)


def coops(desk: Desk) -> None:
    """Member lists of co-ops led by the village branch."""
    for village in desk.world.villages:
        members = village.get("member")
        if members or village.code[-1] in "14":
            coop(desk, village, members)


def coop(desk: Desk, village: Village, members: list[Rec]) -> None:
    h, b = desk.kit("coop", money="num")
    title = f"{village.town.county}{village.name}种植专业合作社"
    chair = next(
        p
        for p in desk.world.rng.sample(village.homes, len(village.homes))
        if not p.busy and not p.is_cadre
    ).head
    lead = Rec(
        village=village,
        name=chair.name,
        id_no=chair.id_no,
        post="理事长",
        amount=1000,
        way="货币",
        farmer="是",
    )
    plain = [
        Rec(
            village=village,
            name=x.head.name,
            id_no=x.head.id_no,
            post="成员",
            amount=800,
            way="土地经营权",
            farmer="是",
        )
        for x in [
            x
            for x in village.homes
            if not x.busy and not x.is_cadre and x.head is not chair and not x.head.died
        ][3:12]
    ]
    (seq, _) = seq_column(h("seq"))
    cols: list[Column] = [
        seq,
        (h("m.name"), lambda r: b.name(r.name, r)),
        (h("id"), lambda r: b.idno(r.id_no, r)),
        (h("f.role"), lambda r: r.post),
        (h("m.way"), lambda r: r.way),
        (h("m.amount"), lambda r: r.amount),
        (h("m.farmer"), lambda r: r.farmer),
    ]
    county = "县农业农村局" if village.town.county == "沂川县" else "区农业农村局"
    grid = Grid(
        desk.book(f"{county}/合作社/{title}成员名册.xls").sheet("成员名册"),
        cols,
        f"{title}成员出资清单",
        f"统一社会信用代码：{desk.world.mint.uscc('93', '371323')}|单位：元",
    )
    for rec in [lead, *plain, *members]:
        grid.add(rec)
    grid.line(f"法定代表人（签字）：{chair.name}")
