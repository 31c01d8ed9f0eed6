"""The checklist as data: 18 aspects, 69 problem forms, ten model categories."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from xuncha_lib.errors import XunchaError
from xuncha_lib.knowledge import read_yaml


@dataclass(frozen=True)
class Checklist:
    """aspects and categories: id → Chinese name.   forms: id → (name, aspect, asked of every village)."""

    aspects: dict[str, str]
    forms: dict[str, tuple[str, str, bool]]
    categories: dict[str, str]


@cache
def load_checklist() -> Checklist:
    """The shipped checklist; a form that belongs to no aspect, or to two, is an XunchaError."""
    path = Path(__file__).parent / "checklist.yml"
    entry = read_yaml(path.read_text(encoding="utf-8"))
    owner: dict[str, str] = {}
    for aspect, spec in entry["aspects"].items():
        for form in spec["forms"]:
            if form in owner:
                raise XunchaError(path.name, f"{form} 同属 {owner[form]} 与 {aspect}", "只留一处")
            owner[form] = aspect
    if stray := sorted(set(entry["forms"]) ^ set(owner)):
        raise XunchaError(path.name, f"{'、'.join(stray)} 没有对应的方面或名称", "请补上")
    forms = {
        form: (spec["zh"], owner[form], bool(spec.get("common", False)))
        for form, spec in entry["forms"].items()
    }
    aspects = {aspect: spec["zh"] for aspect, spec in entry["aspects"].items()}
    return Checklist(aspects, forms, entry["categories"])
