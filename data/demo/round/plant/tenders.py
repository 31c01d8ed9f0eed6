"""Projects: split, linked bidders, related builders, payments ahead (M50, M52, M53, M54)."""

import random
from datetime import date, timedelta

from ..people import namesake
from ..registers import outsider
from ..world import Village
from .stage import Stage, innocent, problem, relative

FRESH = (
    "老年活动中心",
    "河道护坡",
    "卫生室改造",
    "村史馆修缮",
    "停车场建设",
    "塘坝维修",
    "太阳能路灯",
    "果品交易棚",
    "垃圾中转房",
)


def unused_kind(stage: Stage, v: Village, rng: random.Random, pool: tuple[str, ...]) -> str:
    used = {r["kind"] for r in stage.world.rows("projects", v)}
    free = [k for k in pool if not any(k[:2] == u[:2] for u in used)]
    return rng.choice(free) if free else ""


def some_start(rng: random.Random) -> date:
    return date(2023, 3, 1) + timedelta(days=rng.randrange(420))


@problem("M52")
def linked_bidders(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Two bidders share a legal person, shareholder, supervisor, phone or address."""
    kind = unused_kind(stage, v, rng, FRESH)
    if not kind:
        return False
    boss, how = outsider(rng, v), rng.choice(("legal", "holder", "supervisor", "phone", "address"))
    first = stage.market.register(v, "works", boss)
    other_boss = boss if how == "legal" else outsider(rng, v)
    second = stage.market.register(
        v,
        "works",
        other_boss,
        holders=[other_boss, boss] if how == "holder" else None,
        supervisor=boss if how == "supervisor" else None,
    )
    if how in ("phone", "address"):
        second[how] = first[how]
    third = stage.market.pick(rng, v, "works")
    row = stage.work(
        v,
        rng,
        kind=kind,
        start=some_start(rng),
        winner=first["company"],
        losers=[second["company"], third],
    )
    bids = [b for b in row["bids"] if b["company"] != third]
    word = {
        "legal": "法定代表人",
        "holder": "股东",
        "supervisor": "监事",
        "phone": "联系电话",
        "address": "住所",
    }[how]
    return stage.world.problem(v, "M52", f"两家投标单位{word}相同", bids, [first, second, row])


@innocent("M52")
def bidders_namesakes(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Two bidders' legal persons share a name, not an ID."""
    kind = unused_kind(stage, v, rng, FRESH)
    if not kind:
        return False
    boss, twin = outsider(rng, v), outsider(rng, v)
    twin.name = boss.name
    firms = [stage.market.register(v, "works", p) for p in (boss, twin)]
    row = stage.work(
        v,
        rng,
        kind=kind,
        start=some_start(rng),
        winner=firms[0]["company"],
        losers=[firms[1]["company"], stage.market.pick(rng, v, "works")],
    )
    bids = [b for b in row["bids"] if b["company"] in {f["company"] for f in firms}]
    return stage.world.innocent(v, "M52", "法定代表人同名，身份证号不同", bids, firms)


@innocent("M52")
def linked_but_apart(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Two firms of one owner bid for different projects."""
    kinds = [k for k in FRESH if k == unused_kind(stage, v, rng, (k,))]
    if len(kinds) < 2:
        return False
    boss = outsider(rng, v)
    firms = [stage.market.register(v, "works", boss) for _ in range(2)]
    rows = [
        stage.work(
            v,
            rng,
            kind=kind,
            start=start,
            winner=firm["company"],
        )
        for kind, firm, start in zip(
            kinds, firms, (date(2023, 4, 8), date(2024, 2, 26)), strict=False
        )
    ]
    bids = [b for r in rows for b in r["bids"] if b["won"] == "是"]
    return stage.world.innocent(v, "M52", "关联企业未参加同一项目投标", bids, firms)


@problem("M53")
def builder_is_kin(stage: Stage, v: Village, rng: random.Random) -> bool:
    """The winner belongs to a cadre's relative."""
    kind, found = unused_kind(stage, v, rng, FRESH), relative(v, rng, outside=rng.random() < 0.7)
    if not kind or not found:
        return False
    c, kin, relation, record = found
    legal = rng.random() < 0.6
    boss = kin if legal else outsider(rng, v)
    firm = stage.market.register(v, "works", boss, holders=[kin] if legal else [boss, kin])
    row = stage.work(
        v,
        rng,
        kind=kind,
        start=some_start(rng),
        winner=firm["company"],
    )
    people = [r for r in stage.world.rows("firm_people", v) if r["firm"] is firm]
    return stage.world.problem(
        v,
        "M53",
        f"中标企业由{c.post}的{relation}{'任法定代表人' if legal else '持股'}",
        [row],
        [firm, *people[:2], record],
    )


@innocent("M53")
def builder_namesake(stage: Stage, v: Village, rng: random.Random) -> bool:
    """The builder shares a relative's name."""
    kind, found = unused_kind(stage, v, rng, FRESH), relative(v, rng)
    if not kind or not found:
        return False
    _, kin, _, record = found
    twin = namesake(v, rng, kin)
    firm = stage.market.register(v, "works", twin, holders=[twin])
    row = stage.work(
        v,
        rng,
        kind=kind,
        start=some_start(rng),
        winner=firm["company"],
    )
    return stage.world.innocent(v, "M53", "法定代表人与干部亲属同名不同人", [row], [firm, record])


@problem("M54")
def paid_too_much(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Paid above contract or settlement, or before signing, or in full before acceptance."""
    kind = unused_kind(stage, v, rng, FRESH)
    if not kind:
        return False
    how = rng.choice(("above", "above", "early", "before"))
    plan = {
        "above": ((0.4, 12), (0.37, 60), (rng.uniform(0.35, 0.45), 150)),
        "early": ((0.48, 10), (0.52, 24)),
        "before": ((0.3, -25), (0.4, 45), (0.27, 140)),
    }[how]
    start = date(2023, 3, 1) + timedelta(days=rng.randrange(330))
    more = {"finish": start + timedelta(days=70), "accepted": start + timedelta(days=95)}
    row = stage.work(
        v,
        rng,
        kind=kind,
        start=start,
        paid_plan=plan,
        **more,
    )
    if how == "above":
        row["remark"] = ""
    elif len(row["payments"]) < len(plan):
        row["paid"] = round(row["price"] * 1.12)
        how = "above"
    text = {
        "above": "累计付款超过合同价和结算价",
        "early": "验收前已付清全部价款",
        "before": "合同签订前即付款",
    }[how]
    rows = [row] if how == "above" else [row, *row["payments"][:2]]
    return stage.world.problem(
        v, "M54", text, rows, row["payments"][2:] if how != "above" else row["payments"]
    )


@innocent("M54")
def advance_clause(stage: Stage, v: Village, rng: random.Random) -> bool:
    """The contract allows an advance."""
    kind = unused_kind(stage, v, rng, FRESH)
    if not kind:
        return False
    row = stage.work(
        v,
        rng,
        kind=kind,
        start=some_start(rng),
        paid_plan=((0.5, -3), (0.3, 70), (0.17, 150)),
        remark="合同约定开工前预付50%材料款",
    )
    return stage.world.innocent(v, "M54", "合同约定预付款", [row], row["payments"][:1])


@innocent("M54")
def voted_extra(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Extra length was voted and signed as a supplement; the settlement covers it."""
    kind = unused_kind(stage, v, rng, FRESH)
    if not kind:
        return False
    row = stage.work(
        v,
        rng,
        kind=kind,
        start=date(2023, 4, 6),
        paid_plan=((0.42, 12), (0.39, 60), (0.26, 150)),
        remark="增加工程量经村民代表会议议定，签订补充协议，结算已审计",
    )
    row["final"] = round(row["price"] * 1.085)
    return stage.world.innocent(v, "M54", "补充协议增加工程量，未超审定价", [row], row["payments"])
