"""Write the held-out round: DIR/raw as another author would hand it in, and DIR/truth.json."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import deals
import firms
import grants
import money
import money_close
import odd_files
import out_deals
import out_money
import out_people
import out_registers
import out_rolls
import people
import plan
import plant_money2
from checks import check
from desk import Desk
from records import Item, World


def build(seed: int, villages: int, clean_share: float, rare: bool) -> World:
    """The whole round in memory: innocent first, then facts and look-alikes, then closed books."""
    world = World(seed, rare)
    people.build(world, villages, clean_share)
    firms.build(world)
    grants.build(world)
    money.build(world)
    for village in world.villages:
        village.memo["world"] = world
    deals.build(world)
    plant_money2.peer_purchases(world)
    plan.plant(world, 14, 14)
    money_close.close_all(world, plant_money2.mark_gaps)
    return world


def no_ledger(world: World) -> str:
    """One clean village hands in no ledger at all."""
    for village in world.villages:
        if village.clean and village.town.style in ("platform", "voucher"):
            return village.full
    return ""


def write(world: World, root: Path) -> Desk:
    desk = Desk(world)
    out_people.write(desk)
    out_rolls.write(desk)
    out_money.write(desk)
    out_deals.write(desk)
    out_registers.write(desk)
    odd_files.tables(desk)
    return desk


def places(
    found: dict[tuple[str, str, int], None], twins: dict[str, list[str]]
) -> list[dict[str, Any]]:
    out = []
    for file, sheet, row in sorted(found):
        for path in (file, *twins.get(file, ())):
            out.append({"file": path, "sheet": sheet, "row": row})
    return out


def told(item: Item, number: str, twins: dict[str, list[str]], word: str) -> dict[str, Any]:
    context = {k: None for k in item.context if k not in item.rows}
    return {
        "id": number,
        "village": item.village.full,
        "town": item.village.town.name,
        "models": item.models,
        word: item.text,
        "rows": places(item.rows, twins),
        "context": places(context, twins),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--villages", type=int, default=26)
    parser.add_argument("--clean-share", type=float, default=0.2)
    parser.add_argument("--rare-headings", action="store_true")
    args = parser.parse_args()
    began = time.perf_counter()
    world = build(args.seed, args.villages, args.clean_share, args.rare_headings)
    raw = args.out / "raw"
    shutil.rmtree(raw, ignore_errors=True)
    desk = write(world, raw)
    lost = no_ledger(world)
    desk.books = [
        b
        for b in desk.books
        if not (
            lost
            and lost in b.path
            and any(w in b.path for w in ("收支流水", "序时账", "基本户", "农商行"))
        )
    ]
    desk.save(raw)
    twins: dict[str, list[str]] = {}
    for copy, original in odd_files.copies(desk, raw).items():
        twins.setdefault(original, []).append(copy)
    odd_files.broken(desk, raw)
    kept = {b.path for b in desk.books}
    for item in world.problems + world.looks:
        item.rows = {k: None for k in item.rows if k[0] in kept}
        item.context = {k: None for k in item.context if k[0] in kept}
    problems = world.problems
    looks = [i for i in world.looks if i.rows]
    truth = {
        "seed": args.seed,
        "villages": [
            {"name": v.full, "town": v.town.name, "county": v.town.county, "clean": v.clean}
            for v in world.villages
        ],
        "problems": [told(p, f"P{k + 1:03d}", twins, "case") for k, p in enumerate(problems)],
        "lookalikes": [told(p, f"L{k + 1:03d}", twins, "why") for k, p in enumerate(looks)],
    }
    (args.out / "truth.json").write_text(
        json.dumps(truth, ensure_ascii=False, indent=1), encoding="utf-8"
    )
    (args.out / "limits.csv").write_text(odd_files.LIMITS, encoding="utf-8")
    rows = sum(len(s.cells) for b in desk.books for s in b.sheets)
    print(
        f"{len(world.villages)} villages, {len(desk.books)} books, {rows} rows, {len(problems)} problems, {len(looks)} look-alikes, {time.perf_counter() - began:.1f} s"
    )
    for line in check(world, problems, looks):
        print("CHECK", line)


if __name__ == "__main__":
    main()
