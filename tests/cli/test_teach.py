"""Teaching: how a file is understood, what is written, and that the next reading obeys it."""

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from xuncha_lib.cli import main
from xuncha_lib.ingest import layouts

sys.path.insert(0, str(Path(__file__).parents[1] / "ingest"))
from books import IDS, Round, xlsx

HEAD = ["序", "谁领", "证照编码", "这回给的", "签字"]
ROWS = [[i, f"张伟{c}", IDS[0], 200 + i, None] for i, c in enumerate("甲乙丙丁", 1)]


def call(*words):
    return CliRunner().invoke(main, ["teach", *map(str, words)])


@pytest.fixture
def raw(tmp_path):
    xlsx(
        tmp_path / "raw" / "慰问.xlsx", {"3月": [["燕家庄村2023年困难群众慰问发放表"], HEAD, *ROWS]}
    )
    yield tmp_path / "raw"
    layouts.use(tmp_path / "nowhere")


def test_shows_how_a_sheet_was_understood(raw):
    """Head row, kind or why not, each column with three samples; no number or name in the clear; nothing is written."""
    told = call("慰问.xlsx", "--raw", raw)
    assert told.exit_code == 0, told.output
    assert "没有认出" in told.output and "--column 这回给的=subsidy.补贴金额" in told.output
    assert "表头在第2行" in told.output
    assert "370124********0014" in told.output
    assert IDS[0] not in told.output and "张伟" not in told.output
    assert not (raw.parent / "layouts").exists()


def test_a_file_alone_can_be_looked_at_but_not_taught(raw):
    """To look, the file is enough; to write, the round must be known: a folder above it beside xuncha.toml."""
    book = raw / "慰问.xlsx"
    assert "表头在第2行" in call(book).output
    lesson = ("--column", "这回给的=subsidy.补贴金额")
    refused = call(book, *lesson)
    assert refused.exit_code == 2 and "--raw" in refused.output
    (raw.parent / "xuncha.toml").write_text("", encoding="utf-8")
    assert call(book, *lesson).exit_code == 0
    assert (raw.parent / "layouts" / "subsidy.yml").is_file()


def test_a_taught_column_is_used_by_the_next_reading(raw):
    """By key or by Chinese name; the round's file wins over what is shipped, also in worker processes, and is read again."""
    assert Round(raw).kinds() == [None]
    told = call(
        "慰问.xlsx",
        "--raw",
        raw,
        "--column",
        "谁领=subsidy.享受人",
        "--column",
        "这回给的=补贴发放花名册.amount_yuan",
        "--json",
    )
    assert told.exit_code == 0, told.output
    note = json.loads(told.stdout)
    assert note["sheets"][0]["table"] == "subsidy"
    assert {c["heading"]: c["field"] for c in note["sheets"][0]["columns"]}[
        "这回给的"
    ] == "amount_yuan"
    assert (raw.parent / "layouts" / "subsidy.yml").is_file()
    found = Round(raw)
    assert found.kinds() == ["subsidy"]
    assert found.rows("SELECT sum(amount_yuan)::INT, count(*) FROM subsidy") == [(810, 4)]


def test_a_taught_heading_beats_a_shipped_word(raw):
    """摘要 is a summary everywhere else; here it is whom the money went to."""
    head = ["日期", "凭证号", "摘要", "收款人", "支出"]
    xlsx(
        raw / "账.xlsx",
        {"账": [head, *[["2023.5.1", "记-1", "宏达商贸有限公司", "购水泥", 9]] * 4]},
    )
    assert Round(raw).one("SELECT any_value(payee_name) FROM cashbook") == "购水泥"
    assert (
        call(
            "账.xlsx",
            "--raw",
            raw,
            "--column",
            "摘要=cashbook.payee",
            "--column",
            "收款人=cashbook.summary",
        ).exit_code
        == 0
    )
    found = Round(raw)
    assert found.rows("SELECT DISTINCT summary, payee_org FROM cashbook") == [
        ("购水泥", "宏达商贸有限公司")
    ]
    assert call("账.xlsx", "--raw", raw, "--column", "摘要=cashbook.note").exit_code == 0
    assert Round(raw).one("SELECT any_value(note) FROM cashbook") == "宏达商贸有限公司"


def test_a_taught_kind_holds_for_that_head_only(raw):
    """The same columns are that kind in every book of the round; another head is judged as before."""
    head = ["编号", "位置", "深度(米)", "出水量"]
    for name in ("东机井", "西机井"):
        xlsx(
            raw / f"{name}.xlsx",
            {"表": [head, [1, "村南机井", 80, "好"], [2, name, 90, "好"]]},
        )
    xlsx(
        raw / "路灯.xlsx",
        {"表": [["编号", "位置", "瓦数", "亮度"], [1, "村南", 80, "好"], [2, "村北", 90, "好"]]},
    )
    assert (
        call(
            "东机井.xlsx", "--raw", raw, "--table", "固定资产", "--column", "位置=asset.资产名称"
        ).exit_code
        == 0
    )
    found = Round(raw)
    assert found.rows("SELECT path, table_name FROM sheet JOIN source_file USING (file_id) WHERE path LIKE '%井%' OR path LIKE '%灯%' ORDER BY 1") == [
        ("东机井.xlsx", "asset"), ("西机井.xlsx", "asset"), ("路灯.xlsx", None)]  # fmt: skip
    assert found.one("SELECT count(*) FROM asset WHERE asset_name LIKE '%机井%'") == 4


@pytest.mark.parametrize(
    ("words", "near"),
    [
        (("--column", "这回给=subsidy.amount_yuan"), "这回给的"),
        (("--column", "这回给的=subsidi.amount_yuan"), "subsidy"),
        (("--column", "这回给的=subsidy.amout_yuan"), "amount_yuan"),
        (("--column", "这回给的"), "列名=表.字段"),
        (("--table", "补贴发放"), "补贴发放花名册"),
        (("--sheet", "4月"), "3月"),
    ],
)
def test_mistakes_name_the_nearest_and_write_nothing(raw, words, near):
    told = call("慰问.xlsx", "--raw", raw, *words)
    assert told.exit_code == 2
    assert near in told.output
    assert not (raw.parent / "layouts").exists()


def test_a_layout_that_names_no_field_ends_the_reading_with_the_place(raw):
    """Before the first file is read; the file and the nearest name are told."""
    folder = raw.parent / "layouts"
    folder.mkdir()
    (folder / "a.yml").write_text(
        "table: subsidy\ncolumns: {amout_yuan: [这回给的]}\n", encoding="utf-8"
    )
    told = CliRunner().invoke(
        main, ["ingest", "--raw", str(raw), "--case", str(raw.parent / "a.duckdb")]
    )
    assert told.exit_code == 2
    assert "amount_yuan" in told.output


def test_the_case_knows_where_its_raw_folder_is_and_layouts_change_the_key_of_a_run(raw):
    """`--case` finds the folder; what is beside it is part of what decides a run."""
    from xuncha_lib.runs.fingerprint import list_inputs, run_key
    from xuncha_lib.settings import Settings

    case = raw.parent / "a.duckdb"
    assert (
        CliRunner().invoke(main, ["ingest", "--raw", str(raw), "--case", str(case)]).exit_code == 0
    )
    before = run_key(list_inputs(raw), Settings(), None, raw)
    told = call(
        "慰问.xlsx",
        "--case",
        case,
        "--column",
        "这回给的=subsidy.amount_yuan",
        "--column",
        "谁领=subsidy.beneficiary",
    )
    assert told.exit_code == 0, told.output
    assert run_key(list_inputs(raw), Settings(), None, raw) != before
