"""Parts of a side on several threads: in order, a few at a time, and nothing changes with their number."""

import time
from importlib import import_module

import pytest
from match_rolls import table

from xuncha_lib.people.match import study
from xuncha_lib.people.match.threads import in_order


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_results_come_in_the_order_of_the_parts(threads):
    def slow(part):
        time.sleep(0.002 * (part % 3))
        return part * part

    assert list(in_order(slow, iter(range(20)), threads)) == [n * n for n in range(20)]


def test_only_a_few_parts_are_taken_ahead():
    taken = []

    def parts():
        for n in range(50):
            taken.append(n)
            yield n

    results = in_order(lambda n: n, parts(), 2)
    next(results)
    assert len(taken) <= 4


def test_a_failure_is_not_swallowed():
    with pytest.raises(ZeroDivisionError):
        list(in_order(lambda n: 1 // n, [1, 0], 2))


@pytest.fixture(scope="module")
def left(roll):
    return table([(f"L{i}", row[1], row[2][:6] + "********" + row[2][14:], *row[3:]) for i, row in enumerate(roll[:400])])  # fmt: skip


@pytest.fixture(scope="module")
def usual(left, right):
    return study(left, right)


def module(name):
    return import_module(f"xuncha_lib.people.match.{name}")


@pytest.mark.parametrize("threads", [1, 3])
def test_the_number_of_threads_changes_nothing(left, right, usual, threads, monkeypatch):
    monkeypatch.setattr(module("threads"), "workers", lambda: threads)
    monkeypatch.setattr(module("scan"), "BATCH", 500)
    monkeypatch.setattr(module("judge"), "CHUNK", 300)
    again = study(left, right)
    assert again.pairs.equals(usual.pairs)
    assert again.notes == usual.notes


def test_a_big_side_gives_the_same_though_rows_are_let_go_on_the_way(
    left, right, usual, monkeypatch
):
    monkeypatch.setattr(module("engine"), "BIG", 1)
    monkeypatch.setattr(module("gather"), "SPARE", 10)
    monkeypatch.setattr(module("scan"), "BATCH", 200)
    compacted = []
    compact = module("gather").Pass._compact
    monkeypatch.setattr(
        module("gather").Pass, "_compact", lambda state: compacted.append(1) or compact(state)
    )
    again = study(left, right)
    assert again.pairs.equals(usual.pairs)
    assert again.notes == usual.notes
    assert compacted
