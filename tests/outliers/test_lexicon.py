"""The words of the lexicon as macros of a case."""

import duckdb
import pytest

from xuncha_lib.outliers.lexicon import load_lexicon, read_lexicon


@pytest.fixture(scope="module")
def con():
    con = duckdb.connect()
    load_lexicon(con)
    return con


@pytest.mark.parametrize("name", sorted(read_lexicon()))
def test_a_missing_text_says_what_an_empty_one_says(con, name):
    [(missing, empty)] = con.execute(f"SELECT says_{name}(NULL), says_{name}('')").fetchall()
    assert missing is not None
    assert missing == empty


def test_a_text_is_searched(con):
    assert con.execute("SELECT says_opening('上年结转'), says_opening('付办公费')").fetchall() == [
        (True, False)
    ]
