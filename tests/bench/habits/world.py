"""An invented town: its villages, its people, and how an accountant's hand puts down a value."""

import datetime as dt
import random
from dataclasses import dataclass

TOWNS = {
    "柳河镇": ["前张村", "后李家庄", "石桥子村", "马家洼", "大槐树村"],
    "青山街道": ["西关社区", "北营村", "孙家疃", "石桥子村"],
}
SURNAMES = "张王李赵刘陈孙马周吴郑冯韩曹许邓彭曾萧田董袁潘蔡蒋余杜叶程魏"
GIVEN = "德玉秀桂长庆建国文志明永福春兰英华军红梅芳海涛伟丽娟强平安宝山林成云霞凤莲喜贵忠义"
DOUBLE = ("欧阳", "司马", "上官")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_DIGITS, _UNITS = "零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟")
DAMAGED = object()
"""The value was destroyed before it reached us: nothing may be read, and it must be said."""


@dataclass(frozen=True)
class Person:
    name: str
    id_no: str
    phone: str
    card: str
    born: dt.date
    sex: str


def person(chance: random.Random) -> Person:
    surname = chance.choice(DOUBLE) if chance.random() < 0.02 else chance.choice(SURNAMES)
    name = surname + "".join(chance.sample(GIVEN, 1 if chance.random() < 0.3 else 2))
    born = dt.date(chance.randint(1935, 2002), chance.randint(1, 12), chance.randint(1, 28))
    order = chance.randint(1, 999)
    first = f"37{chance.choice(('0123', '0181', '0983', '1423'))}{born:%Y%m%d}{order:03}"
    check = "10X98765432"[sum(w * int(d) for w, d in zip(_WEIGHTS, first, strict=True)) % 11]
    card = f"62{chance.choice(('2848', '3052', '1700'))}{chance.randrange(10**12):012}"
    double = [
        sum(divmod(2 * int(d), 10)) if at % 2 == 0 else int(d)
        for at, d in enumerate(reversed(card))
    ]
    card += str(-sum(double) % 10)
    phone = f"1{chance.choice(('35', '58', '86', '99'))}{chance.randrange(10**8):08}"
    return Person(name, first + check, phone, card, born, "男" if order % 2 else "女")


def capital(amount: int) -> str:
    """壹仟贰佰叁拾肆元整."""
    text, gap = "", False
    digits = str(amount)
    for at, digit in enumerate(digits):
        place = len(digits) - at - 1
        if digit == "0":
            gap = bool(text)
        else:
            text += ("零" if gap else "") + _DIGITS[int(digit)] + _UNITS[place % 4]
            gap = False
        if place == 4 and text:
            text, gap = text + "万", False
    return text + "元整"


def wide(text: str) -> str:
    return text.translate({i: i + 0xFEE0 for i in range(33, 127)})


DATES = {
    "dots": lambda d: f"{d.year}.{d.month}.{d.day}", "dots0": lambda d: f"{d:%Y.%m.%d}", "dash": lambda d: f"{d:%Y-%m-%d}",
    "slash": lambda d: f"{d.year}/{d.month}/{d.day}", "solid": lambda d: f"{d:%Y%m%d}", "solid number": lambda d: int(f"{d:%Y%m%d}"),
    "words": lambda d: f"{d.year}年{d.month}月{d.day}日", "real": lambda d: d, "no year": lambda d: f"{d.month}.{d.day}",
    "no year words": lambda d: f"{d.month}月{d.day}日", "serial": lambda d: (d - dt.date(1899, 12, 30)).days, "clock": lambda d: f"{d:%Y-%m-%d} 00:00:00",
    "short": lambda d: f"{d:%y.%m.%d}", "dash short": lambda d: f"{d.year}-{d.month}-{d.day}",
}  # fmt: skip
MONTHS = {
    "dots": lambda d: f"{d.year}.{d.month:02}", "words": lambda d: f"{d.year}年{d.month}月", "solid": lambda d: f"{d:%Y%m}",
    "dash": lambda d: f"{d:%Y-%m}", "month": lambda d: f"{d.month}月", "slash": lambda d: f"{d.year}/{d.month}",
}  # fmt: skip


class Hand:
    """One accountant's hand in one book: a manner for each kind of value, and slips now and then."""

    def __init__(
        self,
        chance: random.Random,
        *,
        text_only: bool = False,
        has_year: bool = True,
        year: int = 0,
    ) -> None:
        self.chance, self.text_only, self.year = chance, text_only, year
        dates = [
            k
            for k in DATES
            if (has_year or not k.startswith("no")) and not (text_only and k in ("serial",))
        ]
        self.date_manner, self.month_manner = chance.choice(dates), chance.choice(list(MONTHS))
        self.amount_manner = chance.choice(
            ("plain", "plain", "plain", "commas", "yuan", "two places")
        )
        self.name_gap = chance.choice(("", "", " ", "　"))
        self.id_manner = chance.choice(("text", "text", "apostrophe", "tab", "lower", "spaced"))

    def slip(self, share: float = 0.03) -> bool:
        return self.chance.random() < share

    def date(self, day):
        if self.slip(0.05) or (self.date_manner.startswith("no") and day.year != self.year):
            return DATES[self.chance.choice(("dots", "dash", "words", "solid", "slash"))](day)
        return DATES[self.date_manner](day)

    def month(self, day):
        return MONTHS[self.month_manner](day)

    def yuan(self, amount, unit=1.0):
        """Written in the unit of the column."""
        number = round(amount / unit, 6)
        if unit == 1.0 and self.slip(0.02) and amount == int(amount) and 0 < amount < 10**8:
            return self.chance.choice(
                (capital(int(amount)), wide(f"{amount:.2f}"), f"￥{amount:,.2f}", f" {amount:.2f} ")
            )
        if amount < 0:
            return self.chance.choice((number, f"({-number})", f"（{-number}）", f"-{-number}"))
        manner = self.amount_manner
        if manner == "commas":
            return f"{number:,.2f}" if unit == 1.0 else f"{number:,}"
        if manner == "yuan" and unit == 1.0:
            return (
                f"{number:g}元" if number == int(number) and number < 10**5 else f"{number:.2f}元"
            )
        return f"{number:.2f}" if manner == "two places" and unit == 1.0 else number

    def name(self, name):
        if len(name) == 2 and self.name_gap:
            name = name[0] + self.name_gap + name[1]
        return name + (self.chance.choice((" ", "　")) if self.slip() else "")

    def id_no(self, number):
        """(as written, what may be read of it)."""
        if self.slip(0.015):
            return (
                float(number[:15] + "000")
                if not self.text_only
                else f"{float(number[:17] + '0'):.5E}"
            ), DAMAGED
        if self.slip(0.015):
            return f"{number[:6]}********{number[-4:]}", f"{number[:6]}********{number[-4:]}"
        if self.slip(0.015):
            return self.chance.choice(("/", "无", "")), None
        if self.slip(0.02):
            return wide(number), number
        forms = {
            "text": number, "apostrophe": f"'{number}", "tab": f"\t{number}", "lower": number.lower(),
            "spaced": f"{number[:6]} {number[6:14]} {number[14:]}",
        }  # fmt: skip
        return forms[self.id_manner], number

    def card(self, number):
        if self.slip(0.015) and not self.text_only:
            return float(number[:15]) * 10.0 ** (len(number) - 15), DAMAGED
        groups = " ".join(number[at : at + 4] for at in range(0, len(number), 4))
        return (groups if self.slip(0.1) else number), number

    def phone(self, number):
        forms = (
            number,
            f"{number[:3]} {number[3:7]} {number[7:]}",
            f"{number[:3]}-{number[3:7]}-{number[7:]}",
            int(number),
        )
        return forms[0] if not self.slip(0.2) else self.chance.choice(forms)

    def group(self, number):
        return self.chance.choice(
            (f"{number}组", number, f"第{number}组", f"{'一二三四五六七八九'[number - 1]}组")
        )

    def mu(self, area):
        if self.slip(0.04) and round(area * 10) == area * 10 and area >= 1:
            whole, tenth = divmod(round(area * 10), 10)
            return f"{whole}亩{tenth}分" if tenth else f"{whole}亩"
        return f"{area}亩" if self.slip(0.03) else area
