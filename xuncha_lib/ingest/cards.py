"""Card forms: what a row of a list says is written as labels and values over several rows, with a small list below."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field

import numpy as np

from xuncha_lib.ingest.fields import is_heading, words
from xuncha_lib.ingest.grid import Grid
from xuncha_lib.ingest.headings import plain
from xuncha_lib.ingest.heads import is_datum, is_value, knownness
from xuncha_lib.ingest.rows import is_footer, is_signature, is_total_word
from xuncha_lib.values import Cell, cell_text, fold

_SEARCH, _LONGEST, _WIDEST, _NARROW = 40, 3_000, 16, 8
"""Rows in which the first card must begin, the longest sheet that may be one of cards, and the most cells on a row of one."""
_LABEL = re.compile(
    r"(?:^|(?<=[\s、,，;；|]))([^\s:：、,，;；|]{0,12}[一-鿿)）][^\s:：、,，;；|\d]{0,10})[:：]"
)
_INSIDE = re.compile(r"[一-鿿][^:：]{0,12}[:：]")
_PICTURE = re.compile(r"^(一寸|近期|免冠)?(照片|相片|像片)")
_AROUND = re.compile(r"^(?:填报|编制|填表|制表|公示|打印|上报)?(?:单位|日期|时间|人|年月|期间)$")
_MOST_ODD = 2
"""Rows of several cells that are neither pairs nor lines nor signatures: with more of them it is an ordinary list."""
_SIGN = re.compile(
    r"签字|签章|盖章|签名|手印|审核|审批人|制表|填表|复核|经办|调查人|调查员|入户|意见|记录人"
)
_KNOWN, _UPPER, _LEAST = 0.8, 0.72, 3


@dataclass
class Pair:
    """A label and what stands behind it; None where nothing does."""

    label: str
    row: int
    value: Cell
    is_known: bool


@dataclass
class Members:
    """The small list inside a card. columns: (column, heading)."""

    head: int
    columns: list[tuple[int, str]]
    rows: list[int] = field(default_factory=list)


@dataclass
class Card:
    """One card. Rows count from 0. feet: rows that belong to it and say nothing of it: signatures, notes, titles of a section."""

    titles: list[str]
    pairs: list[Pair] = field(default_factory=list)
    members: list[Members] = field(default_factory=list)
    feet: list[int] = field(default_factory=list)

    def known(self) -> int:
        """How many labels we know that say something of the thing itself, with a value behind them."""
        told = (
            p for p in self.pairs if p.is_known and p.value is not None and not _is_exact(p.value)
        )
        return len({p.label for p in told if not _AROUND.match(plain(p.label))})


def cards_by_shape(grid: Grid) -> list[Card]:
    """The one card of a small sheet, though few of its labels are known: words with values behind them on every row."""
    if len(grid.columns) > _NARROW or np.count_nonzero(grid.filled()) > _SEARCH:
        return []
    cards = _Reading(grid, by_shape=True).cards
    if len(cards) != 1 or cards[0].members or not cards[0].known():
        return []
    told = [p for p in cards[0].pairs if p.value is not None]
    data = sum(is_value(p.value) for p in told)
    lines = {p.row for p in told}
    is_card = len(told) > _LEAST <= len(lines) and len({p.label for p in told}) == len(told)
    return cards if is_card and data * 5 >= len(told) * 2 else []


def cards_of(grid: Grid) -> list[Card]:
    """The cards of a sheet in order; [] where it is no sheet of cards."""
    if grid.height > _LONGEST or not _may_be_cards(grid):
        return []
    cards = _Reading(grid).cards
    lines = {pair.row for card in cards for pair in card.pairs}
    if not cards or sum(card.known() for card in cards) < _LEAST * len(cards) or len(lines) < 2:
        return []
    return cards


def _may_be_cards(grid: Grid) -> bool:
    """Cheap: two rows of the top begin with a heading, or hold one before a colon, and do not hold only headings."""
    found = other = 0
    for row in itertools.islice(grid.rows, _SEARCH):
        cells: list[Cell] = [c for c in row if c is not None]
        if _begins_with_label(cells):
            found += 1
        elif len(cells) > 2:
            other += 1
        if found >= 2 or other > 2 * found + 1:
            break
    return found >= 2


def _begins_with_label(cells: list[Cell]) -> bool:
    if not cells or len(cells) > _WIDEST:
        return False
    exact = words().exact
    for cell in cells[:2]:
        if not isinstance(cell, str):
            return False
        name = plain(m[1]) if (m := _LABEL.search(cell)) else plain(cell)
        if name in exact and not _AROUND.match(name) and not is_total_word(name):
            heads = sum(map(_is_exact, cells))
            is_told = m is not None or (len(cells) > 1 and heads <= 0.6 * len(cells))
            return is_told and not _SIGN.search(name)
    return False


def _is_exact(cell: Cell) -> bool:
    return isinstance(cell, str) and plain(cell) in words().exact


def is_label(cell: Cell) -> bool:
    """True for a word that heads columns elsewhere."""
    if not isinstance(cell, str) or len(cell) > 24 or cell.isascii() or is_datum(cell):
        return False
    return _is_exact(cell) or is_heading(cell) >= _KNOWN


def _inline(text: str) -> list[tuple[str, str]]:
    """姓名：张三  性别：男 → its labels and values; [] for a text without any."""
    found = list(_LABEL.finditer(text))
    if not found or text[: found[0].start()].strip():
        return []
    ends = [m.start() for m in found[1:]] + [len(text)]
    return [
        (m[1], text[m.end() : end].strip(" 　\t\n、,，;；|"))
        for m, end in zip(found, ends, strict=True)
    ]


class _Reading:
    """Goes down the rows of a sheet once. cards: [] as soon as the sheet cannot be one of cards."""

    def __init__(self, grid: Grid, *, by_shape: bool = False) -> None:
        self.rows, self.cards, self.by_shape = grid.rows, list[Card](), by_shape
        self.sides = {
            (row, left)
            for top, left, bottom, right in grid.merges
            if bottom > top and left == right
            for row in range(top, bottom + 1)
        }
        self.lines = [int(row) for row in np.flatnonzero(grid.filled())]
        self.titles: list[str] = []
        self.odd = 0
        if not all(self._take(at, row) for at, row in enumerate(self.lines)):
            self.cards = []

    def cells(self, row: int) -> list[tuple[int, Cell]]:
        """(column, cell) of what is written on a row, without the words that stand beside several rows."""
        found = [(at, c) for at, c in enumerate(self.rows[row]) if c is not None]
        while found and (row, found[0][0]) in self.sides:
            rest = found[1:]
            beside = rest and (is_label(rest[0][1]) or _inline(cell_text(rest[0][1])))
            if not beside or (is_label(found[0][1]) and not is_label(rest[0][1])):
                break
            found = rest
        return [(at, c) for at, c in found if not (isinstance(c, str) and _PICTURE.match(c))]

    def _take(self, at: int, row: int) -> bool:
        """One row into the card it belongs to; False when the sheet is no sheet of cards."""
        cells = self.cells(row)
        below = self.cells(self.lines[at + 1]) if at + 1 < len(self.lines) else []
        card = self.cards[-1] if self.cards else None
        if self._is_head(cells, below):
            if card is None or not card.known() or self._is_upper(card.pairs[-1].row, at):
                return False
            card.members.append(
                Members(row, [(c, cell_text(v).replace("\n", "")) for c, v in cells])
            )
            return True
        pairs = self._pairs(cells, row)
        if card and card.members and self._is_member(cells, card.members[-1], pairs):
            card.members[-1].rows.append(row)
            return True
        if pairs and not (card and self._is_foot(cells, pairs)):
            self._add(pairs)
            return True
        return self._apart(cells, below, row)

    def _is_upper(self, row: int, at: int) -> bool:
        """True when a row of pairs was the upper level of the head at line `at`."""
        if at == 0 or self.lines[at - 1] != row:
            return False
        if any(
            beside == self.lines[at] and (row, left) in self.sides for beside, left in self.sides
        ):
            return True
        return len(self.cells(row)) > 2 and knownness(self.rows[row]) >= _UPPER

    def _add(self, pairs: list[Pair]) -> None:
        card = self.cards[-1] if self.cards else None
        first = card.pairs[0].label if card and card.pairs else ""
        if card is None or self.titles or (pairs[0].label == first and len(card.pairs) >= 2):
            card = Card(self.titles or (card.titles if card else []))
            self.cards.append(card)
            self.titles = []
        card.pairs += pairs

    def _apart(
        self, cells: list[tuple[int, Cell]], below: list[tuple[int, Cell]], row: int
    ) -> bool:
        """A row that is neither pairs nor a list: a title, a foot, or too much of something else."""
        card = self.cards[-1] if self.cards else None
        texts = [cell_text(c) for _, c in cells]
        if card is None:
            if len(texts) > 4:
                return False
            self.titles += texts
            return True
        again = self._pairs(below, row)
        if len(set(texts)) == 1 and again and again[0].label == card.pairs[0].label:
            self.titles = [texts[0]]
            return True
        card.feet.append(row)
        self.odd += len(texts) > 3 and not is_footer(texts)
        return self.odd <= _MOST_ODD

    def _is_foot(self, cells: list[tuple[int, Cell]], pairs: list[Pair]) -> bool:
        texts = [cell_text(c) for _, c in cells]
        says = [p for p in pairs if p.is_known and not _AROUND.match(plain(p.label))]
        return all(_SIGN.search(p.label) for p in says) and (
            is_footer(texts) or is_signature(texts)
        )

    def _is_head(self, cells: list[tuple[int, Cell]], below: list[tuple[int, Cell]]) -> bool:
        """True for a row of headings only, with what is no heading below them."""
        values: list[Cell] = [c for _, c in cells if isinstance(c, str) and not is_value(c)]
        if len(values) < max(3, len(cells)) or len(set(values)) < len(values):
            return False
        if sum(map(is_label, values)) < 0.7 * len(values) or knownness(values) < 0.6:
            return False
        under = dict(below)
        found = [under[at] for at, _ in cells if at in under]
        return len(found) * 2 >= len(below) > 1 and sum(map(is_label, found)) * 2 < len(found)

    def _is_member(
        self, cells: list[tuple[int, Cell]], members: Members, pairs: list[Pair]
    ) -> bool:
        """True for a row below the headings of the small list that does not begin anything else."""
        places = {at for at, _ in members.columns}
        texts = [cell_text(c) for _, c in cells]
        if pairs and (pairs[0].is_known or _INSIDE.search(texts[0])):
            return False
        if is_total_word(texts[0]):
            return True
        inside = sum(at in places for at, _ in cells)
        return (
            inside * 2 > len(cells) and not is_footer(texts) and (len(cells) > 1 or len(places) < 3)
        )

    def _pairs(self, cells: list[tuple[int, Cell]], row: int) -> list[Pair]:
        """The row as labels and values; [] when it cannot be read so."""
        found: list[Pair] = []
        waits = False
        for at, (_, cell) in enumerate(cells):
            inside = _inline(cell) if isinstance(cell, str) else []
            if inside:
                found += [Pair(name, row, value or None, is_label(name)) for name, value in inside]
                waits = not inside[-1][1]
            elif waits and not (is_label(cell) and self._heads(cells, at)):
                found[-1].value, waits = cell, False
            elif isinstance(cell, str) and not is_datum(cell) and len(fold(cell)) <= 14:
                found.append(Pair(cell.replace("\n", ""), row, None, is_label(cell)))
                waits = True
            else:
                return []
        is_told = any(p.value is not None for p in found) or len(found) > 1
        is_known = self.by_shape or len(found) == 1 or any(p.is_known for p in found)
        return found if is_told and is_known else []

    def _heads(self, cells: list[tuple[int, Cell]], at: int) -> bool:
        """A label behind a label begins a pair of its own, unless yet another label follows it."""
        after = cells[at + 1][1] if at + 1 < len(cells) else None
        return after is not None and not is_label(after)
