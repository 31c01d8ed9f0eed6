"""Write an invented ledger set with planted cases and honest look-alikes.

python tests/bench/ledgers/make.py --villages 200 --seed 1 --profile base --out DIR
"""

import argparse
import time
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise
from pathlib import Path

import alike_paper
import alike_people
import alike_time
import plant_paper
import plant_people
import plant_time
import pyarrow as pa
import pyarrow.parquet as pq
from book import Village
from close import close
from daily import live
from income import collect
from world import layout

PLANT = [
    plant_paper.duplicate, plant_paper.split, plant_paper.below_limit, plant_paper.fake_invoices, plant_paper.price_inflation,
    plant_paper.round_sum, plant_time.yearend_rush, plant_time.holiday_hosp, plant_time.wrong_account, plant_time.missing_voucher,
    plant_time.bank_mismatch, plant_time.income_unrecorded, plant_time.new_vendor, plant_people.ghost_wages, plant_people.related_payee,
]  # fmt: skip
ALIKE = [  # one list a scheme; a village draws some schemes, then one class of each
    [alike_paper.equal_fees, alike_paper.bought_again, alike_paper.half_and_half, alike_paper.rebooked],
    [alike_paper.deliveries, alike_paper.tendered],
    [alike_paper.contract_fee, alike_paper.priced_under],
    [alike_paper.imprest, alike_paper.donation, alike_paper.relief],
    [alike_paper.canteen, alike_paper.cleaner],
    [alike_paper.better_kind, alike_paper.one_piece],
    [alike_time.winter_gifts, alike_time.settlement],
    [alike_time.duty_meals, alike_time.made_up_day],
    [alike_time.workers_food, alike_time.festival_goods, alike_time.sister_slip],
    [alike_time.voided],
    [alike_time.late_bank, alike_time.joined, alike_time.returned, alike_time.through_agent],
    [alike_time.relative_paid, alike_time.paid_late, alike_time.set_off],
    [alike_people.stand_in, alike_people.spaced_name, alike_people.season_work],
    [alike_people.namesake, alike_people.busy_local],
    [alike_people.shared_newcomer, alike_people.old_stranger],
]  # fmt: skip
S, D, F = pa.string(), pa.date32(), pa.float64()
TABLES = {
    "entries": {"entry_id": S, "village_id": S, "date": D, "biz_date": D, "voucher_no": pa.int32(), "account": S, "account_name": S, "side": S, "amount": F, "method": S, "payee": S, "payee_acct": S, "summary": S, "invoice_no": S},
    "bank": {"bank_id": S, "village_id": S, "date": D, "amount": F, "counterparty": S},
    "roster": {"village_id": S, "name": S, "post": S, "start": D, "end": D, "acct": S},
    "payees": {"payee": S, "registered": D, "legal_rep": S},
    "contracts": {"contract_id": S, "village_id": S, "lessee": S, "kind": S, "annual": F, "start_year": pa.int32(), "end_year": pa.int32(), "due_month": pa.int32()},
    "villages": {"village_id": S, "approval_limit": F, "township_id": S, "county_id": S, "population": pa.int64()},
    "truth": {"case_id": S, "village_id": S, "scheme": S, "kind": S, "objs": pa.list_(S), "note": S},
}  # fmt: skip
CLEAN = 0.28


def village(seed: int, index: int, town, profile: str) -> dict[str, list[tuple]]:
    """One village: an honest life, then cases, then look-alikes, then the year's closing."""
    v = Village(seed, index, town)
    rng = v.rng
    live(v)
    if profile != "clean" and rng.random() >= CLEAN:
        for plant in rng.sample(PLANT, rng.choice([1, 2, 3, 3, 4, 5])):
            plant(v)
    for classes in rng.sample(ALIKE, rng.randrange(6, 11)):
        rng.choice(classes)(v)
    if town.flood:
        alike_people.flood(v)
    if town.fair:
        alike_people.fair(v)
    if town.settle:
        alike_time.settlement(v)
    collect(v, v.reserved)
    return close(v, profile)


def chunk(job: tuple) -> dict[str, pa.Table]:
    seed, profile, towns = job
    rows: dict[str, list[tuple]] = {name: [] for name in TABLES}
    for town in towns:
        for index in town.villages:
            for name, more in village(seed, index, town, profile).items():
                rows[name] += more
    return {name: table(name, rows[name]) for name in TABLES}


def table(name: str, rows: list[tuple]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [()] * len(TABLES[name])
    kinds = TABLES[name].items()
    return pa.table(
        {c: pa.array(values, kind) for (c, kind), values in zip(kinds, columns, strict=True)}
    )


def distinct(payees: pa.Table) -> pa.Table:
    """One register line a firm, in the order of names."""
    return (
        payees.group_by("payee", use_threads=False)
        .aggregate([("registered", "first"), ("legal_rep", "first")])
        .rename_columns(["payee", "registered", "legal_rep"])
        .sort_by("payee")
    )


def make(villages: int, seed: int, profile: str, out: Path, workers: int = 1) -> None:
    """Write the set; entries and bank in parts, the small tables as one file each."""
    towns = layout(seed, villages)
    cuts = [*range(0, len(towns), 12), len(towns)]
    jobs = [(seed, profile, towns[a:b]) for a, b in pairwise(cuts)]
    small: dict[str, list[pa.Table]] = {name: [] for name in TABLES}
    for name in ("entries", "bank"):
        (out / name).mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(workers) as pool:
        for number, tables in enumerate(pool.map(chunk, jobs) if workers > 1 else map(chunk, jobs)):
            for name, part in tables.items():
                if name in ("entries", "bank"):
                    pq.write_table(
                        part.drop_columns("biz_date")
                        if profile == "nobiz" and name == "entries"
                        else part,
                        out / name / f"part-{number:04d}.parquet",
                    )
                else:
                    small[name].append(part)
    for name in TABLES.keys() - {"entries", "bank"}:
        whole = pa.concat_tables(small[name])
        pq.write_table(distinct(whole) if name == "payees" else whole, out / f"{name}.parquet")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--villages", type=int, default=26)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--profile", choices=["base", "messy", "nobiz", "clean"], default="base")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args()
    start = time.perf_counter()
    make(options.villages, options.seed, options.profile, options.out, options.workers)
    print(f"{options.villages} villages, {time.perf_counter() - start:.1f} s")


if __name__ == "__main__":
    main()
