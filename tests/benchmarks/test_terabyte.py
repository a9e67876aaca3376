"""The model of a terabyte: the simulator against what can be worked out by hand, or more plainly."""

from __future__ import annotations

import heapq

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.terabyte.simulation import Alone, Step, bundled, played

PARTS = st.lists(st.floats(0, 100), max_size=40)
EQUAL = [1.0] * 12


def by_list_scheduling(parts, workers):
    """When all parts are done, if each goes to the worker that is free first."""
    free = [0.0] * workers
    for seconds in parts:
        heapq.heappush(free, heapq.heappop(free) + seconds)
    return max(free)


@pytest.mark.parametrize(("workers", "seconds"), [(1, 12), (5, 3), (12, 1), (100, 1)])
def test_equal_parts_take_as_many_rounds_as_they_need(workers, seconds):
    assert played([Step("align", EQUAL)], workers).seconds == seconds


@given(PARTS, st.integers(1, 9))
def test_without_a_driver_it_is_list_scheduling(parts, workers):
    assert played([Step("align", parts)], workers).seconds == pytest.approx(by_list_scheduling(parts, workers))


@given(st.lists(st.tuples(PARTS, st.floats(0, 5), st.floats(0, 9)), max_size=4), st.integers(1, 9))
def test_nothing_is_lost_and_nobody_works_faster_than_he_can(steps, workers):
    items = [item for parts, driver, alone in steps for item in (Alone("a", alone), Step("b", parts, driver))]
    found = played(items, workers)
    alone = sum(alone for _, _, alone in steps)
    handing = sum(driver * len(parts) for parts, driver, _ in steps)
    worked = sum(sum(parts) for parts, _, _ in steps)
    assert (found.alone, found.handing, found.worked) == pytest.approx((alone, handing, worked))
    assert found.seconds >= max(alone + handing, alone + worked / workers) - 1e-6
    assert found.seconds <= alone + handing + worked + 1e-6
    assert sum(found.stages.values()) == pytest.approx(found.seconds)


def test_who_hands_out_parts_is_what_limits_many_workers():
    found = played([Step("align", [1.0] * 1000, driver=0.1)], 500)
    assert 99.9 <= found.seconds <= 102
    assert found.handing == pytest.approx(100)


def test_what_waits_for_the_other_thread_waits_and_no_longer():
    #  main    |-- index 5 --|-- align 3 --|......|-- write 1 --|
    #  beside                |---- formulas 7 ----|
    items = [Alone("index", 5), Alone("align", 3), Alone("write", 1)]
    found = played(items, 1, beside=[Alone("formulas", 7)], begins=1, joins=2)
    assert found.seconds == 13
    assert found.stages == {"index": 5, "align": 3, "write": 5}
    assert played(items, 1, beside=[Alone("formulas", 2)], begins=1, joins=2).seconds == 9


def test_two_threads_share_the_workers():
    items, beside = [Step("align", EQUAL)], [Step("formulas", EQUAL)]
    assert played(items, 2, beside, 0, 1).seconds == 12
    assert played(items, 24, beside, 0, 1).seconds == 1


@given(PARTS, st.integers(1, 50), st.floats(0, 1))
def test_bundles_hold_the_same(parts, most, driver):
    step = Step("align", parts, driver)
    found = bundled(step, most)
    assert len(found.parts) <= most
    assert sum(found.parts) == pytest.approx(sum(parts))
    assert found.driver * len(found.parts) == pytest.approx(driver * len(parts))
