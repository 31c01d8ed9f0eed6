"""Small pieces of HTML. Text goes through `say`, which escapes it and masks ID, phone and card numbers in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from xuncha_lib.masks import mask_text

FONT_FILE = "NotoSansCJKsc-xuncha.woff2"
BANNER = "线索候选，供人核查，不是结论"


class Html(str):
    """HTML that a notebook shows as such."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return self

    def __repr__(self) -> str:
        return "（见网页）"


def say(value: Any) -> str:
    """Text of a value, masked and escaped."""
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    return escape(mask_text(str(value)))


def yuan(value: float | None) -> str:
    """1,234元 · 12.35万元 from 100,000 on; empty for None."""
    if value is None:
        return ""
    if abs(value) >= 100_000:
        return f"{value / 10_000:,.2f}".rstrip("0").rstrip(".") + "万元"
    return f"{value:,.2f}".removesuffix(".00") + "元"


def span(first: date | None, last: date | None) -> str:
    """2023-05-01 or 2023-05-01 至 2023-07-01."""
    if first is None or last is None or first == last:
        return say(first or last)
    return f"{say(first)} 至 {say(last)}"


def section(number: str, title: str, *body: str) -> Html:
    """A numbered part of the page."""
    return Html(f"<section><h2>{number}、{title}</h2>{''.join(body)}</section>")


def table(
    head: Sequence[str], body: Iterable[Sequence[str]], *, numeric: Sequence[int] = ()
) -> str:
    """A table; cells are HTML already. numeric: positions of columns set flush right."""
    lines = [
        "".join(f'<td class="n">{c}' if i in numeric else f"<td>{c}" for i, c in enumerate(row))
        for row in body
    ]
    top = "".join(f"<th>{name}" for name in head)
    return f'<div class="t"><table><thead><tr>{top}<tbody>{"".join(f"<tr>{line}" for line in lines)}</table></div>'


def bullets(items: Iterable[str], *, kind: str = "ul", css: str = "") -> str:
    """A list; items are HTML already."""
    mark = f' class="{css}"' if css else ""
    return f"<{kind}{mark}>{''.join(f'<li>{item}' for item in items)}</{kind}>"


def fold(title: str, body: str, *, is_open: bool = False) -> str:
    """Something long behind one line; printing opens it."""
    return f"<details{' open' if is_open else ''}><summary>{title}</summary>{body}</details>"


@cache
def style() -> str:
    """The one style sheet, without the white space people need to read it."""
    lines = Path(__file__).with_name("style.css").read_text(encoding="utf-8").splitlines()
    return "".join(line.strip() for line in lines if not line.strip().startswith("/*"))


def page(title: str, body: str, *, assets: str) -> str:
    """A whole page that stands alone; only the fallback font lies beside it, in `assets` (relative)."""
    font = (
        "@font-face{font-family:Xuncha;src:local('Noto Sans CJK SC'),local('Source Han Sans SC'),"
        f"local('Microsoft YaHei'),url('{assets}/{FONT_FILE}') format('woff2')}}"
    )
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{font}{style()}</style></head><body>{body}</body></html>\n"
    )


def masthead(title: str, where: str, stamp: str, back: str = "") -> str:
    """Top of every page: what it is, whose authority, and that nothing on it is a verdict."""
    css = "stamp" if stamp.startswith("授权") else "stamp missing"
    link = f'<a href="{back}">返回全部村</a>' if back else ""
    return (
        f'<header><p class="banner">{BANNER}</p><p class="top"><span class="{css}">{say(stamp)}</span>{link}</p>'
        f"<h1>{say(title)} <small>{say(where)}</small></h1></header>"
    )
