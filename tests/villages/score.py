"""Score a run against the truth of an invented round, by cited source rows.

`python tests/villages/score.py --run RUN_DIR --truth truth.json [--top 15] [--json] [--misses]`

A candidate hits an item when it cites at least half of the item's rows, or three of them when
there are more than six. An item counts as found when a candidate of its village hits it.
"""

import argparse
import json
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

Spot = tuple[str, str, int]


@dataclass
class Item:
    """A planted problem or look-alike; each row is a set of places that show the same fact."""

    id: str
    kind: str
    villages: list[tuple[str, str]]
    models: list[str]
    text: str
    rows: list[set[Spot]]
    hits: list["Candidate"] = field(default_factory=list)

    def hit_by(self, cited: set[Spot], loose: set[tuple[str, int]]) -> bool:
        """Whether enough of the rows are cited; an unnamed sheet on either side matches by row."""
        seen = sum(
            any(
                p in cited or (p[1] == "" and p[::2] in loose) or ((p[0], "", p[2]) in cited)
                for p in row
            )
            for row in self.rows
        )
        need = 3 if len(self.rows) > 6 else max(1, -(-len(self.rows) // 2))
        return seen >= need


@dataclass
class Candidate:
    """A candidate with the rows it cites."""

    id: str
    village: str
    town: str
    rank: int
    model: str
    title: str
    cited: set[Spot] = field(default_factory=set)
    problems: list[Item] = field(default_factory=list)
    lookalikes: list[Item] = field(default_factory=list)


def read_truth(path: Path) -> tuple[list[Item], dict[tuple[str, str], bool]]:
    """Items, and for every (town, village) whether it is clean."""
    data = json.loads(path.read_text(encoding="utf-8"))
    items = []
    for kind, word in (("problems", "case"), ("lookalikes", "why")):
        for entry in data[kind]:
            places = [(entry["town"], entry["village"])]
            places += [(v["town"], v["village"]) for v in entry.get("also_in", [])]
            rows = [{_spot(p) for p in (row, *row.get("also", []))} for row in entry["rows"]]
            items.append(Item(entry["id"], kind, places, entry["models"], entry[word], rows))
    return items, {(v["town"], v["name"]): v["clean"] for v in data["villages"]}


def _spot(row: dict[str, Any]) -> Spot:
    return row["file"].replace("\\", "/"), row["sheet"] or "", int(row["row"])


def read_run(run: Path) -> list[Candidate]:
    """Candidates of a run folder with their evidence."""
    found = {}
    for row in pq.read_table(run / "candidates.parquet").to_pylist():
        found[row["candidate_id"]] = Candidate(
            row["candidate_id"],
            row["village_name"],
            row.get("town") or "",
            int(row["rank"]),
            row["model_id"],
            row.get("title") or row.get("summary") or "",
        )
    for row in pq.read_table(run / "evidence.parquet").to_pylist():
        if row["candidate_id"] in found:
            found[row["candidate_id"]].cited.add(_spot(row))
    return list(found.values())


def link(items: list[Item], candidates: list[Candidate]) -> None:
    """Tell every candidate and item of each other, village by village."""
    of: dict[tuple[str, str], list[Item]] = defaultdict(list)
    by_name: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        for town, village in item.villages:
            of[town, village].append(item)
            by_name[village].append(item)
    for c in candidates:
        loose = {(f, r) for f, _, r in c.cited}
        for item in of[c.town, c.village] if c.town else by_name[c.village]:
            if item.hit_by(c.cited, loose):
                item.hits.append(c)
                (c.problems if item.kind == "problems" else c.lookalikes).append(item)


def share(part: int, whole: int) -> float:
    """A ratio; 0 when there is nothing to count."""
    return round(part / whole, 4) if whole else 0.0


def measure(
    items: list[Item], candidates: list[Candidate], clean: dict[tuple[str, str], bool], top: int
) -> dict[str, Any]:
    """All figures."""
    problems = [i for i in items if i.kind == "problems"]
    innocents = [i for i in items if i.kind == "lookalikes"]
    best = [c for c in candidates if c.rank <= top]
    shown = [i for i in innocents if any(c.rank <= top and not c.problems for c in i.hits)]
    per_village = Counter((c.town, c.village) for c in candidates)
    on_clean = [_count(per_village, key) for key, is_clean in clean.items() if is_clean]
    everywhere = [_count(per_village, key) for key in clean]
    return {
        "problems": len(problems),
        "lookalikes": len(innocents),
        "candidates": len(candidates),
        "found": share(sum(bool(i.hits) for i in problems), len(problems)),
        "found_in_top": share(sum(_in_top(i, top) for i in problems), len(problems)),
        "precision_of_top": share(sum(bool(c.problems) for c in best), len(best)),
        "lookalikes_in_top": share(len(shown), len(innocents)),
        "per_village_max": max(everywhere, default=0),
        "per_village_mean": share(sum(everywhere), len(everywhere)),
        "per_clean_village_max": max(on_clean, default=0),
        "per_clean_village_mean": share(sum(on_clean), len(on_clean)),
        "unknown_village": sum(not _known(c, clean) for c in candidates),
        "without_evidence": sum(not c.cited for c in candidates),
        "models": _models(problems, innocents, shown, candidates, top),
    }


def _count(per_village: Counter[tuple[str, str]], key: tuple[str, str]) -> int:
    return per_village[key] + per_village["", key[1]]


def _known(c: Candidate, clean: dict[tuple[str, str], bool]) -> bool:
    return (c.town, c.village) in clean or (not c.town and any(v == c.village for _, v in clean))


def _in_top(item: Item, top: int) -> bool:
    return any(c.rank <= top for c in item.hits)


def _models(
    problems: list[Item],
    innocents: list[Item],
    shown: list[Item],
    candidates: list[Candidate],
    top: int,
) -> dict[str, dict[str, int]]:
    table: dict[str, dict[str, int]] = {}
    false = Counter(c.model for c in candidates if not c.problems)
    for model in sorted({i.models[0] for i in problems + innocents} | set(false)):
        mine = [i for i in problems if i.models[0] == model]
        table[model] = {
            "planted": len(mine),
            "found": sum(bool(i.hits) for i in mine),
            "top": sum(_in_top(i, top) for i in mine),
            "lookalikes": sum(i.models[0] == model for i in innocents),
            "shown": sum(i.models[0] == model for i in shown),
            "false": false[model],
        }
    return table


def _spread(label: str, figures: dict[str, Any], key: str) -> str:
    return f"{label} max {figures[key + '_max']}, mean {figures[key + '_mean']:.1f}"


def report(figures: dict[str, Any], top: int) -> list[str]:
    """Plain lines for a person."""
    lines = [
        f"{figures['problems']} problems, {figures['lookalikes']} look-alikes, {figures['candidates']} candidates",
        f"found                     {figures['found']:.3f}",
        f"found in top {top}           {figures['found_in_top']:.3f}",
        f"precision of top {top}       {figures['precision_of_top']:.3f}",
        f"look-alikes in top {top}     {figures['lookalikes_in_top']:.3f}",
        _spread("candidates per village   ", figures, "per_village"),
        _spread("per clean village        ", figures, "per_clean_village"),
        f"without evidence          {figures['without_evidence']}",
        f"village not in the truth  {figures['unknown_village']}",
        "",
        "model   planted  found    top  look-alikes  shown  false",
    ]
    for model, row in figures["models"].items():
        lines.append(
            f"{model:<7}{row['planted']:>8}{row['found']:>7}{row['top']:>7}{row['lookalikes']:>13}"
            f"{row['shown']:>7}{row['false']:>7}"
        )
    return lines


def misses(items: list[Item], candidates: list[Candidate], top: int) -> list[str]:
    """Missed problems, then false candidates with the look-alike they fell for."""
    lines = ["", "missed problems:"]
    for item in items:
        if item.kind == "problems" and not item.hits:
            town, village = item.villages[0]
            spots = "; ".join("{}[{}]{}".format(*min(row)) for row in item.rows[:3])
            lines.append(
                f"  {item.id} {'/'.join(item.models)} {town}{village} {item.text} | {spots}"
            )
    lines += ["", "found but below the top:"]
    for item in items:
        if item.kind == "problems" and item.hits and not _in_top(item, top):
            lines.append(
                f"  {item.id} {'/'.join(item.models)} rank {min(c.rank for c in item.hits)} {item.text}"
            )
    lines += ["", "false candidates:"]
    for c in sorted(candidates, key=lambda c: (c.model, c.town, c.village, c.rank)):
        if not c.problems:
            fell = "; ".join(f"{i.id} {i.models[0]} {i.text}" for i in c.lookalikes) or "background"
            spot = "{}[{}]{}".format(*min(c.cited)) if c.cited else "no evidence"
            lines.append(
                f"  {c.model} {c.town}{c.village} rank {c.rank} {c.title} | {fell} | {spot}"
            )
    return lines


def main() -> None:
    """Print the figures; exit 0 whatever they are."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--truth", type=Path, required=True)
    parser.add_argument("--top", type=int, default=15)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--misses", action="store_true")
    args = parser.parse_args()
    items, clean = read_truth(args.truth)
    candidates = read_run(args.run)
    link(items, candidates)
    figures = measure(items, candidates, clean, args.top)
    lines = (
        [json.dumps(figures, ensure_ascii=False, indent=1)]
        if args.json
        else report(figures, args.top)
    )
    if args.misses:
        lines += misses(items, candidates, args.top)
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
