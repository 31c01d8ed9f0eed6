"""Village projects with their bidders, contracts and payments. Money is in fen."""

import random
from datetime import date, timedelta
from typing import Any

from .accounts import Books
from .registers import Market
from .world import Record, Village, World

KINDS = (
    "村内道路硬化",
    "路灯安装",
    "文化广场建设",
    "排水渠修建",
    "饮水管网改造",
    "村委办公室修缮",
    "田间机耕路",
    "健身广场",
    "户厕改造",
)
LIMIT_NOTE = "注：单项工程预算20万元（含）以上的须公开招标，20万元以下可竞争性谈判或比选。"
FUNDS = (
    "衔接推进乡村振兴补助资金",
    "一事一议财政奖补",
    "村集体自筹",
    "农村综合改革转移支付",
    "县级配套资金",
)


def build_all(world: World, market: Market, shelf: dict[str, Books]) -> None:
    """Three or four unlike projects a village, months apart."""
    for village in world.villages:
        rng = world.rng("works", village.key)
        kinds = rng.sample(KINDS, rng.randrange(3, 5))
        funds = rng.sample(FUNDS, len(kinds))
        for i, (kind, fund) in enumerate(zip(kinds, funds, strict=True)):
            start = date(2023, 2, 20) + timedelta(days=170 * i + rng.randrange(25))
            project(
                world,
                rng,
                village,
                market,
                kind=kind,
                fund=fund,
                start=start,
                books=shelf.get(village.key),
            )


def project(
    world: World,
    rng: random.Random,
    village: Village,
    market: Market,
    *,
    kind: str,
    start: date,
    fund: str = FUNDS[2],
    yuan: int = 0,
    books: Books | None = None,
    winner: str = "",
    losers: list[str] | None = None,
    settle: bool = True,
    **more: Any,
) -> Record:
    """A project in order: asked for bids, signed, built, accepted, settled, paid."""
    low, high = {"户厕": (42000, 88000), "路灯": (61000, 98000)}.get(kind[:2], (112000, 286000))
    budget = (yuan or rng.randrange(low, high)) * 100
    bidders = rng.sample([f for f in market.known[village.county, "works"] if f != winner], 3)
    winner = winner or bidders.pop()
    rivals = losers if losers is not None else bidders[:2]
    price = round(budget * rng.uniform(0.885, 0.955) / 100) * 100 + rng.randrange(9000)
    finish = start + timedelta(days=rng.randrange(32, 75))
    final = round(price * rng.uniform(0.962, 0.998)) if settle else None
    values: dict[str, Any] = {
        "project": f"{village.name}{kind}工程",
        "kind": kind,
        "fund": fund,
        "budget": budget,
        "method": "竞争性谈判" if budget < 20000000 else "公开招标",
        "winner": winner,
        "approved": start - timedelta(days=60),
        "opened": start - timedelta(days=21),
        "signed": start - timedelta(days=rng.randrange(7, 12)),
        "start": start,
        "finish": finish,
        "accepted": finish + timedelta(days=rng.randrange(9, 22)),
        "bid": price,
        "price": price,
        "final": final,
        "changes": 0,
        "paid": 0,
        "progress": "已完工",
        "remark": "",
    }
    values.update(more)
    values.setdefault("paid_plan", ((0.3, 12), (0.4, 60), (0.26, 130)))
    record = world.add("projects", village, **values)
    record["payments"] = []
    _bids(world, rng, record, rivals)
    pay_by_plan(record, books)
    if books and record["payments"] and record["fund"] != "村集体自筹":
        _grant(record, books)
    return record


def _grant(record: Record, books: Books) -> None:
    """The town passes on its share of the money before the first payment."""
    first = record["payments"][0]["day"]
    town = record.village.town
    source = f"{town}财政所" if "镇" in town else f"{town}办事处"
    share = books.rng.uniform(0.62, 0.88)
    books.enter(
        "in",
        first - timedelta(days=books.rng.randrange(4, 12)),
        round(record["price"] * share / 100) * 100,
        source,
        f"收拨付{record['project']}{record['fund']}",
        "grant",
    )


def _bids(world: World, rng: random.Random, record: Record, rivals: list[str]) -> None:
    price = record["bid"]
    if record["method"].startswith("直接委托"):
        record["bids"] = []
        return
    steps = [
        round(price * (1 + rng.uniform(0.017, 0.03))),
        round(price * (1 + rng.uniform(0.041, 0.068))),
    ]
    offers = [(record["winner"], price), *zip(rivals, steps, strict=False)]
    record["bids"] = [
        world.add(
            "bids",
            record.village,
            project=record["project"],
            opened=record["opened"],
            company=company,
            offer=offer,
            budget=record["budget"],
            record=record,
            won="是" if company == record["winner"] else "否",
        )
        for company, offer in sorted(offers, key=lambda o: o[1] % 997)
    ]


def pay_by_plan(record: Record, books: Books | None) -> None:
    """Pay by (share, days after start); the last payment leaves 3 % of the settled sum."""
    base, total = record["final"] or record["price"], 0
    plan = record["paid_plan"]
    for i, (share, days) in enumerate(plan):
        day = record["start"] + timedelta(days=days)
        if i == len(plan) - 1 and record["final"]:
            day = max(day, record["accepted"] + timedelta(days=15))
        if day > date(2024, 12, 24) or (day.month == 12 and day.day > 5):
            continue
        amount = round(record["price"] * share)
        if i == len(plan) - 1 and record["final"] and share < 0.3:
            amount = round(base * 0.97) - total
        total += amount
        if books:
            payment = books.enter(
                "out",
                day,
                amount,
                record["winner"],
                f"付{record['project']}第{i + 1}期工程款",
                "project",
                project=record,
            )
            record["payments"].append(payment)
    record["paid"] = total
