"""Masks for ID numbers, phones and bank cards, wherever they are shown (domain rule: unmask only with a reason)."""

from __future__ import annotations

import re

_ID = re.compile(r"(?<![0-9A-Za-z])(?:\d{17}[0-9Xx]|\d{15})(?![0-9A-Za-z])")
_PHONE = re.compile(r"(?<!\d)(1[3-9]\d)[ -]?\d{4}[ -]?(\d{4})(?!\d)")
LONG = re.compile(r"1[3-9]\d[ -]?\d{4}[ -]?\d{4}|\d(?: ?\d){14}")
"""What every such number holds; most texts hold none."""
_CARD = re.compile(r"(?<![0-9A-Za-z])\d(?: ?\d){14,20}(?![0-9A-Za-z])")


def mask_id(number: str | None) -> str:
    """370124********0014: six digits, eight stars, the last four, also where the book itself hid fewer."""
    if not number:
        return ""
    return f"{number[:6]}********{number[-4:]}" if len(number) >= 15 else "*" * len(number)


def mask_phone(number: str | None) -> str:
    """138****0001."""
    return (
        f"{number[:3]}****{number[-4:]}" if number and len(number) >= 8 else "*" * len(number or "")
    )


def mask_card(number: str | None) -> str:
    """****5678."""
    return f"****{number[-4:]}" if number else ""


def mask_text(text: str | None) -> str:
    """Free text with every ID number, mobile and card number in it masked."""
    if not text:
        return ""
    if not LONG.search(text):
        return text
    text = _ID.sub(lambda m: mask_id(m.group()), text)
    text = _PHONE.sub(r"\1****\2", text)
    return _CARD.sub(lambda m: mask_card(m.group().replace(" ", "")), text)
