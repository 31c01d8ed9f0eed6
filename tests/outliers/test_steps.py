"""Queries taken apart into steps."""

import pytest

from xuncha_lib.outliers.detect import shipped_detectors
from xuncha_lib.outliers.steps import join_steps, split_steps


def test_brackets_in_quotes_and_comments_do_not_end_a_step():
    steps, rest = split_steps(
        "WITH a AS (SELECT ')' AS x -- )\n), b AS (SELECT (1) AS y)\nSELECT * FROM a, b"
    )
    assert [name for name, _ in steps] == ["a", "b"]
    assert rest == "SELECT * FROM a, b"
    assert join_steps(steps, rest).startswith("WITH a AS (SELECT ')' AS x -- )\n), b AS (")


@pytest.mark.parametrize("detector", shipped_detectors().values(), ids=lambda d: d.id)
def test_every_step_a_detector_keeps_is_one_of_its_steps(detector):
    steps, rest = split_steps(detector.sql)
    assert set(detector.keeps) <= {name for name, _ in steps}
    assert rest.startswith("SELECT")
