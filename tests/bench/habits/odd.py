"""Every odd book, and the program that saves it."""

from collections.abc import Callable
from dataclasses import replace

from odd_ledgers import Ledgers
from odd_page import Made
from odd_rolls import Rolls
from world import Person


def odd_books(
    seed: int, people: list[Person], place: tuple[str, str], year: int
) -> list[tuple[str, str, Made]]:
    """(name, saver, sheets) of every odd book."""
    roll, ledger = Rolls(seed, people, place, year), Ledgers(seed, people, place, year)
    makers: list[tuple[Callable[[], Made], str]] = [
        (roll.halves, "xlsx"), (ledger.ditto, "xls"), (ledger.sections, "xlsx2"), (ledger.two_tables, "xls"), (ledger.split_date, "xlsx"), (roll.total_above, "csv"), (roll.months_across, "xlsx2"),
        (roll.households, "xls"), (roll.broken_heads, "xlsx"), (roll.rare_heads, "xlsx2"), (ledger.one_amount, "office"), (ledger.day_once, "xls"), (roll.remarks_between, "xlsx"),
        (roll.far_cells, "xlsx2"), (roll.old_sheets, "xlsx"), (roll.cover, "xls"), (ledger.purses, "html"),
    ]  # fmt: skip
    return [(make.__name__, saver, [replace(s) for s in make()]) for make, saver in makers]
