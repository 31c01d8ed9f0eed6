"""Most people on a list are written plainly: a name of two or three characters, a number that passes, a mobile, a card."""

from __future__ import annotations

import re

from xuncha_lib.ingest.records import Person, key_of
from xuncha_lib.values.identity import is_plain_name, plain_id

_MOBILE = re.compile(r"^1[3-9][0-9]{9}$")
_SHOPS = frozenset("司委行府市店校学厂局队")
"""Characters without one of which two or three are no organisation."""


def plain_person(texts: tuple[str, ...]) -> Person | None:
    """The person that these texts (name, id_no, phone, bank_no, birth_on, sex) name, None where it takes more to tell."""
    name, number, phone, bank, birth_text, sex_text = texts
    if birth_text or sex_text or not is_plain_name(name) or not _SHOPS.isdisjoint(name):
        return None
    if phone and not _MOBILE.match(phone):
        return None
    if bank and not (8 <= len(bank) <= 32 and bank.isascii() and bank.isdecimal()):
        return None
    birth, sex = None, None
    if number:
        told = plain_id(number)
        if told is None:
            return None
        birth, sex = told
    found = (
        name, name, "ok", number, number or None, "valid" if number else "missing", None, phone or None, bank or None,
        birth, sex,
    )  # fmt: skip
    return Person(*found, key_of(found))
