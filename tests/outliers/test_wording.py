"""What two summaries of equal payments say about each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha_lib.outliers.wording import figures, likeness, same_object, without_counter


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        ("付维修水泵费", "水泵维修费", "same"),
        ("付东街井盖更换费", "付西街井盖更换费", "other"),
        ("付3月份清运费", "付4月份清运费", "figures"),
        ("付树苗款", "付树苗款", "same"),
        ("付路灯款", "付清淤款", "other"),
        ("", "付清淤款", "unknown"),
    ],
)
def test_same_object(a: str, b: str, relation: str) -> None:
    assert same_object(a, b) == relation


words = st.text(alphabet="付购东西南北街路灯水泵维修费款一二三1234月份（）", max_size=12)


@given(words, words)
def test_order_does_not_matter(a: str, b: str) -> None:
    assert same_object(a, b) == same_object(b, a)
    assert likeness(a, b) == likeness(b, a)


@given(words)
def test_likeness_to_itself(text: str) -> None:
    assert likeness(text, text) in (0.0, 1.0)


def test_counters_are_not_quantities() -> None:
    assert without_counter("河道清淤费(二)") == without_counter("河道清淤费(三)")
    assert figures("购路灯20盏") == {"20盏"}
