"""One invented roll for all tests of the matcher."""

import pytest
from match_rolls import people, table


@pytest.fixture(scope="session")
def roll():
    """3,000 rows R0… of 3,000 people."""
    return [(f"R{i}", *person) for i, person in enumerate(people(3000, 5))]


@pytest.fixture(scope="session")
def right(roll):
    return table(roll)
