"""Score a candidate list against the truth of an invented ledger set.

    python tests/bench/ledgers/score.py --data DIR --candidates C.parquet [--json] [--write-verdicts V.parquet]

A candidate is right when it names the payee, month or contract-year of a planted case, or when the entries, bank rows
and voucher numbers it shares with the case are at least half of the case's or half of its own. Strict: half of the
case's only. AP counts the first right candidate of a case; later ones on the same case count neither way.
"""

import argparse
import json
from collections import defaultdict
from pathlib import Path
from random import Random

import pyarrow.parquet as pq

HEADS = ("p:", "m:", "k:")
TOP = 20


class Case:
    def __init__(self, row: dict):
        self.id, self.village, self.scheme = row["case_id"], row["village_id"], row["scheme"]
        self.planted = row["kind"] == "planted"
        self.heads = {o for o in row["objs"] if o.startswith(HEADS)}
        self.rows = {o for o in row["objs"] if not o.startswith(HEADS)}

    def hit(self, objs: list[str], *, strict: bool) -> bool:
        if any(o in self.heads for o in objs):
            return True
        own = {o for o in objs if not o.startswith(HEADS)}
        shared = len(own & self.rows)
        return bool(shared) and (
            2 * shared >= len(self.rows) or (not strict and 2 * shared >= len(own))
        )


def cases_of(data: Path) -> dict[str, list[Case]]:
    found = defaultdict(list)
    for row in pq.read_table(data / "truth.parquet").to_pylist():
        found[row["village_id"]].append(Case(row))
    return found


def ranked(candidates: Path) -> list[dict]:
    rows = pq.read_table(candidates).to_pylist()
    for place, row in enumerate(rows):
        row["place"] = place
        row["objs"] = list(row["objs"])
    return sorted(rows, key=lambda r: (-r["score"], r["village_id"], r["place"]))


def judge(rows: list[dict], cases: dict[str, list[Case]], *, strict: bool) -> None:
    """Give every candidate the planted cases it hits and whether it hits a look-alike."""
    for row in rows:
        hits = [c for c in cases.get(row["village_id"], []) if c.hit(row["objs"], strict=strict)]
        row["hits"] = [c for c in hits if c.planted]
        row["alike"] = next((c.scheme for c in hits if not c.planted), None)


def average_precision(rows: list[dict], total: int) -> float:
    found: set[str] = set()
    right = seen = 0
    area = 0.0
    for row in rows:
        new = {c.id for c in row["hits"]} - found
        if row["hits"] and not new:
            continue
        seen += 1
        if new:
            right += 1
            found |= new
            area += len(new) * right / seen
    return area / total if total else 0.0


def firsts(rows: list[dict], count: int) -> float | None:
    """Share right of the best `count` of the pooled list (one per village in number)."""
    part = rows[:count]
    return sum(bool(r["hits"]) for r in part) / len(part) if part else None


def tenths(rows: list[dict], leave: set[str]) -> list[dict]:
    """Stated chance against share right, by tenths of the chance."""
    bins = defaultdict(list)
    for row in rows:
        if row.get("chance") is not None and row["village_id"] not in leave:
            bins[min(9, int(row["chance"] * 10))].append(row)
    lines = []
    for tenth in sorted(bins):
        part = bins[tenth]
        lines.append(
            {
                "tenth": tenth,
                "n": len(part),
                "stated": round(sum(r["chance"] for r in part) / len(part), 3),
                "right": round(sum(bool(r["hits"]) for r in part) / len(part), 3),
            }
        )
    return lines


def measure(data: Path, candidates: Path, leave: set[str] | None = None) -> dict:
    """All figures of one list; villages in `leave` gave verdicts and are left out."""
    leave = leave or set()
    cases = {v: c for v, c in cases_of(data).items() if v not in leave}
    villages = [
        v
        for v in pq.read_table(data / "villages.parquet")["village_id"].to_pylist()
        if v not in leave
    ]
    rows = [r for r in ranked(candidates) if r["village_id"] not in leave]
    planted = [c for group in cases.values() for c in group if c.planted]
    judge(rows, cases, strict=True)
    strict = average_precision(rows, len(planted))
    judge(rows, cases, strict=False)
    tops = defaultdict(list)
    for row in rows:
        if len(tops[row["village_id"]]) < TOP:
            tops[row["village_id"]].append(row)
    shown = [r for part in tops.values() for r in part]
    found = {c.id for r in shown for c in r["hits"]}
    dirty = {c.village for c in planted}
    wrong = [r for r in shown if not r["hits"]]
    clean = len(villages) - len(dirty)
    schemes = defaultdict(list)
    for c in planted:
        schemes[c.scheme].append(c.id in found)
    recall = {s: sum(h) / len(h) for s, h in sorted(schemes.items())}
    heads = [part[0] for part in tops.values() if part]
    by_detector = defaultdict(lambda: [0, 0, 0])
    for row in shown:
        line = by_detector[row.get("detector") or "?"]
        line[0] += 1
        line[1] += bool(row["hits"])
        line[2] += not row["hits"] and bool(row["alike"])
    return {
        "villages": len(villages), "cases": len(planted), "candidates": len(rows), "shown": len(shown),
        "AP": average_precision(rows, len(planted)), "AP_strict": strict,
        "recall": len(found) / max(1, len(planted)), "macro": sum(recall.values()) / max(1, len(recall)), "worst": min(recall.values(), default=None),
        "first_pooled": firsts(rows, len(villages)), "first_each": sum(bool(r["hits"]) for r in heads) / max(1, len(heads)),
        "false_a_village": len(wrong) / len(villages), "false_clean": sum(r["village_id"] not in dirty for r in wrong) / clean if clean else None,
        "alike_a_village": sum(bool(r["alike"]) for r in wrong) / len(villages),
        "per_scheme": recall, "cases_per_scheme": {s: len(h) for s, h in sorted(schemes.items())},
        "detectors": {d: {"shown": n, "right": k, "alike": a} for d, (n, k, a) in sorted(by_detector.items())},
        "calibration": tenths(rows, set()),
    }  # fmt: skip


def verdict_rows(data: Path, candidates: Path, villages: int = 26, each: int = 5) -> list[dict]:
    """What a team would say of the top 5 of some villages."""
    cases = cases_of(data)
    every = sorted(pq.read_table(data / "villages.parquet")["village_id"].to_pylist())
    chosen = set(Random("verdicts").sample(every, min(villages, len(every))))
    rows, count = ranked(candidates), defaultdict(int)
    judge(rows, cases, strict=False)
    said = []
    for row in rows:
        village = row["village_id"]
        if village in chosen and count[village] < each:
            count[village] += 1
            said.append(
                {
                    "village_id": village,
                    "detector": row["detector"],
                    "objs": row["objs"],
                    "right": bool(row["hits"]),
                }
            )
    return said


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--candidates", type=Path, required=True)
    parser.add_argument(
        "--verdicts", type=Path, help="verdict file whose villages are left out of the figures"
    )
    parser.add_argument("--write-verdicts", type=Path)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if not options.candidates.is_file():
        parser.error(f"no candidates at {options.candidates}")
    if options.write_verdicts:
        import pyarrow as pa

        pq.write_table(
            pa.Table.from_pylist(verdict_rows(options.data, options.candidates)),
            options.write_verdicts,
        )
        return
    leave = (
        set(pq.read_table(options.verdicts)["village_id"].to_pylist())
        if options.verdicts
        else set()
    )
    figures = measure(options.data, options.candidates, leave)
    print(json.dumps(figures, ensure_ascii=False) if options.json else text(figures))


def text(figures: dict) -> str:
    lines = [
        f"{k}: {v:.4f}" if isinstance(v, float) else f"{k}: {v}"
        for k, v in figures.items()
        if not isinstance(v, dict | list)
    ]
    lines += [
        f"  {s:18} {r:.3f} of {figures['cases_per_scheme'][s]}"
        for s, r in figures["per_scheme"].items()
    ]
    lines += [f"  by {d}: {line}" for d, line in figures["detectors"].items()]
    return "\n".join(lines + [f"  chance {c}" for c in figures["calibration"]])


if __name__ == "__main__":
    main()
