"""A detector's query taken apart into its steps (common table expressions), so that some can be kept between runs."""

from __future__ import annotations

import re

_STEP = re.compile(r"\s*(?:--[^\n]*\n\s*)*(\w+) AS \(")


def split_steps(sql: str) -> tuple[list[tuple[str, str]], str]:
    """The steps of a query `WITH a AS (…), b AS (…) SELECT …` as (name, body), and the rest."""
    rest = sql.strip().removeprefix("WITH")
    steps = []
    while found := _STEP.match(rest):
        end = _closing(rest, found.end())
        steps.append((found[1], rest[found.end() : end]))
        rest = rest[end + 1 :].lstrip()
        if not rest.startswith(","):
            break
        rest = rest[1:]
    return steps, rest


def join_steps(steps: list[tuple[str, str]], rest: str) -> str:
    """The query of these steps."""
    return f"WITH {', '.join(f'{name} AS ({body})' for name, body in steps)} {rest}"


def _closing(text: str, start: int) -> int:
    """Place of the bracket that closes the one before `start`; quotes and comments are skipped."""
    depth, at = 1, start
    while True:
        if text[at] == "'":
            at = text.index("'", at + 1)
        elif text.startswith("--", at):
            at = text.index("\n", at)
        elif text[at] in "()":
            depth += 1 if text[at] == "(" else -1
            if not depth:
                return at
        at += 1
