"""The line of a cited row, put together in SQL."""

from xuncha_lib.candidates.evidence import _cell
from xuncha_lib.models.blank import blank_case
from xuncha_lib.tables import Column


def shown(kind: str, value: str) -> str | None:
    """A value, given as SQL, as the line of its row shows it."""
    cell = _cell(Column("x", "列", kind))
    return blank_case().execute(f"SELECT {cell} FROM (SELECT {value} AS x) t").fetchall()[0][0]


def test_values_as_shown():
    assert shown("yuan", "CAST(-1234567.5 AS DECIMAL(18, 2))") == "列-1,234,567.50元"
    assert shown("yuan", "CAST(906 AS DECIMAL(18, 2))") == "列906元"
    assert shown("mu", "CAST(100 AS DECIMAL(14, 3))") == "列100亩"
    assert shown("mu", "CAST(0.25 AS DECIMAL(14, 3))") == "列0.25亩"
    assert shown("month", "DATE '2024-03-01'") == "2024年03月"
    assert shown("date", "DATE '2024-03-01'") == "列2024-03-01"
    assert shown("flag", "false") == "列：否"
    assert shown("number", "22.0::DOUBLE") == "列：22.0"
    assert shown("text", "'低保'") == "列：低保"


def test_an_empty_cell_is_not_shown():
    for kind, value in (
        ("flag", "NULL::BOOLEAN"),
        ("month", "NULL::DATE"),
        ("yuan", "NULL::DECIMAL(18, 2)"),
        ("text", "''"),
    ):
        assert shown(kind, value) is None
