"""How a township's clerks write: codes, summaries, days of booking, ways of paying."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from words import ACCOUNTS

OFF = {  # official days off by year (first, last), and weekend days worked instead
    2023: (
        ["0101-0102", "0121-0127", "0405-0405", "0429-0503", "0622-0624", "0929-1006"],
        "0128 0129 0423 0506 0625 1007 1008",
    ),
    2024: (
        ["0101-0101", "0210-0217", "0404-0406", "0501-0505", "0608-0610", "0915-0917", "1001-1007"],
        "0204 0218 0407 0428 0511 0914 0929 1012",
    ),
    2025: (
        ["0101-0101", "0128-0204", "0404-0406", "0501-0505", "0531-0602", "1001-1008"],
        "0126 0208 0427 0928 1011",
    ),
}


def day(year: int, monthday: str) -> date:
    return date(year, int(monthday[:2]), int(monthday[2:]))


def holidays(year: int) -> list[date]:
    """Every official holiday of the year, weekends inside them too."""
    found = []
    for span in OFF[year][0]:
        first, last = (day(year, part) for part in span.split("-"))
        found += [first + timedelta(n) for n in range((last - first).days + 1)]
    return found


REST = {d for year in OFF for d in holidays(year)}
MADE_UP = {day(year, part) for year, (_, worked) in OFF.items() for part in worked.split()}


def works(when: date) -> bool:
    return when in MADE_UP or (when not in REST and when.weekday() < 5)


def next_workday(when: date) -> date:
    while not works(when):
        when += timedelta(1)
    return when


@dataclass(frozen=True)
class Habit:
    """One township's way of keeping books."""

    tone: str  # terse, plain, wordy
    who: float  # share of summaries that name the payee
    quantity: float  # share of purchases whose summary gives the quantity
    quantity_form: int
    month_form: int
    codes: str  # new, old, switch, path, none
    booking: str  # daily, half, monthend
    batch_wages: bool  # one transfer for all wages
    cash: float  # share of small payments in cash
    short_names: bool  # the bank shows shortened counterparties
    withdrawals: bool  # cash drawn shows in the bank only
    fee_sums: bool  # bank fees booked once a quarter
    voids: float  # numbers left out a month


def habit_of(rng: Random) -> Habit:
    tone = rng.choice(["terse", "plain", "plain", "wordy"])
    return Habit(
        tone=tone,
        who={"terse": 0.05, "plain": 0.35, "wordy": 0.7}[tone] * rng.uniform(0.6, 1.3),
        quantity={"terse": 0.45, "plain": 0.85, "wordy": 0.92}[tone],
        quantity_form=rng.randrange(5),
        month_form=rng.randrange(4),
        codes=rng.choice(["new", "switch", "switch", "path", "none"]),
        booking=rng.choice(["daily", "half", "monthend"]),
        batch_wages=rng.random() < 0.5,
        cash=rng.choice([0.02, 0.1, 0.3]),
        short_names=rng.random() < 0.25,
        withdrawals=rng.random() < 0.35,
        fee_sums=rng.random() < 0.4,
        voids=rng.choice([0.0, 0.0, 0.0, 0.0, 0.15, 0.8]),
    )


CHINESE = "〇一二三四五六七八九"


def month_words(form: int, when: date) -> str:
    number = ["", *"一二三四五六七八九", "十", "十一", "十二"][when.month]
    return [
        f"{when.month}月份",
        f"{when.year}年{when.month}月",
        f"{number}月",
        f"{when.year}.{when.month:02d}",
    ][form]


def number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def quantity_words(form: int, what: str, quantity: tuple) -> str:
    count, unit, price = quantity
    count, price = number(count), number(price)
    return [
        f"{what}{count}{unit}×{price}元",
        f"{what}{count}{unit},单价{price}元",
        f"{what}{count}{unit}",
        f"{what}({count}{unit},每{unit}{price}元)",
        f"{count}{unit}{what}@{price}",
    ][form]


def say(
    rng: Random,
    habit: Habit,
    what: str,
    who: str,
    when: date,
    *,
    quantity=None,
    monthly=False,
    note="",
    goods=False,
) -> str:
    """One summary as this township's clerk writes it."""
    text = what
    if quantity and rng.random() < habit.quantity:
        text = quantity_words(habit.quantity_form, what, quantity)
    if monthly:
        text = month_words(habit.month_form, when) + text
    if habit.tone != "terse":
        verb = "购" if goods else rng.choice(["付", "付", "支"])
        text = verb + text
    if habit.tone == "wordy":
        text = (
            rng.choice(["", "经两委研究,", "按会议记录,"])
            + text
            + rng.choice(["", "一笔", "费用", ""])
        )
    if who and rng.random() < habit.who:
        text = rng.choice([f"{text}({who})", f"{who}{text}", f"{text}-{who}"])
    return f"{text}{rng.choice(['，', ' ', '（'])}{note}" if note else text


def account_of(habit: Habit, key: str, when: date) -> tuple[str | None, str]:
    new_code, new_name, old_code, old_name = ACCOUNTS[key]
    old = habit.codes == "old" or (habit.codes == "switch" and when.year < 2024)
    if habit.codes == "none":
        return None, new_name
    if habit.codes == "path":
        return new_code, {
            "513": "管理费用/",
            "514": "公益支出/",
            "511": "经营支出/",
            "515": "其他支出/",
        }.get(new_code[:3], "") + new_name
    return (old_code, old_name) if old else (new_code, new_name)
