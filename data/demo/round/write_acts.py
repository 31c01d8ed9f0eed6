"""Trial balances, co-operatives, land takings and meetings, as villages and towns hand them in."""

from collections import defaultdict
from typing import Any

from .desk import Desk, body, footer, heading, row_cells, total
from .world import Record, Village

_GROUPED = {
    f"{when}_{side}": word
    for when, word in (("o", "期初余额"), ("t", "本期发生额"), ("c", "期末余额"))
    for side in ("dr", "cr")
}


def write(desk: Desk) -> None:
    """Everything village by village; the list of co-operatives by town."""
    for village in desk.world.villages:
        if village.has_books:
            _balances(desk, village)
        _shares(desk, village)
        _takings(desk, village)
        _meetings(desk, village)
    for town in dict.fromkeys(v.town for v in desk.world.villages):
        _coops(desk, town, [v for v in desk.world.villages if v.town == town])


def _tree(rows: list[Record]) -> list[Record]:
    """The first level's accounts with their sums, each before its own parties."""
    tops: dict[str, list[Record]] = defaultdict(list)
    for r in rows:
        tops[r["top"]].append(r)
    found = []
    for name, mine in sorted(tops.items(), key=lambda t: t[1][0]["account_code"]):
        below = [r for r in mine if r["is_party"]]
        if below:
            sums = {
                k: sum(r[k] for r in mine)
                for k in ("b_opening", "b_debit", "b_credit", "b_closing")
            }
            found.append(Record(mine[0].village, {**mine[0].values, **sums, "account_name": name}))
        else:
            found += mine
        for i, r in enumerate(below, 1):
            r["account_code"] = f"{mine[0]['account_code'][:3]}{i:02d}"
        found += below
    return found


def _balance_value(is_path: bool):  # type: ignore[no-untyped-def]
    def value(r: Record, name: str) -> Any:
        if name == "account_name" and is_path and r["account_name"] != r["top"]:
            return f"{r['top']}/{r['account_name']}"
        if name in _GROUPED:
            when, side = name.split("_")
            if when == "t":
                return r["b_debit" if side == "dr" else "b_credit"]
            is_mine = (r["side"] == "借") == (side == "dr")
            return r["b_opening" if when == "o" else "b_closing"] if is_mine else ""
        return r[name]

    return value


def _balances(desk: Desk, village: Village) -> None:
    """One book with a sheet a year, or a file a year; sides in a column, or two columns a sum."""
    state = desk.rng("balances", village.key)
    one_book, is_wide, is_path = state.random() < 0.5, state.random() < 0.5, state.random() < 0.4
    kind = state.choice(("xlsx", "xls"))
    folder = f"{village.town}/{village.name}/"
    book = desk.book(f"{folder}2021-2024年科目余额表", kind) if one_book else None
    fields = (
        ["account_code", "account_name", *_GROUPED]
        if is_wide
        else ("account_code account_name side b_opening b_debit b_credit b_closing".split())
    )
    rows = desk.world.rows("balances", village)
    for year in sorted({r["year"] for r in rows}):
        target = book or desk.book(f"{folder}{year}年科目余额表", kind)
        hand = desk.dialect("balances", target, village.key)
        hand.sum_form = "number"
        columns = hand.columns(fields, _GROUPED if is_wide else None)
        sheet = target.sheet(f"{year}年")
        spelled = desk.spell(hand, village)
        heading(
            sheet,
            columns,
            f"{spelled}股份经济合作社科目余额表",
            f"会计期间：{year}年12月　　单位：元",
        )
        value, mine = _balance_value(is_path), [r for r in rows if r["year"] == year]
        sums: dict[str, int] = defaultdict(int)
        for record in _tree(mine):
            cells = row_cells(desk, hand, columns, record, 0, value)
            sheet.put(record, cells)
            for name in (
                fields if not record["is_party"] or record["account_name"] == record["top"] else ()
            ):
                found = value(record, name)
                sums[name] += found if isinstance(found, int) else 0
        if is_wide:
            sheet.line(["", "合计", *(sums[f] / 100 for f in _GROUPED)])


def _list(
    desk: Desk, table: str, path: str, title: str, fields: str, rows: list[Record], **how: Any
) -> None:
    """A plain list in a book of its own."""
    state = desk.rng(table, path)
    book = desk.book(path, state.choice(how.get("kinds", ("xlsx", "xlsx", "xls"))))
    hand = desk.dialect(table, book, path)
    columns = hand.columns(fields.split())
    sheet = book.sheet(title[:10])
    heading(sheet, columns, title, how.get("unit", ""))
    body(desk, sheet, hand, columns, rows, how.get("value"))
    if how.get("sums"):
        sheet.line(total(hand, columns, rows, "合计", how["sums"]))
    footer(sheet, state, len(columns))


def _coops(desk: Desk, town: str, villages: list[Village]) -> None:
    rows = [r for v in villages for r in desk.world.rows("coops", v)]
    if rows:
        fields = (
            "seq village company code founded chair heads farmers capital stake pct aid "
            "turnover surplus shared reported coop_state remark"
        )
        path, title = (
            f"{town}/党组织领办合作社/{town}领办合作社情况统计表",
            f"{town}村党组织领办合作社情况统计表",
        )
        _list(desk, "coops", path, title, fields, rows, unit="单位：元")


def _shares(desk: Desk, village: Village) -> None:
    by: dict[str, list[Record]] = defaultdict(list)
    for r in desk.world.rows("shares", village):
        by[r["company"]].append(r)
    for company, rows in by.items():
        path = f"{village.town}/{village.name}/合作社/{company}2023年度盈余分配表"
        fields = "seq company name id_no stake pct dividend paid_day sign remark"
        title = f"{company}2023年度盈余分配（分红）明细表"
        _list(desk, "shares", path, title, fields, rows, sums=("stake", "dividend"))


def _takings(desk: Desk, village: Village) -> None:
    by: dict[str, list[Record]] = defaultdict(list)
    for r in desk.world.rows("takings", village):
        by[r["project"]].append(r)
    for i, (project, rows) in enumerate(by.items(), 1):
        path = f"{village.town}/{village.name}/征地补偿/{village.name}征地补偿发放表{i}"
        fields = "seq project name id_no plot land_kind taken rate land_sum crop total card paid_day sign remark"
        _list(
            desk, "takings", path, f"{village.name}{project}征地补偿款发放明细表", fields, rows,
            unit="单位：亩、元", sums=("land_sum", "crop", "total"),
        )  # fmt: skip


def _meeting_value(r: Record, name: str) -> Any:
    return "、".join(r["who"]) if name == "who" else r[name]


def _meetings(desk: Desk, village: Village) -> None:
    rows = sorted(desk.world.rows("meetings", village), key=lambda r: r["day"])
    fields = "seq meeting_kind day place topic due_heads heads result sum host who remark"
    path = f"{village.town}/{village.name}/会议记录/{village.name}2022-2024年会议记录目录"
    _list(
        desk, "meetings", path, f"{village.name}会议记录目录", fields, rows,
        value=_meeting_value, kinds=("xlsx", "xls", "xlsx"),
    )  # fmt: skip
