"""How a clerk writes a date, a sum, an ID or a name: one Habit per book, with dirt that never hides a planted fact."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

from names import old_form
from records import Rec

DAY_FORMS = ("dot", "dot0", "dash", "slash", "cn", "compact", "real")
MONEY_FORMS = ("num", "num", "num", "comma", "yen", "text")
ID_FORMS = ("plain", "plain", "apos", "tab")
DIGITS_CN = "〇一二三四五六七八九"


# variant, traditional and same-sound characters a typist produces (only where the ID stands beside the name)
SLIPS = {
    "兰": "蘭",
    "峰": "峯",
    "国": "囯",
    "燕": "艳",
    "平": "萍",
    "军": "君",
    "红": "洪",
    "闫": "阎",
    "华": "華",
    "张": "張",
    "陈": "陳",
    "立": "丽",
    "志": "智",
    "永": "勇",
}


def day_text(d: date, form: str) -> Any:
    """One date in one of the forms seen in villages."""
    if form == "real":
        return d
    if form == "cn":
        return f"{d.year}年{d.month}月{d.day}日"
    if form == "dot":
        return f"{d.year}.{d.month}.{d.day}"
    if form == "dot0":
        return f"{d.year}.{d.month:02d}.{d.day:02d}"
    if form == "dash":
        return f"{d.year}-{d.month:02d}-{d.day:02d}"
    if form == "compact":
        return f"{d:%Y%m%d}"
    if form == "hour":
        return f"{d:%Y-%m-%d} 00:00:00"
    return f"{d.year}/{d.month}/{d.day}"


class Habit:
    """The writing habits of whoever made one book."""

    def __init__(
        self, rng: random.Random, day: str = "", money: str = "", ids: str = "", mess: float = 0.02
    ) -> None:
        self.rng, self.mess = rng, mess
        self.day_form = day or rng.choice(DAY_FORMS)
        self.money_form = money or rng.choice(MONEY_FORMS)
        self.id_form = ids or rng.choice(ID_FORMS)

    def day(self, d: date | None) -> Any:
        if not d:
            return ""
        if self.day_form != "real" and self.rng.random() < self.mess:
            return day_text(d, self.rng.choice(("dot", "dash", "slash", "cn")))
        return day_text(d, self.day_form)

    def yuan(self, amount: float | str | None) -> Any:
        if amount is None or amount == "":
            return ""
        value = round(float(amount), 2)
        form = self.money_form
        if form == "comma":
            return f"{value:,.2f}"
        if form == "yen":
            return f"￥{value:,.2f}"
        if form == "text" and value == int(value):
            return f"{int(value)}元"
        return int(value) if value == int(value) else value

    def wan(self, amount: float | str | None) -> Any:
        return "" if amount in (None, "") else round(float(amount) / 10000, 4)

    def idno(self, id_no: str, rec: Rec) -> Any:
        if not id_no:
            return ""
        roll = self.rng.random()
        if not rec.tagged and roll < self.mess:
            return self._destroyed(id_no)
        if id_no.endswith("X") and roll < 0.4:
            id_no = id_no[:-1] + self.rng.choice(("x", "Ｘ", "×"))
        elif roll > 1 - self.mess:
            return f"{id_no[:6]} {id_no[6:14]} {id_no[14:]}"
        elif not rec.tagged and id_no[6:10] < "1978" and roll > 1 - 2 * self.mess:
            return old_form(id_no)
        return {"apos": "'" + id_no, "tab": "\t" + id_no, "eq": f'="{id_no}"'}.get(
            self.id_form, id_no
        )

    def _destroyed(self, id_no: str) -> Any:
        if not id_no[:17].isdigit():
            return mask(id_no)
        return self.rng.choice(
            (float(id_no[:15] + "000"), f"{id_no[0]}.{id_no[1:6]}E+17", mask(id_no))
        )

    def name(self, name: str, rec: Rec) -> str:
        roll = self.rng.random()
        if len(name) == 2 and roll < 0.35:
            return name[0] + self.rng.choice((" ", "　")) + name[1]
        if roll > 1 - self.mess:
            return name + self.rng.choice((" ", "　"))
        if not rec.tagged and roll > 1 - 1.4 * self.mess:
            return "".join(SLIPS.get(c, c) for c in name)
        return name

    def phone(self, phone: str) -> str:
        if phone and self.rng.random() < 4 * self.mess:
            return self.rng.choice(
                (f"{phone[:3]} {phone[3:7]} {phone[7:]}", f"{phone[:3]}-{phone[3:7]}-{phone[7:]}")
            )
        return phone

    def card(self, card: str) -> str:
        if card and self.rng.random() < 6 * self.mess:
            return " ".join(card[i : i + 4] for i in range(0, len(card), 4))
        return card

    def group(self, number: int) -> Any:
        return {
            "num": number,
            "n": f"{number}组",
            "cn": f"{DIGITS_CN[number]}组",
            "full": f"第{DIGITS_CN[number]}村民小组",
        }[self.rng.choice(("n", "n", "cn", "full", "num"))]


def mask(id_no: str) -> str:
    """The commonest mask: first six and last four stay."""
    return id_no[:6] + "********" + id_no[-4:]


def chinese_sum(amount: float) -> str:
    """An amount in capital characters, for receipt lines."""
    digits, units = "零壹贰叁肆伍陆柒捌玖", ["", "拾", "佰", "仟", "万", "拾", "佰"]
    text = ""
    for i, c in enumerate(reversed(str(int(amount)))):
        text = (digits[int(c)] + units[i] if c != "0" else ("万" if i == 4 else "零")) + text
    while "零零" in text:
        text = text.replace("零零", "零")
    return text.rstrip("零").replace("零万", "万") + "元整"
