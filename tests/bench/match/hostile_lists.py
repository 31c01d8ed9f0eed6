"""Broken lists: what is handed in when something went wrong. Each makes a left and a right table and says what must hold.

A list passes when the matcher ends by itself within the limit, either with pairs that satisfy the rule or with words
(exit code other than 0 and a message without a traceback).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from people import check_characters

FIELDS = ["id", "name", "id_number", "phone", "bank_account", "village"]


@dataclass
class Broken:
    """A list: `rule` gets (pairs as a frame with left_id, right_id, score, level) and returns a complaint or ''."""

    title: str
    left: pa.Table
    right: pa.Table
    rule: Callable
    may_refuse: bool = True


def empty(table: pa.Table, *columns: str) -> pa.Table:
    for column in columns:
        place = table.column_names.index(column)
        table = table.set_column(place, column, pa.nulls(len(table), pa.string()))
    return table


def put(table: pa.Table, column: str, values: object) -> pa.Table:
    return table.set_column(table.column_names.index(column), column, values)


def constant(table: pa.Table, column: str, value: str) -> pa.Table:
    return put(table, column, pa.array([value] * len(table)))


def rows(n: int, prefix: str, **columns: object) -> pa.Table:
    data = {"id": pa.array([f"{prefix}{i}" for i in range(n)])}
    for column in FIELDS[1:]:
        value = columns.get(column)
        if callable(value):
            data[column] = pa.array([value(i) for i in range(n)])
        else:
            data[column] = pa.array([value] * n, pa.string())
    return pa.table(data)


def at_most(share: float) -> Callable:
    """At most this share of left rows may have a partner at .9 or more."""

    def rule(pairs, left, right):
        sure = pairs[pairs.score >= 0.9].left_id.nunique()
        return (
            f"{sure} of {len(left)} left rows have a partner at .9"
            if sure > share * len(left)
            else ""
        )

    return rule


def few_pairs(pairs, left, right):
    if len(pairs) > 50 * len(left):
        return f"{len(pairs)} pairs for {len(left)} left rows"
    return at_most(0.05)(pairs, left, right)


def itself(pairs, left, right):
    """Rows with a number must find themselves."""
    known = set(left.filter(pc.equal(pc.utf8_length(left["id_number"]), 18))["id"].to_pylist())
    found = set(pairs[(pairs.left_id == pairs.right_id) & (pairs.score >= 0.5)].left_id)
    missing = len(known - found)
    return (
        f"{missing} of {len(known)} rows with a number do not find themselves"
        if missing > 0.02 * len(known)
        else ""
    )


def seventh(pairs, left, right):
    """Left row i carries the number of right row 7 i and no other's."""
    sure = pairs[pairs.score >= 0.5]
    right_ones = sure.right_id.str[1:].astype(int) == 7 * sure.left_id.str[1:].astype(int)
    missing, wrong = len(left) - int(right_ones.sum()), int((~right_ones).sum())
    return f"{missing} not found, {wrong} wrong" if missing + wrong > 0.02 * len(left) else ""


def anything(pairs, left, right):
    return ""


def _digits(i: int) -> str:
    return f"{(i * 7919 + 10**6) % 10**8:08d}"


def numbers(count: int) -> list[str]:
    """Valid ID numbers of women, all different."""
    i = np.arange(count)
    born = (1940 + i % 50) * 10000 + (1 + i // 50 % 12) * 100 + 1 + i // 600 % 28
    text = [f"370124{b}{2 * (n // 16800) + 2:03d}" for n, b in zip(i, born, strict=True)]
    digits = np.array([list(t.encode()) for t in text]) - 48
    return [t + chr(c) for t, c in zip(text, check_characters(digits), strict=True)]


def lists(left: pa.Table, right: pa.Table) -> list[Broken]:
    """Variations of a clean pair of tables, and some made of nothing."""
    order = np.random.default_rng(7).permutation(len(left))
    no_numbers = ("id_number", "phone", "bank_account")
    shifted = left.rename_columns(
        ["id", "id_number", "name", "bank_account", "phone", "village"]
    ).select(FIELDS)
    masked = [
        put(
            t,
            "id_number",
            pc.replace_substring_regex(t["id_number"], r"^(.{6}).*$", r"\1************"),
        )
        for t in (left, right)
    ]
    own = numbers(100_000)
    return [
        Broken("no left rows", left.slice(0, 0), right, anything),
        Broken("no right rows", left, right.slice(0, 0), anything),
        Broken("one right row", left, right.slice(0, 1), anything),
        Broken("names all missing on the left", empty(left, "name"), right, at_most(1.0)),
        Broken("nothing but ids", empty(left, *FIELDS[1:]), right, at_most(0.0)),
        Broken("numbers, phones and cards missing on both sides", empty(left, *no_numbers), empty(right, *no_numbers), at_most(0.6)),
        Broken("names only on both sides", empty(left, *no_numbers, "village"), empty(right, *no_numbers, "village"), at_most(0.05)),
        Broken("all numbers masked down to the region", *masked, at_most(0.65), False),
        Broken("the same list twice", left, left, itself, False),
        Broken("columns absent", left.select(["id", "name", "village"]), right.select(["id", "name", "id_number"]), anything),
        Broken("name and number changed places on the left", shifted, right, at_most(0.7)),
        Broken("surnames only", put(left, "name", pc.utf8_slice_codeunits(left["name"], 0, 1)), right, anything, False),
        Broken("one village for everybody", constant(left, "village", "柿子沟村"), constant(right, "village", "柿子沟村"), at_most(0.65), False),
        Broken("the clerk's phone for everybody", constant(left, "phone", "13953100068"), constant(right, "phone", "13953100068"), at_most(0.65), False),
        Broken("one card for everybody", constant(left, "bank_account", "6230520265000018841"), constant(right, "bank_account", "6230520265000018841"), at_most(0.65), False),
        Broken("one number for everybody", constant(left, "id_number", "370124190001010000"), constant(right, "id_number", "370124190001010000"), at_most(0.7)),
        Broken("'none' for every number", constant(left, "id_number", "无"), constant(right, "id_number", "无"), at_most(0.7), False),
        Broken("left ids not unique", put(left, "id", pa.array(["L1"] * len(left))), right, anything),
        Broken("numbers as integers", put(left, "phone", pa.array(range(len(left)))), right, anything),
        Broken("very long names and signs", put(left, "name", pa.array(["王" * 200 + "😀\x00"] * len(left))), right, at_most(1.0)),
        Broken("Latin names", rows(500, "L", name=lambda i: f"Wang {_digits(i)}"), right, at_most(0.0)),
        Broken("numbers of other people", put(left, "id_number", left["id_number"].take(pa.array(order))), right, at_most(0.8)),
        Broken("one name 100,000 times, nothing else", rows(2000, "L", name="王秀英"), rows(100_000, "R", name="王秀英"), few_pairs),
        Broken("one name 100,000 times in one village", rows(2000, "L", name="王秀英", village="柿子沟村"), rows(100_000, "R", name="王秀英", village="柿子沟村"), few_pairs),
        Broken("one name 100,000 times, numbers of their own", rows(2000, "L", name="王秀英", id_number=lambda i: own[i * 7]), put(rows(100_000, "R", name="王秀英"), "id_number", pa.array(own)), seventh, False),
        Broken("one phone and village, 100,000 names of one surname", rows(2000, "L", name=lambda i: "王" + chr(0x4E00 + i), phone="13953100068", village="柿子沟村"), rows(100_000, "R", name=lambda i: "王" + chr(0x4E00 + i % 20000), phone="13953100068", village="柿子沟村"), few_pairs),
        Broken("one masked name 100,000 times", rows(2000, "L", name="王**", village="柿子沟村"), rows(100_000, "R", name="王*英", village="柿子沟村"), few_pairs),
    ]  # fmt: skip
