"""ID numbers, phones and cards as they can be read, and how two relate."""

import numpy as np
import pyarrow as pa
import pytest

from xuncha_lib.people.match.compare import Number, compare_ids, compare_numbers
from xuncha_lib.people.match.numbers import PHONE, plain_numbers, read_ids

FULL, OLD = "370124196001010014", "370124600101001"
READ = [
    (FULL, FULL), (OLD, FULL), ("370124********0014", "370124********0014"), ("370124****0014", "370124********0014"),
    ("370124XXXXXXXX0014", "370124********0014"), ("3701241960****0014", "3701241960****0014"), ("", "*" * 18),
    ("000000000000000000", "*" * 18), ("370124E17", "*" * 18), ("370124196001010000", "370124196001010***"),
]  # fmt: skip
PAIRS = [
    (FULL, FULL, Number.EQUAL), (FULL, OLD, Number.EQUAL), (FULL, "370124196001010024", Number.EDIT),
    (FULL, "370124196001100014", Number.EDIT), (FULL, "37012419600101014", Number.EDIT), (FULL, "", Number.NONE),
    (FULL, "370124********0014", Number.SEEN), (FULL, "370124********0025", Number.DIFFER),
    (FULL, "370102196001012257", Number.BIRTH), (FULL, "370181198505201232", Number.DIFFER),
]  # fmt: skip


@pytest.mark.parametrize(("written", "pattern"), READ)
def test_a_number_as_far_as_it_can_be_read(written, pattern):
    assert read_ids(pa.array([written])).digits.tobytes().decode() == pattern


@pytest.mark.parametrize(("a", "b", "relation"), PAIRS)
def test_how_two_id_numbers_relate_both_ways(a, b, relation):
    x, y = read_ids(pa.array([a, b])), read_ids(pa.array([b, a]))
    at = np.arange(2)
    assert compare_ids(x, y, at, at)[0].tolist() == [relation, relation]


def test_a_number_is_right_with_its_check_digit_or_as_fifteen_digits():
    ids = read_ids(pa.array([FULL, FULL[:-1] + "5", OLD, "370124199913010010"]))
    assert ids.is_right.tolist() == [True, False, True, False]
    assert ids.is_full.tolist() == [True, True, True, False]


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        ("13812345678", "13812345678", Number.EQUAL), ("13812345678", "138****5678", Number.SEEN),
        ("13812345678", "13812345687", Number.EDIT), ("13812345678", "13987654321", Number.DIFFER),
        ("13812345678", "", Number.NONE), ("00000000000", "00000000000", Number.NONE),
    ],
)  # fmt: skip
def test_how_two_phones_relate(a, b, relation):
    x, y = (plain_numbers(pa.array([text]), PHONE) for text in (a, b))
    assert compare_numbers(x, y)[0].tolist() == [relation]
