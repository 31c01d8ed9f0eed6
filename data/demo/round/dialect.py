"""How one hand writes a file: its headings, dates, sums, numbers and small slips."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from . import ids
from .headings import HEADINGS
from .headings_acts import ACT_HEADINGS
from .headings_books import BOOK_HEADINGS
from .sheet import Cell
from .world import Record

MONEY = set(
    "amount income expense balance debit credit received out bank_in bank_out price annual due_sum "
    "paid_sum owed budget bid final paid offer cost capital rate monthly nursing living care"
    " b_in b_out b_bal c_in c_out c_bal gross net base own boss"
    " b_opening b_debit b_credit b_closing o_dr o_cr t_dr t_cr c_dr c_cr"
    " stake aid turnover surplus shared dividend land_sum crop total sum".split()
)
DATES = set(
    "day period since until died recorded entry leave registered founded closed start end signed "
    "decided filed applied opened accepted finish approved born bought updated issued expires paid_day".split()
)
NUMBERS = {"id_no", "head_id", "payee_id", "relative_id", "legal_id", "party_id"}
NAMES = {
    "name",
    "head",
    "payee",
    "relative",
    "owner",
    "legal",
    "party",
    "handler",
    "approver",
    "witness",
}
BOOK_KINDS = {"list", "journal", "cash", "bank", "contracts", "projects", "bids", "assets"}
PLACES = ("{}", "{}", "{}", "{short}", "{short}村委会", "{short}村民委员会")


@dataclass(frozen=True)
class Column:
    """A column: the field it shows and its heading path."""

    field: str
    path: tuple[str, ...]


def _chinese_year(day: date) -> str:
    return "".join("〇一二三四五六七八九"[int(c)] for c in str(day.year))


DATE_FORMS: dict[str, Callable[[date], Cell]] = {
    "cell": lambda d: d,
    "dot": lambda d: f"{d.year}.{d.month}.{d.day}",
    "dot0": lambda d: f"{d:%Y.%m.%d}",
    "dash": lambda d: f"{d:%Y-%m-%d}",
    "slash": lambda d: f"{d.year}/{d.month}/{d.day}",
    "plain": lambda d: f"{d:%Y%m%d}",
    "number": lambda d: int(f"{d:%Y%m%d}"),
    "chinese": lambda d: f"{d.year}年{d.month}月{d.day}日",
    "time": lambda d: f"{d:%Y-%m-%d} 00:00:00",
    "words": lambda d: f"{_chinese_year(d)}年{d.month}月{d.day}日",
}
MONTH_FORMS: tuple[Callable[[date], Cell], ...] = (
    lambda d: f"{d.year}年{d.month}月",
    lambda d: f"{d:%Y%m}",
    lambda d: f"{d:%Y-%m}",
    lambda d: int(f"{d:%Y%m}"),
)
_SLIPS = {
    "伟": "玮",
    "丽": "利",
    "芳": "方",
    "静": "婧",
    "红": "洪",
    "云": "芸",
    "凤": "風",
    "兰": "蘭",
    "国": "國",
}


class Dialect:
    """One file's habits, all drawn from its own generator."""

    def __init__(
        self, rng: random.Random, kind: str, stranger: int = 0, text: bool = False
    ) -> None:
        self.rng, self.kind, self.stranger, self.text = rng, kind, stranger, text
        self.date_form = rng.choice([f for f in DATE_FORMS if f not in ("words", "time")])
        self.month_form = rng.choice(MONTH_FORMS)
        self.sum_form = rng.choice(("number",) * 5 + ("comma", "text"))
        self.id_form = rng.choice(("plain",) * 6 + ("quote", "tab", "lower", "space"))
        if text and rng.random() < 0.35:
            self.id_form = "formula"
        self.name_form = rng.choice(("plain",) * 4 + ("half", "full"))
        self.card_form = rng.choice(("plain", "plain", "plain", "spaced"))
        self.phone_form = rng.choice(("plain", "plain", "plain", "spaced", "dashed"))
        self.place_form = rng.choice(PLACES)
        self.unit_wan = False
        self.mask_all = kind in ("relatives", "filing") and rng.random() < 0.3

    def columns(self, fields: list[str], groups: dict[str, str] | None = None) -> list[Column]:
        """Headings for fields; `groups` puts some of them under a common upper heading."""
        rare = set(self.rng.sample(fields, min(self.stranger, len(fields))))
        found = []
        for name in fields:
            usual, unusual = self._words(name)
            word = self.rng.choice(unusual if name in rare else usual)
            if self.unit_wan and name in MONEY and "（" not in word:
                word += self.rng.choice(("（万元）", "(万元)"))
            group = (groups or {}).get(name)
            found.append(Column(name, (group, word) if group else (word,)))
        return found

    def _words(self, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        tables = [ACT_HEADINGS, HEADINGS, BOOK_HEADINGS]
        if self.kind in BOOK_KINDS:
            tables.reverse()
        for key in (f"{self.kind}.{name}", name):
            for table in tables:
                if key in table:
                    return table[key]
        raise KeyError(f"no heading for {self.kind}.{name}")

    def place(self, name: str, three_way: bool = False) -> str:
        """A village as this hand writes it."""
        form = (
            self.rng.choice(("{}", "{short}", "{short}村委会", "{short}村"))
            if three_way
            else self.place_form
        )
        return form.format(name, short=name[:-1])

    def cell(self, field: str, value: Any, record: Record | None = None) -> Cell:
        """A value in this hand; planted rows get no damage, only manners."""
        if value is None or value == "":
            return ""
        calm = record is not None and bool(record.taken)
        if field in MONEY and not isinstance(value, str):
            return self.money(value)
        if field in DATES and isinstance(value, date):
            return self.day(field, value)
        if field in NUMBERS:
            return self.number(str(value), calm)
        if field in NAMES:
            return self.name(str(value), calm)
        if field == "card":
            return self.card(str(value), calm)
        if field == "phone":
            return self.phone(str(value), calm)
        return value  # type: ignore[no-any-return]

    def money(self, fen: int) -> Cell:
        """Fen as yuan or 万元."""
        if self.unit_wan:
            return round(fen / 1e6, 6)
        yuan = fen / 100
        if self.sum_form == "number" and self.rng.random() > 0.006:
            return int(yuan) if yuan == int(yuan) else yuan
        form = (
            self.sum_form
            if self.sum_form != "number"
            else self.rng.choice(("comma", "unit", "wide", "sign"))
        )
        if form == "unit":
            return f"{yuan:.2f}元"
        if form == "wide":
            return "".join(chr(ord(c) + 0xFEE0) if c in "0123456789." else c for c in f"{yuan:.2f}")
        if form == "sign":
            return f"￥{yuan:,.2f}" if yuan >= 0 else f"({-yuan:,.2f})"
        return f"{yuan:,.2f}" if form == "comma" else f"{yuan:.2f}"

    def day(self, field: str, value: date) -> Cell:
        """A day, or a month where the field is a pay period."""
        if field == "period":
            return self.month_form(value)
        form = self.date_form
        if self.rng.random() < 0.012:
            form = self.rng.choice(list(DATE_FORMS))
        return DATE_FORMS[form](value)

    def number(self, value: str, calm: bool) -> Cell:
        """An ID number; 15 digits, masks and destroyed cells occur in rows nobody planted."""
        draw = self.rng.random()
        if not calm and len(value) == 18:
            if draw < 0.004 and not value.endswith("X"):
                return "3.70161E+17" if self.text else float(int(value))
            if draw < 0.010 and value[6:8] == "19":
                return ids.old_id(value)
            if draw < 0.014:
                return ids.masked(value)
        if self.mask_all and len(value) == 18:
            return ids.masked(value)
        if draw > 0.985 and len(value) == 18 and value[6:8] == "19":
            return ids.old_id(value)
        if value.endswith("X") and draw > 0.95:
            value = value[:-1] + self.rng.choice("xＸ")
        if self.id_form == "quote":
            return "'" + value
        if self.id_form == "tab":
            return "\t" + value
        if self.id_form == "formula":
            return f'="{value}"'
        if self.id_form == "lower":
            return value.lower()
        if self.id_form == "space" and len(value) == 18:
            return f"{value[:6]} {value[6:14]} {value[14:]}"
        return value

    def name(self, value: str, calm: bool) -> Cell:
        """A name; two characters may be spread to align with three."""
        draw = self.rng.random()
        if not calm and draw < 0.004 and 2 <= len(value) <= 3:
            value = "".join(_SLIPS.get(c, c) for c in value)
        if len(value) == 2 and self.name_form != "plain":
            return value[0] + (" " if self.name_form == "half" else "　") + value[1]
        return value + ("　" if 0.004 < draw < 0.01 else "")

    def card(self, value: str, calm: bool) -> Cell:
        """A bank card, spaced by four or plain; now and then destroyed."""
        if not calm and self.rng.random() < 0.003:
            return "6.2319E+18" if self.text else float(int(value))
        if self.card_form == "spaced":
            return " ".join(value[i : i + 4] for i in range(0, len(value), 4))
        return value

    def phone(self, value: str, calm: bool) -> Cell:
        """A phone number, sometimes missing."""
        if not calm and self.rng.random() < 0.05:
            return self.rng.choice(("", "无", "/"))
        mark = {"spaced": " ", "dashed": "-"}.get(self.phone_form, "")
        return f"{value[:3]}{mark}{value[3:7]}{mark}{value[7:]}"
