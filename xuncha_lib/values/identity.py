"""Who a cell names: resident ID numbers (GB 11643), personal names, phones, bank cards."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from operator import mul

from xuncha_lib.values.cells import EMPTY_WORDS, Cell, cell_text, fold, without_slips

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_EIGHTEEN = re.compile(r"^\d{17}[\dX]$")
_SCIENTIFIC = re.compile(r"^(\d)\.(\d+)E\+?(\d{2})$")
_LOOKALIKE = str.maketrans("OoQIlBSZ", "00011852")


@dataclass(frozen=True, slots=True)
class IdNumber:
    """An ID number as written. state: valid, old15, check_failed, masked, damaged, missing, other.

    number : 18 characters, or "" when it cannot be told.   mask : what is known of it, `*` for each unknown digit.
    """

    raw: str
    number: str
    state: str
    mask: str = ""

    @property
    def birth_on(self) -> dt.date | None:
        """Day of birth written in the number."""
        return _birth(self.number) if self.number else None

    @property
    def sex(self) -> str | None:
        """男 or 女 by the seventeenth digit."""
        return ("男" if int(self.number[16]) % 2 else "女") if self.number else None


def check_digit(first17: str) -> str:
    """The eighteenth character of a resident ID number."""
    return _CHECKS[sum(map(mul, _WEIGHTS, map(int, first17))) % 11]


def _birth(number: str) -> dt.date | None:
    return _day_of(number[6:14])[0]


def is_valid_id(number: str) -> bool:
    """Eighteen characters, a real day of birth, and a check digit that passes."""
    if not _EIGHTEEN.match(number):
        return False
    birth, weight = _day_of(number[6:14])
    whole = _weight_of(number[:6]) + weight + _weight_of(number[14:17], 14)
    return birth is not None and _CHECKS[whole % 11] == number[17]


def plain_id(number: str) -> tuple[dt.date, str] | None:
    """(day of birth, 男 or 女) of a number that is valid as it is written; None for any other text."""
    if len(number) != 18 or not number.isascii() or not is_valid_id(number):
        return None
    birth = _day_of(number[6:14])[0]
    assert birth is not None
    return birth, "男" if int(number[16]) % 2 else "女"


@lru_cache(maxsize=20_000)
def _weight_of(digits: str, at: int = 0) -> int:
    """What digits that begin at this place add to the check sum."""
    return sum(map(mul, _WEIGHTS[at:], map(int, digits)))


@lru_cache(maxsize=60_000)
def _day_of(digits: str) -> tuple[dt.date | None, int]:
    """(day of birth, what its digits add to the check sum)."""
    try:
        birth = dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        birth = None
    return birth, _weight_of(digits, 6)


def id_number_of(cell: Cell) -> IdNumber:
    """ID number of the cell; X forms folded, 15 digits made 18, masks and numeric damage told apart."""
    return _id_number(cell_text(cell))


_LABEL = re.compile(r"^(?:公民)?(?:身份证|证件)?号?码?[:：]|^(?:公民)?(?:身份证|证件)号?码?(?=\d)")


@lru_cache(maxsize=20_000)
def _id_number(raw: str) -> IdNumber:
    if len(raw) == 18 and raw.isascii() and is_valid_id(raw):
        return IdNumber(raw, raw, "valid")
    text = fold(raw).upper().strip("'`‘’\"“”;,，；")
    if text in EMPTY_WORDS:
        return IdNumber(raw, "", "missing")
    text = without_slips(_LABEL.sub("", text))
    text = text.replace("-", "") if not _SCIENTIFIC.match(text) else text
    if re.match(r"^\d{17}[×*＊XⅩ乂ХΧ]$", text):
        text = text[:17] + "X"
    if m := _SCIENTIFIC.match(text):
        return IdNumber(raw, "", "damaged", _damaged_mask(m[1] + m[2], int(m[3])))
    if is_valid_id(text):
        return IdNumber(raw, text, "valid")
    if _EIGHTEEN.match(text):
        if text.endswith("000"):  # a spreadsheet keeps 15 digits of a number
            return IdNumber(raw, "", "damaged", text[:15] + "***")
        return IdNumber(raw, text, "check_failed")
    if re.match(r"^\d{15}$", text):
        return _old_number(raw, text)
    if mask := _mask(text):
        return IdNumber(raw, "", "masked", mask)
    repaired = text.translate(_LOOKALIKE)
    if is_valid_id(repaired):  # O for 0 and the like: a suggestion, so never 'valid'
        return IdNumber(raw, repaired, "check_failed")
    return IdNumber(raw, "", "other")


def _old_number(raw: str, text: str) -> IdNumber:
    """15 → 18 digits; sequence 996–999 marks those born before 1900."""
    century = "18" if text[12:15] in ("996", "997", "998", "999") else "19"
    first17 = text[:6] + century + text[6:]
    number = first17 + check_digit(first17)
    if _birth(number) is None:
        return IdNumber(raw, "", "other")
    return IdNumber(raw, number, "old15")


def _damaged_mask(digits: str, exponent: int) -> str:
    return digits[:15].ljust(18, "*") if exponent == 17 else ""


def _mask(text: str) -> str:
    """370124****0014 → 370124********0014; "" when the text is not a masked number."""
    text = re.sub(r"[×＊●•…_#?？□XＸ]", "*", text[:-1]) + re.sub(r"[×＊●•…_#?？□]", "*", text[-1:])
    m = re.match(r"^(\d{0,17})(\*+)(\d{0,17}[\dX]?)$", text)
    if not m:
        ok = (
            re.fullmatch(r"[\d*]{17}[\dX*]", text)
            and "*" in text
            and sum(c.isdigit() for c in text) >= 6
        )
        return text if ok else ""
    known = len(m[1]) + len(m[3])
    return m[1] + "*" * (18 - known) + m[3] if 4 <= known < 18 else ""


_MOBILE = re.compile(r"(?:\+?86)?(1[3-9]\d{9})(?!\d)")
_PLAIN_MOBILE = re.compile(r"^1[3-9][0-9]{9}$")
_LANDLINE = re.compile(r"^(0\d{2,3})?-?(\d{7,8})$")


@lru_cache(maxsize=20_000)
def _phone(raw: str) -> tuple[str | None, str]:
    if _PLAIN_MOBILE.match(raw):
        return raw, ""
    text = fold(raw).strip("'`‘").removesuffix(".0")
    if text in EMPTY_WORDS:
        return None, ""
    for part in (re.sub(r"[-\s.]", "", text), *re.split(r"[/、,，;；\\]", text)):
        if m := _MOBILE.search(re.sub(r"[-\s.]", "", part)):
            return m[1], ""
    if m := _LANDLINE.match(re.split(r"[/、,，;；]", text)[0]):
        return "-".join(p for p in (m[1], m[2]) if p), ""
    digits = re.sub(r"\D", "", text)
    if 5 <= len(digits) <= 7 and digits == text:
        return digits, ""
    return None, f"“{text[:3]}…”不是电话号码"


def phone_of(cell: Cell) -> tuple[str | None, str]:
    """Mobile (11 digits), landline (0531-8xxxxxxx) or short number; of two numbers the first."""
    return _phone(cell_text(cell))


@lru_cache(maxsize=20_000)
def _bank_no(raw: str) -> tuple[str | None, str]:
    if 8 <= len(raw) <= 32 and raw.isascii() and raw.isdecimal():
        return raw, ""
    text = fold(raw).strip("'`‘").replace("-", "")
    if text in EMPTY_WORDS:
        return None, ""
    if _SCIENTIFIC.match(text.upper()):
        return None, "账号被存成数字，末尾几位已丢失"
    if re.fullmatch(r"\d{8,32}", text):
        return text, ""
    if re.fullmatch(r"[\d*×xX]{8,32}", text):
        return None, ""
    return None, "" if not any(c.isdigit() for c in text) else "不是银行账号"


def bank_no_of(cell: Cell) -> tuple[str | None, str]:
    """Digits of a card or passbook; Luhn is not asked for (old passbooks do not follow it)."""
    return _bank_no(cell_text(cell))


def sex_of(cell: Cell) -> tuple[str | None, str]:
    """男 or 女."""
    text = fold(cell_text(cell))
    found = {
        "男": "男",
        "女": "女",
        "1": "男",
        "2": "女",
        "男性": "男",
        "女性": "女",
        "M": "男",
        "F": "女",
    }.get(text)
    return found, "" if found or text in EMPTY_WORDS else f"“{text[:10]}”不是性别"


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name as written. state: ok, masked, damaged, several, title, empty.   note : what stood in brackets."""

    name: str
    state: str
    note: str = ""


_DOTS = re.compile(r"(?<=[一-鿿])[·•・‧∙⋅.．](?=[一-鿿])")
_BRACKETS = re.compile(r"[(\[【〔{<《](.*?)[)\]】〕}>》]?$|[(\[【〔{](.*?)[)\]】〕}]")
_TAILS = re.compile(r"(代领|代签|代办|代|本人|户|已故|去世|亡故|同志|先生|女士)$")
_FORMER = re.compile(r"(?:[,，;；/]|)(?:原名|曾用名|又名|别名|小名)[:：]?(.*)$")
_TITLE = re.compile(
    r"^(老[一-鿿]|小[一-鿿]|[一-鿿]{1,2}(书记|主任|会计|支书|村长|文书|队长|组长|经理|老板|总|师傅|委员|站长|所长|镇长|医生|老师|大爷|大娘|婶|叔|哥|嫂|妻|之子|之妻|之女|之母|之父))$"
)
_PLAIN_NAME = re.compile(r"^(?:(?![等名某])[一-鿿]){2,3}$")
"""Two or three characters, none of which hints at a mask, another name or more persons."""


def is_plain_name(text: str) -> bool:
    """True for two or three characters that are a name and nothing else."""
    return bool(_PLAIN_NAME.match(text)) and not _TITLE.match(text)


_SEVERAL = re.compile(r"等(\d+|[一二两三四五六七八九十]+)?(人|户|名|位)|等$")
_SEPARATORS = re.compile(r"[、/,，;；\\|&+]|和(?=[一-鿿]{2,4}$)")


def split_names(text: str) -> list[str]:
    """Parts of 张伟、李四; a single name gives itself. 和 splits only nothing: it is a surname and a given name too."""
    return [part for part in (p.strip() for p in re.split(r"[、/,，;；\\|\n]", text)) if part]


def person_name_of(cell: Cell) -> PersonName:
    """Clean name: inner spaces, bracketed notes and tails like 代领 removed, dots unified to `·`."""
    return _person_name(cell_text(cell))


@lru_cache(maxsize=20_000)
def _person_name(raw: str) -> PersonName:
    text = fold(raw)
    if text in EMPTY_WORDS:
        return PersonName("", "empty")
    if _PLAIN_NAME.match(text):
        return PersonName(text, "title" if _TITLE.match(text) else "ok")
    text = _DOTS.sub("·", text)
    note = ""
    if m := _BRACKETS.search(text):
        note = m[1] or m[2] or ""
        text = _BRACKETS.sub("", text)
    if m := _FORMER.search(text):
        note = f"{note} {m[0]}".strip()
        text = text[: m.start()]
    text = text.strip(",，。.;；:：、'\"“”‘’*") if not re.search(r"[一-鿿]\*+$", text) else text
    if _SEVERAL.search(text):
        first = split_names(_SEVERAL.sub("", text)) or [""]
        return PersonName(first[0], "several", note)
    parts = split_names(text)
    if len(parts) > 1:
        return PersonName(parts[0], "several", note)
    text = parts[0] if parts else ""
    if len(text) >= 4 and (m := _TAILS.search(text)) and len(text) - len(m[0]) >= 2:
        note, text = f"{note} {m[0]}".strip(), text[: m.start()]
    return PersonName(text, _name_state(text), note)


def _name_state(text: str) -> str:
    if not text:
        return "empty"
    if re.search(r"[*×某]|^[一-鿿][xX]{1,2}$", text) and not text.isascii():
        return "masked"
    if _TITLE.match(text):
        return "title"
    if re.search(r"[?？□■�A-Za-z0-9\ue000-\uf8ff]", text):
        return "damaged"
    return "ok"
