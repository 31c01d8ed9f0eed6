"""Which table a block is, and which column is what: all columns and all tables weighed together."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from xuncha_lib.ingest import layouts
from xuncha_lib.ingest.block import Block, said_outright
from xuncha_lib.ingest.by_content import with_content
from xuncha_lib.ingest.coded import Coded
from xuncha_lib.ingest.context import programme_of
from xuncha_lib.ingest.fields import common
from xuncha_lib.ingest.headings import JOIN, company_in
from xuncha_lib.ingest.plausible import plausible
from xuncha_lib.ingest.relations import related
from xuncha_lib.ingest.remarks import with_remark
from xuncha_lib.ingest.second_look import second_look
from xuncha_lib.ingest.told import AFTER, BEFORE, told_by
from xuncha_lib.tables import load_tables
from xuncha_lib.values import fold

KNOWN = 0.42
"""Least score of a block to be taken for a table."""

NAMED = 0.35
"""Score of a title from which it may be what names the table."""

LEAST, TITLED, FEWEST = 0.1, 0.5, 4
"""Least scores of a block and of the titles that name it, and fewest fields, where words hardly tell."""

THIN, PAID = 0.6, 0.5
"""Score up to which a table without a title needs a heading of its own, letter for letter; what the name of a programme says."""

CERTAIN = 0.75
"""Score from which a title, or a block, leaves no doubt."""

_QUOTES = re.compile(r"[“”\"'‘’《》<>〈〉\s]")

_Ranked = tuple[float, str, dict[str, int], list[list[str]]]


@dataclass
class Verdict:
    """What a block is. columns: field key → column index.   score: 0 – about 1.3, higher = surer."""

    table: str | None
    score: float
    columns: dict[str, int] = field(default_factory=dict)
    nearest: str = ""
    missing: tuple[str, ...] = ()
    why: str = ""


@lru_cache(maxsize=500)
def title_score(table: str, titles: tuple[tuple[str, float], ...]) -> float:
    """0–1: the longest word of the table found in the titles, each with its own weight."""
    words = (
        common()["unused"][table[7:]]["title"]
        if table.startswith("unused:")
        else load_tables()[table].recognise.get("title", ())
    )
    best = 0.0
    for text, weight in titles:
        for word in words:
            if word in text:
                best = max(best, weight * min(1.0, len(word) / 4))
        if table == "subsidy" and best < weight * PAID and programme_of(text)[0]:
            best = weight * PAID
    return best


def _zh(table: str, need: list[str]) -> str:
    """Chinese name of what is missing, from the table's own file."""
    spec = load_tables()[table]
    names = {c.name: c.zh for c in spec.columns} | {r.name: r.zh for r in spec.roles}
    shown = [names[n] for n in need if n in names]
    return "或".join(shown[:3]) or need[0]


@lru_cache(maxsize=2_000)
def _cached(
    headings: tuple[str, ...],
    seen: tuple[tuple[tuple[str, float], ...], ...],
    months: int,
    _layouts: str,
) -> dict[str, Any]:
    block = Block(list(headings), [dict(one) for one in seen], months)
    found: dict[str, Any] = {}
    best = -1.0
    for bound, table in block.bounds():
        if bound + 0.3 < best:  # even with the best title and every need met it could not win
            break
        found[table] = block.judge(table)
        best = max(best, found[table][0] - 0.45 * len(found[table][2]))
    return found


def _rough(seen: dict[str, float]) -> tuple[tuple[str, float], ...]:
    """The profile in coarse steps, so that books of one layout are weighed once."""
    return _coarse(tuple([one for one in seen.items() if one[0] not in ("filled", "spread")]))


@lru_cache(maxsize=20_000)
def _coarse(seen: tuple[tuple[str, float], ...]) -> tuple[tuple[str, float], ...]:
    return tuple(sorted((k, float(v > 0) if k == "n" else round(v * 2.2) / 2) for k, v in seen))


def _ranked(
    judged: dict[str, Any], headings: list[str], titles: tuple[tuple[str, float], ...]
) -> list[_Ranked]:
    """(score with titles and needs not met, table, columns, needs), best first."""
    has_company = any(company_in(text) for text, _ in titles)
    ranked = []
    for table, (score, columns, needs) in judged.items():
        must = () if table.startswith("unused:") else load_tables()[table].recognise.get("must", ())
        if must and not any(
            word in text for word in must for text in (*headings, *(t for t, _ in titles))
        ):
            needs = [*needs, [must[0]]]
        if table == "business" and has_company and "+shareholder" in columns:
            needs = [need for need in needs if "company" not in need]
        total = score + 0.28 * title_score(table, titles) - 0.45 * len(needs)
        ranked.append((total, table, columns, needs))
    return sorted(ranked, key=lambda one: -one[0])


def recognise(
    headings: list[str],
    seen: list[dict[str, float]],
    titles: tuple[tuple[str, float], ...],
    months: int = 0,
    cells: list[Coded] | None = None,
) -> Verdict:
    """Best table for a block.

    headings: levels joined by JOIN.   seen: profile of each column.   titles: (text, weight 0–1), title row first.
    months: how many month columns were taken out of the block before.   cells: the columns themselves, for a second look.
    """
    known = layouts.active()
    if forced := known.table_of(headings):
        columns = Block(headings, seen, months).judge(forced)[1]
        columns = _told_by_content(forced, columns, headings, seen, cells)
        return Verdict(forced, 1.0, with_remark(forced, columns, headings, seen))
    judged = _cached(tuple(headings), tuple(_rough(one) for one in seen), months, known.digest)
    folded = tuple((_QUOTES.sub("", fold(text)), weight) for text, weight in titles)
    ranked = _ranked(judged, headings, folded)
    total, table = ranked[0][:2]
    if table.startswith("unused:") and total >= KNOWN:
        zh = common()["unused"][table[7:]]["zh"]
        return Verdict(None, total, why=f"像是{zh}，本工具不使用这类表", nearest=zh)
    total, table, columns, needs = max(
        (_by_content(one, headings, seen, cells) for one in _worth_a_look(ranked, folded)),
        key=lambda one: one[0],
        default=(0.0, "cashbook", {}, []),
    )
    if total < CERTAIN and (name := _called(ranked, folded)) and title_score(table, folded) < NAMED:
        return _not_known(*name, headings)
    is_thin = total < THIN and title_score(table, folded) < NAMED
    if is_thin and not said_outright(headings, table, columns):
        return _not_known(table, total, needs, columns, headings)
    is_named = total >= LEAST and _is_named(table, columns, seen, ranked, folded)
    if needs or (total < KNOWN and not is_named) or len(_own(columns)) + (months >= 2) < 2:
        return _not_known(table, total, needs, columns, headings)
    return Verdict(table, total, with_remark(table, columns, headings, seen))


def _is_named(
    table: str, columns: dict[str, int], seen: list[dict[str, float]], ranked: list[_Ranked],
    titles: tuple[tuple[str, float], ...],
) -> bool:  # fmt: skip
    """True where the titles name this table and no other, and at least half of the columns have found their field."""
    sides = load_tables()[table].recognise.get("signed", {}).get("sides", ())
    if sum(side in columns for side in sides) == 1:  # half of a book is no book
        return False
    scores = {one[1]: title_score(one[1], titles) for one in ranked}
    filled = sum(bool(one["n"]) for one in seen)
    is_first = scores[table] >= TITLED and scores[table] >= max(scores.values())
    return is_first and len(columns) >= FEWEST and 2 * len(columns) >= filled


def _worth_a_look(ranked: list[_Ranked], titles: tuple[tuple[str, float], ...]) -> list[_Ranked]:
    """The best table, and those that a title calls by name though words alone do not make them the best."""
    known = [one for one in ranked if not one[1].startswith("unused:")]
    named = [one for one in known[1:] if title_score(one[1], titles) >= NAMED]
    return [*known[:1], *named]


def _called(
    ranked: list[_Ranked], titles: tuple[tuple[str, float], ...]
) -> tuple[str, float, list[list[str]], dict[str, int]] | None:
    """The table a title calls by its whole name, as `_not_known` takes it: another that fits by chance is none."""
    found = [one for one in ranked if title_score(one[1], titles) >= CERTAIN]
    if not found or found[0][1].startswith("unused:"):
        return None
    total, table, columns, needs = found[0]
    return table, total, needs, columns


def _told_by_content(
    table: str,
    columns: dict[str, int],
    headings: list[str],
    seen: list[dict[str, float]],
    cells: list[Coded] | None,
) -> dict[str, int]:
    if cells:
        columns = plausible(table, columns, headings, seen, cells)
    if cells:
        columns = told_by(BEFORE, table, columns, headings, seen, cells)
    columns = with_content(table, columns, headings, seen)
    if cells:
        columns = told_by(AFTER, table, columns, headings, seen, cells)
        columns = second_look(table, columns, headings, seen, cells)
        columns = related(table, columns, headings, seen, cells)
    return _as_taught(table, columns, headings)


def _as_taught(table: str, columns: dict[str, int], headings: list[str]) -> dict[str, int]:
    """What the round was taught stands, whatever content says."""
    taught = {
        key: at
        for at, heading in enumerate(headings)
        if (key := layouts.active().fields_of(heading).get(table))
    }
    kept = {key: at for key, at in columns.items() if at not in taught.values()}
    return {**kept, **taught} if taught else columns


def _by_content(
    one: _Ranked, headings: list[str], seen: list[dict[str, float]], cells: list[Coded] | None
) -> _Ranked:
    """The same once content has settled what the headings leave open: needs may be met by then."""
    total, table, columns, needs = one
    columns = _told_by_content(table, columns, headings, seen, cells)
    left = [need for need in needs if not _meets(need, columns)]
    total -= 0.5 * (table == "coop" and _lists_members(columns, seen))
    return total + 0.45 * (len(needs) - len(left)), table, columns, left


def _lists_members(columns: dict[str, int], seen: list[dict[str, float]]) -> bool:
    """True where each cooperative stands on many rows, with another person on each: no list of cooperatives."""
    if not {"company", "chair.name"} <= columns.keys():
        return False
    spread = [seen[columns[k]].get("spread", 0.0) for k in ("company", "chair.name")]
    return spread[0] <= 0.4 and spread[1] >= 0.7


def _meets(need: list[str], columns: dict[str, int]) -> bool:
    return any(key in columns for one in need for key in (one, f"{one}.name", f"+{one}"))


def _own(columns: dict[str, int]) -> list[str]:
    """Columns that say something of the kind of table."""
    shared = common()["columns"]
    return [key for key in columns if key.removeprefix("+") not in shared]


def _not_known(
    table: str, score: float, needs: list[list[str]], columns: dict[str, int], headings: list[str]
) -> Verdict:
    spec = load_tables()[table]
    missing = tuple(_zh(table, need) for need in needs)
    spare = [
        h.replace(JOIN, "/") for i, h in enumerate(headings) if i not in columns.values() and h
    ]
    why = f"最接近“{spec.zh}”，缺少：{'、'.join(missing) or '足够的已知列名'}；没有认出的列：{'、'.join(spare[:8]) or '无'}"
    if missing and spare:
        column = re.sub(r"或.*", "", missing[0])
        why += f"。若“{spare[0]}”就是{column}：xuncha teach 文件 --raw 资料文件夹 --column {spare[0]}={table}.{column}"
        why += f"（只对本轮），或把它加入 xuncha_lib/tables/{table}.yml 中“{column}”的 aliases"
    return Verdict(None, score, {}, spec.zh, missing, why)
