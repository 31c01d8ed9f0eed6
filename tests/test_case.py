"""The façade an analyst types: DataFrames out, masked; mistakes name the nearest."""

import re

import pytest

import xuncha_lib as xc
from xuncha_lib.errors import UnknownName, UnreadableFile

LONG_NUMBER = re.compile(r"(?<![0-9A-Za-z.])[1-9]\d{14,20}[0-9Xx]?(?![0-9A-Za-z])")


@pytest.fixture
def case(small_round):
    with xc.open_case(small_round.case_file) as opened:
        yield opened


def test_tables_are_masked(case):
    """Also the one that holds names and numbers in the clear."""
    for name in ("subsidy", "mention", "committee", "reject"):
        text = case.table(name).astype(str).to_csv()
        assert not LONG_NUMBER.search(text), name
    assert case.table("subsidy").beneficiary.str.contains(r"（\d{6}\*{8}", na=False).any()


def test_candidates_and_their_evidence(case):
    """In order of rank; the evidence of each has file, sheet and row."""
    top = case.candidates()
    first = case.candidates(top.village_code[0])
    assert first["rank"].tolist() == list(range(1, len(first) + 1))
    evidence = case.evidence(top.candidate_id[0])
    assert len(evidence)
    assert {"file", "sheet", "row", "summary"} <= set(evidence.columns)


def test_what_was_not_read(case):
    """Files and sheets by status; an unknown status is an error."""
    assert set(case.sheets(status="not recognised").status) <= {"not_recognised"}
    assert len(case.files(status="read")) < len(case.files())
    with pytest.raises(UnknownName):
        case.sheets(status="recognized")


def test_mistakes_name_the_nearest(case):
    """Tables, candidates, villages."""
    with pytest.raises(UnknownName, match="subsidy"):
        case.table("subsidies")
    for mistake in (lambda: case.evidence("C0"), lambda: case.candidates("没有的村")):
        with pytest.raises(UnknownName):
            mistake()


def test_a_new_case_step_by_step(small_round, tmp_path):
    """Ingest, link, scan one model; the warrant is kept."""
    with xc.new_case(tmp_path / "new.duckdb", warrant="示例〔2026〕1号") as case:
        summary = case.ingest(small_round.raw)
        assert summary.files["read"]
        assert len(case.link())
        runs = case.scan("M11")
        assert runs.status.tolist() == ["ran"]
        assert case.round().stamp == "授权文号：示例〔2026〕1号"
        assert "个村" in case._repr_html_()
    with pytest.raises(UnreadableFile, match="已有同名文件"):
        xc.new_case(tmp_path / "new.duckdb")
    with pytest.raises(UnreadableFile, match="没有这个案卷"):
        xc.open_case(tmp_path / "none.duckdb")
