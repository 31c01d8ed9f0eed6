"""The writing desk: hands out books, headings and habits, one seed each."""

from __future__ import annotations

import random
from pathlib import Path

from book import Book
from headings import Heads
from records import World
from shapes import Habit


class Desk:
    """Collects every book of the round."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.books: list[Book] = []
        self.copies: dict[str, str] = {}

    def book(self, path: str, how: str = "") -> Book:
        made = Book(path, how)
        self.books.append(made)
        return made

    def kit(self, key: str, style: str = "", **habit: object) -> tuple[Heads, Habit]:
        """Headings and habits of the person who makes this kind of book."""
        rng = random.Random(f"{self.world.seed}/kit/{key}")
        return Heads(rng, self.world.rare, style), Habit(
            random.Random(f"{self.world.seed}/habit/{key}"), **habit
        )  # type: ignore[arg-type]

    def save(self, root: Path) -> None:
        for book in self.books:
            book.save(root)
