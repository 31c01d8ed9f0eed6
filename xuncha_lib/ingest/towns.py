"""The towns of a round, and where a text names one. The same titles and folders are asked about for every sheet."""

from __future__ import annotations

import re

from xuncha_lib.values import fold

_TOWN = re.compile(r"(?:^|[县区市省_\-\s/（(])([一-鿿]{1,4}?(?:镇|乡|街道))")


def town_name(text: str) -> str:
    """孔村镇 from 平阴县孔村镇人民政府; 街道办事处 → 街道."""
    text = re.sub(r"(人民政府|党委|镇政府)$", "", fold(text))
    text = re.sub(r"(?<=街道)办事处$|(?<=街道)办$", "", text)
    text = (
        re.sub(
            r"^(?:[一-鿿]{2,3}省)?(?:[一-鿿]{2,3}市)?(?:[一-鿿]{1,4}?[县区](?=[一-鿿]{2}))?",
            "",
            text,
        )
        or text
    )
    return text[: -len("办事处")] + "街道" if text.endswith("办事处") else text


class Towns:
    """Names of towns as they become known; what was found in a text holds until another is added."""

    def __init__(self) -> None:
        self._names: set[str] = set()
        self._longest_first: list[str] = []
        self._first: dict[str, str] = {}
        self._without: dict[str, str] = {}

    def add(self, town: str) -> None:
        """Make a town known."""
        if town not in self._names:
            self._names.add(town)
            # a longer name is found before one that is part of it
            self._longest_first = sorted(self._names, key=lambda t: (-len(t), t))
            self._first, self._without = {}, {}

    def first_in(self, text: str) -> str:
        """The town a text names; "" for none."""
        if text not in self._first:
            self._first[text] = self._find(text)
        return self._first[text]

    def _find(self, text: str) -> str:
        folded = fold(text)
        for town in self._longest_first:
            if town in folded:
                return town
        if (m := _TOWN.search(folded)) and not re.search(r"全镇|本镇|各镇|乡镇|县镇", m[1]):
            return town_name(m[1])
        return ""

    def without(self, text: str) -> str:
        """The folded text with blanks in place of towns."""
        if text not in self._without:
            bare = fold(text)
            for town in self._longest_first:
                bare = bare.replace(town, "　" * len(town))
            self._without[text] = _TOWN.sub(
                lambda m: m[0][: m.start(1) - m.start(0)] + "　" * len(m[1]), bare
            )
        return self._without[text]
