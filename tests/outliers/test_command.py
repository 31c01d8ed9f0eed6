"""`xuncha outliers`: JSON, Chinese, exit codes."""

import json

import pyarrow.parquet as pq
from click.testing import CliRunner
from outliers.books import Books
from outliers.planted import plant_duplicate

from xuncha_lib.cli import main


def test_the_command_writes_the_list_and_tells_what_was_not_tested(tmp_path):
    books = Books(6)
    plant_duplicate(books)
    data = books.write(tmp_path / "data", without=("roster",))
    words = ["outliers", "--data", str(data), "--out", str(tmp_path / "c.parquet")]
    told = json.loads(CliRunner().invoke(main, [*words, "--json", "--threads", "1"]).output)
    rows = pq.read_table(tmp_path / "c.parquet").to_pylist()
    assert told["candidates"] == len(rows) >= 1
    assert "ghost_wages" in told["not_tested"]
    assert {"village_id", "score", "detector", "chance", "reason", "objs"} <= set(rows[0])
    said = CliRunner().invoke(main, words)
    assert said.exit_code == 0
    assert "未能检验" in said.output


def test_a_missing_folder_ends_with_2(tmp_path):
    result = CliRunner().invoke(
        main, ["outliers", "--data", str(tmp_path / "no"), "--out", str(tmp_path / "c.parquet")]
    )
    assert result.exit_code == 2
    assert "Traceback" not in result.output
