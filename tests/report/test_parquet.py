"""What leaves a case as Parquet: every row with its place, nobody's number in the clear unless asked for with a reason."""

import json
import re
import shutil

import duckdb
import pandas as pd
import pytest
from click.testing import CliRunner

import xuncha_lib as xc
from xuncha_lib.cli import main
from xuncha_lib.errors import NotAllowed
from xuncha_lib.tables import load_tables

LONG_NUMBER = re.compile(r"(?<![0-9A-Za-z.])[1-9]\d{14,20}[0-9Xx]?(?![0-9A-Za-z])")


@pytest.fixture(scope="module")
def own_case(small_round, tmp_path_factory):
    """A copy of the case of the small round: exporting writes a log beside it."""
    return shutil.copy(small_round.case_file, tmp_path_factory.mktemp("export") / "round.duckdb")


@pytest.fixture(scope="module")
def exported(own_case):
    """Folder of the masked export, made by the command."""
    out = own_case.with_name("masked")
    told = CliRunner().invoke(main, ["export", str(own_case), "--out", str(out), "--json"])
    assert told.exit_code == 0, told.output
    assert len(json.loads(told.stdout)) == len(load_tables()) + 6
    return out


def test_every_row_leaves_with_its_place(exported, own_case):
    """Each canonical table, no row more or less; rejects, totals and footers too; each row has file, sheet and row."""
    with duckdb.connect(str(own_case), read_only=True) as con:
        for name in (*load_tables(), "reject", "damaged", "footer", "comment"):
            frame = pd.read_parquet(exported / f"{name}.parquet")
            assert len(frame) == con.execute(f"SELECT count(*) FROM {name}").fetchone()[0], name
            assert frame[["file", "sheet", "row"]].notna().all().all(), name
        totals = con.execute("SELECT count(*) FROM control_total").fetchone()[0]
        assert len(pd.read_parquet(exported / "control.parquet")) == totals
        sheets = pd.read_parquet(exported / "sheets.parquet")
        assert set(sheets.file) == {
            p for (p,) in con.execute("SELECT path FROM source_file").fetchall()
        }


def test_no_number_is_in_the_clear(exported):
    """Neither in its column nor in free text, and no day of birth beside a masked ID number."""
    for name in (
        "subsidy",
        "household",
        "cashbook",
        "business",
        "reject",
        "damaged",
        "footer",
        "comment",
    ):
        frame = pd.read_parquet(exported / f"{name}.parquet").drop(columns="file")
        text = frame.drop(columns=[c for c in ("uscc",) if c in frame]).to_csv(index=False)
        assert not LONG_NUMBER.search(text), name
        for column in (c for c in frame if c.endswith("_birth_on")):
            assert frame[column].isna().all()
    subsidy = pd.read_parquet(exported / "subsidy.parquet")
    shown = subsidy.beneficiary_id_number.dropna()
    assert shown.str.contains(r"^\d{6}\*{8}").any()


def test_in_the_clear_only_with_warrant_and_reason(own_case, tmp_path):
    """Refused without; with both the numbers are there and the log says who took them and why, chained to the line before."""
    with xc.open_case(own_case) as case, pytest.raises(NotAllowed, match="授权"):
        case.export(tmp_path / "x", unmask=True, reason="核对")
    with duckdb.connect(str(own_case)) as con:
        con.execute("DELETE FROM setting WHERE key = 'warrant'")
        con.execute("INSERT INTO setting VALUES ('warrant', '测试授权1号')")
    with xc.open_case(own_case) as case:
        with pytest.raises(NotAllowed, match="事由"):
            case.export(tmp_path / "x", unmask=True, reason=" ")
        case.export(tmp_path / "x", unmask=True, reason="核对")
    frame = pd.read_parquet(tmp_path / "x" / "subsidy.parquet")
    assert frame.beneficiary_id_number.str.fullmatch(r"\d{17}[\dX]", na=False).mean() > 0.5
    log = [
        json.loads(x) for x in own_case.with_suffix(".access.jsonl").read_text("utf-8").splitlines()
    ]
    assert log[-1]["reason"] == "核对"
    assert len(log[-1]["before"]) == 64


def test_a_destroyed_number_is_empty_and_named(tmp_path):
    """3.70124E+17: no ID number is told, and `damaged` says so; the row stays."""
    raw = tmp_path / "raw"
    raw.mkdir()
    text = "姓名,身份证号,补贴金额\n张伟,3.70124E+17,300\n李四,370181198505201232,300\n"
    (raw / "低保发放.csv").write_text(text, encoding="gb18030")
    with xc.new_case(tmp_path / "a.duckdb") as case:
        case.ingest(raw)
        case.export(tmp_path / "out")
    frame = pd.read_parquet(tmp_path / "out" / "subsidy.parquet")
    assert frame.beneficiary_id_number.isna().tolist() == [True, False]
    assert frame.damaged.map(list).tolist() == [["beneficiary_id_number"], []]
    assert frame.row.tolist() == [2, 3]
