"""Rent owed and received, by year."""

from datetime import date

from xuncha_lib.outliers.schedule import named_years, owed_years, shortfall


def test_years_named_in_a_receipt() -> None:
    assert named_years("收王甲2022-2023年承包费", date(2023, 5, 1)) == [2022, 2023]
    assert named_years("收23年租金", date(2024, 1, 5)) == [2023]
    assert named_years("收30年承包费", date(2024, 1, 5)) == [2024]
    assert named_years("收承包费", date(2024, 1, 5)) == [2024]


def test_a_term_owes_as_many_years_as_it_lasts() -> None:
    assert owed_years(date(2020, 1, 1), date(2029, 12, 31), [2019, 2022, 2030]) == [2022]
    assert owed_years(date(2015, 6, 1), date(2025, 5, 31), [2024, 2025]) == [2024]
    assert owed_years(date(2023, 9, 1), date(2033, 8, 31), [2023, 2024]) == [2024]


def test_shortfall() -> None:
    assert shortfall(3000, [2022, 2023], [([2022], 3000.0)]) == {2023: 3000}
    assert shortfall(3000, [2022, 2023], [([2022], 6000.0)]) == {}
    assert shortfall(3000, [2022, 2023], [([2022, 2023], 6000.0)]) == {}
