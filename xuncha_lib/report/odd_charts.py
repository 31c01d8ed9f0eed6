"""Charts of what the ledger screen finds odd: the entries in the village's own year, a price among the villages'."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from xuncha_lib.report.charts import WIDTH, _median, _short, _svg, _text
from xuncha_lib.report.html import say, yuan


@dataclass(frozen=True)
class Dot:
    """One payment, or several alike of one week. ranks: places of the issues that cite it, empty for most."""

    day: date
    amount: float
    rank: int | None = None


@dataclass(frozen=True)
class Price:
    """A unit price among those of the reference villages, in yuan; peers: its quantiles, low to high."""

    rank: int
    label: str
    value: float
    peers: tuple[float, ...]


LEFT, BASE, TALL = 64.0, 214.0, 186.0
MOST_GREY = 240
"""Grey marks drawn; of more, every second or third is left out, so that a page stays small."""


def entries_chart(dots: Sequence[Dot]) -> str:
    """Payments by day and size (log scale): grey ticks for the usual, numbered diamonds for the odd. Empty without odd ones."""
    odd = [dot for dot in dots if dot.rank is not None]
    if not odd:
        return ""
    grey = [dot for dot in dots if dot.rank is None]
    grey = grey[:: max(1, math.ceil(len(grey) / MOST_GREY))]
    first, last = _months_around([dot.day for dot in dots])
    low = math.floor(math.log10(min(dot.amount for dot in dots)))
    high = max(low + 1, math.ceil(math.log10(max(dot.amount for dot in dots)) - 1e-9))

    def place(dot: Dot) -> tuple[float, float]:
        along = (dot.day - first).days / (last - first).days
        up = (math.log10(dot.amount) - low) / (high - low)
        return LEFT + along * (WIDTH - LEFT - 8), BASE - up * TALL

    body = [
        f'<path class="g" d="M{LEFT:.0f} {y:.0f}H{WIDTH}"/>'
        + _text(LEFT - 6, y + 4, _short(10.0**power), "s e")
        for power in range(low, high + 1)
        for y in [BASE - (power - low) / (high - low) * TALL]
    ]
    ticks = "".join(f"M{x:.0f} {y:.0f}h4" for x, y in sorted(map(place, grey)))
    body.append(f'<path class="p" d="{ticks}"/>')
    body += [_diamond(dot, *place(dot)) for dot in odd]
    body += _labels([(dot, *place(dot)) for dot in odd])
    body += _days(first, last)
    return _svg(BASE + 34, "本村全部付款中与众不同的分录", "".join(body))


def _months_around(days: Sequence[date]) -> tuple[date, date]:
    """First day of the first month and of the month behind the last."""
    behind = max(days).replace(day=28) + timedelta(days=4)
    return min(days).replace(day=1), behind.replace(day=1)


def _diamond(dot: Dot, x: float, y: float) -> str:
    words = f"筛查第{dot.rank}项：{dot.day:%Y-%m-%d} {yuan(dot.amount)}"
    return f'<path class="m" d="M{x:.0f} {y - 5:.0f}l5 5-5 5-5-5z"><title>{words}</title></path>'


def _labels(odd: Sequence[tuple[Dot, float, float]]) -> list[str]:
    """Numbers beside the diamonds; one that would lie on another mark is left to the pointer."""
    taken = [(x - 4, y + 4) for _, x, y in odd]
    labels, told = [], set()
    for dot, x, y in sorted(odd, key=lambda one: (one[0].rank, one[1], one[2])):
        for spot in ((x + 9, y + 4), (x - 17, y + 4), (x - 4, y - 8), (x - 4, y + 18)):
            is_free = all(abs(spot[0] - a) > 11 or abs(spot[1] - b) > 11 for a, b in taken)
            if dot.rank not in told and is_free and spot[0] < WIDTH - 14:
                taken.append(spot)
                told.add(dot.rank)
                labels.append(_text(*spot, f"{dot.rank}"))
    return labels


def _days(first: date, last: date) -> list[str]:
    names, day = [], first
    months = (last.year - first.year) * 12 + last.month - first.month
    every = max(1, math.ceil(months / 14))
    for n in range(months):
        x = LEFT + (day - first).days / (last - first).days * (WIDTH - LEFT - 8)
        if n % every == 0:
            names.append(_text(x, BASE + 16, f"{day.month}月", "s"))
        if n == 0 or day.month == 1:
            names.append(_text(x, BASE + 30, f"{day.year}年", "s"))
        day = (day + timedelta(days=32)).replace(day=1)
    return names


def prices_chart(prices: Sequence[Price], village: str) -> str:
    """One strip per price: ticks at what other villages paid, a dashed line at their median, a triangle for this village."""
    left, right, tall = 230.0, WIDTH - 190.0, 34.0
    body = []
    for n, price in enumerate(prices):
        y, usual = 22 + n * tall, _median(price.peers)
        scale = (right - left) / max((*price.peers, price.value))
        ticks = "".join(f"M{left + peer * scale:.0f} {y - 7:g}v14" for peer in price.peers)
        words = f"{price.label}：{village}{yuan(price.value)}，各村中位价{yuan(usual)}"
        x = left + price.value * scale
        body += [
            _text(left - 10, y + 4, f"{price.rank} {price.label}", "e"),
            f'<path class="g" d="M{left:g} {y:g}H{right:g}"/><path class="p" d="{ticks}"/>',
            f'<path class="d" d="M{left + (usual or 0.0) * scale:.0f} {y - 11:g}v22"/>',
            f'<g><title>{say(words)}</title><path class="m" d="M{x:.0f} {y + 1:g}l7 12h-14z"/></g>',
            _text(right + 12, y + 4, f"{yuan(price.value)}（中位 {yuan(usual)}）"),
        ]
    return _svg(22 + len(prices) * tall, f"{village}采购单价与各村对照", "".join(body))
