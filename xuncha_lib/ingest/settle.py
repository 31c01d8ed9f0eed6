"""Which villages a round is about: noted from rosters, columns and the words around tables, in that order."""

from __future__ import annotations

import numpy as np

from xuncha_lib.ingest.gather import Gathered
from xuncha_lib.ingest.records import SheetRead
from xuncha_lib.ingest.towns import town_name
from xuncha_lib.ingest.villages import Named, Villages, parse_village

_FACTS = ("population", "households", "farmland_mu")


def note_villages(villages: Villages, found: Gathered) -> None:
    """Take down every village that is named anywhere, then settle which is which."""
    places = found.table("places")
    sheet_of = places.column("sheet").to_numpy() + found.sheet_starts[found.file_of("places")]
    named = list(
        zip(sheet_of.tolist(), places.column("village").to_pylist(), places.column("town").to_pylist(), strict=True)
    )  # fmt: skip
    for town in dict.fromkeys(town for _, _, town in named if town):
        villages.note_town(town)
    _note_rosters(villages, found, sheet_of)
    for at, village, town in sorted(named):
        sheet = found.sheets[at][1]
        if village and village[0] not in "?@" and sheet.table != "village_roster":
            _note_column(villages, village, town, sheet)
    for at, sheet in found.sheets:
        if sheet.status == "read":
            villages.note_words(sheet.hints, found.files[at].path.count("/"))
    villages.settle()


def _note_rosters(villages: Villages, found: Gathered, sheet_of: np.ndarray) -> None:
    if not found.has("village_roster"):
        return
    rows = found.table("village_roster")
    place_of = (
        rows.column("_place").to_numpy() + found.starts("places")[found.file_of("village_roster")]
    )
    towns = found.table("places").column("town").to_pylist()
    for row, place in zip(rows.to_pylist(), place_of.tolist(), strict=True):
        named = parse_village(str(row["village_name"] or ""), True)
        if named is None:
            continue
        hints = found.sheets[int(sheet_of[place])][1].hints
        town = named.town or towns[place] or villages.town_in(hints)
        villages.note(
            Named(named.base, _town(town), str(row["county"] or named.county), named.is_community), "名册",
            region_code=str(row["region_code"] or ""), **{name: row[name] for name in _FACTS},
        )  # fmt: skip


def _note_column(villages: Villages, village: str, town: str, sheet: SheetRead) -> None:
    if named := parse_village(village, True):
        villages.note_town(named.town)
        town = named.town or town or villages.town_in(sheet.hints)
        if villages.is_rostered(_town(town)) and not parse_village(village):
            return  # a bare word where the roster names the town's villages: 新华文具店 is none of them
        villages.note(Named(named.base, _town(town), named.county, named.is_community), "列")


def _town(text: str) -> str:
    return town_name(text) if text else ""
