"""Written ID numbers compared: properties that hold for every number, and the table of relations."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha_lib.people import idno
from xuncha_lib.people.idno import Relation
from xuncha_lib.values import check_digit, id_number_of, is_valid_id

births = st.dates(date(1900, 1, 1), date(2026, 12, 31))
bodies = st.builds(
    lambda region, born, serial: f"{region:06d}{born:%Y%m%d}{serial:03d}",
    st.integers(110000, 659999), births, st.integers(0, 999),
)  # fmt: skip
numbers = bodies.map(lambda body: body + check_digit(body))


def relation(a: str | None, b: str | None, *, valid: bool = False) -> Relation:
    found = idno.compare(idno.matrix([a]), idno.matrix([b]), valid=np.array([valid]))
    assert found == idno.compare(idno.matrix([b]), idno.matrix([a]), valid=np.array([valid]))
    return Relation(int(found[0]))


@given(numbers)
def test_a_number_equals_itself_and_its_mask_agrees(number: str) -> None:
    """The commonest mask, 6 + 8 stars + 4, is consistent with its number."""
    assert relation(number, number, valid=True) == Relation.EQUAL
    assert relation(number, number[:6] + "********" + number[14:]) == Relation.CONSISTENT


@given(numbers, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_one_edit_and_never_valid(number: str, place: int, shift: int) -> None:
    """GB 11643 notices every single wrong digit, so two right numbers are never one edit apart."""
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]

    assert relation(number, wrong) == Relation.ONE_EDIT
    assert not is_valid_id(wrong)


@given(numbers, st.integers(0, 15))
def test_swapped_neighbours_are_one_edit(number: str, place: int) -> None:
    """Swapping two neighbours is one slip, though it changes two digits."""
    wrong = number[:place] + number[place + 1] + number[place] + number[place + 2 :]

    assert relation(number, wrong) in (Relation.ONE_EDIT, Relation.EQUAL)


@given(numbers, numbers)
def test_two_right_numbers_are_one_or_two_people(a: str, b: str) -> None:
    """Between two right numbers there is no doubt."""
    assert relation(a, b, valid=True) == (Relation.EQUAL if a == b else Relation.APART)


@given(numbers)
def test_birth_and_sex_are_read_from_any_legible_part(number: str) -> None:
    """A number that lost its tail still shows the birth date, but not the sex."""
    known = id_number_of(number)

    assert idno.birth(number[:14] + "****") == known.birth_on == idno.birth(number)
    assert idno.sex(number) == known.sex
    assert idno.sex(number[:15] + "***") is None


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("370124196001010014", "370124196001***014", Relation.CONSISTENT),
        ("370124************", "370124196001010014", Relation.SILENT),
        (None, "370124196001010014", Relation.SILENT),
        ("370124196001010***", "370124196001010014", Relation.CONSISTENT),
        ("370124196001011***", "370124196001010014", Relation.DOUBTFUL),
        ("370124********0014", "370124********0032", Relation.APART),
        ("370124196001010014", "370124196001010533", Relation.DOUBTFUL),
        ("370124196001010014", "370102197803054417", Relation.APART),
    ],
)
def test_relation_of_two_patterns(a: str | None, b: str, expected: Relation) -> None:
    """Masks, damage and doubt: what each pair of patterns says."""
    assert relation(a, b) == expected


def test_birth_of_nothing() -> None:
    """A hidden or impossible date is no date."""
    assert idno.birth("370124********0014") is None
    assert idno.birth("370124196002300014") is None
