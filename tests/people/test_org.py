"""Organisations under several spellings."""

from __future__ import annotations

import duckdb
import pytest

from xuncha_lib.people.org import match_organisations
from xuncha_lib.values import organisation_name

REGISTER = [
    "济南鑫源建材有限公司", "济南鑫达建材有限公司", "平阴县顺发农资经营部", "长清区顺发农资经营部",
    "平阴县绿丰种植农民专业合作社", "平阴老王五金店", "泰安宏图路桥工程有限公司",
]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "registered"),
    [
        ("济南鑫源建材有限公司", "济南鑫源建材有限公司"),
        ("鑫源建材有限公司", "济南鑫源建材有限公司"),
        ("济南鑫源建材", "济南鑫源建材有限公司"),
        ("山东省济南市鑫源建材公司", "济南鑫源建材有限公司"),
        ("鑫園建材", None),
        ("泰安鑫源建材有限公司", None),
        ("顺发农资经营部", None),
        ("平阴顺发农资经营部", "平阴县顺发农资经营部"),
        ("绿丰种植合作社", "平阴县绿丰种植农民专业合作社"),
        ("绿峰种植专业合作社", None),
        ("泰安宏图路侨工程有限公司", "泰安宏图路桥工程有限公司"),
        ("泰安宏达路桥工程有限公司", None),
        ("老王五金店", "平阴老王五金店"),
        ("五金店", None),
        ("济南鑫达建材有限公司农民工工资专用账户", "济南鑫达建材有限公司"),
    ],
)
def test_a_spelling_finds_its_registered_name(written: str, registered: str | None) -> None:
    """Place, legal form and a slip of sound or shape may differ; two that fit are nobody."""
    con = duckdb.connect()
    con.execute("CREATE TABLE village (county VARCHAR, town VARCHAR)")
    con.execute(
        "INSERT INTO village VALUES ('平阴县', '榆山街道'), ('长清区', NULL), ('泰安', NULL)"
    )
    con.execute("CREATE TABLE business (company_org VARCHAR)")
    con.execute("CREATE TABLE cashbook (payee_org VARCHAR)")
    con.executemany(
        "INSERT INTO business VALUES (?)", [[organisation_name(name)] for name in REGISTER]
    )
    con.execute("INSERT INTO cashbook VALUES (?)", [organisation_name(written)])
    match_organisations(con)

    org = organisation_name(written)
    rows = con.execute("SELECT canonical, why FROM org_alias WHERE org = ?", [org]).fetchall()
    assert [row[0] for row in rows] == [organisation_name(registered) if registered else org]
    assert rows[0][1]
