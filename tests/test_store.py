"""Keeping things: what DuckDB may take of the machine."""

import duckdb

from xuncha_lib.store import MOST_GIB, bound_memory


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
