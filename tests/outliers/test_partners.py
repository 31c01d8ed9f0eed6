"""A missing partner says something only where partners are usually found: wages, rents, cash drawn."""

from datetime import date, timedelta

import pytest
from outliers.books import Books, screened
from outliers.planted import V, odds


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


def test_years_of_one_contract_are_one_issue(tmp_path):
    books = Books()
    rents(books, payers=13)
    shop = books.tables["entries"]
    shop += [
        {**row, "entry_id": "Z" + row["entry_id"], "date": row["date"].replace(year=2024), "biz_date": row["biz_date"].replace(year=2024)}
        for row in shop if row["date"].day < 29
    ]  # fmt: skip
    rows, _ = screened(books, tmp_path)
    owed = [row for row in rows if row["detector"] == "income_unrecorded"]
    key = f"k:K-{books.ids[13]}-承包卯"
    assert [row["objs"] for row in owed] == [[f"{key}:2023", f"{key}:2024"]]
    assert "2023、2024年" in owed[0]["claim"]


@pytest.mark.parametrize(
    "remark", ["2021年已一次交清", "受灾，经代表会议决议减免", "与村欠款对抵，有协议"]
)
def test_what_the_register_of_contracts_says_explains_a_missing_rent(tmp_path, remark):
    plain, noted = Books(), Books()
    rents(plain, payers=13)
    rents(noted, payers=13)
    noted.tables["contracts"][13]["remark"] = remark
    objs = [f"k:K-{plain.ids[13]}-承包卯:2023"]
    high = odds(plain.write(tmp_path / "a"), "income_unrecorded", objs)
    low = odds(noted.write(tmp_path / "b"), "income_unrecorded", objs)
    assert low is None or low < high - 3


def test_a_receipt_booked_weeks_after_the_bank_is_late_and_not_missing(tmp_path):
    books = Books()
    entry = books.take(V, date(2023, 6, 24), 6955.4, "广盛苗木公司", "收土地款", bank=False)
    books.tables["bank"].append(
        {"bank_id": "B-early", "village_id": V, "date": date(2023, 6, 5), "amount": 6955.4, "counterparty": "广盛苗木公司"}
    )  # fmt: skip
    best = odds(books.write(tmp_path), "bank_mismatch", ["b:B-early", f"e:{entry}"])
    assert best is None or best < -2
