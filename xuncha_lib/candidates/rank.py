"""How soon a person should look: the chance of being right times the weight of the matter, in words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from xuncha_lib.people.level import Level

SEVERITY_WEIGHT = {"high": 1.0, "medium": 0.85, "low": 0.6}
SEVERITY_ZH = {"high": "高", "medium": "中", "low": "低"}
LEVEL_ZH = {int(level): level.zh for level in Level}


@dataclass(frozen=True)
class Score:
    """value: higher = sooner.   chance: 0–1 that at least one hit is right.   why: the same in Chinese."""

    value: float
    chance: float
    why: str


def in_tenths(chance: float) -> str:
    """A chance as it is said to a person: in tenths, and never as certain (a lead is no verdict)."""
    tenth = round(chance * 10)
    return (
        "不足一成"
        if tenth < 1
        else f"约{'一二三四五六七八'[tenth - 1]}成"
        if tenth < 9
        else "九成以上"
    )


def score(
    models: Sequence[tuple[str, str, float]],
    amount_yuan: float | None,
    names: dict[str, str],
) -> Score:
    """Score of a bundle.

    models : (model id, severity, p) of each hit.   names: model id → Chinese name.
    The chance of a bundle is that of its distinct models taken as independent; several hits of one
    model add nothing. The amount moves the weight by at most a quarter either way (log scale, 10,000 yuan neutral).
    """
    best: dict[str, float] = {}
    for model, _, p in models:
        best[model] = max(best.get(model, 0.0), p)
    chance = 1.0 - math.prod(1.0 - min(p, 0.99) for p in best.values())
    severity = max((s for _, s, _ in models), key=lambda s: SEVERITY_WEIGHT[s])
    amount = min(max(math.log10(max(amount_yuan or 0.0, 100.0)) - 4.0, -2.0), 2.0) / 8.0
    value = chance * SEVERITY_WEIGHT[severity] * (1.0 + amount)
    parts = [f"参考可信度{in_tenths(chance)}", f"事项轻重：{SEVERITY_ZH[severity]}"]
    if amount_yuan:
        parts.append(f"金额{amount_yuan:,.0f}元")
    if len(best) > 1:
        parts.append(
            f"{len(best)}个模型指向同一对象（{'、'.join(names[m] for m in sorted(best))}）"
        )
    return Score(round(value, 6), round(chance, 6), "；".join(parts))
