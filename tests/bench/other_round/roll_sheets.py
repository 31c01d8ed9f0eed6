"""Shapes of a roll: flat, a sheet a month, stacked, months across."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from desk import Desk
from grid import Column, Grid, seq_column
from headings import Heads
from records import Rec, Village
from shapes import Habit, mask


def rows_of(
    villages: list[Village], programme: str, fits: Callable[[Rec], bool] = lambda r: True
) -> list[Rec]:
    return [
        r
        for v in villages
        for r in sorted(v.get("roll"), key=lambda r: (r.year, r.month, r.group))
        if r.programme == programme and fits(r)
    ]


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
