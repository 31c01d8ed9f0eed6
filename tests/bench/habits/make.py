"""Forty books of nine villages, and the truth about each of their rows and cells."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import save
from dress import Dresser, Sheet, Way, draw_for
from forms import form_books
from heads import KINDS
from kinds import PROGRAMMES
from lists import list_books
from odd import odd_books
from world import TOWNS, person

PLACES = [(village, town) for town, villages in TOWNS.items() for village in villages]
Save = Callable[[Path, list[Sheet]], None]
SAVERS: dict[str, Save] = {
    "xlsx": save.by_openpyxl, "xlsx2": save.by_xlsxwriter, "xls": save.by_xlwt, "et": save.by_xlwt, "et2": save.by_openpyxl, "csv": save.by_csv, "html": save.by_html,
    "trick": lambda p, s: save.by_csv(p, s, trick=True), "utf16": lambda p, s: save.by_csv(p, s, encoding="utf-16", mark="\t"), "tab": lambda p, s: save.by_csv(p, s, mark="\t"),
    "ods": save.by_office, "office": save.by_office,
}  # fmt: skip
ENDS = {
    "xlsx2": "xlsx",
    "et2": "et",
    "html": "xls",
    "trick": "csv",
    "utf16": "csv",
    "tab": "xls",
    "office": "xls",
}
FLAT = {"csv", "trick", "utf16", "tab", "html"}

# kind, saver, where the village and the year are written, the way of the sheet
RECIPES: list[tuple[str, str, str, Way]] = [
    ("收支明细", "xlsx", "title", Way(unit="元", total="合计")), ("收支明细", "xls", "folder", Way(levels=True, pages=8, total="累计")),
    ("收支明细", "csv", "file", Way(title="none", foot=0)), ("收支明细", "xlsx2", "title", Way(unit="万元", rows=9, offset=1, above=2, total="总计")),
    ("收支明细", "et", "months", Way(rows=7, total="本月合计")), ("收支明细", "html", "title", Way(levels=True, foot=2)),
    ("现金日记账", "xls", "title", Way(pages=6, total="本年累计", foot=1)), ("现金日记账", "et2", "folder", Way(rows=12, total="合计")),
    ("银行流水", "xlsx2", "folder", Way(rows=30, seq=False, foot=0)), ("银行流水", "csv", "file", Way(rows=30, title="none", seq=False, foot=0)), ("银行流水", "tab", "folder", Way(seq=False)),
    ("序时账", "xlsx", "title", Way(rows=24, seq=False, total="合计")), ("序时账", "office", "folder", Way(rows=24, seq=False, levels=True, foot=1)),
    ("补贴", "xlsx", "title", Way(total="合计", nameless=True, spare=True)), ("补贴", "xls", "stacked", Way(rows=6, total="总计", foot=2)),
    ("补贴", "csv", "column", Way(rows=5, by_column=True, title="none")), ("补贴", "xlsx2", "sheets", Way(rows=8, total="合计")),
    ("补贴", "trick", "file", Way(title="none", foot=0)), ("补贴", "html", "title", Way(pages=7, total="合计", foot=2)),
    ("补贴", "xlsx", "months", Way(rows=6, unit="元", total="小计")), ("补贴", "ods", "title", Way(total="合计", hide=True)), ("补贴", "utf16", "title", Way(total="合计", foot=1)),
    ("补贴", "xlsx2", "title", Way(title="long", hide=True, strike=True, total="合计", foot=3)), ("补贴", "xls", "household", Way(rows=1, foot=1)),
    ("地力补贴", "xlsx", "column", Way(rows=6, by_column=True, unit="元", total="合计")), ("地力补贴", "xls", "title", Way(total="合计", nameless=True, ordinals=True)), ("地力补贴", "xlsx2", "revised", Way(total="合计")),
    ("合同", "xlsx", "title", Way(rows=9, levels=True, unit="元")), ("合同", "et", "folder", Way(rows=9, unit="万元", total="合计", offset=2)),
    ("固定资产", "xlsx", "folder", Way(rows=12, total="合计", blanks=True)), ("固定资产", "office", "title", Way(rows=12, above=1)),
    ("工程", "xlsx2", "folder", Way(rows=7, unit="万元", total="合计")), ("工程", "xls", "column", Way(rows=3, by_column=True)),
    ("两委", "xlsx", "stacked", Way(rows=5)), ("两委", "xls", "folder", Way(rows=6, foot=2)),
    ("工资", "xlsx2", "months", Way(rows=5, levels=True, total="合计", foot=2)), ("工资", "csv", "title", Way(rows=9, total="合计", foot=1)),
    ("党员", "xlsx", "title", Way(rows=20, blanks=True)), ("死亡", "et2", "folder", Way(rows=7)), ("余额表", "xlsx", "title", Way(rows=14, seq=False, levels=True, unit="元", foot=2)),
    ("征地", "xls", "title", Way(rows=11, unit="元", total="合计", nameless=True, foot=2)), ("征地", "xlsx", "stacked", Way(rows=5, total="合计")),
]  # fmt: skip


@dataclass
class Book:
    """A file with its sheets as they should be understood. path: as the intake names it."""

    path: str
    sheets: list[Sheet]
    expect: str = "read"


class Maker:
    def __init__(self, raw: Path, seed: int) -> None:
        self.raw, self.seed, self.books = raw, seed, []
        self.chance = random.Random(seed)
        self.people = {place: [person(self.chance) for _ in range(40)] for place in PLACES}

    def make(self) -> list[Book]:
        for at, recipe in enumerate(RECIPES):
            self._book(at, *recipe)
        for at, place in enumerate(PLACES[:2]):
            year = 2022 + at
            for name, saver, sheets in odd_books(
                self.seed * 10 + at, self.people[place], place, year
            ):
                self._save(saver, f"{place[1]}/{place[0]}/{name}.{ENDS.get(saver, saver)}", sheets)
        for path, saver, sheets in form_books(self.people, PLACES):
            self._save(saver, f"{path}.{ENDS.get(saver, saver)}", sheets)
        for path, saver, sheets in list_books(self.seed, self.people, PLACES, FLAT):
            self._save(saver, f"{path}.{ENDS.get(saver, saver)}", sheets)
        return self.books

    def _sheet(
        self,
        at: int,
        kind: str,
        way: Way,
        place,
        name: str,
        title: str,
        *,
        year: int,
        flat: bool,
        month: int | None = None,
    ) -> Sheet:
        draw = draw_for(
            self.seed * 1000 + at,
            self.people[place],
            year=year,
            unit=way.unit,
            month=month or way.month,
            text_only=flat,
            has_year=title != "" or flat,
        )
        draw.chance.seed(f"{self.seed}-{at}-{name}-{month}")
        return Dresser(name, kind, way, draw, place).make(title)

    def _book(self, at: int, kind: str, saver: str, where: str, way: Way) -> None:
        place = PLACES[at % len(PLACES)]
        village, town = place
        year = self.chance.choice((2021, 2022, 2023, 2024))
        programme = self.chance.choice(list(PROGRAMMES)) if kind == "补贴" else ""
        what = programme + self.chance.choice(KINDS[kind].titles)
        flat = saver in FLAT
        end = ENDS.get(saver, saver)
        title = f"{town}{village}{year}年{what}"
        folder, stem = (
            f"{town}/{village}",
            f"{village}{year}年{kind if kind != '补贴' else programme}{at}",
        )

        def new(name: str, **more: int) -> Sheet:
            return self._sheet(at, kind, way, place, name, title, year=year, flat=flat, **more)

        if where == "title":
            folder, stem = f"{town}/各村报送", f"附件{at}"
            sheets = [new("Sheet1")]
        elif where == "file":
            folder = f"{town}"
            sheets = [new("Sheet1")]
        elif where == "folder":
            title, stem = f"{year}年{what}", f"{kind}{at}（最终）"
            sheets = [new("Sheet1")]
        elif where == "months":
            title = f"{village}{year}年{what}"
            sheets = [new(f"{m}月", month=m) for m in range(1, 13)]
        elif where in ("stacked", "column", "sheets"):
            places = tuple(p for p in PLACES if p[1] == town)[:4]
            folder, stem, title = town, f"{town}{year}年{what}{at}", f"{town}{year}年{what}"
            if where == "sheets":
                sheets = [
                    self._sheet(at, kind, way, p, p[0], f"{year}年{what}", year=year, flat=flat)
                    for p in places
                ]
            else:
                way = Way(**{**way.__dict__, "villages": places})
                sheets = [new("Sheet1")]
        elif where == "household":
            for n in range(6):
                one = self.people[place][n]
                sheet = self._sheet(at, kind, way, place, "Sheet1", title, year=year, flat=flat)
                draw = draw_for(at * 100 + n, [one], year=year)
                sheet = Dresser("Sheet1", kind, way, draw, place).make(f"{village}{year}年{what}")
                self._save(saver, f"{folder}/{n + 1}组/{n + 1:03}-{one.name}-表1.{end}", [sheet])
            return
        elif where == "revised":
            old, sheets = [new("Sheet1")], [new("Sheet1")]
            for line in old[0].lines[6:8]:
                line.cells = [c if not isinstance(c, float) else c + 1 for c in line.cells]
            self._save(saver, f"{folder}/{stem}.{end}", old, expect="superseded")
            stem += "（改）"
        self._save(saver, f"{folder}/{stem}.{end}", sheets)

    def _save(self, saver: str, path: str, sheets: list[Sheet], expect: str = "read") -> None:
        SAVERS[saver](self.raw / path, sheets)
        if saver in FLAT:
            sheets[0].name = ""
        self.books.append(Book(path, sheets, expect))
