"""The book of a comparison of two lists: matched, to be told apart, not found, could not be compared."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xuncha_lib.errors import unknown
from xuncha_lib.masks import mask_id, mask_phone, mask_text
from xuncha_lib.people import Level
from xuncha_lib.people.compare import FATES, Comparison
from xuncha_lib.report.html import BANNER

if TYPE_CHECKING:
    import pandas as pd

LONGEST = 100_000
"""Rows of a sheet; what is left off is counted on the first sheet."""

SIDES = {"left": "甲名单", "right": "乙名单"}
"""Side → its name in the book."""
OWN = {
    "姓名": 10,
    "证号": 21,
    "电话": 13,
    "村": 12,
    "身份": 9,
    "文件": 24,
    "工作表": 10,
    "行": 6,
    "本行其他内容": 34,
}
_PAIR = {"等级": 16, "依据": 34, "把握": 7, "乙名单同名人数": 8}
BETWEEN = {
    **_PAIR,
    **{f"甲·{k}": w for k, w in OWN.items()},
    **{f"乙·{k}": w for k, w in OWN.items()},
}
"""Heading → width of the sheets of pairs."""
_BASE = {"font_name": "微软雅黑", "font_size": 10, "valign": "top", "border": 1, "text_wrap": True}

_PAIRS = """
SELECT p.level, p.why AS reason, p.score, p.namesakes, l.*, r.* FROM pair p
JOIN (SELECT {left}, n AS l_n FROM left_person) l ON l.l_n = p."left"
JOIN (SELECT {right}, n AS r_n FROM right_person) r ON r.r_n = p."right"
WHERE (p.level <= {last}) = {is_lead} ORDER BY p.level, p.score DESC, l_n, r_n LIMIT {most}
"""
_FIELDS = ("name", "id_number", "phone", "village", "role", "file", "sheet", "row", "facts")


def write_comparison(
    found: Comparison, path: Path, *, number: str, reason: str, at: datetime
) -> Path:
    """Write the book (through a temporary file) and return its path.

    number : request number, printed on the first sheet.   reason : why it was asked for; without one names are masked too.
    """
    import xlsxwriter

    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.tmp")
    book = xlsxwriter.Workbook(str(draft), {"strings_to_formulas": False, "strings_to_urls": False})
    writer, named = _Writer(book), bool(reason)
    writer.sheet("说明", {"项目": 22, "内容": 90}, _about(found, number, reason, at))
    for fate in ("matched", "possible"):
        writer.sheet(FATES[fate], BETWEEN, _pairs(found, fate, named))
    for fate, columns in (("not_found", OWN), ("not_comparable", {"原因": 44, **OWN})):
        for side, zh in SIDES.items():
            writer.sheet(f"{zh}{FATES[fate]}", columns, _alone(found, side, fate, named))
    book.close()
    draft.replace(path)
    return path


def file_key(file: Path) -> str:
    """First sixteen hex digits of the file's SHA-256."""
    return hashlib.sha256(file.read_bytes()).hexdigest()[:16]


def _about(found: Comparison, number: str, reason: str, at: datetime) -> Iterator[tuple[Any, ...]]:
    yield "比对编号", number
    yield "时间", f"{at:%Y-%m-%d %H:%M}"
    yield "事由", reason or "未登记事由：姓名已遮盖，凭文件、工作表、行号核对"
    yield "提示", f"{BANNER}。同名不等于同一人；“待补充信息”不作为线索。证号、电话、账号已遮盖。"
    for side, files in (("left", found.left_files), ("right", found.right_files)):
        for file in files:
            yield f"{SIDES[side]}文件", f"{file.name}（校验值 {file_key(file)}）"
        counts = found.counts(side)
        told = "，".join(f"{zh} {counts[key]}" for key, zh in FATES.items())
        yield f"{SIDES[side]}人次", f"{sum(counts.values())}：{told}"
        for row in found.query(f"SELECT * FROM {side}_out ORDER BY ALL LIMIT 200"):
            where = " · ".join(
                str(x)
                for x in (row["file"], row["sheet"], f"第{row['row']}行" if row["row"] else "")
                if x
            )
            yield f"{SIDES[side]}未能读入", f"{where}：{mask_text(row['what'])}；{row['why']}"
    for level in Level:
        yield f"等级 {level.name} {level.zh}", level.rule
    for name, total in _totals(found):
        if total > LONGEST:
            yield f"{name}未列全", f"共 {total} 行，只列出前 {LONGEST} 行；请缩小名单后再比"


def _totals(found: Comparison) -> Iterator[tuple[str, int]]:
    yield (
        "对上",
        found.query(f"SELECT count(*) AS n FROM pair WHERE level <= {int(Level.L4)}")[0]["n"],
    )
    yield (
        "待补充信息",
        found.query(f"SELECT count(*) AS n FROM pair WHERE level > {int(Level.L4)}")[0]["n"],
    )
    for side, zh in SIDES.items():
        counts = found.counts(side)
        yield f"{zh}未对上", counts["not_found"]
        yield f"{zh}无法比对", counts["not_comparable"]


def frame(found: Comparison, fate: str, side: str, *, named: bool) -> pd.DataFrame:
    """The rows of one sheet as a DataFrame, masked as in the book."""
    import pandas as pd

    if fate not in FATES:
        raise unknown("结果", fate, FATES)
    if fate in ("matched", "possible"):
        return pd.DataFrame(_pairs(found, fate, named), columns=list(BETWEEN))
    columns = [*(["原因"] if fate == "not_comparable" else []), *OWN]
    return pd.DataFrame(_alone(found, side, fate, named), columns=columns)


def _pairs(found: Comparison, fate: str, named: bool) -> Iterator[tuple[Any, ...]]:
    sides = {side: ", ".join(f'"{f}" AS {side[0]}_{f}' for f in _FIELDS) for side in SIDES}
    sql = _PAIRS.format(**sides, last=int(Level.L4), is_lead=fate == "matched", most=LONGEST)
    for row in found.query(sql):
        level = Level(row["level"])
        yield (
            f"{level.name} {level.zh}", row["reason"], f"{row['score']:.0%}", row["namesakes"],
            *_person(row, "l_", named), *_person(row, "r_", named),
        )  # fmt: skip


def _alone(found: Comparison, side: str, fate: str, named: bool) -> Iterator[tuple[Any, ...]]:
    rows = found.query(
        f"SELECT * FROM {side}_person WHERE fate = ? ORDER BY n LIMIT {LONGEST}", fate
    )
    for row in rows:
        yield (*((row["why"],) if fate == "not_comparable" else ()), *_person(row, "", named))


def _person(row: dict[str, Any], mark: str, named: bool) -> tuple[Any, ...]:
    name, number = row[f"{mark}name"] or "", row[f"{mark}id_number"]
    return (
        name if named else name[:1] + "*" * max(len(name) - 1, 0),
        number if number and "*" in number else mask_id(number), mask_phone(row[f"{mark}phone"]), row[f"{mark}village"] or "",
        row[f"{mark}role"] or "", row[f"{mark}file"], row[f"{mark}sheet"] or "", row[f"{mark}row"],
        mask_text(row[f"{mark}facts"] or ""),
    )  # fmt: skip


class _Writer:
    def __init__(self, book: Any) -> None:
        self.book = book
        self.head = book.add_format({**_BASE, "bold": True, "bg_color": "#E8ECF2"})
        self.cell = book.add_format(_BASE)
        self.odd = book.add_format({**_BASE, "bg_color": "#FBE9D7"})

    def sheet(self, name: str, columns: dict[str, int], rows: Iterator[tuple[Any, ...]]) -> None:
        page = self.book.add_worksheet(name)
        for at, (heading, width) in enumerate(columns.items()):
            page.set_column(at, at, width)
            page.write_string(0, at, heading, self.head)
        last = 0
        for last, row in enumerate(rows, 1):
            odd = self._differing(columns, row)
            for at, value in enumerate(row):
                page.write(last, at, value, self.odd if at in odd else self.cell)
        if not last:
            page.write_string(1, 0, "（无）", self.cell)
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, max(last, 1), len(columns) - 1)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)

    def _differing(self, columns: dict[str, int], row: tuple[Any, ...]) -> set[int]:
        """Cells of 甲 and 乙 that are filled on both sides and say different things."""
        place = {heading: at for at, heading in enumerate(columns)}
        odd: set[int] = set()
        for part in ("姓名", "证号", "电话", "村"):
            both = place.get(f"甲·{part}"), place.get(f"乙·{part}")
            if (
                both[0] is not None
                and both[1] is not None
                and row[both[0]]
                and row[both[1]]
                and row[both[0]] != row[both[1]]
            ):
                odd |= {both[0], both[1]}
        return odd
