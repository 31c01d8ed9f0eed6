"""What odd books are made of: rows with their truth, a title, people."""

import random

from dress import DATA, Line, Sheet
from world import Hand, Person

Made = list[Sheet]


def sheet_of(table: str, rows: list, *, place: tuple[str, str], name: str = "Sheet1") -> Sheet:
    """Rows as (cells, truth or kind): a dict is a data row, a text is a kind, None is a blank or a title."""
    sheet = Sheet(name, table)
    for cells, told in rows:
        if isinstance(told, list):
            sheet.add(Line(cells, DATA, told[0], place, more=told[1:]))
        elif isinstance(told, dict):
            sheet.add(Line(cells, DATA, told, place))
        else:
            sheet.add(Line(cells, told or ""))
    return sheet


class Page:
    """Books about the village `place` in `year`."""

    def __init__(self, seed: int, people: list[Person], place: tuple[str, str], year: int) -> None:
        self.chance = random.Random(f"odd{seed}")
        self.people, self.place, self.year = people, place, year
        self.hand = Hand(self.chance)
        self.hand.slip = lambda share=0.0: False

    def _some(self, count: int) -> list[Person]:
        return self.people[:count]

    def _roll(self, one: Person, amount: float) -> dict:
        return {
            "beneficiary_name": one.name,
            "beneficiary_id_number": one.id_no,
            "amount_yuan": amount,
        }

    def _title(self, what: str) -> tuple[list, None]:
        return [f"{self.place[1]}{self.place[0]}{self.year}年{what}"], None
