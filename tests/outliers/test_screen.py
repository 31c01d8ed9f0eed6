"""Each detector finds what it is for and stays quiet, or lower, on the honest thing that looks like it."""

from datetime import date, timedelta

import pytest
from outliers.books import Books, found, prepared, screened

from xuncha_lib.outliers.detect import run_detector, shipped_detectors
from xuncha_lib.outliers.reasons import read_reasons

V = "V03"
DAY = date(2023, 6, 5)


def odds(folder, detector, objs):
    """Best log-odds of a detector on these objects, None when it says nothing."""
    con, _, _ = prepared(folder)
    run_detector(con, shipped_detectors()[detector], read_reasons())
    rows = con.execute(f"SELECT odds, objs FROM hit_{detector}").fetchall()
    return max((o for o, named in rows if set(objs) & set(named)), default=None)


def test_quiet_books_give_nothing(tmp_path):
    rows, told = screened(Books(), tmp_path)
    assert rows == []
    assert told.villages == 14
    assert set(told.not_tested) == {
        "balance_break", "negative_balance", "income_unrecorded", "missing_voucher",
    }  # fmt: skip


def plant_duplicate(b):
    a = b.pay(V, DAY, 2317.46, "利群五金店", "水泵检修", "维修费", invoice="55501234")
    c = b.pay(V, DAY + timedelta(9), 2317.46, "利群五金店", "水泵检修", "维修费")
    return [f"e:{a}", f"e:{c}"]


def plant_split(b):
    return [
        f"e:{b.pay(V, DAY + timedelta(k), 4700.0 + 60 * k, '利群五金店', '广场整修款', '维修费', invoice=f'7710{k}044')}"
        for k in range(3)
    ]


def plant_below_limit(b):
    for k in range(6):
        b.pay(
            V,
            date(2023, 2, 6) + timedelta(41 * k),
            4810.0 + 23 * k,
            "利群五金店",
            f"{'门窗地路灯井'[k]}处零修",
            "维修费",
            invoice=f"7{k}20{k}144",
        )
    return [f"p:{V}:利群五金店"]


def plant_round_sum(b):
    return [f"e:{b.pay(V, DAY, 20000.0, '赵无名', '协调费用', '办公费', method='现金')}"]


def plant_fake_invoices(b):
    for k in range(10):
        b.pay(V, date(2023, 2, 1) + timedelta(23 * k + k * k % 7), 1210.5 + 17.3 * k, "远山商行", ("材料款", "日杂用品", "劳保用品", "货款", "宣传用品")[k % 5],
              ("办公费", "维修费", "卫生费")[k % 3], invoice=f"8123450{k}")  # fmt: skip
    return [f"p:{V}:远山商行"]


def plant_yearend_rush(b):
    for k in range(16):
        b.pay(
            V,
            date(2023, 12, 19 + k % 10),
            900.0 + 71 * k,
            "远山商行",
            "物资款",
            "维修费",
            invoice=f"9{k:02}23450",
        )
    return [f"m:{V}:202312"]


def plant_holiday_hosp(b):
    return [
        f"e:{b.pay(V, date(2023, 10, 2 + k), 2600.0 + 90 * k, '东湖饭店', '来客用餐', '业务招待费')}"
        for k in range(2)
    ]


def plant_price_inflation(b):
    return [
        f"e:{b.pay(V, DAY, 20 * 790.0, '平安建材经营部', '购水泥20吨', '维修费', invoice='12223333')}"
    ]


def plant_ghost_wages(b):
    for k in range(8):
        b.pay(V, date(2023, 1 + k, 9), 1800.0, "孙未名", f"{1 + k}月村干部报酬", "干部报酬")
    return [f"p:{V}:孙未名"]


def plant_related_payee(b):
    b.tables["payees"].append(
        {"payee": "长河工程队", "registered": date(2015, 1, 1), "legal_rep": "王长河"}
    )
    for k in range(9):
        b.pay(
            V,
            date(2023, 1, 10) + timedelta(33 * k),
            3300.0 + 911 * k % 4000,
            "长河工程队",
            "沟渠清理",
            "维修费",
            invoice=f"6600{k}123",
        )
    return [f"p:{V}:长河工程队"]


def plant_bank_mismatch(b):
    b.tables["bank"].append(
        {
            "bank_id": "B-x",
            "village_id": V,
            "date": DAY,
            "amount": -6421.7,
            "counterparty": "某商贸公司",
        }
    )
    return ["b:B-x"]


def plant_missing_voucher(b):
    b.number_vouchers()
    row = next(
        r
        for r in b.tables["entries"]
        if r["village_id"] == V and r["voucher_no"] == 5 and r["date"].month == 7
    )
    b.tables["entries"].remove(row)
    return [f"v:{V}:202307:5"]


def plant_income_unrecorded(b):
    for n, village in enumerate(b.ids):
        b.tables["contracts"].append(
            {
                "contract_id": f"K{n}",
                "village_id": village,
                "lessee": f"周田{n}户",
                "kind": "鱼塘承包",
                "annual": 9000.0 + n,
                "start_year": 2023,
                "end_year": 2026,
                "due_month": 5,
            }
        )
        if village != V:
            b.take(village, date(2023, 5, 12), 9000.0 + n, f"周田{n}户", "收鱼塘承包费")
    return ["k:K3:2023"]


def plant_wrong_account(b):
    return [
        f"e:{b.pay(V, DAY + timedelta(11 * k), 1900.0 + k, '东湖饭店', '来客用餐', '办公费', invoice=f'3{k}456789')}"
        for k in range(2)
    ]


def plant_new_vendor(b):
    b.tables["payees"].append(
        {"payee": "新起点工程有限公司", "registered": DAY - timedelta(20), "legal_rep": "某乙"}
    )
    b.pay(V, DAY, 46000.0, "新起点工程有限公司", "沟渠工程", "在建工程")
    return [f"p:{V}:新起点工程有限公司"]


def plant_balance_break(b):
    for village in b.ids:
        for month in range(1, 7):
            b.tables["balances"].append(
                {
                    "village_id": village,
                    "account_name": "银行存款",
                    "period": f"2023-{month:02}",
                    "opening": 1000.0 * month + (5000 if village == V and month == 4 else 0),
                    "closing": 1000.0 * (month + 1),
                }
            )
    return [f"m:{V}:202303"]


def plant_negative_balance(b):
    b.tables["balances"].append(
        {
            "village_id": V,
            "account_name": "库存现金",
            "period": "2023-05",
            "opening": 200.0,
            "closing": -9000.0,
        }
    )
    return [f"m:{V}:202305"]


PLANTED = {name[6:]: rule for name, rule in globals().items() if name.startswith("plant_")}


@pytest.mark.parametrize("detector", PLANTED)
def test_a_planted_case_is_found_with_all_nine_parts(tmp_path, detector):
    books = Books()
    objs = PLANTED[detector](books)
    rows, _ = screened(books, tmp_path)
    hits = found(rows, detector, objs)
    assert hits, [row["reason"] for row in rows]
    for part in (
        "claim",
        "rows",
        "figure",
        "reference_group",
        "reference_size",
        "rarity",
        "checked",
        "clears",
        "recompute",
    ):
        assert hits[0][part], part
    assert hits[0]["chance"] is None
    assert {row["village_id"] for row in rows} == {V}


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


def test_wages_of_a_purpose_nobody_on_the_roster_draws_cannot_be_tested(tmp_path):
    books = Books()
    for n, village in enumerate(books.ids):
        for month in range(1, 13):
            books.pay(
                village,
                date(2023, month, 11),
                600.0,
                f"保洁{'甲乙丙丁戊己庚辛壬癸子丑寅卯'[n]}",
                f"{month}月保洁员工资",
                "卫生费",
            )
    rows, told = screened(books, tmp_path)
    assert [row for row in rows if row["detector"] == "ghost_wages"] == []
    assert "14个村" in told.not_tested["ghost_wages"]


def lease(b, village, lessee, **more):
    b.tables["contracts"].append(
        {"contract_id": f"K-{village}-{lessee}", "village_id": village, "lessee": lessee, "kind": "鱼塘", "annual": 4200.0,
         "start_year": 2021, "end_year": 2027, **more}
    )  # fmt: skip


def rents(b, payers):
    """One pond in each village without a due month; `payers` of them pay in some month or other."""
    for n, village in enumerate(b.ids):
        name = f"承包{'甲乙丙丁戊己庚辛壬癸子丑寅卯'[n]}"
        lease(b, village, name)
        if n < payers:
            b.take(village, date(2023, 2 + n % 8, 9), 4200.0, name, "收鱼塘承包费")


def test_rent_without_a_due_month_is_found_in_any_month(tmp_path):
    books = Books()
    rents(books, payers=13)
    folder = books.write(tmp_path / "a")
    owed = [
        odds(folder, "income_unrecorded", [f"k:{contract['contract_id']}:2023"])
        for contract in books.tables["contracts"]
    ]
    assert owed[:13] == [None] * 13
    assert owed[13] > -2


def test_rents_that_mostly_cannot_be_linked_say_nothing(tmp_path):
    books = Books()
    rents(books, payers=6)
    rows, told = screened(books, tmp_path)
    assert [row for row in rows if row["detector"] == "income_unrecorded"] == []
    assert "未能检验" in told.not_tested["income_unrecorded"]


def test_a_receipt_pays_the_years_it_names_one_or_several(tmp_path):
    other_year, span = Books(), Books()
    receipts = ((other_year, 1, "收2022年鱼塘承包费"), (span, 3, "收2022-2024年鱼塘承包费"))
    for books, years, words in receipts:
        rents(books, payers=13)
        books.take(books.ids[13], date(2023, 5, 9), years * 4200.0, "承包卯", words)
    objs = [f"k:K-{span.ids[13]}-承包卯:2023"]
    assert odds(span.write(tmp_path / "b"), "income_unrecorded", objs) is None
    assert odds(other_year.write(tmp_path / "a"), "income_unrecorded", objs) > -2


def draw(b, *, cash):
    for k in range(8):
        day = date(2023, 1 + k, 16)
        b.tables["bank"].append(
            {"bank_id": f"B-draw{k}", "village_id": V, "date": day, "amount": -1000.0 - 500 * (k % 3), "counterparty": "某村经济合作社"}
        )  # fmt: skip
        for part in range(4 if cash else 0):
            b.pay(V, day + timedelta(2 + 3 * part), 340.0 + 7 * k + part, "零工", "清扫街道用工", "卫生费", method="现金", bank=False)  # fmt: skip
    return [f"b:B-draw{k}" for k in range(8)]


def test_cash_drawn_and_spent_in_cash_is_no_mismatch_unless_the_book_spends_none(tmp_path):
    spent, kept = Books(), Books()
    objs = draw(spent, cash=True)
    draw(kept, cash=False)
    high = odds(kept.write(tmp_path / "a"), "bank_mismatch", objs)
    low = odds(spent.write(tmp_path / "b"), "bank_mismatch", objs)
    assert high is not None
    assert low is None or low < high - 2
