"""A round's own model files: they run beside the shipped ones; what is wrong in one is named and costs the others nothing."""

from pathlib import Path

import pytest

from xuncha_lib.errors import BadModel, UnknownName, XunchaError
from xuncha_lib.models import guard, prepare, round_models, scan, shared
from xuncha_lib.models.blank import blank_case
from xuncha_lib.models.limits import load_limits
from xuncha_lib.models.workshop import new_model, try_model

GOOD = "M902_weekend"
SEED = """INSERT INTO cashbook (row_id, village_code, entry_on, summary, payment_yuan, payee_name, method)
          SELECT i, 'V1', DATE '2024-03-03', '购物资' || i, 9000 + i, '甲商店', '现金' FROM range(1, 4) t(i)"""


@pytest.fixture
def con():
    """A village with three payments on a Sunday, prepared."""
    case = blank_case()
    case.execute(
        "INSERT INTO village (village_code, village_name, town) VALUES ('V1', '甲村', '乙镇')"
    )
    case.execute(SEED)
    load_limits(case)
    prepare(case)
    return case


def own(folder, change=lambda text: text, stem=GOOD):
    """A model of the round, changed as given."""
    path = new_model(folder, stem)
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    return path


def outcome(con, folder, wanted=("M902", "M34")):
    """Model → (status, why, hits) of the round's run."""
    models, broken = round_models(folder)
    scan(con, [m for m in wanted if m in models], models=models, broken=broken)
    rows = con.execute(
        "SELECT model_id, status, coalesce(why, ''), hits FROM model_run WHERE village_code IS NULL"
    )
    return {row[0]: row[1:] for row in rows.fetchall()}


def test_runs_beside_the_shipped_ones(con, tmp_path):
    own(tmp_path)
    found = outcome(con, tmp_path)
    assert found["M902"] == ("ran", "", 3)
    assert found["M34"][0] == "ran"


CHANGES = {
    "unknown key": (lambda t: t.replace("severity: low", "severity: low\ncolour: red"), "colour"),
    "no head": (lambda t: t.replace("/*---", ""), "没有"),
    "head is no mapping": (lambda t: "/*---\n- a\n---*/\nSELECT 1", "键"),
    "broken yaml": (lambda t: t.replace("category: C5", "category: [C5"), "M902"),
    "unknown category": (lambda t: t.replace("category: C5", "category: C55"), "C55"),
    "unknown form": (lambda t: t.replace("[F13]", "[F99]"), "F99"),
    "undeclared column": (lambda t: t.replace("uses: {money: [summary, ", "uses: {money: ["), "summary"),
    "column that does not exist": (lambda t: t.replace("amount_yuan >= ", "amuont_yuan >= "), "amuont_yuan"),
    "undeclared table": (lambda t: t.replace("FROM money", "FROM money JOIN cadre USING (village_code)"), "cadre"),
    "needs unknown table": (lambda t: t.replace("needs: {money: [amount_yuan", "needs: {mony: [amount_yuan"), "mony"),
    "needs unknown column": (lambda t: t.replace("needs: {money: [amount_yuan", "needs: {money: [amount"), "amount"),
    "limit that does not exist": (lambda t: t.replace("basis: []", "basis: []\nlimits: [cash_singel_yuan]"), "cash_singel_yuan"),
    "limit asked for in the query": (
        lambda t: t.replace("AND amount_yuan >=", "AND amount_yuan > limit_at('cash_singel_yuan', '', entry_on) OR amount_yuan >="),
        "cash_singel_yuan",
    ),
    "sql that does not parse": (lambda t: t.replace("WHERE side", "WHERE WHERE side"), "WHERE"),
    "sql that fails on the data": (lambda t: t.replace("rows AS evidence", "[CAST(summary AS BIGINT)] AS evidence"), "购物资"),
    "reason with a name the query lacks": (lambda t: t.replace("{summary}", "{sumary}"), "sumary"),
    "missing result column": (lambda t: t.replace("NULL::INT AS level, ", ""), "level"),
    "unknown subject kind": (lambda t: t.replace("'voucher'", "'thing'"), "thing"),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_wrong_is_named_and_the_others_run(con, tmp_path, name):
    change, word = CHANGES[name]
    own(tmp_path, change)
    found = outcome(con, tmp_path)
    status, why, hits = found["M902"]
    assert (status, hits) == ("not_run", 0)
    assert word in why
    assert found["M34"][0] == "ran"


def test_an_id_that_is_taken_is_refused(con, tmp_path):
    own(tmp_path, stem="M34_mine")
    models, (broken,) = round_models(tmp_path)
    assert models["M34"].path.name != "M34_mine.sql"
    assert "M34" in broken.why


PYTHON = '''"""---
{head}
---"""


def find(con, knobs):
    {body}
'''


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("return con.execute(\"SELECT 'V1' village_code, 'village' subject_kind, 'x' subject_key, NULL AS level, [1] evidence\").df()", "ran"),
        ("raise RuntimeError('坏了')", "not_run"),
        ("return 1 / 0", "not_run"),
        ("return [{'village_code': 'V1'}]", "not_run"),
    ],
)  # fmt: skip
def test_models_in_python_too(con, tmp_path, body, status):
    head = (
        new_model(tmp_path, "M903_x")
        .read_text(encoding="utf-8")
        .split("/*---\n")[1]
        .split("\n---*/")[0]
    )
    head = head.replace("（周末）支出{amount_yuan}元，摘要“{summary}”，", "").replace(
        "knobs: {least_yuan: 5000}\n", ""
    )
    (tmp_path / "M903_x.sql").unlink()
    (tmp_path / "M903_x.py").write_text(PYTHON.format(head=head, body=body), encoding="utf-8")
    found = outcome(con, tmp_path, ("M903", "M34"))
    assert found["M903"][0] == status, found
    assert found["M34"][0] == "ran"


def test_a_flood_is_bounded_the_same_way_every_time(con, tmp_path, monkeypatch):
    """At most so many a village, those with the largest amounts; and it is said."""
    monkeypatch.setattr(guard, "MOST_A_VILLAGE", 2)
    own(tmp_path)
    status, why, hits = outcome(con, tmp_path)["M902"]
    assert (status, hits) == ("ran", 2)
    assert "命中3条" in why
    assert con.execute(
        "SELECT list(amount_yuan ORDER BY 1) FROM hit WHERE model_id = 'M902'"
    ).fetchall() == [([9002.0, 9003.0],)]


@pytest.mark.slow
def test_a_million_hits_cost_the_others_nothing(con, tmp_path):
    """A join somebody forgot: more than a million is refused by name, just under is cut."""
    many = "FROM money, range(%d) r(n)\n"
    own(tmp_path, lambda t: t.replace("FROM money\n", many % 400_000))
    status, why, _ = outcome(con, tmp_path)["M902"]
    assert status == "not_run" and "命中超过1,000,000条" in why
    (tmp_path / f"{GOOD}.sql").unlink()
    own(tmp_path, lambda t: t.replace("FROM money\n", many % 300_000))
    found = outcome(con, tmp_path)
    assert found["M902"][0] == "ran" and found["M902"][2] == guard.MOST_A_VILLAGE
    assert found["M34"][0] == "ran"


def folder_with(tmp_path: Path, name: str, text: str) -> Path:
    """The prepared queries with one of them replaced."""
    folder = tmp_path / "prepared"
    folder.mkdir()
    for path in shared.PREPARED.glob("*.sql"):
        (folder / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "text",
    [
        "CREATE OR REPLACE TABLE cadre AS SELEC 1",
        "CREATE OR REPLACE TABLE cadre AS SELECT CAST('x' AS INT) AS p FROM village",
    ],
)
def test_a_prepared_query_that_fails_costs_only_its_readers(con, tmp_path, text):
    """M08 reads cadre, M34 does not; and what an earlier run left is not read as if it were new."""
    con.execute("INSERT INTO cadre (person) VALUES (1)")
    prepare(con, folder_with(tmp_path, "20_cadre.sql", text))
    found = outcome(con, None, ("M08", "M34"))
    assert found["M08"][0] == "not_run" and "20_cadre.sql" in found["M08"][1]
    assert found["M34"][0] == "ran"
    assert con.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'cadre' AND estimated_size > 0"
    ).fetchall() == [(0,)]


def test_when_the_ledger_query_fails_its_followers_say_so_too(con, tmp_path):
    """cancelled is made from money: empty money must not read as nothing cancelled."""
    prepare(con, folder_with(tmp_path, "10_money.sql", "CREATE OR REPLACE TABLE money AS SELEC 1"))
    found = outcome(con, None, ("M11", "M34"))
    assert found["M34"][0] == "not_run" and "10_money.sql" in found["M34"][1]
    assert "cancelled" in shared.prepared_errors(con)
    assert con.execute("SELECT count(*) FROM money").fetchall() == [(0,)]


def test_trying_a_model_writes_nothing_and_raises_by_name(con, tmp_path):
    path = own(tmp_path)
    assert len(try_model(con, path, {})) == 3
    assert len(try_model(con, path, {"least_yuan": 9002})) == 2
    assert con.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'hit'"
    ).fetchall() == [(0,)]
    with pytest.raises(UnknownName, match="least_yuan"):
        try_model(con, path, {"least_yaun": 1})
    path.write_text(
        path.read_text(encoding="utf-8").replace("WHERE side", "WHERE WHERE side"), encoding="utf-8"
    )
    with pytest.raises(BadModel):
        try_model(con, path, {})
    with pytest.raises(XunchaError, match="已有同名文件"):
        new_model(tmp_path, GOOD)
    with pytest.raises(XunchaError, match="例"):
        new_model(tmp_path, "weekend")
