"""Model files in `models/` beside the round's settings, from `xuncha run` to the page; and `xuncha models`."""

import json
import shutil

import duckdb
import pytest
from click.testing import CliRunner

import xuncha_lib as xc
from xuncha_lib.cli import main
from xuncha_lib.errors import XunchaError
from xuncha_lib.models.workshop import new_model
from xuncha_lib.runs import run


def test_a_round_with_models_of_its_own(small_round, tmp_path):
    """One runs and leads to hits with its own name; one is broken and says so; scan and report know them too."""
    raw = tmp_path / "raw"
    shutil.copytree(small_round.raw, raw)
    new_model(tmp_path / "models", "M901_weekend")
    bad = new_model(tmp_path / "models", "M902_broken")
    bad.write_text(
        bad.read_text(encoding="utf-8").replace("prior: 0.5", "prior: 0.5\ncolour: red"),
        encoding="utf-8",
    )
    result = run(raw, tmp_path / "run", jobs=2, reports=False)

    con = duckdb.connect(str(result.case_file), read_only=True)
    status = dict(
        con.execute("SELECT model_id, status FROM model_run WHERE village_code IS NULL").fetchall()
    )
    why = con.execute("SELECT why FROM model_run WHERE model_id = 'M902'").fetchall()[0][0]
    con.close()
    assert (status["M901"], status["M902"], status["M11"]) == ("ran", "not_run", "ran")
    assert "M902_broken.sql" in why and "colour" in why
    with xc.open_case(result.case_file) as case:
        runs = case.scan("M901", least_yuan=1).set_index("model_id")
        assert runs.hits["M901"] > 0
        assert case.round().names["model", "M901"] == "周末发生的较大支出"
        assert "M902" in case.round().by_model()

    assert run(raw, tmp_path / "run", jobs=2, reports=False, case_file=result.case_file).case_file
    (tmp_path / "xuncha.toml").write_text('models = "elsewhere"', encoding="utf-8")
    with pytest.raises(XunchaError, match="elsewhere"):
        run(raw, tmp_path / "run", reports=False)


def test_listed_explained_and_started(tmp_path):
    """All, one in full, a folder's own, a new file; what is wrong with a file is told."""
    runner = CliRunner()
    assert "M34" in runner.invoke(main, ["models"]).output
    told = runner.invoke(main, ["models", "M34"]).output
    assert "常见正常解释" in told and "核查建议" in told
    made = runner.invoke(main, ["models", "--folder", str(tmp_path), "--new", "M901_weekend"])
    assert made.exit_code == 0 and (tmp_path / "M901_weekend.sql").is_file()
    (tmp_path / "M902_x.sql").write_text("SELECT 1", encoding="utf-8")
    listed = runner.invoke(main, ["models", "--folder", str(tmp_path)]).output
    assert "M901  周末发生的较大支出" in listed
    assert "M902  不能用：M902_x.sql" in listed
    rows = json.loads(
        runner.invoke(main, ["models", "M901", "--folder", str(tmp_path), "--json"]).output
    )
    assert [row["id"] for row in rows] == ["M901", "M902"]
    assert runner.invoke(main, ["models", "M99999"]).exit_code == 2
