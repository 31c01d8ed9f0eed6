"""The screen's charts: odd entries stand out of the year, a price stands among prices, nothing odd draws nothing."""

import xml.etree.ElementTree as ET
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from xuncha_lib.report.charts import WIDTH
from xuncha_lib.report.odd_charts import MOST_GREY, Dot, Price, entries_chart, prices_chart

dots = st.builds(
    Dot,
    st.dates(date(2015, 1, 1), date(2030, 12, 31)),
    st.floats(0.01, 1e9),
    st.none() | st.integers(1, 20),
)


def titles(svg):
    return [e.text for e in ET.fromstring(svg).iter("title")]


def test_without_an_odd_entry_there_is_no_chart():
    assert entries_chart([]) == ""
    assert entries_chart([Dot(date(2023, 5, 1), 300.0)]) == ""


def test_an_odd_entry_says_its_place_day_and_sum():
    svg = entries_chart([Dot(date(2023, 5, 1), 300.0), Dot(date(2023, 6, 2), 9800.0, 3)])
    assert titles(svg)[1:] == ["筛查第3项：2023-06-02 9,800元"]


def test_a_busy_year_is_thinned_out():
    busy = [Dot(date(2023, 1, 1) + timedelta(n % 365), 100.0 + n) for n in range(4000)]
    svg = entries_chart([*busy, Dot(date(2023, 6, 2), 9800.0, 1)])
    assert svg.count("h4") <= MOST_GREY
    assert len(svg.encode()) < 8_000


@given(st.lists(dots, min_size=1, max_size=30))
def test_every_mark_lies_inside(some):
    svg = entries_chart(some)
    assert (svg == "") == all(dot.rank is None for dot in some)
    for text in ET.fromstring(svg).iter("text") if svg else ():
        assert 0 <= float(text.get("x")) <= WIDTH


def test_a_price_is_told_beside_the_usual_one():
    svg = prices_chart(
        [Price(2, "水泥（元/吨）", 790.0, (340.0, 355.0, 360.0, 371.0, 380.0))], "柳沟村"
    )
    assert titles(svg)[1:] == ["水泥（元/吨）：柳沟村790元，各村中位价360元"]
    assert "790元（中位 360元）" in svg
