"""The chance of being right, learnt from verdicts."""

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from outliers.books import Books, screened
from outliers.planted import V, plant_duplicate, plant_split

from xuncha_lib.errors import XunchaError
from xuncha_lib.outliers.screen import screen
from xuncha_lib.outliers.verdicts import isotonic, learn


def test_isotonic_pools_what_falls_and_keeps_what_rises():
    x, y = np.array([1.0, 2, 3, 4, 4]), np.array([0.0, 1, 0, 1, 0.5])
    places, fitted = isotonic(x, y, np.ones(5))
    assert places.tolist() == [1, 2, 3, 4]
    assert fitted.tolist() == [0, 0.5, 0.5, 0.75]


def test_without_a_verdict_the_chance_is_the_prior():
    assert learn([], [], []).chance("a", 0.0) == 0.5


def test_the_chance_rises_with_the_odds_and_follows_the_record_of_a_detector():
    rng = np.random.default_rng(5)
    odds = rng.uniform(-3, 3, 400)
    names = ["good" if k % 2 else "poor" for k in range(400)]
    right = [
        rng.random() < 1 / (1 + np.exp(-(o + (1.5 if n == "good" else -1.5))))
        for o, n in zip(odds, names, strict=True)
    ]
    curve = learn(names, odds.tolist(), right)
    grid = np.linspace(-4, 4, 60)
    for name in ("good", "poor", "new"):
        chances = [curve.chance(name, o) for o in grid]
        assert all(a <= b for a, b in pairwise(chances))
        assert 0 < chances[0] < chances[-1] < 1
    assert curve.chance("good", 0.0) == pytest.approx(1 / (1 + np.exp(-1.5)), abs=0.1)
    assert curve.chance("poor", 0.0) == pytest.approx(1 / (1 + np.exp(1.5)), abs=0.1)


def test_few_verdicts_move_a_detector_little():
    names, odds, right = ["a"] * 40 + ["b"], [0.0] * 41, [True, False] * 20 + [False]
    assert learn(names, odds, right).chance("b", 0.0) > 0.25


def test_verdicts_fill_the_chance_and_say_how_many(tmp_path):
    books = Books()
    plant_split(books)
    for k, village in enumerate(books.ids):
        books.pay(
            village,
            date(2023, 6, 5),
            2317.46 + k,
            "利群五金店",
            "水泵检修",
            "维修费",
            invoice="55501234",
        )
        books.pay(
            village,
            date(2023, 6, 5) + timedelta(9),
            2317.46 + k,
            "利群五金店",
            "水泵检修",
            "维修费",
        )
    rows, _ = screened(books, tmp_path)
    said = [
        {k: row[k] for k in ("village_id", "detector", "objs")} | {"right": False}
        for row in rows
        if row["detector"] == "duplicate"
    ]
    pq.write_table(
        pa.Table.from_pylist([*said, said[0] | {"objs": ["e:none"]}]), tmp_path / "v.parquet"
    )
    told = screen(tmp_path / "data", tmp_path / "out.parquet", verdicts=tmp_path / "v.parquet")
    after = pq.read_table(tmp_path / "out.parquet").to_pylist()
    assert told.verdicts == {"duplicate": len(said)}
    assert told.unmatched == 1
    assert all(row["chance"] == row["score"] for row in after)
    by = {row["detector"]: row for row in after if row["village_id"] == V}
    assert "duplicate" not in by or by["duplicate"]["chance"] < 0.4
    assert by["split"]["verdicts"] == 0


@pytest.mark.parametrize(
    "table", [{"village_id": ["V"], "detector": ["a"], "objs": [["e:1"]]}, None]
)
def test_a_verdict_file_that_cannot_be_used_is_refused(tmp_path, table):
    books = Books(3)
    plant_duplicate(books)
    path = tmp_path / "v.parquet"
    pq.write_table(pa.table(table), path) if table else path.write_bytes(b"no")
    with pytest.raises(XunchaError):
        screen(books.write(tmp_path / "data"), tmp_path / "out.parquet", verdicts=path)
