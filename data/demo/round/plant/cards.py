"""Several people on one card (M15)."""

import random
from datetime import date

from .. import ids
from ..people import lone, pick
from ..rolls import RELIEF_RATE, pay, quarters
from ..world import Person, Village
from .stage import Stage, innocent, problem, relative, untouched


@problem("M15")
def elders_on_one_card(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Payments of two or three unrelated people go to a relative's or neighbour's card."""
    found = relative(v, rng, outside=rng.random() < 0.7) if rng.random() < 0.6 else None
    holder = found[1] if found else pick(v, rng, "holds others' cards", 30, 60)
    rows = untouched(stage.world.rows("gaoling", v)) + untouched(stage.world.rows("tekun", v))
    people = list(dict.fromkeys(r["person"] for r in rows if not r["person"].died))
    people = [p for p in people if holder and p.household is not holder.household]
    if not holder or len(people) < 2:
        return False
    chosen = rng.sample(people, min(len(people), rng.choice((2, 2, 3))))
    moved = [r for r in rows if r["person"] in chosen and r["period"] >= date(2024, 1, 1)]
    visible = rng.random() < 0.6
    for row in moved:
        row["card"] = holder.card
        if visible:
            row.values.update(payee=holder.name, payee_id=holder.number)
    who = f"{found[0].post}的{found[2]}" if found else "同村一名村民"
    text = f"{len(chosen)}名非同户老人的补贴打入{who}的卡"
    return bool(moved) and stage.world.problem(v, "M15", text, moved, [found[3]] if found else [])


@innocent("M15")
def guardian(stage: Stage, v: Village, rng: random.Random) -> bool:
    """A guardian receives for somebody who cannot."""
    rows = untouched(stage.world.rows("canji", v))
    holder = pick(v, rng, "guardian", 28, 62)
    if not rows or not holder:
        return False
    someone = rng.choice(rows)["person"]
    moved = [r for r in rows if r["person"] is someone]
    word = rng.choice(("监护人代领", "精神残疾，监护人领取", "法定监护人账户"))
    for row in moved:
        row.values.update(card=holder.card, payee=holder.name, payee_id=holder.number, remark=word)
    return stage.world.innocent(v, "M15", "监护人代领，备注载明", moved, [])


@innocent("M15")
def family_card(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Husband and wife share a passbook."""
    rows = [
        r
        for r in untouched(stage.world.rows("gaoling", v))
        if not r["person"].died and r["person"].household and len(r["person"].household.people) > 1
    ]
    if not rows:
        return False
    someone: Person = rng.choice(rows)["person"]
    assert someone.household is not None
    mate = next(p for p in someone.household.people if p is not someone)
    moved = [r for r in rows if r["person"] is someone]
    for row in moved:
        row.values.update(card=mate.card, payee=mate.name, payee_id=mate.number)
    own = [r for r in stage.world.rows("gaoling", v) if r["person"] is mate]
    return stage.world.innocent(v, "M15", "同户家庭成员的卡", moved, own[:1])


@innocent("M15")
def care_home(stage: Stage, v: Village, rng: random.Random) -> bool:
    """People in the care home are paid through its collective account."""
    people = [p for _ in range(2) if (p := lone(v, rng, "care home", 62, 88))]
    if len(people) < 2:
        return False
    home = f"{v.town}中心敬老院"
    card = ids.bank_card(stage.world.rng("home", v.town), "623000")
    rows = [
        pay(
            stage.world,
            "tekun",
            p,
            q,
            3 * (RELIEF_RATE["A"][q.year - 2023] * 13 // 10) + 72000,
            way="集中供养",
            care=72000,
            ability="半失能",
            since=date(2019, 5, 1),
            card=card,
            remark="集中供养，拨付敬老院账户",
        )
        for p in people
        for q in quarters()
    ]
    for row in rows:
        row.values.update(payee=home, payee_id="")
    return stage.world.innocent(v, "M15", "敬老院集体账户", rows, [])
