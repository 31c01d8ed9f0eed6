"""Invent a left list, a big right roll and the truth between them.

    python tests/bench/match/make.py --left 2000 --right 100000 --noise medium --seed 1 --out DIR

Writes left.parquet, right.parquet (id, name, id_number, phone, bank_account, village; all strings) and
truth.parquet (left_id, right_id, evidence joined by '|' or 'name_only', channel). Memory is bounded by one block.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from fields import LEVELS, Habits, Writer, column
from names import TAIL
from noise import Slips
from people import People, World

BLOCK = 400_000  # people
ROWS_A_PERSON, ON_ROLL = 1.75, 0.75
LINKED = 0.55  # share of left rows whose person is on the roll
FIELDS = ["id", "name", "id_number", "phone", "bank_account", "village"]
ID_EVIDENCE = ["", "id_full", "id_masked", "id_typo", "id15"]


class Side:
    """One side's lists: turns people into rows and keeps what each cell is good for."""

    def __init__(self, world: World, level: str, side: str, lists: int, rng: np.random.Generator):
        self.rng, self.lists = rng, lists
        self.habits = Habits.draw(LEVELS[level], side, lists, rng)
        self.writer = Writer(self.habits, world.places, rng)
        pool = np.array([ord(c) for c in TAIL + "军华丽红英梅涛伟强兰" * 20], dtype=np.uint32)
        self.slips = Slips(rng, pool)

    def rows(self, people: People, who: np.ndarray, head: np.ndarray) -> tuple[dict, dict]:
        """Columns of one row for each of `who`, and the row's channel and evidence codes."""
        rng, writer = self.rng, self.writer
        lists = rng.integers(0, self.lists, len(who))
        name, channel = self.slips.apply(people.name[who], self.habits.names[lists])
        public = np.flatnonzero(self.habits.public[lists])
        name[public] = self.slips.one("mask", people.name[who[public]])
        channel[public] = "mask"
        ids, id_kind = writer.ids(
            people.number[who], people.number[head[who]], people.year[who], lists
        )
        phone, phone_kind = writer.phones(people.phone[who], lists)
        bank, bank_kind = writer.banks(people.bank[who], lists)
        village, stated = writer.village(people.village[who], lists)
        columns = {
            "name": pa.array(np.ascontiguousarray(name).view(f"<U{name.shape[1]}").ravel()),
            "id_number": column(ids), "phone": column(phone), "bank_account": column(bank), "village": village,
        }  # fmt: skip
        kinds = {
            "id": id_kind,
            "phone": phone_kind,
            "bank": bank_kind,
            "village": stated,
            "channel": channel,
        }
        return columns, kinds


def evidence(left: dict, right: dict) -> np.ndarray:
    """What the two rows of each pair share beside the name, joined by '|', or 'name_only'."""
    a, b = left["id"], right["id"]
    both = (a > 0) & (b > 0)
    order = np.array([0, 1, 4, 3, 2])  # masked outweighs mistyped outweighs fifteen digits
    worst = np.where(order[a] >= order[b], a, b)
    words = np.where(both, np.array(ID_EVIDENCE)[worst], "").astype("U40")
    for field in ("bank", "phone", "village"):
        usable = (left[field] > 0) & (right[field] > 0)
        if field != "village":
            usable &= (left[field] < 3) & (right[field] < 3)
        joined = np.where(words == "", field, np.char.add(words, "|" + field))
        words = np.where(usable, joined, words)
    return np.where(words == "", "name_only", words)


def channels(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """The channel between two rows of one person: 'exact', the noisy side's, or 'both'."""
    one = np.where(left == "", right, left)
    both = (left != "") & (right != "") & (left != right)
    return np.where(both, "both", np.where(one == "", "exact", one))


def units(count: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """For people on the roll: index of each distinct right row's person and how often it is repeated."""
    kinds = rng.choice(6, count, p=[0.66, 0.18, 0.08, 0.04, 0.025, 0.015])
    rows = np.array([1, 2, 3, 4, 1, 1])[kinds]
    copies = np.array([1, 1, 1, 1, 6, 12])[kinds]
    return np.repeat(np.arange(count), rows), np.repeat(copies, rows)


def heads(people: People) -> np.ndarray:
    """Index of the first member of each one's household."""
    first = np.flatnonzero(np.diff(people.household, prepend=people.household[0] - 1))
    return first[people.household - people.household[0]]


class Bench:
    """Draws blocks until the roll is full; left rows and truth are kept, right rows are written at once."""

    def __init__(self, left: int, right: int, noise: str, seed: int):
        self.rng = np.random.default_rng([seed, left, right])
        self.left, self.right = left, right
        people = int(right / ROWS_A_PERSON / ON_ROLL * 1.02) + 50
        self.blocks = max(1, -(-people // BLOCK))
        self.people = -(-people // self.blocks)
        villages = max(self.blocks * 4, people // 900)
        self.world = World(villages, self.rng)
        self.cuts = np.linspace(0, villages, self.blocks + 1).astype(int)
        self.left_side = Side(self.world, noise, "left", 60, self.rng)
        self.right_side = Side(self.world, noise, "right", 48, self.rng)
        self.left_names = self.rng.permutation(left)
        self.lefts: list[pa.Table] = []
        self.truth: list[pa.Table] = []

    def block(self, i: int, written: int) -> pa.Table:
        rng = self.rng
        people = self.world.block(self.cuts[i], self.cuts[i + 1], self.people)
        head, n = heads(people), len(people.name)
        on = np.flatnonzero(rng.random(n) < ON_ROLL)
        who, copies = units(len(on), rng)
        columns, kinds = self.right_side.rows(people, on[who], head)
        order = rng.permutation(np.repeat(np.arange(len(who)), copies))[: self.right - written]
        if (
            i == self.blocks - 1 and len(order) < self.right - written
        ):  # too few: print some rows twice
            order = np.concatenate([order, rng.choice(order, self.right - written - len(order))])
        names = np.char.add("R", np.arange(written, written + len(order)).astype("U9"))
        taken = pa.table(columns).take(pa.array(order)).add_column(0, "id", pa.array(names))
        share = round(self.left * (i + 1) / self.blocks) - round(self.left * i / self.blocks)
        self._left(
            people, head, on, on[who][order], {k: v[order] for k, v in kinds.items()}, names, share
        )
        return taken

    def _left(self, people, head, on, row_person, row_kinds, names, count):
        """Draw `count` left rows, some twice, and note the right rows of the same people."""
        rng, n = self.rng, len(people.name)
        present = np.unique(row_person)
        absent = np.setdiff1d(np.arange(n), on, assume_unique=True)
        linked = min(round(count * LINKED), len(present))
        who = np.concatenate(
            [rng.choice(present, linked, False), rng.choice(absent, count - linked, False)]
        )
        twice = rng.random(count) < 0.03
        who[twice] = rng.choice(who, int(twice.sum()))
        columns, kinds = self.left_side.rows(people, who, head)
        done = sum(len(t) for t in self.lefts)
        ids = np.char.add("L", self.left_names[done : done + count].astype("U9"))
        self.lefts.append(pa.table(columns).add_column(0, "id", pa.array(ids)))
        order = np.argsort(row_person, kind="stable")
        sorted_person = row_person[order]
        start, stop = (
            np.searchsorted(sorted_person, who),
            np.searchsorted(sorted_person, who, side="right"),
        )
        left = np.repeat(np.arange(count), stop - start)
        offset = np.arange(len(left)) - np.repeat(
            np.cumsum(stop - start) - (stop - start), stop - start
        )
        right = order[start[left] + offset]
        a, b = (
            {k: v[rows] for k, v in side.items()}
            for side, rows in ((kinds, left), (row_kinds, right))
        )
        self.truth.append(
            pa.table({
                "left_id": ids[left], "right_id": names[right], "evidence": evidence(a, b),
                "channel": channels(a["channel"], b["channel"]),
            })
        )  # fmt: skip

    def write(self, out: Path) -> dict:
        out.mkdir(parents=True, exist_ok=True)
        written, writer = 0, None
        for i in range(self.blocks):
            table = self.block(i, written).select(FIELDS)
            writer = writer or pq.ParquetWriter(
                out / "right.parquet", table.schema, compression="zstd"
            )
            writer.write_table(table, row_group_size=200_000)
            written += len(table)
        writer.close()
        left = pa.concat_tables(self.lefts).select(FIELDS)
        pq.write_table(left.take(pa.array(self.rng.permutation(len(left)))), out / "left.parquet")
        truth = pa.concat_tables(self.truth)
        pq.write_table(truth, out / "truth.parquet")
        return {"left": len(left), "right": written, "links": len(truth)}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--left", type=int, default=2000)
    parser.add_argument("--right", type=int, default=100_000)
    parser.add_argument("--noise", choices=LEVELS, default="medium")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    bench = Bench(options.left, options.right, options.noise, options.seed)
    print(json.dumps(bench.write(options.out)))


if __name__ == "__main__":
    main()
