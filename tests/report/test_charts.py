"""Charts are well-formed SVG text whose marks say what the numbers say."""

import xml.etree.ElementTree as ET
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha_lib.report.charts import Month, Strip, _nice, aspects_chart, months_chart, peers_chart
from xuncha_lib.report.html import say, span, yuan

amounts = st.floats(0, 1e9, allow_nan=False)


def titles(svg):
    return [e.text for e in ET.fromstring(svg).iter("title")]


def test_a_marked_month_names_candidate_and_amount():
    """A diamond only where a candidate rests on an entry."""
    months = [
        Month(date(2023, 1, 1), 100.0, 50.0),
        Month(date(2023, 2, 1), 0.0, 80.0, ((3, "out", 80.0),)),
    ]
    svg = months_chart(months)

    assert titles(svg)[1:] == [
        "2023-01 收100元 支50元",
        "2023-02 收0元 支80元 候选3依据1笔80元",
    ]
    assert svg.count("l5 5-5 5-5-5z") == 2  # one in the legend


@given(st.lists(st.tuples(amounts, amounts), max_size=24))
def test_any_books_make_a_well_formed_chart(pairs):
    """Also none at all, and months of nothing."""
    months = [Month(date(2020 + i // 12, i % 12 + 1, 1), a, b) for i, (a, b) in enumerate(pairs)]
    assert len(titles(months_chart(months))) == 1 + len(months)


@given(st.lists(amounts, max_size=30), st.none() | amounts)
def test_any_peers_make_a_well_formed_strip(peers, value):
    """No peers and no value of its own are both possible."""
    ET.fromstring(peers_chart([Strip("人均年支出", value, tuple(peers), False)], "柳沟村"))


def test_a_value_that_is_missing_is_said_to_be():
    """Not drawn at zero."""
    svg = peers_chart([Strip("现金付款占比", None, (0.1, 0.2), True)], "柳沟村")
    assert "缺资料，未计算" in svg
    assert 'class="m"' not in svg


def test_aspects_without_amount_are_drawn_and_named():
    """A candidate need not have an amount."""
    assert "未涉及金额 · 第2条" in aspects_chart([("组织建设与换届", 0.0, "第2条")])


@given(st.floats(0.01, 1e12, allow_nan=False))
def test_axes_end_at_a_round_number_not_below_the_data(top):
    """1, 2, 2.5 or 5 times a power of ten."""
    assert top * 0.999 <= _nice(top) <= top * 2.6


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (0.0, "0元"),
        (1234.5, "1,234.50元"),
        (300.0, "300元"),
        (123456.0, "12.35万元"),
        (-200000.0, "-20万元"),
    ],
)
def test_yuan(value, text):
    """Above 100,000 in 万元."""
    assert yuan(value) == text


def test_say_masks_and_escapes():
    """Whatever reaches a page goes through it."""
    assert (
        say("证号370124196001010014，电话13812340001<b>")
        == "证号370124********0014，电话138****0001&lt;b&gt;"
    )
    assert span(date(2023, 5, 1), date(2023, 5, 1)) == "2023-05-01"
