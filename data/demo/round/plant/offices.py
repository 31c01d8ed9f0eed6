"""Posts and pay of village officials (M03, M04, M05, M06)."""

import random
from collections.abc import Callable
from datetime import date

from ..registers import employ
from ..world import Cadre, Record, Village
from .stage import Stage, cadre, innocent, problem

_CHIEF, _WATCH = "党支部书记、村委会主任", "村务监督委员会主任"


def _left(v: Village) -> Cadre | None:
    """The member who left in 2021, unless a story has him already."""
    gone = [c for c in v.cadres if c.until is not None and c.person.busy == "cadre"]
    for c in gone:
        c.person.busy = "cadre in a story"
        return c
    return None


def _pay(stage: Stage, v: Village, c: Cadre, rng: random.Random, count: int) -> list[Record]:
    books = stage.books(v)
    assert books is not None
    year, first = rng.choice((2023, 2024)), rng.randrange(2, 12 - count)
    amount = rng.choice((1350, 1580, 1760, 1920)) * 100
    return [
        books.enter(
            "out",
            date(year, month, 26),
            amount + 100 * month,
            c.person.name,
            f"付{month}月份村干部报酬",
            "wages",
        )
        for month in range(first, first + count)
    ]


@problem("M03")
def on_two_payrolls(stage: Stage, v: Village, rng: random.Random) -> bool:
    """An official in service is paid as a village cadre as well."""
    c = cadre(v, rng, "党支部副书记 村委会委员 党支部委员") if stage.books(v) else None
    if not c:
        return False
    job = employ(stage.world, rng, c.person, "在职", date(2012, 8, 1))
    rows = _pay(stage, v, c, rng, rng.randrange(3, 6))
    text = f"{c.post}在财政供养单位任职期间同时领取村级报酬"
    return stage.world.problem(v, "M03", text, [*rows, job], [c.record])


@innocent("M03")
def retired_then_elected(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Left the payroll before; the village pay is the only one."""
    c = cadre(v, rng, "党支部副书记 村委会委员 党支部委员") if stage.books(v) else None
    if not c:
        return False
    job = employ(stage.world, rng, c.person, "退出", date(2001, 8, 1), date(2017, 7, 1))
    rows = _pay(stage, v, c, rng, 3)
    return stage.world.innocent(v, "M03", "已退出财政供养后任村干部", rows, [job, c.record])


@problem("M04")
def paid_after_leaving(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Somebody who left in 2021 is still on the monthly pay."""
    c = _left(v) if stage.books(v) else None
    if not c:
        return False
    rows = _pay(stage, v, c, rng, rng.randrange(3, 6))
    return stage.world.problem(v, "M04", f"离任后仍领{len(rows)}个月村干部报酬", rows, [c.record])


@innocent("M04")
def arrears_or_pension(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Arrears from the time in office, or the allowance for those who left."""
    books = stage.books(v)
    c = _left(v) if books else None
    if not c or not books:
        return False
    why, summary = rng.choice(
        (
            ("补发在任时欠发的报酬", "补发2021年1-2月村干部报酬"),
            ("按政策发放的离任村干部补助", "发放离任村干部生活补助"),
            ("离任后出工的用工工资", "付栽植苗木用工工资"),
        )
    )
    row = books.enter(
        "out",
        date(rng.choice((2023, 2024)), rng.randrange(2, 12), 17),
        books.amount(500, 2400, c.person.name),
        c.person.name,
        summary,
        "wages",
    )
    return stage.world.innocent(v, "M04", why, [row], [c.record])


def _declare(stage: Stage, v: Village, of: Cadre, who: Cadre, relation: str) -> Record:
    return stage.world.add(
        "relatives",
        v,
        name=of.person.name,
        id_no=of.person.number,
        post=of.post,
        relative=who.person.name,
        relative_id=who.person.number,
        relation=relation,
        work="村务监督委员会",
        person=who.person,
    )


def _pair(v: Village, post: str) -> tuple[Cadre, Cadre] | None:
    """The supervisor and the serving holder of `post`, neither in a story yet."""
    both = [c for c in v.cadres if c.until is None and c.post in (post, _WATCH)]
    if len(both) != 2 or any(c.person.busy != "cadre" for c in both):
        return None
    for c in both:
        c.person.busy = "cadre in a story"
    watch, other = sorted(both, key=lambda c: c.post != _WATCH)
    return watch, other


@problem("M05")
def supervisor_is_brother(stage: Stage, v: Village, rng: random.Random) -> bool:
    """The chairman of the supervisors is a near relative of the village head."""
    found = _pair(v, _CHIEF)
    if not found:
        return False
    watch, chief = found
    relation = rng.choice(("弟弟", "妻弟", "女婿", "哥哥"))
    row = _declare(stage, v, chief, watch, relation)
    text = f"监委会主任是村主任的{relation}"
    return stage.world.problem(v, "M05", text, [row], [watch.record, chief.record])


@innocent("M05")
def distant_or_party_only(stage: Stage, v: Village, rng: random.Random) -> bool:
    """A cousin of the head, or a brother of somebody on the party committee only."""
    near = rng.random() < 0.5
    found = _pair(v, "党支部委员" if near else _CHIEF)
    if not found:
        return False
    watch, other = found
    relation = "弟弟" if near else rng.choice(("堂弟", "表弟", "堂兄"))
    row = _declare(stage, v, other, watch, relation)
    why = "只与党支部委员有亲属关系" if near else "堂表亲不属于近亲属"
    return stage.world.innocent(v, "M05", why, [row], [watch.record, other.record])


def _sign_one_year(
    stage: Stage,
    v: Village,
    rng: random.Random,
    most: int,
    tell: Callable[[int, list[Record]], None],
) -> bool:
    """Once the books are full, the approver handles up to `most` payments of a year; `tell` files them."""
    if v.ledger not in ("list", "split") or v.busy_signing:
        return False
    v.busy_signing = True
    year = rng.choice((2023, 2024))

    def close() -> None:
        books = stage.books(v)
        assert books is not None
        rows = [
            r
            for r in stage.world.rows("ledger", v)
            if r["flow"] == "out" and r["day"].year == year and not r.taken and not r["skip"]
        ][:most]
        for r in rows:
            r["handler"] = books.approver
        tell(year, rows)

    stage.after.append(close)
    return True


@problem("M06")
def approver_handles_all(stage: Stage, v: Village, rng: random.Random) -> bool:
    """A year in which whoever approves has also handled nearly everything."""

    def tell(year: int, rows: list[Record]) -> None:
        stage.world.problem(v, "M06", f"{year}年经办与审批几乎全是同一人", rows, [])

    return _sign_one_year(stage, v, rng, 400, tell)


@innocent("M06")
def signs_now_and_then(stage: Stage, v: Village, rng: random.Random) -> bool:
    """The approver handled four errands himself."""

    def tell(year: int, rows: list[Record]) -> None:
        stage.world.innocent(v, "M06", "偶尔由审批人经办", rows, [])

    return _sign_one_year(stage, v, rng, 4, tell)
