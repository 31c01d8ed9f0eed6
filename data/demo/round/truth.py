"""The truth file: what was planted and where it landed."""

import json
from pathlib import Path
from typing import Any

from .world import Item, Place, Record, World


def write(world: World, path: Path) -> None:
    """Write truth.json; a look-alike that shares a row with a problem is left out."""
    problems = [i for i in world.items if i.kind == "problem"]
    taken = {p for i in problems for r in i.rows for p in r.places}
    innocents = [
        i
        for i in world.items
        if i.kind == "lookalike" and not any(p in taken for r in i.rows for p in r.places)
    ]
    data = {
        "seed": world.seed,
        "villages": [
            {"name": v.name, "town": v.town, "county": v.county, "clean": v.clean}
            for v in world.villages
        ],
        "problems": [_item(i, f"P{n:03d}", "case") for n, i in enumerate(problems, 1)],
        "hints": [
            _item(i, f"H{n:03d}", "case")
            for n, i in enumerate((i for i in world.items if i.kind == "hint"), 1)
        ],
        "lookalikes": [_item(i, f"L{n:03d}", "why") for n, i in enumerate(innocents, 1)],
    }
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")


def _item(item: Item, number: str, word: str) -> dict[str, Any]:
    where = {r.village.key: {"village": r.village.name, "town": r.village.town} for r in item.rows}
    where.pop(item.village.key, None)
    rows = _places(item.rows)
    if not rows:
        raise AssertionError(f"{item.text}: nothing was written")
    found: dict[str, Any] = {
        "id": number,
        "village": item.village.name,
        "town": item.village.town,
        "models": list(item.models),
        word: item.text,
        "rows": rows,
        "context": _places(item.context),
    }
    if where:
        found["also_in"] = list(where.values())
    return found


def _places(records: list[Record]) -> list[dict[str, Any]]:
    """One entry a record; `also` lists the other rows where the same fact stands."""
    found: dict[Place, dict[str, Any]] = {}
    for record in records:
        if record is None or not record.places:
            continue
        first, *others = record.places
        entry = found.setdefault(first, _place(first))
        if others:
            also = entry.setdefault("also", [])
            also += [p for p in map(_place, others) if p not in also]
    return list(found.values())


def _place(place: Place) -> dict[str, Any]:
    return {"file": place.file, "sheet": place.sheet, "row": place.row}
