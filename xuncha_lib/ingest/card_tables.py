"""Cards as tables: one row per card, and one table of the small lists inside them, each line with whose card it is on."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable

import numpy as np

from xuncha_lib.ingest.body import Body
from xuncha_lib.ingest.cards import Card, Members, Pair, cards_by_shape, cards_of
from xuncha_lib.ingest.coded import code
from xuncha_lib.ingest.grid import Grid
from xuncha_lib.ingest.headings import plain
from xuncha_lib.ingest.layout import Table
from xuncha_lib.values import Cell, cell_text, fold

Part = tuple[Grid, Table]
KindOf = Callable[[Grid, Table], str | None]
"""Which table a part is; None when it is none we know."""

_INSIDE = frozenset(
    ("household", "relative", "land", "bid", "business", "relief_filing", "property", "vehicle")
)
"""Tables that may be the small list on a card."""
_NAME = re.compile(
    r"姓名$|^(?:户主|申请人|承包方代表|承包方|承包户|干部|申报人|本人|填报人|名字)(?:\(.*\))?$"
)
_PARTY = re.compile(r"姓名$|(?:方|人|户主|单位|公司|配偶|承包户|承租户)(?:名称)?(?:\(.*\))?$")
_ID = re.compile(r"身份证|证件号|公民.*号")
_CARRIED = re.compile(
    r"^(?:所[属在])?(?:行政)?(?:村|组|社|镇)|村民小组|乡镇|村(?:居|名|委会)|户号|户编号|住址|地址|项目名称|工程名称|合同编号|企业名称|合作社名称|公司名称|信用代码|编码$"
)
_NOT_NAME = re.compile(r"户主|配偶|父|母|监护|代理|联系|负责|经办|家庭成员")
_RELATION = re.compile(r"关系|称谓")
_AROUND = re.compile(r"单位|村|乡镇|镇街")
_CADRE = re.compile(r"干部|申报|报告|亲属|两委|社会关系")
_SELF = frozenset(("户主", "本人", "本人或户主", "户主本人", "申请人"))


def card_parts(grid: Grid, kind_of: KindOf) -> list[Part]:
    """The tables a sheet of cards comes to; [] where it is none, or where none of it is known."""
    cards = cards_of(grid)
    found: list[Part] = []
    for _, group in itertools.groupby(cards, key=lambda card: card.titles):
        found += _parts(grid, list(group), kind_of)
    return found


def cards_told_by_shape(grid: Grid, tables: list[Part], kind_of: KindOf) -> list[Part]:
    """A card few of whose labels are known, where it comes to a table we know and `tables` come to none; else []."""
    cards = cards_by_shape(grid)
    if not cards or any(kind_of(*one) for one in tables if one[1].body):
        return []
    whole = _whole(grid, cards)
    return [whole] if kind_of(*whole) else []


def _parts(grid: Grid, cards: list[Card], kind_of: KindOf) -> list[Part]:
    whole = _whole(grid, cards)
    kind = kind_of(*whole)
    heads = _heads(cards)
    lists = [_list(grid, cards, one) for one in heads]
    kinds = [kind_of(*one) for one in lists]
    if kind is None and not any(own in _INSIDE for own in kinds):
        return [] if lists or not _is_firm(cards) else [whole]
    if "household" in kinds:
        at = kinds.index("household")
        lists[at] = _with_heads(lists[at], cards, heads[at])
    if kind is not None and not (kind == "household" and kind in kinds):
        return [whole, *lists]
    at = next(at for at, own in enumerate(kinds) if own in _INSIDE)
    lists[at] = _folded(lists[at], whole[1])
    return lists


def _folded(part: Part, whole: Table) -> Part:
    """The lines of a small list, and the other rows of its cards, which give no record of their own."""
    grid, table = part
    body = Body()
    body.add(np.union1d(table.body.rows, whole.body.rows))
    place = {row: at for at, row in enumerate(body)}
    lines = set(table.body)
    rows = [place[row] if row in lines else -1 for row in body]
    feet = {place[row]: whole.feet[at] for at, row in enumerate(whole.body) if at in whole.feet}
    return grid, Table(
        table.header_row, 1, table.headings, body, table.titles, np.array(rows), feet
    )


def _is_firm(cards: list[Card]) -> bool:
    return all(card.known() >= 5 and len({p.row for p in card.pairs}) >= 3 for card in cards)


# -- the cards themselves -----------------------------------------------------------------------------------------


def _named(card: Card) -> list[tuple[str, Pair]]:
    """(heading, pair) of a card: a label used twice takes the person or party before it (乙方, 联系电话)."""
    times: dict[str, int] = {}
    for pair in card.pairs:
        times[pair.label] = times.get(pair.label, 0) + 1
    found, seen, whose = [], set[str](), ""
    for pair in card.pairs:
        if _PARTY.search(fold(pair.label)):
            whose = re.sub(r"(姓名|名称)$", "", pair.label)
        heading = pair.label
        if times[heading] > 1 and not heading.startswith(whose):
            heading = f"{whose}{heading}"
        if heading not in seen:  # of two that nothing tells apart the first is the card's
            seen.add(heading)
            found.append((heading, pair))
    return found


def _titles(cards: list[Card]) -> list[str]:
    """Titles, and what stands on the first card about who hands it in."""
    told = [
        f"{p.label}：{cell_text(p.value)}"
        for p in cards[0].pairs
        if _AROUND.search(p.label) and p.value is not None
    ]
    return [*cards[0].titles, *(text for text in told if len(text) <= 40)]


def _first(card: Card) -> int:
    """Row the record of a card stands on: that of the name, else of the ID number, else the first that is told."""
    told = [p for p in card.pairs if p.value is not None]
    for word in (_NAME, _ID):
        if rows := [p.row for p in told if word.search(fold(p.label))]:
            return rows[0]
    return next((p.row for p in told if p.is_known), card.pairs[0].row)


def _whole(grid: Grid, cards: list[Card]) -> Part:
    """One row per card, its values where they stand on the sheet."""
    columns: dict[str, dict[int, Cell]] = {}
    record: dict[int, int] = {}
    feet: dict[int, str] = {}
    for card in cards:
        for heading, pair in _named(card):
            columns.setdefault(heading, {})[pair.row] = pair.value
            record[pair.row] = _first(card)
        for row in card.feet:
            feet[row] = "；".join(
                dict.fromkeys(cell_text(c) for c in grid.rows[row] if c is not None)
            )
    cells = [code([own.get(row) for row in range(grid.height)]) for own in columns.values()]
    part = Grid(
        grid.name,
        cells,
        [],
        is_hidden=grid.is_hidden,
        hidden_rows=grid.hidden_rows,
        notes=grid.notes,
    )
    rows = np.array(sorted({*record, *feet}), dtype=np.int64)
    place = {row: at for at, row in enumerate(rows.tolist())}
    table = _table(cards, list(columns), rows, _titles(cards))
    table.records = np.array([place.get(record.get(row, -1), -1) for row in rows.tolist()])
    table.feet = {place[row]: text for row, text in feet.items()}
    return part, table


def _table(cards: list[Card], headings: list[str], rows: np.ndarray, titles: list[str]) -> Table:
    body = Body()
    body.add(rows)
    return Table(cards[0].pairs[0].row, 1, headings, body, titles)


# -- the small lists ----------------------------------------------------------------------------------------------


def _heads(cards: list[Card]) -> list[list[tuple[int, str]]]:
    """The different heads of small lists."""
    found: list[list[tuple[int, str]]] = []
    for card in cards:
        for one in card.members:
            if one.rows and one.columns not in found:
                found.append(one.columns)
    return found


def _lines(cards: list[Card], heads: list[tuple[int, str]]) -> list[tuple[Card, Members]]:
    return [(card, one) for card in cards for one in card.members if one.columns == heads]


def _list(grid: Grid, cards: list[Card], heads: list[tuple[int, str]]) -> Part:
    """The lines of one small list of all cards; to the right of its own columns whose card it is."""
    lines = _lines(cards, heads)
    carried: dict[str, dict[int, Cell]] = {}
    for card, one in lines:
        for heading, value in _whose(card, heads).items():
            carried.setdefault(heading, {}).update(dict.fromkeys(one.rows, value))
    own = [grid.columns[at] for at, _ in heads]
    cells = [code([said.get(row) for row in range(grid.height)]) for said in carried.values()]
    place = {at: i for i, (at, _) in enumerate(heads)}
    merges = [(a, place[b], c, place[d]) for a, b, c, d in grid.merges if b in place and d in place]
    part = Grid(
        grid.name, [*own, *cells], merges, is_hidden=grid.is_hidden, hidden_rows=grid.hidden_rows, notes=grid.notes,
        hidden_columns=frozenset(place[at] + 1 for at in place if at + 1 in grid.hidden_columns),
    )  # fmt: skip
    rows = np.array(sorted(row for _, one in lines for row in one.rows), dtype=np.int64)
    table = _table(cards, [*(name for _, name in heads), *carried], rows, _titles(cards))
    table.header_row = lines[0][1].head
    return part, table


def _whose(card: Card, heads: list[tuple[int, str]]) -> dict[str, Cell]:
    """What the lines of a card take from it, under the headings their own table would have."""
    own = {plain(name) for _, name in heads}
    words = "".join(own)
    found: dict[str, Cell] = {}
    who = _person(card)
    prefix = _prefix(words, card)
    if who:
        name, number = who
        found[f"{prefix}姓名" if prefix else name.label] = name.value
        if number:
            found[f"{prefix}身份证号" if prefix else number.label] = number.value
    for pair in card.pairs:
        if (
            pair.value is not None
            and _CARRIED.search(plain(pair.label))
            and plain(pair.label) not in own
        ):
            found.setdefault(pair.label, pair.value)
    return found


def _prefix(words: str, card: Card) -> str:
    """What the person of the card is to the lines: 户主, 承包方代表, 干部; "" where they have no relation to anybody."""
    if "承包方代表" in words:
        return "承包方代表"
    if "户主" in words or "申请人" in words:
        return "户主"
    if "关系" in words or "称谓" in words:
        told = "".join((*card.titles, *(p.label for p in card.pairs)))
        return "干部" if _CADRE.search(told) or "职务" in told else "户主"
    return ""


def _person(card: Card) -> tuple[Pair, Pair | None] | None:
    """The person a card is about: the first name on it, and the first ID number from there on."""
    names = [p for p in card.pairs if _NAME.search(fold(p.label)) and isinstance(p.value, str)]
    names.sort(key=lambda p: bool(_NOT_NAME.search(p.label)) and not p.label.startswith("户主"))
    if not names:
        return None
    later = card.pairs[card.pairs.index(names[0]) :]
    return names[0], next(
        (p for p in later if _ID.search(fold(p.label)) and p.value is not None), None
    )


def _with_heads(part: Part, cards: list[Card], heads: list[tuple[int, str]]) -> Part:
    """The members of households, and a row for each head who is not among them."""
    grid, table = part
    columns = [column.tolist() for column in grid.columns]
    names = [plain(heading) for heading in table.headings]
    who_at, relation_at, id_at = (
        _place(names[: len(heads)], ends) for ends in (_NAME, _RELATION, _ID)
    )
    if who_at < 0 or relation_at < 0:
        return part
    added = []
    for card, one in _lines(cards, heads):
        who = _person(card)
        if not who or any(
            _is_head(who[0], columns[who_at][r], columns[relation_at][r]) for r in one.rows
        ):
            continue
        said = _whose(card, heads)
        at = _first(card)
        for column, heading in zip(columns, table.headings, strict=True):
            column[at] = said.get(heading)
        columns[who_at][at], columns[relation_at][at] = who[0].value, "户主"
        if id_at >= 0 and who[1]:
            columns[id_at][at] = who[1].value
        added.append(at)
    body = Body()
    body.add(np.union1d(table.body.rows, np.array(added, dtype=np.int64)))
    again = Grid(
        grid.name, [code(column) for column in columns], grid.merges, is_hidden=grid.is_hidden,
        hidden_rows=grid.hidden_rows, notes=grid.notes, hidden_columns=grid.hidden_columns,
    )  # fmt: skip
    return again, Table(table.header_row, 1, table.headings, body, table.titles)


def _place(names: list[str], word: re.Pattern[str]) -> int:
    return next((at for at, name in enumerate(names) if word.search(name)), -1)


def _is_head(who: Pair, name: Cell, relation: Cell) -> bool:
    return fold(cell_text(name)) == fold(cell_text(who.value)) or fold(cell_text(relation)) in _SELF
