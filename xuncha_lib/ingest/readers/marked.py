"""What colour and strike-through say of the rows of an .xlsx sheet: nobody can tell the meaning, but it is told that they are there."""

from __future__ import annotations

import re

_FONT = re.compile(rb"<(?:\w+:)?font\b(?:[^>]*/>|.*?</(?:\w+:)?font>)", re.DOTALL)
_FILL = re.compile(rb"<(?:\w+:)?fill\b(?:[^>]*/>|.*?</(?:\w+:)?fill>)", re.DOTALL)
_FORMATS = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_FORMAT = re.compile(rb"<(?:\w+:)?xf\b[^>]*>")
_STRUCK = re.compile(rb'<(?:\w+:)?strike(?:\s+val="(?:1|true)")?\s*/>')
_RED = re.compile(rb'<(?:\w+:)?color\s[^>]*rgb="(?:FF)?FF0000"', re.IGNORECASE)
_YELLOW = re.compile(
    rb'<(?:\w+:)?fgColor\s[^>]*rgb="(?:FF)?FF(?:FF00|C000|E699|F2CC)"', re.IGNORECASE
)
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*\br="(\d+)"[^>]*>(.*?)</(?:\w+:)?row>', re.DOTALL)
_CELL = re.compile(rb'<(?:\w+:)?c\b(?:[^>]*?\bs="(\d+)")?[^>]*?(/?)>')
_MOST = 0.5
"""A mark on more of the rows than this is how the sheet looks, not what it says."""

Styles = dict[str, frozenset[int]]


def styles_of(xml: bytes) -> Styles:
    """What is told of a row → numbers of the cell formats that show it; {} for a book without any."""
    fonts, fills = _FONT.findall(xml), _FILL.findall(xml)
    struck = {at for at, font in enumerate(fonts) if _STRUCK.search(font)}
    red = {at for at, font in enumerate(fonts) if _RED.search(font)}
    yellow = {at for at, fill in enumerate(fills) if _YELLOW.search(fill)}
    block = _FORMATS.search(xml)
    formats = _FORMAT.findall(block[0]) if block and (struck or red or yellow) else []
    told = {
        "本行有删除线": _using(formats, rb"fontId", struck),
        "本行是红字": _using(formats, rb"fontId", red),
        "本行标了黄色": _using(formats, rb"fillId", yellow),
    }
    return {text: found for text, found in told.items() if found}


def _using(formats: list[bytes], name: bytes, wanted: set[int]) -> frozenset[int]:
    number = re.compile(rb"\b" + name + rb'="(\d+)"')
    return frozenset(
        at for at, one in enumerate(formats) if (m := number.search(one)) and int(m[1]) in wanted
    )


def marks_of(xml: bytes, styles: Styles) -> dict[int, list[str]]:
    """Row number → what is told of it: at least half of its filled cells look that way, and few rows do."""
    found: dict[str, list[int]] = {text: [] for text in styles}
    rows = 0
    numbers = sorted(frozenset[int]().union(*styles.values()))
    shows = re.compile(rb'\bs="(?:' + b"|".join(b"%d" % one for one in numbers) + rb')"')
    if not shows.search(xml):
        return {}
    for number, inside in _ROW.findall(xml):
        if not shows.search(inside):
            rows += 1
            continue
        cells = [int(style or 0) for style, is_empty in _CELL.findall(inside) if not is_empty]
        rows += bool(cells)
        for text, formats in styles.items():
            if cells and sum(cell in formats for cell in cells) * 2 >= len(cells):
                found[text].append(int(number))
    told: dict[int, list[str]] = {}
    for text, numbers in found.items():
        for number in numbers if len(numbers) <= _MOST * rows else ():
            told.setdefault(number, []).append(text)
    return told
