"""What each kind of table needs after its columns are read: which function, and which values it looks at."""

from __future__ import annotations

import datetime as dt
from typing import Any

from xuncha_lib.ingest import special
from xuncha_lib.ingest.coded import combine
from xuncha_lib.ingest.context import Context, Period
from xuncha_lib.ingest.frame import Frame, Values

_PURSES = tuple(
    f"+{purse}_{side}" for purse in ("cash", "bank") for side in ("receipt", "payment", "balance")
)
_BOOKS = ("cashbook", "voucher", "cash_journal")
_SIDES = ("+opening_debit", "+opening_credit", "+closing_debit", "+closing_credit")


def specialise(frame: Frame, context: Context, period: Period) -> None:
    """Every change that depends on one row only, in their fixed order."""
    table = frame.plan.table
    name = table.name
    if frame.has("+amount") and (spec := table.recognise.get("signed")):
        frame.apply(
            lambda v, e: special.signed(table, v, e, context), ("+amount", "+side", *spec["sides"])
        )
    if name == "cashbook" and frame.has(*_PURSES):
        own = ("receipt_yuan", "payment_yuan", "balance_yuan", "method")
        frame.apply(special.two_purses, (*_PURSES, *own))
    if name in _BOOKS and frame.has("voucher_no"):
        frame.apply(lambda v, _: special.voucher_number(v), ("voucher_no", "voucher_word"))
    if name in _BOOKS and frame.has("+account_upper", "+account_lower"):
        frame.apply(special.account_path, ("+account_upper", "+account_lower", "account_name"))
    if name != "subsidy":
        _spans(frame)
    if frame.has("starts_on") and frame.has("ends_on"):
        frame.apply(lambda v, _: special.period_in_order(v), ("starts_on", "ends_on"))
    _by_kind(frame, context, period)


def _spans(frame: Frame) -> None:
    """A term in one column, as its first and last day."""
    for key, (start, end) in frame.plan.table.recognise.get("period", {}).items():
        if frame.has(f"+{key}"):

            def spread(
                values: Values, extras: Values, key: str = key, ends: Any = (start, end)
            ) -> None:
                if isinstance(extras.get(key), tuple):
                    for name, day in zip(ends, extras[key], strict=True):
                        values.setdefault(name, day)

            frame.apply(spread, (f"+{key}", start, end))


def _by_kind(frame: Frame, context: Context, period: Period) -> None:
    name = frame.plan.table.name
    if name == "trial_balance":
        if frame.has(*_SIDES):
            frame.apply(special.balance_sides, (*_SIDES, "opening_yuan", "closing_yuan", "side"))
        if period.grain:
            month = (period.end or dt.date.min).replace(day=1)
            frame.apply(
                lambda v, _: v.update(period_on=v.get("period_on") or month), ("period_on",)
            )
    elif name == "subsidy":
        times = ("paid_on", "period_from", "period_to")
        reads = ("programme", *times, "approved_on", "applied_on", "finished_on", "+term", "+year")
        frame.apply(lambda v, e: special.subsidy(v, e, context, period), reads)
        if frame.has("+hire"):
            frame.apply(special.hired, (*times, "+hire", "hired_on", "hired_until"))
        if frame.has("living_yuan", "care_yuan"):
            parts = ("living_yuan", "care_yuan", "amount_yuan", "+pivot_sum")
            frame.apply(special.both_parts, parts)
        _main_person(frame)
    elif name == "committee" and frame.has("+party_post", "+committee_post"):
        frame.apply(special.post_of, ("post", "+party_post", "+committee_post"))
    elif name == "contract" and frame.has("+area_unit"):
        frame.apply(special.area_by_unit, ("+area_unit", "area_mu", "area_m2"))
    elif name == "wage" and period.grain == "month":
        frame.apply(
            lambda v, _: v.update(month_on=v.get("month_on") or period.start), ("month_on",)
        )
    elif name == "payroll":
        kind = special.list_kind(context)
        frame.apply(lambda v, _: v.update(list_kind=kind), ())


def _main_person(frame: Frame) -> None:
    """A roll that names only a household head or a payee pays that person."""
    if "name" in frame.plan.roles.get("beneficiary", {}):
        return
    for role in ("head", "payee"):
        whose = frame.people.get(role)
        if whose is None:
            continue
        own = frame.people.get("beneficiary")
        frame.people["beneficiary"] = whose if own is None else frame.either(own, whose)


def term_text(frame: Frame) -> None:
    """The term of a contract as written, where it is no date."""
    plan = frame.plan
    told = [n for n in ("ends_on", "term_years") if n in plan.columns]
    places = [plan.columns[n][0] for n in told]
    if "term" in plan.extras:
        places.append(plan.extras["term"][0])
    if not places:
        return
    both = combine([*(frame.values[n] for n in told), *(frame.cells[at] for at in places)])

    def text(cells: tuple[Any, ...]) -> str | None:
        values: dict[str, Any] = {n: x for n, x in zip(told, cells, strict=False) if x is not None}
        special.term_text(values, plan, dict(zip(places, cells[len(told) :], strict=True)))
        found: str | None = values.get("term_text")
        return found

    frame.values["term_text"] = both.map(text)
