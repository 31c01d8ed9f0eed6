"""Cash below zero and voucher numbers (M37, M38)."""

import random

from ..rolls import months
from ..world import Record, Village
from .stage import Stage, innocent, problem, untouched


@problem("M37")
def cash_below_zero(stage: Stage, v: Village, rng: random.Random) -> bool:
    """A month's cash is paid out before any was drawn."""
    return _undrawn(stage, v, rng, "undrawn")


@innocent("M37")
def order_within_a_day(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Payment and withdrawal of one day stand in the wrong order."""
    return _undrawn(stage, v, rng, "drawn_after")


def _undrawn(stage: Stage, v: Village, rng: random.Random, flag: str) -> bool:
    books = stage.books(v)
    if not books or v.ledger == "list":
        return False
    used = books.undrawn_months
    month = rng.choice([m for m in months() if m not in used and (m.year, m.month) != (2023, 1)])
    books.undrawn_months = used | {month}
    entries = [
        r
        for r in stage.world.rows("ledger", v)
        if r["method"] == "现金"
        and r["flow"] == "out"
        and r["day"].replace(day=1) == month
        and not r["from_kept"]
    ]
    if not entries:
        return False
    first = min(r["day"] for r in entries)
    if flag == "drawn_after":
        entries = [
            books.enter(
                "out",
                first,
                140000,
                entries[0]["payee"],
                "付清淤用工工资11天",
                "labour",
                "现金",
                worker=True,
            ),
            *entries,
        ]
    for entry in entries:
        entry[flag] = True

    def note() -> None:
        low = [
            r
            for r in stage.world.rows("ledger", v)
            if r["cash_after"] < 0 and r["day"].replace(day=1) == month and not r.taken
        ]
        if low and flag == "undrawn":
            stage.world.problem(v, "M37", f"{month.year}年{month.month}月库存现金出现负数", low, [])
        elif low:
            stage.world.innocent(v, "M37", "同日凭证先后次序，日终不为负", low, [])

    stage.after.append(note)
    return True


def _middle(stage: Stage, v: Village, rng: random.Random) -> Record | None:
    rows = [
        r
        for r in untouched(stage.world.rows("ledger", v))
        if r["flow"] == "out"
        and 8 <= r["day"].day <= 22
        and r["method"] == "银行"
        and not r["numbered"]
    ]
    return rng.choice(rows) if rows else None


@problem("M38")
def number_missing(stage: Stage, v: Village, rng: random.Random) -> bool:
    """A voucher number is left out."""
    row = _middle(stage, v, rng)
    if not stage.books(v) or not row:
        return False
    _clear_month(stage, v, row)
    row["skip"], row.taken = rng.choice((1, 1, 2)), "problem"

    def note() -> None:
        same = _series(stage, v, row)
        i = same.index(row)
        rows = [r for r in same[max(0, i - 1) : i + 1] if r.taken != "lookalike"]
        text = f"{row['word']}字{row['no'] - row['skip']}号凭证缺号"
        stage.world.problem(v, "M38", text, rows, [])

    stage.after.append(note)
    return True


@problem("M38")
def number_twice(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Two unlike vouchers bear one number."""
    row = _middle(stage, v, rng)
    if not stage.books(v) or not row:
        return False
    _clear_month(stage, v, row)
    row["repeat_no"], row.taken = True, "problem"

    def note() -> None:
        same = [
            r for r in _series(stage, v, row) if r["no"] == row["no"] and r.taken != "lookalike"
        ]
        if same:
            stage.world.problem(v, "M38", f"{row['word']}字{row['no']}号重号", same, [])

    stage.after.append(note)
    return True


@innocent("M38")
def one_voucher_two_lines(stage: Stage, v: Village, rng: random.Random) -> bool:
    """Two lines of one voucher share its number."""
    row = _middle(stage, v, rng)
    books = stage.books(v)
    if not books or not row or v.ledger in ("journal", "both"):
        return False
    _clear_month(stage, v, row)
    twin = books.enter(
        "out",
        row["day"],
        books.amount(90, 400, row["payee"]),
        row["payee"],
        row["summary"] + "(运费)",
        row["account"],
        with_previous=True,
        order=2.2,
        remark="与上行为同一凭证",
    )
    row["order"] = 2.1
    for other in stage.world.rows("ledger", v):
        if other["day"] == row["day"] and other["flow"] == "out" and other not in (row, twin):
            other["order"] = 2.3
    return stage.world.innocent(v, "M38", "同一凭证两行明细", [row, twin], [])


@innocent("M38")
def number_void(stage: Stage, v: Village, rng: random.Random) -> bool:
    """A number is missing and the next row says it was cancelled."""
    row = _middle(stage, v, rng)
    if not stage.books(v) or not row:
        return False
    _clear_month(stage, v, row)
    row["skip"], row.taken = 1, "lookalike"

    def note() -> None:
        row["remark"] = f"{row['word']}字{row['no'] - 1}号凭证打印错误作废，已盖作废章留存"
        row["summary_note"] = f"({row['no'] - 1}号作废)"
        stage.world.innocent(v, "M38", "作废凭证有说明", [row], [])

    stage.after.append(note)
    return True


def _series(stage: Stage, v: Village, row: Record) -> list[Record]:
    return [
        r
        for r in stage.world.rows("ledger", v)
        if r["word"] == row["word"]
        and (r["day"].year, r["day"].month) == (row["day"].year, row["day"].month)
    ]


def _clear_month(stage: Stage, v: Village, row: Record) -> None:
    """No second story about numbers in the month."""
    for r in stage.world.rows("ledger", v):
        if (r["day"].year, r["day"].month) == (row["day"].year, row["day"].month):
            r["numbered"] = True
