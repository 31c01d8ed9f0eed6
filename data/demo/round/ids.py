"""Numbers with right check digits, under region prefixes nobody was ever born in."""

import random
from datetime import date

PREFIXES = ("370161", "370162", "370163", "370164", "370165")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_USCC_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def id_check(body: str) -> str:
    """Check character of a 17-digit body (GB 11643)."""
    return "10X98765432"[sum(int(c) * w for c, w in zip(body, _WEIGHTS, strict=True)) % 11]


def id_number(prefix: str, born: date, serial: int, female: bool) -> str:
    """18 characters; `serial` 1–499 becomes an odd (male) or even (female) order number."""
    order = serial * 2 % 1000 + (0 if female else 1)
    body = f"{prefix}{born:%Y%m%d}{order % 1000:03d}"
    return body + id_check(body)


def old_id(number: str) -> str:
    """The 15-digit form of somebody born before 2000."""
    return number[:6] + number[8:17]


def masked(number: str) -> str:
    """The commonest mask of civil-affairs lists: 6 digits, 8 stars, 4 digits."""
    return number[:6] + "********" + number[-4:]


def credit_code(rng: random.Random, kind: str, region: str) -> str:
    """Unified social credit code (GB 32100) with both check characters."""
    org = "MA" + "".join(rng.choice("0123456789ABCDEFGHJKLMNPQRTUWXY") for _ in range(6))
    total = sum(int(c, 36) * w for c, w in zip(org, _ORG_WEIGHTS, strict=True))
    org += "0123456789X0"[(11 - total % 11) % 11]
    body = kind + region + org
    values = sum(_USCC_LETTERS.index(c) * pow(3, i, 31) for i, c in enumerate(body))
    return body + _USCC_LETTERS[(31 - values % 31) % 31]


def bank_card(rng: random.Random, bank: str = "623190") -> str:
    """19-digit card number that passes Luhn."""
    body = bank + "".join(str(rng.randrange(10)) for _ in range(12))
    total = 0
    for i, c in enumerate(reversed(body)):
        digit = int(c) * 2 if i % 2 == 0 else int(c)
        total += digit - 9 if digit > 9 else digit
    return body + str(-total % 10)


def phone(rng: random.Random) -> str:
    """Mobile number in a range that is mostly unassigned (1x0 0…)."""
    return rng.choice(("130", "137", "150", "158", "178", "186")) + f"{rng.randrange(10**8):08d}"


def plate(rng: random.Random) -> str:
    """A plate of an invented city letter."""
    tail = "".join(rng.choice("0123456789ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(2))
    return f"鲁X{tail}{rng.randrange(1000):03d}"
