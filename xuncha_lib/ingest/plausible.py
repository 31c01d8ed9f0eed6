"""Columns that what stands in them, or their heading, says are not what they were taken for: let go, to be looked at once more."""

from __future__ import annotations

from xuncha_lib.ingest.coded import Coded
from xuncha_lib.ingest.fields import all_fields, heading_scores
from xuncha_lib.ingest.guess import SURE, Seen
from xuncha_lib.ingest.morphemes import parts
from xuncha_lib.ingest.relations import relations_of
from xuncha_lib.ingest.second_look import open_to, says
from xuncha_lib.ingest.tested import number, type_of, values_of
from xuncha_lib.tables import load_tables

_FEW = 3
_OUTRIGHT = 0.97
"""Likeness of a heading that says what it is."""


def _stolen(
    table: str, columns: dict[str, int], headings: list[str], seen: list[Seen], cells: list[Coded]
) -> list[str]:
    """Fields whose column holds the few values of another field of the table that has none: 公开竞价 is no way to pay."""
    entries = open_to(table)
    own = {field.key: values for field, _, values in entries}
    wanted = [values for field, _, values in entries if values and field.key not in columns]
    found = []
    for key, at in columns.items():
        is_text = type_of(table, key) in ("text", "names") and seen[at].get("han", 0.0) >= SURE
        if not is_text or key == "note" or (own.get(key) and says(cells[at], own[key]) >= 0.5):
            continue
        if _told(table, key, headings[at]) < _OUTRIGHT and any(
            says(cells[at], v) >= SURE for v in wanted
        ):
            found.append(key)
    if (
        "counterparty.name" not in columns
        and seen[columns.get("+own_name", 0)].get("spread", 0.0) > 0.1
    ):
        found.append("+own_name")  # who we are is one name
    return found


def _told(table: str, key: str, heading: str) -> float:
    scores = heading_scores(heading)
    return max(
        float(scores[i]) for i, f in enumerate(all_fields()) if f.table == table and f.key == key
    )


def _points_elsewhere(table: str, key: str, heading: str) -> bool:
    """True for a heading that says beginning or end where the field says neither and another of the table does."""
    fields = [f for f in all_fields() if f.table == table and f.type in ("date", "month")]
    for sign in {"起", "止"} & set(parts(heading)):
        says = {f.key for f in fields if any(sign in parts(word) for word in f.words)}
        if says and key not in says:
            return True
    return False


def plausible(
    table: str, columns: dict[str, int], headings: list[str], seen: list[Seen], cells: list[Coded]
) -> dict[str, int]:
    """The columns without those whose values no such column has: 26000 years are no term, GD001 is no name beside 村委办公楼."""
    most = relations_of().get(table, {}).get("most", {})
    found = dict(columns)
    for key in most.keys() & columns.keys():
        numbers = [n for n in values_of(cells[columns[key]], number) if n is not None]
        if len(numbers) >= _FEW and sorted(numbers)[len(numbers) // 2] > most[key]:
            del found[key]
    for key in _stolen(table, columns, headings, seen, cells):
        found.pop(key, None)
    for key, at in columns.items():
        if type_of(table, key) in ("date", "month") and _points_elsewhere(table, key, headings[at]):
            found.pop(key, None)
    lead = load_tables()[table].recognise.get("lead", "")
    led = found.get(lead, -1)
    if led >= 0 and seen[led]["n"] and seen[led].get("han", 0.0) < 1 - SURE:
        taken = set(found.values())
        if any(
            i not in taken and s.get("han", 0.0) >= SURE and s["distinct"] > 0.5
            for i, s in enumerate(seen)
        ):
            del found[lead]
    return found
