"""Reviews from decision to report: they survive re-runs, a deleted case, renamed and re-ordered files."""

import json
import shutil

import duckdb
import pandas as pd
import pytest
from click.testing import CliRunner

import xuncha_lib as xc
from xuncha_lib.cli import main
from xuncha_lib.errors import UnknownName, XunchaError
from xuncha_lib.runs import run, verify

STATUS = "SELECT candidate_id, status, rank, review FROM '{}/candidates.parquet' ORDER BY village_code, rank"


@pytest.fixture
def own(small_round, tmp_path):
    """The small round with a run and a case of its own."""
    out = tmp_path / "run"
    shutil.copytree(small_round.out, out)
    shutil.copy(small_round.case_file, tmp_path / "run.duckdb")
    note = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    note["case_file"] = str(tmp_path / "run.duckdb")
    (out / "manifest.json").write_text(json.dumps(note, ensure_ascii=False), encoding="utf-8")
    return small_round.raw, out, tmp_path / "run.duckdb"


def candidates(out):
    return duckdb.connect().execute(STATUS.format(out)).df().set_index("candidate_id")


def call(case_file, *words):
    return CliRunner().invoke(main, ["review", str(case_file), *words])


def test_decisions_reach_every_output_and_survive_a_deleted_case(own):
    """Parquet, page, register, round; the same again from the raw folder alone, byte by byte."""
    raw, out, case_file = own
    with xc.open_case(case_file) as case:
        todo = case.open_candidates()
        yes, no, more = todo.candidate_id[:3]
        case.review("confirm", yes, by="甲")
        case.review("dismiss", no, code="fp03", note="补发去年12月", by="甲")
        case.review("more", more, by="甲")
        assert case.candidates().set_index("candidate_id").status[yes] == "属实"
    assert [line for line in verify(out) if "复核" in line]
    run(raw, out, case_file=case_file, jobs=2)

    found = candidates(out)
    assert found.status[[yes, no, more]].tolist() == ["属实", "不属实", "待核实"]
    assert found["rank"][no] > 25
    assert "FP03补发补扣" in found.review[no] and "补发去年12月" in found.review[no]
    pages = "".join(path.read_text(encoding="utf-8") for path in out.rglob("report.html"))
    assert "复核后已排除：1条" in pages and "甲" in pages
    assert "已复核" in (out / "round.html").read_text(encoding="utf-8")
    assert verify(out) == []
    assert run(raw, out, case_file=case_file, jobs=2).is_unchanged

    before = (out / "candidates.parquet").read_bytes()
    case_file.unlink()
    run(raw, out, case_file=case_file, jobs=2, reports=False)
    assert (out / "candidates.parquet").read_bytes() == before


def test_ids_and_decisions_survive_renamed_and_reordered_files(own, tmp_path):
    """Every file under another name, in the opposite order: another case, the same candidates and decisions."""
    raw, out, case_file = own
    with xc.open_case(case_file) as case:
        no = case.open_candidates().candidate_id.iloc[0]
        case.review("dismiss", no, code="FP01", by="甲")
    other = tmp_path / "again" / "raw"
    shutil.copytree(raw, other)
    files = sorted(path for path in other.rglob("*") if path.is_file())
    for n, path in enumerate(files):
        path.rename(path.with_name(f"{len(files) - n:04d}_{path.name}"))
    shutil.copytree(case_file.with_suffix(".review"), tmp_path / "again" / "run.review")
    run(other, tmp_path / "again" / "run", jobs=2, reports=False)

    again = candidates(tmp_path / "again" / "run")
    assert set(again.index) == set(candidates(out).index)
    assert again.status[no] == "不属实"


def test_two_reviewers_who_disagree_are_both_shown(own):
    _, _, case_file = own
    key = json.loads(call(case_file, "list", "--json").output)[0]["candidate_id"]
    assert call(case_file, "confirm", key[:8], "--by", "甲").exit_code == 0
    told = call(case_file, "dismiss", key, "--code", "FP07", "--by", "乙").output
    assert "意见不一" in told and "甲" in told and "乙" in told
    assert key in call(case_file, "list", "--status", "意见不一").output
    assert "意见不一" not in call(case_file, "undo", "--by", "乙").output
    assert len(json.loads(call(case_file, "log", "--json").output)) == 1


def test_mistakes_are_named_and_write_nothing(own):
    _, _, case_file = own
    key = json.loads(call(case_file, "list", "--json").output)[0]["candidate_id"]
    for words, said in (
        (("dismiss", key, "--code", "FP99"), "FP09"),
        (("confirm", key[:-1] + "z"), key),
        (("confirm", "C"), "开头"),
        (("undo", key, "--by", "甲"), "没有可撤回"),
        (("undo", "--by", "甲"), "list"),
        (("confrim", key), "confirm"),
        (("list", "--status", "属是"), "属实"),
    ):
        result = call(case_file, *words)
        assert result.exit_code == 2, words
        assert said in result.output, words
    assert call(case_file, "dismiss", key).exit_code == 2
    assert json.loads(call(case_file, "log", "--json").output) == []


def test_check_tells_of_a_changed_log(own):
    _, _, case_file = own
    key = json.loads(call(case_file, "list", "--json").output)[0]["candidate_id"]
    call(case_file, "confirm", key, "--by", "甲")
    assert call(case_file, "check").exit_code == 0
    log = case_file.with_suffix(".review") / "甲.jsonl"
    log.write_text(log.read_text(encoding="utf-8").replace("confirm", "more"), encoding="utf-8")
    result = call(case_file, "check")
    assert result.exit_code == 3
    assert "校验值" in result.output


def test_learning_can_be_left_out(own):
    """Rates are told with n; without learning only the decided ones move."""
    raw, out, case_file = own
    before = candidates(out)
    with xc.open_case(case_file) as case:
        model = case.candidates().model_id.mode()[0]
        chosen = case.candidates().query("model_id == @model").candidate_id
        for key in chosen[:2]:
            case.review("dismiss", key, code="FP12", by="甲")
        rates = case.rates().set_index("model_id")
        assert rates.decided[model] == 2 and rates.confirmed[model] == 0
        assert rates.rate[model] < rates.prior[model]
    query = "SELECT candidate_id, score FROM '{}/candidates.parquet'"

    def scores():
        return duckdb.connect().execute(query.format(out)).df().set_index("candidate_id").score

    plain = duckdb.connect().execute(query.format(out)).df().set_index("candidate_id").score
    run(raw, out, case_file=case_file, reports=False, learning=False)
    pd.testing.assert_series_equal(scores().sort_index(), plain.sort_index())
    run(raw, out, case_file=case_file, reports=False)
    assert (scores().sort_index() < plain.sort_index()).any()
    assert set(before.index) == set(candidates(out).index)


def test_the_panel_does_what_the_command_does(own):
    """Clicks write into the same log; a mistake is said and nothing is written."""
    _, _, case_file = own
    with xc.open_case(case_file) as case:
        panel = case.review_panel(by="甲")
        first = panel.choice.value
        assert panel.rows[first]["status"] == "候选"
        panel.code.value = "FP05"
        panel.buttons["dismiss"].click()
        assert panel.choice.value != first
        assert panel.rows[first]["status"] == "不属实"
        panel.choice.value = first
        panel.buttons["undo"].click()
        assert panel.rows[first]["status"] == "候选"
        panel.buttons["undo"].click()
        assert "没有可撤回" in panel.said.value
        assert len(case.reviews()) == 0


def test_library_mistakes_are_named(own):
    _, _, case_file = own
    with xc.open_case(case_file) as case:
        key = case.open_candidates().candidate_id.iloc[0]
        with pytest.raises(UnknownName):
            case.review("confirmed", key)
        with pytest.raises(XunchaError, match="编号"):
            case.review("confirm")
        assert case.reviews().empty and case.check_reviews().empty
