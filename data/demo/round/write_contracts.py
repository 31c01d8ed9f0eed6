"""Contract lists, project lists and asset cards."""

from datetime import date
from typing import Any

from .desk import Desk, body, footer, heading, total
from .dialect import Dialect
from .works import LIMIT_NOTE
from .world import Record, Village


def write(desk: Desk) -> None:
    """Contracts by town or village, projects by town, assets by village."""
    for town in dict.fromkeys(v.town for v in desk.world.villages):
        villages = [v for v in desk.world.villages if v.town == town]
        rng = desk.rng("contracts", town)
        way = rng.choice(("village", "village", "sheets", "flat"))
        if way == "village":
            for v in villages:
                _contracts(
                    desk, f"{town}/{v.name}/{v.name}集体资产资源承包合同台账", town, [v], "one"
                )
        else:
            _contracts(
                desk, f"{town}/三资管理/{town}村集体资产资源发包合同台账", town, villages, way
            )
        _projects(desk, town, villages)
        for v in villages:
            _assets(desk, v)


def _contract_value(hand: Dialect):  # type: ignore[no-untyped-def]
    def value(r: Record, name: str) -> Any:
        if name == "span":
            return f"{_dot(r['start'])}-{_dot(r['end'])}"
        if name == "owed":
            return r["due_sum"] - r["paid_sum"]
        return r[name]

    return value


def _dot(day: date) -> str:
    return f"{day.year}.{day.month}.{day.day}"


def _contracts(desk: Desk, path: str, town: str, villages: list[Village], way: str) -> None:
    state = desk.rng("contract columns", town)
    rng = desk.rng("contract file", path)
    book = desk.book(path, rng.choice(("xlsx", "xlsx", "xlsx", "xls")))
    hand = desk.dialect("contracts", book, path if way == "one" else town)
    term = ["span", "years"] if state.random() < 0.35 else ["start", "end", "years"]
    money = ["due_sum", "paid_sum", "owed"]
    fields = state.choice(
        (
            [
                *"seq number object kind party party_id size unit price annual".split(),
                *term,
                *"signed decided method pay".split(),
                *money,
                *"state remark".split(),
            ],
            [
                *"seq object kind size unit party phone party_id signed".split(),
                *term,
                *"price annual pay".split(),
                *money,
                *"decided method state remark".split(),
            ],
        )
    )
    if way == "flat":
        fields = [fields[0], "village", *fields[1:]]
    groups = {f: "收缴情况（2023—2024年）" for f in money}
    if "start" in term:
        groups |= {"start": "承包期限", "end": "承包期限", "years": "承包期限"}
    columns = hand.columns(fields, groups if state.random() < 0.6 else None)
    value = _contract_value(hand)
    sheet = book.sheet("合同台账") if way != "sheets" else None
    if sheet:
        place = town if way == "flat" else f"{town}{villages[0].name}"
        heading(
            sheet,
            columns,
            f"{place}集体资产资源承包（出租）合同台账",
            "填报时间：2024年12月　单位：元",
        )
    for v in villages:
        rows = sorted(desk.world.rows("contracts", v), key=lambda r: (r["signed"], r["number"]))
        for i, r in enumerate(rows, 1):
            r["number"] = f"{r['signed'].year}-{i:03d}"
        page = sheet or book.sheet(desk.spell(hand, v))
        if not sheet:
            heading(page, columns, f"{town}{v.name}集体资产资源承包合同台账", "单位：元")
        body(desk, page, hand, columns, rows, value)
        if way != "flat":
            page.line(
                total(hand, columns, rows, "合计", ("annual", "due_sum", "paid_sum", "owed"), value)
            )
            footer(page, rng, len(columns))


def _projects(desk: Desk, town: str, villages: list[Village]) -> None:
    rng = desk.rng("projects", town)
    book = desk.book(
        f"{town}/项目建设/{town}2023-2024年村级工程项目台账", rng.choice(("xlsx", "xls"))
    )
    hand = desk.dialect("projects", book, town)
    hand.unit_wan = rng.random() < 0.4
    fields = rng.choice(
        (
            "seq village project fund approved budget method winner bid price signed start finish accepted final paid remark".split(),
            "seq village project winner method fund budget bid signed price start finish accepted final paid remark".split(),
        )
    )
    columns = hand.columns(fields)
    rows = [
        r
        for v in villages
        for r in sorted(desk.world.rows("projects", v), key=lambda r: r["start"])
    ]
    sheet = book.sheet("项目台账")
    heading(
        sheet, columns, f"{town}村级工程项目管理台账", "单位：万元" if hand.unit_wan else "单位：元"
    )
    body(desk, sheet, hand, columns, rows)
    sheet.wide(LIMIT_NOTE, len(columns))
    bids = [b for r in rows for b in r["bids"]]
    separate = rng.random() < 0.5
    target = (
        desk.book(f"{town}/项目建设/{town}招标比选投标情况登记表", "xlsx") if separate else book
    )
    pen = desk.dialect("bids", target, town)
    heads = pen.columns("seq village project opened company offer won".split())
    page = target.sheet("投标情况")
    heading(page, heads, f"{town}村级工程投标（报价）情况登记表", "单位：元")
    body(desk, page, pen, heads, bids)


def _assets(desk: Desk, village: Village) -> None:
    rng = desk.rng("assets", village.key)
    book = desk.book(
        f"{village.town}/{village.name}/{village.name}固定资产明细表", rng.choice(("xlsx", "xls"))
    )
    hand = desk.dialect("assets", book, village.key)
    columns = hand.columns("seq asset asset_kind cost bought keeper asset_state remark".split())
    sheet = book.sheet("固定资产")
    heading(sheet, columns, f"{village.name}固定资产明细表", "单位：元")
    rows = desk.world.rows("assets", village)
    body(desk, sheet, hand, columns, rows)
    sheet.line(total(hand, columns, rows, "合计", ("cost",)))
