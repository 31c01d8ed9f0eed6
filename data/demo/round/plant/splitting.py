"""One work cut into parts under the tender limit (M50)."""

import random
from datetime import date, timedelta

from ..registers import outsider
from ..works import FUNDS
from ..world import Record, Village
from .stage import Stage, innocent, problem, relative
from .tenders import FRESH, some_start, unused_kind

LIMIT = 200000  # yuan: the round's small-works tender limit, written in the project lists' notes


_SPLIT = ("村内道路硬化", "排水渠修建", "田间机耕路", "河道护坡", "绿化提升")


def _split(
    stage: Stage, v: Village, rng: random.Random, kind: str, winner: str, losers: list[str]
) -> list[Record]:
    start, rows = some_start(rng), []
    for i, tail in enumerate(
        rng.choice((("一段", "二段"), ("东段", "西段", "北段"), ("(一期)", "(二期)")))
    ):
        rows.append(
            stage.work(
                v,
                rng,
                kind=kind,
                start=start + timedelta(days=rng.randrange(12, 40) * i),
                yuan=rng.randrange(int(LIMIT * 0.8), int(LIMIT * 0.985)),
                winner=winner,
                losers=list(losers),
                fund=FUNDS[2],
                method="直接委托" if not losers else "竞争性谈判",
                project=f"{v.name}{kind}工程{tail}",
            )
        )
    return rows


@problem("M50")
def split_under_tender(stage: Stage, v: Village, rng: random.Random) -> bool:
    """One road in two or three sections, each just under the limit, one builder."""
    kind = unused_kind(stage, v, rng, _SPLIT)
    if not kind:
        return False
    rows = _split(stage, v, rng, kind, stage.market.pick(rng, v, "works"), [])
    text = f"{kind}拆成{len(rows)}个20万元以下项目，同一施工单位"
    return stage.world.problem(v, "M50", text, rows, [])


@problem("M50")
def split_linked_related(stage: Stage, v: Village, rng: random.Random) -> bool:
    """A bundle: split, bidders linked with each other, and the winner a cadre's relative's."""
    kind, found = unused_kind(stage, v, rng, _SPLIT), relative(v, rng)
    if not kind or not found:
        return False
    c, kin, relation, record = found
    winner = stage.market.register(v, "works", kin, holders=[kin])
    other = stage.market.register(
        v, "works", outsider(rng, v), supervisor=kin, phone=winner["phone"]
    )
    loser = stage.market.pick(rng, v, "works")
    rows = _split(stage, v, rng, kind, winner["company"], [other["company"], loser])
    bids = [b for r in rows for b in r["bids"] if b["company"] != loser]
    text = f"拆分发包，投标人相互关联，中标企业由{c.post}的{relation}控制"
    return stage.world.problem(v, "M50 M52 M53", text, [*rows, *bids], [winner, other, record])


@innocent("M50")
def other_funds(stage: Stage, v: Village, rng: random.Random) -> bool:
    """The same kind of work from two funds approved in two documents, in two years."""
    kind = unused_kind(stage, v, rng, FRESH)
    if not kind:
        return False
    rows = [
        stage.work(
            v,
            rng,
            kind=kind,
            start=start,
            yuan=rng.randrange(155000, 196000),
            fund=fund,
            project=f"{v.name}{kind}工程{tail}",
            remark=f"{start.year}年度{fund}，批复文号不同",
        )
        for start, fund, tail in (
            (date(2023, 8, 20), FUNDS[0], ""),
            (date(2024, 3, 25), FUNDS[1], "(2024年)"),
        )
    ]
    return stage.world.innocent(v, "M50", "不同年度不同资金来源", rows, [])


@innocent("M50")
def emergency(stage: Stage, v: Village, rng: random.Random) -> bool:
    """A flood broke two culverts: emergency repair."""
    start = date(2023, 7, 28)
    rows = [
        stage.work(
            v,
            rng,
            kind=kind,
            start=start + timedelta(days=3 * i),
            yuan=rng.randrange(108000, 140000),
            fund="救灾应急资金",
            method="直接委托(应急)",
            losers=[],
            remark="7月强降雨水毁，镇政府批准应急抢修",
        )
        for i, kind in enumerate(("水毁桥涵抢修(村东)", "水毁桥涵抢修(村西)"))
    ]
    return stage.world.innocent(v, "M50", "应急抢修，已批准", rows, [])
