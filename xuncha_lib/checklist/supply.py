"""The list of materials a round asks for: shipped, or the round's own `supply.yml`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xuncha_lib.errors import XunchaError, unknown
from xuncha_lib.knowledge import read_yaml
from xuncha_lib.tables import load_tables

SHIPPED = Path(__file__).with_name("supply.yml")
_CHOICES = {"per": ("year", "month", "once"), "need": ("must", "may"), "of": ("village", "round")}
_KEYS = ("zh", "package", "from", "kinds", "per", "need", "of", "programme")


@dataclass(frozen=True)
class Item:
    """One material. source: who hands it in.   kinds: tables any of which will do.   per: year, month, once.

    is_must: False where a village may truly have none.   of_round: one list for all villages.
    """

    id: str
    zh: str
    package: str
    source: str
    kinds: tuple[str, ...]
    per: str
    is_must: bool
    of_round: bool
    programme: str = ""


def load_supply(path: Path | None = None) -> list[Item]:
    """Items in order; a missing `path` gives the shipped list. Unknown keys, choices and tables are errors naming the nearest."""
    path = path if path and path.is_file() else SHIPPED
    try:
        entry: dict[str, Any] = read_yaml(path.read_text(encoding="utf-8")) or {}
        return [_item(path.name, name, spec) for name, spec in entry.items()]
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise XunchaError(
            str(path), f"资料清单读不懂：{error}", "请对照 xuncha_lib/checklist/supply.yml 改正"
        ) from error


def _item(file: str, name: str, spec: dict[str, Any]) -> Item:
    for key in spec:
        if key not in _KEYS:
            raise unknown(f"{file} · {name} 的键", key, _KEYS)
    told = {"of": "village", **spec}
    for key, choices in _CHOICES.items():
        if told[key] not in choices:
            raise unknown(f"{file} · {name} 的 {key}", str(told[key]), choices)
    for kind in told["kinds"]:
        if kind not in load_tables():
            raise unknown(f"{file} · {name} 的资料种类", kind, load_tables())
    return Item(
        name, told["zh"], told["package"], told["from"], tuple(told["kinds"]), told["per"], told["need"] == "must",
        told["of"] == "round", told.get("programme", ""),
    )  # fmt: skip
