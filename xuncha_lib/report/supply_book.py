"""Excel books of the supply checklist: one per village to send back, one for the office. No word about leads in either."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from xuncha_lib.report.book import fill_sheet, new_book
from xuncha_lib.report.supply import STATUS_ZH
from xuncha_lib.tables import load_tables

_ASK = {
    "序号": 5,
    "情况": 11,
    "资料或内容": 44,
    "文件": 40,
    "工作表": 14,
    "请这样做": 40,
    "报送单位回复": 22,
    "回复日期": 11,
}
_ITEM = {"序号": 5, "资料": 30, "年度": 6, "由谁报": 8, "必报": 6, "状态": 10, "缺的月份": 16, "收到日期": 11, "迟交": 6,
         "重复或旧版": 34, "入库行数": 9, "文件": 48}  # fmt: skip
_SCORE = {"村": 12, "镇街": 12, "资料质量": 9, "收齐": 7, "读懂": 7, "证号可比": 9, "合计相符": 9, "单元格完好": 10,
          "已收": 6, "月份不全": 9, "未收到": 7, "迟交": 6, "重复": 6, "须补的必报资料": 60}  # fmt: skip
_PARTS = ("complete", "read", "ids", "totals", "cells")
HOW = (
    "资料质量＝收齐40＋读懂20＋证号可比20＋合计相符10＋单元格完好10；没有可判断内容的一项不计，其余按比例放大。"
    "收齐：必报资料收到的比例（按月的资料按收到月份折算）。读懂：能识别的工作表比例。证号可比：身份证号能通过校验的比例。"
    "合计相符：表上合计等于逐行相加的比例。单元格完好：没有看不清内容的行的比例。只反映资料情况，不反映任何人和事。"
)
_COMMENT = "资料收集清单，只涉及资料是否收齐、能否读懂"


def write_village_books(con: duckdb.DuckDBPyConnection, out: Path) -> list[Path]:
    """One book per village below `out`, and the office's `资料收集汇总.xlsx`; paths, the office's first."""
    out.mkdir(parents=True, exist_ok=True)
    villages = con.execute(
        "SELECT village_code, village_name, coalesce(town, '') FROM village WHERE of_round ORDER BY village_code"
    ).fetchall()
    paths = [_office_book(con, out / "资料收集汇总.xlsx")]
    for code, name, town in villages:
        file = re.sub(r'[\\/:*?"<>|\s]', "_", f"{town}{name}资料补交清单.xlsx")
        paths.append(_village_book(con, out / file, code, f"{town}{name}"))
    return paths


def _deadline(con: duckdb.DuckDBPyConnection) -> str:
    rows = con.execute("SELECT value FROM setting WHERE key = 'deadline'").fetchall()
    return f"报送期限：{rows[0][0]}" if rows else "报送期限：未登记"


def _village_book(con: duckdb.DuckDBPyConnection, path: Path, code: str, title: str) -> Path:
    asks = _asks(con, "village_code = ? AND source = '村'", code)
    note = (
        f"{title}资料补交清单 · 共{len(asks)}项 · {_deadline(con)} · 请逐项回复后连同资料一并报送"
    )
    sheets = {
        "补交清单": (_ASK, asks),
        "资料清单": (_ITEM, _items(con, "village_code = ? AND source = '村'", code)),
    }
    return _write(path, f"{title}资料补交清单", note, sheets)


def _office_book(con: duckdb.DuckDBPyConnection, path: Path) -> Path:
    note = f"资料收集汇总 · {_deadline(con)} · 只反映资料情况"
    kinds, matrix = _coverage(con)
    columns = {"村": 12, "镇街": 12, **dict.fromkeys(kinds, 9)}
    asks = {"序号": 5, "由谁报": 8, "情况": 10, "资料": 40, "村数": 6, "村": 60, "请这样做": 36}
    sheets: dict[str, tuple[dict[str, int], Sequence[Sequence[Any]]]] = {
        "各村一览": (_SCORE, _scores(con)),
        "资料覆盖": (columns, matrix),
        "部门和镇街补交": (asks, _office_asks(con)),
        "全轮资料": (_ITEM, _items(con, "village_code IS NULL")),
        "全轮问题": (_ASK, _asks(con, "village_code IS NULL AND matter <> '缺少'")),
        "计算方法": ({"说明": 120}, [(HOW,)]),
    }
    return _write(path, "资料收集汇总", note, sheets)


def _write(path: Path, title: str, note: str, sheets: dict[str, Any]) -> Path:
    draft = path.with_name(f".{path.name}.tmp")
    book, formats = new_book(draft, title, comment=_COMMENT)
    for name, (columns, rows) in sheets.items():
        sheet = book.add_worksheet(name)
        fill_sheet(sheet, columns, rows, formats, note)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
    book.close()
    draft.replace(path)
    return path


def _asks(con: duckdb.DuckDBPyConnection, where: str, *values: Any) -> list[tuple[Any, ...]]:
    rows = con.execute(
        f"SELECT matter, what, file, sheet, todo FROM supply_ask WHERE {where} AND (is_must OR matter <> '缺少') "
        "ORDER BY place, item, file, sheet, what",
        list(values),
    ).fetchall()
    return [(n, *row, "", "") for n, row in enumerate(rows, 1)]


def _items(con: duckdb.DuckDBPyConnection, where: str, *values: Any) -> list[tuple[Any, ...]]:
    rows = con.execute(
        "SELECT zh, year, source, is_must, status, months_missing, received_on, is_late, doubles, rows, files "
        f"FROM supply WHERE {where} ORDER BY item, year",
        list(values),
    ).fetchall()
    return [
        (n, zh, year, source, "必报" if must else "", STATUS_ZH[status], "、".join(f"{m}月" for m in months), day,
         "迟交" if late else "", "；".join(doubles), rows, "；".join(files[:5]) + ("…" if len(files) > 5 else ""))
        for n, (zh, year, source, must, status, months, day, late, doubles, rows, files) in enumerate(rows, 1)
    ]  # fmt: skip


def _scores(con: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    parts = ", ".join(f'q."{part}"' for part in _PARTS)
    rows = con.execute(
        f"""SELECT v.village_name, v.town, q.score, {parts},
                   count(*) FILTER (s.status = 'received'), count(*) FILTER (s.status = 'partial'),
                   count(*) FILTER (s.status = 'missing'), count(*) FILTER (s.is_late), count(*) FILTER (len(s.doubles) > 0),
                   list(s.zh || coalesce(s.year::VARCHAR, '') ORDER BY s.item, s.year) FILTER (s.status <> 'received' AND s.is_must)
            FROM village v JOIN supply_quality q USING (village_code) LEFT JOIN supply s USING (village_code)
            GROUP BY v.village_code, v.village_name, v.town, q.score, {parts} ORDER BY v.town, v.village_code"""
    ).fetchall()
    share = slice(3, 3 + len(_PARTS))
    return [
        (*row[:3], *(None if x is None else f"{x:.0%}" for x in row[share]), *row[share.stop : -1], "；".join(row[-1] or []))
        for row in rows
    ]  # fmt: skip


def _coverage(con: duckdb.DuckDBPyConnection) -> tuple[list[str], list[tuple[Any, ...]]]:
    """(headings: kind, Chinese name, year; a line per village of rows held)."""
    zh = {table.name: table.zh for table in load_tables().values()}
    years = {
        y
        for (y,) in con.execute(
            "SELECT DISTINCT year FROM supply WHERE year IS NOT NULL"
        ).fetchall()
    }
    cells: dict[tuple[str, str], int] = {}
    for code, kind, name, year, rows in con.execute(
        'SELECT village_code, kind, "table", year, rows FROM coverage ORDER BY kind, "table", year NULLS LAST'
    ).fetchall():
        heading = f"{kind} {zh[name]}" + (f" {year}" if year in years else " 其他年份")
        cells[code, heading] = cells.get((code, heading), 0) + rows
    headings = list(dict.fromkeys(heading for _, heading in cells))
    villages = con.execute(
        "SELECT village_code, village_name, town FROM village WHERE of_round ORDER BY town, village_code"
    ).fetchall()
    return headings, [
        (name, town, *(cells.get((code, heading)) for heading in headings))
        for code, name, town in villages
    ]


def _office_asks(con: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    rows = con.execute(
        """SELECT a.source, a.matter, a.what, count(a.village_code),
                  array_to_string(list(v.village_name ORDER BY v.village_code), '、'), any_value(a.todo)
           FROM supply_ask a LEFT JOIN village v USING (village_code)
           WHERE a.source <> '村' AND a.matter IN ('缺少', '月份不全') AND a.is_must
           GROUP BY a.source, a.matter, a.what, a.item ORDER BY a.source, a.item, a.what"""
    ).fetchall()
    return [
        (n, source, matter, what, count or None, names or "全轮", todo)
        for n, (source, matter, what, count, names, todo) in enumerate(rows, 1)
    ]
