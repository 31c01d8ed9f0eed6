"""Pairs side by side: marked differences, bits in words, masked numbers."""

import re

import pytest

from xuncha_lib.case import open_case
from xuncha_lib.errors import XunchaError
from xuncha_lib.report.pairs import explain_pairs


@pytest.fixture(scope="module")
def case(small_round):
    with open_case(small_round.case_file) as case:
        yield case


def test_a_pair_is_explained_in_bits_and_masked(case):
    pairs = case.pairs(level=1).head(3)
    for card in case.explain(pairs):
        page = card._repr_html_()
        assert any(word.startswith("证号一致") and bits > 10 for word, bits in card.fields)
        assert re.search(r"[+−]\d+\.\d", card.text)
        assert not re.search(r"(?<![\d.])\d{15}", page + repr(card))
        assert "第" in card.left["origin"] and "行" in card.left["origin"]
        assert card.level == 1


def test_differences_are_marked(case):
    found = case.pairs()
    odd = found[
        (found.level <= 4)
        & (found.name_a != found.name_b)
        & (found.name_a.str.len() == found.name_b.str.len())
    ]
    card = case.explain(odd.head(1))[0]
    assert "<mark>" in card._repr_html_()


def test_an_unknown_mention_is_an_error(case):
    with pytest.raises(XunchaError, match="没有编号为"):
        explain_pairs(case._connection(), [(10**9, 1)])
