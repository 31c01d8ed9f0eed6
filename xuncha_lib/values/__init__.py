"""What a cell says: pure functions from a cell to a value, or to the reason why it has none.

Every `*_of` function takes a cell as a spreadsheet holds it (text, number, date, bool, None) and returns (value, why).
An empty cell, and the words for empty (/ 无 — …), give (None, ""); an illegible one gives (None, reason in Chinese).
"""

from xuncha_lib.values.amounts import area_m2_of, chinese_number, mu_of, mu_per, number_of, yuan_of
from xuncha_lib.values.cells import Cell, cell_text, flag_of, fold, is_blank
from xuncha_lib.values.dates import date_of, month_of, period_of, year_in
from xuncha_lib.values.identity import (
    IdNumber,
    PersonName,
    bank_no_of,
    check_digit,
    id_number_of,
    is_valid_id,
    person_name_of,
    phone_of,
    sex_of,
    split_names,
)
from xuncha_lib.values.organisations import (
    is_organisation,
    is_valid_uscc,
    organisation_name,
    uscc_of,
)

__all__ = [
    "Cell",
    "IdNumber",
    "PersonName",
    "area_m2_of",
    "bank_no_of",
    "cell_text",
    "check_digit",
    "chinese_number",
    "date_of",
    "flag_of",
    "fold",
    "id_number_of",
    "is_blank",
    "is_organisation",
    "is_valid_id",
    "is_valid_uscc",
    "month_of",
    "mu_of",
    "mu_per",
    "number_of",
    "organisation_name",
    "period_of",
    "person_name_of",
    "phone_of",
    "sex_of",
    "split_names",
    "uscc_of",
    "year_in",
    "yuan_of",
]
