"""HTML saved as .xls, as web systems export it."""

from __future__ import annotations

from html.parser import HTMLParser

from xuncha_lib.ingest.grid import Grid, Merge


class _Tables(HTMLParser):
    """Collects the rows of every outermost table, with spans as merged ranges."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.grids: list[Grid] = []
        self._depth = 0
        self._row: list[tuple[str, int, int]] | None = None
        self._cell: list[str] | None = None
        self._span = (1, 1)
        self._rows: list[list[tuple[str, int, int]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self._rows = []
        elif tag == "tr" and self._depth:
            self._end_row()
            self._row = []
        elif tag in ("td", "th") and self._depth:
            self._end_cell()
            if self._row is None:
                self._row = []
            self._cell, self._span = (
                [],
                (_count(named.get("rowspan")), _count(named.get("colspan"))),
            )
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._end_cell()
        elif tag == "tr":
            self._end_row()
        elif tag == "table" and self._depth:
            self._depth -= 1
            if not self._depth:
                self._end_row()
                self.grids.append(_grid(f"表{len(self.grids) + 1}", self._rows))

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def _end_cell(self) -> None:
        if self._cell is not None and self._row is not None:
            self._row.append(("".join(self._cell), *self._span))
        self._cell = None

    def _end_row(self) -> None:
        self._end_cell()
        if self._row is not None:
            self._rows.append(self._row)
        self._row = None


_WIDEST = 1_000
"""Most columns a cell may span, as browsers have it; it never spans rows that are not there."""


def _count(text: str | None) -> int:
    return max(1, int(text)) if text and text.strip().isdecimal() else 1


def _grid(name: str, rows: list[list[tuple[str, int, int]]]) -> Grid:
    taken: dict[tuple[int, int], str | None] = {}
    merges: list[Merge] = []
    for i, row in enumerate(rows):
        j = 0
        for text, down, across in row:
            down, across = min(down, len(rows) - i), min(across, _WIDEST)
            while (i, j) in taken:
                j += 1
            for a in range(down):
                for b in range(across):
                    taken[i + a, j + b] = text if a == b == 0 else None
            if down > 1 or across > 1:
                merges.append((i, j, i + down - 1, j + across - 1))
            j += across
    width = max((j for _, j in taken), default=-1) + 1
    height = max((i for i, _ in taken), default=-1) + 1
    return Grid.of_rows(
        name, [[taken.get((i, j)) for j in range(width)] for i in range(height)], merges
    )


def read_html(text: str) -> list[Grid]:
    """One sheet per outermost table; a single table is a sheet without a name, like a csv file."""
    parser = _Tables()
    parser.feed(text)
    parser.close()
    grids = parser.grids
    if len(grids) == 1:
        grids[0].name = ""
    return grids
