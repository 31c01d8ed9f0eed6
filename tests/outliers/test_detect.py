"""Heads of detectors and the file of reasons: what breaks the grammar is named."""

import pytest

from xuncha_lib.errors import XunchaError
from xuncha_lib.outliers.detect import read_detector, shipped_detectors
from xuncha_lib.outliers.reasons import read_reasons

HEAD = """/*---
name: 试
needs: {entries: [entry_id]}
reason: r
figure: f
group: g
checked: c
clears: [x]
source: s
---*/
SELECT 1"""


def test_every_shipped_detector_can_be_read_and_names_what_clears_it():
    detectors = shipped_detectors()
    assert len(detectors) >= 15
    for detector in detectors.values():
        assert detector.clears
        assert detector.source
        assert detector.needs


def test_every_reason_names_detectors_that_exist():
    for reason in read_reasons():
        assert set(reason.weight) <= {"all", *shipped_detectors()}
        assert reason.words or reason.flag


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("source: s", "sauce: s", "source"),
        ("entry_id", "entri_id", "entry_id"),
        ("entries:", "entrys:", "entries"),
        ("/*---", "/*", "文件头"),
    ],
)
def test_a_wrong_head_is_named(tmp_path, old, new, word):
    path = tmp_path / "x.sql"
    path.write_text(HEAD.replace(old, new), encoding="utf-8")
    with pytest.raises(XunchaError, match=word):
        read_detector(path)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("a: {zh: 甲, word: x, weight: {all: 1}}", "words"),
        ("a: {zh: 甲, says: revers, weight: {all: 1}}", "reversal"),
        ("a: {zh: 甲, words: '(', weight: {all: 1}}", "表达式"),
        ("a: {words: x}", "weight"),
    ],
)
def test_a_wrong_reason_is_named(tmp_path, text, word):
    path = tmp_path / "r.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(XunchaError, match=word):
        read_reasons(path)
