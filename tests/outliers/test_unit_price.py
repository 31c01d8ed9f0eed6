"""What was bought and how much of it, from summaries as clerks write them."""

import duckdb
import pytest

from xuncha_lib.outliers.unit_price import COUNTED, bought


@pytest.mark.parametrize(
    ("summary", "item", "quantity", "unit"),
    [
        ("购太阳能路灯20盏", "太阳能路灯", 20, "盏"),
        ("付购240升垃圾桶17个×137元", "240升垃圾桶", 17, "个"),
        ("购灭火器50具，单价155.7元", "灭火器", 50, "具"),
        ("采购30张折叠桌", "折叠桌", 30, "张"),
        ("购冬青（120株）", "冬青", 120, "棵"),
        ("定做校服32身，共计4800元", "校服", 32, "身"),
        ("购水泥 5.5 吨", "水泥", 5.5, "吨"),
    ],
)
def test_bought(summary: str, item: str, quantity: float, unit: str) -> None:
    assert bought(summary) == (item, quantity, unit)
    searched = duckdb.sql(
        "SELECT regexp_matches($text, $counted)",
        params={"text": "".join(summary.split()), "counted": COUNTED},
    )
    assert searched.fetchall() == [(True,)]


@pytest.mark.parametrize(
    "summary", ["付清理河道误工费3天", "付3月份电费", "购办公用品", "购桌子3张椅子6把"]
)
def test_nothing_to_price(summary: str) -> None:
    assert bought(summary) is None
