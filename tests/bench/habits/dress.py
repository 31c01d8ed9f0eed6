"""How a table is put on a sheet: titles, heads of one or two levels, separators, totals, page carries, notes and signatures."""

import random
from dataclasses import dataclass, field

from heads import KINDS
from kinds import Draw, Kind
from world import Hand

DATA, CONTROL, FOOTER, HEAD, NONE = "data", "control", "footer", "head", ""
SIGNS = (
    ["制表人：", None, "审核人：", None, "村书记（签字）："], ["负责人：张某", None, None, "会计：", None, "出纳："], ["填表日期：2023年12月31日"],
    ["注：本表一式三份，村、镇、银行各一份。"], ["以上情况属实。", None, "（村委会盖章）"], ["说明：1.金额以元为单位；2.如有异议请拨打监督电话。"], ["村监委会主任：", None, "公示时间：12月1日至12月7日"],
)  # fmt: skip


@dataclass
class Line:
    """One row of a sheet. truth: key → value, for data.   village: (name, town).   more: truths of further records in the row."""

    cells: list
    kind: str = NONE
    truth: dict = field(default_factory=dict)
    village: tuple[str, str] = ("", "")
    hidden: bool = False
    struck: bool = False
    more: list[dict] = field(default_factory=list)


@dataclass
class Sheet:
    name: str
    table: str
    lines: list[Line] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False
    hidden_columns: list[int] = field(default_factory=list)
    counts: bool = True

    def add(self, *lines: Line) -> None:
        self.lines += lines


@dataclass(frozen=True)
class Way:
    """What is asked of a sheet. names the habits of domain.md §1.1."""

    rows: int = 18
    title: str = "title"
    unit: str = ""
    levels: bool = False
    seq: bool = True
    offset: int = 0
    above: int = 0
    pages: int = 0
    total: str = ""
    nameless: bool = False
    foot: int = 1
    villages: tuple[tuple[str, str], ...] = ()
    by_column: bool = False
    households: bool = False
    blanks: bool = False
    spare: bool = False
    ordinals: bool = False
    month: int | None = None
    hide: bool = False
    strike: bool = False


class Dresser:
    """Writes one sheet."""

    def __init__(self, name: str, kind: str, way: Way, draw: Draw, place: tuple[str, str]) -> None:
        self.kind: Kind = KINDS[kind]
        self.way, self.draw, self.chance, self.place = way, draw, draw.chance, place
        self.keys = list(self.kind.heads)
        self.words = {key: self.chance.choice(words) for key, words in self.kind.heads.items()}
        self.sheet = Sheet(name, self.kind.table)
        self.front = (["序号"] if way.seq else []) + (["村名"] if way.by_column else [])
        self.width = len(self.front) + len(self.keys) + (2 if way.spare else 0)
        self.number, self.sums = 0, dict.fromkeys(self.kind.sums, 0.0)
        self.page = dict(self.sums)

    def make(self, title: str) -> Sheet:
        way = self.way
        self.sheet.add(*(Line([]) for _ in range(way.above)))
        self._titles(title)
        self._head()
        places = way.villages or (self.place,)
        for place in places:
            if way.villages and not way.by_column:
                self._put([place[0]], NONE if len(places) == 1 else FOOTER)
            part = dict.fromkeys(self.sums, 0.0)
            for at in range(way.rows):
                self._data(place, part, at)
            if way.villages and self.sums and not way.by_column:
                self._sum("小计", part)
        if way.total:
            self._sum(way.total, self.sums)
        if way.nameless and self.sums:
            self._nameless()
        for cells in self.chance.sample(SIGNS, way.foot):
            self._put(list(cells), FOOTER)
        return self.sheet

    def _put(
        self,
        cells: list,
        kind: str = NONE,
        truth: dict | None = None,
        place: tuple[str, str] = ("", ""),
    ) -> Line:
        line = Line([None] * self.way.offset + cells, kind, truth or {}, place)
        self.sheet.add(line)
        return line

    def _titles(self, title: str) -> None:
        way, wide = self.way, self.way.offset + self.width - 1
        if way.title == "none":
            return
        if way.title == "long":
            self._put(["附件2"])
            self._put(
                [
                    "填表说明：请各村认真核对，数据截至填报之日，身份证号务必填写完整，不得漏项，逾期不予受理。"
                ]
            )
        self.sheet.merges.append((len(self.sheet.lines), way.offset, len(self.sheet.lines), wide))
        self._put([title])
        if way.unit or way.title == "long":
            self._put(
                [
                    f"编制单位：{self.place[0]}",
                    *[None] * max(1, self.width - 3),
                    f"单位：{way.unit or '元'}",
                ]
            )

    def _heads(self) -> list[str]:
        words = [self.words[key] for key in self.keys]
        return [*self.front, *words, *(["领款人签字", "代领关系"] if self.way.spare else [])]

    def _head(self) -> None:
        words, at = self._heads(), len(self.sheet.lines)
        over = [
            self.kind.levels.get(k) if self.kind.levels and self.way.levels else None
            for k in self.keys
        ]
        if any(over):
            first = len(self.front)
            upper = [
                w if not (0 <= j - first < len(over) and over[j - first]) else over[j - first]
                for j, w in enumerate(words)
            ]
            lower: list = [None] * len(words)
            j = 0
            while j < len(words):
                group = over[j - first] if 0 <= j - first < len(over) else None
                end = j
                while group and end + 1 - first < len(over) and over[end + 1 - first] == group:
                    end += 1
                if group:
                    lower[j : end + 1] = words[j : end + 1]
                    upper[j + 1 : end + 1] = [None] * (end - j)
                    self.sheet.merges.append((at, self.way.offset + j, at, self.way.offset + end))
                else:
                    self.sheet.merges.append((at, self.way.offset + j, at + 1, self.way.offset + j))
                j = end + 1
            self._put(upper, HEAD)
            self._put(lower, HEAD)
        else:
            self._put(words, HEAD)
        if self.way.ordinals:
            self._put([f"({j})" for j in range(1, len(words) + 1)], HEAD)

    def _data(self, place: tuple[str, str], part: dict, at: int) -> None:
        way = self.way
        self.number += 1
        found = self.kind.row(self.draw, self.number)
        cells = ([self.number] if way.seq else []) + ([place[0]] if way.by_column else [])
        cells += [found[key][0] for key in self.keys] + ([None, None] if way.spare else [])
        line = self._put(cells, DATA, {key: found[key][1] for key in self.keys}, place)
        line.hidden = way.hide and self.number % 7 == 3
        line.struck = way.strike and self.number % 6 == 2
        for key in self.sums:
            amount = found[key][1] or 0.0
            self.sums[key] += amount
            part[key] += amount
            self.page[key] += amount
        if way.blanks and self.number % 8 == 0:
            self.sheet.add(Line([]))
        if way.pages and self.number % way.pages == 0 and at + 1 < way.rows:
            self._turn()

    def _turn(self) -> None:
        """The foot of a page and the head of the next."""
        if self.sums:
            self._sum("本页合计", self.page)
            self._sum("过次页", self.sums)
        self.page = dict.fromkeys(self.sums, 0.0)
        self._head()
        if self.sums:
            self._sum("承前页", self.sums)

    def _sum(self, word: str, sums: dict) -> None:
        if not sums:
            return
        cells: list = [word, *[None] * (self.width - 1)]
        for key, amount in sums.items():
            cells[len(self.front) + self.keys.index(key)] = round(
                amount / (self.draw.unit if "yuan" in key else 1), 6
            )
        self._put(cells, CONTROL)

    def _nameless(self) -> None:
        """The last row has a number and an amount, and nobody's name."""
        self.number += 1
        key = self.kind.sums[-1]
        cells: list = [self.number, *[None] * (self.width - 1)]
        cells[len(self.front) + self.keys.index(key)] = 137.5
        self._put(
            cells, "nameless", {key: 137.5 * (self.draw.unit if "yuan" in key else 1)}, self.place
        )


def draw_for(
    seed: int,
    people: list,
    *,
    year: int,
    unit: str = "",
    month: int | None = None,
    text_only: bool = False,
    has_year: bool = True,
) -> Draw:
    chance = random.Random(seed)
    hand = Hand(chance, text_only=text_only, has_year=has_year, year=year)
    scale = {"万元": 1e4, "千元": 1e3}.get(unit, 1.0)
    return Draw(chance, hand, people, year, scale, month)
