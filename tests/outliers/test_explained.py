"""An honest thing that looks like a case ranks far below it, and says why."""

from datetime import date, timedelta

import pytest
from outliers.books import Books, found, screened
from outliers.planted import (
    DAY,
    V,
    odds,
    plant_duplicate,
    plant_ghost_wages,
    plant_holiday_hosp,
    plant_price_inflation,
    plant_split,
)


def quiet_instalments(b):
    a = b.pay(V, DAY, 2317.46, "利群五金店", "水泵检修首付", "维修费", invoice="55501234")
    return [
        f"e:{a}",
        f"e:{b.pay(V, DAY + timedelta(9), 2317.46, '利群五金店', '水泵检修尾款', '维修费', invoice='55501234')}",
    ]


def quiet_monthly_fee(b):
    ids = [
        b.pay(V, date(2023, 1 + k, 8), 2317.46, "利群五金店", f"{1 + k}月管护费", "维修费")
        for k in range(9)
    ]
    return [f"e:{i}" for i in ids]


def quiet_reversal(b):
    objs = plant_duplicate(b)
    b.pay(V, DAY + timedelta(15), -2317.46, "利群五金店", "冲销重复付款", "维修费", bank=False)
    return objs


@pytest.mark.parametrize("rule", [quiet_instalments, quiet_monthly_fee, quiet_reversal])
def test_an_explained_repetition_ranks_far_below_an_unexplained_one(tmp_path, rule):
    plain, explained = Books(), Books()
    objs, other = plant_duplicate(plain), rule(explained)
    high = odds(plain.write(tmp_path / "a"), "duplicate", objs)
    low = odds(explained.write(tmp_path / "b"), "duplicate", other)
    assert low is None or low < high - 2


def test_a_township_that_eats_together_is_told_apart_from_one_village(tmp_path):
    alone, together = Books(), Books()
    objs = plant_holiday_hosp(alone)
    plant_holiday_hosp(together)
    for village in together.ids[:7]:
        if village != V:
            together.pay(village, date(2023, 10, 3), 2500.0, "东湖饭店", "来客用餐", "业务招待费")
    high = odds(alone.write(tmp_path / "a"), "holiday_hosp", objs)
    assert odds(together.write(tmp_path / "b"), "holiday_hosp", objs) < high - 2


def test_a_batch_of_wages_paid_in_one_transfer_is_no_mismatch(tmp_path):
    books = Books()
    ids = [
        books.pay(
            V, DAY, 900.0 + 10 * k, f"工人{'甲乙丙丁戊己'[k]}", "6月保洁工资", "卫生费", bank=False
        )
        for k in range(6)
    ]
    books.tables["bank"].append(
        {
            "bank_id": "B-bulk",
            "village_id": V,
            "date": DAY + timedelta(1),
            "amount": -sum(900.0 + 10 * k for k in range(6)),
            "counterparty": "代发户",
        }
    )
    rows, _ = screened(books, tmp_path)
    assert found(rows, "bank_mismatch", ["b:B-bulk", *(f"e:{i}" for i in ids)]) == []


def test_a_dear_purchase_with_transport_and_fitting_ranks_lower(tmp_path):
    plain, fitted = Books(), Books()
    objs = plant_price_inflation(plain)
    other = [
        f"e:{fitted.pay(V, DAY, 20 * 790.0, '平安建材经营部', '购水泥20吨（含运费及安装）', '维修费', invoice='12223333')}"
    ]
    high = odds(plain.write(tmp_path / "a"), "price_inflation", objs)
    low = odds(fitted.write(tmp_path / "b"), "price_inflation", other)
    assert low is None or low < high - 2


def test_three_months_of_a_stand_in_rank_below_eight_of_an_unknown(tmp_path):
    long, short = Books(), Books()
    objs = plant_ghost_wages(long)
    for k in range(3):
        short.pay(
            V, date(2023, 1 + k, 9), 1800.0, "孙未名", f"{1 + k}月村干部报酬 替班", "干部报酬"
        )
    high = odds(long.write(tmp_path / "a"), "ghost_wages", objs)
    low = odds(short.write(tmp_path / "b"), "ghost_wages", objs)
    assert low is None or low < high - 3


def test_a_new_reason_is_one_block_in_a_file_and_its_effect_can_be_seen(tmp_path):
    books = Books()
    objs = plant_split(books)
    before, _ = screened(books, tmp_path / "a")
    mine = tmp_path / "reasons.yml"
    mine.write_text(
        "mine: {zh: 广场整修已公示, words: 广场整修, weight: {split: 2.0}}", encoding="utf-8"
    )
    after, told = screened(books, tmp_path / "b", reasons=mine)
    assert told.explained["广场整修已公示"] >= 1
    low, high = found(after, "split", objs), found(before, "split", objs)
    assert "广场整修已公示" not in high[0]["excuses"]
    assert not low or (low[0]["score"] < high[0]["score"] and "广场整修已公示" in low[0]["excuses"])


def test_a_payee_named_in_brackets_is_a_payee(tmp_path):
    column, brackets = Books(), Books()
    plant_duplicate(column)
    objs = []
    for k in (0, 9):
        day = DAY + timedelta(k)
        number = brackets.pay(V, day, 2317.46, None, "水泵检修(利群五金店)", "维修费", invoice=None if k else "55501234")  # fmt: skip
        objs.append(f"e:{number}")
    told = odds(brackets.write(tmp_path / "b"), "duplicate", objs)
    same = [f"e:{row['entry_id']}" for row in column.tables["entries"][-2:]]
    assert told == odds(column.write(tmp_path / "a"), "duplicate", same)


def test_equal_sums_are_no_surprise_where_a_purpose_has_few_prices(tmp_path):
    rare, usual = Books(), Books()
    objs = plant_duplicate(rare)
    plant_duplicate(usual)
    for n, village in enumerate(usual.ids):
        for week in range(40):
            day = date(2023, 1, 4) + timedelta(8 * week)
            usual.pay(village, day, 2300.46 + (7 * week + 3 * n) % 30, "利群五金店", "水泵检修", "维修费")  # fmt: skip
    high = odds(rare.write(tmp_path / "a"), "duplicate", objs)
    low = odds(usual.write(tmp_path / "b"), "duplicate", objs)
    assert low is None or low < high - 2


def test_where_no_limit_is_on_file_the_figure_a_township_stays_under_counts(tmp_path):
    alone, shared = Books(limit=None), Books(limit=None)
    objs = plant_split(alone)
    plant_split(shared)
    for n, village in enumerate(shared.ids[:7]):
        for k in range(2 if village != V else 0):
            shared.pay(village, date(2023, 3, 1 + 3 * n + k), 4810.0 + 33 * k + n, "利群五金店", "水渠整修款", "维修费")  # fmt: skip
    low = odds(alone.write(tmp_path / "a"), "split", objs)
    assert odds(shared.write(tmp_path / "b"), "split", objs) > low + 0.8
