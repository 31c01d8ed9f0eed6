"""Executed notebook → page: the HTML its cells returned, in order, and nothing else of it."""

from __future__ import annotations

from typing import Any

from xuncha_lib.report.html import page


def notebook_html(notebook: Any, title: str, *, assets: str) -> str:
    """The page made of a notebook's HTML outputs; `<style>` outputs are left out, the page has its own."""
    parts = []
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            html = "".join(output.get("data", {}).get("text/html", ""))
            if html and not html.startswith("<style"):
                parts.append(html)
    return page(title, "".join(parts), assets=assets)
