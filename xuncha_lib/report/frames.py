"""DataFrames fit to be shown: every ID, phone and card number in them masked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xuncha_lib.masks import mask_card, mask_id, mask_phone, mask_text

if TYPE_CHECKING:
    import pandas as pd


def _id_as_written(number: str) -> str:
    """An ID as somebody typed it, digits missing or starred at the wrong place: no more than six and four remain."""
    return number if len(number) < 11 else f"{number[:6]}{'*' * (len(number) - 10)}{number[-4:]}"


_BY_COLUMN = {
    "id_no": mask_id, "id_raw": _id_as_written, "id_mask": _id_as_written, "id_a": mask_id, "id_b": mask_id,
    "phone": mask_phone, "bank_no": mask_card,
}  # fmt: skip
"""Columns that hold nothing but such a number; in all others the numbers are looked for in the text."""


def masked(frame: pd.DataFrame) -> pd.DataFrame:
    """The same frame with its text columns masked."""
    for name in frame.columns:
        if str(frame[name].dtype) in {"object", "string", "str"}:
            frame[name] = frame[name].map(_BY_COLUMN.get(name, _any_text), na_action="ignore")
    return frame


def _any_text(value: Any) -> Any:
    return mask_text(value) if isinstance(value, str) else value
