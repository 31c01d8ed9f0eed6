"""Charts as SVG text: three kinds, no script, no library, readable in print and without colour."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from xuncha_lib.report.html import say, yuan

WIDTH = 920


@dataclass(frozen=True)
class Month:
    """One month of a village's books, in yuan; `marks` are (rank, side, yuan) of entries candidates rest on."""

    month: date
    received: float
    paid: float
    marks: tuple[tuple[int, str, float], ...] = ()


@dataclass(frozen=True)
class Strip:
    """One indicator: this village's value among its peers' (all in the same unit; share = 0–1)."""

    label: str
    value: float | None
    peers: tuple[float, ...]
    is_share: bool


def _svg(height: float, label: str, body: str) -> str:
    return (
        f'<svg viewBox="0 0 {WIDTH} {height:g}" role="img" aria-label="{say(label)}">'
        f"<title>{say(label)}</title>{body}</svg>"
    )


def _nice(top: float) -> float:
    """The next round number at or above `top` (1, 2, 2.5 or 5 times a power of ten)."""
    if top < 1e-9:  # nothing, or nothing that could be drawn
        return 1.0
    unit = 10.0 ** math.floor(math.log10(top))
    return next(step * unit for step in (1, 2, 2.5, 5, 10) if step * unit >= top * 0.9999)


def _short(value: float) -> str:
    return f"{value / 10_000:g}万" if abs(value) >= 10_000 else f"{value:,.0f}"


def _text(x: float, y: float, words: str, css: str = "") -> str:
    """css: s = small, e = ends at x, c = centred on x, and their combinations."""
    mark = f' class="{css}"' if css else ""
    return f'<text x="{x:.0f}" y="{y:.0f}"{mark}>{say(words)}</text>'


def months_chart(months: Sequence[Month]) -> str:
    """Receipts and payments by month as pairs of columns; a diamond where a candidate rests on an entry."""
    left, base, tall = 58.0, 196.0, 160.0
    top = _nice(max((max(m.received, m.paid) for m in months), default=0.0))
    step = (WIDTH - left) / max(len(months), 1)
    body = [
        f'<path class="g" d="M{left:.0f} {base - tall * part:.0f}H{WIDTH}"/>'
        + _text(left - 6, base - tall * part + 4, _short(top * part), "s e")
        for part in (0, 0.5, 1)
    ]
    for css, values, place in (
        ("i", [m.received for m in months], 0.3),
        ("o", [m.paid for m in months], 0.7),
    ):
        columns = "".join(
            f"M{left + (i + place) * step:.0f} {base}V{base - max(value * tall / top, 1):.0f}"
            for i, value in enumerate(values)
            if value > 0
        )
        body.append(f'<path class="{css} v" stroke-width="{step * 0.36:.1f}" d="{columns}"/>')
    body += [_pointed_at(m, left + i * step, step, base) for i, m in enumerate(months)]
    marks = (
        f"M{left + (i + 0.5) * step:.0f} {max(base - max(m.received, m.paid) * tall / top - 15, 9):.0f}l5 5-5 5-5-5z"
        for i, m in enumerate(months)
        if m.marks
    )
    joined = "".join(marks)
    body.append(f'<path class="m" d="{joined}"/>')
    body += _month_names(months, left, step, base)
    body.append(_legend([("i", "收入"), ("o", "支出"), ("m", "线索候选依据的分录")]))
    return _svg(base + 34, "各月收入和支出（元）", "".join(body))


def _pointed_at(entry: Month, x: float, step: float, base: float) -> str:
    """What one month says when pointed at."""
    words = f"{entry.month:%Y-%m} 收{yuan(round(entry.received))} 支{yuan(round(entry.paid))}"
    if entry.marks:
        ranks = "、".join(f"{rank}" for rank in sorted({m[0] for m in entry.marks}))
        words += (
            f" 候选{ranks}依据{len(entry.marks)}笔{yuan(round(sum(m[2] for m in entry.marks)))}"
        )
    return f'<path class="x" d="M{x:.0f} 20h{step:.0f}V{base:.0f}h-{step:.0f}z"><title>{words}</title></path>'


def _month_names(months: Sequence[Month], left: float, step: float, base: float) -> list[str]:
    every = max(1, math.ceil(len(months) / 14))
    names = []
    for i, entry in enumerate(months):
        x, day = left + (i + 0.5) * step, entry.month
        if i % every == 0 or day.month == 1:
            names.append(_text(x, base + 15, f"{day.month}月", "s c"))
        if i == 0 or day.month == 1:
            names.append(_text(x, base + 29, f"{day.year}年", "s c"))
    return names


def _legend(items: Sequence[tuple[str, str]]) -> str:
    parts, x = [], WIDTH - 300.0
    for css, words in items:
        mark = f"M{x + 5:g} 2l5 5-5 5-5-5z" if css == "m" else f"M{x:g} 2h10v10h-10z"
        parts.append(f'<path class="{css}" d="{mark}"/>' + _text(x + 15, 12, words, "s"))
        x += 15 + 12 * len(words) + 18
    return "".join(parts)


def peers_chart(strips: Sequence[Strip], village: str) -> str:
    """One strip per indicator: a tick per peer, a dashed line at their median, a triangle for this village."""
    left, right, tall = 200.0, WIDTH - 150.0, 34.0
    body = [_text(left, 12, "低", "s"), _text(right, 12, "高", "s e")]
    for i, strip in enumerate(strips):
        y = 34 + i * tall
        values = [*strip.peers, *([] if strip.value is None else [strip.value])]
        top = _nice(max(values, default=1.0))
        scale = (right - left) / top
        ticks = "".join(
            f"M{left + value * scale:.0f} {y - 7:g}v14" for value in sorted(strip.peers)
        )
        body.append(_text(left - 10, y + 4, strip.label, "e"))
        body.append(f'<path class="g" d="M{left:g} {y:g}H{right:g}"/><path class="p" d="{ticks}"/>')
        body.append(_own_mark(strip, left, scale, y, right, village))
    return _svg(34 + len(strips) * tall, f"{village}与同类村对照", "".join(body))


def _own_mark(strip: Strip, left: float, scale: float, y: float, right: float, village: str) -> str:
    middle = _median(strip.peers)
    parts = []
    if middle is not None:
        parts.append(f'<path class="d" d="M{left + middle * scale:.0f} {y - 11:.0f}v22"/>')
    if strip.value is None:
        return "".join(parts) + _text(right + 10, y + 4, "缺资料，未计算", "s")
    shown = f"{strip.value:.0%}" if strip.is_share else yuan(round(strip.value))
    usual = "" if middle is None else (f"{middle:.0%}" if strip.is_share else yuan(round(middle)))
    words = f"{strip.label}：{village}{shown}，同类村中位数{usual}，共{len(strip.peers)}个村"
    x = left + strip.value * scale
    parts.append(
        f'<g><title>{say(words)}</title><path class="m" d="M{x:.0f} {y + 1:.0f}l7 12h-14z"/></g>'
    )
    return "".join(parts) + _text(right + 10, y + 4, f"{shown}（中位 {usual}）" if usual else shown)


def _median(values: Sequence[float]) -> float | None:
    if not values:
        return None
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def aspects_chart(bars: Sequence[tuple[str, float, str]]) -> str:
    """Horizontal bars: (aspect, yuan, what to say behind the amount), in the order given."""
    left, right, tall = 200.0, WIDTH - 260.0, 26.0
    top = _nice(max((value for _, value, _ in bars), default=0.0))
    body = []
    for i, (name, value, note) in enumerate(bars):
        y = 4 + i * tall
        wide = max(value / top * (right - left), 1.5)
        words = f"{yuan(value or None) or '未涉及金额'} · {note}"
        body.append(f'<path class="o" d="M{left:g} {y:g}h{wide:.0f}v16h-{wide:.0f}z"/>')
        body.append(_text(left - 10, y + 13, name, "e") + _text(left + wide + 8, y + 13, words))
    return _svg(8 + len(bars) * tall, "各方面线索候选涉及金额", "".join(body))


def figure(chart: str, caption: str) -> str:
    """A chart with the sentence that says how to read it (HTML already)."""
    return f"<figure>{chart}<figcaption>{caption}</figcaption></figure>"
