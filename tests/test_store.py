"""Keeping things: what DuckDB may take of the machine, when Python's collector rests."""

import gc

import duckdb
import pytest

from xuncha_lib.store import MOST_GIB, bound_memory, without_collecting


def test_a_high_limit_is_lowered_and_a_low_one_stays():
    con = duckdb.connect()
    con.execute("SET memory_limit = '64GiB'")
    bound_memory(con)
    assert con.execute("SELECT current_setting('memory_limit')").fetchall() == [
        (f"{MOST_GIB}.0 GiB",)
    ]
    con.execute("SET memory_limit = '900MiB'")
    bound_memory(con)
    assert con.execute("SELECT current_setting('memory_limit')").fetchall() == [("900.0 MiB",)]


def test_the_collector_rests_while_rows_are_made_and_wakes_also_after_an_error():
    assert gc.isenabled()
    with pytest.raises(ZeroDivisionError), without_collecting():
        assert not gc.isenabled()
        _ = 1 / 0
    assert gc.isenabled()
    gc.disable()
    try:
        with without_collecting():
            pass
        assert not gc.isenabled(), "whoever turned it off turns it on"
    finally:
        gc.enable()
