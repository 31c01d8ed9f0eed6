"""Settings of a round: `xuncha.toml` beside the raw folder, all of it optional; unknown keys are errors."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from xuncha_lib.errors import XunchaError, unknown


@dataclass(frozen=True)
class Settings:
    """What a round says about itself.

    warrant: 授权文号; without it every page is stamped 未登记授权.   villages: scope, empty = all that hand something in or stand in a roster.
    as_of: the day on which open-ended facts are judged; None = the last date in the ledgers and rolls.
    deadline: last day for handing in.   elections: days of committee elections.
    limits: folder of local limits that override the shipped ones.
    models: folder of the round's own model files, which run beside the shipped ones; both relative to xuncha.toml.
    """

    warrant: str = ""
    team: str = ""
    title: str = ""
    villages: tuple[str, ...] = ()
    period_from: date | None = None
    period_to: date | None = None
    as_of: date | None = None
    deadline: date | None = None
    elections: tuple[date, ...] = ()
    limits: str = ""
    models: str = "models"

    @property
    def stamp(self) -> str:
        """The line printed on every page."""
        return f"授权文号：{self.warrant}" if self.warrant else "未登记授权"


def read_settings(path: Path) -> Settings:
    """Settings of the round; a missing file gives the defaults."""
    if not path.is_file():
        return Settings()
    try:
        entry: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise XunchaError(str(path), f"设置文件读不懂：{error}", "请改正后重试") from error
    known = {field.name for field in fields(Settings)}
    for key in entry:
        if key not in known:
            raise unknown(f"{path.name} 的设置", key, known)
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()}
    return Settings(**values)
