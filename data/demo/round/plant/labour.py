"""Labour lists and slips of paper instead of invoices (M35)."""

import random
from datetime import date, timedelta

from ..holdings import day_labour
from ..world import Person, Record, Village
from .payments import some_day
from .stage import Stage, innocent, problem


def dead(v: Village, rng: random.Random, before: date = date(2024, 7, 1)) -> Person | None:
    """Somebody who died in time, whose name nobody shares and no story uses."""
    names = [p.name for p in v.people]
    free = [
        p
        for p in v.people
        if p.busy == "dead" and p.died and p.died < before and names.count(p.name) == 1
    ]
    if not free:
        return None
    someone = rng.choice(free)
    someone.busy = "dead worker"
    return someone


def _told(stage: Stage, v: Village, someone: Person) -> list[Record]:
    return [r for r in stage.world.rows("deaths", v) if r["person"] is someone]


@problem("M35")
def dead_on_labour_list(stage: Stage, v: Village, rng: random.Random) -> bool:
    """The list of day labour has somebody who died months before."""
    someone = dead(v, rng)
    if not someone or not someone.died:
        return False
    first = someone.died + timedelta(days=rng.randrange(75, 130))
    rows = [
        day_labour(stage.world, rng, v, someone, first + timedelta(days=9 * i), task)
        for i, task in enumerate(rng.sample(("清理河道", "搬运树苗", "刷写墙面"), 2))
    ]
    return stage.world.problem(v, "M35", "去世数月后仍在用工名单", rows, _told(stage, v, someone))


@innocent("M35")
def settled_after_death(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Work done in life is settled with the family."""
    books = stage.books(v)
    someone = dead(v, rng) if books else None
    if not books or not someone or not someone.died:
        return False
    late = rng.random() < 0.5
    row = books.enter(
        "out",
        someone.died + timedelta(days=95 if late else 20),
        books.amount(260, 690, someone.name),
        someone.name,
        "付生前清理河道务工费（家属代领）" if late else "付清理河道务工费",
        "labour",
        "现金",
        worker=True,
    )
    return stage.world.innocent(v, "M35", "生前出工，去世后结算", [row], _told(stage, v, someone))


@problem("M35")
def paid_on_a_slip(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Goods worth thousands on a handwritten slip."""
    books = stage.books(v)
    if not books or v.ledger not in ("list", "split"):
        return False
    shop = books.fresh(rng, "trade")
    row = books.enter(
        "out",
        some_day(rng),
        books.amount(2300, 6800, shop),
        shop,
        rng.choice(("购路沿石款", "购潜水泵款", "购防护网款")),
        "repair",
        slip="白条",
        remark="未取得发票",
    )
    return stage.world.problem(v, "M35", "大额支出以白条入账", [row], [])


@innocent("M35")
def slip_for_day_labour(stage: Stage, v: Village, rng: random.Random) -> bool:
    """A handwritten receipt for a day's work, or an invoice that came later."""
    books = stage.books(v)
    if not books or v.ledger not in ("list", "split") or not books.workers:
        return False
    if rng.random() < 0.5:
        someone = books.worker()
        row = books.enter(
            "out",
            some_day(rng),
            books.amount(520, 880, someone.name),
            someone.name,
            "付清扫积雪用工工资",
            "labour",
            "现金",
            slip="手写领条",
            worker=True,
        )
        return stage.world.innocent(v, "M35", "零星用工的自制领条", [row], [])
    shop = books.fresh(rng, "trade")
    row = books.enter(
        "out",
        some_day(rng),
        books.amount(900, 1900, shop),
        shop,
        "购消防水带款",
        "repair",
        slip="收条",
        remark="发票后补，已补附发票",
    )
    return stage.world.innocent(v, "M35", "发票已补附", [row], [])
